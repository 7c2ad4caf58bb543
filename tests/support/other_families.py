"""Families of passwords by another mind than ``families``: other words, languages and habits.

Written as somebody would who wants to slip through: endings that are words (``new``, ``work``, a
month), the site's name shortened or without its vowels and put in the middle, counters anywhere,
initials of a sentence, dates, sign after sign, two changes at once, passwords cut to a limit.
"""

from __future__ import annotations

import random
import re
import string
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import xkcdpass

from secassist.passwords.analysis.forms import folded
from secassist.passwords.credential import Credential
from support.families import Vault

_LISTS = {
    "fi": "fin-kotus", "no": "nor-nb", "sv": "swe-short", "it": "ita-wiki", "es": "spa-mich",
    "pt": "pt-ipublicis", "de": "ger-anlx", "fr": "fr-corrected.txt", "en": "eff-long",
}  # fmt: skip
_OWN = {
    "el": "θάλασσα ήλιος καλοκαίρι αγάπη πορτοκάλι χελώνα γιαγιά ποδήλατο σύννεφο αστέρι λουλούδι "
    "καρπούζι σκύλος πεταλούδα κιθάρα φεγγάρι παραμύθι ελευθερία θησαυρός",
    "ja": "sakura watashi okaasan densha tanpopo himawari kaminari hoshizora natsuyasumi asagao "
    "tomodachi umibozu yukidaruma kabutomushi momiji taiyaki hanabi kaeru",
    "hu": "csillag napsugár pillangó macska tavasz szerelem kenyér mosoly virágszál anyukám "
    "labdarúgó hópehely almafa barátság kékszakáll",
}
LANGUAGES = (*_LISTS, *_OWN)
_SITES = (
    "otto bol wehkamp coolblue idealo mercadolibre rakuten flipkart avito seznam onet wykop "
    "vkontakte telekom vodafone orange lidl aldi rossmann douglas thalia fnac leroymerlin zara "
    "mango booking trivago ryanair easyjet bahn sncf renfe trenitalia posta dhl hermes gls strato "
    "ionos hetzner ovh gandi namecheap figma miro slack asana jira gitlab wordpress wix etsy depop "
    "kleinanzeigen leboncoin subito marktplaats finn tori blocket"
).split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Okt Nov Dez".split()
_SPELT = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("å", "aa"), ("ø", "oe"))
Change = Callable[[random.Random, str, str], str]


def vault(seed: int, size: int = 1_000, language: str = "") -> Vault:
    """A vault of at most that size; all languages mixed where none is named."""
    rng = random.Random(f"other {seed} {language}")
    pool = _words(rng, [language] if language else list(LANGUAGES))
    made: list[tuple[str, str, int, bool]] = []
    while len(made) < size:
        kind = rng.random()
        if kind < 0.3:
            made.append((_machine(rng), rng.choice(_SITES), -1, True))
            continue
        base = _base(rng, pool)
        if base is None:  # the words are used up
            break
        if kind < 0.45:
            made.append((base, rng.choice(_SITES), -1, False))
            continue
        number = len(made)
        for _ in range(min(rng.randint(2, 6), size - len(made))):
            site = rng.choice(_SITES)
            made.append((_changed(rng, base, site), site, number, False))
    rng.shuffle(made)
    credentials = tuple(
        Credential(f"{site.capitalize()} {number}", f"user{number}", password,
                   (f"https://www.{site}.com/{number}",))
        for number, (password, site, _, _) in enumerate(made)
    )  # fmt: skip
    return Vault(credentials, tuple(one[2] for one in made), tuple(one[3] for one in made))


@cache
def _list(language: str) -> tuple[str, ...]:
    if language in _OWN:
        return tuple(_OWN[language].split())
    path = Path(xkcdpass.__file__).parent / "static" / _LISTS[language]
    words = path.read_text("utf-8").split()
    return tuple(word for word in words if 5 <= len(word) <= 9 and word.isalpha())


def _words(rng: random.Random, languages: list[str]) -> Iterator[str]:
    """No two share their beginning, or five letters in a row: those would be alike in earnest."""
    known = [word.lower() for name in languages for word in rng.sample(_list(name), min(
        3_000, len(_list(name))))]  # fmt: skip
    rng.shuffle(known)
    seen: set[str] = set()
    for word in known:
        fold = folded(word)
        pieces = {f"^{fold[:4]}", *(fold[at : at + 5] for at in range(len(fold) - 4))}
        if not pieces & seen:
            seen |= pieces
            yield word


def _base(rng: random.Random, pool: Iterator[str]) -> str | None:
    words = [word for word in (next(pool, ""), next(pool, "")) if word]
    if len(words) < 2:
        return None
    kind = rng.random()
    if kind < 0.55:
        base = words[0].capitalize() if rng.random() < 0.5 else words[0]
    elif kind < 0.9:
        second = words[1].capitalize() if rng.random() < 0.5 else words[1]
        base = words[0].capitalize() + rng.choice(("", "-", "_", ".")) + second
    else:  # the initials of a sentence
        base = "".join(rng.choices(string.ascii_letters, k=rng.randint(6, 8)))
    kind = rng.random()
    if kind < 0.35:
        base += str(rng.randint(1, 99))
    elif kind < 0.6:
        base += str(rng.randint(1955, 2026))
    elif kind < 0.75:
        base += f"{rng.randint(1, 28):02}{rng.randint(1, 12):02}{rng.randint(50, 99)}"
    elif kind < 0.85:
        base = str(rng.randint(1, 999)) + base
    kind = rng.random()
    if kind < 0.25:
        base += rng.choice("!?.#$*")
    elif kind < 0.3:
        base = rng.choice("#*@") + base
    return base


def _machine(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.45:
        letters = string.ascii_letters + string.digits + "!#$%&*+-.?@_"
        return "".join(rng.choices(letters, k=rng.choice((10, 14, 16, 20, 32))))
    if kind < 0.6:
        return "-".join(rng.sample(_list("en"), rng.choice((3, 4, 5))))
    if kind < 0.7:
        return "".join(rng.choices("0123456789abcdef", k=rng.choice((8, 12, 32))))
    if kind < 0.8:
        parts = ("".join(rng.choices(string.ascii_letters + string.digits, k=6)) for _ in "abc")
        return "-".join(parts)
    if kind < 0.9:
        return "".join(rng.choices(string.digits, k=rng.choice((4, 5, 6, 8))))
    pairs = (rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in "abcd")
    return "".join(pairs).capitalize() + f"-{rng.randint(10, 99)}" + rng.choice("!?#")


def _bumped(rng: random.Random, base: str, _: str) -> str:
    numbers = list(re.finditer(r"\d+", base))
    if not numbers:
        return base + str(rng.randint(1, 9))
    one = rng.choice(numbers)
    value = str(int(one[0]) + rng.randint(1, 3)).zfill(len(one[0]))
    return base[: one.start()] + value + base[one.end() :]


def _year(rng: random.Random, base: str, _: str) -> str:
    year, found = str(rng.randint(2015, 2026)), re.search(r"(19|20)\d\d", base)
    if not found:
        return base + year
    return base[: found.start()] + rng.choice((year, year[2:])) + base[found.end() :]


def _with_site(rng: random.Random, base: str, site: str) -> str:
    bare = "".join(char for char in site if char not in "aeiou") or site
    name = rng.choice((site, site.capitalize(), site[:3], site[:4].capitalize(),
                       site[:2].upper(), bare, f"{site}.com", site.upper()))  # fmt: skip
    kind, digit = rng.random(), re.search(r"\d", base)
    if kind < 0.35:
        return base + rng.choice(("", "@", "-", "_", "+")) + name
    if kind < 0.7 or not digit:
        return name + rng.choice(("", "-", "_", ".", ":")) + base
    return base[: digit.start()] + name + base[digit.start() :]


def _spelt(_: random.Random, base: str, __: str) -> str:
    for one, other in _SPELT:
        base = base.replace(one, other)
    plain = unicodedata.normalize("NFD", base)
    return "".join(char for char in plain if not unicodedata.combining(char))


def _swapped(_: random.Random, base: str, __: str) -> str:
    found = re.match(r"^(\w+?)([-_.])(\w+?)(\d.*|)$", base)
    return found[3] + found[2] + found[1] + found[4] if found else base.capitalize()


def _slipped(rng: random.Random, base: str, _: str) -> str:
    at = rng.randrange(1, max(2, len(base) - 1))
    return base[:at] + base[at + 1 : at + 2] + base[at : at + 1] + base[at + 2 :]


def _leet(rng: random.Random, base: str, _: str) -> str:
    return base.replace(*rng.choice((("a", "@"), ("e", "3"), ("i", "1"), ("o", "0"), ("s", "$"))))


def _cased(rng: random.Random, base: str, _: str) -> str:
    return rng.choice((base.upper(), base.lower(), base[:-1] + base[-1].upper(), base.title(),
                       base.swapcase()))  # fmt: skip


_CHANGES: tuple[tuple[float, Change], ...] = (
    (0.40, lambda rng, base, site: base),
    (0.09, _bumped),
    (0.08, _year),
    (0.08, _with_site),
    (0.04, lambda rng, base, site: base + rng.choice(("", "-", ".")) + rng.choice(_MONTHS)),
    (0.06, lambda rng, base, site: base + rng.choice(
        ("!", "!!", "?!", ".", "#1", "123", "01", "*", "1!", "007"))),
    (0.04, _cased),
    (0.03, _leet),
    (0.03, lambda rng, base, site: re.sub("[-_.]", rng.choice(("", "-", "_", " ", "+")), base)),
    (0.02, _swapped),
    (0.03, lambda rng, base, site: rng.choice(
        (f"({base})", f"*{base}*", f"{base}xx", f"x{base}", base + base[-1], f"<{base}>"))),
    (0.02, _spelt),
    (0.02, _slipped),
    (0.02, lambda rng, base, site: base[: max(8, len(base) - rng.randint(1, 4))]),
    (0.04, lambda rng, base, site: rng.choice(
        (f"new{base}", f"my{base}", f"{base}new", f"{base}work", f"{base}2nd", f"{base}home"))),
)  # fmt: skip


def _changed(rng: random.Random, base: str, site: str) -> str:
    weights = [weight for weight, _ in _CHANGES]
    (change,) = rng.choices(_CHANGES, weights)
    done = change[1](rng, base, site)
    if change is not _CHANGES[0] and rng.random() < 0.12:
        (again,) = rng.choices(_CHANGES[1:], weights[1:])
        done = again[1](rng, done, site)
    return done
