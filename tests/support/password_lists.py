"""Exports of password managers, made here: the same three accounts in every format."""

from __future__ import annotations

import base64
import csv
import hashlib
import hmac
import io
import json
import os
import zipfile
from collections.abc import Sequence
from typing import Any

from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

Account = tuple[str, str, str, str]
ACCOUNTS: Sequence[Account] = (
    ("Mail", "https://mail.example.com/login", "anna@example.com", 'Gr"uen, 2024!'),
    ("Größe & Co", "https://shop.example.net", "anna", "  spaces kept  "),
    ("Forum", "http://forum.example.org", "", "пароль;123"),
)
FILE_PASSWORD = "correct horse battery"
NOTE = "two lines\nwith, a comma"


def table(
    head: str, rows: Sequence[Sequence[str]], *, end: str = "\r\n", delimiter: str = ","
) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=end, delimiter=delimiter)
    if head:
        writer.writerow(head.split(","))
    writer.writerows(rows)
    return out.getvalue()


def filled(head: str, **columns: str) -> str:
    """A table whose columns are filled from the accounts: column name → field or constant."""
    names = head.split(",")
    fields = {"title": 0, "url": 1, "user": 2, "password": 3}

    def cell(account: Account, name: str) -> str:
        wanted = columns.get(name, "")
        return account[fields[wanted]] if name != "type" and wanted in fields else wanted

    rows = [[cell(account, name) for name in names] for account in ACCOUNTS]
    return table(head, rows)


_PLAIN = {"url": "url", "username": "user", "password": "password"}
TABLES: dict[str, str] = {
    "chrome": filled("name,url,username,password,note", name="title", note=NOTE, **_PLAIN),
    "firefox": filled(
        "url,username,password,httpRealm,formActionOrigin,guid,timeCreated,timeLastUsed,"
        "timePasswordChanged",
        timePasswordChanged="1700000000000",
        **_PLAIN,
    ),
    "apple": filled(
        "Title,URL,Username,Password,Notes,OTPAuth",
        Title="title", URL="url", Username="user", Password="password", Notes=NOTE,
    ),
    "bitwarden": filled(
        "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,"
        "login_totp",
        type="login", name="title", notes=NOTE, login_uri="url", login_username="user",
        login_password="password",
    ),
    "1password": filled(
        "Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes",
        Title="title", Url="url", Username="user", Password="password",
    ),
    "lastpass": filled(
        "url,username,password,totp,extra,name,grouping,fav", name="title", extra=NOTE, **_PLAIN
    ),
    "dashlane": filled(
        "username,username2,username3,title,password,note,url,category,otpUrl",
        title="title", note=NOTE, **_PLAIN,
    ),
    "proton": filled(
        "type,name,url,email,username,password,note,totp,createTime,modifyTime,vault",
        type="login", name="title", **_PLAIN,
    ),
    "keepassxc": filled(
        "Group,Title,Username,Password,URL,Notes,TOTP,Icon,Last Modified,Created",
        Group="Root", Title="title", URL="url", Username="user", Password="password", Notes=NOTE,
    ),
    "keepass": filled(
        "Account,Login Name,Password,Web Site,Comments",
        **{"Account": "title", "Login Name": "user", "Password": "password", "Web Site": "url"},
    ),
    "nordpass": filled(
        "name,url,additional_urls,username,password,note,cardholdername,cardnumber,cvc,pin,"
        "expirydate,zipcode,folder,full_name,phone_number,email,address1,address2,city,country,"
        "state,type,custom_fields",
        name="title", type="password", **_PLAIN,
    ),
    "roboform": filled(
        "Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2",
        Name="title", Url="url", Login="user", Pwd="password",
    ),
    "keeper": table(
        "",
        [["Work", title, user, password, url, NOTE, ""] for title, url, user, password in ACCOUNTS],
    ),
    "enpass": table(
        "",
        [
            [title, "Username", user, "E-mail", "", "Password", password, "URL", url, "note"]
            for title, url, user, password in ACCOUNTS
        ],
    ),
}  # fmt: skip


def bitwarden(**extra: Any) -> dict[str, Any]:
    items: list[dict[str, Any]] = [
        {"type": 1, "name": title, "login": {"uris": [{"match": None, "uri": url}],
         "username": user or None, "password": password, "totp": None},
         "revisionDate": "2024-03-01T10:00:00.000Z", "deletedDate": None, "folderId": "f"}
        for title, url, user, password in ACCOUNTS
    ]  # fmt: skip
    others: list[dict[str, Any]] = [
        {"type": 2, "name": "note", "secureNote": {"type": 0}},
        {"type": 1, "name": "key", "login": {"password": None, "fido2Credentials": [{}]}},
        {"type": 1, "name": "gone", "deletedDate": "2024-03-01T10:00:00.000Z",
         "login": {"password": "x"}},
    ]  # fmt: skip
    folders = [{"id": "f", "name": "Work"}]
    return {"encrypted": False, "folders": folders, "items": items + others, **extra}


def bitwarden_encrypted() -> dict[str, Any]:
    salt = "c2FsdCBvZiBhIHRlc3Q="
    master = hashlib.pbkdf2_hmac("sha256", FILE_PASSWORD.encode(), salt.encode(), 5_000, 32)
    enc, mac = (HKDFExpand(hashes.SHA256(), 32, info).derive(master) for info in (b"enc", b"mac"))

    def box(plain: bytes) -> str:
        iv = os.urandom(16)
        padder = padding.PKCS7(128).padder()
        encryptor = Cipher(algorithms.AES(enc), modes.CBC(iv)).encryptor()
        data = encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()
        parts = (iv, data, hmac.digest(mac, iv + data, "sha256"))
        return "2." + "|".join(base64.b64encode(part).decode() for part in parts)

    return {
        "encrypted": True, "passwordProtected": True, "salt": salt, "kdfType": 0,
        "kdfIterations": 5_000, "encKeyValidation_DO_NOT_EDIT": box(b"any"),
        "data": box(json.dumps(bitwarden()).encode()),
    }  # fmt: skip


def onepassword() -> dict[str, Any]:
    items = [
        {"categoryUuid": "001", "state": "active", "updatedAt": 1700000000,
         "overview": {"title": title, "url": url, "urls": [{"label": "", "url": url}]},
         "details": {"loginFields": [
             {"designation": "username", "value": user, "fieldType": "T"},
             {"designation": "password", "value": password, "fieldType": "P"}], "sections": []}}
        for title, url, user, password in ACCOUNTS
    ]  # fmt: skip
    items.append({"categoryUuid": "003", "overview": {"title": "a note"}, "details": {}})
    vault = {"attrs": {"name": "Work"}, "items": items}
    return {"accounts": [{"attrs": {}, "vaults": [vault]}]}


def proton() -> dict[str, Any]:
    items = [
        {"state": 1, "modifyTime": 1700000000,
         "data": {"type": "login", "metadata": {"name": title},
         "content": {"itemEmail": "", "itemUsername": user, "password": password,
                     "urls": [url], "totpUri": "", "passkeys": []}}}
        for title, url, user, password in ACCOUNTS
    ]  # fmt: skip
    items.append({"data": {"type": "note", "metadata": {"name": "n"}, "content": {}}})
    return {"version": "1.21", "userId": "u", "vaults": {"id": {"name": "Work", "items": items}}}


def enpass() -> dict[str, Any]:
    items = [
        {"title": title, "category": "login", "trashed": 0, "updated_at": 1700000000, "fields": [
            {"type": "username", "value": user}, {"type": "email", "value": ""},
            {"type": "password", "value": password, "value_updated_at": 1600000000},
            {"type": "url", "value": url}, {"type": "totp", "value": ""}]}
        for title, url, user, password in ACCOUNTS
    ]  # fmt: skip
    items.append({"title": "card", "category": "creditcard", "trashed": 0, "fields": []})
    return {"folders": [], "items": items}


def keeper() -> dict[str, Any]:
    records = [
        {"title": title, "login": user, "password": password, "login_url": url, "notes": NOTE}
        for title, url, user, password in ACCOUNTS
    ]
    return {"shared_folders": [], "records": records}


def cxf() -> dict[str, Any]:
    items = [
        {"id": "i", "creationAt": 1600000000, "modifiedAt": 1700000000, "title": title,
         "scope": {"urls": [url], "androidApps": []}, "credentials": [{"type": "basic-auth",
          "username": {"fieldType": "string", "value": user},
          "password": {"fieldType": "concealed-string", "value": password}}]}
        for title, url, user, password in ACCOUNTS
    ]  # fmt: skip
    items.append({"title": "key", "credentials": [{"type": "passkey", "rpId": "example.com"}]})
    account = {"id": "a", "username": "", "email": "", "collections": [], "items": items}
    return {"version": {"major": 1, "minor": 0}, "exporterRpId": "example.com",
            "exporterDisplayName": "x", "timestamp": 1700000000, "accounts": [account]}  # fmt: skip


def keepass_xml() -> str:
    from xml.sax.saxutils import escape

    def entry(account: Account) -> str:
        title, url, user, password = map(escape, account)
        fields = {"Title": title, "URL": url, "UserName": user, "Password": password}
        strings = "".join(
            f"<String><Key>{key}</Key><Value>{value}</Value></String>"
            for key, value in fields.items()
        )
        old = "<Entry><String><Key>Password</Key><Value>old</Value></String></Entry>"
        times = "<Times><LastModificationTime>2024-03-01T10:00:00Z</LastModificationTime></Times>"
        return f"<Entry>{times}{strings}<History>{old}</History></Entry>"

    entries = "".join(map(entry, ACCOUNTS))
    binned = "<Group><UUID>bin</UUID><Name>Bin</Name>" + entry(ACCOUNTS[0]) + "</Group>"
    return (
        '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<KeePassFile>'
        "<Meta><RecycleBinUUID>bin</RecycleBinUUID></Meta>"
        f"<Root><Group><UUID>r</UUID><Name>Root</Name>{entries}{binned}</Group></Root></KeePassFile>"
    )


def zipped(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


TREES: dict[str, bytes] = {
    "bitwarden": json.dumps(bitwarden()).encode(),
    "1password": json.dumps(onepassword()).encode(),
    "proton": json.dumps(proton()).encode(),
    "enpass": json.dumps(enpass()).encode(),
    "keeper": json.dumps(keeper()).encode(),
    "cxf": json.dumps(cxf()).encode(),
}


def onepassword_1pif() -> str:
    """Three accounts in both shapes of a 1PIF, a note, and one in the bin."""
    (first, second, third) = ACCOUNTS

    def fields(user: str, password: str) -> list[dict[str, str]]:
        return [{"value": user, "designation": "username"},
                {"value": password, "designation": "password"}]  # fmt: skip

    items: list[dict[str, Any]] = [
        {"typeName": "webforms.WebForm", "title": first[0], "location": first[1],
         "updatedAt": 1700000000,
         "secureContents": {"fields": fields(first[2], first[3]),
                            "sections": [{"fields": [{"n": "TOTP_1", "v": "otpauth://totp/x"}]}]}},
        {"category": "001", "hmac": "x",
         "overview": {"title": second[0], "URLs": [{"u": second[1]}]},
         "details": {"fields": fields(second[2], second[3]), "notesPlain": NOTE}},
        {"typeName": "passwords.Password", "title": third[0], "location": third[1],
         "secureContents": {"password": third[3]}},
        {"typeName": "securenotes.SecureNote", "title": "note", "secureContents": {}},
        {"typeName": "webforms.WebForm", "title": "gone", "trashed": True, "secureContents": {}},
    ]  # fmt: skip
    return "".join(
        f"{json.dumps(item)}\n***5642bee8-a5ff-11dc-8314-0800200c9a66***\n" for item in items
    )
