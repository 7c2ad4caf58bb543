from __future__ import annotations

import pytest

from secassist.facts.ownership import OwnershipKind
from secassist.mail.findings import Strength, Weighs
from secassist.mail.identity.likeness import LookalikeKind
from secassist.mail.identity.naming import Claim
from support.compose import compose, identity


def test_owner_and_name_agree_in_honest_mail() -> None:
    found = identity(compose("Instagram <security@mail.instagram.com>", "Reset your password"))
    assert found.ownership.kind is OwnershipKind.ORGANISATION
    assert found.named.claimed == "instagram"
    assert found.lookalike is None
    assert found.findings == ()


def test_a_look_alike_is_a_claim_and_a_finding() -> None:
    found = identity(compose("Security <no-reply@paypa1.com>", "Please verify"))
    assert found.lookalike is not None
    assert found.lookalike.kind is LookalikeKind.DIGIT
    assert found.named.claimed == "paypal"
    (finding,) = found.findings
    assert (finding.code, finding.strength) == ("claim.lookalike", Strength.STRONG)
    assert finding.facts["real"] == "paypal.com"


def test_a_doubtful_look_alike_needs_the_name_too() -> None:
    alone = identity(compose("Maria <maria@wise.org>", "Hello"))
    assert {f.weighs for f in alone.findings} == {Weighs.NEITHER}
    named = identity(compose("Wise <maria@wise.org>", "Your Wise account"))
    assert [f.code for f in named.findings] == ["claim.other-ending"]


@pytest.mark.parametrize(
    ("sender", "may_be"),
    [
        ("Sparkasse <info@sparkasse-musterstadt.de>", True),
        ("Sparkasse <info@sparkasse-sicherheit.de>", False),
        ("Netflix <info@netflix.pt>", False),
        ("Netflix <info@letters.example>", False),
    ],
)
def test_a_branch_is_left_open(sender: str, may_be: bool) -> None:
    found = identity(compose(sender))
    assert found.may_be_branch is may_be
    assert (found.named.claimed is None) is may_be
    assert may_be or found.named.strength is Claim.STRONG
    assert not may_be or {f.weighs for f in found.findings} <= {Weighs.NEITHER}


def test_two_from_addresses_have_no_owner() -> None:
    found = identity(compose("PayPal <service@paypal.com>, x@evil.example"))
    assert found.ownership.kind is OwnershipKind.UNKNOWN
    assert found.named.claimed == "paypal"


def test_an_imitation_of_the_readers_own_domain() -> None:
    found = identity(
        compose("Boss <boss@hornbach-rnetall.example>", to="me@hornbach-metall.example")
    )
    assert [f.code for f in found.findings] == ["lookalike.own-domain"]
    assert found.findings[0].strength is Strength.STRONG
    slip = identity(compose("Boss <boss@hornbachmetal.example>", to="me@hornbachmetall.example"))
    assert [f.strength for f in slip.findings] == [Strength.WEAK]
    for sender in ("a@hornbach.example", "a@hornbach-metall.test", "a@gmail.com"):
        assert identity(compose(sender, to="me@hornbach-metall.example")).findings == ()


def test_a_list_that_puts_itself_into_from_is_not_the_one_it_names() -> None:
    found = identity(compose("'PayPal' via Club <club@googlegroups.com>", "Hello"))
    assert found.named.claimed is None
    forged = identity(compose("'PayPal' via Club <club@evil.example>", "Hello"))
    assert forged.named.claimed == "paypal"


def test_a_service_that_hides_addresses_keeps_the_name() -> None:
    found = identity(compose("service@paypal.com [via Relay] <abc@mozmail.com>", "Hello"))
    assert {f.weighs for f in found.findings} <= {Weighs.NEITHER}
