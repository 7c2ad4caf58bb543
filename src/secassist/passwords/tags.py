"""Keyed tags by which a password is known again, and its like, when the password itself is gone.

Each tag is BLAKE2b under a key of its own (HKDF-SHA256 from one random secret in the encrypted
store), so that tags of different kinds say nothing about each other. How many there are says
nothing either: each kind is filled up with random ones.

What is short or all digits gets no tag of any kind, for whoever had the key could try them all;
what a generator made gets no derived ones, which would help a guesser and find nothing.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from secassist.passwords.analysis import forms
from secassist.passwords.analysis.relations import Shape

RULES: Final = 1
"""Version of the rules; rises when other tags are made, so that a new import is advised."""
SECRET: Final = 32  # bytes
SIZE: Final = 9  # bytes of a tag; among millions of them two are never equal by chance
MIN_TAGGED: Final = 7
LESS: Final = 40
"""Tags of the password with one character left out, and of itself."""
SINGLES: Final = ("suffix", "reversed", "order")
"""What the first derived tags tell when they are equal, one each; the others are of mixed kinds."""
ALIKE: Final = len(SINGLES) + 12
_HUMAN: Final = 10.0  # decimal digits of guesses that only a human's password is content with
_MACHINE: Final = 18.0  # … and those beyond which even a pronounceable one is a machine's
_MAX_CHANGED: Final = 6  # digits that a word is written with
_LONG_WORD: Final = 6  # letters
_MUCH: Final = 0.45
_MOSTLY: Final = 0.55  # the share of letters in words that no machine's password has
_MAX_RESTS: Final = 3
_PREFIX: Final = 5  # hexadecimal digits
_NATURAL: Final = re.compile(r"[^\W\d_]{5,}")
_HUMP: Final = re.compile(r"((?![A-Z])[^\W\d_])([A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĘĚĞİŁŃŇÓŐŘŚŞŠŤŮŰŹŻŽА-ЯЁ])")
_MADE: Final = re.compile(
    r"(?i:(?:[a-z0-9]{6}-){2,}[a-z0-9]{6})"  # Apple's
    r"|(?=(?:[a-f]*\d){3})(?=(?:\d*[a-f]){2})[0-9a-f]{8,}"  # hexadecimal
)
_CLUSTER: Final = re.compile(r"[bcdfghjklmnpqrstvwxz]{5}|[aeiouy]{4}")
_VOWELS: Final = frozenset("aeiouy")
_SHAPED: Final = re.compile(
    r"[\W_]{0,2}(?:[^\W\d_]{5,12}[\W_]?\d{2,12}|\d{1,8}[\W_]?[^\W\d_]{5,12})[\W_]{0,2}"
)
"""All letters in one run, all digits in another: hardly one in a hundred of a machine's."""


@dataclass(frozen=True, slots=True)
class Keys:
    """A key for each kind of tag."""

    exact: bytes
    fold: bytes
    less: bytes
    alike: bytes
    breach: bytes


@dataclass(frozen=True, slots=True)
class Tags:
    """All that is kept of a password. Empty bytes: nothing may be kept."""

    exact: bytes = b""
    fold: bytes = b""
    less: bytes = b""
    """LESS tags, one after the other, in the order of their bytes."""
    alike: bytes = b""
    """ALIKE tags: those of SINGLES in their order, then the others in the order of their bytes."""
    breach_prefix: str = ""
    """Five hexadecimal digits of the SHA-1: what a breach service is asked for."""
    breach_tag: bytes = b""
    """Tag of the other 35 digits."""


def new_secret() -> bytes:
    """A random secret for a new memory."""
    return secrets.token_bytes(SECRET)


def keys(secret: bytes) -> Keys:
    """The keys that follow from a secret of 32 bytes."""
    names = ("exact", "fold", "less", "alike", "breach")
    infos = (f"secassist passwords {name} {RULES}".encode() for name in names)
    return Keys(*(HKDFExpand(hashes.SHA256(), 32, info).derive(secret) for info in infos))


def may_be_kept(password: str) -> bool:
    """Long enough, and not all digits."""
    return len(forms.canonical(password)) >= MIN_TAGGED and not forms.folded(password).isdigit()


def looks_human(password: str, guesses_log10: float) -> bool:
    """Whether a person seems to have made it: easily guessed, or with something like a word."""
    if _MADE.fullmatch(password):
        return False
    if guesses_log10 <= _HUMAN or _SHAPED.fullmatch(forms.bare(password)):
        return True
    words = _words(password)
    share = _MUCH if guesses_log10 <= _MACHINE else _MOSTLY
    # Beside a long word, digits are a date or a number, and no sign of a machine.
    counted = max(words, default=0) >= _LONG_WORD
    length = sum(not char.isdigit() for char in password) if counted else len(password)
    return sum(words) >= share * length


def make(password: str, words: Iterable[str], guesses_log10: float, by: Keys) -> Tags:
    """The tags of a password; ``words``: those of its sites."""
    if not may_be_kept(password):
        return Tags()
    plain = forms.canonical(password)
    shape = Shape(plain, frozenset(words))
    human = looks_human(plain, guesses_log10) and len(shape.fold) <= forms.MAX_ALIKE
    prefix, suffix = sha1(plain)
    return Tags(
        tag(by.exact, plain),
        tag(by.fold, shape.fold),
        _padded(by.less, _less(shape.fold), LESS),
        _derived(by.alike, shape if human else None),
        prefix,
        tag(by.breach, suffix),
    )


def sha1(password: str) -> tuple[str, str]:
    """The SHA-1 as lists of breaches write it: five upper-case hexadecimal digits, and the rest."""
    digest = hashlib.sha1(password.encode("utf-8", "surrogatepass"), usedforsecurity=False)
    text = digest.hexdigest().upper()
    return text[:_PREFIX], text[_PREFIX:]


def tag(key: bytes, text: str) -> bytes:
    """The tag of a text under a key."""
    data = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, key=key, digest_size=SIZE).digest()


def packed(tags: Tags) -> bytes:
    """All of them but the prefix, one after the other; nothing where nothing may be kept."""
    return tags.exact + tags.fold + tags.breach_tag + tags.less + tags.alike


def unpacked(data: bytes, breach_prefix: str) -> Tags:
    """What ``packed`` made. Raises ValueError for another length."""
    if not data:
        return Tags()
    sizes = (SIZE, SIZE, SIZE, LESS * SIZE, ALIKE * SIZE)
    if len(data) != sum(sizes):
        raise ValueError("not so many tags")
    ends = list(accumulate(sizes))
    parts = [data[end - size : end] for size, end in zip(sizes, ends, strict=True)]
    exact, fold, breach_tag, less, alike = parts
    return Tags(exact, fold, less, alike, breach_prefix, breach_tag)


def split(tags: bytes) -> list[bytes]:
    """The tags of a kind."""
    return [tags[at : at + SIZE] for at in range(0, len(tags), SIZE)]


def _padded(key: bytes, texts: Iterable[str], count: int) -> bytes:
    made = {tag(key, text) for text in list(dict.fromkeys(texts))[:count]}
    made.update(split(secrets.token_bytes(SIZE * (count - len(made)))))
    return b"".join(sorted(made))


def _derived(key: bytes, shape: Shape | None) -> bytes:
    """The derived tags; None: random ones."""
    if shape is None:
        return secrets.token_bytes(ALIKE * SIZE)
    singles = (
        tag(key, text) if text else secrets.token_bytes(SIZE)
        for text in (_start(shape.fold), f"turned {min(shape.fold, shape.fold[::-1])}",
                     f"bag {forms.bag(shape.fold)}")
    )  # fmt: skip
    return b"".join(singles) + _padded(key, _alike(shape), ALIKE - len(SINGLES))


def _start(fold: str) -> str:
    """All but the digits and signs at the end; nothing, where that says too little."""
    front, back = forms.ends(fold)
    start = fold[: len(fold) - len(back)]
    return f"start {start}" if len(start) - len(front) >= forms.MIN_CORE else ""


def _less(fold: str) -> Iterator[str]:
    """Nothing for what has more characters than there are places: a part would find nothing."""
    if len(fold) < LESS:
        yield fold
        yield from forms.deletions(fold)


def _alike(shape: Shape) -> Iterator[str]:
    yield f"form {forms.halved(shape.unleeted)}"
    yield f"round {forms.turned(shape.fold)}"
    yield from (f"core {core}" for core in sorted(shape.cores))
    if len(shape.stem) >= forms.MIN_STEM:
        yield f"core {forms.unleeted(shape.stem)}"
    rests = sorted((rest for rest in shape.rests if len(rest) >= forms.MIN_REST), key=len)
    for rest in rests[:_MAX_RESTS]:
        yield f"form {forms.halved(forms.unleeted(rest))}"
        yield from (f"core {core}" for core in sorted(forms.cores(rest)))


def _words(password: str) -> list[int]:
    """The lengths of its words, ``twoWords`` parted; read as written or unleeted, as gives more."""
    read = password.translate(forms.LEET)
    changed = sum(one != other for one, other in zip(password, read, strict=True))
    forms_read = (password, read) if changed <= _MAX_CHANGED else (password,)
    parted = (_HUMP.sub(r"\1 \2", form) for form in forms_read)
    found = ([len(run) for run in _NATURAL.findall(form) if _is_word(run)] for form in parted)
    return max(found, key=sum)


def _is_word(letters: str) -> bool:
    """Could people have written it? One case after the first letter, vowels in between."""
    if not (letters[1:].islower() or letters.isupper() or letters[1:] == letters[1:].upper()):
        return False
    fold = forms.folded(letters)
    if not fold.isascii():
        return True
    vowels = sum(letter in _VOWELS for letter in fold)
    return 0.15 <= vowels / len(fold) <= 0.8 and not _CLUSTER.search(fold)
