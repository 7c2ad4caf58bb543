"""Every finding has its sentences, and every sentence can be read by a worried person."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from secassist.mail.findings import Finding, Strength, Weighs
from secassist.mail.words import evidence, verdicts
from secassist.mail.words.evidence import SENTENCES, fill, in_words, unworded
from secassist.plans.decide import TABLE
from support.reading_level import grade

SOURCE = Path(__file__).resolve().parents[3] / "src" / "secassist" / "mail"
BANNED = re.compile(
    r"(?i)\b(spf|dkim|dmarc|arc|dns|spoof\w*|header\w*|authenticat\w*|alignment|phish\w*|"
    r"malicious|credential\w*|login|url|html|qr)\b"
)
HIGHEST_GRADE = 6.0
FEWEST_WORDS = 5
MOST_WORDS_IN_A_HEADLINE = 9

REASONS = list(verdicts.REASONS.values())
NOTES = [note for note in verdicts.NOTES.values() if note]
HEADLINES = [*verdicts.HEADLINES.values(), *(row.headline for row in TABLE)]
LEVEL_ONE = [
    *(title for title, _detail in SENTENCES.values()),
    *REASONS,
    *NOTES,
    *HEADLINES,
    *verdicts.LABELS.values(),
    *(row.reason for row in TABLE),
    *(row.action_label for row in TABLE),
]


def test_every_code_in_the_source_has_its_sentences() -> None:
    code = re.compile(r"(?:proves|supports|contradicts|notes)\(\s*\"([a-z][a-z-]*\.[a-z-]+)\"")
    used = {m for path in SOURCE.rglob("*.py") for m in code.findall(path.read_text("utf-8"))}
    assert len(used) > 50
    assert used - set(SENTENCES) == set()


@pytest.mark.parametrize("sentence", LEVEL_ONE)
def test_plain_enough(sentence: str) -> None:
    assert not BANNED.search(sentence), sentence
    if len(sentence.split()) < FEWEST_WORDS:
        return  # the formula says little about a label of few words
    assert grade(sentence) <= HIGHEST_GRADE, f"{grade(sentence):.1f}: {sentence}"


@pytest.mark.parametrize("headline", HEADLINES)
def test_headlines_are_short(headline: str) -> None:
    assert len(headline.split()) <= MOST_WORDS_IN_A_HEADLINE


def test_what_comes_from_a_mail_stays_what_it_is() -> None:
    finding = Finding(
        "link.text-differs",
        Weighs.AGAINST,
        Strength.STRONG,
        {"shown_host": "{organisation}", "host": "<b>%s{0}</b>", "shown": "{host}"},
    )
    told = in_words(finding, lambda sentence: sentence)
    assert told.title == "A link says “{organisation}”, but leads to <b>%s{0}</b>."


def test_a_finding_without_sentences_is_still_told_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "unworded", unworded)
    told = in_words(Finding("never.seen", Weighs.NEITHER, Strength.WEAK), lambda text: text)
    assert "never" not in told.title
    assert "never.seen" in told.detail
    assert grade(told.title) <= HIGHEST_GRADE


def test_elsewhere_in_tests_it_is_an_error() -> None:
    with pytest.raises(AssertionError, match=r"never\.seen"):
        in_words(Finding("never.seen", Weighs.NEITHER, Strength.WEAK), lambda text: text)


def test_a_missing_fact_is_an_empty_one() -> None:
    assert fill("It is {missing}.", {}) == "It is ."


def test_every_code_is_listed() -> None:
    listed = (SOURCE.parents[2] / "docs" / "codes.md").read_text("utf-8")
    assert [code for code in SENTENCES if f"`{code}`" not in listed] == []
    codes = {*verdicts.LABELS, *(row.action for row in TABLE)} - {"was-me", "was-not-me"}
    assert [code for code in codes if f"`{code}`" not in listed] == []
