"""Verdict and findings → sentences. The only place with words about mails.

Level 1 (headline, reason, note, title) is for everybody: reading age about 10, no technical word.
Level 2 (detail) is for those who help, and uses the field's own terms.
"""
