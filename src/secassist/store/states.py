"""The states of the store, each with one plain sentence and one way out. All words stand here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from secassist.base.errors import CouldNotFinish
from secassist.base.language import mark


class State(StrEnum):
    """What ``vault status`` says. Only ``none`` may ever start a new store by itself."""

    NONE = "none"
    OPEN = "open"
    LOCKED = "locked"
    KEYRING_EMPTY = "keyring-empty"
    KEYRING_LOCKED = "keyring-locked"
    KEYRING_MISSING = "keyring-missing"
    KEYRING_SILENT = "keyring-silent"
    WRONG_KEY = "wrong-key"
    FILE_MISSING = "file-missing"
    KEY_FILE_MISSING = "key-file-missing"
    DAMAGED = "damaged"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class Words:
    """What a person reads about a state: what is so, and the one thing that they can do."""

    sentence: str
    way_out: str


WORDS: Final = {
    State.NONE: Words(
        mark("Nothing is stored yet."),
        mark("A store is made when you add your first code."),
    ),
    State.OPEN: Words(mark("The store is open."), mark("There is nothing to do.")),
    State.LOCKED: Words(
        mark("The store is locked. Nothing in it is lost."),
        mark("Unlock it with your passphrase, or with your recovery key."),
    ),
    State.KEYRING_EMPTY: Words(
        mark("This computer's keyring no longer has the key. Your codes are here, but closed."),
        mark("Open the store with your recovery key; the keyring then gets the key back."),
    ),
    State.KEYRING_LOCKED: Words(
        mark("This computer's keyring is locked, so the store stays closed."),
        mark("Unlock the keyring and try again, or use your recovery key."),
    ),
    State.KEYRING_MISSING: Words(
        mark("This computer has no keyring that we can use, so the store stays closed."),
        mark("Open the store with your recovery key, and choose a passphrase."),
    ),
    State.KEYRING_SILENT: Words(
        mark("This computer's keyring does not answer, so the store stays closed."),
        mark("Try again, or use your recovery key."),
    ),
    State.WRONG_KEY: Words(
        mark("That key does not open this store."),
        mark("Try again, or use your recovery key."),
    ),
    State.FILE_MISSING: Words(
        mark("The file with your codes is gone."),
        mark("Restore the newest backup."),
    ),
    State.KEY_FILE_MISSING: Words(
        mark("The file that holds the locked keys is gone. Your codes are still here."),
        mark("Make new keys: “secassist vault recover” does it."),
    ),
    State.DAMAGED: Words(
        mark("The store on this disk is damaged, so we do not trust what it says."),
        mark("Restore the newest backup."),
    ),
    State.NEWER: Words(
        mark("A newer Secassist made this store."),
        mark("Update Secassist, then open it again."),
    ),
}

OF_THE_KEYRING: Final = frozenset(
    {State.KEYRING_EMPTY, State.KEYRING_LOCKED, State.KEYRING_MISSING, State.KEYRING_SILENT}
)

WRONG_PASSPHRASE: Final = mark("That passphrase is not right.")
WRONG_RECOVERY_KEY: Final = mark("That recovery key does not open this store.")
OTHER_KEY: Final = mark("This computer's keyring has another key, which does not open this store.")
ONLY_RECOVERY: Final = mark("Only your recovery key opens this store.")
NO_OTHER_KEYS: Final = mark(
    "The file that holds the locked keys is gone, and neither a backup nor the keyring has another."
)
NO_STORE_YET: Final = mark("The keyring of this computer cannot keep the key, so no store is made.")
MAKE_WITH_PASSPHRASE: Final = mark("Choose a passphrase: then no keyring is needed.")
OLD_FILE: Final = mark(
    "An older copy of the store was put in its place: newer changes are not in it."
)
KEY_FILE_DAMAGED: Final = mark("The file that holds the locked keys is damaged.")
DISK_FULL: Final = mark("It was not saved: the disk is full. What was there before is still there.")
NOT_SAVED: Final = mark(
    "It was not saved: the disk or the folder refused it. What was there before is still there."
)
IS_THERE: Final = mark("There is a store in this folder already.")
UNSURE: Final = mark("We can't be sure that it was saved. Please look whether it is there.")
NOT_READ: Final = mark("The store could not be read just now. Try again.")
NO_MEMORY: Final = mark("There is too little memory to check the passphrase. Close other programs.")
BUSY: Final = mark("Another Secassist is using the store. Try again in a moment.")
ANYONE: Final = mark("Whoever uses your signed-in computer can open this.")


class StoreClosed(CouldNotFinish):
    """The store cannot be used as it is; ``state`` says why, the sentence what to do."""

    def __init__(self, state: State, sentence: str = "", way_out: str = "") -> None:
        self.state = state
        self.what = sentence or WORDS[state].sentence
        self.way_out = way_out or WORDS[state].way_out
        super().__init__(f"{self.what} {self.way_out}")
