"""Whose is an address? The rule of the design, entry by entry."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.facts.hosts import hosts
from secassist.facts.organisations import Organisation, Relay
from secassist.facts.ownership import Owners, OwnershipKind, owner_of, site_owner

AS_OF = date(2026, 11, 25)


def organisation(id_: str, *senders: str, **fields: object) -> Organisation:
    return Organisation(id_, id_, (id_,), "mail", senders, "known", AS_OF, **fields)  # type: ignore[arg-type]


BANK = organisation(
    "bank",
    "bank.example",
    "bank.co.uk",
    "alerts.mixed.example",
    "service@mixed.example",
    mailboxes=("mixed.example", "users.example", "*.users.example"),
    relays=(
        Relay("pay@bank.*", "requests", mixed=True),
        Relay("notes.bank.*", "notes"),
        Relay("*.rooms.bank.example", "rooms"),
        Relay("forms.bank.example", "forms"),
    ),
    family="house",
)
CARD = organisation("card", "card.example", "shared.example", family="house")
SHARED = organisation("shared", "shared.example", family="house")
OTHER = organisation("other", "other.example")
OWNERS = Owners((BANK, CARD, SHARED, OTHER), hosts())


@pytest.mark.parametrize(
    ("address", "kind", "pattern"),
    [
        ("a@bank.example", "organisation", "bank.example"),
        ("a@deep.news.bank.example", "organisation", "bank.example"),
        ("a@BANK.Example.", "organisation", "bank.example"),
        ("a@bank.example.evil.test", "unknown", ""),
        ("a@notbank.example", "unknown", ""),
        ("a@bank.test", "unknown", ""),
        ("pay@bank.example", "relay", "pay@bank.*"),
        ("PAY@bank.example", "relay", "pay@bank.*"),
        ("pay+n17@bank.co.uk", "relay", "pay@bank.*"),
        ("pay@bank.test", "unknown", ""),  # an ending that the bank does not list
        ("pay@news.bank.example", "organisation", "bank.example"),
        ("a@notes.bank.co.uk", "relay", "notes.bank.*"),
        ("a@forms.bank.example", "relay", "forms.bank.example"),
        ("a@eu.forms.bank.example", "relay", "forms.bank.example"),
        ("a@one.rooms.bank.example", "relay", "*.rooms.bank.example"),
        ("a@rooms.bank.example", "organisation", "bank.example"),
        ("a@mixed.example", "mailbox", "mixed.example"),
        ("service@mixed.example", "organisation", "service@mixed.example"),
        ("service+x@mixed.example", "mailbox", "mixed.example"),  # a tag is the user's own
        ("a@sub.mixed.example", "organisation", "mixed.example"),
        ("a@sub.users.example", "mailbox", "*.users.example"),
        ("a@alerts.mixed.example", "organisation", "alerts.mixed.example"),
        ("a@", "unknown", ""),
        ("a@[192.0.2.1]", "unknown", ""),
        ("a@bank..example", "unknown", ""),
    ],
)
def test_most_specific_entry_wins(address: str, kind: str, pattern: str) -> None:
    local, _, domain = address.partition("@")
    found = OWNERS.owner_of(domain, local)
    assert (found.kind, found.pattern) == (OwnershipKind(kind), pattern)


def test_a_relay_tells_what_strangers_can_write() -> None:
    found = OWNERS.owner_of("bank.example", "pay")
    assert (found.organisation, found.what, found.mixed) == (BANK, "requests", True)


def test_below_mailboxes_only_a_proof_for_the_very_domain_counts() -> None:
    assert OWNERS.owner_of("alerts.mixed.example").strict
    assert OWNERS.owner_of("sub.mixed.example").strict
    assert not OWNERS.owner_of("service@mixed.example").strict
    assert not OWNERS.owner_of("bank.example").strict


def test_one_house_may_share_a_domain() -> None:
    found = OWNERS.owner_of("shared.example")
    assert found.organisation == CARD
    assert found.belongs_to(SHARED)
    assert found.belongs_to(BANK)
    assert not found.belongs_to(OTHER)


def test_a_mailbox_belongs_to_nobody() -> None:
    assert not OWNERS.owner_of("mixed.example", "bank").belongs_to(BANK)


def test_a_sender_ends_at_the_next_public_suffix() -> None:
    owners = Owners((organisation("forge", "github.io"),), hosts())
    assert owners.owner_of("github.io").kind is OwnershipKind.ORGANISATION
    assert owners.owner_of("someone.github.io").kind is OwnershipKind.HOSTING


def test_a_listed_name_below_a_public_suffix_wins() -> None:
    owners = Owners((organisation("forge", "status.github.io"),), hosts())
    assert owners.owner_of("status.github.io").kind is OwnershipKind.ORGANISATION
    assert owners.owner_of("x.github.io").kind is OwnershipKind.HOSTING


@pytest.mark.parametrize(
    ("address", "kind", "owner"),
    [
        ("service@intl.paypal.com", "relay", "paypal"),
        ("security@e.paypal.com", "organisation", "paypal"),
        ("a@paypal.com.evil.test", "unknown", None),
        ("a@x.github.io", "hosting", None),
        ("security@gmail.com", "mailbox", "google"),
        ("no-reply@accounts.google.com", "organisation", "google"),
        ("noreply@docusign.net", "relay", "docusign"),
        ("support@shop.zendesk.com", "relay", "zendesk"),
        ("a@tenant.onmicrosoft.com", "hosting", None),
        ("noreply@app-1.firebaseapp.com", "hosting", None),
        ("a@shop17.myshopify.com", "hosting", None),
        ("a@outlook.com", "mailbox", "microsoft"),
        ("a@gmx.net", "mailbox", "gmx"),
        ("no-reply@notify.proton.me", "organisation", "proton"),
        ("a@163.com", "mailbox", None),
        ("news@service.163.com", "unknown", None),
        ("news@reply.yahoo.com", "organisation", "yahoo"),
        ("a@someone.fastmail.com", "mailbox", "fastmail"),
        ("security@mail.instagram.com", "organisation", "instagram"),
        ("a@xn--pypal-4ve.com", "unknown", None),
        ("a@x.uk.com", "hosting", None),
    ],
)
def test_shipped_entries(address: str, kind: str, owner: str | None) -> None:
    local, _, domain = address.partition("@")
    found = owner_of(domain, local)
    assert found.kind == kind
    assert (found.organisation.id if found.organisation else None) == owner


@pytest.mark.parametrize(
    ("host", "owner"),
    [
        ("www.paypal.com", "paypal"),
        ("help.instagram.com", "instagram"),
        ("login.yahoo.com", "yahoo"),  # its own page, though anybody can have an address there
        ("aka.ms", "microsoft"),
        ("www.gov.uk", "hmrc"),
        ("council.gov.uk", None),
        ("docs.google.com", None),
        ("someone.github.io", None),
        ("shop.myshopify.com", None),
        ("someone.sharepoint.com", None),
        ("paypal.com.evil.test", None),
        ("", None),
    ],
)
def test_whose_page_a_link_shows(host: str, owner: str | None) -> None:
    found = site_owner(host)
    assert (found.id if found else None) == owner


@given(st.text(max_size=300), st.text(max_size=80))
def test_any_text_has_an_answer(domain: str, local: str) -> None:
    assert owner_of(domain, local).kind in OwnershipKind


@given(st.from_regex(r"[a-z]{1,8}(\.[a-z]{1,8}){0,3}", fullmatch=True))
def test_a_name_in_front_of_a_foreign_domain_owns_nothing(name: str) -> None:
    assert OWNERS.owner_of(f"bank.example.{name}.invalid").kind is OwnershipKind.UNKNOWN
