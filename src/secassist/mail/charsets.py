"""Bytes → text under a charset name that a stranger chose: never fails, never runs long."""

from __future__ import annotations

import codecs
import re

_KNOWN = re.compile(
    r"(?:us-?)?ascii|ansi_x3.*|utf-?(?:7|8|16|32)(?:-?[lb]e)?|latin-?\d+|iso-?ir-?\d+"
    r"|iso-?8859-?\d+(?:-[ei])?|(?:windows|cp|ibm|x-cp)-?\d+|koi8-?[rut]"
    r"|gb2312|gbk|gb18030|hz(?:-gb)?(?:-2312)?|big5(?:-?hkscs)?|euc-?(?:jp|kr|cn|tw)"
    r"|iso-?2022-?(?:jp|kr)(?:-\d)?|(?:x-)?s(?:hift)?-?jis|ks_?c_?5601(?:-1987)?|tis-?620"
    r"|mac(?:roman|intosh|-?\w{1,12})?"
)
"""Names of character sets. Python knows other codecs too (zlib, idna, punycode …), some of which
inflate or are quadratic; none of them may be chosen by a mail."""

_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""What is really meant by these names (the Encoding standard of the web, 4.2)."""


def decode(data: bytes, charset: str = "") -> tuple[str, bool]:
    """Decode ``data``; returns the text and whether the charset named was right for it.

    Without a charset, or under a wrong or unknown one: UTF-8 if the bytes are UTF-8, else
    Windows-1252 with undefined bytes replaced. Linear in time.
    """
    codec = _codec(charset)
    if codec is not None:
        try:
            return data.decode(codec), True
        except (UnicodeError, ValueError):
            pass
    try:
        return data.decode("utf-8"), not charset
    except UnicodeDecodeError:
        if codec in (None, "utf-8"):
            return data.decode("cp1252", "replace"), False
        return data.decode(codec, "replace"), False


def _codec(charset: str) -> str | None:
    name = charset.strip().lower().replace("_", "-")
    if not name or len(name) > 40 or not _KNOWN.fullmatch(name):
        return None
    for spelling in (name, name.removeprefix("x-"), name.replace("windows-", "cp")):
        try:
            found = codecs.lookup(spelling).name
        except LookupError:
            continue
        return _WIDER.get(found, found)
    return None
