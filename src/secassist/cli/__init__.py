"""The command line: a file per command, thin. The work is done by ``usecases``."""
