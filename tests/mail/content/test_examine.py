"""Links and the rest of the body, seen together with who the mail says to be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secassist.mail.body import read_body
from secassist.mail.content.examine import Content, examine, shown_links
from secassist.mail.content.link import Side, Source
from secassist.mail.content.links import organisation_inside, shown_as_host
from secassist.mail.findings import Finding, Strength, Weighs
from secassist.mail.identity import examine as identity
from secassist.mail.kind import kind_of
from secassist.mail.message import Message
from support.compose import compose
from support.qr import picture


def read(message: Message) -> Content:
    body = read_body(message)
    who = identity.examine(message, body)
    return examine(message, body, who, kind_of(message.subject, body.text))


def against(content: Content) -> dict[str, Strength]:
    found: dict[str, Strength] = {}
    for finding in content.findings:
        if finding.weighs is Weighs.AGAINST:
            found[finding.code] = finding.strength
    return found


def by_code(content: Content, code: str) -> Finding:
    return next(f for f in content.findings if f.code == code)


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://evil.example/x">https://www.paypal.com/login</a>',
        '<a href="https://evil.example/x">www.paypal.com</a>',
        '<a href="https://evil.example/x">PayPal.com</a>',
        '<a href="https://evil.example/x">https://www.pay&#8203;pal.com</a>',
        '<a href="https://www.google.com/url?q=https://evil.example">https://paypal.com</a>',
        '<base href="https://evil.example/"><a href="signin">https://paypal.com/signin</a>',
    ],
)
def test_an_organisations_address_is_shown_and_another_is_behind(link: str) -> None:
    found = read(compose(html=f"<p>Please look: {link}</p>"))
    assert against(found)["link.text-differs"] is Strength.STRONG
    (shown,) = found.links
    assert shown.host == "evil.example"
    assert "text-differs" in shown.codes


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://www.paypal.com/x">https://paypal.com</a>',
        '<a href="https://www.paypal.com/x">paypal.de</a>',
        '<a href="https://club.example/x">www.club.example</a>',
        '<a href="https://u1.ct.sendgrid.net/ls/click?x">https://www.paypal.com</a>',
        '<a href="https://evil.example/x">Click here</a>',
        '<a href="https://evil.example/x">readme.md</a>',
        '<a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fpaypal.com">paypal.com</a>',
    ],
)
def test_what_is_shown_fits(link: str) -> None:
    assert "link.text-differs" not in against(read(compose(html=f"<p>{link}</p>")))


def test_the_shown_address_of_a_stranger_weighs_less() -> None:
    found = read(compose(html='<a href="https://evil.example">https://shop.example</a>'))
    assert against(found) == {"link.text-differs": Strength.WEAK}


def test_counters_of_the_one_who_carried_the_mail_are_ordinary() -> None:
    message = compose(
        html='<a href="https://click.carrier.example/1">https://shop.example/new</a>',
        headers=(("Return-Path", "<b@carrier.example>"),),
    )
    found = read(message)
    assert against(found) == {}
    assert found.links[0].side is Side.PASSES_ON


def test_a_strangers_counter_behind_an_address_to_log_in_is_not() -> None:
    message = compose(
        html='<a href="https://click.carrier.example/1">https://www.paypal.com</a>',
        headers=(("Return-Path", "<b@carrier.example>"),),
    )
    assert against(read(message))["link.text-differs"] is Strength.STRONG


@pytest.mark.parametrize(
    ("href", "code"),
    [
        ("https://paypal.com@evil.example/", "link.userinfo"),
        ("https:\\\\evil.example", "link.backslash"),
        ("https://evil\t.example", "link.control"),
        ("https://%65vil.example", "link.escaped-host"),
        ("https://3221225985/x", "link.odd-number"),
        ("data:text/html;base64,AAAA", "link.data"),
        ("file://evil.example/share", "link.file"),
    ],
)
def test_tricks_with_addresses(href: str, code: str) -> None:
    found = read(compose(html=f'<a href="{href}">Go on</a>'))
    assert against(found)[code] is Strength.STRONG


@pytest.mark.parametrize(
    ("shown", "host", "strength"),
    [
        ("Log in to PayPal", "evil.example", Strength.STRONG),
        ("PayPal-Konto bestätigen", "evil.example", Strength.STRONG),
        ("Sign in to Netflix", "x-1.pages.dev", Strength.STRONG),
        ("Reconnect your Facebook account", "evil.example", Strength.WEAK),
        ("Log in to PayPal", "www.paypal.com", None),
        ("Why PayPal grows", "evil.example", None),
        ("Sign in with Google", "evil.example", None),
        ("Log in", "evil.example", None),
    ],
)
def test_words_on_a_link_that_name_another(
    shown: str, host: str, strength: Strength | None
) -> None:
    html = "<p>Hello, here is what you asked for last week in our talk.</p>"
    found = read(compose(html=f'{html}<a href="https://{host}/x">{shown}</a>'))
    assert against(found).get("link.names-another") is strength


@pytest.mark.parametrize(
    "text",
    ["You have a new voice message.", "A document was shared with you.", "Neue Sprachnachricht"],
)
def test_something_to_open_elsewhere(text: str) -> None:
    away = read(compose(html=f'<p>{text}</p><a href="https://evil.example/x">Open</a>'))
    assert against(away) == {"link.elsewhere-for-lure": Strength.WEAK}
    own = read(compose(html=f'<p>{text}</p><a href="https://club.example/x">Open</a>'))
    assert against(own) == {}


def test_links_whose_hosts_imitate() -> None:
    found = read(compose(html='<a href="https://paypa1.com/x">Go on</a>'))
    assert against(found)["link.lookalike"] is Strength.STRONG
    lookalike = found.links[0].lookalike
    assert lookalike is not None
    assert lookalike.real_domain == "paypal.com"


def test_sides() -> None:
    html = "".join(
        f'<a href="https://{host}/">{i}</a>'
        for i, host in enumerate(
            [
                "www.club.example",
                "paypal.com",
                "netflix.com",
                "x.pages.dev",
                "docs.google.com",
                "bit.ly",
                "other.example",
            ]
        )
    )
    found = read(compose("PayPal <a@club.example>", html=html))
    assert [link.side for link in found.links] == [
        Side.SENDER,
        Side.CLAIMED,
        Side.KNOWN,
        Side.STRANGERS,
        Side.STRANGERS,
        Side.PASSES_ON,
        Side.UNKNOWN,
    ]


def test_no_link_leads_to_the_one_that_it_claims_to_be() -> None:
    found = read(compose("Netflix <a@b.example>", html='<a href="https://c.example">Log in</a>'))
    assert against(found)["link.none-to-claimed"] is Strength.STRONG
    honest = '<a href="https://www.netflix.com">Log in</a>'
    assert "link.none-to-claimed" not in against(
        read(compose("Netflix <a@b.example>", html=honest))
    )
    owned = compose("Netflix <info@netflix.com>", html='<a href="https://c.example">Log in</a>')
    assert "link.none-to-claimed" not in against(read(owned))


def test_a_newsletter_about_somebody_may_link_elsewhere() -> None:
    about = compose(
        "This Week in GitHub <news@letters.example>",
        "Issue 12",
        html='<p>What is new.</p><a href="https://club.example/12">Read</a>',
    )
    assert against(read(about)) == {}


def test_links_that_lead_away_in_a_mail_that_presses() -> None:
    text = "<p>Your account has been suspended. Act now.</p>"
    unknown = read(compose(html=text + '<a href="https://c.example">Go on</a>'))
    assert against(unknown)["link.elsewhere-under-pressure"] is Strength.WEAK
    strangers = read(compose(html=text + '<a href="https://c.pages.dev">Go on</a>'))
    assert against(strangers)["link.elsewhere-under-pressure"] is Strength.STRONG
    own = read(compose(html=text + '<a href="https://club.example">Go on</a>'))
    assert "link.elsewhere-under-pressure" not in against(own)


def test_forms() -> None:
    password = '<form action="https://evil.example"><input type="password"></form>'
    found = read(compose(html=password))
    assert against(found)["content.password-form"] is Strength.STRONG
    assert [link.source for link in found.links] == [Source.FORM]
    survey = read(compose(html='<form action="https://club.example"><input name="q"></form>'))
    assert against(survey) == {}


def test_bait_from_a_name_that_anybody_can_rent() -> None:
    found = read(compose("Bonus <x@y-1234.web.app>", "You have won a free gift", text="Claim it."))
    assert against(found)["content.bait-from-rented-name"] is Strength.STRONG


@pytest.mark.parametrize(
    ("sender", "strength"),
    [
        ("Anna <anna@club.example>", Strength.WEAK),
        ("Netflix <anna@club.example>", Strength.STRONG),
        ("Shop <anna@evil.example>", None),
    ],
)
def test_a_code_in_a_picture_is_a_link(sender: str, strength: Strength | None) -> None:
    code = ("image/png", "code.png", picture())
    found = read(compose(sender, "Please scan", "Scan the code.", attach=(code,)))
    assert against(found).get("qr.link") is strength
    assert [(link.source, link.host) for link in found.links] == [(Source.QR, "evil.example")]


def test_a_clickable_picture_and_nothing_else() -> None:
    html = '<a href="https://lnkd.in/abc"><img src="https://x.example/a.png"></a>'
    found = read(compose("Orders <x@gmail.com>", html=html))
    assert against(found)["content.picture-only"] is Strength.STRONG


def test_call_centre_fraud_from_a_mailbox() -> None:
    text = (
        "Your Norton subscription was renewed for $399.99. If you did not authorize this payment,"
        " call our support at +1 (888) 555-0142 to cancel."
    )
    found = read(compose("Billing <x@gmail.com>", "Invoice", text))
    assert against(found)["content.call-us"] is Strength.STRONG
    assert by_code(found, "content.call-us").facts["number"] == "+1 (888) 555-0142"
    shop = read(compose("Shop <x@shop.example>", "Invoice", text.replace("Norton ", "")))
    assert against(shop)["content.call-us"] is Strength.WEAK


@pytest.mark.parametrize(
    "text",
    [
        "Are you available? I need you to buy gift cards for a client today.",
        "Please update my direct deposit before Friday, it is urgent.",
        "Bist du im Büro? Bitte besorge schnell Geschenkkarten.",
        "Es-tu disponible ? Un virement urgent doit partir.",
    ],
)
def test_the_boss_who_needs_a_favour(text: str) -> None:
    forged = read(compose("The Boss <boss.private@gmail.com>", "Hello", text))
    assert against(forged)["content.favour"] is Strength.STRONG
    own = read(compose("The Boss <boss@club.example>", "Hello", text))
    assert "content.favour" not in against(own)


def test_friends_may_ask_for_other_things() -> None:
    text = "Are you free today? I need the address of the café, and I have a gift for you."
    assert against(read(compose("Anna <anna@gmail.com>", "Hello", text))) == {}


def test_honest_mails_have_nothing_against_them() -> None:
    newsletter = compose(
        "Garden Club <news@club.example>",
        "Spring news",
        html="<h1>Spring</h1><p>Dear members, the garden opens on Monday. See you!</p>"
        '<a href="https://www.club.example/spring">Read more</a>'
        '<a href="https://www.facebook.com/club"><img alt="Facebook"></a>'
        '<a href="https://club.us1.list-manage.com/unsubscribe?u=1">Unsubscribe</a>',
    )
    assert against(read(newsletter)) == {}
    shop = compose(
        "Book Shop <orders@books.example>",
        "Your order 12345",
        text="Thank you for your order. Pay with PayPal or card: https://books.example/pay/12345",
    )
    assert against(read(shop)) == {}


def test_a_plain_text_has_links_too() -> None:
    found = read(compose(text="See https://club.example/a, and www.other.example."))
    assert [link.host for link in found.links] == ["club.example", "www.other.example"]


def test_odd_links_come_first_on_the_screen() -> None:
    html = '<a href="https://a.example">A</a><a href="https://paypal.com@evil.example">B</a>'
    found = read(compose(html=html))
    assert [link.shown for link in shown_links(found.links)] == ["B", "A"]


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://paypal.com/x", "paypal.com"),
        ("www.paypal.com", "www.paypal.com"),
        ("<paypal.com>", "paypal.com"),
        ("PAYPAL.COM", "paypal.com"),
        ("hxxps://paypal[.]com", "paypal.com"),
        ("click paypal.com", ""),
        ("invoice.pdf", ""),
        ("e.g.", ""),
        ("3.5", ""),
        ("co.uk", ""),
        ("", ""),
    ],
)
def test_texts_that_look_like_addresses(text: str, host: str) -> None:
    assert shown_as_host(text) == host


def test_a_real_site_with_pages_of_others_is_nobodys_look_alike() -> None:
    assert against(read(compose(html='<a href="https://paypal.me/choir">Pay</a>'))) == {}
    fake = read(compose(html='<a href="https://paypal.github.io/choir">Pay</a>'))
    assert "link.lookalike" in against(fake)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("click paypal.com", "paypal.com"),
        ("https://www.paypal.com/x \u2192", "www.paypal.com"),
        ("write to service@paypal.com", ""),
        ("read our-paypal.com", ""),
        ("see club.example", ""),
        ("", ""),
    ],
)
def test_addresses_of_organisations_among_other_words(text: str, host: str) -> None:
    assert organisation_inside(text) == host


def test_a_flood_of_links_takes_little_time() -> None:
    import time

    html = "".join(
        f'<a href="https://h{i}.paypal{i}.example/x">www.paypal.com</a>' for i in range(5_000)
    )
    message = compose(html=html)
    started = time.process_time()
    found = read(message)
    assert len(found.links) <= 200
    assert found.cut
    assert time.process_time() - started < 1.5


@given(st.text(max_size=200), st.text(max_size=60))
@settings(deadline=None)
def test_any_text_is_judged(html: str, subject: str) -> None:
    printable = "".join(c for c in subject if c.isprintable())
    message = compose(subject=printable, html="<a href='x'>" + html.replace("\x00", ""))
    read(message)
