"""Mailboxes watched without a clock on the wall: what is told, once, and what is read again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from secassist.mail.report import Report
from secassist.mailbox.sources.discover import stores_at
from secassist.mailbox.sources.mail import Store
from secassist.mailbox.sources.positions import Positions
from secassist.usecases import watch
from secassist.usecases.watch import About, Alert, Memory, Watcher
from support import reports
from support.mailboxes import BULK, DAY, HOUR, PEOPLE, Letter, flood, maildir, mbox, year

BEGIN = 1_750_000_000
AT = BEGIN + 30 * DAY
LIFE = year(PEOPLE["quiet"], seed=1, days=30, begin=BEGIN)
QUARTER = 15 * 60


class Box:
    """A mailbox on this computer, a clock, and somebody who watches."""

    def __init__(self, path: Path, letters: list[Letter]) -> None:
        self.path = path
        self.now = float(AT)
        self.add(letters)
        self.read: list[int] = []
        self.watcher = Watcher(self._opened, Memory(), lambda: self.now)

    def add(self, letters: list[Letter]) -> None:
        with self.path.open("ab") as file:
            file.write(mbox(letters))

    @contextmanager
    def _opened(self, since: Positions) -> Iterator[tuple[Store, ...]]:
        stores = stores_at(self.path, since.local)
        before = sum(mark.size for mark in since.local.values() if hasattr(mark, "size"))
        self.read.append(self.path.stat().st_size - before)
        yield stores

    def look(self, report: Report | None = None) -> tuple[Alert, ...]:
        async def judge(name: str, data: bytes, uncertain: bool) -> Report | None:
            return report

        return asyncio.run(watch.judged(self.watcher.read(), judge))

    def restart(self) -> None:
        """The program is started anew: only what was kept is known."""
        kept = watch.from_data(json.loads(json.dumps(watch.to_data(self.watcher.memory))))
        self.watcher = Watcher(self._opened, kept, lambda: self.now)


@pytest.fixture
def box(tmp_path: Path) -> Box:
    """Watched for a first time; what was there before is no news."""
    box = Box(tmp_path / "Inbox", LIFE)
    assert box.look(changed()) == ()
    return box


def changed(site: str = "instagram") -> Report:
    report = reports.genuine()
    return replace(report, message=replace(report.message, kind="changed", claimed=site))


def fake(site: str) -> Report:
    report = reports.fake()
    return replace(report, message=replace(report.message, claimed=site))


def password_mail(at: int) -> Letter:
    return Letter(at, "security@mail.instagram.com", "Your password was changed", BULK)


def test_a_flood_is_told_once(box: Box) -> None:
    bombs = flood("confirmations", AT, 300, per_hour=900)
    box.add([*bombs, Letter(AT + 60, "a@bank.example", "Wire transfer of $900.00 sent", BULK)])
    box.now = bombs[-1].time + QUARTER
    (alert,) = box.look()
    assert alert.about is About.FLOOD
    assert alert.count >= 1
    box.now += QUARTER
    assert box.look() == ()
    box.add(flood("newsletters", int(box.now), 100, per_hour=900))
    box.now += QUARTER
    assert box.look() == ()


def test_a_slow_flood_is_seen_though_each_look_brings_little(box: Box) -> None:
    bombs = flood("confirmations", AT, 190, per_hour=62)
    told: list[Alert] = []
    while box.now < bombs[-1].time + QUARTER:
        box.add([b for b in bombs if box.now <= b.time < box.now + QUARTER])
        box.now += QUARTER
        told += box.look()
    assert [alert.about for alert in told] == [About.FLOOD]
    assert max(box.read[1:]) < 15_000 < box.read[0]  # only what was new


def test_a_flood_goes_on_over_a_restart_and_is_not_told_again(box: Box) -> None:
    bombs = flood("confirmations", AT, 600, per_hour=900)
    box.add(bombs[:400])
    box.now = bombs[399].time + 1
    assert [alert.about for alert in box.look()] == [About.FLOOD]
    box.restart()
    box.add(bombs[400:])
    box.now = bombs[-1].time + 1
    assert box.look() == ()


def test_a_real_mail_that_says_something_was_changed(box: Box) -> None:
    box.add([password_mail(AT + 60)])
    box.now = AT + QUARTER
    assert box.look(changed()) == (Alert(About.CHANGED, 1),)
    assert box.look(changed()) == ()


def test_what_is_not_proved_is_no_note(box: Box) -> None:
    box.add([password_mail(AT + 60)])
    box.now = AT + QUARTER
    assert box.look(reports.cannot_tell()) == ()


def test_a_restart_tells_what_came_meanwhile_and_nothing_twice(box: Box) -> None:
    box.add([password_mail(AT + 60)])
    box.now = AT + QUARTER
    assert len(box.look(changed())) == 1
    box.restart()
    box.now = AT + DAY
    assert box.look(changed()) == ()
    box.restart()
    box.add([password_mail(AT + 2 * DAY)])
    box.now = AT + 2 * DAY + 60
    assert box.look(changed()) == (Alert(About.CHANGED, 1),)


def test_a_fake_counts_only_for_an_organisation_that_writes_here(tmp_path: Path) -> None:
    known = Letter(BEGIN, "hello@mail.instagram.com", "See what is new", BULK)
    box = Box(tmp_path / "Inbox", [known, *LIFE])
    box.look()
    for site, told in (("instagram", (Alert(About.FAKE, 1),)), ("paypal", ())):
        box.add([Letter(int(box.now) + 60, "x@evil.example", "Your account is locked")])
        box.now += QUARTER
        assert box.look(fake(site)) == told


def test_a_file_that_was_put_in_order_tells_nothing_old(box: Box) -> None:
    box.add([password_mail(AT + 60)])
    box.now = AT + QUARTER
    assert len(box.look(changed())) == 1
    box.path.write_bytes(mbox([*LIFE[50:], password_mail(AT + 60)]))  # some were deleted
    box.now += HOUR
    assert box.look(changed()) == ()
    box.add([password_mail(int(box.now))])
    box.now += QUARTER
    assert box.look(changed()) == (Alert(About.CHANGED, 1),)
    assert box.read[-1] < 10_000


def test_a_maildir_is_read_on_from_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "Maildir"
    maildir(path, LIFE[:50])
    counts: list[int] = []

    @contextmanager
    def opened(since: Positions) -> Iterator[tuple[Store, ...]]:
        yield stores_at(path, since.local)

    now = [float(AT)]
    watcher = Watcher(opened, Memory(), lambda: now[0])

    def look() -> int:
        seen = watcher.read()
        counts.append(len(seen.mails))
        return len(seen.mails)

    assert look() == 0
    assert look() == 0
    now[0] += QUARTER
    new = password_mail(AT + 60)
    (path / "new" / f"{new.time}.77.host").write_bytes(new.source())
    assert look() == 1
    (path / "new" / f"{new.time}.77.host").rename(path / "cur" / f"{new.time}.77.host:2,S")
    assert look() == 0


def test_what_was_kept_and_makes_no_sense_is_a_first_look() -> None:
    assert watch.from_data({"positions": {"files": 7}}) == Memory()
    memory = Memory(looked_at=5, flood=6)
    assert watch.from_data(json.loads(json.dumps(watch.to_data(memory)))) == memory
