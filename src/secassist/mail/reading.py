"""One message of a source as plain values, apart from all that it takes to read one.

The window is handed such readings by the parser process and need not hold what that one does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from secassist.mail.message import Message, read_message

if TYPE_CHECKING:
    from secassist.mail.paste import Alternative


@dataclass(frozen=True, slots=True)
class Reading:
    """One message of a source, and other forms that it may have had before it was copied."""

    message: Message
    alternatives: tuple[Alternative, ...] = ()
    """Only where a signature of the message verifies over one of them, that one is the message."""
    place: str = ""
    """Which message of the source: empty if it is the only one, else ``#n``, from 1."""

    def mended(self, alternative: Alternative) -> Message:
        """The message as it is in one of the alternatives, for a signature to confirm it."""
        again = read_message(
            alternative.source,
            attached=self.message.attached,
            repairs=(*self.message.repairs, alternative.code),
            noticed=alternative.oddities,
        )
        return replace(again, unread=tuple(dict.fromkeys(again.unread + self.message.unread)))

    def with_unread(self, code: str) -> Reading:
        """The same, with one more thing that was not read."""
        return replace(self, message=replace(self.message, unread=(*self.message.unread, code)))
