"""The body of a mail as its reader meets it: shown text, hidden text, links, pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from secassist.mail.html_text import Anchor, HtmlText, extract
from secassist.mail.message import Message

_URL: Final = re.compile(r"(?i)\b(?:https?://|hxxps?://|www\.)[^\s<>\"'`{}|\\^]{3,2000}")
_MAX_PLAIN: Final = 300_000
_MAX_URLS: Final = 300
_MAX_LINKED: Final = 100_000


@dataclass(frozen=True, slots=True)
class Body:
    """What the parts of a mail that are shown hold together."""

    text: str
    """Shown text: of the HTML part where there is one, as mail programs do, else plain text."""
    html: HtmlText | None
    anchors: tuple[Anchor, ...]
    """Links of the HTML part, then bare addresses in the text."""
    cut: bool
    """A limit was reached; the rest was not read."""


def read_body(message: Message) -> Body:
    """Collect what the reader sees. Never raises; linear in the size of the text."""
    rich = _first(message, "text/html")
    plain = _first(message, "text/plain")
    html = extract(rich) if rich.strip() else None
    text = (html.text if html else "") or plain[:_MAX_PLAIN]
    anchors = html.anchors if html else ()
    # Mail programs make links of bare addresses, but not inside of what is a link already.
    linked = "\n".join(part for a in anchors for part in (a.href, a.shown))[:_MAX_LINKED]
    anchors += tuple(Anchor(url, url) for url in _bare(text) if url not in linked)
    return Body(text, html, anchors, cut=len(plain) > _MAX_PLAIN or (html is not None and html.cut))


def _first(message: Message, content_type: str) -> str:
    texts = [p.text for p in message.leaves if p.content_type == content_type and not p.attachment]
    return "\n".join(texts[:10])


def _bare(text: str) -> list[str]:
    found: dict[str, None] = {}
    for match in _URL.finditer(text):
        found[match[0].rstrip(".,;:!?)]>*_")] = None
        if len(found) >= _MAX_URLS:
            break
    return list(found)
