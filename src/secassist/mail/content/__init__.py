"""Where the links of a mail really go; codes, forms, attachments, telephone numbers, wordings."""

from __future__ import annotations

from secassist.mail.body import Body, read_body
from secassist.mail.content.examine import Content, examine, shown_links
from secassist.mail.content.links import Link, Side, Source

__all__ = ["Body", "Content", "Link", "Side", "Source", "examine", "read_body", "shown_links"]
