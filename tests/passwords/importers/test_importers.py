"""Every format gives the same three accounts; what is wrong with a file is one plain sentence."""

from __future__ import annotations

import io
import json
import sys
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.base.errors import PasswordNeeded, UnusableInput, WrongPassword
from secassist.passwords.credential import Listing, host
from secassist.passwords.importers import read
from secassist.passwords.importers.source import MAX_ROWS
from support import password_lists as lists


def tuples(listing: Listing) -> list[tuple[str, str, str, str]]:
    return [(c.title, c.urls[0], c.username, c.password) for c in listing.credentials]


@pytest.mark.parametrize("name", lists.TABLES)
def test_tables(name: str) -> None:
    listing = read(lists.TABLES[name].encode())
    assert listing.format == name
    expected = list(lists.ACCOUNTS)
    if name == "firefox":
        expected = [("", *rest) for _, *rest in expected]  # type: ignore[misc]
        assert listing.credentials[0].changed_at == 1_700_000_000
    assert tuples(listing) == expected
    assert not listing.skipped


@pytest.mark.parametrize("name", lists.TREES)
def test_trees(name: str) -> None:
    listing = read(lists.TREES[name])
    assert listing.format == name
    assert tuples(listing) == list(lists.ACCOUNTS)
    if name == "bitwarden":
        assert sorted(listing.skipped.values()) == [1, 1, 1]
        assert listing.credentials[0].folder == "Work"
    elif name != "keeper":
        assert sum(listing.skipped.values()) == 1


def test_keepass_xml_without_history_and_bin() -> None:
    listing = read(lists.keepass_xml().encode())
    assert tuples(listing) == list(lists.ACCOUNTS)
    assert listing.skipped == {"deleted in the password manager": 1}
    first = '<?xml version="1.0"?><pwlist><pwentry><group>g</group><title>t</title><username>u'
    first += "</username><url>u.example</url><password>p</password></pwentry></pwlist>"
    assert tuples(read(first.encode())) == [("t", "u.example", "u", "p")]


def test_archives() -> None:
    archive = lists.zipped(export_dot_data=lists.TREES["1password"], files__x="\0\1")
    assert tuples(read(archive)) == list(lists.ACCOUNTS)
    archive = lists.zipped(**{"Proton Pass__data.json": lists.TREES["proton"]})
    assert tuples(read(archive)) == list(lists.ACCOUNTS)
    others = {"credentials.csv": lists.TABLES["dashlane"], "ids.csv": "type,number\r\nid,1\r\n"}
    assert tuples(read(lists.zipped(**others, **{"securenotes.csv": ""}))) == list(lists.ACCOUNTS)


def test_bitwarden_encrypted() -> None:
    data = json.dumps(lists.bitwarden_encrypted()).encode()
    assert tuples(read(data, password=lists.FILE_PASSWORD)) == list(lists.ACCOUNTS)
    with pytest.raises(PasswordNeeded):
        read(data)
    with pytest.raises(WrongPassword):
        read(data, password="wrong")
    for change in (
        {"kdfIterations": 10**12},
        {"data": "2.x"},
        {"passwordProtected": False},
        {"salt": 7, "kdfType": 1},
    ):
        changed = {**lists.bitwarden_encrypted(), **change}
        with pytest.raises(UnusableInput):
            read(json.dumps(changed).encode(), password=lists.FILE_PASSWORD)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    text = lists.TABLES["chrome"]
    assert tuples(read(text.encode(encoding))) == list(lists.ACCOUNTS)


@pytest.mark.parametrize(
    "head",
    [
        "Name;Webseite;Benutzername;Passwort",
        "Nom\tSite web\tIdentifiant\tMot de passe",
        "Título,Sitio web,Usuario,Contraseña",
        "Nazwa,Strona,Nazwa użytkownika,Hasło",
        "название,сайт,логин,пароль",
        "タイトル,サイト,ユーザー名,パスワード",
    ],
)
def test_heads_in_other_languages(head: str) -> None:
    delimiter = next(char for char in ";\t," if char in head)
    columns = ",".join(head.split(delimiter))
    text = lists.table(columns, lists.ACCOUNTS, end="\n", delimiter=delimiter)
    assert tuples(read(text.encode())) == list(lists.ACCOUNTS)


def test_rows_that_are_left_out_are_counted() -> None:
    rows = (
        "url,username,password,totp,extra,name,grouping,fav\n"
        "http://sn,,,,my note,Note,,0\n"
        "https://a.example,u,,,,A,,0\n"
        "https://b.example,u,p,otpauth://totp/x,,B,,0\n"
        "https://b.example,u,p,otpauth://totp/x,,B,,0\n"
        "https://c.example,u,p,,,C,,0,one,too,many\n"
        "\n"
    )
    listing = read(rows.encode())
    assert [c.title for c in listing.credentials] == ["B"]
    assert listing.credentials[0].has_code
    assert listing.skipped == {
        "no sign-in (a note, a card or the like)": 1,
        "no password": 1,
        "the same entry again": 1,
        "a row that does not fit its columns": 1,
    }
    proton = lists.TABLES["proton"].replace("login,", "note,", 1)
    assert sum(read(proton.encode()).skipped.values()) == 1


def test_hosts() -> None:
    assert host("android://3Xk-hash_==@com.example.shop/") == "example.com"
    assert host("https://user:secret@www.Example.com:8443/x") == "example.com"
    assert host("example.org/login") == "example.org"
    assert host("http://192.168.1.1") == "192.168.1.1"
    assert host("http://[::1") == host("not an address") == host("") == ""


def test_a_password_of_a_megabyte_is_read() -> None:
    long = "x" * 1_000_000
    listing = read(f"name,url,username,password\nA,https://a.example,u,{long}\n".encode())
    assert listing.credentials[0].password == long


def test_bad_files() -> None:
    table = lists.TABLES["chrome"]
    archive = lists.zipped(a_dot_csv=table)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("a.csv", bytes(200 * 1024 * 1024))
    rows = "".join(f"a,{n},u,p\n" for n in range(MAX_ROWS + 1))
    for data in (
        b"",
        b" \r\n",
        b"just some words",
        bytes(range(256)),
        table[: table.index("lines")].encode(),  # ends inside quotes
        archive[:-30],
        bomb.getvalue(),
        lists.zipped(readme_dot_txt="x"),
        ("name,url,username,password\n" + rows).encode(),
        b'{"items": [',
        b"[" * 100_000,
        b'{"a": 1}',
        b"<html></html>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><KeePassFile/>',
        b"<KeePassFile>",
        b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5",
        b"-----BEGIN PGP MESSAGE-----",
    ):
        with pytest.raises(UnusableInput) as caught:
            read(data)
        assert caught.value.sentence.endswith(".")


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    for head in (b"", b"name,url,username,password\n", b'{"items":[', b"PK\x03\x04", b"<"):
        with suppress(UnusableInput):
            read(head + data)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    "items login accounts vaults records fields data content type".split()
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=20,
    )
)
def test_any_tree(value: object) -> None:
    with suppress(UnusableInput):
        read(json.dumps({"items": value, "accounts": value, "vaults": value}).encode())
    with suppress(UnusableInput):
        read(json.dumps(value).encode())


def test_1password_1pif_with_the_ends_of_lines_that_json_allows_in_a_text() -> None:
    text = lists.onepassword_1pif().replace("two lines", "one\u2028two\x85three")
    assert "\u2028" in text
    assert tuples(read(text.encode())) == list(lists.ACCOUNTS)


def test_1password_1pif() -> None:
    text = lists.onepassword_1pif()
    listing = read(text.encode())
    assert listing.format == "1password-1pif"
    assert tuples(listing) == list(lists.ACCOUNTS)
    assert listing.credentials[0].code == "otpauth://totp/x"
    assert listing.skipped == {
        "deleted in the password manager": 1,
        "no sign-in (a note, a card or the like)": 1,
    }
    assert tuples(read(lists.zipped(**{"x.1pif/data.1pif": text}))) == list(lists.ACCOUNTS)
    for cut in (text[: text.rindex("gone")], text.replace("***", "**", 2)):
        with pytest.raises(UnusableInput):
            read(cut.encode())


def test_dashlane_without_a_head_and_in_json() -> None:
    rows = [
        [title, url, user, password, lists.NOTE] for title, url, user, password in lists.ACCOUNTS
    ]
    listing = read(lists.table("", rows).encode())
    assert listing.format == "dashlane"
    assert tuples(listing) == list(lists.ACCOUNTS)
    items = [{"title": title, "domain": url, "login": user, "password": password}
             for title, url, user, password in lists.ACCOUNTS]  # fmt: skip
    whole = {"AUTHENTIFIANT": items, "EMAIL": [{"email": "a@example.com"}]}
    listing = read(json.dumps(whole).encode())
    assert (listing.format, sum(listing.skipped.values())) == ("dashlane", 1)
    assert tuples(listing) == list(lists.ACCOUNTS)


def test_a_keepass_database_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pykeepass", None)
    for data in (b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5" + bytes(60), b"\x03\xd9\xa2\x9a\x65\xfb\x4b"):
        with pytest.raises(UnusableInput) as caught:
            read(data)
        assert "CSV file" in caught.value.sentence


def test_a_keepass_database(tmp_path: Path) -> None:
    pykeepass = pytest.importorskip("pykeepass", reason="the optional extra kdbx is not installed")
    path = tmp_path / "x.kdbx"
    base = pykeepass.create_database(str(path), password=lists.FILE_PASSWORD)
    group = base.add_group(base.root_group, "Work")
    for title, url, user, password in lists.ACCOUNTS:
        base.add_entry(group, title, user, password, url=url, otp="otpauth://totp/x")
    base.trash_entry(base.add_entry(group, "gone", "u", "p"))
    base.save()
    listing = read(path.read_bytes(), password=lists.FILE_PASSWORD)
    assert listing.format == "kdbx"
    assert tuples(listing) == list(lists.ACCOUNTS)
    assert listing.skipped == {"deleted in the password manager": 1}
    assert len(listing.codes) == 3
    assert abs((listing.credentials[0].changed_at or 0) - time.time()) < 3_600
    with pytest.raises(PasswordNeeded):
        read(path.read_bytes())
    with pytest.raises(WrongPassword):
        read(path.read_bytes(), password="wrong")
    with pytest.raises(UnusableInput):
        read(path.read_bytes()[:200], password=lists.FILE_PASSWORD)


def test_what_real_files_have_besides() -> None:
    dashlane = '"empty entry"\n' + lists.table(
        "", [[title, url, user, password, ""] for title, url, user, password in lists.ACCOUNTS]
    )
    dashlane += '"note","","","","two\nlines",""\n'
    listing = read(dashlane.encode())
    assert (listing.format, tuples(listing)) == ("dashlane", list(lists.ACCOUNTS))
    assert listing.skipped == {"no password": 2}
    roboform = (
        "Name,Url,Login,Pwd,Note,Folder,Rf_fields\n"
        "A,https://a.example,u,canary,,/Bank,User ID$:txt:u,Password$:pwd:canary\n"
    )
    (one,) = read(roboform.encode()).credentials
    assert (one.password, one.shown_folder) == ("canary", "Bank")
    lastpass = "url,username,password,extra,name,grouping,fav\n"
    lastpass += "https://a.example,u,canary,,A,Mail\\Work,0\n"
    assert read(lastpass.encode()).credentials[0].shown_folder == "Mail/Work"
    whole = lists.bitwarden()
    del whole["encrypted"]
    whole["items"].insert(0, {"type": 2, "name": "n", "fields": [{"name": "x", "value": "y"}],
                              "secureNote": {"type": 0}})  # fmt: skip
    assert read(json.dumps(whole).encode()).format == "bitwarden"


def test_keepass_1_escapes_where_it_does() -> None:
    head = '"Account","Login Name","Password","Web Site","Comments"\r\n'
    cases = {
        r'"A","u","two \"quotes\"","https://a.example",""': 'two "quotes"',
        r'"A","u","one\\two","https://a.example",""': "one\\two",
        r'"A","u","e\p{v6","https://a.example",""': "e\\p{v6",
    }
    for row, password in cases.items():
        (one,) = read((head + row + "\r\n").encode()).credentials
        assert one.password == password
