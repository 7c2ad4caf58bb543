"""What the passwords of a list have in common, and how strong each is; all in memory."""
