"""``secassist audit`` as acceptance calls it."""

from __future__ import annotations

import hashlib
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from secassist.base.errors import CouldNotFinish
from secassist.cli.main import main
from secassist.store import wraps
from support import breach_lists

CHROME = (
    "name,url,username,password,note\r\n"
    'Shop,https://shop.example/login,anna,Zq#canary-One7,"line 1\r\nline 2"\r\n'
    "Bank,https://www.bank.example,anna,Zq#canary-One7,\r\n"
    "Empty,https://empty.example,anna,,\r\n"
    "Old,http://old.example.org,bo,x9Kd83#kd0Qm-canary,\r\n"
)


def audit(
    capsys: pytest.CaptureFixture[str], *arguments: str | Path
) -> tuple[int, list[dict[str, Any]], str]:
    code = main(["audit", "--json", *map(str, arguments)])
    out, err = capsys.readouterr()
    assert "canary" not in out + err
    return code, [json.loads(line) for line in out.splitlines()], err


def test_reuse_in_chromes_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "passwords.csv"
    path.write_bytes(b"\xef\xbb\xbf" + CHROME.encode())
    code, (*accounts, summary), err = audit(capsys, path)
    assert code == 1
    found = {line["account"]["title"]: line["findings"] for line in accounts}
    assert set(found) == {"Shop", "Bank", "Old"}
    (reused,) = [one for one in found["Shop"] if one["code"] == "reused"]
    assert (reused["with"], reused["relation"]) == (["Bank"], "same")
    assert "plain-http" in [one["code"] for one in found["Old"]]
    assert summary["schema"] == "secassist.audit.summary/1"
    assert summary["accounts"] == 3
    assert summary["by_code"]["reused"] == 2
    assert summary["skipped"] == {"no password": 1}
    assert "breached" in summary["not_checked"]
    assert "no password" in err


def test_what_is_no_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for data in (b"", b"hello, canary", b"\x7fELF\x00\x00,", b"a,b\n1,2\n"):
        path = tmp_path / "file"
        path.write_bytes(data)
        code, lines, err = audit(capsys, path)
        assert (code, lines) == (2, [])
        assert len(err.splitlines()) == 1
    assert audit(capsys, tmp_path / "missing")[0] == 2


@pytest.fixture
def store(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> list[str]:
    """The options of a new store without a keyring."""
    monkeypatch.setattr(wraps, "TIME", 1)
    monkeypatch.setattr(wraps, "MEMORY_KIB", 1024)
    monkeypatch.setattr(wraps, "LANES", 1)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    phrase = tmp_path / "phrase"
    phrase.write_text("correct horse battery\n")
    door = ["--data", str(tmp_path / "data"), "--no-keyring", "--passphrase-file", str(phrase)]
    assert main(["vault", "init", *door, "--recovery-file", str(tmp_path / "recovery")]) == 0
    capsys.readouterr()
    return door


def test_breaches_from_a_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = (
        "name,url,username,password\nA,https://a.example,u,Zq#canary-One7\nB,,u,canaryTwo2025!\n"
    )
    (tmp_path / "list.csv").write_text(table)
    listed = breach_lists.lines(["Zq#canary-One7", "canaryTwo2024!"], 5_000)
    (tmp_path / "breaches").write_text("\n".join(listed) + "\n")
    code, (*accounts, summary), _ = audit(
        capsys, tmp_path / "list.csv", "--breaches", tmp_path / "breaches"
    )
    assert code == 1
    first = {line["account"]["title"]: line["findings"][0] for line in accounts}
    assert first["A"]["code"] == "breached"
    assert first["A"]["checked_at"]
    assert first["B"]["code"] == "breached-variant"
    assert set(summary["not_checked"]) == {"site-breached"}
    (tmp_path / "breaches").write_text("\n".join(listed[::-1]) + "\n")
    assert audit(capsys, tmp_path / "list.csv", "--breaches", tmp_path / "breaches")[0] == 2


def test_remember_and_check_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], store: list[str]
) -> None:
    assert main(["audit", *store]) == 2  # nothing is remembered yet
    capsys.readouterr()
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text(
        "name,url,username,password\nShop,https://shop.example,u,canary-Tulip1987\n"
        "Pin,https://pin.example,u,473829\nForum,http://forum.example.org,u,xK9#mQ2v-canary\n"
    )
    code, lines, _ = audit(capsys, old, "--remember", *store)
    assert (code, lines[-1]["accounts"]) == (1, 3)
    new.write_text("name,url,username,password\nBank,https://bank.example,u,canary-Tulip1988\n")
    code, (bank, _), _ = audit(capsys, new, "--remember", *store)
    (similar,) = [one for one in bank["findings"] if one["code"] == "similar"]
    assert similar["with"] == ["Shop"]
    old.unlink()
    new.unlink()
    with breach_lists.served(breach_lists.lines(["canary-Tulip1987", "473829"], 500)) as server:
        online = ("--breaches", "online", "--range-server", server.url)
        code, (*accounts, summary), _ = audit(capsys, *online, *store)
        assert code == 1
        assert len(server.asked) == 3
        server.faults = [500] * 100
        _, (*_, silent), _ = audit(capsys, *online, *store)
    found = {line["account"]["title"]: [f["code"] for f in line["findings"]] for line in accounts}
    assert found["Shop"] == ["breached", "similar"]
    assert found["Bank"] == ["similar"]
    assert found["Pin"] == ["weak"]
    assert found["Forum"] == ["plain-http"]
    assert "breached, weak ones" in summary["not_checked"]
    assert "breached" in silent["not_checked"]
    _, (*_, summary), _ = audit(capsys, *store)
    assert "breached" in summary["not_checked"]


def test_no_password_nor_hash_of_one_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], store: list[str]
) -> None:
    passwords = ["Zq#canary-One7", "canary2024!Zwei", "canary-canary"]
    path = tmp_path / "list.csv"
    rows = [f"{name},https://{name}.example,{user},{password}\n" for name, user, password in
            zip("abc", ("u", "v", passwords[2]), passwords, strict=True)]  # fmt: skip
    path.write_text("name,url,username,password\n" + "".join(rows))
    main(["audit", str(path), "--remember", "--json", *store])
    main(["audit", str(path)])
    main(["audit", "--json", *store])
    out, err = capsys.readouterr()
    data = (out + err).encode()
    data += b"".join(one.read_bytes() for one in (tmp_path / "data").rglob("*") if one.is_file())
    for password in passwords:
        for name in ("sha1", "md5", "sha256"):
            digest = hashlib.new(name, password.encode(), usedforsecurity=False)
            assert digest.hexdigest().encode() not in data.lower()
            assert digest.digest() not in data
        assert password.encode() not in data


def test_a_service_that_is_silent_never_means_fine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name,url,username,password\nA,https://a.example,u,xK9#mQ2vLp-canary\n")
    assert audit(capsys, path)[0] == 0
    monkeypatch.setattr("secassist.network.https._BACK_OFF", 0)
    with breach_lists.served([]) as server:
        online = ("--breaches", "online", "--range-server", server.url)
        assert audit(capsys, path, *online)[0] == 0
        server.faults = [500] * 3
        code, (_, summary), _ = audit(capsys, path, *online)
    assert code == 3
    assert "breached" in summary["not_checked"]


TULIPS = (
    "name,url,username,password\nShop,https://shop.example,u,canary-Tulip1987\n"
    "Bank,https://bank.example,u,canary-Tulip1987\nPin,https://pin.example,u,473829\n"
)


def test_exclusions_hold_for_all_that_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], store: list[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(TULIPS)
    _, (*accounts, _), _ = audit(capsys, path, "--remember", *store)
    pin = next(one["account"] for one in accounts if one["account"]["title"] == "Pin")
    assert audit(capsys, "--exclude", f"entry:{pin['id']}", *store)[0] == 2  # no reason
    code, (made,), _ = audit(
        capsys, "--exclude", f"entry:{pin['id']}", "--reason", "a lock", *store
    )
    assert (code, made["kind"], made["reason"]) == (0, "entry", "a lock")
    _, (*_, again), err = audit(capsys, *store)
    assert again["by_code"] == {"reused": 2}
    assert again["left_out"] == 1
    assert "left out" in err
    _, (*_, looked), _ = audit(capsys, path, *store)  # without --remember
    assert looked["by_code"] == {"reused": 2}
    _, (listed,), _ = audit(capsys, "--list-exclusions", *store)
    assert listed["id"] == made["id"]
    assert audit(capsys, "--include", made["id"], *store)[0] == 0
    assert audit(capsys, "--include", made["id"], *store)[0] == 2
    _, (*_, again), _ = audit(capsys, *store)
    assert again["by_code"] == {"reused": 2, "weak": 1}
    _, runs, _ = audit(capsys, "--history", *store)
    assert [one["by_code"] for one in runs][-2:] == [{"reused": 2}, {"reused": 2, "weak": 1}]


def test_reports_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], store: list[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(TULIPS)
    wanted = [f"{form}:{tmp_path}/out.{form}" for form in ("text", "csv", "json", "html")]
    asked = [word for one in wanted for word in ("--report", one)]
    assert audit(capsys, path, *asked, *store)[0] == 1
    for one in wanted:
        written = Path(one.partition(":")[2]).read_text()
        assert "Shop" in written
        assert "canary" not in written
    assert audit(capsys, path, "--report", "pdf:x")[0] == 2
    assert audit(capsys, path, "--report", f"csv:{tmp_path}/no/such\0place")[0] in (2, 3)


def test_the_check_by_itself_tells_what_is_new_once(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    store: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(TULIPS)
    audit(capsys, path, "--remember", *store)
    told: list[str] = []
    fails = True

    def notify(headline: str, sentence: str) -> None:
        if fails:
            raise CouldNotFinish("No notification could be shown.")
        told.append(headline)

    monkeypatch.setattr("secassist.usecases.notify.notify", notify)
    assert audit(capsys, "--notify", "--if-due", *store) == (0, [], "")  # no schedule: not due
    with breach_lists.served(breach_lists.lines(["canary-Tulip1987"], 300)) as server:
        online = ("--notify", "--breaches", "online", "--range-server", server.url)
        _, _, err = audit(capsys, *online, *store)
        assert "No notification" in err
        fails = False
        audit(capsys, *online, *store)
        audit(capsys, *online, *store)
    assert told == ["2 passwords turned up in a leak"]


def test_the_schedule_installs_and_removes(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    store: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr("secassist.usecases.schedule._has_systemd", lambda: False)
    data = ["--data", str(tmp_path / "other")]
    assert main(["audit", "--every", "month", *data]) == 0
    assert "passphrase" not in capsys.readouterr().err
    assert list((tmp_path / "config").rglob("*.desktop"))
    assert main(["audit", "--every", "off", *data]) == 0
    assert not list((tmp_path / "config").rglob("*.desktop"))
    assert main(["audit", "--every", "daily", *data]) == 2
    assert main(["audit", "--every", "week", *store[:2]]) == 0
    assert "passphrase" in capsys.readouterr().err
    capsys.readouterr()
    for every in ("week", "off"):
        _, (told,), err = audit(capsys, "--every", every, *data)
        assert (told["schema"], told["every"]) == ("secassist.audit.schedule/1", every)
        assert err == ""


def test_less_on_stderr_and_names_of_formats(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "passwords.csv"
    path.write_text(CHROME, encoding="utf-8")
    code, lines, err = audit(capsys, path, "--format", "brave", "--quiet")
    assert (code, len(lines), err) == (1, 4, "")
    code, lines, err = audit(capsys, path, "--format", "netscape")
    assert (code, lines) == (2, [])
    assert "chrome" in err
    assert len(err.splitlines()) == 1


def test_codes_and_what_is_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], store: list[str]
) -> None:
    head = "Title,URL,Username,Password,Notes,OTPAuth\n"
    code = "otpauth://totp/Shop:u?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Shop"
    path = tmp_path / "list.csv"
    shop = f"Shop,https://shop.example,u,canary-a1B2c3D4,,{code}\n"
    path.write_text(head + shop + "Old,https://old.example,u,canary-Z9y8X7w6,,\n")
    _, (*_, summary), err = audit(capsys, path, "--remember", *store)
    assert summary["codes_found"] == 1
    assert "--take-codes" in err
    assert audit(capsys, path, "--take-codes", *store)[0] == 2
    path.write_text(head + shop)
    _, _, err = audit(capsys, path, "--remember", "--take-codes", "--forget-gone", *store)
    assert "not in this list any more: Old" in err
    _, (*accounts, _), _ = audit(capsys, *store)
    assert [one["account"]["title"] for one in accounts] == ["Shop"]
    assert main(["totp", "list", "--json", *store]) == 0
    assert '"Shop"' in capsys.readouterr().out
