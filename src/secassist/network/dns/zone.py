"""A resolver over records in memory: for tests, for ``--offline``, and for replaying old mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from secassist.base.limits import MAX_CNAMES
from secassist.network.dns.answer import Answer, Rdata
from secassist.network.dns.names import ascii_name

FAULTS = {"TIMEOUT": "timeout", "SERVFAIL": "servfail", "REFUSED": "refused"}

ZoneValue = str | bytes | Sequence[object]
Zone = Mapping[str, Mapping[str, ZoneValue] | str]


class ZoneResolver:
    """Answers from ``{name: {"TXT": ["…"], "A": ["…"], "MX": [[10, "…"]], …}}``.

    ``"TIMEOUT"``, ``"SERVFAIL"`` and ``"REFUSED"`` stand for faults, in the place of a type's
    records or of a whole name. Names and types are compared without case, names beyond ASCII by
    their A-labels. What the zone does not hold is proved absent: ``nxdomain``, or ``nodata`` where
    a name exists only because others stand below it (RFC 8020). CNAME records are followed, and
    ``*.name`` answers for what is not there below ``name`` (RFC 4592).
    """

    def __init__(self, zone: Zone) -> None:
        self._zone = {_key(name): value for name, value in zone.items()}
        self._existing = {above for name in self._zone for above in (name, *_above(name))}

    async def query(self, name: str, rdtype: str) -> Answer:
        """Look ``name`` up, following CNAMEs. Never raises."""
        if ascii_name(name) is None:
            return Answer.fault("malformed")
        key = _key(name)
        for _ in range(MAX_CNAMES):
            entry = self._entry(key)
            if entry is None:
                return Answer.none("nxdomain")
            if isinstance(entry, str):
                return Answer.fault(FAULTS.get(entry.upper(), "servfail"))
            types = {t.upper(): v for t, v in entry.items()}
            values = types.get(rdtype.upper())
            if values is None and "CNAME" in types:
                target = types["CNAME"]
                key = _key(str(target if isinstance(target, str) else target[0]))
                continue
            return _answer(values, rdtype.upper())
        return Answer.fault("cname-loop")

    def _entry(self, key: str) -> Mapping[str, ZoneValue] | str | None:
        """What the zone says about a name; None where it does not exist."""
        if key in self._existing:
            return self._zone.get(key, {})
        closest = next((above for above in _above(key) if above in self._existing), "")
        return self._zone.get(f"*.{closest}")


def _answer(values: ZoneValue | None, rdtype: str) -> Answer:
    if values is None:
        return Answer.none("nodata")
    listed: Sequence[object] = [values] if isinstance(values, str | bytes) else values
    if rdtype == "MX" and len(listed) == 2 and isinstance(listed[0], int):
        listed = [listed]  # one exchanger, written without the outer brackets
    for value in listed:
        if isinstance(value, str) and value in FAULTS:
            return Answer.fault(FAULTS[value])
    if not listed:
        return Answer.none("nodata")
    return Answer.of(*(_rdata(value, rdtype) for value in listed))


def _rdata(value: object, rdtype: str) -> Rdata:
    if rdtype == "MX":
        if isinstance(value, str):
            preference, _, host = value.partition(" ")
            return int(preference), host.strip().rstrip(".")
        assert isinstance(value, list | tuple)
        return int(value[0]), str(value[1]).rstrip(".")
    if rdtype == "TXT":
        pieces = value if isinstance(value, list | tuple) else [value]
        return b"".join(p if isinstance(p, bytes) else str(p).encode("utf-8") for p in pieces)
    return str(value).rstrip(".") if rdtype in {"PTR", "CNAME", "NS"} else str(value)


def _key(name: str) -> str:
    return (ascii_name(name) or name.rstrip(".")).lower()


def _above(name: str) -> Iterator[str]:
    """The names above ``name``, the nearest first, without the root."""
    while "." in name:
        name = name.partition(".")[2]
        yield name
