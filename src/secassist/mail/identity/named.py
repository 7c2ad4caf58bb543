"""Whom does the mail name, and whom does it claim to come from?

A newsletter about Google, a receipt "paid with PayPal" and "Sign in with Apple" *mention*; a
display name "PayPal Support", a footer "© PayPal" and "your PayPal account" *claim*. Each sort of
evidence counts once, with a weight; what adds up decides. No look-up, no judgement of truth.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from secassist.facts.hosts import hosts
from secassist.mail.body import Body
from secassist.mail.identity.aliases import AliasIndex, Hit, Scan
from secassist.mail.identity.contexts import WORD, around, is_thing, is_title, kinds_in_text
from secassist.mail.identity.naming import Claim, Named, Naming, Place
from secassist.mail.identity.skeleton import strip_invisible, unaccented
from secassist.mail.identity.words import ClaimWords
from secassist.mail.message import Address, Message

# What each sort of evidence weighs; see ``Claim`` limits below. The order of magnitude matters,
# not the last digit: one strong sign or two middling ones make a claim, mentions never do.
_WEIGHTS: Final = {
    "display-whole": 100,
    "address": 90,
    "look-alike": 75,
    "display-address": 75,
    "display-part": 50,
    "display-common": 30,
    "via": 20,
    "subject-head": 50,
    "subject-thing": 50,
    "subject": 30,
    "signature": 40,
    "copyright": 35,
    "picture": 35,
    "reader": 35,
    "thing": 25,
    "title": 15,
    "local-part": 20,
    "often": 10,
    "mention": 5,
    "link-text": 5,
}
_LIMITS: Final = ((80, Claim.STRONG), (50, Claim.MEDIUM), (30, Claim.WEAK))
_PLACES: Final = {
    "display-whole": Place.DISPLAY_NAME,
    "display-part": Place.DISPLAY_NAME,
    "display-common": Place.DISPLAY_NAME,
    "display-address": Place.DISPLAY_NAME,
    "via": Place.DISPLAY_NAME,
    "address": Place.FROM_ADDRESS,
    "look-alike": Place.FROM_ADDRESS,
    "local-part": Place.FROM_ADDRESS,
    "subject": Place.SUBJECT,
    "subject-head": Place.SUBJECT,
    "subject-thing": Place.SUBJECT,
    "signature": Place.SIGNATURE,
    "link-text": Place.LINK_TEXT,
    "mention": Place.BODY_MENTION,
    "often": Place.BODY_MENTION,
}
_SCANNED: Final = 40_000  # characters of a body from its start, and a tenth of that from its end
_ENDING: Final = re.compile(r"\.[a-z]{2,6}(?:\.[a-z]{2})?(?![^\W_])", re.IGNORECASE)
# Scripts without blanks: there what stands beside a name is not taken apart into words.
_CHINESE: Final = re.compile("[\u2e80-\ud7ff\uf900-\ufaff]")
_ANSWER: Final = re.compile(
    r"\s*(?:re|aw|antw|sv|rv|res|r|rif|odp|fw|fwd|wg|tr|enc|i)\s?(?:\[\d\])?\s?:", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"[^\s@<>()\[\]]{1,64}@[^\s@<>()\[\]]{1,255}")
_VIA: Final = re.compile(r"\bvia\b", re.IGNORECASE)
_SOMEONE_FROM: Final = re.compile(
    r"\W*(?:[^\W\d_]+\s+){1,2}(?:from|of|at|@|von|bei|de|da|do|di|van|chez)\s+", re.IGNORECASE
)
_LOGO: Final = re.compile(
    r"(?:logo|logotype|inc|llc|com|image|icon|banner|home|the|[^\w\s]|\s|\d)*"
)


@dataclass(slots=True)
class _Tally:
    kinds: set[str] = field(default_factory=set)
    times: int = 0
    disguised: bool = False


def find_named(
    message: Message,
    body: Body,
    index: AliasIndex,
    words: ClaimWords,
    *,
    owner: str | None = None,
    look_alike: str | None = None,
    inside_name: str | None = None,
) -> Named:
    """Whom the mail names.

    An address names, too: ``owner`` is the organisation that the From domain belongs to,
    ``look_alike`` the one whose domain it imitates, ``inside_name`` the one whose address or
    domain stands inside the display name. Linear in the size of the mail, bounded.
    """
    tallies: dict[str, _Tally] = {}

    def count(hit: Hit, kind: str) -> None:
        tally = tallies.setdefault(hit.alias.organisation, _Tally())
        tally.kinds.add(kind)
        tally.disguised |= hit.disguised

    for address in message.from_addresses[:3]:
        name = _ADDRESS.sub(" ", address.display_name[:300])
        on_list = address.domain in hosts().list_hosts
        _display_name(index.scan(name, short=True), words, count, on_list=on_list)
        _local_part(address, index, count)
    _subject(index.scan(message.subject[:1_000], short=True), words, count)
    _body(index.scan(_excerpt(body.text)), words, count, tallies, _menu(body))
    _pictures_and_links(body, index, count)
    addresses = ((owner, "address"), (look_alike, "look-alike"), (inside_name, "display-address"))
    for organisation, kind in addresses:
        if organisation is not None:
            tallies.setdefault(organisation, _Tally()).kinds.add(kind)
    namings = sorted(
        (_naming(organisation, tally) for organisation, tally in tallies.items()),
        key=lambda n: (-n.score, n.organisation != owner, n.organisation),
    )
    first = namings[0] if namings else None
    claim = first.claim if first else Claim.NONE
    claimed = first.organisation if first and claim >= Claim.MEDIUM else None
    return Named(
        tuple(namings),
        claimed,
        claim,
        own_provider=claimed is None and _own_provider(message, body, words),
    )


def _naming(organisation: str, tally: _Tally) -> Naming:
    kinds = set(tally.kinds)
    if tally.times >= 3:
        kinds.add("often")
    score = sum(_WEIGHTS[kind] for kind in kinds)
    if {"display-whole", "display-part"} <= kinds:
        score -= _WEIGHTS["display-part"]
    score -= min(score, max(0, sum(_WEIGHTS[k] for k in kinds if k.startswith("subject")) - 50))
    claim = next((claim for limit, claim in _LIMITS if score >= limit), Claim.NONE)
    where = frozenset(_PLACES.get(kind, Place.BODY_CLAIM) for kind in kinds)
    return Naming(organisation, where, tally.disguised, score, claim)


_Count = Callable[[Hit, str], None]


def _display_name(scan: Scan, words: ClaimWords, count: _Count, *, on_list: bool) -> None:
    rest = scan.text
    for hit in sorted(scan.hits, key=lambda h: -h.start):
        ending = _ENDING.match(rest, hit.end)
        rest = rest[: hit.start] + " " + rest[ending.end() if ending else hit.end :]
    strangers = [
        word
        for word in WORD.findall(rest.lower())
        if word not in words.generic and len(word) > 1 and not _CHINESE.match(word)
    ]
    for hit in scan.hits:
        short = hit.end - hit.start <= 3
        plain = hit.exact or hit.disguised or not hit.alias.common
        before = scan.text[: hit.start]
        if before.lower().endswith("via ") and len(before.split()) > 1:
            count(hit, "via")  # the way that it came, not the one who speaks
        elif on_list and _VIA.search(scan.text, hit.end):
            count(hit, "via")  # lists put themselves into From, and say for whom
        elif not strangers or (plain and _SOMEONE_FROM.fullmatch(before)):
            if plain or not short:
                count(hit, "display-whole")
        elif plain:
            count(hit, "display-common" if hit.alias.common else "display-part")


def _local_part(address: Address, index: AliasIndex, count: _Count) -> None:
    scan = index.scan(re.sub(r"[._+\-\d]+", " ", address.local[:64]))
    for hit in scan.hits:
        if not hit.alias.common:
            count(hit, "local-part")


def _subject(scan: Scan, words: ClaimWords, count: _Count) -> None:
    answer = _ANSWER.match(scan.text)
    for hit in scan.hits:
        before, after = around(scan.text, hit)
        bracketed = before.rstrip().endswith(("[", "【", "(")) and after[:1] in "])】"
        headed = not before.strip(" *!#\"'«“-–—✉⚠️") and re.match(r"\s*[:|–—-]\s", after)
        if hit.alias.common and not (hit.exact or hit.disguised):
            continue
        alone = not WORD.search(scan.text[: hit.start] + scan.text[hit.end :])
        if answer:
            # "Re: your Netflix account" is what people write to each other.
            if not hit.alias.common:
                count(hit, "subject")
        elif bracketed or headed or alone:
            count(hit, "subject-head")
        elif is_thing(hit, before, after, words):
            count(hit, "subject-thing")
        elif not hit.alias.common:
            count(hit, "subject")


def _menu(body: Body) -> frozenset[str]:
    """The words on links: a line of them is something to choose, not a title."""
    return frozenset(unaccented(a.shown).lower() for a in body.anchors[:200])


def _body(
    scan: Scan,
    words: ClaimWords,
    count: _Count,
    tallies: dict[str, _Tally],
    menu: frozenset[str],
) -> None:
    for hit in scan.hits:
        before, after = around(scan.text, hit)
        if hit.alias.common and not (hit.exact or hit.disguised):
            continue
        kinds = set(kinds_in_text(hit, before, after, words))
        if is_title(scan.text, hit, words, menu):
            kinds.add("title")
        if not kinds and hit.alias.common:
            continue
        for kind in kinds or ("mention",):
            count(hit, kind)
        tallies[hit.alias.organisation].times += 1


def _pictures_and_links(body: Body, index: AliasIndex, count: _Count) -> None:
    # A logo stands on top; further down the icons of shops and networks are only mentions.
    for alt in (body.html.alts if body.html else ())[:3]:
        scan = index.scan(alt[:80])
        for hit in scan.hits[:1]:
            rest = scan.text[: hit.start] + scan.text[hit.end :]
            if (hit.exact or not hit.alias.common) and _LOGO.fullmatch(rest.lower()):
                count(hit, "picture")
                break
        else:
            continue
        break
    shown = "\n".join(a.shown[:80] for a in body.anchors[:100] if a.shown != a.href)
    for hit in index.scan(shown).hits:
        if not hit.alias.common:
            count(hit, "link-text")


def _excerpt(text: str) -> str:
    if len(text) <= _SCANNED:
        return text
    return text[:_SCANNED] + "\n" + text[-_SCANNED // 10 :]


def _own_provider(message: Message, body: Body, words: ClaimWords) -> bool:
    sender = message.from_addresses[0] if message.from_addresses else None
    name = _folded(sender.display_name[:300]) if sender else ""
    subject = _folded(message.subject[:500])
    text = _folded(body.text[:3_000])
    own = {a.domain for a in message.recipients if "." in a.domain}
    labels = {d.split(".")[0] for d in own if len(d.split(".")[0]) >= 4}
    speaks_as = words.own_provider.search(name) or any(
        label in name or domain in name for domain in own for label in labels
    )
    trouble = words.own_trouble.search(subject) or words.own_trouble.search(text)
    if speaks_as and trouble:
        return True
    return bool(words.own_provider.search(subject) and words.own_trouble.search(subject))


def _folded(text: str) -> str:
    return " ".join(unaccented(strip_invisible(text)).lower().split())
