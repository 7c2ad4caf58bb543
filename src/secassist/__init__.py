"""Secassist: is this e-mail real, and what do I do now?"""

__version__ = "0.1.0"
