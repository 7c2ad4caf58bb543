"""What lies at a path: a mailbox file, a Maildir, Thunderbird's folders, or a folder of mail."""

from __future__ import annotations

from pathlib import Path

from secassist.base.errors import UnusableInput
from secassist.mail import mailbox_file
from secassist.mailbox.sources.files import read_start
from secassist.mailbox.sources.mail import Store
from secassist.mailbox.sources.mbox import Mbox

_PEEK = 4_000


def stores_at(path: Path) -> tuple[Store, ...]:
    """Every store at ``path``. Raises UnusableInput with one sentence where there is no mail."""
    start = read_start(path, _PEEK)
    if mailbox_file.starts_like_mailbox(start):
        return (Mbox(path),)
    if not start:
        raise UnusableInput(f"“{path.name}” is empty.")
    raise UnusableInput(
        f"“{path.name}” is not a mailbox. Choose an .mbox file, a Maildir or a folder"
        " of saved mail."
    )
