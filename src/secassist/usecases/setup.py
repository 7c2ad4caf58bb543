"""The guided set-up over the store: each function does one thing that a person does in it.

The moments and their order are those of ``twofactor.setup``. What is returned is on disk.
"""

from __future__ import annotations

from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from secassist.base.errors import OverLimit, UnusableCall, UnusableInput
from secassist.base.language import mark
from secassist.base.worker import Worker
from secassist.facts.site_search import place_at
from secassist.store.vault import Row, Vault
from secassist.twofactor import base32, migration, otpauth
from secassist.twofactor import setup as guide
from secassist.twofactor.account import Account
from secassist.twofactor.entries import Rejected
from secassist.twofactor.importers import uri_list
from secassist.twofactor.repository import KIND, Saved, to_data
from secassist.twofactor.setup import Setup, Step
from secassist.usecases import twofactor

_WRONG_PICTURE = mark(
    "This picture code is of another kind, such as a link or a Wi-Fi password. "
    "Look for the one that the site shows for an authenticator."
)

_TOO_MUCH = mark("This picture could not be read. Cut out the part with the code, and try again.")

_NO_PICTURE = mark("There is no picture code here.")
_NO_ACCOUNT = mark("There is no account in this code.")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An account that stood in what the person held up, and what was odd about it."""

    account: Account
    oddities: tuple[str, ...] = ()


async def read_picture(worker: Worker, data: bytes) -> tuple[str, ...]:
    """The codes in a picture file (or one from the clipboard), read in the worker process.

    Raises UnusableInput for what is no picture, OverLimit for one that is too large.
    """
    from secassist.twofactor import qr  # noqa: PLC0415 (large; the worker needs it more than we)

    return await _in_process(worker.run(qr.read_picture, data))


async def read_screen(
    worker: Worker, pixels: bytes, width: int, height: int, stride: int
) -> tuple[str, ...]:
    """The codes on a screen (8-bit grey, ``stride`` bytes a row), read in the worker process."""
    from secassist.twofactor import qr  # noqa: PLC0415

    return await _in_process(worker.run(qr.read_pixels, pixels, width, height, stride))


def resume(vault: Vault) -> tuple[Setup, ...]:
    """The set-ups that were begun and not finished. One that makes no sense is set aside.

    One whose account is gone (removed elsewhere) goes back to the picture code.
    """
    there = {saved.id for saved in twofactor.entries(vault)}
    found: list[Setup] = []
    for row in vault.entries(guide.KIND):
        try:
            setup = guide.from_data(row.id, row.data)
        except UnusableInput as error:
            vault.set_aside(guide.KIND, row.id, error.sentence)
            continue
        if setup.is_saved and setup.account_id not in there:
            setup = replace(setup, step=Step.PICTURE, account_id="", cause=None)
        found.append(setup)
    return tuple(found)


def keep(vault: Vault, setup: Setup) -> Setup:
    """Note where the person is, so that a crash loses nothing but the last click."""
    vault.change([_row(setup)])
    return setup


def candidates(texts: Iterable[str]) -> tuple[Candidate, ...]:
    """The accounts in what was read from pictures, pasted or typed: addresses, or a bare secret.

    Raises UnusableInput with the reason where there is none.
    """
    found: list[Candidate] = []
    reasons: list[str] = []
    for text in texts:
        try:
            found += _candidates(text)
        except UnusableInput as error:
            reasons.append(error.sentence)
    if not found:
        raise UnusableInput(reasons[0] if reasons else _NO_PICTURE)
    return tuple(found)


def read_in(vault: Vault | None, setup: Setup, candidate: Candidate) -> Setup:
    """Look at an account: does it fit the site, is it there already, is anything odd?

    ``vault``: None where nothing was ever stored.

    The picture of an account that is there already takes up that account, not a second one.
    """
    existing = [] if vault is None else [saved.account for saved in twofactor.entries(vault)]
    account = candidate.account
    if not account.issuer:
        account = replace(account, issuer=setup.site_name)
    twin = next((one for one in existing if account.is_duplicate_of(one)), None)
    return guide.read_in(
        setup,
        account if twin is None else twin,
        oddities=candidate.oddities,
        fits_site=_fits(setup, account),
        existing=existing,
    )


def save(vault: Vault, setup: Setup) -> Setup:
    """Keep the account and the place in the set-up, in one transaction. Now its code may be shown.

    An account that was there already stays as it is.
    """
    account = setup.account
    after = guide.saved(setup)
    assert account is not None  # else saved raises
    known = any(saved.id == account.id for saved in twofactor.entries(vault))
    rows = [_row(after)]
    if not known:
        saved = Saved(account, site=setup.site, confirmed=False)
        rows.append(Row(KIND, account.id, to_data(saved)))
    vault.change(rows)
    return after


def site_took_it(vault: Vault, setup: Setup) -> Setup:
    """The site took the code: the account counts from now on, those of failed tries go."""
    after = guide.taken(setup)
    saved = replace(_saved(vault, setup), confirmed=True)
    unused = [
        (KIND, one.id)
        for one in twofactor.entries(vault)
        if one.id in setup.replaced and not one.confirmed
    ]
    vault.change([Row(KIND, saved.id, to_data(saved)), _row(after)], deletes=unused)
    return after


def keep_spare_codes(vault: Vault, setup: Setup, spare_codes: Sequence[str], place: str) -> Setup:
    """Note the spare codes (none, if they are kept elsewhere) and where they are: ``here``,
    ``paper``, ``elsewhere``, ``none`` (the site has none) or ``later``.
    """
    after = guide.spare_codes_kept(setup)
    saved = replace(_saved(vault, setup), spare_codes=tuple(spare_codes), spare_codes_place=place)
    vault.change([Row(KIND, saved.id, to_data(saved)), _row(after)])
    return after


def finish(vault: Vault, setup: Setup, unix_time: int) -> Setup:
    """Done: a reminder in half a year, and nothing unfinished is left."""
    after = guide.finish(setup)
    saved = replace(_saved(vault, setup), remind_at=unix_time + guide.REMIND_AFTER)
    vault.change([Row(KIND, saved.id, to_data(saved))], deletes=[(guide.KIND, setup.id)])
    return after


def stop(vault: Vault, setup: Setup) -> None:
    """Leave it for now. What is saved stays, and the set-up can be taken up again."""
    if setup.is_saved:
        vault.change([_row(setup)])
    else:
        vault.change(deletes=[(guide.KIND, setup.id)])


def discard(vault: Vault, setup: Setup) -> None:
    """Leave it for good, because two-step sign-in was not switched on at the site.

    Accounts that the site never took go, after a backup; one that it took stays.
    """
    ours = {setup.account_id, *setup.replaced}
    unused = [s.id for s in twofactor.entries(vault) if s.id in ours and not s.confirmed]
    for id_ in unused:
        twofactor.remove(vault, id_)
    vault.change(deletes=[(guide.KIND, setup.id)])


async def _in_process(reading: Coroutine[Any, Any, tuple[str, ...]]) -> tuple[str, ...]:
    try:
        return await reading
    except OverLimit as error:
        raise OverLimit(_TOO_MUCH) from error


def _candidates(text: str) -> list[Candidate]:
    if migration.looks_like_one(text):
        batch = migration.read([text])
        if not batch.accounts:
            reasons = [entry.reason for entry in batch.entries if isinstance(entry, Rejected)]
            raise UnusableInput(reasons[0] if reasons else _NO_ACCOUNT)
        return [Candidate(account) for account in batch.accounts]
    if otpauth.looks_like_one(text):
        lines = uri_list.lines_of(text)
        readings = [otpauth.read(line) for line in lines if otpauth.looks_like_one(line)]
        return [Candidate(reading.account, reading.oddities) for reading in readings]
    if "://" in text or ":" in text.strip()[:12]:
        raise UnusableInput(_WRONG_PICTURE)
    return [Candidate(Account(secret=base32.decode(text)))]


def _fits(setup: Setup, account: Account) -> bool:
    place = place_at(setup.site) if setup.site else None
    if place is not None:
        return place.is_called(account.issuer)
    typed, issuer = setup.site_name.casefold(), account.issuer.casefold()
    return not issuer or issuer in typed or typed in issuer


def _saved(vault: Vault, setup: Setup) -> Saved:
    for saved in twofactor.entries(vault):
        if saved.id == setup.account_id:
            return saved
    raise UnusableCall("This account is no longer there.")


def _row(setup: Setup) -> Row:
    return Row(guide.KIND, setup.id, guide.to_data(setup))
