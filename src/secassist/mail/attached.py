"""Messages inside a message: which are there, and is the outer one a mere wrapping?"""

from __future__ import annotations

import re
from dataclasses import replace

from secassist.base.limits import MAX_ATTACHED_DEPTH
from secassist.mail import oddities, outlook_msg
from secassist.mail.message import Message, Part, read_message
from secassist.mail.paste import html_page, shape

_MAX_INNER = 20
_MAX_NOTE = 500  # characters of a forwarding note
_PREFIX = re.compile(
    r"^(?:\s*(?:fwd?|fw|wg|wtr|tr|rv|enc|encaminhad[ao]|i|doorst|vl|vs|re|aw|sv|res|rif)\s*:)+\s*",
    re.IGNORECASE,
)
_POINTS_SOMEWHERE = re.compile(
    r"https?:|www\.|\w\.[a-z]{2,}/|\d[\d\s()./+-]{5,}\d|\w@\w", re.IGNORECASE
)
_ACTIVE_HTML = re.compile(
    r"<(?:a|form|img|iframe|area|object|video|svg|button)\b|url\(|background\s*=|content\s*:",
    re.IGNORECASE,
)


def inner_messages(message: Message) -> tuple[tuple[Message, ...], str]:
    """The messages attached to a message, and to those, outermost first.

    Each has ``attached`` set. The second value is ``oddities.MORE_MESSAGES`` where limits left
    some unread, else empty. A bounce or report (multipart/report, RFC 6522) returns a copy of what
    was sent *by* its receiver, so what it holds is not looked at.
    """
    found: list[Message] = []
    todo = [(message, 0)]
    while todo:
        outer, depth = todo.pop()
        if _is_report(outer):
            continue
        for part in outer.leaves:
            inner = _read(part)
            if inner is None:
                continue
            if len(found) >= _MAX_INNER or depth >= MAX_ATTACHED_DEPTH:
                return tuple(found), oddities.MORE_MESSAGES
            found.append(inner)
            todo.append((inner, depth + 1))
    return tuple(found), ""


def is_plain_forward(outer: Message, inner: tuple[Message, ...], *, embedded: int = 0) -> bool:
    """Is the outer message nothing but a wrapping, so that the person asks about the inner one?

    A sender could attach a good mail to his own, to be taken for its sender. So the outer one
    counts as a wrapping only if it has no room for a message of its own: one message attached
    and nothing else, a short note without any link, address or telephone number, and a subject
    that is empty or that of the inner mail (with ``Fwd:`` or the like before it). ``embedded``
    counts attached messages that are in ``inner`` but no part of ``outer`` (in ``.msg`` files).
    """
    attached = [p for p in outer.leaves if _read(p) is not None]
    others = [
        p for p in outer.leaves if p not in attached and (p.attachment or p.filename or not p.text)
    ]
    if len(attached) + embedded != 1 or any(p.payload for p in others) or outer.unread or not inner:
        return False
    for part in outer.leaves:
        if part in attached or not part.text:
            continue
        visible = part.text
        if part.content_type == "text/html":
            if _ACTIVE_HTML.search(part.text):
                return False
            visible = html_page.text_of(part.text.encode("utf-8", "replace")).decode("utf-8")
        visible = " ".join(visible.split())
        if len(visible) > _MAX_NOTE or _POINTS_SOMEWHERE.search(visible):
            return False
    own, inners = (_PREFIX.sub("", m.subject).strip().casefold() for m in (outer, inner[0]))
    return not own or own == inners


def _is_report(message: Message) -> bool:
    found = message.split.first("content-type")
    return found is not None and found.value.lower().startswith(b"multipart/report")


def _read(part: Part) -> Message | None:
    """The message in this part, if it is one."""
    name = part.filename.lower()
    if part.content_type in ("message/rfc822", "message/global"):
        data = part.payload.lstrip(b"\r\n")
        return read_message(data, attached=True) if data.strip() else None
    if outlook_msg.is_msg(part.payload) and name.endswith(".msg"):
        return replace(outlook_msg.read_msg(part.payload)[0], attached=True)
    if name.endswith(".eml") or part.content_type == "application/eml":
        data = part.payload.replace(b"\r\n", b"\n").lstrip(b"\n")
        if shape.of(data).top is not shape.Top.OTHER:
            return read_message(data, attached=True)
    return None
