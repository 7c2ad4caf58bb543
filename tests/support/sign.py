"""Sign own test messages: DKIM (RFC 6376, 8463) and ARC (RFC 8617), sound or broken on purpose.

Written apart from ``secassist.mail.auth`` on purpose: a fault in one is no fault in the other.

    mail = sign(letter(), domain="bank.example")
    zone = key_record("bank.example")
    asyncio.run(dkim.verify(mail, ZoneResolver(zone)))

Keys are named (see ``support.keys``): ``rsa-2048``, ``rsa-2048-other``, ``rsa-1024``, ``rsa-512``,
``ed25519``, ``ed25519-other``.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence

from support import keys

Record = dict[str, dict[str, list[str]]]
Extra = Mapping[str, str] | None

HEADERS = ("from", "to", "subject", "date", "message-id")
DATE = "Tue, 13 Oct 2026 10:00:00 +0000"
SIGNED_AT = 1_791_885_600  # the same moment in Unix time


def letter(
    *,
    sender: str = "Example Bank <security@bank.example>",
    to: str = "someone@mail.example",
    subject: str = "Reset your password",
    date: str = DATE,
    body: str | bytes = "Hello,\r\n\r\nsomebody asked for a new password.\r\n",
    extra: Iterable[tuple[str, str]] = (),
) -> bytes:
    """A plain message with CRLF line ends. ``extra`` fields stand above the others."""
    fields = [
        *extra,
        ("From", sender),
        ("To", to),
        ("Subject", subject),
        ("Date", date),
        ("Message-ID", "<1@bank.example>"),
    ]
    top = "".join(f"{name}: {value}\r\n" for name, value in fields).encode("utf-8")
    return top + b"\r\n" + (body if isinstance(body, bytes) else body.encode("utf-8"))


def sign(
    message: bytes,
    *,
    domain: str,
    selector: str = "s",
    key: str = "rsa-2048",
    algorithm: str | None = None,
    headers: Sequence[str] = HEADERS,
    canonicalization: str | None = "relaxed/relaxed",
    length: int | None = None,
    timestamp: int | None = SIGNED_AT,
    expires: int | None = None,
    identity: str | None = None,
    extra: Extra = None,
    fold: bool = True,
) -> bytes:
    """The message (CRLF) with a DKIM-Signature on top.

    ``headers`` is h= (name one more often than it occurs to oversign it); ``length`` is l=, counted
    in octets of the canonical body; ``expires`` and ``timestamp`` are Unix times; ``extra`` adds
    tags or replaces their values (``{"v": "2"}``). An ``algorithm`` of None fits the key;
    ``canonicalization`` of None leaves c= out, which means simple/simple.
    """
    message = _crlf(message)
    algorithm = algorithm or _algorithm(key)
    digest = _digest(algorithm)
    style = (canonicalization or "simple/simple").split("/")
    header_style, body_style = style[0], style[1] if len(style) > 1 else "simple"
    body = canonical_body(message.partition(b"\r\n\r\n")[2], body_style)
    tags: dict[str, str | None] = {
        "v": "1",
        "a": algorithm,
        "c": canonicalization,
        "d": domain,
        "s": selector,
        "i": identity,
        "l": None if length is None else str(length),
        "t": None if timestamp is None else str(timestamp),
        "x": None if expires is None else str(expires),
        "h": ":".join(headers),
        "bh": _base64(hashlib.new(digest, body[:length]).digest()),
    }
    field = _unsigned_field("DKIM-Signature", tags | dict(extra or {}), fold)
    chosen = _chosen(message, headers)
    return _finished(field, chosen, header_style, key=key, digest=digest, fold=fold) + message


def seal(
    message: bytes,
    *,
    domain: str,
    selector: str = "arc",
    key: str = "rsa-2048",
    results: str = "mx.list.example; dkim=pass header.d=bank.example",
    cv: str | None = None,
    instance: int | None = None,
    headers: Sequence[str] = (*HEADERS, "dkim-signature"),
    canonicalization: str | None = "relaxed/relaxed",
    timestamp: int | None = SIGNED_AT,
    message_tags: Extra = None,
    seal_tags: Extra = None,
    only_newest: bool = False,
    fold: bool = True,
) -> bytes:
    """The message with one more ARC set on top (RFC 8617, 5.1).

    ``instance`` counts on from the sets that are there; ``cv`` is ``none`` for the first and
    ``pass`` for the others. ``message_tags`` and ``seal_tags`` add or replace tags of
    ARC-Message-Signature and ARC-Seal. ``only_newest`` seals this set alone, as for cv=fail.
    """
    message = _crlf(message)
    digest = _digest(_algorithm(key))
    instance = instance or 1 + sum(_name(f) == "arc-seal" for f in _fields(message))
    style = (canonicalization or "relaxed/relaxed").split("/")
    body = canonical_body(message.partition(b"\r\n\r\n")[2], style[1])
    common: dict[str, str | None] = {
        "i": str(instance),
        "a": _algorithm(key),
        "d": domain,
        "s": selector,
        "t": None if timestamp is None else str(timestamp),
    }
    results_field = f"ARC-Authentication-Results: i={instance}; {results}\r\n".encode()
    tags = common | {
        "c": canonicalization,
        "h": ":".join(headers),
        "bh": _base64(hashlib.new(digest, body).digest()),
    }
    field = _unsigned_field("ARC-Message-Signature", tags | dict(message_tags or {}), fold)
    signature = _finished(
        field, _chosen(message, headers), style[0], key=key, digest=digest, fold=fold
    )
    message = signature + results_field + message

    tags = common | {"cv": cv or ("none" if instance == 1 else "pass")}
    field = _unsigned_field("ARC-Seal", tags | dict(seal_tags or {}), fold)
    sealed = _arc_fields(message, instance, only_newest)
    return _finished(field, sealed, "relaxed", key=key, digest=digest, fold=fold) + message


def key_text(key: str = "rsa-2048", *, bare: bool = False, **tags: str | None) -> str:
    """A key record (RFC 6376, 3.6.1). Tags are added or replaced; None leaves one out.

    ``key_text(t="y")``, ``key_text(p="")`` (revoked), ``key_text(v=None, k=None)``.
    """
    all_tags: dict[str, str | None] = {
        "v": "DKIM1",
        "k": "ed25519" if key in keys.ED25519 else "rsa",
        "p": keys.public_base64(key, bare=bare),
    }
    all_tags |= tags
    if "p" not in tags:
        all_tags["p"] = all_tags.pop("p")
    return "; ".join(f"{name}={value}" for name, value in all_tags.items() if value is not None)


def key_record(
    domain: str,
    selector: str = "s",
    key: str = "rsa-2048",
    *,
    bare: bool = False,
    **tags: str | None,
) -> Record:
    """For ``ZoneResolver``: ``{"s._domainkey.bank.example": {"TXT": ["v=DKIM1; …"]}}``."""
    return {f"{selector}._domainkey.{domain}": {"TXT": [key_text(key, bare=bare, **tags)]}}


def canonical_body(body: bytes, style: str) -> bytes:
    """RFC 6376, 3.4.3 and 3.4.4."""
    if style == "relaxed":
        lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
        body = b"\r\n".join(lines)
    body = re.sub(rb"(?:\r\n)+\Z", b"", body)
    if not body and style == "relaxed":
        return b""
    return body + b"\r\n"


def canonical_field(field: bytes, style: str) -> bytes:
    """RFC 6376, 3.4.1 and 3.4.2; the field ends in CRLF."""
    if style == "simple":
        return field
    name, _, value = field.partition(b":")
    value = re.sub(rb"[ \t]+", b" ", value.replace(b"\r\n", b"")).strip(b" ")
    return name.strip(b" \t").lower() + b":" + value + b"\r\n"


def _unsigned_field(name: str, tags: Mapping[str, str | None], fold: bool) -> bytes:
    between = ";\r\n\t" if fold else "; "
    text = between.join(f"{tag}={value}" for tag, value in tags.items() if value is not None)
    return f"{name}: {text}{between}b=".encode()


def _finished(
    field: bytes, signed: Iterable[bytes], style: str, *, key: str, digest: str, fold: bool
) -> bytes:
    last = canonical_field(field + b"\r\n", style)[:-2]
    data = b"".join(canonical_field(f, style) for f in signed) + last
    value = _base64(keys.signed(key, data, digest))
    step = 64 if fold else len(value)
    pieces = [value[i : i + step] for i in range(0, len(value), step)]
    return field + "\r\n\t ".join(pieces).encode("ascii") + b"\r\n"


def _fields(message: bytes) -> list[bytes]:
    top = message.partition(b"\r\n\r\n")[0] + b"\r\n"
    return re.findall(rb"[^ \t\r][^\r]*\r\n(?:[ \t][^\r]*\r\n)*", top)


def _name(field: bytes) -> str:
    return field.partition(b":")[0].strip().decode("latin-1").lower()


def _chosen(message: bytes, headers: Sequence[str]) -> list[bytes]:
    """The fields that h= names, each name from the bottom up (RFC 6376, 5.4.2)."""
    left = _fields(message)[::-1]
    chosen = []
    for wanted in headers:
        for field in left:
            if _name(field) == wanted.strip().lower():
                chosen.append(field)
                left.remove(field)
                break
    return chosen


def _arc_fields(message: bytes, newest: int, only_newest: bool) -> list[bytes]:
    order = ("arc-authentication-results", "arc-message-signature", "arc-seal")
    found: dict[tuple[int, int], bytes] = {}
    for field in _fields(message):
        match = re.search(rb"[:;\s]i\s*=\s*(\d+)", field)
        if _name(field) in order and match:
            found.setdefault((int(match[1]), order.index(_name(field))), field)
    oldest = newest if only_newest else 1
    return [field for (i, _), field in sorted(found.items()) if oldest <= i <= newest]


def _algorithm(key: str) -> str:
    return "ed25519-sha256" if key in keys.ED25519 else "rsa-sha256"


def _digest(algorithm: str) -> str:
    return "sha1" if algorithm.endswith("sha1") else "sha256"


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _crlf(message: bytes) -> bytes:
    return re.sub(rb"\r?\n", b"\r\n", message)
