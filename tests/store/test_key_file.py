from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.store import key_file, wraps
from secassist.store.key_file import FILE, BackupNote, KeyFile, KeyFileDamaged, parse, serialise
from support.vaults import KEY, NOW, RECOVERY, make_store


def _read(folder: Path) -> KeyFile:
    found = key_file.read(folder / FILE)
    assert found is not None
    return found


def test_what_is_written_is_read(tmp_path: Path) -> None:
    make_store(tmp_path)
    full = replace(
        _read(tmp_path),
        keyring="half",
        half_check=b"12345678",
        passphrase=wraps.PassphraseWrap(b"s" * 16, b"w" * wraps.WRAPPED_BYTES, 3, 65536, 4),
        stale=("a name",),
        backup=BackupNote(NOW, 3),
    )
    written = key_file.write(tmp_path / FILE, full, KEY)
    assert _read(tmp_path) == written
    assert written.is_written_by(KEY)
    assert not written.is_written_by(bytes(32))


def test_no_file_is_told_from_a_broken_one(tmp_path: Path) -> None:
    assert key_file.read(tmp_path / FILE) is None
    (tmp_path / FILE).write_bytes(b"")
    with pytest.raises(KeyFileDamaged):
        key_file.read(tmp_path / FILE)


def test_every_flipped_bit_and_every_cut_is_noticed(tmp_path: Path) -> None:
    make_store(tmp_path)
    data = (tmp_path / FILE).read_bytes()
    for at in range(len(data)):
        for bit in range(8):
            flipped = bytearray(data)
            flipped[at] ^= 1 << bit
            with pytest.raises(KeyFileDamaged):
                parse(bytes(flipped))
        with pytest.raises(KeyFileDamaged):
            parse(data[:at])


def test_what_another_wrote_is_told_by_the_key(tmp_path: Path) -> None:
    make_store(tmp_path)
    forged = replace(_read(tmp_path), generation=0, recovery=())
    assert not parse(serialise(forged)).is_written_by(KEY)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("memory_kib", 2**31),
        ("memory_kib", 1),
        ("time", 10_000),
        ("time", 0),
        ("lanes", 255),
        ("lanes", True),
        ("kdf", "scrypt"),
        ("salt", "00"),
    ],
)
def test_a_file_cannot_ask_for_too_much_work(tmp_path: Path, name: str, value: object) -> None:
    make_store(tmp_path)
    wrap = wraps.PassphraseWrap(b"s" * 16, b"w" * wraps.WRAPPED_BYTES, 3, 65536, 4)
    told = json.loads(serialise(replace(_read(tmp_path), passphrase=wrap)))
    told["passphrase"][name] = value
    with pytest.raises(KeyFileDamaged):
        parse(_sealed(told))


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"[" * 10_000_000)
    with pytest.raises(KeyFileDamaged, match="too large"):
        key_file.read(tmp_path / FILE)


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    with pytest.raises(KeyFileDamaged):
        parse(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.sampled_from(["store", "generation", "keyring", "recovery", "passphrase", "stale"]), JSON)
def test_any_value_in_a_file_with_a_right_checksum(
    tmp_path_factory: pytest.TempPathFactory, name: str, value: object
) -> None:
    folder = tmp_path_factory.getbasetemp() / "keys"
    if not folder.exists():
        make_store(folder)
    told = json.loads((folder / FILE).read_bytes())
    told[name] = value
    try:
        read = parse(_sealed(told))
    except KeyFileDamaged:
        return
    assert read.is_key(KEY)


def test_what_a_passphrase_costs_by_default() -> None:
    assert (wraps.TIME, wraps.MEMORY_KIB, wraps.LANES) == (3, 64 * 1024, 4)


def test_wraps_open_by_their_own_secret_alone(tmp_path: Path) -> None:
    make_store(tmp_path)
    keys = _read(tmp_path)
    (recovery,) = keys.recovery
    assert wraps.unwrap_by_recovery(recovery, RECOVERY, keys.store) == KEY
    assert wraps.unwrap_by_recovery(recovery, b"x" * 17, keys.store) is None
    assert wraps.unwrap_by_recovery(recovery, RECOVERY, b"another store id") is None
    wrap = wraps.wrap_by_passphrase(KEY, "Gr\u00fcn", b"half" * 8, keys.store)
    decomposed = "Gru\u0308n"
    assert wraps.unwrap_by_passphrase(wrap, decomposed, b"half" * 8, keys.store) == KEY
    assert wraps.unwrap_by_passphrase(wrap, "Gr\u00fcn", b"", keys.store) is None
    assert wraps.unwrap_by_passphrase(wrap, "Grun", b"half" * 8, keys.store) is None


def _sealed(told: dict[str, object]) -> bytes:
    told.pop("checksum", None)
    told["checksum"] = key_file.checksum(told)
    return json.dumps(told, indent=1).encode() + b"\n"
