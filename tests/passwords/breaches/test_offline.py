from __future__ import annotations

import random
from pathlib import Path

import pytest

from secassist.base.errors import CouldNotFinish, UnusableInput
from secassist.passwords.breaches import offline
from secassist.passwords.breaches.offline import HashFile
from secassist.passwords.breaches.variants import MOST, variants
from support import breach_lists


@pytest.mark.parametrize("others", [0, 5, 100, 20_000])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_everything_in_it_is_found_and_nothing_else(tmp_path: Path, others: int, end: str) -> None:
    listed = breach_lists.lines([f"pass{n}" for n in range(50)], others)
    path = tmp_path / "list"
    path.write_bytes((end.join(listed) + (end if others else "")).encode())
    with HashFile.open(path) as file:
        some = random.Random(2).sample(listed, min(300, len(listed)))
        for line in some + listed[:3] + listed[-3:]:
            digest, _, count = line.partition(":")
            assert file.count(digest) == int(count)
        for n in range(300):
            assert file.count(breach_lists.digest(f"other {n}")) == 0
        for prefix in ("00000", "FFFFF", listed[-1][:5], *(line[:5] for line in listed[:20])):
            expected = [line.split(":") for line in listed if line.startswith(prefix)]
            assert list(file.range(prefix)) == [(h[5:], int(n)) for h, n in expected]


def test_the_last_line_is_found_wherever_a_read_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = breach_lists.lines([], 100)
    path = tmp_path / "list"
    path.write_text("\n".join(listed))
    monkeypatch.setattr(offline, "_CHUNK", len(listed[-1]))  # nothing is left for a second read
    with HashFile.open(path) as file:
        assert list(file.range(listed[-1][:5])) == [(listed[-1][5:40], int(listed[-1][41:]))]


def test_hashes_that_are_not_spread_evenly(tmp_path: Path) -> None:
    listed = [f"{n:040X}:1" for n in range(9_000)] + breach_lists.lines([], 3_000)
    path = tmp_path / "list"
    path.write_text("\n".join(sorted(set(listed))) + "\n")
    with HashFile.open(path) as file:
        assert all(file.count(line[:40]) == int(line[41:]) for line in listed[::97])


@pytest.mark.parametrize("count", ["", "x", "-1", "1" * 13])
def test_a_line_without_a_count_is_no_answer(tmp_path: Path, count: str) -> None:
    listed = breach_lists.lines(["pass"], 2_000)
    bad = breach_lists.digest("pass")
    listed[listed.index(f"{bad}:7")] = f"{bad}:{count}"
    path = tmp_path / "list"
    path.write_text("\n".join(listed) + "\n")
    with HashFile.open(path) as file:
        with pytest.raises(CouldNotFinish, match="Download it again"):
            file.count(bad)
        with pytest.raises(CouldNotFinish, match="Download it again"):
            list(file.range(bad[:5]))


def test_lists_that_cannot_be_relied_on(tmp_path: Path) -> None:
    listed = breach_lists.lines(["x"], 20_000)
    by_count = sorted(listed, key=lambda line: -int(line[41:]))
    files = {
        "empty": "",
        "text": "hello\n",
        "by count": "\n".join(by_count),
        "cut off": "\n".join(listed)[: 20_000 * 22],
        "cut off at a line": "\n".join(listed[:10_000]) + "\n",
        "tail only": "\n".join(listed[10_000:]) + "\n",
        "no canaries": "\n".join(f"{n:01X}" * 40 + ":1" for n in range(16)),
        "NTLM": "\n".join(line[:32] + ":1" for line in listed),
    }  # fmt: skip
    for name, text in files.items():
        path = tmp_path / name
        path.write_text(text)
        with pytest.raises(UnusableInput):
            HashFile.open(path)
    with pytest.raises(UnusableInput):
        HashFile.open(tmp_path / "missing")


def test_variants() -> None:
    found = variants("Sommer2024!")
    assert {"Sommer2023!", "Sommer2025!", "Sommer2024", "sommer2024!"} <= set(found)
    assert len(found) <= MOST
    for password in ("", "a", "0", "abc", "x" * 1000):
        assert password not in variants(password)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_line_and_each_neighbour_of_one(tmp_path: Path, end: str) -> None:
    listed = breach_lists.lines([], 3_000)
    path = tmp_path / "list"
    path.write_bytes((end.join(line.lower() for line in listed) + end).encode())
    known = {line[:40] for line in listed}
    with HashFile.open(path) as file:
        for line in listed:
            assert file.count(line[:40]) == int(line[41:])
            for step in (-1, 1):
                beside = f"{(int(line[:40], 16) + step) % 16**40:040X}"
                assert beside in known or file.count(beside) == 0
