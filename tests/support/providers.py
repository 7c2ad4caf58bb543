"""Mail as it lies in the mailboxes of each provider whose result line may count.

    arrive(PROVIDERS["posteo"], mail, said=said("bank.example", dmarc="pass"))

The forms are those of real headers (see ``assets/receivers.toml``), written anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from support.mails import RECEIVED_AT

Said = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Provider:
    """How one provider marks what it receives, from the top down."""

    id: str
    server: str
    """The name in its result line; ``{method}`` where each method has a name of its own."""
    border: str
    above: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    line_above: bool = False
    """Its result line stands above the border's Received line, else right below it."""
    methods: tuple[str, ...] = ("dkim", "spf", "dmarc")
    split: bool = False
    """One line for each method."""


_HOP = "Received: from {helo} ({helo} [{ip}]) by "
PROVIDERS = {
    provider.id: provider
    for provider in (
        Provider(
            "gmail",
            "mx.google.com",
            "Received: from {helo} ({helo}. [{ip}])\r\n        by mx.google.com with ESMTPS id"
            " d9443c01a7336-1b8si42\r\n        for <{to}>; {date}",
            above=(
                "Delivered-To: {to}",
                "Received: by 2002:a17:90b:2d4f:b0:1fa:6ad3:c1d0 with SMTP id sz15csp; {date}",
                "Return-Path: <{envelope}>",
            ),
            between=("Received-SPF: neutral (google.com: no guess) client-ip={ip};",),
        ),
        Provider(
            "microsoft",
            "",
            "Received: from {helo} ({ip}) by DB5EUR01FT034.mail.protection.outlook.com"
            " (10.152.4.246) with Microsoft SMTP Server id 15.20; {date}",
            above=(
                (
                    "Received: from AM0PR04MB1234.eurprd04.prod.outlook.com (2603:10a6:208:1::2) by"
                    " VI1PR04MB5678.eurprd04.prod.outlook.com with HTTPS; {date}"
                ),
                (
                    "Received: from DB5EUR01FT034.eop-EUR01.prod.protection.outlook.com"
                    " (2603:10a6:10:3::9) by DB8PR09CA0002.outlook.office365.com"
                    " (2603:10a6:10:1::7) with Microsoft SMTP Server; {date}"
                ),
            ),
            line_above=True,
        ),
        Provider(
            "yahoo",
            "atlas206.free.mail.bf1.yahoo.com",
            "Received: from {ip} (EHLO {helo})\r\n by 10.197.33.12 with SMTPs; {date}",
            above=(
                "X-Apparently-To: {to}; {date}",
                "Return-Path: <{envelope}>",
                (
                    "Received: from {ip} (EHLO {helo})\r\n"
                    " by atlas206.free.mail.bf1.yahoo.com with SMTPS; {date}"
                ),
            ),
        ),
        Provider(
            "icloud",
            "{method}.icloud.com",
            "Received: from {helo} ({helo} [{ip}])\r\n by ms11p00im-qufv17154801.me.com"
            " (mailgateway 2.0) with ESMTPS id 5aa\r\n for <{to}>; {date}",
            above=(
                (
                    "Received: from p00-icloudmta-smtpin-us-east-1a-100-percent-7 by"
                    " p35-mailgateway-smtp-5f9 (mailgateway 1.8) with SMTP id 77; {date}"
                ),
            ),
            between=("X-ICL-SCORE: 3.333",),
            split=True,
        ),
        Provider(
            "proton",
            "mail.protonmail.ch",
            _HOP + "mailin012.protonmail.ch (Postfix) with ESMTPS id 4MX; {date}",
            above=("Return-Path: <{envelope}>", "X-Original-To: {to}", "Delivered-To: {to}"),
            line_above=True,
            split=True,
        ),
        Provider(
            "fastmail",
            "mx3.messagingengine.com",
            _HOP + "mx3.messagingengine.com (Postfix) with ESMTPS id 77\r\n\tfor <{to}>; {date}",
            above=(
                "Return-Path: <{envelope}>",
                "Received: from mx3 ([10.202.2.202]) by compute5.internal (LMTPProxy); {date}",
                (
                    "Received: from mx3.messagingengine.com (localhost [127.0.0.1])\r\n"
                    "\tby mailmx.phl.internal (Postfix) with ESMTP id 77\r\n\tfor <{to}>; {date}"
                ),
            ),
            line_above=True,
            split=True,
        ),
        Provider(
            "gmx",
            "gmx.net",
            "Received: from {helo} ([{ip}]) by mx-ha.gmx.net (mxgmx016 [212.227.15.9]) with"
            " ESMTPS (Nemesis) id 1M; {date}",
            above=("Return-Path: <{envelope}>",),
            line_above=True,
            methods=("dkim",),
        ),
        Provider(
            "posteo",
            "posteo.de",
            _HOP + "mx04.posteo.de (Postfix) with ESMTPS id 4R\r\n\tfor <{to}>; {date}",
            above=(
                "Return-Path: <{envelope}>",
                "Delivered-To: {to}",
                (
                    "Received: from proxy02.posteo.name ([127.0.0.1]) by dovecot03.posteo.name"
                    " (Dovecot) with LMTP id x; {date}"
                ),
            ),
            line_above=True,
            split=True,
        ),
        Provider(
            "zoho",
            "mx.zohomail.eu",
            _HOP + "mx.zohomail.eu with SMTPS id 1697; {date}",
            above=("Delivered-To: {to}", "Return-Path: <{envelope}>"),
            line_above=True,
        ),
        Provider(
            "yandex",
            "mxfront12o.mail.yandex.net",
            "Received: from {helo} ({helo} [{ip}])\r\n\tby mxfront12o.mail.yandex.net (mxfront)"
            " with ESMTPS id aB; {date}",
            above=(
                (
                    "Received: from mxfront12o.mail.yandex.net ([127.0.0.1])\r\n"
                    "\tby mxfront12o.mail.yandex.net with LMTP id aB for <{to}>; {date}"
                ),
            ),
            between=("Return-Path: <{envelope}>", "X-Yandex-Front: mxfront12o.mail.yandex.net"),
            methods=("spf", "dkim"),
        ),
        Provider(
            "mail-ru",
            "mxs.mail.ru",
            _HOP + "mx212.i.mail.ru with esmtp (envelope-from <{envelope}>); {date}",
            above=("Delivered-To: {to}", "Return-path: <{envelope}>"),
            line_above=True,
        ),
        Provider(
            "kasserver",
            "dd41234.kasserver.com",
            _HOP + "dd41234.kasserver.com (Postfix) with ESMTPS id 5F\r\n\tfor <{to}>; {date}",
            above=("Return-Path: <{envelope}>", "X-Original-To: {to}", "Delivered-To: {to}"),
            line_above=True,
            methods=("dkim",),
        ),
    )
}


def said(
    domain: str,
    *,
    spf: str = "none",
    dkim: str = "none",
    dmarc: str = "none",
    policy: str = "REJECT",
    envelope: str = "bounce@sender.example",
) -> dict[str, str]:
    """What a provider found out about a mail: the clauses of its result line, by method."""
    return {
        "dkim": "dkim=none" if dkim == "none" else f"dkim={dkim} header.i=@{domain} header.s=s",
        "spf": f"spf={spf} smtp.mailfrom={envelope}",
        "dmarc": f"dmarc={dmarc} (p={policy} dis=NONE) header.from={domain}",
    }


def result_lines(provider: Provider, clauses: Said) -> bytes:
    """The provider's result line, or its lines where it writes one for each method."""
    own = {m: clauses[m] for m in provider.methods if m in clauses}
    groups = [{m: c} for m, c in own.items()] if provider.split else [own] if own else []
    lines = b""
    for group in groups:
        method = next(iter(group))
        name = provider.server.format(method="dkim-verifier" if method == "dkim" else method)
        clauses_text = ";\r\n\t".join(group.values())
        lead = f"{name};\r\n\t" if name else ""
        lines += f"Authentication-Results: {lead}{clauses_text}\r\n".encode()
    return lines


def arrive(
    provider: Provider,
    message: bytes,
    *,
    said: Said | None = None,
    ip: str = "198.51.100.9",
    helo: str = "mail.sender.example",
    envelope: str = "bounce@sender.example",
    to: str = "someone@mail.example",
    when: datetime = RECEIVED_AT,
) -> bytes:
    """The message with everything that the provider writes above it; ``said`` of None: no line."""
    values = {
        "ip": ip,
        "helo": helo,
        "envelope": envelope,
        "to": to,
        "date": format_datetime(when),
    }
    lines = b"" if said is None else result_lines(provider, said)
    above, border, between = (
        "".join(f"{line.format(**values)}\r\n" for line in part).encode()
        for part in (provider.above, (provider.border,), provider.between)
    )
    if provider.line_above:
        return above + lines + border + between + message
    if provider.id == "yahoo":  # its own line follows the Received line of the outer host
        return above + lines + border + message
    return above + border + between + lines + message
