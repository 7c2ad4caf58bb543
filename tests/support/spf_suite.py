"""The public RFC 7208 suite as zones that ``ZoneResolver`` can serve."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

TYPES = ("TXT", "A", "AAAA", "MX", "PTR", "CNAME")
Entry = dict[str, list[object]]


@dataclass(frozen=True)
class Case:
    name: str
    ip: str
    mail_from: str
    helo: str
    results: tuple[str, ...]
    explanation: str | None
    zone: dict[str, Entry]


def cases(path: Path) -> list[Case]:
    """Every test of the suite, in order, with the zone of its section."""
    found = []
    for section in yaml.safe_load_all(path.read_text("utf-8")):
        zone = {name: _entry(data) for name, data in section["zonedata"].items()}
        for name, test in section["tests"].items():
            wanted = test["result"]
            explanation = test.get("explanation")
            found.append(
                Case(
                    name,
                    test["host"],
                    test["mailfrom"],
                    test["helo"],
                    tuple(wanted) if isinstance(wanted, list) else (wanted,),
                    "" if explanation == "DEFAULT" else explanation,
                    zone,
                )
            )
    return found


def _entry(data: list[object]) -> Entry:
    """As the suite's header says: SPF data stands for TXT where none is given; NONE forbids that;
    TIMEOUT holds for every type of which there is nothing."""
    listed: Entry = {}
    times_out = "TIMEOUT" in data
    for item in data:
        if isinstance(item, dict):
            for rdtype, value in item.items():
                listed.setdefault(rdtype, []).append(_value(rdtype, value))
    if "TXT" not in listed and "SPF" in listed:
        listed["TXT"] = listed["SPF"]
    entry = {t: [v for v in listed[t] if v != []] for t in TYPES if t in listed}
    if entry.get("TXT") == [b"NONE"]:
        del entry["TXT"]
    for rdtype in TYPES if times_out else ():
        entry.setdefault(rdtype, ["TIMEOUT"])
    return entry


def _value(rdtype: str, value: object) -> object:
    if rdtype not in {"TXT", "SPF"}:
        return value
    # The suite writes octets as characters of the same number.
    if isinstance(value, list):
        return [str(piece).encode("latin-1") for piece in value]
    return str(value).encode("latin-1")
