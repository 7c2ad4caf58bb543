"""Damage as of pasting, done to real mail: the fields must come back as they were."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest

from secassist.mail.message import Message
from secassist.mail.sources import read
from support.shared import shared


def unfolded(text: str) -> str:
    top, blank, body = text.partition("\n\n")
    return "\n".join(line.lstrip() for line in top.split("\n")) + blank + body


def each_line(form: str) -> Callable[[str], str]:
    return lambda text: "".join(form.format(line) + "\n" for line in text.split("\n"))


DAMAGE: dict[str, tuple[Callable[[str], str], float]] = {
    "line feeds": (lambda text: text, 1.0),
    "carriage returns": (lambda text: text.replace("\n", "\r"), 1.0),
    "unfolded": (unfolded, 0.99),
    "quoted": (each_line("> {}"), 1.0),
    "indented": (each_line("  {}"), 1.0),
    "double spaced": (lambda text: text.replace("\n", "\n\n"), 1.0),
    "escaped": (lambda text: html.escape(text, quote=False), 1.0),
    "a page": (lambda text: f"<html><pre>{html.escape(text)}</pre></html>", 1.0),
    "words above": (lambda text: "Is that real?\n\n" + text, 1.0),
    "one line": (
        lambda text: " ".join(line.strip() for line in text.partition("\n\n")[0].split("\n")),
        0.9,
    ),
}


def fields(message: Message) -> list[tuple[str, bytes]]:
    return [(f.name, b" ".join(f.value.split())) for f in message.split.fields]


@pytest.mark.parametrize("name", DAMAGE)
def test_real_mail_survives_being_pasted(name: str) -> None:
    damage, at_least = DAMAGE[name]
    same, all_of_them = 0, 0
    for path in sorted(shared("corpus").glob("*/*.eml"))[::3]:
        text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
        if text.startswith("From ") or "\r" in text:
            continue
        all_of_them += 1
        same += fields(read(text)[0].message) == fields(read(damage(text))[0].message)
    assert all_of_them > 50
    assert same >= at_least * all_of_them
