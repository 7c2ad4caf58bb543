"""A whole mailbox: read it, find the flood, surface what it buried."""
