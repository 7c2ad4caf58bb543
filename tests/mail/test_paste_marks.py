"""Marks that editors, forums and terminals put around a source; brackets that a page swallowed."""

from __future__ import annotations

import asyncio
import json
import re

import pytest

from secassist.mail import check
from secassist.mail.report import Report
from secassist.network.dns import ZoneResolver
from support.mails import RECEIVED_AT, at_gmail
from support.sign import sign
from support.tricks import published, reset

MAIL = sign(reset("en", "PayPal", "no-reply@paypal.com"), domain="paypal.com")
RESULTS = "dkim=pass header.d=paypal.com; dmarc=pass header.from=paypal.com"
WHOLE = at_gmail(MAIL, results=RESULTS).decode().replace("\r\n", "\n")
LINES = WHOLE.rstrip("\n").split("\n")
TOP = WHOLE.partition("\n\n")[0] + "\n"


def judged(text: str) -> Report:
    return asyncio.run(check(text, resolver=ZoneResolver(published("paypal.com")), at=RECEIVED_AT))


MARKED = {
    "numbers": "\n".join(f"{n:4d}  {line}" for n, line in enumerate(LINES, 1)),
    "numbers with a colon": "\n".join(f"{n}: {line}" for n, line in enumerate(LINES, 1)),
    "bars": "\n".join(f"| {line}" for line in LINES),
    "a table": "\n".join(f"| {line} |" for line in TOP.rstrip("\n").split("\n")),
    "numbers in brackets": "\n".join(f"[{n}] {line}" for n, line in enumerate(LINES, 1)),
    "bullets": "\n".join(f"- {line}" for line in LINES),
    "times of a chat": "\n".join(f"[10:{n % 60:02d}] Ann: {line}" for n, line in enumerate(LINES)),
    "line ends shown": "\n".join(f"{line}$" for line in LINES) + "\n",
    "line ends of two signs shown": "\n".join(f"{line}^M$" for line in LINES) + "\n",
    "pilcrows": "\n".join(f"{line}¶" for line in LINES) + "\n",
    "line separators": WHOLE.replace("\n", "\u2028"),
    "JSON": json.dumps({"id": 7, "source": WHOLE}),
    "breaks of HTML written out": TOP.replace("\n", "<br>"),
    "backslashes of Markdown": re.sub(r"([<>_*#])", r"\\\1", TOP),
    "entities by number": TOP.replace("<", "&#60;").replace(">", "&#62;"),
    "entities twice": TOP.replace("<", "&amp;lt;").replace(">", "&amp;gt;"),
    "addresses as links of Markdown": re.sub(r"<(no-reply@\S+?)>", r"<[\1](mailto:\1)>", WHOLE),
    "filled up with blanks": "\n".join(line.ljust(120) for line in LINES) + "\n",
    "bold names": re.sub(r"(?m)^([A-Z][A-Za-z-]+):", r"*\1:*", WHOLE),
    "bolder names": re.sub(r"(?m)^([A-Z][A-Za-z-]+): ", r"**\1:** ", WHOLE),
    "a paragraph each": re.sub(r"\n(?=\S)", "\n\n", TOP),
    "blanks before every colon": re.sub(r"(?m)^([A-Z][A-Za-z-]+):", r"\1 :", WHOLE),
    "line ends written out": WHOLE.replace("\n", "\\n"),
    "line ends written out in quotes": '"' + WHOLE.replace("\n", "\\r\\n") + '"',
    "markdown": f"```\n{WHOLE}```\n",
    "a forum": f"[code]\n{WHOLE}[/code]\n",
    "brackets gone": re.sub(r"<([^<>\s]+)>", r"\1", WHOLE),
    "doubled by Outlook": re.sub(r"<(no-reply@\S+?)>", r"<\1<mailto:\1>>", WHOLE),
}


@pytest.mark.parametrize("mark", MARKED)
def test_a_source_with_marks_is_read(mark: str) -> None:
    assert judged(MARKED[mark]).verdict.value == "genuine"


def test_of_two_messages_in_a_json_text_none_is_taken() -> None:
    both = json.dumps({"one": WHOLE, "two": WHOLE.replace("paypal", "evil")})
    assert judged(both).verdict.value not in {"genuine", "proven-domain"}


GERMAN = (
    "Originalnachricht\nNachrichten-ID\t<1@paypal.com>\nErstellt am:\t13. Oktober\n"
    "SPF:\tPASS mit IP-Adresse 192.0.2.1\nDKIM:\t'PASS' mit Domain paypal.com\n"
    "DMARC:\t'PASS'\nOriginal herunterladen\nIn die Zwischenablage kopieren\n\n"
)
JAPANESE = "メッセージのソース\n件名:\tReset\nSPF:\tPASS\nDKIM:\t'PASS'\nDMARC:\t'PASS'\n\n"


@pytest.mark.parametrize("table", [GERMAN, JAPANESE])
def test_gmails_page_in_other_languages(table: str) -> None:
    assert judged(table + WHOLE).verdict.value == "genuine"
    assert judged(table).verdict.value == "cannot-tell"  # its checks alone are anybody's words


def test_brackets_gone_with_all_that_was_in_them() -> None:
    report = judged(re.sub(r"<[^<>\s]+>", "", WHOLE))
    assert report.verdict.value == "cannot-tell"


@pytest.mark.parametrize("sender", ["security@paypal.com x@evil.example", "x", "Ann <a@b.example"])
def test_an_odd_sender_in_a_sound_source_is_no_damage(sender: str) -> None:
    odd = re.sub(r"(?m)^From: .*$", f"From: {sender}", WHOLE)
    assert judged(odd).verdict.value != "genuine"


@pytest.mark.parametrize(
    "text",
    ["1 apple\n2 pears\n3 plums\n4 figs\n", "| a | b |\n| 1 | 2 |\n| 3 | 4 |\n| 5 | 6 |\n"],
)
def test_lists_and_tables_are_text(text: str) -> None:
    assert judged(text).message.parts == "text-only"


@pytest.mark.parametrize(
    "unit",
    [
        *("1 \n", "|\n", "*a:* \n", "a :\n", "\\na: ", "x: y\n\n", "a@b "),
        *("- x\n", "[1] From: a\n", "x$\n", "<br>a: b", '{"a":"', "\\<", "&amp;lt;", "SPF: x\n"),
    ],
)
def test_long_input_takes_time_that_grows_with_it(unit: str) -> None:
    import time

    from secassist.mail.paste import mend

    started = time.process_time()
    mend(("Received: x\nMessage-ID: y\n" + unit * (400_000 // len(unit))).encode())
    mend((unit * (400_000 // len(unit))).encode())
    assert time.process_time() - started < 1.0
