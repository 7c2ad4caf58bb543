"""The near end against far ends that behave as badly as real ones; the choice of the back end."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from secassist.store import keyring_process, keyrings
from secassist.store.keyring_process import KeyringProcess
from secassist.store.keyrings import ALLOWED, Fault
from secassist.store.states import State, StoreClosed

FarEnd = Callable[[str], None]

READ = "import json, sys, time; "
ECHO = READ + "[print(json.dumps({'value': 'AAEC'}), flush=True) for line in sys.stdin]"
NEVER = READ + "time.sleep(600)"
PROMPTS = READ + (
    "sys.stdin.readline(); print(json.dumps({'prompt': True}), flush=True); time.sleep({seconds});"
    "print(json.dumps({'value': None}), flush=True)"
)
DIES = READ + "sys.stdin.readline()"
LOCKED = READ + (
    "sys.stdin.readline();"
    "print(json.dumps({'fault': 'locked', 'why': ''}), flush=True); time.sleep(9)"
)


@pytest.fixture
def far_end(monkeypatch: pytest.MonkeyPatch) -> FarEnd:
    def choose(code: str) -> None:
        command = [sys.executable, "-I", "-S", "-c", code]
        monkeypatch.setattr(keyring_process, "_command", lambda: command)

    return choose


def _state(keyring: KeyringProcess) -> State:
    with pytest.raises(StoreClosed) as caught:
        keyring.get("x")
    return caught.value.state


def test_one_process_answers_many_calls(far_end: FarEnd) -> None:
    far_end(ECHO)
    with KeyringProcess(limit=20) as keyring:
        assert keyring.get("x") == b"\x00\x01\x02"
        first = keyring._process
        keyring.set("x", b"secret")
        assert keyring._process is first


def test_one_that_never_answers_is_killed(far_end: FarEnd) -> None:
    far_end(NEVER)
    with KeyringProcess(limit=0.2) as keyring:
        started = time.monotonic()
        assert _state(keyring) is State.KEYRING_SILENT
        assert time.monotonic() - started < 2
        assert keyring._process is None
        far_end(ECHO)
        keyring._limit = 20
        assert keyring.get("x") is not None  # the next call gets a new one


def test_a_prompt_gets_more_time_but_not_for_ever(far_end: FarEnd) -> None:
    far_end(PROMPTS.replace("{seconds}", "0.6"))
    with KeyringProcess(limit=0.5, prompt_limit=20) as keyring:
        # Only the prompt's answer has to arrive within the first limit; a slow start may miss it.
        keyring._limit = 20
        assert keyring.get("x") is None
    far_end(PROMPTS.replace("{seconds}", "600"))
    with KeyringProcess(limit=20, prompt_limit=0.3) as keyring:
        assert _state(keyring) is State.KEYRING_SILENT


def test_one_that_dies_or_says_it_is_locked(far_end: FarEnd) -> None:
    far_end(DIES)
    with KeyringProcess(limit=20) as keyring:
        assert _state(keyring) is State.KEYRING_MISSING
    far_end(LOCKED)
    with KeyringProcess(limit=20) as keyring:
        assert _state(keyring) is State.KEYRING_LOCKED


def test_a_program_that_cannot_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring_process, "_command", lambda: [sys.executable, "-c", "0"])
    with KeyringProcess(limit=20) as keyring:
        assert _state(keyring) is State.KEYRING_MISSING


def test_other_threads_go_on_meanwhile(far_end: FarEnd) -> None:
    far_end(NEVER)
    with KeyringProcess(limit=0.5) as keyring:
        states: list[State] = []
        asking = threading.Thread(target=lambda: states.append(_state(keyring)))
        asking.start()
        longest, last = 0.0, time.monotonic()
        while asking.is_alive():
            asking.join(0.001)
            longest, last = max(longest, time.monotonic() - last), time.monotonic()
        assert states == [State.KEYRING_SILENT]
        assert longest < 0.1


@pytest.mark.parametrize(
    "name",
    [
        "keyring.backends.null.Keyring",
        "keyring.backends.fail.Keyring",
        "keyring.backends.chainer.ChainerBackend",
        "keyrings.alt.file.PlaintextKeyring",
        "evil.Keyring",
    ],
)
@pytest.mark.parametrize("by_file", [False, True])
def test_what_keeps_no_secrets_is_refused_by_name(
    name: str, by_file: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert name not in ALLOWED
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    if by_file:
        folder = tmp_path / "python_keyring"
        folder.mkdir()
        (folder / "keyringrc.cfg").write_text(f"[backend]\ndefault-keyring={name}\n")
        monkeypatch.setattr("keyring.util.platform_.config_root", lambda: folder)
    else:
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    with pytest.raises(Fault, match="refused"):
        keyrings.choose()
    assert "evil" not in sys.modules


def test_secrets_never_stand_in_arguments(far_end: FarEnd) -> None:
    far_end(ECHO)
    with KeyringProcess(limit=20) as keyring:
        keyring.set("name", b"a secret")
        process = keyring._process
        assert process is not None
        assert not any("YSBzZWNyZXQ" in str(word) for word in process.args)
