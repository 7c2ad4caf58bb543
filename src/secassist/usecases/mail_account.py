"""Open a person's mail account on a server, to read it."""

from __future__ import annotations

from contextlib import ExitStack

from secassist.mailbox.sources.imap import ImapStore
from secassist.mailbox.sources.mail import Store
from secassist.network.imap import Account, Connection
from secassist.network.ledger import Ledger


def open_account(
    account: Account, password: str, closing: ExitStack, ledger: Ledger | None = None
) -> tuple[Store, ...]:
    """The mail of an account on a server; the connection ends with ``closing``.

    Raises UnusableCall for a wrong password, CouldNotFinish where the server cannot be reached or
    is not the one it claims to be.
    """
    return (ImapStore(closing.enter_context(Connection(account, password, ledger))),)
