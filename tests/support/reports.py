"""Made-up reports, one a verdict, for tests of the window and for its pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from secassist.mail.findings import Strength, Weighs
from secassist.mail.report import (
    Action,
    ArcSummary,
    Authentication,
    Compare,
    DkimSummary,
    DmarcSummary,
    Evidence,
    LedgerEntry,
    Leg,
    LinkShown,
    MessageSummary,
    ReceiverSummary,
    Report,
    Role,
    Route,
    RouteLeg,
    RouteNode,
    SpfSummary,
)
from secassist.mail.verdict import Verdict

YOU = RouteNode("You", "", Role.YOU)
PROVIDER = RouteNode("Your mail provider", "mx.example.net", Role.PROVIDER)
HANDED = RouteLeg(Leg.PLAIN, "handed over")
ARRIVES = RouteLeg(Leg.PLAIN)
SEALED = RouteLeg(Leg.PROVED, "Seal checked", "✓")


def _mail(name: str, address: str, subject: str, claimed: str = "") -> MessageSummary:
    return MessageSummary(
        from_=address,
        from_domain=address.rpartition("@")[2],
        display_name=name,
        subject=subject,
        date="2026-11-25T08:51:00+00:00",
        kind="reset-requested",
        claimed=claimed.lower() or None,
        claimed_name=claimed,
        parts="whole",
    )


def _seals(domain: str, result: str = "pass") -> Authentication:
    return Authentication(
        SpfSummary("pass", domain, "192.0.2.14"),
        (DkimSummary(result, "message", "", domain, "k1", "rsa-sha256", ("from", "subject")),),
        ArcSummary(),
        DmarcSummary(result, "reject", domain, "dkim"),
        ReceiverSummary(),
    )


def _asked(domain: str) -> tuple[LedgerEntry, ...]:
    return (
        LedgerEntry("dns", f"k1._domainkey.{domain} TXT", "found", False, 120),
        LedgerEntry("dns", f"_dmarc.{domain} TXT", "absent", False, 90),
        LedgerEntry("dns", f"{domain} TXT", "found", True, 0),
    )


def _evidence(weighs: Weighs, title: str, detail: str = "") -> Evidence:
    return Evidence("test.code", weighs, Strength.STRONG, title, detail)


def genuine() -> Report:
    domain = "mail.instagram.com"
    return Report(
        source="-",
        verdict=Verdict.GENUINE,
        row="genuine",
        headline="Really sent by Instagram.",
        reason="It has Instagram’s own seal, and nothing in it was changed on the way.",
        note="Someone typing your address is enough to trigger this mail."
        " It does not mean that they got in.",
        action=Action("ask", "Did you ask for it?"),
        buttons=(
            Action("asked-yes", "Yes, I asked"),
            Action("asked-no", "No, I did not"),
            Action("asked-unsure", "Not sure"),
        ),
        question="Did you ask for it?",
        site="https://www.instagram.com/",
        report_to=(),
        runbook=None,
        incident=None,
        message=_mail("Instagram", f"security@{domain}", "Reset your password", "Instagram"),
        authentication=_seals(domain),
        evidence=(
            _evidence(Weighs.FOR, "It has Instagram’s own seal.", f"DKIM pass d={domain} s=k1"),
            _evidence(Weighs.FOR, "It came straight from a computer of Instagram."),
            _evidence(Weighs.NEITHER, "It has one link.", "https, no redirector"),
        ),
        route=Route(
            (
                RouteNode("Instagram", domain, Role.SENDER, "good"),
                RouteNode("Instagram’s mail server", "69.171.232.140", Role.SERVER, "good"),
                PROVIDER,
                YOU,
            ),
            (SEALED, HANDED, ARRIVES),
            sentence="Instagram sent it from its own mail server; then your mail provider;"
            " then you.",
        ),
        hops=(),
        compare=None,
        links=(LinkShown("Reset password", "instagram.com", "https://instagram.com/r/123456"),),
        recipients=("me@example.net",),
        network=_asked(domain),
        limits=(),
        seconds=0.2,
    )


def fake() -> Report:
    domain = "paypa1-help.com"
    return replace(
        genuine(),
        verdict=Verdict.FAKE,
        row="look-alike",
        headline="Fake. This is not from PayPal.",
        reason="The sender is paypa1-help.com, spelled with the digit 1."
        " PayPal’s own address is paypal.com.",
        note="",
        action=Action("report-and-delete", "Report and delete it"),
        buttons=(
            Action("report-and-delete", "Report and delete it"),
            Action("open-real-site", "Open the real PayPal", "https://www.paypal.com/"),
        ),
        question="",
        site="https://www.paypal.com/",
        report_to=(),
        message=_mail("PayPal Security", f"service@{domain}", "Your account is limited", "PayPal"),
        authentication=_seals(domain),
        evidence=(
            _evidence(
                Weighs.AGAINST,
                "The sender’s name ends in paypa1-help.com. The letter l is a digit 1."
                " PayPal uses paypal.com.",
                "look-alike: digit-for-letter, position 5",
            ),
            _evidence(
                Weighs.AGAINST,
                "PayPal puts its seal on its mail. This mail has no seal from PayPal.",
                f"DKIM: pass for d={domain}, s=k1, rsa-sha256 (not aligned with paypal.com)\n"
                f"SPF: pass for {domain} from 185.176.27.14\n"
                f"DMARC: none published for {domain}",
            ),
            _evidence(Weighs.AGAINST, f"The button says “paypal.com” but leads to login.{domain}."),
            _evidence(Weighs.NEITHER, "The mail was not changed on the way."),
        ),
        route=Route(
            (
                RouteNode(domain, "the real sender", Role.SENDER, "bad"),
                RouteNode("srv7.bulkhost.example", "mail server", Role.SERVER, "bad"),
                PROVIDER,
                YOU,
            ),
            (RouteLeg(Leg.PROVED), HANDED, ARRIVES),
            claimed=RouteNode("PayPal", "what the mail says", Role.CLAIMED),
            sentence="The mail says PayPal, but never passed through PayPal. Real sender"
            " paypa1-help.com, with the digit 1; then srv7.bulkhost.example;"
            " then your mail provider; then you.",
        ),
        compare=Compare(domain, "paypal.com", (5,), (5,), "digit 1, not the letter l"),
        network=_asked(domain),
    )


def cannot_tell() -> Report:
    return replace(
        genuine(),
        verdict=Verdict.CANNOT_TELL,
        row="mailing-list",
        headline="We can’t prove this one.",
        reason="It passed through a mailing list that changed it, so the seal no longer fits."
        " That happens to real mail too.",
        note="Treat it as fake until you have looked in your account.",
        action=Action("open-site", "Open booking.com myself", "https://www.booking.com/"),
        buttons=(
            Action("open-site", "Open booking.com myself", "https://www.booking.com/"),
            Action("try-original", "Try with the original"),
        ),
        question="",
        site="https://www.booking.com/",
        report_to=(),
        message=_mail("Booking.com", "noreply@booking.com", "Confirm your new sign-in", "Booking"),
        authentication=_seals("booking.com", "unknown"),
        route=Route(
            (
                RouteNode("Booking.com", "what the mail says", Role.SENDER),
                RouteNode("A mailing list", "lists.example.edu", Role.LIST),
                PROVIDER,
                YOU,
            ),
            (
                RouteLeg(Leg.UNPROVED, "Proof lost here", "?"),
                RouteLeg(Leg.PLAIN, "Delivered"),
                ARRIVES,
            ),
            sentence="The mail says Booking.com; a mailing list; your mail provider; then you.",
        ),
        network=_asked("booking.com"),
        limits=("The seal was not checked, since a list changed the text.",),
    )


def relayed() -> Report:
    return replace(
        genuine(),
        verdict=Verdict.RELAYED,
        row="relayed",
        headline="Sent through Google Drive, written by a stranger.",
        reason="Google Drive did send this mail. But the words and the file come from someone"
        " else: payroll.team.hr@gmail.com.",
        note="Ask in a way you already know, such as by phone. Do not reply to this mail.",
        action=Action("ask-sender", "Ask the person first"),
        buttons=(Action("ask-sender", "Ask the person first"),),
        question="",
        site="",
        report_to=(),
        message=_mail(
            "“Payroll” via Google Drive",
            "drive-shares-noreply@google.com",
            "Shared with you: Salary change 2026",
            "Google",
        ),
        route=Route(
            (
                RouteNode("A stranger", "wrote the words", Role.SENDER, "plum"),
                RouteNode("Google Drive", "carried the mail", Role.SERVER, "plum"),
                PROVIDER,
                YOU,
            ),
            (RouteLeg(Leg.UNPROVED, "Can write anything"), SEALED, ARRIVES),
            sentence="A stranger wrote it; Google Drive sent it; your mail provider; then you.",
        ),
    )


def proven_domain() -> Report:
    domain = "vereinsheim-aarau.ch"
    return replace(
        genuine(),
        verdict=Verdict.PROVEN_DOMAIN,
        row="proven-domain",
        headline=f"Really sent by {domain}. Do you know them?",
        reason="The address is true. But we do not know who owns it, and a true address can"
        " still belong to a crook.",
        note="",
        action=Action("know-them", "Do you know them?"),
        buttons=(Action("know-yes", "Yes, I know them"), Action("know-no", "No, I don’t")),
        question="Do you know them?",
        site="",
        report_to=(),
        message=_mail("Vereinsheim Aarau", f"kasse@{domain}", "Rechnung Mitgliederbeitrag"),
        route=Route(
            (
                RouteNode(domain, "sender, proved", Role.SENDER, "info"),
                RouteNode("mail.hostpoint.ch", "mail server", Role.SERVER, "info"),
                PROVIDER,
                YOU,
            ),
            (SEALED, HANDED, ARRIVES),
            sentence=f"{domain} sent it, proved; mail.hostpoint.ch; your mail provider; then you.",
        ),
    )


def suspicious() -> Report:
    domain = "parcel-note.info"
    return replace(
        genuine(),
        verdict=Verdict.SUSPICIOUS,
        row="suspicious",
        headline="Be careful with this one.",
        reason="It hurries you, and its button leads to a different place than the sender:"
        " track-pay24.shop.",
        note="Do not click in it, and do not call a number in it.",
        action=Action("check-another-way", "Check it another way"),
        buttons=(
            Action("check-another-way", "Check it another way"),
            Action("know-sender", "I know the sender"),
        ),
        question="",
        site="",
        report_to=(),
        message=_mail("Parcel Service", f"info@{domain}", "Last notice: pay 1.99 today"),
        evidence=(
            _evidence(Weighs.AGAINST, "It hurries you."),
            _evidence(Weighs.AGAINST, "Its button leads to track-pay24.shop."),
            _evidence(Weighs.NEITHER, "It has no seal."),
        ),
        route=Route(
            (
                RouteNode(domain, "sender, not proved", Role.SENDER, "warn"),
                RouteNode("vps-114.cheap-cloud.example", "mail server", Role.SERVER, "warn"),
                PROVIDER,
                YOU,
            ),
            (RouteLeg(Leg.UNPROVED, "No seal", "!"), HANDED, ARRIVES),
            sentence=f"{domain}, not proved; vps-114.cheap-cloud.example; your mail provider;"
            " then you.",
        ),
    )


def every_verdict() -> tuple[Report, ...]:
    return (genuine(), relayed(), proven_domain(), cannot_tell(), suspicious(), fake())


def translated(report: Report, translate: Callable[[str], str]) -> Report:
    """The report as use cases make it in another language: sentences change, addresses do not."""
    return replace(
        report,
        headline=translate(report.headline),
        reason=translate(report.reason),
        note=report.note and translate(report.note),
        question=report.question and translate(report.question),
        buttons=tuple(replace(b, label=translate(b.label)) for b in report.buttons),
        evidence=tuple(replace(e, title=translate(e.title)) for e in report.evidence),
        limits=tuple(map(translate, report.limits)),
    )
