"""What a person sees of an HTML mail, and what it lets them click, in one linear pass.

Not a browser: it knows enough of HTML (WHATWG, section 13.2) to separate shown from hidden text
and to find addresses. Every step moves forward, so time grows with the size alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from secassist.base.limits import MAX_LINKS, MAX_TEXT

_OPENING: Final = re.compile(r"<(?=[a-zA-Z/!?])")
_TAG: Final = re.compile(
    r"<(/?)([a-zA-Z][^\s/>]*+)"
    r"((?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+)>"
)
_ATTRIBUTE: Final = re.compile(
    r"([^\s/>=\"'][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]*+)))?+"
)
# Nothing hides without one of these in its tag; a look for plain words is many times faster than
# taking every tag apart.
_HINTS: Final = (
    *("none", "hidden", "transparent", "opacity", "indent", "mso-hide", "max-height"),
    *("font-size:0", "font-size: 0", "font-size:1p", "font-size: 1p", "font-size :"),
)
_GONE: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|(?<![\w-])color\s*:\s*transparent|opacity\s*:\s*0(?:\.0+)?\s*(?:[;!]|$)"
    r"|text-indent\s*:\s*-\d{3,}|max-height\s*:\s*0(?:px|em|pt)?\s*(?:[;!]|$)",
    re.IGNORECASE,
)
# Layout tables set the size of boxes to nothing to close gaps, and set it again inside: there
# it hides nothing. Only on the elements that carry text does it count.
_TINY: Final = re.compile(r"font-size\s*:\s*[01](?:\.\d+)?(?:px|pt|em|%)?\s*(?:[;!]|$)", re.I)
_COLOUR: Final = re.compile(r"(?<![\w-])color\s*:\s*([^;]+)", re.IGNORECASE)
_BACKGROUND: Final = re.compile(r"background(?:-color)?\s*:\s*([^;]+)", re.IGNORECASE)

_RAW: Final = frozenset({"script", "style", "title", "textarea", "xmp", "noembed", "noframes"})
_VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_INLINE: Final = frozenset(
    ("a", "abbr", "b", "big", "em", "font", "i", "p", "s", "small", "span", "strong", "sub", "u")
)
_BLOCK: Final = frozenset(
    "address article blockquote body br center dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr"
    " li main nav ol p pre section table tbody tr ul".split()
)
_CELL: Final = frozenset({"td", "th"})
_MAX_TAG_NAME: Final = 32
_MAX_ALTS: Final = 100
_MAX_TAGS: Final = 12_000  # a long newsletter has two thousand
_MAX_INSIDE: Final = 8_192  # of a tag; longer ones hold whole pictures
_MAX_STYLE: Final = 1_024
_MAX_SHOWN: Final = 300_000  # characters; a book chapter


@dataclass(frozen=True, slots=True)
class Anchor:
    """One place to click: what is shown, and the address as it is written there."""

    shown: str
    href: str
    image_alt: str = ""
    """What the pictures inside say of themselves, where the link is a picture."""


@dataclass(frozen=True, slots=True)
class HtmlText:
    """What an HTML text shows, hides and lets people click."""

    text: str = ""
    hidden: str = ""
    anchors: tuple[Anchor, ...] = ()
    alts: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    """Where forms send what is typed; empty string for a form without an address."""
    asks_password: bool = False
    active: frozenset[str] = frozenset()
    """Elements that no honest mail needs: ``script``, ``iframe``, ``refresh``, …"""
    base: str = ""
    cut: bool = False
    """The text ran into a limit; what came after it was not read."""


def extract(source: str) -> HtmlText:
    """Read HTML. Never raises; what cannot be understood is left out. Linear in time."""
    reader = _Reader(source[:MAX_TEXT])
    reader.run()
    return reader.result(cut=len(source) > MAX_TEXT)


def attributes(text: str) -> dict[str, str]:
    """The attributes in the inside of a tag; names lower case, references decoded, first wins."""
    found: dict[str, str] = {}
    for match in islice(_ATTRIBUTE.finditer(text[:_MAX_INSIDE]), 64):
        name = match[1].lower()
        if name not in found:
            value = next((v for v in match.group(2, 3, 4) if v is not None), "")
            found[name] = html.unescape(value)
    return found


def _may_hide(inside: str) -> bool:
    if "=" not in inside and "hidden" not in inside:
        return False
    lower = inside[:_MAX_INSIDE].lower()
    if any(hint in lower for hint in _HINTS):
        return True
    return lower.count("color") > 1 or ("color" in lower and "background" in lower)


def _hides(tag: str, attrs: dict[str, str]) -> bool:
    style = attrs.get("style", "")[:_MAX_STYLE]
    if "hidden" in attrs or _GONE.search(style):
        return True
    if tag in _INLINE and _TINY.search(style):
        return True
    colour = _COLOUR.search(style)
    back = _BACKGROUND.search(style)
    front = colour[1] if colour else attrs.get("color", "")
    behind = back[1] if back else attrs.get("bgcolor", "")
    return bool(front) and _same_colour(front, behind)


def _same_colour(one: str, other: str) -> bool:
    def plain(value: str) -> str:
        value = value.lower().replace("!important", "").strip()
        value = {"white": "#ffffff", "black": "#000000"}.get(value, value)
        if len(value) == 4 and value[0] == "#":
            value = "#" + "".join(c * 2 for c in value[1:])
        return value

    return plain(one) == plain(other)


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.shown: list[str] = []
        self.concealed: list[str] = []
        self.anchors: list[Anchor] = []
        self.alts: list[str] = []
        self.forms: list[str] = []
        self.active: set[str] = set()
        self.asks_password = False
        self.base = ""
        self.hiding = ""  # the element that hides what it holds …
        self.depth = 0  # … and how many of its kind are open
        self.href: str | None = None
        self.link_text: list[str] = []
        self.link_alts: list[str] = []
        self.tags = 0
        self.starts: dict[str, Callable[[dict[str, str]], None]] = {
            "a": self.start_link,
            "area": self.area,
            "img": self.image,
            "form": lambda attrs: self.forms.append(attrs.get("action", "").strip()),
            "input": self.field,
            "base": self.set_base,
            "meta": self.meta,
            "svg": lambda attrs: self.active.add("svg"),
        }
        for name in ("script", "iframe", "object", "embed", "applet"):
            self.starts[name] = self.note(name)

    def note(self, name: str) -> Callable[[dict[str, str]], None]:
        return lambda attrs: self.active.add(name)

    def run(self) -> None:
        source, position, end = self.source, 0, len(self.source)
        while position < end and self.tags < _MAX_TAGS:
            opening = _OPENING.search(source, position)
            if opening is None:
                self.say(source[position:])
                break
            at = opening.start()
            if at > position:
                self.say(source[position:at])
            self.tags += 1
            position = self.markup(at)
        self.end_link()

    def markup(self, at: int) -> int:
        """Read what starts at ``<``; the position after it."""
        source = self.source
        if source.startswith("<!--", at):
            close = source.find("-->", at + 2)  # ``<!-->`` is a whole comment
            return len(source) if close < 0 else close + 3
        following = source[at + 1 : at + 2]
        if following in "!?" and following:
            close = source.find(">", at)
            return len(source) if close < 0 else close + 1
        match = _TAG.match(source, at)
        if match is None:
            letter = source[at + 1 : at + 3].lstrip("/")[:1]
            if letter.isascii() and letter.isalpha():
                return len(source)  # the end came inside a tag: browsers drop it
            self.say("<")
            return at + 1
        closing, name, inside = match.group(1, 2, 3)
        tag = name[:_MAX_TAG_NAME].lower()
        if closing:
            self.close(tag)
            return match.end()
        self.open(tag, inside)
        if tag in _RAW:
            return self.skip_raw(tag, match.end())
        return match.end()

    def skip_raw(self, tag: str, at: int) -> int:
        close = re.compile(f"</{tag}\\b", re.IGNORECASE).search(self.source, at)
        return len(self.source) if close is None else close.start()

    def open(self, tag: str, inside: str) -> None:
        self.gap(tag)
        starts = self.starts.get(tag)
        styled = tag not in _VOID and _may_hide(inside)
        attrs = attributes(inside) if starts or styled else {}
        if self.hiding:
            if tag == self.hiding and not inside.endswith("/"):
                self.depth += 1
        elif styled and tag not in ("body", "html") and _hides(tag, attrs):
            self.hiding, self.depth = tag, 1
        if starts:
            starts(attrs)

    def close(self, tag: str) -> None:
        self.gap(tag)
        if tag == "a":
            self.end_link()
        if tag == self.hiding:
            self.depth -= 1
            if self.depth <= 0:
                self.hiding = ""

    def gap(self, tag: str) -> None:
        if tag in _BLOCK:
            self.say("\n")
        elif tag in _CELL:
            self.say(" ")

    def say(self, text: str) -> None:
        (self.concealed if self.hiding else self.shown).append(text)
        if self.href is not None and not self.hiding:
            self.link_text.append(text)

    def start_link(self, attrs: dict[str, str]) -> None:
        self.end_link()
        self.href = attrs.get("href")

    def end_link(self) -> None:
        if self.href and len(self.anchors) < MAX_LINKS:
            shown = " ".join(html.unescape("".join(self.link_text)[:1_000]).split())
            self.anchors.append(Anchor(shown, self.href, " ".join(self.link_alts)))
        self.href = None
        self.link_text, self.link_alts = [], []

    def area(self, attrs: dict[str, str]) -> None:
        if attrs.get("href") and len(self.anchors) < MAX_LINKS:
            self.anchors.append(Anchor(attrs.get("alt", ""), attrs["href"]))

    def image(self, attrs: dict[str, str]) -> None:
        alt = " ".join(attrs.get("alt", "").split())[:200]
        if alt and not self.hiding and len(self.alts) < _MAX_ALTS:
            self.alts.append(alt)
            if self.href is not None:
                self.link_alts.append(alt)

    def field(self, attrs: dict[str, str]) -> None:
        self.asks_password |= attrs.get("type", "").lower() == "password"

    def set_base(self, attrs: dict[str, str]) -> None:
        self.base = self.base or attrs.get("href", "").strip()

    def meta(self, attrs: dict[str, str]) -> None:
        if attrs.get("http-equiv", "").lower() == "refresh" and "url" in attrs.get("content", ""):
            self.active.add("refresh")

    def result(self, *, cut: bool) -> HtmlText:
        return HtmlText(
            text=_tidy(self.shown),
            hidden=_tidy(self.concealed),
            anchors=tuple(self.anchors),
            alts=tuple(self.alts),
            forms=tuple(self.forms[:20]),
            asks_password=self.asks_password,
            active=frozenset(self.active),
            base=self.base,
            cut=cut or len(self.anchors) >= MAX_LINKS or self.tags >= _MAX_TAGS,
        )


_BLANKS: Final = re.compile(r"[ \t\r\f\v\u00a0\u2007\u202f]+")
_LINES: Final = re.compile(r" ?\n[\n ]*")


def _tidy(pieces: list[str]) -> str:
    # Line breaks of the source are blanks in HTML; ours are the only ones that stand alone.
    flat = "".join(p if p == "\n" else p.replace("\n", " ") for p in pieces)[:_MAX_SHOWN]
    return _LINES.sub("\n", _BLANKS.sub(" ", html.unescape(flat))).strip()
