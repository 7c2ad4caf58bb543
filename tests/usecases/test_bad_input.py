"""Lists and breach files that are wrong: one plain sentence each, and nothing half-remembered."""

from __future__ import annotations

import asyncio
import io
import json
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from secassist.base.errors import UnusableInput
from secassist.passwords.audit import Wanted
from secassist.passwords.findings import Report
from secassist.passwords.importers.source import MAX_BYTES
from secassist.store.vault import Vault
from secassist.usecases import audit
from secassist.usecases.audit import Breaches
from support import breach_lists
from support import password_lists as lists
from support.vaults import new_vault

HEAD = "name,url,username,password\n"
GOOD = HEAD + "A,https://a.example,u,canary-One-7\n"


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def locked(data: bytes) -> bytes:
    """With the mark of encryption set in both places where an archive has it."""
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + place
        data = data[:at] + bytes([data[at] | 1]) + data[at + 1 :]
    return data


BOX = json.dumps(lists.bitwarden_encrypted()).encode()
FILES: dict[str, Callable[[], tuple[bytes, str | None]]] = {
    "no list": lambda: (b"Dear Anna,\nhow are you?\n", None),
    "a table of something else": lambda: (b"date,amount\n2026-01-01,5\n", None),
    "wrong delimiter": lambda: (GOOD.replace(",", "|").encode(), None),
    "commas in the head, semicolons below": lambda: (
        (HEAD + "A;https://a.example;u;canary\n").encode(), None),
    "a line that never ends": lambda: ((HEAD + 'A,https://a.example,u,"canary\n').encode(), None),
    "binary": lambda: (bytes(range(256)) * 40, None),
    "empty": lambda: (b"", None),
    "only a head": lambda: (HEAD.encode(), None),
    "encrypted, no password": lambda: (BOX, None),
    "encrypted, wrong password": lambda: (BOX, "wrong"),
    "truncated zip": lambda: (zipped("a.csv", GOOD.encode() * 50)[:-40], None),
    "zip bomb": lambda: (zipped("a.csv", bytes(MAX_BYTES + 1)), None),
    "locked zip": lambda: (locked(zipped("a.csv", GOOD.encode())), None),
    "a zip of nothing": lambda: (zipped("photo.jpg", b"x"), None),
    "a million rows": lambda: (
        (HEAD + "".join(f"a,,{n},p\n" for n in range(1_000_000))).encode(), None),
    "KeePass database": lambda: (b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5" + bytes(100), None),
}  # fmt: skip


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with new_vault(tmp_path / "store") as opened:
        yield opened


def judged(vault: Vault, path: Path, data: bytes, password: str | None = None) -> Report:
    path.write_bytes(data)
    wanted = Wanted((str(path),), password=password)
    return asyncio.run(audit.audit_files(wanted, Breaches(), vault))


@pytest.mark.parametrize("name", FILES)
def test_a_list_that_is_wrong(name: str, vault: Vault, tmp_path: Path) -> None:
    judged(vault, tmp_path / "good", GOOD.encode())
    before = vault.generation()
    data, password = FILES[name]()
    with pytest.raises(UnusableInput) as caught:
        judged(vault, tmp_path / "bad", data, password)
    sentence = caught.value.sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "canary" not in sentence
    assert "mail" not in sentence
    assert vault.generation() == before
    assert len(audit.remembered(vault)) == 1


def test_one_bad_file_among_good_ones_keeps_nothing(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "good").write_text(GOOD)
    (tmp_path / "bad").write_bytes(b"x")
    wanted = Wanted((str(tmp_path / "good"), str(tmp_path / "bad")))
    with pytest.raises(UnusableInput):
        asyncio.run(audit.audit_files(wanted, Breaches(), vault))
    assert audit.remembered(vault) == []


def test_odd_passwords_are_judged_like_all_others(vault: Vault, tmp_path: Path) -> None:
    composed = unicodedata.normalize("NFC", "Größe-à-Paris-1987")
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    rows = {
        "Mac": decomposed, "Windows": composed,
        "Emoji": "🐢🌻🚲 und 🍰", "Emoji too": "🐢🌻🚲 und 🍰",
        "Long": "long-canary " * 90_000, "Space": "   ",
    }  # fmt: skip
    text = HEAD + "".join(f"{name},https://{n}.example,u,{word}\n"
                          for n, (name, word) in enumerate(rows.items()))  # fmt: skip
    text += "Twice,https://t.example,u,xK9#mQ2v-canary\n" * 3
    report = judged(vault, tmp_path / "list", text.encode())
    found = {one.title: one for one in report.accounts}
    assert set(found) == {*rows, "Twice"}
    assert report.skipped == {"the same entry again": 2}
    for one, other in (("Mac", "Windows"), ("Emoji", "Emoji too")):
        assert ("reused", (other,)) in [(str(f.code), f.others) for f in found[one].findings]
    assert all(one.guesses_log10 is not None for one in report.accounts)
    assert "weak" in [str(f.code) for f in found["Space"].findings]


@pytest.mark.parametrize("name", ["unsorted", "by count", "truncated", "empty", "text", "gone"])
def test_a_list_of_breaches_that_is_wrong(name: str, vault: Vault, tmp_path: Path) -> None:
    listed = breach_lists.lines(["canary-One-7"], 4_000)
    texts = {
        "unsorted": "\n".join(listed[2_000:] + listed[:2_000]),
        "by count": "\n".join(sorted(listed, key=lambda line: -int(line[41:]))),
        "truncated": "\n".join(listed[:3_000]),
        "empty": "",
        "text": "hello\n",
    }
    path = tmp_path / "breaches"
    if name in texts:
        path.write_text(texts[name])
    (tmp_path / "list").write_text(GOOD)
    wanted = Wanted((str(tmp_path / "list"),))
    with pytest.raises(UnusableInput) as caught:
        asyncio.run(audit.audit_files(wanted, Breaches(file=str(path)), vault))
    assert caught.value.sentence.endswith(".")
    assert audit.remembered(vault) == []


def test_a_list_of_breaches_with_crlf_is_read(vault: Vault, tmp_path: Path) -> None:
    path = tmp_path / "breaches"
    path.write_bytes("\r\n".join(breach_lists.lines(["canary-One-7"], 4_000)).encode())
    (tmp_path / "list").write_text(GOOD)
    wanted = Wanted((str(tmp_path / "list"),))
    report = asyncio.run(audit.audit_files(wanted, Breaches(file=str(path)), vault))
    assert report.by_code == {"breached": 1}
