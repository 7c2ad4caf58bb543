"""A real Dovecot on loopback, and a server that breaks every rule."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from secassist.base.errors import CouldNotFinish, UnusableCall
from secassist.mailbox.scan import scan
from secassist.mailbox.sources.imap import ImapStore
from secassist.mailbox.sources.mail import Reading, never
from secassist.network.dns.answer import Outcome
from secassist.network.imap import BATCH, Account, Connection, parse_address
from secassist.network.ledger import Ledger
from support.dovecot import Dovecot, make_certificate
from support.mailboxes import BEGIN, DAY, ME, Letter, alerts, flood, maildir

AT = BEGIN + 30 * DAY
COUNT = 4_000


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    # Dovecot's sockets need a short path, and its user has to be able to reach the mail.
    base = Path(tempfile.mkdtemp(prefix="dovecot-"))
    base.chmod(0o755)
    letters = sorted(
        [*flood("confirmations", AT, COUNT - 3, per_hour=1_200), *alerts(AT, count=3, seed=4)]
    )
    maildir(base / "mail", letters[::2])
    maildir(base / "mail" / ".Junk", letters[1::2])
    try:
        with Dovecot(base / "server", base / "mail") as running:
            yield running
    finally:
        shutil.rmtree(base)


def test_a_flood_in_two_folders(server: Dovecot) -> None:
    with Connection(server.account, server.PASSWORD) as connection:
        store = ImapStore(connection)
        found = scan([store])
        assert found.messages == COUNT
        assert len(found.floods) == 1
        assert len({mail.subject for mail in found.buried[:20]}) >= 3
        assert b"Received: from" in store.whole(found.buried[0].place)
        assert set(store.positions) == {"INBOX", "Junk"}
        assert found.limits == ()


def test_nothing_is_marked_as_read(server: Dovecot, tmp_path: Path) -> None:
    folder = server.mail / "new"
    letter = Letter(AT, "a@b.example", "unread")
    unread = folder / f"{AT}.unread.host"
    unread.write_bytes(letter.source())
    os.chown(unread, folder.stat().st_uid, folder.stat().st_gid)
    with Connection(server.account, server.PASSWORD) as connection:
        store = ImapStore(connection)
        places = [mail.place for mail in store.mails(Reading(), never) if b"unread" in mail.head]
        store.whole(places[0])
    (seen,) = [p for p in server.mail.rglob(f"{AT}.unread*") if p.is_file()]
    assert "S" not in seen.name.partition(":2,")[2]
    seen.unlink()


def test_only_new_mail_is_read_the_next_time(server: Dovecot) -> None:
    with Connection(server.account, server.PASSWORD) as connection:
        first = ImapStore(connection)
        assert len(list(first.mails(Reading(), never))) >= COUNT
        assert list(ImapStore(connection, first.positions).mails(Reading(), never)) == []


def test_two_thousand_headers_a_second(server: Dovecot) -> None:
    """By the clock of the processor, because other tests run beside this one."""
    with Connection(server.account, server.PASSWORD) as connection:
        list(ImapStore(connection).mails(Reading(), never))  # fills the cache of the server
        began = time.process_time()
        count = len(list(ImapStore(connection).mails(Reading(), never)))
        took = time.process_time() - began
    assert count / took > 2_000


def test_a_stop_is_obeyed_between_two_batches(server: Dovecot) -> None:
    with Connection(server.account, server.PASSWORD) as connection:
        store, asked = ImapStore(connection), iter([False, False])
        taken = list(store.mails(Reading(), lambda: next(asked, True)))
        assert len(taken) == BATCH


def test_a_wrong_password(server: Dovecot) -> None:
    with pytest.raises(UnusableCall, match="app password"):
        Connection(server.account, "wrong")


def test_a_certificate_that_nobody_vouches_for(server: Dovecot) -> None:
    ledger = Ledger()
    stranger = Account("127.0.0.1", "me", server.port)
    with pytest.raises(CouldNotFinish, match="Nobody vouches") as refused:
        Connection(stranger, server.PASSWORD, ledger)
    assert server.PASSWORD not in refused.value.sentence
    assert [(e.kind, e.outcome) for e in ledger.entries] == [("imap", Outcome.FAILED)]


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(CouldNotFinish, match="failed"):
        Connection(Account("127.0.0.1", "me", port), "x")


class Scripted:
    """A server over TLS that answers each command by its name, and may hang up behind it."""

    def __init__(self, folder: Path, answers: dict[str, bytes], *, refused: str = "") -> None:
        self._ca, key = folder / "cert.pem", folder / "key.pem"
        make_certificate(self._ca, key)
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._context.load_cert_chain(self._ca, key)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._answers = answers
        self._refused = refused
        self.asked: list[bytes] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def account(self) -> Account:
        return Account("127.0.0.1", "me", self._listener.getsockname()[1], self._ca)

    def close(self) -> None:
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        try:
            raw, _ = self._listener.accept()
            with self._context.wrap_socket(raw, server_side=True) as client:
                self._speak(client)
        except OSError:
            return  # the other side had enough

    def _speak(self, client: ssl.SSLSocket) -> None:
        client.sendall(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
        with client.makefile("rb") as lines:
            for line in lines:
                self.asked.append(line)
                tag, _, rest = line.partition(b" ")
                name = rest.split()[1 if rest.upper().startswith(b"UID") else 0].decode().upper()
                answer = self._answers.get(name, b"")
                client.sendall(answer)
                if answer.startswith(b"* BYE"):
                    return
                said = b" NO not here\r\n" if name == self._refused else b" OK done\r\n"
                client.sendall(tag + said)


def header(number: int, before: bytes, after: bytes) -> bytes:
    fields = b"From: a%d@b.example\r\n\r\n" % number
    date = b'INTERNALDATE "01-Jan-2026 00:00:00 +0000"'
    start = b"* %d FETCH (%s%s BODY[HEADER] {%d}\r\n" % (number, before, date, len(fields))
    return start + fields + after + b")\r\n"


GOOD = {
    "CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n",
    "LIST": b'* LIST () "/" INBOX\r\n',
    "EXAMINE": b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 3] x\r\n",
    "SEARCH": b"* SEARCH 1 2\r\n",
    "FETCH": header(1, b"UID 1 ", b"") + header(2, b"", b" UID 2"),
}


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[list[Scripted]]:
    running: list[Scripted] = []
    yield running
    for server in running:
        server.close()


def read(server: Scripted) -> tuple[int, list[str], bool]:
    with Connection(server.account, "x") as connection:
        found = scan([ImapStore(connection)])
    return found.messages, list(found.limits), found.complete


def test_the_order_within_an_answer_does_not_matter(
    tmp_path: Path, scripted: list[Scripted]
) -> None:
    scripted.append(Scripted(tmp_path, GOOD))
    assert read(scripted[0]) == (2, [], True)


def test_broken_folder_names_are_read_all_the_same(
    tmp_path: Path, scripted: list[Scripted]
) -> None:
    names = b'* LIST () "/" "&Jjo!-&"\r\n* LIST () "/" "caf\xc3\xa9 &"\r\n* LIST () "/" 42\r\n'
    scripted.append(Scripted(tmp_path, {**GOOD, "LIST": names}))
    messages, limits, complete = read(scripted[0])
    assert complete
    assert messages == 4
    assert len(limits) == 1  # this server takes no literals, in which odd names are sent


BROKEN = {
    "BYE in the middle": {"FETCH": b"* BYE going down\r\n"},
    "BYE at the start": {"LIST": b"* BYE going down\r\n"},
    "a line of 10 MB": {"FETCH": b"* 1 FETCH (" + b"x" * 10_000_000 + b")\r\n"},
    "numbers that are none": {"SEARCH": b"* SEARCH one two\r\n"},
    "brackets that never close": {"LIST": b'* LIST ((("/" INBOX\r\n'},
    "brackets without end": {"LIST": b"* LIST " + b"(" * 50_000 + b"\r\n"},
    "a literal that lies": {"FETCH": b"* 1 FETCH (UID 1 BODY[] {5}\r\nFrom\r\n* BYE\r\n"},
    "no capability": {"CAPABILITY": b""},
}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_no_imap_is_said_and_survived(
    tmp_path: Path, scripted: list[Scripted], broken: str
) -> None:
    scripted.append(Scripted(tmp_path, GOOD | BROKEN[broken]))
    try:
        messages, limits, complete = read(scripted[0])
    except CouldNotFinish:
        return
    assert messages == 2 or limits or not complete


def test_a_folder_that_the_server_does_not_open_is_told(
    tmp_path: Path, scripted: list[Scripted]
) -> None:
    scripted.append(Scripted(tmp_path, GOOD, refused="EXAMINE"))
    assert read(scripted[0]) == (0, ["The folder “INBOX” could not be opened."], True)


def test_a_conversation_that_ends_is_no_folder_that_is_closed(
    tmp_path: Path, scripted: list[Scripted]
) -> None:
    """Nothing was read, so nothing may be said of a flood."""
    folders = b'* LIST () "/" INBOX\r\n* LIST () "/" Junk\r\n'
    scripted.append(Scripted(tmp_path, {**GOOD, "LIST": folders, "EXAMINE": b"* BYE full\r\n"}))
    with pytest.raises(CouldNotFinish, match="ended the conversation"):
        read(scripted[0])


def test_the_numbers_of_a_large_folder_are_asked_for_in_parts(
    tmp_path: Path, scripted: list[Scripted]
) -> None:
    count = 120_001
    many = GOOD["EXAMINE"].replace(b"2 EXISTS", b"%d EXISTS" % count)
    server = Scripted(tmp_path, {**GOOD, "EXAMINE": many})
    scripted.append(server)
    with Connection(server.account, "x") as connection:
        connection.open(connection.folders()[0])
        assert connection.numbers(2) == [2, 2, 2]
    assert [line.split(b" ", 1)[1] for line in server.asked if b"SEARCH" in line] == [
        b"UID SEARCH 1:50000 UID 2:*\r\n",
        b"UID SEARCH 50001:100000 UID 2:*\r\n",
        b"UID SEARCH 100001:* UID 2:*\r\n",
    ]


@pytest.mark.parametrize("content", [None, b"no certificate\n"])
def test_certificates_that_cannot_be_read_are_no_fault_of_the_server(
    tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UnusableCall, match=r"“.*ca\.pem” cannot be used for certificates"):
        Connection(Account("127.0.0.1", "me", 993, file), "x")


@pytest.mark.parametrize(
    ("address", "account"),
    [
        ("imap://me@imap.example.org", Account("imap.example.org", "me")),
        ("imaps://me%40home.example@mx.example:1993", Account("mx.example", ME, 1993)),
        ("imap://me@home.example@mx.example:143", Account("mx.example", ME, 143)),
    ],
)
def test_addresses(address: str, account: Account) -> None:
    assert parse_address(address) == account


@pytest.mark.parametrize(
    "address",
    ["imap://imap.example.org", "http://me@x", "imap://me:secret@x", "imap://me@x:port", ""],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(UnusableCall, match="imap://name@server"):
        parse_address(address)
