"""Mailboxes with known answers: people of several kinds, several kinds of flood, planted alerts.

mails = year(PEOPLE["shopper"], seed=1) + flood("confirmations", start, 3000, per_hour=1200)
path.write_bytes(mbox(sorted(mails)))
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.header import Header
from email.utils import format_datetime
from functools import cache
from pathlib import Path

from secassist.mailbox.flood import Course, follow
from secassist.mailbox.records import Records
from secassist.mailbox.summary import Summary, summarise
from secassist.mailbox.words import words

HOUR, DAY = 3_600, 86_400
BEGIN = int(datetime(2025, 1, 1, tzinfo=UTC).timestamp())
ME = "me@home.example"


@dataclass(frozen=True, order=True)
class Letter:
    time: int
    sender: str
    subject: str
    fields: tuple[tuple[str, str], ...] = ()
    body: str = "Hello,\n\nthis is the text.\n"
    planted: bool = field(default=False, compare=False)

    def head(self) -> bytes:
        stamp = format_datetime(datetime.fromtimestamp(self.time, UTC))
        host = self.sender.rpartition("@")[2]
        subject = self.subject
        if not subject.isascii():
            subject = Header(subject, "utf-8", maxlinelen=70).encode()
        lines = [
            f"Received: from mail.{host} (mail.{host} [192.0.2.7])",
            f"\tby mx.home.example (Postfix) with ESMTPS id 4XyZ{self.time}",
            f"\tfor <{ME}>; {stamp}",
            f"From: Somebody <{self.sender}>",
            f"To: {ME}",
            f"Subject: {subject}",
            "Date: Thu, 01 Jan 1998 00:00:00 +0000",  # a lie; the receiver's time counts
            f"Message-ID: <{self.time}.{abs(hash(self.subject)) % 9999}@{host}>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            *(f"{name}: {value}" for name, value in self.fields),
        ]
        return ("\n".join(lines) + "\n").encode()

    def source(self) -> bytes:
        return self.head() + b"\n" + self.body.encode()


@dataclass(frozen=True)
class Person:
    friends: float
    """Personal mails a day."""
    newsletters: int
    """Newsletters that come in the morning, each about every other day."""
    orders: float
    """Shop and bank mails a day."""
    lists: float
    """Mails a day on mailing lists of many writers."""
    tickets: float
    """Mails a day of one ticket system."""
    storms: int
    """Days a year on which the ticket system writes hundreds of mails within an hour."""
    sign_ups: float = 0.15
    """Real sign-ups a day."""


PEOPLE = {
    "quiet": Person(2, 6, 0.2, 0, 0, 0),
    "newsletters": Person(5, 50, 1, 0, 0, 0, 0.6),
    "shopper": Person(4, 25, 4, 0, 0, 0, 1.0),
    "developer": Person(8, 10, 0.3, 40, 10, 3),
    "helper": Person(10, 10, 0.3, 0, 25, 6),
}
_TOPICS = "garden budget trip meeting photos recipe lunch report project party concert car".split()
_SHOPS = [f"shop{n}.example" for n in range(12)]
_ORDERS = ["Your order {n} has shipped", "Order confirmation {n}", "Receipt for your payment {n}"]
_NEWS = [f"news@letter{n}.example" for n in range(200)]
DESK = "desk@tickets.example"
BULK = (("List-Unsubscribe", "<https://list.example/u>"),)


def year(person: Person, *, seed: int, days: int = 365, begin: int = BEGIN) -> list[Letter]:
    """Normal mail, with a weekly digest day, a sales week, and storms of the ticket system."""
    chance = random.Random(f"{seed}-{person}")
    friends = [f"friend{n}@mail{n % 9}.example" for n in range(40)]
    storms = {chance.randrange(20, max(21, days)) for _ in range(person.storms)}
    out: list[Letter] = []
    for day in range(days):
        start = begin + day * DAY
        waking = [start + 8 * HOUR, 14 * HOUR]
        for _ in range(_poisson(chance, person.friends)):
            sender = chance.choice(friends)
            if chance.random() < 0.04:
                sender = f"{chance.choice(_TOPICS)}@firm{chance.randrange(10_000)}.example"
            topic = chance.choice(_TOPICS)
            replies = (("In-Reply-To", "<a@b.example>"),) if chance.random() < 0.5 else ()
            out.append(_letter(chance, waking, sender, f"About the {topic}", replies))
        sale = 320 <= day % 365 < 334
        digest = day % 7 == 0
        for number in range(person.newsletters):
            often = 4 if sale else 1
            if digest or chance.random() < 0.5:
                for _ in range(often):
                    topic = chance.choice(_TOPICS)
                    subject = "50% off everything" if sale else f"This week: {topic}"
                    at = start + 7 * HOUR + chance.randrange(1_800 if digest else 4 * HOUR)
                    out.append(Letter(at, _NEWS[number], subject, BULK))
        for _ in range(_poisson(chance, person.orders)):
            shop = chance.choice(_SHOPS)
            subject = chance.choice(_ORDERS).format(n=chance.randrange(10**6))
            out.append(_letter(chance, waking, f"service@{shop}", subject, BULK))
        for _ in range(_poisson(chance, person.lists)):
            sender = f"dev{chance.randrange(3000)}@org{chance.randrange(900)}.example"
            fields = (("List-Id", "<devel.project.example>"), ("Precedence", "list"))
            out.append(_letter(chance, [start, DAY], sender, "[PATCH] mend it", fields))
        count = _poisson(chance, person.tickets)
        for number in range(count):
            subject = f"[Ticket {number}] updated"
            auto = (("Auto-Submitted", "auto-generated"),)
            out.append(_letter(chance, waking, DESK, subject, auto))
        if day in storms:
            at = start + 10 * HOUR
            auto = (("Auto-Submitted", "auto-generated"),)
            out += [
                Letter(at + chance.randrange(HOUR), DESK, f"Ticket {n}: down", auto)
                for n in range(400)
            ]
        for _ in range(_poisson(chance, person.sign_ups)):
            site = f"noreply@site{chance.randrange(10**6)}.example"
            out.append(_letter(chance, waking, site, "Please confirm your e-mail address", ()))
        if chance.random() < 0.05:
            out.append(
                _letter(
                    chance, waking, "security@account.example", "New sign-in to your account", ()
                )
            )
    return sorted(out)


SUBJECTS = {
    "english": [
        "Please confirm your subscription",
        "Welcome to our newsletter",
        "Activate your account",
        "Confirm your registration",
        "Thank you for contacting us",
    ],
    "german": [
        "Bitte bestätigen Sie Ihre Anmeldung",
        "Willkommen bei unserem Newsletter",
        "Bestätigung Ihrer Registrierung",
        "Vielen Dank für Ihre Nachricht",
    ],
    "many": [
        "Please confirm your subscription",
        "Bitte bestätigen Sie Ihre Anmeldung",
        "Confirmez votre inscription",
        "Confirma tu suscripción",
        "Подтвердите подписку",
        "メールマガジン登録の確認",
        "请确认您的订阅",
        "Potwierdź subskrypcję",
        "تأكيد الاشتراك",
        "Bekræft din tilmelding",
        "Bevestig je inschrijving",
        "Confirme sua inscrição",
    ],
    "news": ["This week in gardening", "Our best recipes", "News from the valley", "Ten facts"],
    "tickets": ["[Request received] Your ticket", "We got your request", "Re: your request"],
}
AUTO = (("Auto-Submitted", "auto-replied"),)
KINDS = {
    "confirmations": ("english", ()),
    "single-language": ("german", ()),
    "many-languages": ("many", ()),
    "newsletters": ("news", BULK),
    "ticket-replies": ("tickets", AUTO),
}


def flood(
    kind: str, start: int, count: int, *, per_hour: float, domains: int | None = None, seed: int = 0
) -> list[Letter]:
    """So many mails of one kind of flood, as evenly as chance has it."""
    chance = random.Random(f"{seed}-{kind}-{start}")
    subjects, fields = KINDS[kind]
    names = [f"hello@flood{chance.randrange(10**7)}.example" for _ in range(domains or count)]
    out = []
    at = float(start)
    for number in range(count):
        sender = names[number % len(names)]
        out.append(Letter(int(at), sender, chance.choice(SUBJECTS[subjects]), fields))
        at += chance.expovariate(per_hour / HOUR)
    return out


ALERTS = [
    ("service@shop3.example", "Your order 4711881 has been placed"),
    ("alerts@bank.example", "Wire transfer of $4,500.00 was sent"),
    ("security@account.example", "Your password was changed"),
    ("care@phone.example", "Your new SIM card is active"),
    ("security@account.example", "Neue Anmeldung bei Ihrem Konto"),
    ("noreply@host.example", "A new forwarding rule was created for your mailbox"),
    ("registry@names.example", "Domain transfer of home.example was requested"),
    ("alerts@bank.example", "Votre mot de passe a été modifié"),
    ("pay@coins.example", "Withdrawal of 0.8 BTC confirmed"),
]


def alerts(start: int, *, count: int, seed: int, spread: int = 12 * HOUR) -> list[Letter]:
    """Critical mails around the start of a flood; all of them carry fields of bulk mail."""
    chance = random.Random(seed)
    return [
        Letter(start + chance.randrange(-spread, spread), sender, subject, BULK, planted=True)
        for sender, subject in chance.sample(ALERTS, count)
    ]


def course(letters: Iterable[Letter]) -> Course:
    """What the detector sees in these letters, without any file."""
    records = Records(words().shared)
    for letter in letters:
        summary, sign_up = _seen(letter)
        records.add(summary, sign_up=sign_up)
    return follow(records.in_time())


@cache
def _seen(letter: Letter) -> tuple[Summary, bool]:
    summary = summarise(letter.head())
    return summary, words().meaning(words().mask(summary.subject)).sign_up


def mbox(letters: Iterable[Letter], *, line_end: bytes = b"\n") -> bytes:
    """A mailbox file."""
    return b"".join(mbox_pieces(letters)).replace(b"\n", line_end)


def mbox_pieces(letters: Iterable[Letter]) -> Iterator[bytes]:
    for letter in letters:
        stamp = datetime.fromtimestamp(letter.time, UTC).strftime("%a %b %d %H:%M:%S %Y")
        yield f"From {letter.sender} {stamp}\n".encode() + letter.source() + b"\n"


def maildir(folder: Path, letters: Iterable[Letter]) -> None:
    """A Maildir with every mail as a file."""
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number, letter in enumerate(letters):
        (folder / "cur" / f"{letter.time}.{number}.host:2,S").write_bytes(letter.source())


def _letter(
    chance: random.Random,
    span: list[int],
    sender: str,
    subject: str,
    fields: tuple[tuple[str, str], ...],
) -> Letter:
    return Letter(span[0] + chance.randrange(span[1]), sender, subject, fields)


def _poisson(chance: random.Random, mean: float) -> int:
    count, at = 0, chance.expovariate(1)
    while at < mean:
        count += 1
        at += chance.expovariate(1)
    return count
