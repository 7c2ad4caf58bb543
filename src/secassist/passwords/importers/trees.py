"""Lists in JSON: Bitwarden, 1Password (1PUX), Proton Pass, Enpass, Keeper, Dashlane, FIDO's CXF.

A format is a function that tells whether it knows the object, and one that walks through it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import quote, urlencode

from secassist.passwords.credential import Credential
from secassist.passwords.importers import collect
from secassist.passwords.importers.collect import Collector
from secassist.passwords.importers.fields import Whole, mapping, objects, text, texts
from secassist.passwords.importers.tables import moment

_BITWARDEN_LOGIN: Final = "1"
_ONEPASSWORD: Final = ("001", "005")  # sign-ins, and passwords alone
_TRASHED: Final = "2"  # Proton's state of an item in the bin


def bitwarden(whole: Whole, collector: Collector) -> None:
    """``items`` of a plain export; ``encrypted`` is opened elsewhere."""
    folders = {text(one, "id"): text(one, "name") for one in objects(whole.get("folders"))}
    for item in objects(whole.get("items")):
        login = mapping(item.get("login"))
        if text(item, "type") != _BITWARDEN_LOGIN:
            collector.skip(collect.NOTE)
        elif item.get("deletedDate"):
            collector.skip(collect.IN_THE_BIN)
        elif login.get("fido2Credentials") and not text(login, "password"):
            collector.skip(collect.PASSKEY)
        else:
            changed = text(login, "passwordRevisionDate") or text(item, "revisionDate")
            collector.add(
                Credential(
                    text(item, "name").strip(),
                    text(login, "username").strip(),
                    text(login, "password"),
                    tuple(filter(None, (text(uri, "uri") for uri in objects(login.get("uris"))))),
                    folders.get(text(item, "folderId"), ""),
                    moment(changed),
                    text(login, "totp").strip(),
                )
            )


def onepassword(whole: Whole, collector: Collector) -> None:
    """``export.data`` of a 1PUX archive."""
    for account in objects(whole.get("accounts")):
        for vault in objects(account.get("vaults")):
            folder = text(mapping(vault.get("attrs")), "name")
            for entry in objects(vault.get("items")):
                _onepassword_item(mapping(entry.get("item")) or entry, folder, collector)


def _onepassword_item(item: Whole, folder: str, collector: Collector) -> None:
    overview, details = mapping(item.get("overview")), mapping(item.get("details"))
    if text(item, "categoryUuid") not in _ONEPASSWORD:
        collector.skip(collect.NOTE)
        return
    if item.get("state") == "trashed" or item.get("trashed") is True:
        collector.skip(collect.IN_THE_BIN)
        return
    filled = {
        text(field, "designation"): text(field, "value")
        for field in objects(details.get("loginFields"))
    }
    password = filled.get("password") or text(details, "password")
    if not password and details.get("passkey"):
        collector.skip(collect.PASSKEY)
        return
    values = [
        mapping(field.get("value"))
        for section in objects(details.get("sections"))
        for field in objects(section.get("fields"))
    ]
    listed = [text(one, "url") for one in objects(overview.get("urls"))]
    collector.add(
        Credential(
            text(overview, "title").strip(),
            filled.get("username", "").strip(),
            password,
            tuple(dict.fromkeys(filter(None, (text(overview, "url"), *listed)))),
            folder,
            moment(text(item, "updatedAt")),
            next(filter(None, (text(value, "totp").strip() for value in values)), ""),
        )
    )


def proton(whole: Whole, collector: Collector) -> None:
    """``data.json`` of a Proton Pass archive."""
    for vault in objects(whole.get("vaults")):
        for item in objects(vault.get("items")):
            data = mapping(item.get("data"))
            content = mapping(data.get("content"))
            if data.get("type") != "login":
                collector.skip(collect.NOTE)
            elif text(item, "state") == _TRASHED:
                collector.skip(collect.IN_THE_BIN)
            elif content.get("passkeys") and not text(content, "password"):
                collector.skip(collect.PASSKEY)
            else:
                collector.add(
                    Credential(
                        text(mapping(data.get("metadata")), "name").strip(),
                        text(content, "itemUsername", "itemEmail", "username").strip(),
                        text(content, "password"),
                        texts(content.get("urls")),
                        text(vault, "name"),
                        moment(text(item, "modifyTime")),
                        text(content, "totpUri").strip(),
                    )
                )


def enpass(whole: Whole, collector: Collector) -> None:
    """Items with a list of typed fields; an item may have several passwords, the first counts."""
    for item in objects(whole.get("items")):
        if item.get("trashed"):
            collector.skip(collect.IN_THE_BIN)
            continue
        filled: dict[str, str] = {}
        changed = text(item, "updated_at")
        for field in objects(item.get("fields")):
            kind, value = text(field, "type"), text(field, "value")
            if value and not field.get("deleted") and kind not in filled:
                filled[kind] = value
                if kind == "password":
                    changed = text(field, "value_updated_at") or changed
        if "password" not in filled and text(item, "category") not in ("login", "password"):
            collector.skip(collect.NOTE)
            continue
        user = filled.get("username") or filled.get("email") or ""
        collector.add(
            Credential(
                text(item, "title").strip(),
                user.strip(),
                filled.get("password", ""),
                (filled["url"],) if "url" in filled else (),
                changed_at=moment(changed),
                code=filled.get("totp", "").strip(),
            )
        )


def dashlane(whole: Whole, collector: Collector) -> None:
    """``AUTHENTIFIANT``: the sign-ins; the other lists hold cards, addresses and the like."""
    for item in objects(whole.get("AUTHENTIFIANT")):
        collector.add(
            Credential(
                text(item, "title").strip(),
                text(item, "login", "secondaryLogin", "email").strip(),
                text(item, "password"),
                tuple(filter(None, (text(item, "url", "domain").strip(),))),
                text(item, "category"),
                moment(text(item, "modificationDatetime", "lastPasswordChangeDatetime")),
                text(item, "otpSecret", "otpUrl").strip(),
            )
        )
    for name, items in whole.items():
        for _ in objects(items) if name != "AUTHENTIFIANT" else ():
            collector.skip(collect.NOTE)


def keeper(whole: Whole, collector: Collector) -> None:
    """``records``."""
    for record in objects(whole.get("records")):
        custom = mapping(record.get("custom_fields"))
        folders = [text(one, "folder") for one in objects(record.get("folders"))]
        collector.add(
            Credential(
                text(record, "title").strip(),
                text(record, "login").strip(),
                text(record, "password"),
                (text(record, "login_url"),) if text(record, "login_url") else (),
                next(iter(folders), ""),
                moment(text(record, "last_modified")),
                _keeper_code(custom),
            )
        )


def _keeper_code(custom: Whole) -> str:
    named = (name for name in custom if "otp" in name.lower() or "oneTimeCode" in name)
    return next(filter(None, (text(custom, name).strip() for name in named)), "")


def cxf(whole: Whole, collector: Collector) -> None:
    """FIDO Alliance, Credential Exchange Format 1.0: items with several credentials each."""
    for account in objects(whole.get("accounts")):
        for item in objects(account.get("items")):
            credentials = list(objects(item.get("credentials")))
            kinds = [text(one, "type") for one in credentials]
            if "basic-auth" not in kinds:
                collector.skip(collect.PASSKEY if "passkey" in kinds else collect.NOTE)
            for credential in credentials:
                if credential.get("type") == "basic-auth":
                    _basic_auth(item, credential, _cxf_code(credentials), collector)


def _basic_auth(item: Whole, credential: Whole, code: str, collector: Collector) -> None:
    urls = texts(mapping(item.get("scope")).get("urls")) or texts(credential.get("urls"))
    collector.add(
        Credential(
            text(item, "title").strip(),
            text(mapping(credential.get("username")), "value").strip(),
            text(mapping(credential.get("password")), "value"),
            urls,
            changed_at=moment(text(item, "modifiedAt")),
            code=code,
        )
    )


def _cxf_code(credentials: Iterable[Whole]) -> str:
    """As an address; CXF writes its parts one by one."""
    for one in credentials:
        if one.get("type") == "totp" and text(one, "secret"):
            named = {"secret": text(one, "secret"), "issuer": text(one, "issuer"),
                     "algorithm": text(one, "algorithm").upper(), "digits": text(one, "digits"),
                     "period": text(one, "period")}  # fmt: skip
            filled = urlencode({name: value for name, value in named.items() if value})
            return f"otpauth://totp/{quote(text(one, 'username'))}?{filled}"
    return ""


def _has(kind: type, *keys: str) -> Callable[[Whole], bool]:
    return lambda whole: all(isinstance(whole.get(key), kind) for key in keys)


def _has_vaults(whole: Whole) -> bool:
    return any("vaults" in account for account in objects(whole.get("accounts")))


def _is_enpass(whole: Whole) -> bool:
    items = list(objects(whole.get("items")))[:100]
    if any("login" in item or "secureNote" in item or "card" in item for item in items):
        return False  # Bitwarden's own fields are called so, too
    return any(isinstance(item.get("fields"), list) for item in items)


def _is_cxf(whole: Whole) -> bool:
    return "exporterRpId" in whole or any("items" in one for one in objects(whole.get("accounts")))


Fits = Callable[[Whole], bool]
Read = Callable[[Whole, Collector], None]
# The most telling marks first.
FORMATS: Final[tuple[tuple[str, Fits, Read], ...]] = (
    ("1password", _has_vaults, onepassword),
    ("cxf", _is_cxf, cxf),
    ("proton", _has(dict, "vaults"), proton),
    ("keeper", _has(list, "records"), keeper),
    ("dashlane", _has(list, "AUTHENTIFIANT"), dashlane),
    ("enpass", lambda whole: "encrypted" not in whole and _is_enpass(whole), enpass),
    ("bitwarden", _has(list, "items"), bitwarden),
)
