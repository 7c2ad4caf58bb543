"""The form of every asset: what people who cannot program may have slipped in."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from urllib.parse import urlsplit

import pytest
from email_validator import validate_email

from secassist.facts.assets import asset
from secassist.facts.domains import is_domain, is_public_suffix, registrable_domain, to_ascii
from secassist.facts.hosts import Hosts, hosts
from secassist.facts.incidents import incidents
from secassist.facts.mail_programs import Gives, mail_programs
from secassist.facts.organisations import Organisation, organisations
from secassist.facts.ownership import OwnershipKind, owner_of, site_owner
from secassist.facts.receivers import receivers
from secassist.facts.sites import Site, sites

KINDS = {
    "mail", "social", "messenger", "games", "streaming", "shop", "payment", "finance", "crypto",
    "developer", "work", "storage", "signature", "software", "ai", "cloud", "hosting",
    "password manager", "security", "bank", "parcel", "tax", "government", "telecom", "travel",
    "platform",
}  # fmt: skip
CONFIDENCES = {"seen", "known", "guess"}
MAIL_KINDS = {"reset-requested", "changed", "new-sign-in", "code", "invoice", "other"}
METHODS = {"totp", "sms", "email", "call", "u2f", "custom-software", "custom-hardware"}
TOML = (
    "organisations", "receivers", "mail_programs", "incidents", "hosts", "password_managers",
)  # fmt: skip
OLDEST = date(2026, 1, 1)  # an earlier day is a slip of the pen

ORGANISATIONS = tuple(organisations().values())


def is_written_well(domain: str) -> bool:
    return is_domain(domain) and to_ascii(domain) == domain


def patterns(organisation: Organisation) -> Iterator[str]:
    yield from (relay.pattern for relay in organisation.relays)
    yield from organisation.senders


def urls(organisation: Organisation) -> dict[str, str]:
    names = ("real_site", "security_page", "hacked_help", "two_factor_page")
    return {name: url for name in names if (url := getattr(organisation, name))}


def twice(items: Iterable[str]) -> list[str]:
    return [item for item, times in Counter(items).items() if times > 1]


def test_texts_of_an_organisation() -> None:
    for organisation in ORGANISATIONS:
        check_texts_of_an_organisation(organisation)


def check_texts_of_an_organisation(organisation: Organisation) -> None:
    assert re.fullmatch(r"[a-z0-9]+", organisation.id)
    assert organisation.kind in KINDS
    assert organisation.confidence in CONFIDENCES
    assert re.fullmatch(r"([A-Z]{2})?", organisation.country)
    assert organisation.as_of >= OLDEST
    assert organisation.names
    assert not twice(organisation.names)
    assert all(name == name.strip() != "" for name in organisation.names)
    assert set(organisation.common_words) <= set(organisation.names)
    assert organisation.source


def test_domains_of_an_organisation() -> None:
    for organisation in ORGANISATIONS:
        check_domains_of_an_organisation(organisation)


def check_domains_of_an_organisation(organisation: Organisation) -> None:
    for domain in (*organisation.mailboxes, *organisation.sites):
        assert is_written_well(domain.removeprefix("*.")), domain
    for pattern in patterns(organisation):
        local, at, domain = pattern.rpartition("@")
        assert is_written_well(domain.removeprefix("*.").removesuffix(".*") + ".com"), pattern
        assert not at or re.fullmatch(r"[a-z0-9._+-]+", local), pattern
    assert all("*" not in sender for sender in organisation.senders)
    assert not twice(patterns(organisation))
    assert not twice((*organisation.senders, *organisation.mailboxes, *organisation.sites))


def test_notices_come_from_a_mailbox_domain_of_the_organisations_own() -> None:
    for organisation in ORGANISATIONS:
        assert set(organisation.notices_from) <= set(organisation.mailboxes)


def test_slots_are_in_forms_of_an_organisation_that_also_writes_itself() -> None:
    for organisation in ORGANISATIONS:
        for relay in organisation.relays:
            if relay.slots:  # on a platform, and below a whole domain, users write what they like
                assert relay.mixed
                assert "@" in relay.pattern
                assert not organisation.is_platform


def test_no_sender_is_shared_with_strangers() -> None:
    for organisation in ORGANISATIONS:
        check_no_sender_is_shared_with_strangers(organisation)


def check_no_sender_is_shared_with_strangers(organisation: Organisation) -> None:
    shared = hosts()
    for sender in organisation.senders:
        if "@" in sender:
            continue
        if is_public_suffix(sender):  # one that it lets strangers have names below of
            assert owner_of(f"any.{sender}").kind is OwnershipKind.HOSTING, sender
        assert sender not in organisation.mailboxes
        for strangers in (shared.free_hosting, shared.free_mail, shared.address_hiding):
            assert sender not in strangers.domains, sender


def test_every_sender_and_relay_is_found_again() -> None:
    for organisation in ORGANISATIONS:
        check_every_sender_and_relay_is_found_again(organisation)


def check_every_sender_and_relay_is_found_again(organisation: Organisation) -> None:
    for sender in organisation.senders:
        local, _, domain = sender.rpartition("@")
        found = owner_of(domain, local)
        assert found.kind is OwnershipKind.ORGANISATION, sender
        assert found.belongs_to(organisation), sender
    for relay in organisation.relays:
        assert relay.what
        local, _, domain = relay.pattern.rpartition("@")
        if not domain.endswith(".*"):
            found = owner_of(domain.replace("*", "someone"), local or "someone")
            assert (found.kind, found.organisation) == (OwnershipKind.RELAY, organisation)
    for domain in organisation.mailboxes:
        assert owner_of(domain.replace("*", "x"), "someone").kind is OwnershipKind.MAILBOX


def test_a_domain_has_one_owner_or_owners_of_one_house() -> None:
    holders: dict[str, list[Organisation]] = defaultdict(list)
    for organisation in organisations().values():
        for pattern in {*patterns(organisation), *organisation.mailboxes}:
            holders[pattern].append(organisation)
    for pattern, owners in holders.items():
        assert all(owners[0].is_kin_of(owner) for owner in owners), pattern


def test_buttons_lead_to_the_organisation_itself() -> None:
    for organisation in ORGANISATIONS:
        check_buttons_lead_to_the_organisation_itself(organisation)


def check_buttons_lead_to_the_organisation_itself(organisation: Organisation) -> None:
    for name, url in urls(organisation).items():
        parts = urlsplit(url)
        assert parts.scheme == "https", url
        assert parts.hostname, url
        assert is_written_well(parts.hostname), url
        assert not re.search(r"\s", url), url
        assert parts.username is None, url
        if name == "real_site" and organisation.is_platform:
            continue
        home = urlsplit(organisation.real_site).hostname or ""
        owner = site_owner(parts.hostname)
        assert registrable_domain(parts.hostname) == registrable_domain(home) or (
            owner is not None and owner.is_kin_of(organisation)
        ), url


def test_reports_go_to_addresses() -> None:
    for organisation in ORGANISATIONS:
        check_reports_go_to_addresses(organisation)


def check_reports_go_to_addresses(organisation: Organisation) -> None:
    for address in organisation.report_to:
        assert validate_email(address, check_deliverability=False).normalized == address


def test_receivers_form() -> None:
    for receiver in receivers():
        assert re.fullmatch(r"[a-z0-9-]+", receiver.id)
        assert receiver.confidence in CONFIDENCES
        assert receiver.as_of >= OLDEST
        assert receiver.source
        assert all(is_written_well(domain) for domain in receiver.mailboxes)
        assert all(key == key.lower().strip() for key in receiver.provider_keys)
        assert all(re.fullmatch(r"[a-z0-9-]+\*?", name) for name in receiver.between)


def test_mail_programs_form() -> None:
    known = {receiver.id for receiver in receivers()}
    for program in mail_programs():
        assert re.fullmatch(r"[a-z0-9-]+", program.id)
        assert program.confidence in CONFIDENCES
        assert program.as_of >= OLDEST
        assert set(program.receivers) <= known
        assert program.steps
        assert all(step and not step.endswith(".") for step in program.steps)
        assert program.source
    offered = [(program.program, program.platform) for program in mail_programs()]
    assert len(offered) == len(set(offered))
    assert {program.gives for program in mail_programs()} == set(Gives)


def test_incidents_form() -> None:
    for incident in incidents():
        assert incident.organisation in organisations()
        assert set(incident.kinds) <= MAIL_KINDS
        assert incident.first <= incident.last
        assert incident.first <= incident.said_on <= incident.as_of
        assert all((incident.statement, incident.said_by, incident.said_where))


@pytest.mark.parametrize("name", [field.name for field in fields(Hosts)])
def test_hosts_form(name: str) -> None:
    host_list = getattr(hosts(), name)
    assert host_list.as_of >= OLDEST
    assert len(host_list.domains) >= 10
    for entry in host_list.domains:
        domain, slash, path = entry.partition("/")
        assert is_written_well(domain), entry
        assert not slash or (name == "redirectors" and re.fullmatch(r"[\w/-]+", path)), entry


def test_no_list_of_hosts_repeats_itself() -> None:
    text = asset("hosts.toml").read_text("utf-8")
    for name, table in tomllib.loads(text).items():
        assert not twice(table["domains"]), name


def test_free_mail_is_no_ones_own_domain() -> None:
    for domain in hosts().free_mail.domains:
        assert owner_of(domain, "someone").kind is OwnershipKind.MAILBOX, domain


def test_sites_form() -> None:
    listed = set(sites().by_domain.values())
    assert len(listed) > 2_500
    assert any("MIT" in line for line in sites().credits)
    assert any("CC BY 4.0" in line for line in sites().credits)
    for domain, site in sites().by_domain.items():
        assert is_written_well(domain), domain
        assert site.name.strip(), domain
        assert set(site.methods) <= METHODS, domain
        for url in (site.url, site.how, site.recovery, site.passkey_page):
            assert not url or urlsplit(url).scheme == "https", url


def test_a_site_is_found_by_any_of_its_names() -> None:
    found = sites().at("login.dropbox.com")
    assert isinstance(found, Site)
    assert found.domain == "dropbox.com"
    assert "totp" in found.methods
    assert sites().at("dropbox.com.evil.test") is None
    assert sites().at("") is None
    listed = [site["domain"] for site in json.loads(asset("sites.json").read_text())["sites"]]
    assert not twice(listed)


@pytest.mark.parametrize("name", TOML)
def test_assets_hold_nothing_unprintable(name: str) -> None:
    text = asset(f"{name}.toml").read_text("utf-8")
    bad = [c for c in set(text) if not c.isprintable() and c != "\n"]
    assert not bad
    assert "\t" not in text
