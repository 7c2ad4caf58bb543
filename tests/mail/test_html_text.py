from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.mail.html_text import Anchor, attributes, extract


def test_shown_text_with_its_lines() -> None:
    html = "<p>Hello <b>you</b>,<br>how  are\nyou?</p><div>Bye</div>"
    assert extract(html).text == "Hello you,\nhow are you?\nBye"


def test_cells_are_set_apart() -> None:
    assert extract("<table><tr><td>1</td><td>2</td></tr></table>").text == "1 2"


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">x</div>',
        '<span style="DISPLAY : NONE">x</span>',
        '<span style="font-size:0">x</span>',
        '<p style="color:#FFF;background:#ffffff">x</p>',
        '<p style="visibility:hidden">x</p>',
        '<div style="max-height:0;overflow:hidden">x</div>',
        "<div hidden>x</div>",
        '<div style="opacity:0">x</div>',
        '<div style="display:none"><div>x</div></div>',
        '<font color="white" bgcolor="#fff">x</font>',
    ],
)
def test_hidden_text_is_kept_apart(hidden: str) -> None:
    found = extract(f"<p>before</p>{hidden}<p>after</p>")
    assert found.text == "before\nafter"
    assert found.hidden.strip() == "x"


@pytest.mark.parametrize(
    "shown",
    [
        '<td style="font-size:0px"><p style="font-size:14px">x</p></td>',
        '<a style="color:#fff">x</a>',
        '<div style="overflow:hidden">x</div>',
        '<p style="opacity:0.9">x</p>',
        "<p style=\"font-family:'a>b'\">x</p>",
    ],
)
def test_ordinary_styles_hide_nothing(shown: str) -> None:
    assert extract(shown).text == "x"


def test_head_style_script_and_comments_are_not_shown() -> None:
    html = (
        "<head><title>t</title><style>a{b:c}</style></head><!-- no --><script>if (1<2) {}</script>"
        "<!--[if mso]><p>no</p><![endif]--><![if !mso]>yes<![endif]>"
    )
    assert extract(html).text == "yes"


def test_links_with_text_and_pictures() -> None:
    html = (
        '<a href="https://a.example/?x=1&amp;y=2"> Click <b>here</b></a>'
        "<a href='https://b.example'><img src=x alt='Bank logo'></a><a name=top>no link</a>"
        '<area href="https://c.example" alt="map">'
    )
    assert extract(html).anchors == (
        Anchor("Click here", "https://a.example/?x=1&y=2"),
        Anchor("", "https://b.example", "Bank logo"),
        Anchor("map", "https://c.example"),
    )


def test_forms_passwords_and_active_parts() -> None:
    found = extract(
        '<base href="https://evil.example/"><form action="go"><input type="PASSWORD"></form>'
        '<iframe src=x></iframe><meta http-equiv=refresh content="0;url=https://x.example">'
    )
    assert found.forms == ("go",)
    assert found.asks_password
    assert found.active == {"iframe", "refresh"}
    assert found.base == "https://evil.example/"


def test_attributes_in_every_writing() -> None:
    assert attributes(' A="1" b=\'2\' c=3 d e = "&lt;" a="9"') == {
        "a": "1",
        "b": "2",
        "c": "3",
        "d": "",
        "e": "<",
    }


def test_what_is_never_closed_is_dropped_as_browsers_do() -> None:
    assert extract("a<b").text == "a"
    assert extract("a<!-- b").text == "a"
    assert extract("1 < 2 <3").text == "1 < 2 <3"


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    extract(text)


@given(st.text("<>/!-=\"' abstyle", max_size=200))
def test_any_tangle_of_markup_is_read(text: str) -> None:
    extract(text)


HOSTILE = {
    "brackets": "<" * 2_000_000,
    "open tags": "<a " * 700_000,
    "odd quotes": "<a x=\"'>" * 250_000,
    "equal signs": "<a" + "=" * 2_000_000,
    "comments": "<!--" * 500_000,
    "references": "&amp" * 500_000,
    "raw": "<style>" * 280_000,
    "nested": "<div style='display:none'>" * 80_000,
    "blanks": ' style="display' + " " * 2_000_000,
    "small tags": "<b>x</b>" * 250_000,
    "attributes": "<a" + " a=b" * 500_000 + ">",
    "styles": "<p style='" + "color : red;" * 160_000 + "'>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_two_megabytes_of_anything_take_no_time(name: str) -> None:
    started = time.process_time()
    extract(HOSTILE[name])
    assert time.process_time() - started < 1.0
