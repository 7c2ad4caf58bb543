"""Flesch-Kincaid grade of a text (Kincaid 1975), with names replaced by "Bo"."""

from __future__ import annotations

import re

_VOWELS = re.compile(r"[aeiouy]+")
_SENTENCES = re.compile(r"[.!?:]+(?:\s|$)")


def syllables(word: str) -> int:
    """A count by vowel groups: good enough for a limit."""
    word = re.sub(r"[^a-z]", "", word.lower())
    if len(word) <= 3:
        return 1
    word = re.sub(r"(?:[^laeiouy]es|[^td]ed|[^l]e)$", lambda m: m.group()[0], word)
    return max(1, len(_VOWELS.findall(word)))


def grade(text: str) -> float:
    """The school grade in which a text can be read. Placeholders count as the word "Bo"."""
    plain = re.sub(r"\{[^}]*\}", "Bo", text)
    words = re.findall(r"[A-Za-z][A-Za-z’'-]*", plain)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCES.findall(plain.strip() + " ")))
    total = sum(syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * total / len(words) - 15.59
