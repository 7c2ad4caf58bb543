"""Whom does the mail name, and whose domain is it?

``examine`` brings the parts together: owner of the From address, look-alikes, tricks with names,
and whom the mail claims to come from. ``naming`` and ``likeness`` are what comes out.
"""
