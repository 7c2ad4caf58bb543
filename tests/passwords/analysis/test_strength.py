from __future__ import annotations

import pytest

from secassist.passwords.analysis.strength import WEAK_BELOW, guesses_log10, weak


@pytest.mark.parametrize(
    "password",
    [
        "123456",
        "password",
        "Sommer2024!",
        "p4ssw0rt1",
        "Пароль123",
        "motdepasse",
        "",
        "aaaaaaaaaaaa",
    ],
)
def test_weak(password: str) -> None:
    assert 0 <= guesses_log10(password) < WEAK_BELOW
    assert weak(guesses_log10(password)) is not None


@pytest.mark.parametrize(
    "password",
    [
        "xK9#mQ2vLp4z",
        "correct horse battery staple",
        "日本語のとても長い合言葉です",
        "é" * 9 + "xK9#mQ2v",
    ],
)
def test_strong(password: str) -> None:
    assert weak(guesses_log10(password)) is None


def test_own_names_are_guessed_first() -> None:
    assert guesses_log10("wiktoria.kowalska") > guesses_log10(
        "wiktoria.kowalska", ["wiktoria", "kowalska"]
    )


def test_long_ones_are_judged_too() -> None:
    assert guesses_log10("a" * 100_000) < WEAK_BELOW
    assert guesses_log10("password" * 10) < WEAK_BELOW
    assert guesses_log10("xK9#mQ2vLp4z" * 10_000) >= WEAK_BELOW
