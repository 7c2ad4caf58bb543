"""Open a person's mail account on a server, to read it."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass, field

from secassist.base.errors import UnusableCall
from secassist.facts.mail_servers import Password, server_for
from secassist.mailbox.sources.imap import ImapStore
from secassist.mailbox.sources.mail import Store
from secassist.network.imap import Account, Connection, parse_address
from secassist.network.ledger import Ledger

_HOST = re.compile(r"[^\s/@:?#\[\]]{1,253}(?::[1-9]\d{0,3}|:[1-5]\d{4})?")


@dataclass(frozen=True, slots=True)
class Login:
    """An account, and the password that lets us in."""

    account: Account
    password: str = field(repr=False)


def open_account(
    account: Account, password: str, closing: ExitStack, ledger: Ledger | None = None
) -> tuple[Store, ...]:
    """The mail of an account on a server; the connection ends with ``closing``.

    Raises UnusableCall for a wrong password, CouldNotFinish where the server cannot be reached or
    is not the one it claims to be.
    """
    return (ImapStore(closing.enter_context(Connection(account, password, ledger))),)


def login(address: str, host: str, password: str) -> Login:
    """What a person typed: an e-mail address, a server (``host[:port]``), a password.

    Raises UnusableCall with one sentence.
    """
    address, host = address.strip(), host.strip()
    local, _, domain = address.rpartition("@")
    if not local or "." not in domain:
        raise UnusableCall("Type your whole e-mail address, such as anna@example.org.")
    known = server_for(address)
    if known is not None and known.password is Password.NONE:
        raise UnusableCall(f"{known.note} Save your mail to a file, or let Thunderbird fetch it.")
    user = known.user(address) if known is not None and known.host == host else address
    if not _HOST.fullmatch(host):
        raise UnusableCall("Type the name of the mail server, such as imap.example.org.")
    server = parse_address(f"imap://me@{host}")
    # Copied from where it is shown in groups of four.
    joined = "".join(password.split()) if len(password.split()) > 1 else password
    return Login(Account(server.host, user, server.port), joined)
