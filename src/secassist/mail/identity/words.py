"""The words of ``assets/claims.toml``, made ready to be looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from secassist.mail.identity.skeleton import unaccented

_GAP = r"[\s\-]{1,3}"


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """What turns the mere name of an organisation into the claim to be it."""

    generic: frozenset[str]
    """Words that leave a name the name of the sender."""
    common: frozenset[str]
    """Names that are ordinary words too."""
    before_own: re.Pattern[str]
    """Ends right before a name: "your " (then a thing follows the name)."""
    thing_after: re.Pattern[str]
    """Starts right after a name: " account"."""
    thing_before: re.Pattern[str]
    """Ends right before a name: "votre compte ", "tu cuenta de "."""
    thing_beside: re.Pattern[str]
    """Starts right after a name, in scripts without blanks: "アカウント"."""
    reader_before: re.Pattern[str]
    """Ends right before a name: "Estimado cliente de "."""
    reader_after: re.Pattern[str]
    """Starts right after a name: " customer"."""
    dear_before: re.Pattern[str]
    """Ends right before a name: "Dear "."""
    signer_after: re.Pattern[str]
    """Starts right after a name: " Support Team"."""
    closing_before: re.Pattern[str]
    """Ends right before a name: "Kind regards,\\nThe "."""
    own_provider: re.Pattern[str]
    own_trouble: re.Pattern[str]
    link_act: re.Pattern[str]
    """What a link lets one do with an account."""
    bait: frozenset[str]
    """Words beside a name in an address that show the wish to be taken for its owner."""
    bait_soft: frozenset[str]
    """Words that do so only beside a name that is no ordinary word."""
    ordinary: frozenset[str]
    """Words one letter away from a name that are nobody's look-alike."""


def parse(lists: Mapping[str, Any]) -> ClaimWords:
    """Make the lists of the asset ready. Their form is checked by a test, not here."""
    your, thing = _any(lists["your"]), _any(lists["account"])
    signer, dear, reader = (_any(lists[k]) for k in ("signer", "dear", "reader"))
    linking = r"(?:(?:de|da|do|del|di|van|bei|chez|en|la|le|el|o|a)\s+){0,2}"
    return ClaimWords(
        generic=frozenset(_plain(w) for w in lists["generic"]),
        common=frozenset(lists["common"]),
        before_own=_end(rf"{your}\s+"),
        thing_after=_start(rf"(?:'s)?{_GAP}(?:[^\W_]+\s+)?{thing}"),
        thing_before=_end(rf"{your}\s+(?:[^\W_]+\s+)?{thing}\s+{linking}"),
        thing_beside=re.compile(rf"\s?[の的]?\s?{_any(lists['account_beside'])}"),
        reader_before=_end(rf"{dear}\s+{reader}\s+{linking}"),
        reader_after=_start(rf"{_GAP}(?:account\s+)?{reader}"),
        dear_before=_end(rf"{dear}\s+(?:(?:valued|our|the)\s+)?"),
        signer_after=re.compile(rf"(?:'s)?{_GAP}(?:[^\W_]+ ){{0,2}}{signer}[ ,.!]*(?:\n|$)"),
        closing_before=re.compile(
            rf"(?<![^\W_]){_any(lists['closing'])} ?(?:[,.!:]\s{{0,4}}|\n){linking}(?:the\s+)?$"
            rf"|(?:^|\n){_any(lists['signer_before'])}\s+{linking}$"
        ),
        own_provider=re.compile(rf"(?<![^\W_]){_any(lists['own_provider'])}(?![^\W_])"),
        own_trouble=re.compile(rf"(?<![^\W_]){_any(lists['own_trouble'])}"),
        link_act=re.compile(rf"(?<![^\W_]){_any(lists['link_act'])}(?![^\W_])"),
        bait=frozenset(lists["bait"]),
        bait_soft=frozenset(lists["bait_soft"]),
        ordinary=frozenset(lists["ordinary"]),
    )


def _plain(word: str) -> str:
    return unaccented(word).lower()


def _any(words: Iterable[str]) -> str:
    longest_first = sorted({_plain(w) for w in words}, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, w.split())) for w in longest_first) + ")"


def _start(body: str) -> re.Pattern[str]:
    return re.compile(rf"{body}(?![^\W_])")


def _end(body: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){body}(?:the\s+)?$")
