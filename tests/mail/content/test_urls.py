from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.mail.content.urls import read_url, unwrap


@pytest.mark.parametrize(
    ("written", "host", "odd"),
    [
        ("https://example.org/a?b#c", "example.org", set()),
        ("HTTPS://Example.ORG.", "example.org", set()),
        ("//example.org/a", "example.org", set()),
        ("https:example.org/a", "example.org", set()),
        ("https:////example.org", "example.org", set()),
        ("www.example.org/a", "www.example.org", set()),
        ("example.org:8080/x", "example.org", {"port"}),
        ("hxxps://example[.]org/a", "example.org", set()),
        ("  https://example.org  ", "example.org", set()),
        ("https://bank.example@evil.example/", "evil.example", {"userinfo"}),
        ("https://bank.example:x@evil.example/", "evil.example", {"userinfo"}),
        ("https://evil.example/@bank.example", "evil.example", set()),
        ("https://evil.example?@bank.example", "evil.example", set()),
        ("https://evil.example#@bank.example", "evil.example", set()),
        ("https:\\\\evil.example\\bank.example", "evil.example", {"backslash"}),
        ("https://evil.example\\@bank.example", "evil.example", {"backslash"}),
        ("ht\ttps://evil.example", "evil.example", {"control"}),
        ("https://evil\n.example/a", "evil.example", {"control"}),
        ("https://example.org/a\r\n b", "example.org", set()),
        ("https://%65vil.example/", "evil.example", {"escaped-host"}),
        ("https://192.0.2.1/a", "192.0.2.1", {"ip-address"}),
        ("https://3221225985/", "192.0.2.1", {"odd-number"}),
        ("https://0xc0.0x00.0x02.0x01/", "192.0.2.1", {"odd-number"}),
        ("https://0300.0.2.1/", "192.0.2.1", {"odd-number"}),
        ("https://192.513/", "192.0.2.1", {"odd-number"}),
        ("https://[2001:db8::1]/", "[2001:db8::1]", {"ip-address"}),
        ("https://bücher.example/", "xn--bcher-kva.example", {"punycode"}),
        ("https://xn--bcher-kva.example/", "xn--bcher-kva.example", {"punycode"}),
        ("https://example.org:443/", "example.org", set()),
        ("https://example.org:8443/", "example.org", {"port"}),
    ],
)
def test_the_host_that_a_browser_goes_to(written: str, host: str, odd: set[str]) -> None:
    url = read_url(written)
    assert url.is_web
    assert (url.host, url.odd) == (host, odd)


@pytest.mark.parametrize(
    ("written", "scheme"),
    [
        ("mailto:a@b.example", "mailto"),
        ("data:text/html,<b>x", "data"),
        ("javascript:alert(1)", "javascript"),
        ("java\nscript:alert(1)", "javascript"),
        ("file://server/share", "file"),
        ("tel:+49123", "tel"),
        ("#top", ""),
        ("/relative", ""),
        ("", ""),
    ],
)
def test_what_is_no_address_of_a_page(written: str, scheme: str) -> None:
    url = read_url(written)
    assert not url.is_web
    assert url.scheme == scheme


def test_a_base_gives_relative_addresses_a_host() -> None:
    assert read_url("login", "https://evil.example/a/").host == "evil.example"
    assert read_url("https://b.example/", "https://evil.example/").host == "b.example"
    assert not read_url("#x", "https://evil.example/").is_web


@pytest.mark.parametrize(
    ("written", "host", "through"),
    [
        ("https://www.google.com/url?q=https://evil.example/a&sa=D", "evil.example", 1),
        ("https://www.google.com/url?q=https%3A%2F%2Fevil.example", "evil.example", 1),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.example%2F", "evil.example", 1),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.example%2Fx&data=1",
            "evil.example",
            1,
        ),
        (
            "https://urldefense.com/v3/__https://evil.example/x__;!!abc",
            "evil.example",
            1,
        ),
        (
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__evil.example_x&d=1",
            "evil.example",
            1,
        ),
        (
            "https://www.google.com/url?q=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3Dhttps%253A%252F%252Fevil.example",
            "evil.example",
            2,
        ),
        ("https://bit.ly/abc", "bit.ly", 0),
        ("https://shop.example/?url=https://bank.example", "shop.example", 0),
    ],
)
def test_redirectors_are_followed_as_far_as_they_say(written: str, host: str, through: int) -> None:
    final, hosts = unwrap(read_url(written))
    assert final.host == host
    assert len(hosts) == through


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    unwrap(read_url(text))
    read_url(text, "https://base.example/a")


@given(st.text("htps:/\\@.%0x1[]?#\t\nae", max_size=80))
def test_any_tangle_is_read(text: str) -> None:
    unwrap(read_url("https://" + text))


def test_a_long_address_takes_no_time() -> None:
    import time

    started = time.process_time()
    for text in (
        "https://" + "@" * 1_000_000,
        "https://" + "a." * 500_000,
        "//" + "\t" * 1_000_000,
    ):
        unwrap(read_url(text))
    assert time.process_time() - started < 0.5
