"""Which secrets open the store, and how they change. Each change is one write of the key file.

The order is always: the new secret is kept and read back, the key file is replaced, the old secret
is removed. A stop in between leaves a store that opens, and a name that is removed later.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Literal

from secassist.base.errors import UnusableCall
from secassist.store import key_file, states, wraps
from secassist.store.faults import saving
from secassist.store.key_file import KeyFile
from secassist.store.keyring_process import Keyring
from secassist.store.recovery_key import RecoveryKey
from secassist.store.states import State, StoreClosed
from secassist.store.vault import Vault, read_keys

Holder = Literal["keyring", "passphrase", "passphrase+keyring", "recovery"]
"""What opens the store for daily use; ``recovery``: nothing but the recovery key."""


def holder(keys: KeyFile) -> Holder:
    """What the key file says about where the key lives."""
    if keys.passphrase is not None:
        return "passphrase+keyring" if keys.keyring == "half" else "passphrase"
    return "keyring" if keys.keyring == "key" else "recovery"


def keyring_name(store: bytes) -> str:
    """The name of the key in the keyring."""
    return store.hex()


def half_name(keys: KeyFile) -> str:
    """The name of the half in the keyring. Every half has its own: none is ever overwritten."""
    return f"{keys.store.hex()} {keys.half_check.hex()}"


def unwrap(keys: KeyFile, keyring: Keyring | None, passphrase: str | None) -> bytes:
    """The key, by what the person and this computer have. Raises StoreClosed, saying the state."""
    if keys.passphrase is None:
        if keys.keyring != "key":
            raise StoreClosed(State.LOCKED, states.ONLY_RECOVERY)
        found = _from(keyring, keyring_name(keys.store))
        if not keys.is_key(found):
            raise StoreClosed(State.WRONG_KEY, states.OTHER_KEY)
        return found
    if passphrase is None:
        raise StoreClosed(State.LOCKED)
    half = b""
    if keys.keyring == "half":
        half = _from(keyring, half_name(keys))
        if not keys.is_half(half):
            raise StoreClosed(State.WRONG_KEY, states.OTHER_KEY)
    key = wraps.unwrap_by_passphrase(keys.passphrase, passphrase, half, keys.store)
    if key is None or not keys.is_key(key):
        raise StoreClosed(State.WRONG_KEY, states.WRONG_PASSPHRASE)
    return key


def unwrap_by_recovery(keys: KeyFile, recovery: RecoveryKey) -> bytes:
    """The key, by the recovery key. Raises StoreClosed (wrong-key)."""
    for wrap in keys.recovery:
        key = wraps.unwrap_by_recovery(wrap, recovery.secret, keys.store)
        if key is not None and keys.is_key(key):
            return key
    raise StoreClosed(State.WRONG_KEY, states.WRONG_RECOVERY_KEY)


def new_store_key() -> bytes:
    """The key of a new store."""
    return wraps.new_key()


def new_keys(store: bytes, key: bytes, now: int) -> tuple[KeyFile, RecoveryKey]:
    """The first key file of a store: nothing opens it but the recovery key that comes with it."""
    recovery = RecoveryKey.new()
    wrap = wraps.wrap_by_recovery(key, recovery.secret, store, now, confirmed=False)
    bare = KeyFile(store, wraps.check_value(key), 0, "none", b"", (wrap,), None)
    return bare, recovery


def by_keyring(keys: KeyFile, key: bytes, keyring: Keyring) -> KeyFile:
    """Let the keyring alone hold the key. Raises StoreClosed (keyring-…)."""
    name = keyring_name(keys.store)
    keyring.set(name, key)
    changed = replace(keys, keyring="key", half_check=b"", passphrase=None)
    return _with_stale(keys, changed)


def by_passphrase(keys: KeyFile, key: bytes, passphrase: str, keyring: Keyring | None) -> KeyFile:
    """Let passphrase and keyring together hold the key; the passphrase alone without a keyring."""
    if not passphrase:
        raise UnusableCall("The passphrase is empty. Please choose one.")
    half = wraps.new_key() if keyring else b""
    named = replace(
        keys,
        keyring="half" if keyring else "none",
        half_check=wraps.check_value(half) if keyring else b"",
    )
    if keyring:  # first: a keyring that fails need not wait for the stretching
        keyring.set(half_name(named), half)
    wrap = wraps.wrap_by_passphrase(key, passphrase, half, keys.store)
    changed = replace(named, passphrase=wrap)
    return _with_stale(keys, changed)


def change(vault: Vault, change: Callable[[KeyFile], KeyFile]) -> KeyFile:
    """Replace the key file of an open store. Raises CouldNotFinish, and then it is the old one."""
    with vault.alone():
        changed = change(read_keys(vault.folder))
        with saving():
            return key_file.write(vault.folder / key_file.FILE, changed, vault.key)


def new_recovery_key(vault: Vault) -> RecoveryKey:
    """A new recovery key beside the present one, which goes when the new one is confirmed."""
    recovery = RecoveryKey.new()
    wrap = wraps.wrap_by_recovery(
        vault.key, recovery.secret, vault.store, vault.clock(), confirmed=False
    )
    change(
        vault,
        lambda keys: replace(keys, recovery=(*(w for w in keys.recovery if w.confirmed), wrap)),
    )
    return recovery


def confirm_recovery_key(vault: Vault, recovery: RecoveryKey) -> None:
    """The person has this key: it stays, others go. Raises StoreClosed where it opens nothing."""

    def confirmed(keys: KeyFile) -> KeyFile:
        for wrap in keys.recovery:
            if wraps.unwrap_by_recovery(wrap, recovery.secret, keys.store) is not None:
                return replace(keys, recovery=(replace(wrap, confirmed=True),))
        raise StoreClosed(State.WRONG_KEY, states.WRONG_RECOVERY_KEY)

    change(vault, confirmed)


def remove_stale(vault: Vault, keyring: Keyring | None) -> bool:
    """Remove from the keyring what no longer opens anything; whether nothing is left of it."""
    stale = read_keys(vault.folder).stale
    if not stale:
        return True
    if keyring is None:
        return False
    with suppress(StoreClosed):
        for name in stale:
            keyring.delete(name)
        change(vault, lambda keys: replace(keys, stale=()))
        return True
    return False


def _with_stale(old: KeyFile, new: KeyFile) -> KeyFile:
    stale = set(names_in_keyring(old)) - set(_in_use(new))
    return replace(new, stale=tuple(sorted(stale)))


def names_in_keyring(keys: KeyFile) -> tuple[str, ...]:
    """What the keyring holds for this store, by name; what is stale is part of it."""
    return (*_in_use(keys), *keys.stale)


def _in_use(keys: KeyFile) -> tuple[str, ...]:
    if keys.keyring == "key":
        return (keyring_name(keys.store),)
    return (half_name(keys),) if keys.keyring == "half" else ()


def _from(keyring: Keyring | None, name: str) -> bytes:
    if keyring is None:
        raise StoreClosed(State.KEYRING_MISSING)
    found = keyring.get(name)
    if found is None:
        raise StoreClosed(State.KEYRING_EMPTY)
    return found
