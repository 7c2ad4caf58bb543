"""Header fields whose angle brackets were lost: some web pages take ``<a@b.example>`` for a tag."""

from __future__ import annotations

import re

from secassist.mail.paste.shape import FIELD

_MAILBOXES = frozenset(b"from sender reply-to to cc".split())
_BARE = frozenset(b"message-id return-path in-reply-to references".split())
_SPEC = rb"[^\s<>,;:@()\[\]\"]{1,64}@[^\s<>,;:@()\[\]\"]{1,253}"
_NAMED = re.compile(rb"(?P<name>[^@<>]*[^@<>\s])[ \t]+(?P<spec>" + _SPEC + rb")[ \t]*")
_WORD = re.compile(rb"[^\s<>]+@[^\s<>]+")
_FIELDS = re.compile(rb"^[^ \t\n].*(?:\n[ \t].*)*", re.MULTILINE)
_TWICE = re.compile(
    rb"<?(?:(?P<a>" + _SPEC + rb")<mailto:(?P=a)>|\[(?P<b>" + _SPEC + rb")\]\(mailto:(?P=b)\))>?"
)


def restored(block: bytes) -> bytes | None:
    """The header block with its brackets put back; None unless it holds none at all.

    Done where one name and one address stand in a field, so that nothing is left to choose.
    """
    if b"<" in block or b">" in block:
        return None
    fixed = _FIELDS.sub(lambda found: _field(found[0]), block)
    return None if fixed == block else fixed


def are_lost(block: bytes) -> bool:
    """Are the brackets gone with all that was in them? Then no field of the block holds any."""
    if b"<" in block or b">" in block:
        return False
    return bool(re.search(rb"^message-id:[ \t]*$", block, re.IGNORECASE | re.MULTILINE))


def without_mailto(block: bytes) -> bytes | None:
    """``a@b.example<mailto:a@b.example>`` of Outlook, or as a link of Markdown; None if none."""
    fixed = _TWICE.sub(rb"<\g<a>\g<b>>", block)
    return None if fixed == block else fixed


def _field(field: bytes) -> bytes:
    found = FIELD.match(field)
    if found is None:
        return field
    name, value = found[1].lower(), field[found.end() :]
    if name in _BARE:
        return field[: found.end()] + _WORD.sub(rb"<\g<0>>", value)
    named = _NAMED.fullmatch(value) if name in _MAILBOXES else None
    if named is None:
        return field
    return field[: found.end()] + named["name"] + b" <" + named["spec"] + b">"
