"""What servers wrote about a mail: Authentication-Results (RFC 8601) and its relatives.

Only reading: whether a line can be believed is decided in ``mail.trust``. The reader takes what
real servers write: no name at the start (Microsoft 365), the value wrapped in encoded words, a
missing semicolon, an address where a domain belongs, white space anywhere. Also the value of
ARC-Authentication-Results (RFC 8617, 4.1.1), which begins with the set's number.

Everything a server copies from the mail (addresses, selectors, domains) is the sender's text. So a
result that began without a semicolon before it is marked, and so is every sign that the sender's
text may have broken out of a comment or a quoted string: see ``oddities``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from secassist.base.limits import MAX_FIELD
from secassist.facts.domains import to_ascii
from secassist.mail import encoded_words
from secassist.mail.auth.cfws import Reader

MAX_RESULTS: Final = 100  # results of one field
MAX_PROPERTIES: Final = 100  # properties of one result

_INSTANCE = re.compile(r"i\s*+=\s*+[0-9]{1,4}\s*+;", re.ASCII | re.IGNORECASE)
_NAME = re.compile(r"[a-z0-9_.+-]++", re.ASCII | re.IGNORECASE)
_DOTTED_KEY = re.compile(r"(?:[\w-]++\.[\w-]++|reason)\s*+=", re.ASCII | re.IGNORECASE)
_VERSION = re.compile(r"[0-9]{1,4}(?=[\s;(]|\Z)", re.ASCII)
_WHOLLY_ENCODED = re.compile(
    r"\s*+(?:=\?[^?\s]{1,60}\?[bq]\?[^?\s]*+\?=\s*+)++", re.ASCII | re.IGNORECASE
)

# Methods that may begin a result even where the semicolon before them was forgotten.
_METHODS: Final = frozenset(
    {"arc", "auth", "bimi", "compauth", "dkim", "dkim-adsp", "dkim-atps", "dmarc", "dnswl"}
    | {"domainkeys", "iprev", "sender-id", "smime", "spf"}
)
_DOMAIN_OF: Final = {
    "bimi": ("header.d",),
    "dkim": ("header.d", "header.i"),
    "dkim-adsp": ("header.from",),
    "dmarc": ("header.from",),
    "domainkeys": ("header.d", "header.from", "header.sender"),
    "sender-id": ("header.from", "header.sender"),
    "spf": ("smtp.mailfrom", "smtp.mail", "smtp.from", "smtp.helo"),
}


@dataclass(frozen=True, slots=True)
class MethodResult:
    """One ``method=result`` with what was said about it."""

    method: str
    """Lower case, without a version."""
    result: str
    """Lower case, as written: RFC 8601's words, and others (``bestguesspass``, ``test``)."""
    reason: str = ""
    comment: str = ""
    """The comments after the result, joined by a blank."""
    properties: tuple[tuple[str, str], ...] = ()
    """``ptype.property`` (or a bare name) in lower case, and the value as written."""
    separated: bool = True
    """False where no semicolon stood before it: then it may be a piece of the sender's text."""

    def prop(self, name: str) -> str | None:
        """The first value of that property, ``None`` if there is none."""
        return next((value for key, value in self.properties if key == name), None)

    @property
    def domain(self) -> str | None:
        """The domain that this result is about, in A-labels; ``None`` if unknown or contradictory.

        dkim: ``header.d``, else that of ``header.i`` · spf: ``smtp.mailfrom``, else the HELO name ·
        dmarc: ``header.from``. An address stands for its domain.
        """
        for name in _DOMAIN_OF.get(self.method, ()):
            domains = {_domain_in(value) for key, value in self.properties if key == name}
            domains.discard(None)
            if domains:
                return domains.pop() if len(domains) == 1 else None
        return None


@dataclass(frozen=True, slots=True)
class AuthenticationResults:
    """One field: who says so, and what."""

    authserv_id: str | None
    """The name of the server as written; ``None`` where it wrote none."""
    results: tuple[MethodResult, ...] = ()
    version: int | None = None
    instance: int | None = None
    """The number of the ARC set (``i=``); ``None`` in Authentication-Results."""
    nothing_done: bool = False
    """It says ``none``: no check was done (RFC 8601, 2.2)."""
    oddities: tuple[str, ...] = ()
    """Sorted codes: ``unclosed-comment``, ``unclosed-quote``, ``half-quote-in-comment``,
    ``comment-in-word``, ``junk`` (text that is none of it), ``too-long`` and ``too-many`` (not all
    was read), ``encoded``."""

    def all(self, method: str) -> tuple[MethodResult, ...]:
        """Every result of that method, in order."""
        return tuple(r for r in self.results if r.method == method)


def parse(value: str) -> AuthenticationResults:
    """Read the value of one (ARC-)Authentication-Results field, folded or not. Never raises."""
    early = set()
    if len(value) > MAX_FIELD:
        value = value[:MAX_FIELD]
        early.add("too-long")
    if _WHOLLY_ENCODED.fullmatch(value):
        value = encoded_words.decode(value.encode("ascii", "replace")).text
        early.add("encoded")
    return _Line(value, early).read()


class _Draft:
    """A result that is still being read."""

    def __init__(self, method: str, result: str, separated: bool) -> None:
        self.method = method.partition("/")[0].strip().lower()
        self.result = result.lower()
        self.separated = separated
        self.reason = ""
        self.comments: list[str] = []
        self.properties: list[tuple[str, str]] = []

    def done(self) -> MethodResult:
        return MethodResult(
            self.method,
            self.result,
            self.reason,
            " ".join(self.comments),
            tuple(self.properties),
            self.separated,
        )


class _Line:
    """One value, read from left to right."""

    def __init__(self, value: str, oddities: set[str]) -> None:
        self.reader = Reader(value)
        self.reader.oddities |= oddities
        self.drafts: list[_Draft] = []
        self.current: _Draft | None = None
        self.nothing_done = False

    def read(self) -> AuthenticationResults:
        reader = self.reader
        reader.skip()
        instance = reader.take(_INSTANCE)
        reader.skip()
        key = self._key()
        authserv_id, version = (None, None) if key else self._name()
        separated = authserv_id is None
        while True:
            if key:
                self._pair(key, separated)
                separated = False
            self._skip()
            if reader.ended:
                break
            if reader.next == ";":
                reader.at += 1
                self.current, separated, key = None, True, ""
            elif not (key := self._key()):
                self._word(named=authserv_id is not None)
        return AuthenticationResults(
            authserv_id,
            tuple(draft.done() for draft in self.drafts),
            version,
            int(instance.split("=")[1].strip(" \t\r\n;")) if instance else None,
            self.nothing_done,
            tuple(sorted(reader.oddities)),
        )

    def _name(self) -> tuple[str | None, int | None]:
        """The authserv-id and its version; nothing where a result stands in its place."""
        reader = self.reader
        if reader.ended or reader.next == ";":
            return None, None
        name = reader.word()
        reader.skip()
        if name.lower() == "none" and (reader.ended or reader.next == ";"):
            self.nothing_done = True
            return None, None
        version = reader.take(_VERSION)
        return name, int(version) if version else None

    def _key(self) -> str:
        """What stands before an equals sign, the sign passed too; empty (and no step) if nothing.

        ``method``, ``method/version`` or ``ptype.property``, with white space and comments between
        all of these (RFC 8601, 2.2).
        """
        reader = self.reader
        start = reader.at
        key = reader.take(_NAME)
        reader.skip()
        if key and reader.next in {"/", "."}:
            key += reader.next
            reader.at += 1
            reader.skip()
            key += reader.take(_NAME)
            reader.skip()
        if key and reader.next == "=":
            reader.at += 1
            return key
        reader.at = start
        return ""

    def _skip(self) -> None:
        """Pass white space and comments; these belong to the current result."""
        comments = self.reader.skip()
        if self.current:
            self.current.comments.extend(comments)

    def _pair(self, key: str, separated: bool) -> None:
        """``key = value``: a new result, or something about the current one."""
        value = self._after_equals()
        name = key.lower()
        if "." not in name and (self.current is None or name in _METHODS):
            if len(self.drafts) == MAX_RESULTS:
                self.reader.oddities.add("too-many")
                self.current = None
                return
            self.current = _Draft(name, value, separated)
            self.drafts.append(self.current)
        elif self.current is None:
            self.reader.oddities.add("junk")
        elif name == "reason":
            self.current.reason = value
        elif len(self.current.properties) == MAX_PROPERTIES:
            self.reader.oddities.add("too-many")
        else:
            self.current.properties.append((name, value))

    def _after_equals(self) -> str:
        reader = self.reader
        before = reader.at
        self._skip()
        if reader.at > before and _DOTTED_KEY.match(reader.text, reader.at):
            return ""  # "smtp.mailfrom= header.from=…": nothing was given
        return reader.word()

    def _word(self, named: bool) -> None:
        """A word that is no pair: ``none``, a recipient's domain, or junk.

        Microsoft 365, which names no server, once wrote the recipient's domain between results.
        """
        word = self.reader.word()
        if self.current is None and word.lower() == "none":
            self.nothing_done = True
        elif self.current is not None or named or to_ascii(word) is None:
            self.reader.oddities.add("junk")


def _domain_in(value: str) -> str | None:
    """The domain of an address, or the domain itself; ``none`` (Microsoft 365) is none."""
    name = value.strip("<>").rpartition("@")[2]
    return None if name.lower() == "none" else to_ascii(name)
