from __future__ import annotations

import pytest

from secassist.facts.ownership import OwnershipKind
from secassist.mail.findings import Strength, Weighs
from secassist.mail.identity import LookalikeKind
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
    assert [f.code for f in named.findings] == ["claim.lookalike"]


@pytest.mark.parametrize(
    ("sender", "may_be"),
    [
        ("Sparkasse <info@sparkasse-musterstadt.de>", True),
        ("Sparkasse <info@sparkasse-sicherheit.de>", False),
        ("Netflix <info@netflix.pt>", True),
        ("Netflix <info@letters.example>", False),
    ],
)
def test_a_branch_is_left_open(sender: str, may_be: bool) -> None:
    assert identity(compose(sender)).may_be_branch is may_be


def test_two_from_addresses_have_no_owner() -> None:
    found = identity(compose("PayPal <service@paypal.com>, x@evil.example"))
    assert found.ownership.kind is OwnershipKind.UNKNOWN
    assert found.named.claimed == "paypal"
