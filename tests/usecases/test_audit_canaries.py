"""No password, nor a hash of one, is left anywhere: not when all goes well, and not when killed."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from secassist.base.errors import CouldNotFinish
from secassist.network.ledger import Ledger
from secassist.passwords.audit import Wanted
from secassist.store.vault import Vault
from secassist.usecases import audit, fixing
from secassist.usecases.audit import Asking, Breaches
from support import breach_lists, canaries
from support.faulty_disk import FaultyDisk
from support.torture import rounds
from support.vaults import KEY, make_store, new_vault

TYPED = "Typed#canary-New5"
KINDS = tuple(f"password{end}" for end in ("", "-run", "-told", "-secret", "-exclusion"))
ALL = (*canaries.CANARIES, TYPED)


def table(path: Path, others: int = 0) -> Path:
    """Titles and user names that hold the password, too, as careless people write them."""
    rows = [f"Site {n},https://site{n}.example,{word if n % 5 == 0 else 'anna'},{word}"
            for n, word in enumerate(canaries.CANARIES)]  # fmt: skip
    rows += [f"{word},https://t{n}.example,bo,{word}" for n, word in enumerate(ALL[:3])]
    rows += [f"Other {n},https://o{n}.example,cy,filler-{n * 7919}-Wort" for n in range(others)]
    path.write_text("name,url,username,password\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_md4_is_md4() -> None:
    assert canaries.md4(b"message digest").hex() == "d9130a8164549fe818874806e1c7014b"
    assert canaries.md4("password".encode("utf-16-le")).hex() == "8846f7eaee8fb117ad06bdd830b7586c"
    digest = canaries.md4(ALL[0].encode("utf-16-le"))
    assert canaries.found_in(b"x" + digest.hex().encode() + b"y") == [ALL[0]]


def test_all_goes_well(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    path = table(tmp_path / "list.csv")
    ledger = Ledger()
    with (
        new_vault(tmp_path / "store") as vault,
        breach_lists.served(breach_lists.lines(ALL[:4], 500)) as server,
    ):
        online = Breaches(online=True, server=server.url)
        asking = Asking(ledger=ledger)
        report = asyncio.run(audit.audit_files(Wanted((str(path),)), online, vault, asking))
        assert report.by_code["breached"] >= 4
        again = asyncio.run(audit.check_again(vault, online, asking))
        outcome = asyncio.run(fixing.tick_off(vault, report.accounts[0].id, TYPED, online, asking))
        used = asyncio.run(fixing.tried(vault, TYPED))
        forms = [make(report) for make in (audit.report_text, audit.report_csv,
                                           audit.report_json, audit.report_html)]  # fmt: skip
        kept = repr([(row.id, row.data) for kind in KINDS for row in vault.entries(kind)])
    said = "".join([*forms, kept, repr((report, again, outcome, used, ledger.entries)),
                    caplog.text, *capfd.readouterr(), *server.asked])  # fmt: skip
    assert canaries.found_in(said.encode(), ALL) == []
    assert canaries.found_below(tmp_path / "store", passwords=ALL) == {}


PROGRAM = textwrap.dedent(
    """
    import asyncio, sys
    from pathlib import Path
    from secassist.passwords.audit import Wanted
    from secassist.store.vault import Vault
    from secassist.usecases import audit
    from support.vaults import KEY

    def tell(news):
        print(news.step, news.state, flush=True)

    with Vault.open(Path(sys.argv[1]), KEY) as vault:
        before = audit.earlier(vault)
        asking = audit.Asking(tell)
        wanted = Wanted((sys.argv[2],))
        found = asyncio.run(audit.judge_files(wanted, audit.Breaches(), before, asking))
        print("keep asking", flush=True)
        audit.keep(vault, found, before)
        print("keep done", flush=True)
    """
)
STAGES = ("read asking", "compare asking", "compare done", "keep asking")


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes by /proc")
@pytest.mark.parametrize("round_", range(rounds(60, 8)))
def test_killed_in_the_middle_of_an_import(tmp_path: Path, round_: int) -> None:
    path = table(tmp_path / "list.csv", others=1_500)
    folders = [tmp_path / name for name in ("store", "home", "tmp", "work")]
    for folder in folders[1:]:
        folder.mkdir()
    make_store(folders[0])
    store, home, temporary, work = folders
    root = Path(__file__).resolve().parents[2]
    environment = {"HOME": str(home), "TMPDIR": str(temporary), "PATH": os.environ["PATH"],
                   "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root / 'tests'}"}  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(store), str(path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=work, env=environment,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    wanted, delay = STAGES[round_ % len(STAGES)], 0.02 * (round_ // len(STAGES))
    said = ""
    while wanted not in said:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        said += line
    workers = _children(process.pid)
    assert wanted == "read asking" or {_core(worker) for worker in workers} <= {"0"}
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    out, err = process.communicate()
    for worker in workers:
        _wait_for_end(worker)
    assert canaries.found_in((said + out + err).encode()) == []
    assert canaries.found_below(*folders) == {}
    with Vault.open(store, KEY) as vault:
        assert len(audit.remembered(vault)) in (0, 1_500 + len(canaries.CANARIES) + 3)


def _children(pid: int) -> list[int]:
    return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def _core(pid: int) -> str:
    """How large a core dump may be."""
    try:
        limits = Path(f"/proc/{pid}/limits").read_text().splitlines()
    except OSError:  # it has ended
        return "0"
    return next(line.split()[4] for line in limits if line.startswith("Max core file size"))


def _wait_for_end(pid: int) -> None:
    """A worker whose program was killed ends by itself: nobody reads its answer any more."""
    until = time.monotonic() + 30
    while Path(f"/proc/{pid}").exists() and _state(pid) != "Z":
        assert time.monotonic() < until, "it lives on"
        time.sleep(0.02)


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def test_a_full_disk_keeps_nothing_half(tmp_path: Path) -> None:
    path = table(tmp_path / "list.csv")
    at, told = 0, 0
    with new_vault(tmp_path / "first") as vault:
        before = audit.earlier(vault)
    found = asyncio.run(audit.judge_files(Wanted((str(path),)), Breaches(), before))
    while True:
        at += rounds(1, 4)
        folder = tmp_path / f"store{at}"
        make_store(folder)
        with FaultyDisk(at, "ENOSPC", sticky=True) as disk:
            try:
                with Vault.open(folder, KEY) as vault:
                    audit.keep(vault, found, before)
            except CouldNotFinish:
                told += 1
        with Vault.open(folder, KEY) as vault:
            assert len(audit.remembered(vault)) in (0, len(found.memories))
            assert len(audit.history(vault)) == bool(audit.remembered(vault))
        if not disk.failed:
            break
    assert told > rounds(10, 3)
    assert canaries.found_below(*tmp_path.glob("store*"), tmp_path / "first") == {}
