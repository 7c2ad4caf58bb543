"""``secassist totp``: codes for two-step sign-in."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from secassist.base.errors import CouldNotFinish, UnusableCall, UnusableInput
from secassist.cli import streams
from secassist.cli.calling import run_click
from secassist.cli.main import ATTENTION, DONE
from secassist.cli.options import note
from secassist.cli.secrets import door_to, opened, read_passphrase
from secassist.cli.streams import print_json
from secassist.cli.totp_output import fields_of, tell, unix_time_of
from secassist.cli.vault import options
from secassist.store import opening, recovery_key, settings
from secassist.store.atomic import write_atomically
from secassist.store.folder import data_folder
from secassist.store.recovery_key import RecoveryKey
from secassist.store.states import State
from secassist.store.vault import Vault
from secassist.twofactor import base32
from secassist.twofactor.importers import Outcome, uri_list
from secassist.twofactor.importers.source import MAX_BYTES
from secassist.twofactor.planning import Planned, Status
from secassist.twofactor.repository import Saved
from secassist.usecases import clock
from secassist.usecases import twofactor as use
from secassist.usecases import vault as store

STDIN: Final = "-"
_MAX_STDIN: Final = 1024 * 1024
_FILE = click.Path(path_type=Path, dir_okay=False)
_SECRETS = click.option("--show-secrets", is_flag=True, help="Show the secrets, too.")
_FORMATS: Final = ("aegis", "addresses", "google", "paper")


@click.group(name="totp", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Codes for two-step sign-in."""


@command.command("add")
@click.argument("address", metavar="URI|-")
@options
def add_command(
    address: str, as_json: bool, data: Path | None, passphrase_file: Path | None, no_keyring: bool
) -> int:
    """Keep the account of an otpauth:// address. With - it is read from stdin, unseen by others."""
    text = _stdin() if address == STDIN else address
    batch = uri_list.read_lines([line for line in text.splitlines() if line.strip()])
    if not batch.entries:
        raise UnusableInput("There is no address to add.")
    if batch.rejected:
        raise UnusableInput(batch.rejected[0].reason)
    with _opened(data, passphrase_file, no_keyring, may_begin=True) as vault:
        planned = [use.add(vault, account) for account in batch.accounts]
    tell(planned, batch, as_json=as_json, secrets=False)
    return ATTENTION if batch.notes else DONE


@command.command("list")
@click.argument("words", nargs=-1)
@options
@_SECRETS
def list_command(
    words: tuple[str, ...],
    as_json: bool,
    data: Path | None,
    passphrase_file: Path | None,
    no_keyring: bool,
    show_secrets: bool,
) -> int:
    """Name the accounts, or those in which all WORDS stand."""
    with _opened(data, passphrase_file, no_keyring) as vault:
        found = use.search(use.entries(vault), " ".join(words))
    for saved in found:
        if as_json:
            fields = fields_of(saved.account, secrets=show_secrets)
            print_json({"id": saved.id, **fields, "site": saved.site, "confirmed": saved.confirmed})
        else:
            secret = f"  {base32.grouped(saved.account.secret)}" if show_secrets else ""
            unfinished = "" if saved.confirmed else "  (its set-up is not finished)"
            print(f"{saved.account.title}{secret}{unfinished}")
    return DONE


@command.command("code")
@click.argument("name")
@options
@click.option("--at", "at", metavar="TIME", help="At this ISO 8601 or Unix time instead of now.")
def code_command(
    name: str,
    as_json: bool,
    data: Path | None,
    passphrase_file: Path | None,
    no_keyring: bool,
    at: str | None,
) -> int:
    """The code of NAME (the account, or issuer:account) now, the next one, and how long it lasts.

    A code from a counter is used up by this.
    """
    chosen = None if at is None else unix_time_of(at)
    with _opened(data, passphrase_file, no_keyring) as vault:
        unix_time = _now(data_folder(data)) if chosen is None else chosen
        saved = use.find(use.entries(vault), name)
        shown = use.code(vault, saved.id, unix_time)
    if as_json:
        print_json({"code": shown.code, "next": shown.next, "valid_for": shown.valid_for})
    elif shown.valid_for is None:
        print(shown.code)
    else:
        print(f"{shown.code}   (for {shown.valid_for} s, then {shown.next})")
    return DONE


@command.command("import")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@options
@click.option("--password-file", type=_FILE, help="Its first line is the password of the file.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; change nothing.")
@_SECRETS
def import_command(
    files: tuple[Path, ...],
    as_json: bool,
    data: Path | None,
    passphrase_file: Path | None,
    no_keyring: bool,
    password_file: Path | None,
    dry_run: bool,
    show_secrets: bool,
) -> int:
    """Take over the accounts of other authenticators' exports, lists of addresses, QR pictures."""
    password = read_passphrase(password_file)
    outcome = _read_files([_contents(path) for path in files], password)
    if outcome.batch is None:
        raise UnusableInput(outcome.sentence)
    if dry_run:
        planned = _dry_run(outcome, data, passphrase_file, no_keyring)
    else:
        with _opened(data, passphrase_file, no_keyring, may_begin=True) as vault:
            planned = use.run_import(vault, outcome)
    tell(planned, outcome.batch, as_json=as_json, secrets=show_secrets)
    rejected = any(step.status is Status.REJECTED for step in planned)
    return ATTENTION if rejected or outcome.batch.notes else DONE


@command.command("export")
@click.argument("target", metavar="FILE|-")
@options
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="aegis",
    help="aegis (encrypted; the default), addresses, google, or paper (a PDF).",
)
@click.option("--password-file", type=_FILE, help="Its first line becomes the file's password.")
@click.option("--only", "names", multiple=True, metavar="NAME", help="Only this account.")
def export_command(
    target: str,
    as_json: bool,
    data: Path | None,
    passphrase_file: Path | None,
    no_keyring: bool,
    form: str,
    password_file: Path | None,
    names: tuple[str, ...],
) -> int:
    """Write the accounts to a new FILE that other authenticators, or people, can read."""
    if as_json and target == STDIN:
        raise UnusableCall("“-” and “--json” exclude each other: stdout can hold only one of them.")
    password = read_passphrase(password_file)
    if form == "aegis" and password is None:
        password = _ask_new_password()
    if target != STDIN and Path(target).exists():
        raise UnusableCall(f"“{target}” is there already. Choose another name.")
    with _opened(data, passphrase_file, no_keyring) as vault:
        found = use.entries(vault)
    if names:
        found = tuple(use.find(found, name) for name in names)
    exported = _EXPORTS[form](found, password or "")
    if target == STDIN:
        sys.stdout.buffer.write(exported.data)
        sys.stdout.buffer.flush()
    else:
        _write(Path(target), exported.data)
    for left_out in exported.left_out:
        title = ":".join(filter(None, (left_out.issuer, left_out.name)))
        note(f"left out: {title}: {left_out.reason}")
    if form != "aegis":
        note("whoever has this file can make these codes.")
    if as_json:
        written = len(found) - len(exported.left_out)
        print_json({"file": target, "written": written, "left_out": len(exported.left_out)})
    return ATTENTION if exported.left_out else DONE


@command.command("remove")
@click.argument("name")
@options
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove_command(
    name: str,
    as_json: bool,
    data: Path | None,
    passphrase_file: Path | None,
    no_keyring: bool,
    yes: bool,
) -> int:
    """Forget the account NAME. Switch two-step sign-in off at the site first, or you lock
    yourself out. A backup made just before still has it.
    """
    with _opened(data, passphrase_file, no_keyring) as vault:
        saved = use.find(use.entries(vault), name)
        if not yes and not _agrees(saved):
            raise UnusableCall("Nothing was removed. “--yes” removes it without a question.")
        use.remove(vault, saved.id)
    if as_json:
        print_json({"id": saved.id, "removed": True})
    else:
        print(f"Removed: {saved.account.title}")
    return DONE


def run(arguments: list[str]) -> int:
    """Run the command; its exit code."""
    return run_click(command, arguments)


_EXPORTS: Final[dict[str, Callable[[Sequence[Saved], str], use.Exported]]] = {
    "aegis": use.export_encrypted,
    "addresses": lambda found, _: use.export_addresses(found),
    "google": lambda found, _: use.export_google(found),
    "paper": lambda found, _: use.export_paper(found),
}


@contextmanager
def _opened(
    data: Path | None, passphrase_file: Path | None, no_keyring: bool, *, may_begin: bool = False
) -> Iterator[Vault]:
    """The open store. Where nothing was ever stored, a person at a terminal gets a new one."""
    keys: list[RecoveryKey] = []
    begun = keys.append if may_begin and sys.stdin.isatty() else None
    with (
        door_to(data, passphrase_file, no_keyring, ask=True) as door,
        opened(door, "for your codes", begun=begun) as vault,
    ):
        for key in keys:
            _hand_over(vault, key)
        yield vault


def _hand_over(vault: Vault, key: RecoveryKey) -> None:
    """Show the recovery key of a new store, and let the person type one group of it."""
    print(recovery_key.sheet(key), file=sys.stderr)
    while not key.is_group(3, click.prompt("Type its third group, from your paper", err=True)):
        print("That is not the third group.", file=sys.stderr)
    store.confirm(vault, key)


def _dry_run(
    outcome: Outcome, data: Path | None, passphrase_file: Path | None, no_keyring: bool
) -> tuple[Planned, ...]:
    if opening.look(data_folder(data)) is State.NONE:
        return use.plan_import(None, outcome)
    with _opened(data, passphrase_file, no_keyring) as vault:
        return use.plan_import(vault, outcome)


def _read_files(files: Sequence[bytes], password: str | None) -> Outcome:
    outcome = asyncio.run(use.read_files(files, password))
    if outcome.problem == "password-needed" and sys.stdin.isatty():
        streams.complain(outcome.sentence)
        asked = click.prompt("Password of the file", hide_input=True, err=True)
        outcome = asyncio.run(use.read_files(files, asked))
    return outcome


def _contents(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnusableInput(f"“{path}” could not be read: {error.strerror}.") from error


def _write(path: Path, data: bytes) -> None:
    try:
        write_atomically(path, data)
    except OSError as error:
        raise CouldNotFinish(f"“{path}” could not be written: {error.strerror}.") from error


def _stdin() -> str:
    if sys.stdin.isatty():
        end = "Ctrl+Z and Enter" if sys.platform == "win32" else "Ctrl+D"
        print(f"Paste the address, then press Enter and {end}:", file=sys.stderr)
    data = sys.stdin.buffer.read(_MAX_STDIN + 1)
    if len(data) > _MAX_STDIN:  # what is cut off could be the half of a secret
        raise UnusableInput(
            "That is too much to be addresses. “secassist totp import” reads files."
        )
    return data.decode("utf-8-sig", "replace")


def _ask_new_password() -> str:
    if not sys.stdin.isatty():
        raise UnusableCall("The file needs a password. “--password-file F” reads one.")
    question = "Password for the file"
    return str(click.prompt(question, hide_input=True, confirmation_prompt=True, err=True))


def _agrees(saved: Saved) -> bool:
    question = f"Remove {saved.account.title}? Its code is still wanted where it is switched on."
    return sys.stdin.isatty() and click.confirm(question, err=True)


def _now(folder: Path) -> int:
    """The right time, where the computer's is known to be off."""
    return int(time.time()) + clock.correction(settings.load(folder).clock_offset)
