"""Exports of other authenticators, written here from what is known of their formats."""

from __future__ import annotations

import base64
import csv
import hashlib
import hmac
import html
import io
import json
import os
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from nacl import bindings

from secassist.twofactor import base32, otpauth
from secassist.twofactor.account import Account, Algorithm, Kind

PASSWORD = "pässwörd with blanks"

ACCOUNTS = (
    Account(secret=b"1234567890", issuer="ACME", name="anna@example.com"),
    Account(secret=bytes(range(20)), issuer="Банк", name="анна", digits=8, period=60,
            algorithm=Algorithm.SHA256),
    Account(secret=b"\xff\xfe\x80\x7f" * 8, issuer="Big & Co", name="", digits=7,
            algorithm=Algorithm.SHA512),
    Account(secret=b"counted-secret-20byt", issuer="Count", name="er", kind=Kind.HOTP, counter=42),
    Account(secret=b"steam-secret-20bytes", issuer="Steam", name="player", kind=Kind.STEAM),
)  # fmt: skip
TIMED = tuple(a for a in ACCOUNTS if a.kind is Kind.TOTP)


def same(found: Sequence[Account], expected: Sequence[Account]) -> bool:
    """The same accounts in the same order."""
    return len(found) == len(expected) and all(
        a.is_duplicate_of(b) and a.counter == b.counter
        for a, b in zip(found, expected, strict=True)
    )


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _gcm(key: bytes, nonce: bytes, plain: bytes, aad: bytes | None = None) -> bytes:
    return AESGCM(key).encrypt(nonce, plain, aad)


def _argon2(password: str, salt: bytes, passes: int, kib: int, lanes: int) -> bytes:
    return hash_secret_raw(password.encode(), salt, passes, kib, lanes, 32, Type.ID)


def _cbc(key: bytes, iv: bytes, plain: bytes) -> bytes:
    padder = padding.PKCS7(128).padder()
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()


# Aegis


def aegis_database(accounts: Sequence[Account]) -> dict[str, Any]:
    entries = []
    for account in accounts:
        info: dict[str, Any] = {
            "secret": base32.encode(account.secret),
            "algo": account.algorithm,
            "digits": account.digits,
        }
        if account.kind is Kind.HOTP:
            info["counter"] = account.counter
        else:
            info["period"] = account.period
        entries.append(
            {
                "type": account.kind,
                "uuid": account.id,
                "name": account.name,
                "issuer": account.issuer,
                "note": "",
                "favorite": False,
                "icon": None,
                "info": info,
                "groups": [],
            }
        )
    return {"version": 3, "entries": entries, "groups": [], "icons_optimized": True}


def aegis(accounts: Sequence[Account] = ACCOUNTS) -> bytes:
    return _json(
        {
            "version": 1,
            "header": {"slots": None, "params": None},
            "db": aegis_database(accounts),
        }
    )


def aegis_encrypted(accounts: Sequence[Account] = ACCOUNTS, password: str = PASSWORD) -> bytes:
    return _aegis_with(accounts, password.encode(), repaired=True)


def aegis_before_repair(password: str) -> bytes:
    """As Aegis before 0.4.3 derived its keys: with the zeros at the end of Java's buffer."""
    data = password.encode()
    return _aegis_with(ACCOUNTS, data.ljust(int(len(password) * 1.1), b"\0"), repaired=False)


def _aegis_with(accounts: Sequence[Account], secret: bytes, *, repaired: bool) -> bytes:
    master, salt = os.urandom(32), os.urandom(32)
    key = hashlib.scrypt(secret, salt=salt, n=2**10, r=8, p=1, dklen=32)
    nonce, db_nonce = os.urandom(12), os.urandom(12)
    box = _gcm(key, nonce, master)
    database = _gcm(master, db_nonce, _json(aegis_database(accounts)))
    slot = {
        "type": 1,
        "uuid": "00000000-0000-4000-8000-000000000000",
        "key": box[:-16].hex(),
        "key_params": {"nonce": nonce.hex(), "tag": box[-16:].hex()},
        "n": 2**10,
        "r": 8,
        "p": 1,
        "salt": salt.hex(),
        "repaired": repaired,
        "is_backup": False,
    }
    biometric = {**slot, "type": 2, "salt": None}
    header = {
        "slots": [biometric, slot],
        "params": {"nonce": db_nonce.hex(), "tag": database[-16:].hex()},
    }
    return _json({"version": 1, "header": header, "db": _b64(database[:-16])})


# 2FAS


def two_fas_services(accounts: Sequence[Account], schema: int) -> list[dict[str, Any]]:
    services = []
    for place, account in enumerate(accounts):
        otp: dict[str, Any] = {
            "account": account.name,
            "digits": account.digits,
            "period": account.period,
            "algorithm": account.algorithm,
        }
        if schema >= 2:
            otp["counter"] = account.counter
            otp["tokenType"] = account.kind.upper()
        if schema >= 3:
            otp |= {"issuer": account.issuer, "label": account.name, "source": "Link"}
        services.append(
            {
                "name": account.issuer,
                "secret": base32.encode(account.secret),
                "updatedAt": 1,
                "otp": otp,
                "order": {"position": place},
            }
        )
    return services


def two_fas(schema: int) -> Callable[[], bytes]:
    accounts = ACCOUNTS if schema >= 2 else TIMED
    return lambda: _json(
        {
            "services": two_fas_services(accounts, schema),
            "groups": [],
            "updatedAt": 1,
            "schemaVersion": schema,
            "appVersionCode": 1,
        }
    )


def two_fas_encrypted(schema: int) -> Callable[[], bytes]:
    accounts = ACCOUNTS if schema >= 2 else TIMED

    def make() -> bytes:
        salt = os.urandom(256)
        key = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), salt, 10_000, 32)

        def box(plain: bytes) -> str:
            nonce = os.urandom(12)
            return f"{_b64(_gcm(key, nonce, plain))}:{_b64(salt)}:{_b64(nonce)}"

        return _json(
            {
                "services": [],
                "servicesEncrypted": box(_json(two_fas_services(accounts, schema))),
                "reference": box(b"a text that is known"),
                "schemaVersion": schema,
            }
        )

    return make


# andOTP


def and_otp() -> bytes:
    return _json(
        [
            {
                "secret": base32.encode(account.secret),
                "issuer": account.issuer,
                "label": account.name,
                "digits": account.digits,
                "type": account.kind.upper(),
                "algorithm": account.algorithm,
                "thumbnail": "Default",
                "tags": [],
                **(
                    {"counter": account.counter}
                    if account.kind is Kind.HOTP
                    else {"period": account.period}
                ),
            }
            for account in ACCOUNTS
        ]
    )


def and_otp_encrypted() -> bytes:
    salt, nonce, iterations = os.urandom(12), os.urandom(12), 1_500
    key = hashlib.pbkdf2_hmac("sha1", PASSWORD.encode(), salt, iterations, 32)
    return struct.pack(">I", iterations) + salt + nonce + _gcm(key, nonce, and_otp())


def and_otp_old_encrypted() -> bytes:
    nonce = b"\xff" + os.urandom(11)
    return nonce + _gcm(hashlib.sha256(PASSWORD.encode()).digest(), nonce, and_otp())


# Ente


def ente() -> bytes:
    display = "&codeDisplay=%7B%22pinned%22%3Atrue%2C%22note%22%3A%22my%20note%22%7D"
    return "\n".join(otpauth.write(account) + display for account in ACCOUNTS).encode()


def ente_encrypted() -> bytes:
    salt, passes, memory = os.urandom(16), 2, 8 * 1024 * 1024
    key = _argon2(PASSWORD, salt, passes, memory // 1024, 1)
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    header = bindings.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    box = bindings.crypto_secretstream_xchacha20poly1305_push(
        state, ente(), tag=bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
    )
    return _json(
        {
            "version": 1,
            "kdfParams": {"memLimit": memory, "opsLimit": passes, "salt": _b64(salt)},
            "encryptedData": _b64(box),
            "encryptionNonce": _b64(header),
        }
    )


# Bitwarden


def _bitwarden_totp(account: Account) -> str:
    if account.kind is Kind.STEAM:
        return f"steam://{base32.encode(account.secret)}"
    if account == ACCOUNTS[0]:
        return base32.encode(account.secret)
    return otpauth.write(account)


def bitwarden() -> bytes:
    items: list[dict[str, Any]] = [
        {
            "type": 1,
            "name": account.issuer,
            "login": {"username": account.name, "totp": _bitwarden_totp(account)},
        }
        for account in ACCOUNTS
    ]
    items.insert(1, {"type": 1, "name": "no code", "login": {"username": "x", "totp": None}})
    items.insert(1, {"type": 2, "name": "a note", "secureNote": {"type": 0}})
    return _json({"encrypted": False, "folders": [], "items": items})


def bitwarden_csv() -> bytes:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(
        "folder favorite type name notes fields reprompt login_uri login_username"
        " login_password login_totp".split()
    )
    for account in ACCOUNTS:
        row = ["", "", "login", account.issuer, "two\nlines", "", "0", "", account.name, "x"]
        table.writerow([*row, _bitwarden_totp(account)])
    table.writerow(["", "", "login", "no code", "", "", "0", "", "x", "x", ""])
    return out.getvalue().encode()


def bitwarden_encrypted(kdf: int) -> Callable[[], bytes]:
    def make() -> bytes:
        salt = _b64(os.urandom(16))
        settings: dict[str, Any] = {"kdfType": kdf, "kdfIterations": 5_000}
        if kdf == 0:
            master = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), salt.encode(), 5_000, 32)
        else:
            settings |= {"kdfIterations": 3, "kdfMemory": 16, "kdfParallelism": 4}
            digest = hashlib.sha256(salt.encode()).digest()
            master = _argon2(PASSWORD, digest, 3, 16 * 1024, 4)
        key, mac_key = (HKDFExpand(hashes.SHA256(), 32, i).derive(master) for i in (b"enc", b"mac"))

        def box(plain: bytes) -> str:
            iv = os.urandom(16)
            data = _cbc(key, iv, plain)
            mac = hmac.digest(mac_key, iv + data, "sha256")
            return f"2.{_b64(iv)}|{_b64(data)}|{_b64(mac)}"

        return _json(
            {
                "encrypted": True,
                "passwordProtected": True,
                "salt": salt,
                **settings,
                "encKeyValidation_DO_NOT_EDIT": box(b"00000000-0000-4000-8000-000000000000"),
                "data": box(bitwarden()),
            }
        )

    return make


# Proton


def proton() -> bytes:
    entries = []
    for account in (*TIMED, ACCOUNTS[4]):
        steam = account.kind is Kind.STEAM
        uri = _bitwarden_totp(account) if steam else otpauth.write(account)
        content = {"uri": uri, "entry_type": "Steam" if steam else "Totp", "name": account.name}
        entries.append({"id": account.id, "content": content, "note": "my note"})
    return _json({"version": 1, "entries": entries})


def proton_encrypted() -> bytes:
    salt, nonce = os.urandom(16), os.urandom(12)
    box = _gcm(
        _argon2(PASSWORD, salt, 2, 19 * 1024, 1), nonce, proton(), b"proton.authenticator.export.v1"
    )
    return _json({"version": 1, "salt": _b64(salt), "content": _b64(nonce + box)})


# FreeOTP+, Stratum, KeePassXC, Raivo


def freeotp() -> bytes:
    tokens = [
        {
            "algo": account.algorithm,
            "counter": account.counter,
            "digits": account.digits,
            "issuerExt": account.issuer,
            "issuerInt": "inside",
            "label": account.name,
            "period": account.period,
            "secret": [byte - 256 if byte > 127 else byte for byte in account.secret],
            "type": account.kind.upper(),
        }
        for account in ACCOUNTS[:4]
    ]
    return _json({"tokenOrder": [], "tokens": tokens})


def freeotp_xml() -> bytes:
    """The settings of FreeOTP, as Android keeps them."""
    tokens = json.loads(freeotp())["tokens"]
    lines = [
        f'    <string name="{html.escape(str(place))}">{html.escape(json.dumps(token))}</string>'
        for place, token in enumerate(tokens)
    ]
    order = '    <string name="tokenOrder">[&quot;0&quot;]</string>'
    head = "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>"
    return "\n".join([head, "<map>", order, *lines, "</map>"]).encode()


def stratum() -> bytes:
    entries = [
        {
            "Type": {Kind.HOTP: 1, Kind.TOTP: 2, Kind.STEAM: 4}[account.kind],
            "Icon": None,
            "Issuer": account.issuer,
            "Username": account.name or None,
            "Secret": base32.encode(account.secret),
            "Pin": None,
            "Algorithm": list(Algorithm).index(account.algorithm),
            "Digits": account.digits,
            "Period": account.period,
            "Counter": account.counter,
        }
        for account in ACCOUNTS
    ]
    return _json({"Authenticators": entries, "Categories": [], "CustomIcons": []})


def stratum_encrypted() -> bytes:
    salt, nonce = os.urandom(16), os.urandom(12)
    key = _argon2(PASSWORD, salt, 3, 64 * 1024, 4)
    return b"AUTHENTICATORPRO" + salt + nonce + _gcm(key, nonce, stratum())


def stratum_old_encrypted() -> bytes:
    salt, iv = os.urandom(20), os.urandom(16)
    key = hashlib.pbkdf2_hmac("sha1", PASSWORD.encode(), salt, 64_000, 32)
    return b"AuthenticatorPro" + salt + iv + _cbc(key, iv, stratum())


def keepassxc() -> bytes:
    out = io.StringIO()
    table = csv.writer(out, quoting=csv.QUOTE_ALL)
    table.writerow(
        "Group,Title,Username,Password,URL,Notes,TOTP,Icon,Last Modified,Created".split(",")
    )
    for account in TIMED:
        row = ["Root", account.issuer, account.name, "x", "", 'with "quotes"']
        table.writerow([*row, otpauth.write(account), "0", "", ""])
    table.writerow(["Root", "no code", "x", "x", "", "", "", "0", "", ""])
    return out.getvalue().encode()


def raivo_json() -> bytes:
    return _json(
        [
            {
                "issuer": account.issuer,
                "account": account.name,
                "secret": base32.encode(account.secret),
                "digits": str(account.digits),
                "timer": str(account.period),
                "counter": str(account.counter),
                "kind": account.kind.upper(),
                "algorithm": account.algorithm,
                "pinned": "false",
            }
            for account in ACCOUNTS[:4]
        ]
    )


def raivo() -> bytes:
    """The archive, with WinZip's AES (AE-2, 256 bits)."""
    plain = raivo_json()
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeeze.compress(plain) + squeeze.flush()
    salt = os.urandom(16)
    derived = hashlib.pbkdf2_hmac("sha1", PASSWORD.encode(), salt, 1_000, 66)
    stream = b"".join(
        Cipher(algorithms.AES(derived[:32]), modes.ECB())  # what WinZip's counter mode is made of
        .encryptor()
        .update((number + 1).to_bytes(16, "little"))
        for number in range(len(packed) // 16 + 1)
    )
    box = bytes(a ^ b for a, b in zip(packed, stream, strict=False))
    body = salt + derived[64:] + box + hmac.digest(derived[32:64], box, "sha1")[:10]
    name = b"raivo-otp-export.json"
    extra = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, 8)
    common = struct.pack(
        "<HHHHHIIIHH", 51, 1, 99, 0, 33, 0, len(body), len(plain), len(name), len(extra)
    )
    local = b"PK\x03\x04" + common + name + extra + body
    central = (
        b"PK\x01\x02" + struct.pack("<H", 51) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0)
        + name + extra
    )  # fmt: skip
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
        archive.writestr("readme.html", "<p>hello")
    return out.getvalue()


# Authy, FreeOTP 2

AUTHY = (
    Account(secret=bytes(range(20)), issuer="ACME", name="anna@example.com"),
    Account(secret=b"\xff\xfe\x80\x7f" * 5, issuer="Банк", name="анна", digits=7),
)
AUTHYS_OWN = Account(secret=bytes(range(32)), issuer="Twitch", digits=7, period=10)


def authy_box(account: Account, salt: str, rounds: int, iv: bytes) -> str:
    key = hashlib.pbkdf2_hmac("sha1", PASSWORD.encode(), salt.encode(), rounds, 32)
    return _b64(_cbc(key, iv, base32.encode(account.secret).encode()))


def authy_xml(*, locked: bool) -> Callable[[], bytes]:
    """The settings of the app, as Android keeps them."""

    def make() -> bytes:
        tokens = []
        for number, account in enumerate(AUTHY):
            name = f"{account.issuer}: {account.name}"
            token: dict[str, Any] = {
                "accountType": "authenticator",
                "digits": account.digits,
                "name": name,
                "originalName": f"{account.issuer}:{account.name}",
            }
            if locked:
                token["salt"] = f"salt {number}"
                token["encryptedSecret"] = authy_box(account, token["salt"], 1_000, bytes(16))
            else:
                token["decryptedSecret"] = base32.encode(account.secret)
            tokens.append(token)
        own = AUTHYS_OWN
        tokens.append({"name": own.issuer, "digits": own.digits, "secretSeed": own.secret.hex()})
        value = html.escape(json.dumps(tokens))
        name = "com.authy.storage.tokens.authenticator.key"
        head = "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>"
        return f'{head}\n<map>\n    <string name="{name}">{value}</string>\n</map>'.encode()

    return make


def authy_json() -> bytes:
    """What the app's server answers."""
    tokens = []
    for account in AUTHY:
        salt, iv = os.urandom(8).hex(), os.urandom(16)
        tokens.append(
            {
                "account_type": "authenticator",
                "digits": account.digits,
                "encrypted_seed": authy_box(account, salt, 2_000, iv),
                "issuer": account.issuer,
                "key_derivation_iterations": 2_000,
                "name": account.name,
                "original_name": None,
                "salt": salt,
                "unique_iv": iv.hex(),
            }
        )
    return _json({"message": "success", "authenticator_tokens": tokens, "success": True})


def authy_opened_json() -> bytes:
    """The same, opened by a tool."""
    tokens = [
        {
            "account_type": "authenticator",
            "digits": account.digits,
            "decrypted_seed": base32.encode(account.secret).lower(),
            "issuer": None,
            "name": f"{account.issuer} - {account.name}",
        }
        for account in AUTHY
    ]
    return _json({"message": "success", "decrypted_authenticator_tokens": tokens})


def authy_csv() -> bytes:
    """The table that Authy sends to people who ask for their data."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["Name", "Encrypted_Seed", "Salt", "IV", "Digits"])
    for account in AUTHY:
        salt, iv = os.urandom(8).hex(), os.urandom(16)
        box = authy_box(account, salt, 100_000, iv)
        name = f"{account.issuer}:{account.name}"
        table.writerow([name, box, salt, iv.hex(), account.digits])
    return out.getvalue().encode()


def _java_bytes(data: bytes) -> list[int]:
    return [byte - 256 if byte > 127 else byte for byte in data]


def _java_text(text: str) -> bytes:
    data = text.encode()
    return b"\x74" + struct.pack(">H", len(data)) + data


def _freeotp_box(key: bytes, plain: bytes) -> dict[str, Any]:
    nonce = os.urandom(12)
    der = b"\x30\x11\x04\x0c" + nonce + b"\x02\x01\x10"
    return {
        "mCipher": "AES/GCM/NoPadding",
        "mCipherText": _java_bytes(_gcm(key, nonce, plain, b"AES")),
        "mParameters": _java_bytes(der),
        "mToken": "AES",
    }


def freeotp_backup(*, shared: bool = False) -> bytes:
    """FreeOTP 2's backup, as Java writes it. ``shared``: the second token points to the key of the
    first one, which Java does with a text that it wrote before.
    """
    salt, master = os.urandom(32), os.urandom(32)
    wrapping = hashlib.pbkdf2_hmac("sha512", PASSWORD.encode(), salt, 1_000, 32)
    texts = {
        "masterKey": {
            "mAlgorithm": "PBKDF2withHmacSHA512",
            "mEncryptedKey": _freeotp_box(wrapping, master),
            "mIterations": 1_000,
            "mSalt": _java_bytes(salt),
        }
    }
    for number, token in enumerate(json.loads(freeotp())["tokens"]):
        secret = bytes(byte & 0xFF for byte in token.pop("secret"))
        texts[f"id-{number}-token"] = token
        texts[f"id-{number}"] = {"key": json.dumps(_freeotp_box(master, secret))}
    kind = b"\x73\x72\x00\x11java.util.HashMap" + bytes.fromhex("0507dac1c31660d1")
    fields = b"\x03\x00\x02F\x00\x0aloadFactorI\x00\x09threshold\x78\x70"
    sizes = struct.pack(">fIBBII", 0.75, 12, 0x77, 8, 16, len(texts))
    pairs = [_java_text(name) + _java_text(json.dumps(value)) for name, value in texts.items()]
    if shared:
        names = list(texts)
        pointer = 0x7E0002 + 2 * names.index("id-0") + 1
        pairs[names.index("id-1")] = _java_text("id-1") + b"\x71" + struct.pack(">I", pointer)
    return b"\xac\xed\x00\x05" + kind + fields + sizes + b"".join(pairs) + b"\x78"


# Databases of phones


def _database(table: str, columns: str, rows: Sequence[tuple[Any, ...]], *, log: bool) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"CREATE TABLE {table} ({columns})")
        marks = ", ".join("?" * len(rows[0]))
        database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        database.commit()
        data = bytearray(database.serialize())
    if log:
        data[18:20] = b"\2\2"  # as Android leaves it
    return bytes(data)


def stratum_database() -> bytes:
    rows = [
        (entry["Type"], entry["Issuer"], entry["Username"], entry["Secret"], entry["Algorithm"],
         entry["Digits"], entry["Period"], entry["Counter"])
        for entry in json.loads(stratum())["Authenticators"]
    ]  # fmt: skip
    columns = "type, issuer, username, secret, algorithm, digits, period, counter"
    return _database("authenticator", columns, rows, log=True)


GOOGLE = (ACCOUNTS[0], ACCOUNTS[3])


def google_database() -> bytes:
    rows = [
        (number, f"{account.issuer}:{account.name}", base32.encode(account.secret),
         account.counter, int(account.kind is Kind.HOTP), account.issuer)
        for number, account in enumerate(GOOGLE)
    ]  # fmt: skip
    columns = "_id, email, secret, counter, type, issuer"
    return _database("accounts", columns, rows, log=False)


def uri_list() -> bytes:
    return ("# my codes\n\n" + "\n".join(map(otpauth.write, ACCOUNTS)) + "\n").encode()


PLAIN: dict[str, tuple[Callable[[], bytes], Sequence[Account], str]] = {
    "aegis": (aegis, ACCOUNTS, "Aegis"),
    **{f"2fas {n}": (two_fas(n), ACCOUNTS if n > 1 else TIMED, "2FAS") for n in (1, 2, 3, 4)},
    "andotp": (and_otp, ACCOUNTS, "andOTP"),
    "ente": (ente, ACCOUNTS, "Ente Auth"),
    "bitwarden": (bitwarden, ACCOUNTS, "Bitwarden"),
    "bitwarden csv": (bitwarden_csv, ACCOUNTS, "Bitwarden"),
    "proton": (proton, (*TIMED, ACCOUNTS[4]), "Proton Authenticator"),
    "freeotp+": (freeotp, ACCOUNTS[:4], "FreeOTP+"),
    "freeotp xml": (freeotp_xml, ACCOUNTS[:4], "FreeOTP"),
    "stratum": (stratum, ACCOUNTS, "Stratum"),
    "keepassxc": (keepassxc, TIMED, "KeePassXC"),
    "raivo json": (raivo_json, ACCOUNTS[:4], "Raivo"),
    "authy xml": (authy_xml(locked=False), (*AUTHY, AUTHYS_OWN), "Authy"),
    "authy json, opened": (authy_opened_json, AUTHY, "Authy"),
    "stratum database": (stratum_database, ACCOUNTS, "Stratum"),
    "google database": (google_database, GOOGLE, "Google Authenticator"),
    "uri list": (uri_list, ACCOUNTS, "addresses"),
    "zip": (lambda: zipped("x/export.json", aegis()), ACCOUNTS, "Aegis"),
}
ENCRYPTED: dict[str, tuple[Callable[[], bytes], Sequence[Account], str]] = {
    "aegis": (aegis_encrypted, ACCOUNTS, "Aegis"),
    **{
        f"2fas {n}": (two_fas_encrypted(n), ACCOUNTS if n > 1 else TIMED, "2FAS")
        for n in (1, 2, 3, 4)
    },
    "andotp": (and_otp_encrypted, ACCOUNTS, "andOTP"),
    "andotp, old": (and_otp_old_encrypted, ACCOUNTS, "andOTP"),
    "ente": (ente_encrypted, ACCOUNTS, "Ente Auth"),
    "bitwarden, pbkdf2": (bitwarden_encrypted(0), ACCOUNTS, "Bitwarden"),
    "bitwarden, argon2id": (bitwarden_encrypted(1), ACCOUNTS, "Bitwarden"),
    "proton": (proton_encrypted, (*TIMED, ACCOUNTS[4]), "Proton Authenticator"),
    "stratum": (stratum_encrypted, ACCOUNTS, "Stratum"),
    "stratum, old": (stratum_old_encrypted, ACCOUNTS, "Stratum"),
    "raivo": (raivo, ACCOUNTS[:4], "Raivo"),
    "authy xml": (authy_xml(locked=True), (*AUTHY, AUTHYS_OWN), "Authy"),
    "authy json": (authy_json, AUTHY, "Authy"),
    "authy csv": (authy_csv, AUTHY, "Authy"),
    "freeotp 2": (freeotp_backup, ACCOUNTS[:4], "FreeOTP"),
}
