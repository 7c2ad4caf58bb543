"""Wordings by which fraud gives itself away: pressure, blackmail, prizes, requests for seed words.

The wordings stand in ``assets/signals.toml``. A single one says little; each signal needs wordings
from several groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from secassist.facts.assets import read_table
from secassist.mail.phrases import Phrases, plain

FILE: Final = "signals.toml"
_SCANNED: Final = 3_000  # characters of the text: what people read before they act
_COIN: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:bc1[a-z0-9]{25,71}|[13][a-km-zA-HJ-NP-Z1-9]{25,34}|0x[a-fA-F0-9]{40}"
    r"|T[1-9A-HJ-NP-Za-km-z]{33})(?![A-Za-z0-9])"
)
_PHONE: Final = re.compile(
    r"(?<![\w/.#=-])(?:\+|00)?\(?\d[\d().\s\u2010-\u2015\u00b7+-]{7,20}\d(?![\w/=-])"
)
_DATE: Final = re.compile(r"(?:19|20)\d\d[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./](?:19|20)\d\d")
_MAX_NUMBERS: Final = 20
_NEAR: Final = 30  # characters before a number in which the word "call" is looked for


@dataclass(frozen=True, slots=True)
class Signals:
    """What a text says by which fraud can be known. Empty where nothing was found."""

    pressure: bool = False
    """A threat together with a deadline or a demand."""
    seed_phrase: bool = False
    """It asks for the words that open a wallet."""
    extortion: bool = False
    advance_fee: bool = False
    prize: bool = False
    money_waiting: bool = False
    """Money is said to wait for the reader, who only has to confirm something."""
    lure: bool = False
    """A voice message, a fax, a shared document: what people open at once at work."""
    favour: bool = False
    """It wants money, vouchers or staff data in a hurry."""
    number: str = ""
    """A telephone number that the reader is to call about something that was bought."""
    callback: bool = False
    """It also speaks of cancelling, refunds, or "if it was not you"."""
    from_user: bool = False
    """Another user is said to share, invite, write or ask for something: some words are theirs."""
    coin_address: str = ""

    @property
    def calls_to_act(self) -> bool:
        """It threatens, or holds something out, so that the reader does something at once."""
        return self.pressure or self.prize or self.money_waiting or self.lure or bool(self.number)


def read_signals(subject: str, text: str) -> Signals:
    """Everything of this kind that subject and shown text say. Pure, linear, bounded."""
    written = f"{subject[:300]}\n{text[:_SCANNED]}"
    simple = plain(written)
    found = _phrases().find(simple)
    coin = _COIN.search(written)
    number = _number_to_call(written, found) if "callback.bought" in found else ""
    return Signals(
        pressure="pressure.threat" in found
        and ("pressure.deadline" in found or "pressure.demand" in found),
        seed_phrase=_asks_for_seed(found),
        extortion="extortion.watched" in found
        and "extortion.money" in found
        and ("extortion.coins" in found or coin is not None),
        advance_fee=_advance_fee(found),
        prize="prize.won" in found,
        money_waiting=all(f"money_waiting.{g}" in found for g in ("money", "waits", "act")),
        lure="lure.what" in found,
        favour="favour.what" in found and "favour.hurry" in found,
        number=number,
        callback=bool(number) and "callback.cancel" in found,
        from_user="from_user.what" in found,
        coin_address=coin[0] if coin else "",
    )


def _number_to_call(written: str, found: Mapping[str, int]) -> str:
    """The number of the help line; or the first right behind a word like "call"."""
    numbers = list(phone_numbers(written))
    if "callback.call" in found:
        return numbers[0] if numbers else ""
    for number in numbers:
        at = written.find(number)
        before = plain(written[max(0, at - _NEAR) : at]) if at >= 0 else ""
        if "callback.verb" in _phrases().find(before):
            return number
    return ""


def _asks_for_seed(found: Mapping[str, int]) -> bool:
    if "seed_phrase.phrase" not in found or "seed_phrase.request" not in found:
        return False
    # "Never share your recovery phrase" is what honest mail says.
    return "seed_phrase.warning" not in found


def _advance_fee(found: Mapping[str, int]) -> bool:
    groups = [f"advance_fee.{name}" for name in ("sum", "source", "role", "contact")]
    return "advance_fee.source" in found and sum(group in found for group in groups) >= 3


def phone_numbers(text: str) -> Iterator[str]:
    """What looks like a telephone number to be called, as written; at most 20.

    A number needs nine to fifteen digits and something that groups them or a leading plus: plain
    runs of digits are order numbers more often.
    """
    for count, match in enumerate(_PHONE.finditer(text)):
        if count >= _MAX_NUMBERS:
            return
        written = " ".join(match[0].split())
        digits = sum(c.isdigit() for c in written)
        grouped = sum(not c.isdigit() and c != "+" for c in written)
        if _DATE.match(written):
            continue
        if 9 <= digits <= 15 and (grouped >= 2 or written.startswith("+")):
            yield written


@cache
def _phrases() -> Phrases:
    return parse(read_table(FILE))


def parse(table: Mapping[str, Any]) -> Phrases:
    """The wordings of such a table, each group as ``signal.group``."""
    return Phrases(
        {
            f"{signal}.{group}": phrases
            for signal, groups in table.items()
            if isinstance(groups, Mapping)
            for group, phrases in groups.items()
        }
    )
