"""What a text looks like to the eye, whatever characters it is made of.

After the idea of Unicode Technical Standard 39 (confusable detection), with a small table of our
own: the letters of other scripts, and the digits, that stand for Latin letters in real mail.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

BIDI_OVERRIDE: Final = "\u202d\u202e"
_BIDI: Final = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_ZERO_WIDTH: Final = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u200b\u200c\u200d"
    "\u2060\u2061\u2062\u2063\u2064\u206a\u206b\u206c\u206d\u206e\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U0001d173-\U0001d17a\U000e0000-\U000e01ef"
)
_INVISIBLE: Final = re.compile(f"[{_BIDI}{_ZERO_WIDTH}]")
_HIDDEN_BETWEEN: Final = re.compile(f"(?<=[^\\W_])[{_ZERO_WIDTH}]+(?=[^\\W_])")
_OVERRIDDEN: Final = re.compile("\u202e([^\u202c\n]*)\u202c?")
# Letters with a stroke are accented ones that Unicode does not take apart; and NFKC would glue
# the letters of a trade mark to the name before it.
_STROKES: Final = str.maketrans(
    {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ß": "ss", "™": " ", "℠": " "}
)
_STROKED: Final = re.compile("[łŁđĐøØß™℠]")
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

# Each line: Latin letter, then characters that the eye takes for it. Lower and upper case apart
# only where the shapes differ; NFKC has already turned full-width, circled and mathematical
# letters into plain ones, and NFD has taken the accents off.
_LOOK_ALIKES: Final = """
a аɑαᴀⲁɐΑАᎪꓮⲀ
b ЬƄɓᏏᖯвʙΒВᏴꓐВⲂ
c сϲᴄⅽⲥСϹᏟꓚⲤ
d ԁɗᏧᑯⅾđɖᎠꓓᗪ
e еєҽɛεᴇℯϵⲉҿΕЕᎬꓰⲈ
f ƒẝꓝϜ
g ɡɢԍƍցᏀꓖԌ
h һհɦʜᏂΗНᎻꓧнⲎ
i іɩιıⅰɪᎥΙІꓲⲒ
j јʝϳͿЈᎫꓙ
k кᴋκҝĸΚКᏦꓗⲔ
l ӀӏⅼłʟᏞꓡⳐǀ
m мᴍⅿɱΜМᎷꓟⲘ
n пոռƞηɴηΝꓠⲚ
o оοօσᴏⲟഠဝΟОՕꓳⲞø
p рρᴘⲣþƿΡРᏢꓑⲢ
q ԛգզɋԚ
r гᴦʀɾгⲅᎡꓣᖇ
s ѕꜱʂЅՏᏚꓢ
t тτᴛŧΤТᎢꓔⲦ
u υսᴜʋцսՍꓴ
v νѵᴠⅴᏙѴꓦ
w ԝѡɯωᴡшԜᎳꓪ
x хχⅹΧХꓫⲬ
y уүγʏỿΥҮᎩꓬⲨУ
z ᴢʐʑΖᏃꓜⲌ
"""
_EXTRA: Final = {"ß": "ss", "æ": "ae", "œ": "oe", "ĳ": "ij", "ﬁ": "fi", "ю": "io"}


def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for line in _LOOK_ALIKES.split("\n"):
        latin, _, others = line.partition(" ")
        table.update({ord(other): latin for other in others})
    table.update({ord(given): latin for given, latin in _EXTRA.items()})
    # Squared, negative circled and regional-indicator letters, which NFKC leaves alone.
    for start in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6):
        table.update({start + i: chr(ord("a") + i) for i in range(26)})
    return table


_LATIN: Final = _table()
_DIGITS: Final = str.maketrans({"1": "l", "I": "l", "|": "l", "!": "l", "0": "o", "$": "s"})
_LEET: Final = str.maketrans({"3": "e", "5": "s", "4": "a", "@": "a", "7": "t", "8": "b", "9": "g"})


def strip_invisible(text: str) -> str:
    """The text without characters that take no room: zero width, direction, soft hyphen."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def show(text: str, limit: int = 200) -> str:
    """One line of plain text, fit for the screen: nothing invisible, no control characters."""
    bare = _CONTROL.sub(" ", strip_invisible(text[: limit * 4]))
    bare = " ".join(bare.split())
    return bare if len(bare) <= limit else bare[: limit - 1] + "…"


def hidden_marks(text: str) -> frozenset[str]:
    """What hides in a name or subject: ``bidi`` (an override), ``zero-width`` (inside a word).

    Direction *marks* and *isolates* are ordinary in right-to-left languages, joiners are in
    emoji and in several scripts; neither counts unless it splits a Latin word.
    """
    if text.isascii():
        return frozenset()
    marks = set()
    if any(c in text for c in BIDI_OVERRIDE):
        marks.add("bidi")
    for found in _HIDDEN_BETWEEN.finditer(text):
        before, after = text[found.start() - 1], text[found.end()]
        if before.isascii() or after.isascii():
            marks.add("zero-width")
            break
    return frozenset(marks)


def as_read(text: str) -> str:
    """The text in the order that the eye sees where a right-to-left override turns it round."""
    return _OVERRIDDEN.sub(lambda m: m.group(1)[::-1], text) if "\u202e" in text else text


def unaccented(text: str) -> str:
    """Compatibility forms made plain (NFKC), accents taken off; other scripts stay."""
    if text.isascii():
        return text
    if _STROKED.search(text):
        text = text.translate(_STROKES)
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", plain))


def latinised(text: str) -> str:
    """The text with every look-alike of a Latin letter replaced by that letter (lower case)."""
    if text.isascii():
        return text
    return unaccented(strip_invisible(as_read(text))).translate(_LATIN)


def skeleton(word: str) -> str:
    """What the word looks like: two words with one skeleton are mistaken for each other.

    ``paypaI``, ``paypa1`` and ``рaypal`` share theirs with ``paypal``; ``rnicrosoft`` with
    ``microsoft``. The word may be of any script and case; the answer is lower case.
    """
    plain = latinised(word).translate(_DIGITS).lower().translate(_LEET)
    return plain.replace("rn", "m").replace("vv", "w")


def mixes_scripts(word: str) -> bool:
    """Does one word mix Latin letters with Cyrillic, Greek, Armenian or Cherokee ones?"""
    return script_changes(word) > 0


def script_changes(word: str) -> int:
    """How often a word goes from Latin letters to Cyrillic (Greek, …) ones or back."""
    if word.isascii():
        return 0
    changes, before = 0, ""
    for c in strip_invisible(word):
        if c.isascii():
            script = "latin" if c.isalpha() else ""
        else:
            script = "other" if 0x370 <= ord(c) < 0x590 or 0x13A0 <= ord(c) < 0x1400 else ""
        if script:
            changes += before not in ("", script)
            before = script
    return changes
