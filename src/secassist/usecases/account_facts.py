"""What the store knows about the account that a mail is about."""

from __future__ import annotations

import unicodedata

from secassist.facts.organisations import Organisation, organisations
from secassist.facts.ownership import site_owner
from secassist.store.vault import Vault
from secassist.twofactor.repository import Saved
from secassist.usecases import twofactor
from secassist.usecases.advice import UNKNOWN, AccountFacts


def account_facts(vault: Vault, organisation: str) -> AccountFacts:
    """What is known about the person's account there; ``organisation``: its id, or empty.

    That no code is kept here says nothing: codes may come by another app or by text message. Of
    passwords the store keeps nothing, so nothing is known about them.
    """
    known = organisations().get(organisation) if organisation else None
    if known is None:
        return UNKNOWN
    here = any(one.confirmed and _is_there(one, known) for one in twofactor.entries(vault))
    return AccountFacts(two_step_on=True) if here else UNKNOWN


def _is_there(saved: Saved, organisation: Organisation) -> bool:
    owner = site_owner(saved.site) if saved.site else None
    if owner is not None:
        return owner.id == organisation.id
    names = {_folded(name) for name in (organisation.name, *organisation.names)}
    return _folded(saved.account.issuer) in names


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
