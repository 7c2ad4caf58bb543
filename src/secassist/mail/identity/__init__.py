"""Whom does the mail name, and whose domain is it?"""
