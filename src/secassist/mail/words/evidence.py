"""For each finding a plain sentence, and the technical line behind it."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from secassist.base.language import Translate
from secassist.base.language import mark as _
from secassist.mail.findings import Finding
from secassist.mail.report import Evidence
from secassist.mail.words.content import CONTENT
from secassist.mail.words.identity import IDENTITY

AUTH: Mapping[str, tuple[str, str]] = {
    "auth.dkim-aligned": (
        _("It has the seal of {domain}, and nothing in it was changed."),
        _("DKIM: pass for d={domain}, s={selector}, {algorithm}; aligned with From, body right."),
    ),
    "auth.spf-aligned": (
        _("It came straight from a computer that may send for {domain}."),
        _("SPF: pass for {domain} from {ip} at the receiving border, aligned with From."),
    ),
    "auth.receiver-aligned": (
        _("The address is true: your mail provider checked {domain} when the mail came in."),
        _("Authentication-Results of {receiver} ({authserv_id}): aligned {method}=pass."),
    ),
    "auth.headers-sealed": (
        _("The top part has the seal of {domain}. The text was not checked."),
        _("DKIM: header signature right, d={domain}, s={selector}; no body, so bh= not checked."),
    ),
    "auth.body-changed": (
        _("The top part has the seal of {domain}. The text is not as it was sealed."),
        _("DKIM: header signature right for d={domain}, s={selector}; body hash differs."),
    ),
    "auth.part-uncovered": (
        _("Text was put under the sealed part of this mail."),
        _("DKIM: d={domain} signs only a part of the body (l=), and text follows it."),
    ),
    "auth.subject-unsigned": (
        _("The seal does not cover the subject line."),
        _("DKIM: d={domain}, s={selector} does not sign Subject."),
    ),
    "auth.seal-unclear": (
        _("It has a seal of {domain} that we can't check."),
        _("DKIM: d={domain}, s={selector}: {reason}. Counts as no signature (RFC 6376, 6.1)."),
    ),
    "auth.dns-failed": (
        _("We could not ask {domain} for its key."),
        _("DKIM: key of {selector}._domainkey.{domain} could not be fetched ({reason})."),
    ),
    "auth.other-seal": (
        _("It has a seal, but that of {domain}, not of the sender it shows."),
        _("DKIM: pass for d={domain}, s={selector}, not aligned with From."),
    ),
    "auth.no-seal": (
        _("It has no seal."),
        _("DKIM: no DKIM-Signature field."),
    ),
    "auth.spf": (
        _("We also looked at which computer handed it in."),
        _("SPF: {result} for {domain} from {ip} (not aligned, or not a pass)."),
    ),
    "auth.spf-unclear": (
        _("We could not find out which computers may send for {domain}."),
        _("SPF: {result} for {domain} from {ip}."),
    ),
    "auth.receiver-fails": (
        _("Your mail provider found that the sender is not right."),
        _("Authentication-Results of {receiver} ({authserv_id}): dmarc=fail."),
    ),
    "auth.receiver-no-pass": (
        _("Your mail provider could not confirm the sender."),
        _("Authentication-Results of {receiver} ({authserv_id}): no aligned pass."),
    ),
    "auth.untrusted-line": (
        _("The mail brings a note that it was checked. Anyone can write such a note."),
        _("Authentication-Results of {authserv_id} is not where a trusted receiver puts it."),
    ),
    "auth.arc-vouched": (
        _("It came by way of {sealer}, which says that it was right when it got there."),
        _("ARC: chain passes; known sealer {sealer} saw dmarc=pass for the From domain."),
    ),
    "auth.policy-unknown": (
        _("We could not find out what {domain} says about such mail."),
        _("DMARC: policy of {domain} could not be looked up."),
    ),
    "auth.policy-fails": (
        _("{domain} says that mail like this must be refused."),
        _("DMARC: fail for {domain}, policy {policy}, no signature that might still be right."),
    ),
    "auth.receiver-says-fail": (
        _("Your mail provider found that it does not come from {domain}."),
        _("Trusted receiver says dmarc=fail for {domain}; policy {policy}."),
    ),
    "auth.unproved-strict": (
        _("{domain} seals its mail. This mail has no seal of it."),
        _("DMARC: fail for {domain}, policy {policy}, at a trusted hop; no aligned signature."),
    ),
    "auth.unproved-organisation": (
        _("It did not come from a computer that may send for {domain}."),
        _("SPF does not pass for {domain} at a trusted hop; no aligned signature."),
    ),
    "auth.only-others-signed": (
        _("{domain} seals its mail. Only a stranger's seal is on this one."),
        _("DMARC: policy {policy} for {domain}; the only signatures are of other domains."),
    ),
    "auth.reply-to-unsigned": (
        _("The seal does not cover where an answer would go."),
        _("DKIM: d={domain}, s={selector} does not sign Reply-To."),
    ),
    "auth.field-added": (
        _("Someone put in a second {field} line after it was sealed."),
        _("DKIM: d={domain}, s={selector} signs {field}; one more such field stands above."),
    ),
    "auth.replayed": (
        _("It is an old mail, sent on again {hours} hours later."),
        _("Date is {hours} h before receipt, and recipient or SPF do not fit: possible replay."),
    ),
}

READING: Mapping[str, tuple[str, str]] = {
    "reading.forwarded-as-text": (
        _("Somebody sent this mail on as text. That takes the seal off."),
        _("Forwarded inline: the headers are those of the forwarder, not of the original."),
    ),
    "reading.text-only": (
        _("We only have the text. The seal is in the part that mail programs hide."),
        _("No header fields in the input."),
    ),
    "reading.attached": (
        _("It was inside another mail or text, so only its own seal counts."),
        _("Attached message: Received and Authentication-Results fields are not trusted."),
    ),
    "reading.repaired": (
        _("Copying damaged the mail. We put it right before the check."),
        _("Repairs: {repairs}."),
    ),
    "reading.subject-changed": (
        _("Words were put in front of the subject after it was sealed."),
        _("The signature fits without the tag in Subject, which is none that receivers write."),
    ),
    "reading.unusual": (
        _("The mail is built in a strange way. We could read only a part of it."),
        _("Limits reached: {unread}."),
    ),
    "reading.malformed": (
        _("The mail is not built as it should be. Programs may read it in different ways."),
        _("Oddities: {oddities}."),
    ),
    "reading.from-unclear": (
        _("It does not say plainly who sent it. Mail programs may show different senders."),
        _("From field: {oddities}."),
    ),
    "reading.partly": (
        _("The mail is very long. We did not read all of it."),
        _("Limits reached: {unread}."),
    ),
    "filter.junk": (
        _("Your mail provider put it to the junk mail."),
        _("Filter mark: {field}."),
    ),
    "filter.junk-for-sure": (
        _("Your mail provider is sure that it is junk."),
        _("Filter mark: {field}."),
    ),
    "route.list": (
        _("It came by way of a mailing list or was sent on."),
        _("Traces of a list or forwarder: {traces}."),
    ),
}

SENTENCES: Mapping[str, tuple[str, str]] = {
    **AUTH,
    **READING,
    **IDENTITY,
    **CONTENT,
}


class _Gaps(Formatter):
    """Formats a sentence; a fact that is missing becomes an empty string, never an error."""

    def get_value(self, key: int | str, args: object, kwargs: Mapping[str, object]) -> object:
        return kwargs.get(str(key), "")


def fill(template: str, facts: Mapping[str, str]) -> str:
    """Put facts into a sentence. Braces inside the facts stay what they are."""
    return _Gaps().vformat(template, (), facts)


def unworded(_code: str) -> tuple[str, str]:
    """What is said of a finding that has no sentences yet. In tests it is an error to get here."""
    return _("We saw one more sign, but have no words for it yet."), _("Finding: {code}.")


def in_words(finding: Finding, translate: Translate) -> Evidence:
    """The finding as its two sentences."""
    title, detail = SENTENCES.get(finding.code) or unworded(finding.code)
    facts = {**finding.facts, "code": finding.code}
    return Evidence(
        code=finding.code,
        weighs=finding.weighs,
        strength=finding.strength,
        title=fill(translate(title), facts),
        detail=fill(translate(detail), facts),
    )
