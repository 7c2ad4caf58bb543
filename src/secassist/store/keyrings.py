"""The far end of ``keyring_process``: speaks with the system's keyring, and may hang while it does.

One JSON object a line comes in, ``{"do": "get|set|delete", "name", "value", "prompt"}``; one or
two go out: ``{"prompt": true}`` where the system is about to ask the person, then ``{"value": …}``
or ``{"fault": "locked|missing", "why": …}``. Whatever else goes wrong ends the process, which the
near end takes for a keyring that is not usable.
"""

from __future__ import annotations

import configparser
import importlib
import json
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "secassist"

_SECRET_SERVICE: Final = "keyring.backends.SecretService.Keyring"
_LINUX: Final = (
    _SECRET_SERVICE,
    "keyring.backends.libsecret.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
)
_BY_PLATFORM: Final = {
    "win32": ("keyring.backends.Windows.WinVaultKeyring",),
    "darwin": ("keyring.backends.macOS.Keyring",),
}
ALLOWED: Final = frozenset(_LINUX + _BY_PLATFORM["win32"] + _BY_PLATFORM["darwin"])
"""No plain text, no null, no fail, and no chain that may end in one of them."""


class Fault(Exception):
    """The keyring cannot serve: ``locked`` or ``missing``, and why."""

    def __init__(self, kind: str, why: str) -> None:
        super().__init__(why)
        self.kind = kind
        self.why = why


def serve() -> None:
    """Answer until the input ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    sys.stdout = sys.stderr  # a stray print must not get between the answers

    def say(answer: dict[str, Any]) -> None:
        answers.write(json.dumps(answer) + "\n")
        answers.flush()

    for line in sys.stdin:
        try:
            say({"value": answer(json.loads(line), lambda: say({"prompt": True}))})
        except Fault as fault:
            say({"fault": fault.kind, "why": fault.why})


def answer(request: dict[str, Any], warn: Callable[[], None]) -> str | None:
    """Do what is asked; ``warn`` is called before the system may ask the person. Raises Fault."""
    from keyring import errors  # noqa: PLC0415 (in the process of its own alone)

    backend = choose()
    if not _ready(backend, request, warn):
        return None
    name = request["name"]
    try:
        if request["do"] == "get":
            return backend.get_password(SERVICE, name)
        if request["do"] == "set":
            backend.set_password(SERVICE, name, request["value"])
            if backend.get_password(SERVICE, name) != request["value"]:
                raise Fault("missing", "the keyring did not keep what it was given")
        elif backend.get_password(SERVICE, name) is not None:
            backend.delete_password(SERVICE, name)
    except errors.KeyringLocked as error:
        raise Fault("locked", str(error)) from error
    except errors.InitError as error:
        # A first keyring has to be made, and the person, or a system without a screen, said no.
        raise Fault("missing", str(error)) from error
    except errors.KeyringError as error:
        raise Fault("missing", str(error)) from error
    return None


def choose() -> KeyringBackend:
    """The back end that the person set, if it is one of ours; else the first that works."""
    configured = _configured()
    if configured and configured not in ALLOWED:
        raise Fault("missing", f"{configured} is refused: it does not keep secrets")
    names = (configured,) if configured else _BY_PLATFORM.get(sys.platform, _LINUX)
    reasons = []
    for name in names:
        module, _, kind = name.rpartition(".")
        try:
            backend: type[KeyringBackend] = getattr(importlib.import_module(module), kind)
            backend.priority  # noqa: B018 (raises where the back end cannot work here)
        except (ImportError, RuntimeError) as error:
            reasons.append(str(error))
            continue
        return backend()
    raise Fault("missing", "; ".join(reasons))


def _configured() -> str:
    """What the person set for the library, by name; nothing is loaded."""
    if named := os.environ.get("PYTHON_KEYRING_BACKEND", "").strip():
        return named
    from keyring.util.platform_ import config_root  # noqa: PLC0415 (see answer)

    settings = configparser.RawConfigParser()
    try:
        settings.read(config_root() / "keyringrc.cfg", encoding="utf-8")
    except (OSError, configparser.Error, UnicodeDecodeError):
        return ""
    return settings.get("backend", "default-keyring", fallback="").strip()


def _ready(backend: KeyringBackend, request: dict[str, Any], warn: Callable[[], None]) -> bool:
    """Whether to go on: False where nothing can be there. Warns where the system may ask."""
    if type(backend).__module__ != "keyring.backends.SecretService":
        if sys.platform != "win32":  # a wallet or a keychain does not tell beforehand
            warn()
        return True
    from secretstorage import exceptions  # noqa: PLC0415 (Linux alone)

    try:
        locked = _is_locked()
    except exceptions.ItemNotFoundException:
        if request["do"] != "set":
            return False
        warn()  # the system asks for a password for the new keyring
        return True
    except exceptions.SecretStorageException as error:
        raise Fault("missing", str(error)) from error
    if locked:
        if not request["prompt"]:
            raise Fault("locked", "the keyring is locked")
        if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
            warn()
    return True


def _is_locked() -> bool:
    import secretstorage  # noqa: PLC0415 (Linux alone)
    from secretstorage.collection import get_collection_by_alias  # noqa: PLC0415 (Linux alone)

    connection = secretstorage.dbus_init()
    try:
        return bool(get_collection_by_alias(connection, "default").is_locked())
    finally:
        connection.close()
