"""A report to hand on: text, JSON, HTML. Private parts are left out unless added back.

Left out by default: codes, recipients, and the paths and queries of links.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from secassist.base.plain import one_line
from secassist.mail.findings import Weighs
from secassist.mail.report import LinkShown, Report

SCHEMA = "secassist.check/1"

_MARKS = {Weighs.FOR: "+", Weighs.AGAINST: "!", Weighs.NEITHER: "·"}
_CODE = re.compile(r"(?<![\w.])\d(?:[ -]?\d){3,9}(?![\w.])")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,253}")


@dataclass(frozen=True, slots=True)
class Include:
    """What the person adds back."""

    codes: bool = False
    recipients: bool = False
    link_paths: bool = False

    @classmethod
    def everything(cls) -> Include:
        return cls(codes=True, recipients=True, link_paths=True)


def redacted(report: Report, include: Include) -> Report:
    """The report without its private parts."""
    subject = report.message.subject
    if not include.codes:
        subject = _CODE.sub("•••", subject)
    if not include.recipients:
        own = {address.lower() for address in report.recipients}
        subject = _ADDRESS.sub(lambda m: "•••" if m.group().lower() in own else m.group(), subject)
    return replace(
        report,
        message=replace(report.message, subject=subject),
        recipients=report.recipients if include.recipients else (),
        links=report.links if include.link_paths else tuple(map(_without_path, report.links)),
    )


def as_json(report: Report, include: Include | None = None) -> str:
    """One line of JSON, as INTERFACES.md describes it."""
    return json.dumps(as_mapping(redacted(report, include or Include())), ensure_ascii=False)


def as_mapping(report: Report) -> Mapping[str, Any]:
    """The report as the JSON's own names and values."""
    message = asdict(report.message)
    message["from"] = message.pop("from_")
    return {
        "schema": SCHEMA,
        "source": report.source,
        "verdict": str(report.verdict),
        "headline": report.headline,
        "reason": report.reason,
        "note": report.note,
        "action": asdict(report.action),
        "runbook": report.runbook,
        "incident": report.incident.id if report.incident else None,
        "message": message,
        "authentication": asdict(report.authentication),
        "findings": [asdict(evidence) for evidence in report.evidence],
        "route": [
            {
                "by": hop.by,
                "from": hop.from_,
                "ip": hop.ip,
                "time": hop.time.isoformat() if hop.time else None,
                "delay_seconds": hop.delay_seconds,
                "note": hop.note,
            }
            for hop in report.hops
        ],
        "links": [asdict(link) for link in report.links],
        "network": [asdict(entry) for entry in report.network],
        "limits": list(report.limits),
    }


def as_text(report: Report, include: Include | None = None, *, details: bool = True) -> str:
    """A report that can be read in a mail or a terminal. Plain text, one thought a line.

    Nothing that the mail says can begin a line of its own, or steer the terminal.
    """
    shown = redacted(report, include or Include())
    message = shown.message
    lines = [shown.headline, shown.reason]
    if shown.note:
        lines.append(shown.note)
    if shown.question:
        lines.append(shown.question)
    elif shown.action.label:
        lines.append(
            f"→ {shown.action.label}" + (f": {shown.action.url}" if shown.action.url else "")
        )
    if shown.incident:
        lines += [
            "",
            shown.incident.title,
            f"{shown.incident.said_by}, {shown.incident.said_on}: “{shown.incident.statement}”",
        ]
    lines += ["", f"From:    {message.from_}", f"Subject: {message.subject}"]
    if message.date:
        lines.append(f"Date:    {message.date}")
    if shown.recipients:
        lines.append(f"To:      {', '.join(shown.recipients)}")
    lines += ["", f"Why we think so ({summary(shown)}):"]
    for evidence in shown.evidence:
        lines.append(f"  {_MARKS[evidence.weighs]} {evidence.title}")
        if details and evidence.detail:
            lines.append(f"      {evidence.detail}")
    if shown.route.sentence:
        lines += ["", shown.route.sentence]
    if shown.links:
        lines += ["", "Links in it (not opened):"]
        lines += [
            f"  {link.shown or '(no text)'} → {link.target or link.host}" for link in shown.links
        ]
    if shown.limits:
        lines += ["", "Not checked:", *(f"  {limit}" for limit in shown.limits)]
    if shown.network:
        lines += ["", "Asked on the internet:"]
        lines += [f"  {entry.question}: {entry.outcome}" for entry in shown.network]
    return "\n".join(map(one_line, lines)) + "\n"


def as_html(report: Report, include: Include | None = None) -> str:
    """The same report as one page without scripts, pictures or links."""
    text = html.escape(as_text(report, include))
    title = html.escape(report.headline)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>body{{font:16px/1.5 system-ui,sans-serif;max-width:48em;"
        "margin:2em auto;padding:0 1em}pre{white-space:pre-wrap;font:inherit}</style></head>"
        f"<body><h1>{title}</h1><pre>{text}</pre></body></html>\n"
    )


def summary(report: Report) -> str:
    """“5 checks, none against”."""
    against = sum(e.weighs is Weighs.AGAINST for e in report.evidence)
    checks = len(report.evidence)
    return f"{checks} check{'s' * (checks != 1)}, {against or 'none'} against"


def _without_path(link: LinkShown) -> LinkShown:
    return replace(link, target="", shown=link.host if "/" in link.shown else link.shown)
