"""Mailboxes by another hand than ``support.mailboxes``: other people, other floods, other forms.

Everything about the mails differs from there: charsets, time zones, folded fields, services that
send for many, hosts of senders. ``support.bomb_words`` has the subjects.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from support.bomb_words import BOMBS, CRITICAL, DAILY, PLAIN_BOMBS

MINUTE, HOUR, DAY = 60, 3_600, 86_400
START: Final = int(datetime(2024, 2, 26, tzinfo=UTC).timestamp())

_CHARSETS: Final = {
    "ja": ("iso-2022-jp", "shift_jis", "utf-8"),
    "ru": ("koi8-r", "windows-1251", "utf-8"),
    "uk": ("koi8-u", "windows-1251", "utf-8"),
    "zh": ("gb2312", "gb18030", "utf-8"),
    "ko": ("euc-kr", "utf-8"),
    "ar": ("windows-1256", "utf-8"),
    "pl": ("iso-8859-2", "utf-8"),
    "cs": ("iso-8859-2", "windows-1250", "utf-8"),
    "tr": ("iso-8859-9", "utf-8"),
}
_ENDINGS: Final = ("com", "net", "org", "de", "fr", "co.uk", "com.br", "ru", "co.jp", "it", "nl")
_SERVICES: Final = ("zendesk.com", "freshdesk.com", "myshopify.com", "atlassian.net")


@dataclass(frozen=True, order=True)
class Post:
    """One mail."""

    time: int
    sender: str
    subject: str
    language: str = "en"
    fields: tuple[str, ...] = ()
    critical: bool = field(default=False, compare=False)

    def source(self, chance: random.Random) -> bytes:
        zone = timezone(timedelta(minutes=chance.choice((-480, -300, 0, 60, 120, 330, 540))))
        when = datetime.fromtimestamp(self.time, zone)
        stamp = f"{when:%a, %d %b %Y %H:%M:%S %z}"
        if chance.random() < 0.3:
            stamp += f" ({zone.tzname(None)})"
        host = self.sender.rpartition("@")[2]
        lines = [
            "Delivered-To: me@home.test",
            f"Received: by 2002:a05:{chance.randrange(9999)}: with SMTP id x; {stamp}",
            f"Received: from out{chance.randrange(9)}.{host}\r\n by mx.home.test; {stamp}",
            f"Date: {stamp}",
            f"FROM: {self._name(chance)}<{self.sender}>",
            f"Subject: {self._encoded(chance)}",
            "To: =?utf-8?q?M=C3=A9?= <me@home.test>",
            *self.fields,
            "Content-Type: text/html; charset=utf-8",
        ]
        return ("\r\n".join(lines) + "\r\n\r\n<p>…</p>\r\n").encode()

    def _name(self, chance: random.Random) -> str:
        return chance.choice(("", '"Team, The" ', "=?utf-8?b?VGVhbQ==?= ", "Team\r\n "))

    def _encoded(self, chance: random.Random) -> str:
        if self.subject.isascii():
            return self.subject
        charset = chance.choice(_CHARSETS.get(self.language, ("utf-8",)))
        try:
            self.subject.encode(charset)
        except UnicodeEncodeError:
            charset = "utf-8"
        words = []
        for at in range(0, len(self.subject), 12):
            piece = self.subject[at : at + 12].encode(charset)
            if chance.random() < 0.5 or charset == "iso-2022-jp":
                words.append(f"=?{charset}?B?{base64.b64encode(piece).decode()}?=")
            else:
                quoted = "".join(
                    chr(byte) if chr(byte).isascii() and chr(byte).isalnum() else f"={byte:02X}"
                    for byte in piece
                )
                words.append(f"=?{charset.upper()}?q?{quoted}?=")
        return "\r\n ".join(words)


def box(posts: Iterable[Post], seed: int = 0) -> Iterator[bytes]:
    """A mailbox file, as Google's export writes it."""
    chance = random.Random(seed)
    for number, post in enumerate(sorted(posts)):
        when = datetime.fromtimestamp(post.time, UTC)
        line = f"From {number}{chance.randrange(10**12)}@xxx {when:%a %b %d %H:%M:%S +0000 %Y}\r\n"
        yield line.encode() + post.source(chance) + b"\r\n"


# Lives


def life(kind: str, days: int, seed: int, begin: int = START) -> list[Post]:
    """So many days of one kind of person, without any flood."""
    chance = random.Random(f"{kind}{seed}")
    return sorted(
        post for day in range(days) for post in LIVES[kind](chance, begin + day * DAY, day)
    )


def _friends(chance: random.Random, at: int, language: str, count: float) -> Iterator[Post]:
    for _ in range(_about(chance, count)):
        sender = f"{chance.choice('abcdefghij')}{chance.randrange(30)}@{chance.choice(_MAILERS)}"
        yield Post(_in_day(chance, at), sender, chance.choice(DAILY[language]), language)


def _letters(chance: random.Random, at: int, count: int, often: float) -> Iterator[Post]:
    for number in range(count):
        if chance.random() < often:
            fields = ("List-Unsubscribe: <mailto:u@x.test>", "Precedence: bulk")
            sender = f"hello@brand{number}.{_ENDINGS[number % len(_ENDINGS)]}"
            subject = chance.choice((*PLAIN_BOMBS, "Sale: up to 60% off", "New in: boots"))
            yield Post(at + 6 * HOUR + chance.randrange(5 * HOUR), sender, subject, "en", fields)


_MAILERS: Final = ("gmail.com", "outlook.com", "web.de", "orange.fr", "yahoo.co.jp", "uol.com.br")


def _job_hunter(chance: random.Random, at: int, day: int) -> Iterator[Post]:
    """Applies to dozens of firms in one evening; each answers by itself."""
    yield from _friends(chance, at, "en", 3)
    yield from _letters(chance, at, 15, 0.4)
    if day % 7 == 2:
        for _ in range(30):
            firm = f"jobs@firm{chance.randrange(10**6)}.com"
            subject = chance.choice(
                ("Thank you for applying", "We received your application", "Application received")
            )
            auto = ("Auto-Submitted: auto-generated",) if chance.random() < 0.5 else ()
            yield Post(at + 18 * HOUR + chance.randrange(4 * HOUR), firm, subject, "en", auto)


def _shop_desk(chance: random.Random, at: int, day: int) -> Iterator[Post]:
    """A small shop: hundreds of strangers, and out-of-office answers to its own newsletter."""
    for _ in range(_about(chance, 60)):
        sender = f"c{chance.randrange(10**6)}@mail{chance.randrange(4_000)}.com"
        yield Post(_in_day(chance, at), sender, chance.choice(DAILY["en"]), "en")
    if day % 30 == 10:
        for _ in range(150):
            sender = f"p{chance.randrange(10**6)}@office{chance.randrange(10**5)}.com"
            subject = chance.choice(("Automatic reply", "Out of office", "Abwesenheit"))
            fields = ("Auto-Submitted: auto-replied", "In-Reply-To: <news42@home.test>")
            at_once = at + 10 * HOUR + chance.randrange(HOUR)
            yield Post(at_once, sender, f"{subject}: Our spring offers", "en", fields)


def _newcomer(chance: random.Random, at: int, day: int) -> Iterator[Post]:
    """Opens two dozen accounts on one day, and few later."""
    yield from _friends(chance, at, "de", 2)
    for _ in range(24 if day == 20 else _about(chance, 0.4)):
        site = f"noreply@site{chance.randrange(10**6)}.de"
        yield Post(
            at + 9 * HOUR + chance.randrange(9 * HOUR), site, chance.choice(BOMBS["de"]), "de"
        )


def _machines(chance: random.Random, at: int, day: int) -> Iterator[Post]:
    """Watches servers: hundreds of notes an hour when something breaks."""
    yield from _friends(chance, at, "en", 5)
    for _ in range(500 if day % 40 == 5 else 20):
        host = f"root@node{chance.randrange(400)}.cluster.example.org"
        yield Post(at + chance.randrange(HOUR if day % 40 == 5 else DAY), host, "Cron failed", "en")
    for _ in range(_about(chance, 30)):
        fields = ("List-ID: <project.github.com>", "Precedence: list")
        subject = f"Re: [project] Issue {chance.randrange(900)}"
        yield Post(_in_day(chance, at), "notifications@github.com", subject, "en", fields)


def _rules_day(chance: random.Random, at: int, day: int) -> Iterator[Post]:
    """Everybody changes the terms of use on one day: old acquaintances, and forgotten ones."""
    yield from _friends(chance, at, "fr", 4)
    yield from _letters(chance, at, 60, 0.3)
    if day == 30:
        for number in range(160):
            sender = f"privacy@service{number}.com"
            subject = chance.choice(
                ("We've updated our privacy policy", "Changes to our terms", "Important: new terms")
            )
            yield Post(at + chance.randrange(DAY), sender, subject, "en", ("Precedence: bulk",))


def _tokyo(chance: random.Random, at: int, day: int) -> Iterator[Post]:
    yield from _friends(chance, at, "ja", 6)
    yield from _letters(chance, at, 40, 0.7)
    if chance.random() < 0.3:
        order = f"Amazon.co.jpでのご注文 250-{chance.randrange(10**7)}"
        yield Post(_in_day(chance, at), "auto-confirm@amazon.co.jp", order, "ja")


def _seller(chance: random.Random, at: int, day: int) -> Iterator[Post]:
    """Sells all day: dozens of orders and payments, each told by the same two services."""
    yield from _friends(chance, at, "en", 4)
    yield from _letters(chance, at, 30, 0.5)
    for _ in range(_about(chance, 30)):
        order = f"You made a sale! Order #{chance.randrange(10**9)}"
        yield Post(at + chance.randrange(DAY), "transaction@etsy.com", order, "en")
    for _ in range(_about(chance, 10)):
        payment = f"You received a payment of ${chance.randrange(9, 99)}.00 USD"
        yield Post(at + chance.randrange(DAY), "service@paypal.com", payment, "en")


LIVES: Final = {
    "job-hunter": _job_hunter,
    "shop-desk": _shop_desk,
    "newcomer": _newcomer,
    "machines": _machines,
    "rules-day": _rules_day,
    "tokyo": _tokyo,
    "seller": _seller,
}


# Floods


def bomb(
    style: str, start: int, count: int, seconds: float, *, language: str = "en", seed: int = 0
) -> list[Post]:
    """A flood of ``count`` mails, one every ``seconds`` on average."""
    chance = random.Random(f"{style}{language}{seed}")
    at, out = float(start), []
    for number in range(count):
        spoken = chance.choice(list(BOMBS)) if style == "mixed" else language
        out.append(_bomb(chance, style, int(at), spoken, number))
        at += chance.uniform(0.2, 1.8) * seconds
        if style == "waves" and number % 60 == 59:
            at += 25 * MINUTE
    return out


def _bomb(chance: random.Random, style: str, at: int, language: str, number: int) -> Post:
    ending = chance.choice(_ENDINGS)
    sender = (
        f"{chance.choice(('info', 'no-reply', 'shop', 'team'))}@w{chance.randrange(10**8)}.{ending}"
    )
    subject = chance.choice(BOMBS[language])
    fields: tuple[str, ...] = ()
    if style == "plain":
        subject = chance.choice(PLAIN_BOMBS)
        fields = ("List-Unsubscribe: <https://x.test/u>", f"List-Id: <l{number}.{ending}>")
    elif style == "services":
        sender = f"support@team{chance.randrange(10**6)}.{chance.choice(_SERVICES)}"
        fields = ("Auto-Submitted: auto-generated", "X-Zendesk-From-Account-Id: 1f")
    elif style == "codes":
        subject = f"{chance.randrange(10**6):06} is your verification code"
    elif style == "names":
        # Forms let the attacker write into the name: "Hello <anything>, welcome".
        subject = f"{chance.choice(('Hi', 'Dear'))} Your order has shipped, {subject.lower()}"
    return Post(at, sender, subject, language, fields)


STYLES: Final = ("forms", "mixed", "plain", "services", "codes", "names", "waves")


def planted(start: int, languages: Iterable[str], seed: int, *, each: int = 2) -> list[Post]:
    """Critical mails around the start of a flood, in these languages."""
    chance = random.Random(f"p{seed}")
    return [
        Post(
            start + chance.randrange(-10 * HOUR, 6 * HOUR),
            f"service@{chance.choice(('bank', 'shop', 'phone', 'host'))}{chance.randrange(99)}.com",
            subject,
            language,
            ("List-Unsubscribe: <https://x.test/u>",) if chance.random() < 0.5 else (),
            critical=True,
        )
        for language in languages
        for subject in chance.sample(CRITICAL[language], each)
    ]


def _about(chance: random.Random, mean: float) -> int:
    return (
        int(mean) + (chance.random() < mean % 1)
        if mean < 3
        else round(chance.gauss(mean, mean**0.5))
    )


def _in_day(chance: random.Random, at: int) -> int:
    return at + 7 * HOUR + chance.randrange(15 * HOUR)
