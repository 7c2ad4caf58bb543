"""A test per row of the table, and what must never happen."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.mail.findings import Finding, Strength, contradicts, notes, proves, supports
from secassist.mail.verdict import MADE_TO_DECEIVE, PROOF_WEAKENED, PROVED, TABLE, Verdict, decide

ORGANISATION = notes("owner.organisation")
UNKNOWN = notes("owner.unknown")
DKIM = proves("auth.dkim-aligned")
ELSEWHERE = contradicts("claim.elsewhere")

ROWS: dict[str, tuple[Verdict, list[Finding]]] = {
    "forwarded-as-text": (
        Verdict.CANNOT_TELL,
        [notes("reading.forwarded-as-text"), DKIM, UNKNOWN, ELSEWHERE],
    ),
    "policy-fails": (Verdict.FAKE, [contradicts("auth.policy-fails", Strength.PROOF)]),
    "deceptive-address": (Verdict.FAKE, [ELSEWHERE, contradicts("claim.lookalike"), DKIM]),
    "proved-elsewhere": (
        Verdict.FAKE,
        [ELSEWHERE, DKIM, contradicts("link.text-differs", Strength.PROOF)],
    ),
    "evidence-against": (Verdict.SUSPICIOUS, [ELSEWHERE, DKIM, UNKNOWN]),
    "hidden-address": (Verdict.CANNOT_TELL, [notes("owner.address-hiding"), DKIM]),
    "relayed": (Verdict.RELAYED, [DKIM, notes("owner.relay")]),
    "genuine": (Verdict.GENUINE, [DKIM, ORGANISATION]),
    "weakened-proof": (Verdict.CANNOT_TELL, [DKIM, ORGANISATION, notes("auth.replayed")]),
    "weak-evidence-against": (
        Verdict.SUSPICIOUS,
        [
            contradicts("reply-to.elsewhere", Strength.WEAK),
            contradicts("content.pressure", Strength.WEAK),
        ],
    ),
    "proven-domain": (Verdict.PROVEN_DOMAIN, [DKIM, UNKNOWN]),
    "headers-only": (
        Verdict.CANNOT_TELL,
        [supports("auth.headers-sealed", Strength.STRONG), ORGANISATION],
    ),
    "changed-text": (Verdict.CANNOT_TELL, [notes("auth.body-changed"), ORGANISATION]),
    "mailing-list": (Verdict.CANNOT_TELL, [notes("route.list"), ORGANISATION]),
    "fault": (Verdict.CANNOT_TELL, [notes("auth.dns-failed"), ORGANISATION]),
    "seal-unclear": (Verdict.CANNOT_TELL, [notes("auth.seal-unclear"), ORGANISATION]),
    "text-only": (Verdict.CANNOT_TELL, [notes("reading.text-only")]),
    "no-seal": (Verdict.CANNOT_TELL, []),
}


def test_every_row_has_its_test() -> None:
    assert list(ROWS) == [row.name for row in TABLE]


@pytest.mark.parametrize("name", ROWS)
def test_row(name: str) -> None:
    verdict, findings = ROWS[name]
    row = decide(findings)
    assert (row.name, row.verdict) == (name, verdict)


@pytest.mark.parametrize("weakening", sorted(PROOF_WEAKENED))
@pytest.mark.parametrize("proof", sorted(PROVED))
def test_a_weakened_proof_is_never_genuine(proof: str, weakening: str) -> None:
    findings = [proves(proof), ORGANISATION, notes(weakening)]
    assert decide(findings).verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize("deceit", sorted(MADE_TO_DECEIVE))
def test_a_deceptive_address_needs_the_name_of_an_organisation_to_be_fake(deceit: str) -> None:
    assert decide([contradicts(deceit), UNKNOWN, DKIM]).verdict is Verdict.SUSPICIOUS
    assert decide([contradicts(deceit), ELSEWHERE, UNKNOWN]).verdict is Verdict.FAKE


def test_one_weak_finding_changes_nothing() -> None:
    weak = contradicts("content.pressure", Strength.WEAK)
    assert decide([weak]).verdict is Verdict.CANNOT_TELL
    assert decide([weak, DKIM, UNKNOWN]).verdict is Verdict.PROVEN_DOMAIN


ANY = [finding for _verdict, findings in ROWS.values() for finding in findings]


@given(st.lists(st.sampled_from(ANY), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(findings: list[Finding], random: object) -> None:
    shuffled = list(findings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert decide(findings) == decide(shuffled)


@given(st.lists(st.sampled_from(ANY), max_size=8))
def test_genuine_only_with_proof_ownership_and_nothing_strong_against(
    findings: list[Finding],
) -> None:
    if decide(findings).verdict is Verdict.GENUINE:
        codes = {f.code for f in findings}
        assert codes & PROVED
        assert "owner.organisation" in codes
        assert not codes & PROOF_WEAKENED
        assert not _strongly_against(findings)


def _strongly_against(findings: Iterable[Finding]) -> bool:
    return any(
        f.weighs == "against" and f.strength in {Strength.PROOF, Strength.STRONG} for f in findings
    )


def test_no_proof_means_none_of_the_proved_verdicts() -> None:
    unproved = [f for f in ANY if f.strength is not Strength.PROOF]
    for pair in itertools.combinations(unproved, 2):
        assert decide(pair).verdict not in {
            Verdict.GENUINE,
            Verdict.RELAYED,
            Verdict.PROVEN_DOMAIN,
        }
