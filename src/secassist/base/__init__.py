"""What every room may use: limits, errors, time, progress, the worker process."""
