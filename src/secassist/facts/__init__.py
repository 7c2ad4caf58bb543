"""Typed, read-only view of the assets; domains: public suffixes and IDN."""
