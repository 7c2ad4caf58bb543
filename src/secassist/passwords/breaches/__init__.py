"""Is a password in a list of breached ones? From a downloaded list, or from ranges asked for."""
