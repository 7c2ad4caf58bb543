"""Password hygiene: imports, reuse, strength, breaches. Remembers tags, never a password."""
