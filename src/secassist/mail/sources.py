"""What is this input, and which messages are in it?

Pure: bytes or text in, messages out; this runs in the parser process. ``input_files`` stands
before it at the rim, opens files and folders, and hands out bytes.
"""

from __future__ import annotations

from dataclasses import replace

from secassist.base.errors import OverLimit
from secassist.base.limits import MAX_MESSAGES, MAX_SOURCE
from secassist.mail import charsets, mailbox_file, oddities, outlook_msg, paste
from secassist.mail.attached import inner_messages, is_plain_forward
from secassist.mail.kinds import refuse_what_is_no_mail
from secassist.mail.message import Message, read_message, text_only
from secassist.mail.paste import alternatives
from secassist.mail.reading import Reading


def read(source: bytes | str, *, noticed: tuple[str, ...] = ()) -> tuple[Reading, ...]:
    """Every message in one source: file content of any kind, or pasted text.

    At least one. ``noticed`` are oddities that ``input_files`` saw while splitting. Raises
    UnusableInput for what holds no mail (empty, a picture, a PDF …) and OverLimit for what is
    larger than ``MAX_SOURCE``; nothing else. Pure; linear in time.

    A mail that was forwarded as an attachment stands for the mail inside it: of a plain forward
    (see ``attached.is_plain_forward``) only the inner mail is read. In every other case the outer
    mail comes first, so that nobody can hide his own behind a good one, and the inner ones follow;
    their ``attached`` is set.
    """
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(data) > MAX_SOURCE:
        raise OverLimit(
            "This is larger than any mail. Save the one mail that you want to check, and open that."
        )
    if outlook_msg.is_msg(data):
        outer, embedded = outlook_msg.read_msg(data)
        found = _unpacked(outer, embedded)
    else:
        refuse_what_is_no_mail(data)
        data = _without_apple_frame(data)
        found = _in_mailbox(data, noticed) or _unpacked(_pasted(data, noticed))
    if len(found) == 1:
        return found
    return tuple(replace(r, place=f"#{n}") for n, r in enumerate(found, 1))


def _in_mailbox(data: bytes, noticed: tuple[str, ...]) -> tuple[Reading, ...]:
    """The messages of a mailbox file; none if it is something else."""
    pieces = mailbox_file.messages(data)
    found = tuple(
        reading
        for piece in pieces[:MAX_MESSAGES]
        for reading in _unpacked(read_message(piece.source, noticed=noticed + piece.oddities))
    )
    if len(pieces) > MAX_MESSAGES:
        return (*found[:-1], found[-1].with_unread(oddities.MORE_MESSAGES))
    return found


def _without_apple_frame(data: bytes) -> bytes:
    """The message in an ``.emlx`` file of Apple Mail: its length, itself, a property list."""
    length, line_end, rest = data[:20].partition(b"\n")
    if not line_end or not length.strip().isdigit():
        return data
    size = int(length)
    start = len(data[:20]) - len(rest)
    return data[start : start + size] if b"<?xml" in data[start + size :][:200] else data


def _pasted(data: bytes, noticed: tuple[str, ...]) -> Message:
    mended = paste.mend(data)
    if mended.is_message:
        return read_message(
            mended.source,
            attached=mended.inside_text,
            repairs=mended.repairs,
            noticed=noticed + mended.oddities,
        )
    text = charsets.decode(mended.source)[0]
    return text_only(text, html=mended.html, repairs=mended.repairs, noticed=noticed)


def _unpacked(message: Message, embedded: tuple[Message, ...] = ()) -> tuple[Reading, ...]:
    """The message with those inside it, or instead of it if it merely forwards one."""
    inner, more = inner_messages(message)
    inner = embedded + inner
    while inner and is_plain_forward(message, inner, embedded=len(embedded)):
        uncertain = (
            [oddities.UNCERTAIN_SPLIT] if oddities.UNCERTAIN_SPLIT in message.oddities else []
        )
        message, inner, embedded = inner[0], inner[1:], ()
        message = replace(message, oddities=(*message.oddities, *uncertain))
    if inner:
        message = replace(message, oddities=(*message.oddities, oddities.HOLDS_MESSAGE))
    if more:
        message = replace(message, unread=(*message.unread, more))
    return tuple(Reading(m, alternatives(m.source, m.split)) for m in (message, *inner))
