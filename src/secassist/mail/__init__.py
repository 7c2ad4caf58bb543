"""Is this e-mail real?"""
