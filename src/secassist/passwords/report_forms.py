"""A report to read, to print, or for another program. There is no secret in any of them."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from secassist.passwords.findings import Audited, Finding, Report

SCHEMA: Final = "secassist.audit/1"
SUMMARY: Final = "secassist.audit.summary/1"
WHOLE: Final = "secassist.audit.report/1"
FORMS: Final = ("text", "csv", "json", "html")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""With these a table program begins to compute (OWASP, CSV injection)."""
_COLUMNS: Final = (
    "account", "site", "user name", "code", "what is wrong", "other accounts", "relation",
    "leaks asked at",
)  # fmt: skip
_TITLE: Final = "Report on passwords"
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:50em;margin:2em auto;padding:0 1em}"
    "h2{font-size:1.1em;margin:1.5em 0 0}li{margin:.3em 0}small{opacity:.75}"
    "@media print{h2{break-after:avoid}}"
)


def as_object(account: Audited) -> dict[str, Any]:
    """One account in the form of ``secassist audit --json``."""
    return {
        "schema": SCHEMA,
        "account": {
            "id": account.id,
            "title": account.title,
            "site": account.site or None,
            "username": account.username,
        },
        "findings": [_finding(finding) for finding in account.findings],
        "strength": {"guesses_log10": account.guesses_log10},
    }


def summary(report: Report, seconds: float | None = None) -> dict[str, Any]:
    """The last line of it; ``seconds``: how long it took, where that was measured."""
    return {
        "schema": SUMMARY,
        "accounts": len(report.accounts),
        "by_code": report.by_code,
        "left_out": sum(bool(account.hidden) for account in report.accounts),
        "codes_found": report.codes_found,
        "not_checked": dict(report.not_checked),
        "skipped": dict(report.skipped),
        **({} if seconds is None else {"seconds": seconds}),
    }


def as_form(report: Report, form: str, made_at: str) -> str:
    """The report in one of FORMS; ``made_at``: ISO 8601. Raises KeyError for another."""
    makers = {"text": as_text, "csv": as_csv, "json": as_json, "html": as_html}
    return makers[form](report, made_at)


def as_text(report: Report, made_at: str) -> str:
    """Plain text."""
    lines = [f"{_TITLE}, {made_at}", "", *counted(report), "", *account_lines(report), ""]
    return "\n".join(lines)


def account_lines(report: Report) -> Iterator[str]:
    """The accounts of which something is wrong, the gravest first."""
    for account in _with_findings(report):
        yield name_of(account)
        for finding in account.findings:
            yield f"  {finding.code}: {finding.detail}"
            if finding.others:
                yield f"    {', '.join(finding.others)}"


def counted(report: Report) -> list[str]:
    """How many accounts and findings there are, and what was not checked."""
    counts = ", ".join(f"{code}: {n}" for code, n in report.by_code.items())
    missing = [f"Not checked: {what}: {why}" for what, why in report.not_checked.items()]
    return [f"{len(report.accounts)} accounts. {counts or 'Nothing was found.'}", *missing]


def as_csv(report: Report, made_at: str) -> str:
    """A table with one finding a row, which no table program takes for formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for account in _with_findings(report):
        for finding in account.findings:
            row = (account.title, account.site, account.username, str(finding.code),
                   finding.detail, "; ".join(finding.others), finding.relation,
                   finding.checked_at)  # fmt: skip
            writer.writerow([_no_formula(cell) for cell in row])
    for what, why in report.not_checked.items():
        writer.writerow(["", "", "", "not checked", _no_formula(f"{what}: {why}"), "", "", made_at])
    return out.getvalue()


def as_json(report: Report, made_at: str) -> str:
    """One object."""
    whole = {
        "schema": WHOLE,
        "made_at": made_at,
        "accounts": [as_object(account) for account in report.accounts],
        "summary": summary(report),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def as_html(report: Report, made_at: str) -> str:
    """A page that needs nothing else: no script, no picture, no address to follow."""
    parts = [
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{_TITLE}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{_TITLE}</h1><p><small>{_safe(made_at)}</small></p>",
        *(f"<p>{_safe(line)}</p>" for line in counted(report)),
    ]
    for account in _with_findings(report):
        parts.append(f'<h2 dir="auto">{_safe(name_of(account))}</h2><ul>')
        for finding in account.findings:
            others = f" <bdi>{_safe(', '.join(finding.others))}</bdi>" if finding.others else ""
            parts.append(f"<li>{_safe(finding.detail)}{others}</li>")
        parts.append("</ul>")
    return "\n".join([*parts, "</body></html>", ""])


def name_of(account: Audited) -> str:
    """Title and user name, each once."""
    return " · ".join(dict.fromkeys(filter(None, (account.title, account.username))))


def _with_findings(report: Report) -> Iterator[Audited]:
    return (account for account in report.accounts if account.findings)


def _finding(finding: Finding) -> Mapping[str, Any]:
    return {
        "code": str(finding.code),
        "detail": finding.detail,
        "with": list(finding.others),
        "relation": finding.relation or None,
        "checked_at": finding.checked_at or None,
    }


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA) else cell


def _safe(text: str) -> str:
    return html.escape(text)
