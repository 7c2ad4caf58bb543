"""1Password's older export, 1PIF: one object of JSON a line, with lines of asterisks between them.

Two shapes: ``secureContents`` (1Password 4 to 7 on a Mac), and ``details`` with ``overview`` (on
Windows, where the items are as they lie in the vault).
"""

from __future__ import annotations

import json
from typing import Any, Final

from secassist.base.errors import UnusableInput
from secassist.passwords.credential import Credential, Listing
from secassist.passwords.importers import collect
from secassist.passwords.importers.collect import Collector
from secassist.passwords.importers.fields import Whole, mapping, objects, text
from secassist.passwords.importers.source import DAMAGED
from secassist.passwords.importers.tables import moment

FORMAT: Final = "1password-1pif"
_MARK: Final = "\n***"
_SIGN_INS: Final = ("webforms.WebForm", "passwords.Password", "001", "005")


def fits(text_: str) -> bool:
    """Are there objects, with lines of asterisks between them?"""
    return text_.lstrip()[:1] == "{" and _MARK in text_


def read(text_: str) -> Listing:
    """All accounts. Raises UnusableInput for a line that is cut off."""
    collector = Collector(FORMAT)
    for line in text_.split("\n"):  # no other end of a line: JSON may hold U+2028 as it is
        if line.startswith("{"):
            _take(_object(line), collector)
        elif line.strip() and not line.startswith("***"):
            raise UnusableInput(DAMAGED)
    return collector.listing()


def _object(line: str) -> Whole:
    try:
        return mapping(json.loads(line))
    except (ValueError, RecursionError):
        raise UnusableInput(DAMAGED) from None


def _take(item: Whole, collector: Collector) -> None:
    contents = mapping(item.get("secureContents")) or mapping(item.get("details"))
    overview = mapping(item.get("overview"))
    kind = text(item, "typeName", "category", "categoryUUID")
    if item.get("trashed") is True:
        collector.skip(collect.IN_THE_BIN)
        return
    filled = {
        text(field, "designation"): text(field, "value")
        for field in reversed(list(objects(contents.get("fields"))))
    }
    password = filled.get("password") or text(contents, "password")
    if kind not in _SIGN_INS and not password:
        collector.skip(collect.NOTE)
        return
    listed = [*objects(contents.get("URLs")), *objects(overview.get("URLs"))]
    urls = (text(item, "location"), *(text(one, "url", "u") for one in listed))
    collector.add(
        Credential(
            (text(item, "title") or text(overview, "title")).strip(),
            (filled.get("username") or text(contents, "username")).strip(),
            password,
            tuple(dict.fromkeys(filter(None, urls))),
            changed_at=moment(text(item, "updatedAt", "updated")),
            code=_code(contents),
        )
    )


def _code(contents: Whole) -> str:
    fields: list[Any] = [
        field
        for section in objects(contents.get("sections"))
        for field in objects(section.get("fields"))
    ]
    named = (text(field, "v") for field in fields if text(field, "n").startswith("TOTP_"))
    return next(filter(None, (value.strip() for value in named)), "")
