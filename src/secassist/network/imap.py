"""Mail on a server, read and never changed: IMAP (RFC 3501, RFC 9051) over TLS.

Folders are opened with EXAMINE and mail is fetched with BODY.PEEK, so that nothing is marked as
read. Certificates are always verified, and the password goes out only over TLS. Every fault is
one sentence; what was read before it counts.
"""

from __future__ import annotations

import imaplib
import re
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import unquote, urlsplit

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError
from imapclient.imap_utf7 import decode as decode_utf7

from secassist.base.errors import CouldNotFinish, UnusableCall
from secassist.network.dns.answer import Outcome
from secassist.network.ledger import Entry, Ledger

TLS_PORT: Final = 993
STARTTLS_PORT: Final = 143
BATCH: Final = 250
"""Mails whose headers are asked for at once; between two batches the work can be stopped."""
CONNECT_SECONDS: Final = 10.0
ANSWER_SECONDS: Final = 30.0

_FIELDS: Final = (
    "FROM SUBJECT DATE RECEIVED LIST-ID LIST-UNSUBSCRIBE FEEDBACK-ID PRECEDENCE AUTO-SUBMITTED"
    " X-AUTOREPLY X-AUTORESPOND X-AUTO-RESPONSE-SUPPRESS IN-REPLY-TO REFERENCES FORM-SUB"
)
_HEAD: Final = f"BODY.PEEK[HEADER.FIELDS ({_FIELDS})]"
_UID = re.compile(rb"\bUID (\d{1,10})\b", re.IGNORECASE)
_DATE = re.compile(rb'\bINTERNALDATE "([^"]{1,40})"', re.IGNORECASE)
# What IMAPClient raises where an answer is no IMAP, besides errors of its own.
_BAD_ANSWER: Final = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    RecursionError,
)
_SCHEMES: Final = ("imap", "imaps")
_LISTED: Final = 50_000
"""Mails of a folder that are listed in one answer: ``imaplib`` reads no line of over a megabyte."""


class FolderRefused(CouldNotFinish):
    """The server is there, and does not open this folder; it may open others."""


@dataclass(frozen=True, slots=True)
class Account:
    """Whose mail, and where."""

    host: str
    user: str
    port: int = TLS_PORT
    """TLS from the first byte, but for port 143: there, STARTTLS before anything else."""
    ca_file: Path | None = None
    """The certificates to trust instead of the system's, for a server of one's own."""

    @property
    def name(self) -> str:
        return f"{self.user}@{self.host}" if "@" not in self.user else self.user


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder of an account."""

    raw: bytes
    """Its name as the server writes it."""
    name: str
    """For people: modified UTF-7 decoded where it is right."""
    flags: frozenset[str]
    """In lower case, such as ``\\all`` and ``\\junk`` (RFC 6154)."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a folder said when it was opened."""

    validity: int
    """UIDVALIDITY: another one means that no number of a mail is what it was."""
    next: int
    """UIDNEXT: later mails have this number or a higher one; 0 if the server does not tell."""


@dataclass(frozen=True, slots=True)
class Header:
    """Some header fields of one mail."""

    uid: int
    received: bytes
    """INTERNALDATE as it was sent, such as ``17-Jul-1996 02:44:25 -0700``; empty if absent."""
    fields: bytes


def parse_address(address: str, ca_file: Path | None = None) -> Account:
    """``imap://user@host[:port]``, the user percent-encoded where needed. Raises UnusableCall."""
    try:
        parts = urlsplit(address)
        port = parts.port or TLS_PORT
    except ValueError:
        parts, port = urlsplit(""), 0
    user, _, host = parts.netloc.rpartition("@")
    host = parts.hostname or host
    if parts.scheme not in _SCHEMES or not user or not host or ":" in user:
        raise UnusableCall(
            "Write the mailbox as imap://name@server, for example imap://me@imap.example.org."
        )
    return Account(host, unquote(user), port, ca_file)


class Connection:
    """One connection to one account; a call from another thread waits for its turn.

    Raises UnusableCall for a wrong password and CouldNotFinish for whatever else goes wrong.
    """

    def __init__(self, account: Account, password: str, ledger: Ledger | None = None) -> None:
        self.account = account
        self._turn = threading.Lock()
        began = time.monotonic()
        try:
            with _faults(account):
                self._client = _connected(account)
        except CouldNotFinish as fault:
            _write(ledger, account, Outcome.FAILED, fault.sentence, began)
            raise
        _write(ledger, account, Outcome.FOUND, "", began)
        self._mails = 0
        """How many the open folder holds."""
        try:
            with _faults(account):
                self._client.login(account.user, password)
        except BaseException as error:
            self.close()
            if isinstance(error.__cause__, LoginError):
                raise UnusableCall(
                    f"{account.host} did not accept the name or the password. Many providers want"
                    " an app password here, made in the settings of your account."
                ) from error
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Take leave of the server; may wait for it."""
        with suppress(OSError, imaplib.IMAP4.error, IMAPClientError, *_BAD_ANSWER):
            self._client.logout()
        with suppress(OSError):
            self._client.shutdown()

    def folders(self) -> tuple[Folder, ...]:
        """Every folder that can be opened."""
        with self._turn, _faults(self.account):
            listed = self._client.list_folders()
        found = []
        for flags, _, name in listed:
            raw = name if isinstance(name, bytes) else str(name).encode()
            said = frozenset(flag.decode("ascii", "replace").lower() for flag in flags)
            if not said & {"\\noselect", "\\nonexistent"}:
                found.append(Folder(raw, _shown(raw), said))
        return tuple(found)

    def open(self, folder: Folder) -> Opened:
        """Open a folder for reading only (EXAMINE). Raises FolderRefused, CouldNotFinish."""
        with self._turn, _faults(self.account):
            try:
                said = self._client.select_folder(folder.raw, readonly=True)
            except (imaplib.IMAP4.error, *_BAD_ANSWER) as error:
                self._client.noop()  # where the conversation is over, this tells
                raise FolderRefused(f"The folder “{folder.name}” could not be opened.") from error
        self._mails = _number(said.get(b"EXISTS"))
        return Opened(_number(said.get(b"UIDVALIDITY")), _number(said.get(b"UIDNEXT")))

    def numbers(self, since: int = 1) -> list[int]:
        """The UIDs of the open folder from ``since`` on."""
        with self._turn, _faults(self.account):
            found = self._client.numbers(max(1, since), self._mails)
        # "n:*" always holds the last mail, even where its number is lower (RFC 3501, 6.4.8).
        return sorted(uid for uid in found if uid >= since)

    def headers(self, uids: Sequence[int]) -> Iterator[Header]:
        """Some fields of these mails of the open folder, ``BATCH`` at most at once."""
        for start in range(0, len(uids), BATCH):
            with self._turn, _faults(self.account):
                answers = self._client.headers(uids[start : start + BATCH])
            yield from _headers(answers)

    def abort(self) -> None:
        """End it at once, without a word to the server; whoever waits for an answer gets a fault.

        May be called from any thread, while another one waits.
        """
        with suppress(OSError, *_BAD_ANSWER):
            self._client.shutdown()

    def whole(self, folder: Folder, uid: int, size: int) -> bytes:
        """One mail, at most ``size`` bytes of it; empty if it is gone."""
        with self._turn, _faults(self.account):
            self._client.select_folder(folder.raw, readonly=True)
            answer = self._client.fetch([uid], [f"BODY.PEEK[]<0.{size}>"]).get(uid, {})
        return next((v for k, v in answer.items() if k.startswith(b"BODY[]") and v), b"")


def _write(
    ledger: Ledger | None, account: Account, outcome: Outcome, why: str, began: float
) -> None:
    if ledger is not None:
        took = round(1_000 * (time.monotonic() - began))
        question = f"{account.host}:{account.port}"
        ledger.add(Entry("imap", question, outcome, why, False, took, datetime.now(UTC)))


class _Client(IMAPClient):  # type: ignore[misc]  # the library has no types
    """Reads long answers ten times as fast: IMAPClient goes through them letter by letter."""

    def numbers(self, since: int, mails: int) -> list[int]:
        """UIDs from ``since`` on, as the server lists them; the folder holds so many ``mails``."""
        found: list[int] = []
        for first in range(1, max(2, mails + 1), _LISTED):
            last = first + _LISTED - 1
            # Of a large folder a part after the other, by their places in it.
            part = () if mails <= _LISTED else (f"{first}:{last if last < mails else '*'}",)
            typ, data = self._imap.uid("SEARCH", *part, "UID", f"{since}:*")
            self._checkok("search", typ, data)
            found += (int(uid) for line in data if line for uid in line.split())
        return found

    def headers(self, uids: Sequence[int]) -> list[Any]:
        """The answers as ``imaplib`` reads them: pairs of line and literal, and single lines."""
        items = f"(INTERNALDATE {_HEAD})"
        typ, data = self._imap.uid("FETCH", ",".join(_ranges(uids)), items)
        self._checkok("fetch", typ, data)
        return list(data)


def _ranges(uids: Sequence[int]) -> Iterator[str]:
    """``1:3`` for neighbours, to keep the command short."""
    first = last = uids[0]
    for uid in uids[1:]:
        if uid != last + 1:
            yield f"{first}:{last}"
            first = uid
        last = uid
    yield f"{first}:{last}"


def _headers(answers: Sequence[Any]) -> Iterator[Header]:
    """Answers without UID or without a literal are not ours: servers tell other things, too."""
    for place, answer in enumerate(answers):
        if not isinstance(answer, tuple):
            continue
        rest = answers[place + 1] if place + 1 < len(answers) else b""
        line = answer[0] + b" " + (rest if isinstance(rest, bytes) else b"")
        uid = _UID.search(line)
        if uid is not None:
            date = _DATE.search(line)
            yield Header(int(uid[1]), date[1] if date else b"", answer[1])


def _trusting(ca_file: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as error:  # of which what is wrong in the file (SSLError) is one, too
        why = "holds no certificate" if isinstance(error, ssl.SSLError) else error.strerror
        raise UnusableCall(f"“{ca_file}” cannot be used for certificates: {why}.") from error


def _connected(account: Account) -> _Client:
    context = _trusting(account.ca_file)
    inside = account.port != STARTTLS_PORT
    client = _Client(
        account.host,
        port=account.port,
        ssl=inside,
        ssl_context=context if inside else None,
        timeout=SocketTimeout(CONNECT_SECONDS, ANSWER_SECONDS),
    )
    if not inside:
        try:
            client.starttls(context)
        except BaseException:
            client.shutdown()
            raise
    client.folder_encode = False  # some servers have names that are no UTF-7
    return client


@contextmanager
def _faults(account: Account) -> Iterator[None]:
    """Turn the faults of a connection into sentences."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise CouldNotFinish(
            f"Nobody vouches that this really is {account.host} ({error.verify_message}). Your"
            " password was not sent."
        ) from error
    except ssl.SSLError as error:
        raise CouldNotFinish(f"{account.host} does not speak TLS as it should.") from error
    except (OSError, EOFError) as error:
        raise CouldNotFinish(
            f"The connection to {account.host} failed. What was read until then counts; try again."
        ) from error
    except (imaplib.IMAP4.error, IMAPClientError, *_BAD_ANSWER) as error:
        raise CouldNotFinish(
            f"{account.host} ended the conversation, or answered what is no IMAP. What was read"
            " until then counts; try again."
        ) from error


def _shown(raw: bytes) -> str:
    try:
        return str(decode_utf7(raw))
    except ValueError:
        return raw.decode("utf-8", "replace")


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0
