"""What the store knows about the account that a mail or a plan is about."""

from __future__ import annotations

import unicodedata
from typing import Final

from secassist.facts.organisations import Organisation, organisations
from secassist.facts.ownership import site_owner
from secassist.store.vault import Vault
from secassist.twofactor.repository import Saved
from secassist.usecases import twofactor
from secassist.usecases.advice import UNKNOWN, AccountFacts

PASSWORDS: Final = "password"
"""``passwords.memory.KIND``; named here so that who remembers none need not load that room."""


def account_facts(vault: Vault, organisation: str) -> AccountFacts:
    """What is known about the person's account there; ``organisation``: its id, or empty.

    That no code is kept here says nothing: codes may come by another app or by text message. Of
    its password something is known once a list of passwords was remembered with it in.
    """
    known = organisations().get(organisation) if organisation else None
    if known is None:
        return UNKNOWN
    here = any(one.confirmed and _is_there(one, known) for one in twofactor.entries(vault))
    reused, breached = _of_password(vault, known)
    return AccountFacts(reused, breached, two_step_on=True if here else None)


def _of_password(vault: Vault, organisation: Organisation) -> tuple[bool | None, bool | None]:
    """Whether it is used elsewhere too, and whether it was in a leak; None: not known.

    With several accounts there, what holds for one of them counts. What a person ticked off, or
    left out, counts no more.
    """
    if not vault.entries(PASSWORDS):
        return None, None
    from secassist.usecases import audit  # noqa: PLC0415 (only where a list was remembered)

    there = [
        one
        for one in audit.review(vault).accounts
        if (owner := site_owner(one.site)) is not None and owner.id == organisation.id
    ]
    if not there:
        return None, None
    found = {finding.code.value for one in there for finding in one.findings}
    asked = {one.id for one in audit.remembered(vault) if one.breach_checked_at}
    leaks_known = any(one.id in asked for one in there)
    leaked = bool(found & {"breached", "breached-variant"})
    return bool(found & {"reused", "similar"}), leaked or (False if leaks_known else None)


def _is_there(saved: Saved, organisation: Organisation) -> bool:
    owner = site_owner(saved.site) if saved.site else None
    if owner is not None:
        return owner.id == organisation.id
    names = {_folded(name) for name in (organisation.name, *organisation.names)}
    return _folded(saved.account.issuer) in names


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
