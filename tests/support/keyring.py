"""A keyring in memory, which can be made to fail as the real ones do."""

from __future__ import annotations

from secassist.store.states import State, StoreClosed


class FakeKeyring:
    """Keeps secrets by name; with ``fault`` set, every call says so instead."""

    def __init__(self) -> None:
        self.secrets: dict[str, bytes] = {}
        self.fault: State | None = None

    def get(self, name: str) -> bytes | None:
        self._fail()
        return self.secrets.get(name)

    def set(self, name: str, secret: bytes) -> None:
        self._fail()
        self.secrets[name] = secret

    def delete(self, name: str) -> None:
        self._fail()
        self.secrets.pop(name, None)

    def _fail(self) -> None:
        if self.fault is not None:
            raise StoreClosed(self.fault)
