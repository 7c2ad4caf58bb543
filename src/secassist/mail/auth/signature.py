"""Signature fields, read and checked before any key is asked for (RFC 6376, 3.5 and 6.1.1)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from secassist.mail.auth import tags as tag_list
from secassist.mail.auth.canonical import Style
from secassist.mail.auth.reasons import Reason
from secassist.mail.fields import Field

DKIM_TAGS = ("v", "a", "b", "bh", "d", "h", "s")
MESSAGE_SIGNATURE_TAGS = ("i", "a", "b", "bh", "d", "s")  # and h=, which may be empty
SEAL_TAGS = ("i", "a", "b", "cv", "d", "s")  # RFC 8617, 4.1.3
CHAIN_STATUSES = ("none", "pass", "fail")

ALGORITHMS = {"rsa-sha256": "rsa", "ed25519-sha256": "ed25519"}
"""What ``a=`` may be, and the type of key that it needs."""

SHA256_OCTETS = 32

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"  # with the underscores that people use
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_SELECTOR = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_NUMBER = re.compile(r"[0-9]{1,76}")  # so long a time is one that never comes
_INSTANCE = re.compile(r"[0-9]{1,3}")
MAX_NAME = 253


@dataclass(frozen=True, slots=True)
class Signature:
    """One DKIM-Signature, ARC-Message-Signature or ARC-Seal field.

    Where ``defect`` is set the field cannot be verified, and the rest is what could still be read.
    """

    field: Field
    tags: Mapping[str, str]
    defect: Reason = Reason.NONE
    algorithm: str = ""
    domain: str = ""
    """``d=`` in lower case, U-labels as A-labels (RFC 8616)."""
    selector: str = ""
    identity: str = ""
    """``i=``, or ``@`` and the domain where there is none; empty in ARC."""
    headers: tuple[str, ...] = ()
    """``h=`` in lower case, in order and with repetitions."""
    header_style: Style = Style.SIMPLE
    body_style: Style = Style.SIMPLE
    length: int | None = None
    timestamp: int | None = None
    expires: int | None = None
    body_hash: bytes = b""
    value: bytes = b""
    """The signature itself, ``b=``."""
    instance: int = 0
    """``i=`` of an ARC field, 1 to 999; 0 where it is none."""

    @property
    def key_name(self) -> str:
        """The DNS name of its key (RFC 6376, 3.6.2.1)."""
        return f"{self.selector}._domainkey.{self.domain}"

    @property
    def key_type(self) -> str:
        return ALGORITHMS[self.algorithm]


def dkim(signature: Field) -> Signature:
    """Read a DKIM-Signature field."""
    read = _read(signature, DKIM_TAGS, Style.SIMPLE)
    tags = read.tags
    if read.defect is Reason.MALFORMED:
        return read
    if tags["v"] != "1":
        return replace(read, defect=Reason.VERSION)
    if read.defect:
        return read
    if "from" not in read.headers:
        return replace(read, defect=Reason.FROM_NOT_SIGNED)
    identity = tag_list.without_blanks(tags.get("i", f"@{read.domain}"))  # may hold folds, 2.11
    local, at, host = identity.rpartition("@")
    domain = _name(host, _DOMAIN)
    read = replace(read, identity=f"{local}@{domain}" if domain else identity)
    if not at or not domain:
        return replace(read, defect=Reason.MALFORMED)
    if domain != read.domain and not domain.endswith("." + read.domain):
        return replace(read, defect=Reason.IDENTITY)
    return read


def message_signature(signature: Field) -> Signature:
    """Read an ARC-Message-Signature field (RFC 8617, 4.1.2).

    As in the public test suite, c= is relaxed/relaxed where it is missing, and h= may be empty or
    name other ARC fields, only not ARC-Seal.
    """
    read = _read(signature, MESSAGE_SIGNATURE_TAGS, Style.RELAXED)
    if not read.defect and ("h" not in read.tags or "arc-seal" in read.headers):
        return replace(read, defect=Reason.MALFORMED)
    return _with_instance(read)


def seal(signature: Field) -> Signature:
    """Read an ARC-Seal field (RFC 8617, 4.1.3). Its ``cv=`` is in ``tags``."""
    read = _read(signature, SEAL_TAGS, Style.RELAXED)
    if not read.defect and ("h" in read.tags or read.tags["cv"] not in CHAIN_STATUSES):
        return replace(read, defect=Reason.MALFORMED)
    return _with_instance(read)


def identity_domain(signature: Signature) -> str:
    """The domain of ``i=``."""
    return signature.identity.rpartition("@")[2]


def _with_instance(read: Signature) -> Signature:
    return read if read.instance or read.defect else replace(read, defect=Reason.MALFORMED)


def _read(signature: Field, required: tuple[str, ...], style: Style) -> Signature:
    tags = tag_list.parse(signature.value)
    if tags is None:
        return Signature(signature, {}, Reason.MALFORMED)
    domain = _name(tags.get("d", ""), _DOMAIN)
    selector = _name(tags.get("s", ""), _SELECTOR)
    styles = _styles(tags.get("c"), style)
    names = tuple(name.lower() for name in tag_list.colon_list(tags.get("h", "")))
    read = Signature(
        signature,
        tags,
        algorithm=tags.get("a", ""),
        domain=domain,
        selector=selector,
        headers=names,
        header_style=styles[0] if styles else style,
        body_style=styles[1] if styles else style,
        length=_number(tags.get("l"), _NUMBER),
        timestamp=_number(tags.get("t"), _NUMBER),
        expires=_number(tags.get("x"), _NUMBER),
        body_hash=_base64(tags.get("bh", "")),
        value=_base64(tags.get("b", "")),
        instance=_number(tags.get("i"), _INSTANCE) or 0,
    )
    defect = _defect(read, required, styles is not None)
    return replace(read, defect=defect) if defect else read


def _defect(read: Signature, required: tuple[str, ...], canonicalization_known: bool) -> Reason:
    tags = read.tags
    malformed = (
        any(not tags.get(name) for name in required)
        or not read.domain
        or not read.selector
        or len(read.key_name) > MAX_NAME
        or not read.value
        or ("bh" in required and len(read.body_hash) != SHA256_OCTETS and tags["a"] in ALGORITHMS)
        or any(
            name in tags and number is None
            for name, number in (("l", read.length), ("t", read.timestamp), ("x", read.expires))
        )
    )
    if malformed:
        return Reason.MALFORMED
    if tags["a"] == "rsa-sha1":
        return Reason.SHA1
    if tags["a"] not in ALGORITHMS:
        return Reason.ALGORITHM
    if not canonicalization_known:
        return Reason.CANONICALIZATION
    if "q" in tags and "dns/txt" not in tag_list.colon_list(tags["q"]):
        return Reason.QUERY
    if read.timestamp is not None and read.expires is not None and read.expires <= read.timestamp:
        return Reason.TIMESTAMPS
    return Reason.NONE


def _styles(value: str | None, default: Style) -> tuple[Style, Style] | None:
    """``c=``: header style, then body style, which is simple unless named (RFC 6376, 3.5)."""
    if value is None:
        return default, default
    header, slash, body = value.partition("/")
    try:
        return Style(header), Style(body) if slash else Style.SIMPLE
    except ValueError:
        return None


def _name(value: str, form: re.Pattern[str]) -> str:
    """A domain name in lower case with A-labels; empty where it is none."""
    if not value.isascii():
        import idna  # noqa: PLC0415 (large, and seldom needed)

        try:
            value = idna.encode(value).decode("ascii")
        except idna.IDNAError:
            return ""
    value = value.lower()
    return value if form.fullmatch(value) and len(value) <= MAX_NAME else ""


def _number(value: str | None, form: re.Pattern[str]) -> int | None:
    return int(value) if value is not None and form.fullmatch(value) else None


def _base64(value: str) -> bytes:
    """The octets of a base64 value that may hold blanks; empty where it is none."""
    try:
        return base64.b64decode(tag_list.without_blanks(value).encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return b""
