"""Addresses of links, read as browsers read them (WHATWG URL), never opened, never looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from secassist.facts.domains import to_ascii
from secassist.facts.hosts import hosts

_SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]{0,30}):")
_IGNORED: Final = re.compile(r"[\t\r\n]")
_HEAD: Final = re.compile(r"[^/?#]*(?:[/\\\t\r\n]{0,8}[^/?#]*)?")
_EDGES: Final = "".join(map(chr, range(33))) + "\u00a0\u200b\ufeff"
_AUTHORITY: Final = re.compile(r"[^/?#]*")
_PORT: Final = re.compile(r":(\d{0,5})$")
_BARE_HOST: Final = re.compile(r"(?:[\w-]{1,63}\.){1,10}[a-zA-Z]{2,24}(?=[/:?#]|$)")
_WEB: Final = frozenset({"http", "https", "ftp"})
_PORTS: Final = {"http": 80, "https": 443, "ftp": 21}
_IP_PARTS: Final = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}\.?", re.I)
_PLAIN_IP: Final = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_MAX_LENGTH: Final = 4_096
_MAX_UNWRAPS: Final = 3
# Where redirectors and link guards keep the address that they lead to.
_TARGETS: Final = re.compile(
    r"[?&;](?:url|u|q|a|to|target|dest|destination|redirect|redirect_uri|redirect_url|redir|link"
    r"|goto|continue|next|r|adurl|ref|href|location|out|returnurl)=([^&;#]+)",
    re.IGNORECASE,
)
_INSIDE_PATH: Final = re.compile(r"https?(?::|%3a)(?:/|%2f){1,2}[^\s]+", re.IGNORECASE)
_GUARD_V3: Final = re.compile(r"/v3/__(.+?)__;")


@dataclass(frozen=True, slots=True)
class Url:
    """An address, taken apart."""

    text: str
    """As written, characters that browsers ignore taken out."""
    scheme: str = ""
    """Lower case; empty for what leads nowhere by itself."""
    host: str = ""
    """A-labels, or an IP address in its usual form, or as written where it is neither."""
    port: int | None = None
    path: str = ""
    """With query and fragment."""
    odd: frozenset[str] = field(default_factory=frozenset)
    """Codes of what was done to mislead: ``userinfo``, ``control``, ``backslash``,
    ``escaped-host``, ``odd-number``, ``ip-address``, ``port``, ``punycode``."""

    @property
    def is_web(self) -> bool:
        return self.scheme in _WEB and bool(self.host)


@lru_cache(maxsize=2_048)
def read_url(written: str, base: str = "") -> Url:
    """Take an address apart. Never raises; linear. ``base`` is that of the HTML, if it has one."""
    text = written[:_MAX_LENGTH].strip(_EDGES)
    odd = set()
    if _IGNORED.search(text):
        # Long addresses are often broken into lines; before the path a break is a trick.
        head = _HEAD.match(text)
        if head and _IGNORED.search(head[0]):
            odd.add("control")
        text = _IGNORED.sub("", text)
    match = _SCHEME.match(text)
    if match:
        scheme, rest = match[1].lower(), text[match.end() :]
    elif text.startswith(("//", "\\\\", "/\\", "\\/")):
        scheme, rest = "https", text
    elif _BARE_HOST.match(text) and not base:
        scheme, rest = "http", text
    elif base and base != written and not text.startswith("#"):
        return read_url(base.partition("?")[0].rstrip("/") + "/" + text.lstrip("/"))
    else:
        return Url(text)
    if match and scheme not in _WEB and scheme not in ("hxxp", "hxxps"):
        # "example.com:8080/x" has no scheme, though it looks like one.
        if "." not in scheme:
            return Url(text, scheme, path=rest)
        scheme, rest = "http", text
    return _web(text, scheme.replace("hxxp", "http"), rest, odd)


def _web(text: str, scheme: str, rest: str, odd: set[str]) -> Url:
    rest = rest.replace("[.]", ".")
    if "\\" in rest.split("?", 1)[0]:
        head, mark, tail = rest.partition("?")
        rest = head.replace("\\", "/") + mark + tail
        odd.add("backslash")
    rest = rest.lstrip("/")  # browsers take any number of slashes
    authority = _AUTHORITY.match(rest)
    where = authority[0] if authority else ""
    path = rest[len(where) :] or "/"
    if "@" in where:
        where = where.rpartition("@")[2]
        odd.add("userinfo")
    port = None
    numbered = _PORT.search(where)
    if numbered:
        where = where[: numbered.start()]
        port = int(numbered[1]) if numbered[1] else None
        if port not in (None, 80, 443, _PORTS[scheme]):
            odd.add("port")
    if "%" in where:
        where = unquote(where)
        odd.add("escaped-host")
    return Url(text, scheme, _host(where, odd), port, path, frozenset(odd))


def _host(where: str, odd: set[str]) -> str:
    lower = where.strip(".").lower()
    if lower.startswith("["):
        odd.add("ip-address")
        return lower
    if _IP_PARTS.fullmatch(lower):
        dotted = _number(lower)
        if dotted is not None:
            odd.add(
                "ip-address" if _PLAIN_IP.fullmatch(lower) and dotted == lower else "odd-number"
            )
            return dotted
    name = to_ascii(where)
    if name is None:
        return lower[:253]
    if "xn--" in name:
        odd.add("punycode")
    return name


def _number(text: str) -> str | None:
    """The IPv4 address that browsers make of ``2130706433``, ``0x7f.1``, ``0177.0.0.1``."""
    values = []
    for part in text.rstrip(".").split("."):
        base = 16 if part.startswith("0x") else 8 if part.startswith("0") and len(part) > 1 else 10
        digits = part[2:] if base == 16 else part
        try:
            values.append(int(digits or "0", base) if len(digits) <= 16 else 1 << 32)
        except ValueError:
            return None
    *front, last = values
    if any(v > 255 for v in front) or last >= 256 ** (5 - len(values)):
        return None
    number = last + sum(v << (8 * (3 - i)) for i, v in enumerate(front))
    return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))


def unwrap(url: Url) -> tuple[Url, tuple[str, ...]]:
    """Where the address leads as far as it says so itself, and through which hosts.

    Redirectors, link guards of mail security, and click counters often carry the real target.
    """
    through: list[str] = []
    for _ in range(_MAX_UNWRAPS):
        if not url.is_web:
            break
        inner = _target(url)
        if inner is None:
            break
        through.append(url.host)
        url = inner
    return url, tuple(through)


def _target(url: Url) -> Url | None:
    guard = url.host in hosts().link_guards
    if not guard and not hosts().is_redirector(url.host, url.path):
        return None
    if guard:
        wrapped = _GUARD_V3.search(url.path)
        if wrapped:
            return _web_or_none(wrapped[1])
    for match in _TARGETS.finditer(url.path):
        value = unquote(match[1])
        if guard and "%" not in match[1] and re.match(r"https?-3a", value, re.IGNORECASE):
            value = unquote(value.replace("-", "%").replace("_", "/"))
        inner = _web_or_none(value)
        if inner is not None:
            return inner
    inside = _INSIDE_PATH.search(url.path)
    return _web_or_none(unquote(inside[0])) if inside else None


def _web_or_none(text: str) -> Url | None:
    if not text.lower().startswith(("http:", "https:", "//")):
        return None
    url = read_url(text)
    return url if url.is_web else None
