"""One function per thing that a person does; the place where capabilities meet.

A use case takes values and returns values, and reports progress through a callback. The window
and the command line are two ways to call it.
"""
