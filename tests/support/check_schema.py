"""The form of ``secassist check --json``, as other programs rely on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TEXT, TEXT_OR_NULL, YES_NO, COUNT = "text", "text or null", "yes or no", "count"
Form = Any  # a word of those above, a tuple of allowed values, [form of each], {name: form}

FORM: Form = {
    "schema": ("secassist.check/1",),
    "source": TEXT,
    "verdict": ("genuine", "relayed", "proven-domain", "cannot-tell", "suspicious", "fake"),
    "headline": TEXT,
    "reason": TEXT,
    "action": {"code": TEXT, "label": TEXT, "url": TEXT_OR_NULL},
    "runbook": TEXT_OR_NULL,
    "incident": TEXT_OR_NULL,
    "message": {
        "from": TEXT,
        "from_domain": TEXT,
        "display_name": TEXT,
        "subject": TEXT,
        "date": TEXT,
        "kind": ("reset-requested", "changed", "new-sign-in", "code", "invoice", "other"),
        "claimed": TEXT_OR_NULL,
        "parts": ("headers", "whole", "text-only"),
    },
    "authentication": {
        "spf": {
            "result": (
                *("pass", "fail", "softfail", "neutral"),
                *("none", "temperror", "permerror", "unknown"),
            ),
            "domain": TEXT,
            "ip": TEXT,
        },
        "dkim": [
            {
                "result": ("pass", "fail", "unknown"),
                "scope": ("message", "headers"),
                "reason": TEXT,
                "domain": TEXT,
                "selector": TEXT,
                "algorithm": TEXT,
                "signed_headers": [TEXT],
            }
        ],
        "arc": {"result": ("none", "pass", "fail", "unknown"), "sealers": [TEXT]},
        "dmarc": {
            "result": ("pass", "fail", "none", "unknown"),
            "policy": ("none", "quarantine", "reject", None),
            "domain": TEXT,
            "aligned_by": ("dkim", "spf", None),
        },
        "receiver": {
            "trusted": YES_NO,
            "authserv_id": TEXT_OR_NULL,
            "spf": TEXT,
            "dkim": TEXT,
            "dmarc": TEXT,
        },
    },
    "findings": [
        {
            "code": TEXT,
            "weighs": ("for", "against", "neither"),
            "strength": ("proof", "strong", "weak"),
            "title": TEXT,
            "detail": TEXT,
        }
    ],
    "network": [
        {
            "kind": ("dns",),
            "question": TEXT,
            "outcome": ("found", "absent", "failed"),
            "cached": YES_NO,
            "ms": COUNT,
        }
    ],
    "limits": [TEXT],
}


def deviations(value: Any, form: Form = FORM, where: str = "") -> list[str]:
    """Where a report is not of the form; more fields than named are allowed."""
    if isinstance(form, dict):
        if not isinstance(value, Mapping):
            return [f"{where}: {value!r} is no object"]
        missing = [f"{where}.{name} is missing" for name in form if name not in value]
        return missing + [
            slip
            for name, inner in form.items()
            if name in value
            for slip in deviations(value[name], inner, f"{where}.{name}")
        ]
    if isinstance(form, list):
        if not isinstance(value, list):
            return [f"{where}: {value!r} is no list"]
        return [s for n, one in enumerate(value) for s in deviations(one, form[0], f"{where}[{n}]")]
    return [] if _fits(value, form) else [f"{where}: {value!r} is not {form}"]


def _fits(value: Any, form: Form) -> bool:
    if isinstance(form, tuple):
        return value in form
    if form == COUNT:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if form == YES_NO:
        return isinstance(value, bool)
    return isinstance(value, str) or (form == TEXT_OR_NULL and value is None)
