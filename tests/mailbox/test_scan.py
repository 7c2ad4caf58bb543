"""A whole mailbox: planted alerts among the first twenty, news while reading, stops."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest

from secassist.mailbox.scan import Found, Progress, scan
from secassist.mailbox.sources import mbox as module
from secassist.mailbox.sources.mbox import Mbox
from support.mailboxes import (
    BEGIN,
    BULK,
    DAY,
    HOUR,
    KINDS,
    PEOPLE,
    Letter,
    alerts,
    flood,
    mbox,
    year,
)

AT = BEGIN + 40 * DAY + 9 * HOUR


def scanned(path: Path, letters: list[Letter]) -> Found:
    file = path / "mails.mbox"
    file.write_bytes(mbox(letters))
    return scan([Mbox(file)])


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("kind", KINDS)
def test_every_planted_alert_is_among_the_first_twenty(tmp_path: Path, who: str, kind: str) -> None:
    seed = len(who) * 7 + len(kind)
    planted = alerts(AT, count=5, seed=seed)
    letters = [*year(PEOPLE[who], seed=seed, days=45), *planted]
    letters += flood(kind, AT, 500, per_hour=700)

    found = scanned(tmp_path, sorted(letters))

    assert len(found.floods) == 1
    first = {(mail.time, mail.subject) for mail in found.buried[:20]}
    assert {(letter.time, letter.subject) for letter in planted} <= first


@pytest.mark.parametrize("hours", [-47, 0, 23])
def test_alerts_long_before_and_after_are_surfaced(tmp_path: Path, hours: int) -> None:
    alert = Letter(AT + hours * HOUR, "alerts@bank.example", "Your password was changed", BULK)
    letters = [
        *year(PEOPLE["quiet"], seed=1, days=45),
        *flood("newsletters", AT, 300, per_hour=900),
    ]
    found = scanned(tmp_path, sorted([*letters, alert]))
    assert found.buried[0].subject == alert.subject
    assert found.buried[0].kind == "changed"


def test_security_mail_is_listed_without_a_flood(tmp_path: Path) -> None:
    letters = [
        Letter(BEGIN, "security@account.example", "New sign-in to your account"),
        Letter(BEGIN + 200 * DAY, "security@account.example", "Your password was changed"),
        Letter(BEGIN + 210 * DAY, "shop@shop.example", "Your order 4711 has shipped"),
        Letter(BEGIN + 211 * DAY, "security@mail.instagram.com", "Reset your password"),
    ]
    found = scanned(tmp_path, letters)
    assert [mail.subject for mail in found.security] == [
        "Reset your password",
        "Your password was changed",
    ]
    assert found.security[0].organisation == "instagram"
    assert found.floods == found.buried == ()


def test_the_order_of_the_file_does_not_matter(tmp_path: Path) -> None:
    letters = [
        *year(PEOPLE["shopper"], seed=2, days=50),
        *flood("confirmations", AT, 400, per_hour=400),
    ]
    forward = scanned(tmp_path, sorted(letters))
    backward = scanned(tmp_path, sorted(letters, reverse=True))
    assert forward.floods == backward.floods
    assert len(forward.floods) == 1


def test_doubtful_places_are_told(tmp_path: Path) -> None:
    evil = Letter(
        AT,
        "evil@evil.example",
        "Hello",
        (),
        "x\n\nFrom 1 Thu Jan  1 00:00:00 2026\nFrom: a@bank.example\nSubject: Security alert\n\n",
    )
    found = scanned(tmp_path, [evil])
    assert found.messages == 2
    assert any("not certain where" in sentence for sentence in found.limits)
    assert "uncertain-split" in found.security[0].reasons


def test_news_come_while_reading_and_a_stop_is_obeyed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secassist.mailbox.scan._TELL", 0.0)
    monkeypatch.setattr("secassist.mailbox.scan.FIRST_RESULT", 0.0)
    monkeypatch.setattr(module, "BLOCK", 100_000)
    path = tmp_path / "mails.mbox"
    path.write_bytes(mbox(sorted(flood("confirmations", AT, 3_000, per_hour=900))))
    news: list[Progress] = []

    found = scan([Mbox(path)], tell=news.append, stopped=lambda: len(news) == 8)

    assert not found.complete
    assert 0 < found.messages < 3_000
    assert any(each.floods for each in news)  # first results while reading
    assert [each.done for each in news] == sorted(each.done for each in news)
    assert news[-1].total == path.stat().st_size


def test_a_stop_is_obeyed_within_a_tenth_of_a_second(tmp_path: Path) -> None:
    path = tmp_path / "mails.mbox"
    path.write_bytes(mbox(flood("many-languages", AT, 2_000, per_hour=900)) * 4)
    asked: list[float] = []

    def stopped() -> bool:
        if not asked and path.stat().st_size:
            asked.append(0.0)
            return False
        asked.append(time.process_time())
        return len(asked) > 1_000

    scan([Mbox(path)], stopped=stopped)
    gaps = [after - before for before, after in pairwise(asked[1:])]
    assert max(gaps) < 0.1


def test_the_next_time_only_new_mail_is_read_and_old_senders_are_known(tmp_path: Path) -> None:
    path = tmp_path / "mails.mbox"
    path.write_bytes(mbox(year(PEOPLE["newsletters"], seed=3, days=60)))
    store = Mbox(path)
    first = scan([store])
    later = BEGIN + 60 * DAY
    digest = [
        Letter(later + 9 * n, f"news@letter{n % 50}.example", "This week", BULK) for n in range(300)
    ]
    bombs = flood("newsletters", later + 2 * DAY, 200, per_hour=400)
    with path.open("ab") as file:
        file.write(mbox([*digest, *bombs]))

    again = scan([Mbox(path, store.position)], past=first.past)

    assert again.messages == 500
    assert [each.messages for each in again.floods] == [200]
    assert set(first.past.first_seen) < set(again.past.first_seen)
