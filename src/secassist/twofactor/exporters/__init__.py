"""Ways out: a file that other authenticators open, plain addresses, pictures, a sheet of paper."""
