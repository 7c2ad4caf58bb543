"""How many guesses a password withstands, by zxcvbn, fed with what it cannot know by itself.

That is the person's own names, the words of the site, and the words that people of other
languages take for passwords: zxcvbn's own lists are English.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from zxcvbn_rs_py import zxcvbn

from secassist.passwords.analysis.forms import folded, unleeted
from secassist.passwords.findings import Code, Finding

WEAK_BELOW: Final = 8.0
"""Decimal digits of guesses: below, a stolen list of hashes gives the password away in seconds."""
_JUDGED: Final = 128
"""Characters that are judged: whatever follows can only make it stronger."""
_MOST: Final = 19.3  # zxcvbn counts to 2**64
_MAX_NAMES: Final = 24

COMMON: Final = tuple(
    "passwort kennwort geheim schatz sommer winter frühling herbst hallo fussball liebe blume "
    "engel sonne deutschland berlin ficken arschloch "
    "motdepasse soleil bonjour amour doudou chouchou azerty loulou marseille été hiver printemps "
    "contraseña clave teamo hola verano invierno primavera otoño corazón mariposa estrella españa "
    "password123 amore ciao juventus estate inverno farfalla stella segreto napoli "
    "senha amor verão brasil benfica flamengo saudade "
    "wachtwoord welkom zomer lente herfst geheim liefde "
    "hasło kochanie polska lato zima wiosna jesień misiek kasia zaq12wsx "
    "heslo slunce léto léska maminka ahoj láska "
    "lösenord hejhej sommar vinter kärlek sverige passord salasana kesä talvi "
    "şifre parola istanbul fenerbahçe galatasaray beşiktaş türkiye "
    "пароль любовь привет лето зима весна осень солнышко наташа москва йцукен qwerty "
    "parol lyubov privet leto zima vesna osen solnyshko natasha moskva "
    "jelszó szerelem nyár sakura nihon anata konnichiwa woaini mima mật_khẩu kata_sandi".split()
)
_COMMON: Final = defaultdict[str, list[str]](list)
"""The common words by their first three letters."""
for _word in dict.fromkeys([*COMMON, *map(folded, COMMON), *map(unleeted, COMMON)]):
    _COMMON[_word[:3]].append(_word)


def guesses_log10(password: str, names: Iterable[str] = ()) -> float:
    """The decimal logarithm of the guesses; 0 for an empty one, at most 19.3."""
    judged = password[:_JUDGED]
    fold = folded(judged)
    read = (judged.casefold(), fold, unleeted(fold))
    words = [word for name in islice(names, _MAX_NAMES) if len(word := folded(name)) >= 3]
    # zxcvbn sorts its word list anew in each call: only words that can matter go in.
    words += {word for form in read for word in _common_in(form)}
    found = zxcvbn(judged, words).guesses_log10
    return round(min(found, _MOST), 2) if math.isfinite(found) and found > 0 else 0.0


def _common_in(form: str) -> Iterator[str]:
    for at in range(len(form) - 2):
        yield from (
            word for word in _COMMON.get(form[at : at + 3], ()) if form.startswith(word, at)
        )


def weak(strength: float) -> Finding | None:
    """The finding, where it is easily guessed."""
    if strength >= WEAK_BELOW:
        return None
    how = "at once" if strength < 4 else "soon"
    return Finding(
        Code.WEAK,
        f"This password would be guessed {how}. A password manager's random one would not.",
    )
