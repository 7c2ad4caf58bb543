"""What was found about passwords, in the words of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from secassist.ui.look import Look

if TYPE_CHECKING:
    from secassist.passwords.findings import Audited, Finding

MOST_NAMES: Final = 3
"""Other accounts that a short sentence names."""


@dataclass(frozen=True, slots=True)
class Said:
    """One finding in words, with its icon and its tone."""

    title: str
    sentence: str
    icon: str
    tone: str


def account_name(look: Look, account: Audited) -> str:
    """What an account is called."""
    return account.title or account.site or account.username or look.tr("(no name)")


def said(look: Look, account: Audited, finding: Finding) -> Said:
    """A finding for the page of its account."""
    sentence, icon, tone = _WORDS[finding.code.value]
    title = kind_name(look, finding.code.value)
    return Said(title, sentence(look, account, finding), icon, tone)


def in_short(look: Look, account: Audited) -> str:
    """Why this account is among the first: one sentence for its row."""
    if not account.findings:
        return look.tr("We found nothing to fix here.")
    worst = account.findings[0]
    sentence = said(look, account, worst).sentence
    if account.grave and worst.code.value not in {"breached", "no-2fa"}:
        return f"{look.tr('Mail or money.')} {sentence}"
    return sentence


def kind_name(look: Look, code: str) -> str:
    """What a kind of finding is called; ``code`` as in the findings."""
    tr = look.tr
    return {
        "breached": tr("In a leak"),
        "breached-variant": tr("Nearly in a leak"),
        "reused": tr("Shared"),
        "similar": tr("Nearly shared"),
        "site-breached": tr("The site had a leak"),
        "weak": tr("Easy to guess"),
        "no-2fa": tr("One lock only"),
        "plain-http": tr("Open line"),
    }.get(code, code)


def not_checked(look: Look, what: Iterable[str]) -> list[str]:
    """What besides leaks of passwords was not checked; ``what``: the keys of the report."""
    tr = look.tr
    known = {
        "site-breached": tr("Not checked for all: leaks at the site. Your list tells no days."),
        "breached, weak ones": tr("Not checked for leaks: short ones. We keep no mark of them."),
        "new rules": tr("We look closer now than last time. Check a new list to see more."),
    }
    return [known[one] for one in what if one in known]


def names(look: Look, titles: Sequence[str], most: int = MOST_NAMES) -> str:
    """Some names, and how many more there are: "Google, Zalando and 4 more"."""
    shown = [title or look.tr("(no name)") for title in titles[:most]]
    more = len(titles) - len(shown)
    if more:
        listed = ", ".join(shown)
        return look.plural(
            "{names} and {count} more", "{names} and {count} more", more, names=listed
        )
    if len(shown) < 2:
        return "".join(shown)
    return look.tr("{names} and {last}", names=", ".join(shown[:-1]), last=shown[-1])


def relation(look: Look, word: str) -> str:
    """How two passwords are related; ``word`` as in the findings."""
    tr = look.tr
    return {
        "same": tr("the same password"),
        "case": tr("only capital letters differ"),
        "leet": tr("only a digit stands for a letter"),
        "year": tr("only the year differs"),
        "suffix": tr("only the ending differs"),
        "prefix": tr("only the start differs"),
        "site": tr("only the name of the site in it differs"),
        "order": tr("the same parts in another order"),
        "letters": tr("only one or two letters differ"),
        "repeated": tr("the same, written twice"),
        "reversed": tr("the same, written backwards"),
        "part": tr("one is a part of the other"),
    }.get(word, tr("nearly the same"))


def _leak(look: Look, account: Audited, finding: Finding) -> str:
    count = look.locale.toString(finding.seen)
    seen = look.plural("Seen {number} time.", "Seen {number} times.", finding.seen, number=count)
    return f"{look.tr('Strangers have this password on their lists.')} {seen}"


def _near_leak(look: Look, account: Audited, finding: Finding) -> str:
    return look.tr("A password that is nearly this one is in a leak. Thieves try such ones.")


def _shared(look: Look, account: Audited, finding: Finding) -> str:
    return look.tr("Also used at {names}.", names=names(look, finding.others))


def _alike(look: Look, account: Audited, finding: Finding) -> str:
    return look.tr(
        "Nearly the same as at {names}: {relation}.",
        names=names(look, finding.others),
        relation=relation(look, finding.relation),
    )


def _site_leak(look: Look, account: Audited, finding: Finding) -> str:
    return look.tr("This site lost passwords, and yours is from before that day.")


def _weak(look: Look, account: Audited, finding: Finding) -> str:
    return look.tr("A computer can find this password by trying.")


def _one_lock(look: Look, account: Audited, finding: Finding) -> str:
    name = account_name(look, account)
    return look.tr("{site} offers two-step sign-in. We know of no code for it.", site=name)


def _open_line(look: Look, account: Audited, finding: Finding) -> str:
    return look.tr("The address that you saved starts with http://. Others can listen there.")


_Sentence = Callable[[Look, "Audited", "Finding"], str]
_WORDS: Final[dict[str, tuple[_Sentence, str, str]]] = {
    "breached": (_leak, "leak", "bad"),
    "breached-variant": (_near_leak, "leak", "bad"),
    "reused": (_shared, "link", "warn"),
    "similar": (_alike, "link", "warn"),
    "site-breached": (_site_leak, "leak", "bad"),
    "weak": (_weak, "weak", "warn"),
    "no-2fa": (_one_lock, "phone", "plum"),
    "plain-http": (_open_line, "eye", "slate"),
}
"""Code → its sentence, icon and tone."""
