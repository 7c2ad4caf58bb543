"""Settings as Android keeps them: XML with a ``<string>`` for each. XML is not parsed for it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from secassist.twofactor.importers.source import Damaged

_HEAD: Final = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<map>")
_END: Final = "</map>"
_STRING: Final = re.compile(r'<string name="([^"<>]*)">([^<]*)</string>')


def are_settings(text: str) -> bool:
    """Is it such a file?"""
    return bool(_HEAD.match(text))


def strings(text: str, format_name: str) -> Iterator[tuple[str, str]]:
    """Names and values, in their order. Raises Damaged where the file is cut off."""
    if not text.rstrip().endswith(_END):
        raise Damaged(format_name)
    for match in _STRING.finditer(text):
        yield html.unescape(match.group(1)), html.unescape(match.group(2))
