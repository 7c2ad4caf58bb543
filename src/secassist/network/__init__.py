"""The only door to the outside. Nothing else in the program makes a connection."""
