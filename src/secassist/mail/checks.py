"""Everything that was found out about where a mail comes from, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from secassist.facts.domains import to_ascii
from secassist.mail.auth.arc import ArcResult
from secassist.mail.auth.dkim import SignatureResult
from secassist.mail.auth.dmarc import DmarcResult, Method
from secassist.mail.auth.results import MethodResult
from secassist.mail.auth.spf import SpfResult
from secassist.mail.traces import Traces
from secassist.mail.trust import Border, ReceiverWord

FRESH = timedelta(days=7)
"""SPF records change; after this time today's record says little about a mail of then."""


@dataclass(frozen=True, slots=True)
class Checks:
    """Everything that was found out about where a mail comes from."""

    from_domain: str
    signatures: tuple[SignatureResult, ...]
    spf: SpfResult | None
    """None where there is no hop that can be trusted, so nothing to ask SPF about."""
    spf_domain: str
    arc: ArcResult
    dmarc: DmarcResult
    aligned: frozenset[str]
    """The domains among all of these that are aligned with the From domain."""
    border: Border | None
    word: ReceiverWord | None
    word_below: ReceiverWord | None
    """A line where copying may have put it; it can only prove, and only what nothing denies."""
    traces: Traces
    known_organisation: bool
    """The From domain is one from which a known organisation sends."""
    age: timedelta | None
    """From the time of receipt to now, None where the time of receipt is not known."""
    reply_to_given: bool
    spf_claimed: bool = False
    """Only ``word_below`` names the sender that SPF was asked about: no proof by itself."""
    known_mailbox: bool = False
    """The From domain is one at which anybody can have a mailbox."""

    @property
    def known_sender(self) -> bool:
        """Of an organisation or a mailbox provider that we know: their honest mail is signed."""
        return self.known_organisation or self.known_mailbox

    def aligned_signatures(self) -> tuple[SignatureResult, ...]:
        return tuple(s for s in self.signatures if self.is_aligned("dkim", s.domain))

    def is_aligned(self, method: Method, domain: str) -> bool:
        """Whether a proof for ``domain`` is one for the From domain, as its owner wants it."""
        exact = method in self.dmarc.strict
        return domain in self.aligned and (not exact or domain == to_ascii(self.from_domain))

    @property
    def sent_by_itself(self) -> bool:
        """SPF passed for the sender's own domain; for another domain everybody can have that."""
        if spf_aligned(self):
            return True
        passed = [r for r in self.word.all("spf") if r.result == "pass"] if self.word else []
        return any(self.is_aligned("spf", proved_domain(result)) for result in passed)

    def without_favour(self) -> Checks:
        """The same, but that no Received and no result line proves anything.

        For a source that was found in an HTML page: the page may be the mail itself, with the
        source written into it in letters that nobody sees. What speaks against the mail stays.
        """
        proved = self.sent_by_itself or (self.word is not None and passes(self.word, self))
        return replace(self, border=None, word=None, word_below=None, spf=None) if proved else self

    @property
    def readers_sealed(self) -> bool:
        """A right signature of the sender covers To and Cc, so that nobody added a reader."""
        return any(
            s.result == "pass" and s.covers("to") and s.covers("cc")
            for s in self.aligned_signatures()
        )


def passes(word: ReceiverWord, checks: Checks) -> str:
    """The method by which the receiver's line proves the From domain, or an empty string.

    Where the receiver says dmarc=fail, a pass beside it that seems aligned is a contradiction: a
    forged line, or a name that it reads in another way than we do.
    """
    if dmarc_failed(word):
        return ""
    for result in word.all("dmarc"):
        # Without the domain it may be a piece of an address that the sender chose.
        if result.result == "pass" and result.domain == checks.from_domain:
            return "dmarc"
    methods: tuple[Method, ...] = ("dkim", "spf")
    for method in methods:
        for result in word.all(method):
            if result.result == "pass" and checks.is_aligned(method, proved_domain(result)):
                return method
    return ""


def result_domains(results: Iterable[MethodResult]) -> frozenset[str]:
    """All domains that results speak of, so that their alignment can be worked out beforehand."""
    return frozenset(filter(None, map(proved_domain, results)))


def proved_domain(result: MethodResult) -> str:
    """The domain that a result proves; an SPF result for the HELO name proves none."""
    if result.method == "spf" and not (result.prop("smtp.mailfrom") or result.prop("smtp.mail")):
        return ""
    return result.domain or ""


def dmarc_failed(word: ReceiverWord | None) -> bool:
    """Whether the receiver's line says so."""
    return word is not None and any(result.result == "fail" for result in word.all("dmarc"))


def receiver_fails(word: ReceiverWord | None) -> bool:
    """Microsoft overrules dmarc=fail where it knows the detour (compauth=pass, reason 130)."""
    return word is not None and word.first("dmarc") == "fail" and word.first("compauth") != "pass"


def spf_aligned(checks: Checks) -> bool:
    """SPF passed for a sender that the border saw, and that is aligned with From."""
    passed = spf_result(checks) == "pass" and not checks.spf_claimed
    return passed and checks.is_aligned("spf", checks.spf_domain)


def spf_result(checks: Checks) -> str:
    """What our own look-up said; empty where there was nothing to ask about."""
    return checks.spf.result if checks.spf else ""
