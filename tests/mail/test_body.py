from __future__ import annotations

from secassist.mail.html_text import Anchor
from support.compose import body, compose


def test_html_is_what_the_reader_sees() -> None:
    found = body(compose(text="plain", html="<p>rich</p>"))
    assert found.text == "rich"
    assert found.html is not None


def test_plain_text_where_there_is_no_html() -> None:
    found = body(compose(text="See https://club.example/a. Bye"))
    assert "See https" in found.text
    assert found.anchors == (Anchor("https://club.example/a", "https://club.example/a"),)
    assert found.html is None


def test_an_attached_page_is_no_body() -> None:
    message = compose(text="see there", attach=(("text/html", "a.html", b"<p>evil</p>"),))
    assert body(message).text.strip() == "see there"


def test_an_address_shown_inside_a_link_counts_once() -> None:
    found = body(compose(html='<a href="https://a.example/1">https://a.example</a>'))
    assert len(found.anchors) == 1


def test_a_bare_address_beside_links_counts() -> None:
    found = body(compose(html='<p>Go to https://b.example/x</p><a href="https://a.example">A</a>'))
    assert [anchor.href for anchor in found.anchors] == ["https://a.example", "https://b.example/x"]


def test_an_empty_mail() -> None:
    assert body(compose()).text.strip() == ""
