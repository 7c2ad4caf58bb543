"""A mail that somebody forwarded as text: the words are there, every proof of the first is gone.

Recognised in English, German, Spanish, Portuguese and French (and, because their words are known,
Italian and Dutch). What stands in such a copy is a claim of the one who forwarded it, so the
answer can only be "ask for it as an attachment"; it never makes a verdict better.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from secassist.mail.message import Message
from secassist.mail.paste import html_page

_FORWARDED = re.compile(
    r"(?:begin |start of )?forwarded (?:message|mail|e-mail)"
    r"|(?:anfang der )?weitergeleitete[nr]? (?:nachricht|e-?mail|mail)"
    r"|(?:inicio del )?mensaje reenviado|(?:in[ií]cio da )?mensagem (?:re)?encaminhada"
    r"|(?:d[ée]but du )?(?:message|e-?mail|courriel)"
    r" (?:transf[ée]r[ée]|r[ée]exp[ée]di[ée]|transmis)"
    r"|(?:inizio )?messaggio inoltrato|(?:begin )?doorgestuurd bericht"
)
_ORIGINAL = re.compile(
    r"original (?:message|mail|e-mail|appointment)|urspr[uü]ngliche (?:nachricht|e-?mail|mail)"
    r"|original-?nachricht|mensaje original|mensagem original|message d['’]origine"
    r"|message original|messaggio originale|oorspronkelijk bericht"
)
"""Programs write these above quoted replies, too."""

_PREFIX = re.compile(
    r"\s*(?:\[[^\]]{1,30}\]\s*)?(?:fwd?|fw|wg|rv|enc|encaminhad[ao]|reenv|tr|i|doorst)\s*:",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"\s*(?:re|aw|antw|sv|vs|res|r|rif|odp|ynt)\s?(?:\[\d+\])?\s*:", re.IGNORECASE)
_LABELS = {
    "from": r"from|von|de|da|van|remitente|exp[ée]diteur",
    "subject": r"subject|betreff|asunto|assunto|objet|sujet|oggetto|onderwerp",
    "date": r"date|sent|gesendet|datum|fecha|enviado(?: el)?|enviada(?: em)?|data|envoy[ée](?: le)?"
    r"|inviato|verzonden",
    "to": r"to|an|para|[àa]|aan",
}
_LABEL = re.compile(
    r"\*?(?:" + "|".join(f"(?P<{n}>{words})" for n, words in _LABELS.items()) + r")\*?\s*:\*?\s*",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?:|www\.", re.IGNORECASE)
_QUOTE = re.compile(r"^[>\s|]+")
_RULE = re.compile(r"[\s_\-=*:–—·]+")
_OUTLOOK_RULE = re.compile(r"[_\-]{10,}")

_MAX_NOTE = 1_000  # characters that the forwarder may write above
_MAX_LINES = 300
_BLOCK = 14  # lines in which the labels must stand
_TABLE = 3  # labels that are no chance where no line says "forwarded"


@dataclass(frozen=True, slots=True)
class ForwardedNote:
    """What the copy says about the mail that was forwarded: claims, nothing more."""

    sender: str
    subject: str


def forwarded_as_text(message: Message) -> ForwardedNote | None:
    """The claims of a mail that was forwarded as text; None if this is none.

    The text must hold a line that says "forwarded", below it at least two labels like ``From:``,
    one of them that one, and above it no more than a note without a link. In a mail that is no
    answer, "original message", a rule, or the table of labels alone, as Outlook writes it, will do.
    """
    lines = _visible(message).split("\n", _MAX_LINES)[:_MAX_LINES]
    no_answer = bool(_PREFIX.match(message.subject)) or not _ANSWER.match(message.subject)
    above = 0
    for index, line in enumerate(lines):
        bare = _QUOTE.sub("", line).strip()
        words = _RULE.sub(" ", bare).strip().casefold()
        forwarded = bool(_FORWARDED.fullmatch(words))
        weaker = bool(_ORIGINAL.fullmatch(words)) or bool(_OUTLOOK_RULE.fullmatch(bare))
        if forwarded or (weaker and (no_answer or not above)):
            note = _claims(lines[index + 1 : index + 1 + _BLOCK])
            if note is not None:
                return note
        elif (no_answer or not above) and _LABEL.match(bare):
            note = _claims(lines[index : index + _BLOCK], fewest=_TABLE)
            if note is not None and note.subject:
                return note
        above += len(bare)
        if above > _MAX_NOTE or _LINK.search(bare):
            return None
    return None


def _claims(lines: list[str], *, fewest: int = 2) -> ForwardedNote | None:
    found: dict[str, str] = {}
    for line in lines:
        text = _QUOTE.sub("", line.replace("\xa0", " ")).strip()
        label = _LABEL.match(text)
        if label is None:
            if not text and found:
                break
            continue
        name = label.lastgroup or ""
        found.setdefault(name, text[label.end() :].strip("* ")[:500])
    if "from" not in found or len(found) < fewest:
        return None
    return ForwardedNote(found["from"], found.get("subject", ""))


def _visible(message: Message) -> str:
    for kind in ("text/plain", "text/html"):
        text = "\n".join(
            p.text[:200_000] for p in message.leaves if p.content_type == kind and not p.attachment
        )
        if text.strip():
            if kind == "text/plain":
                return text
            return html_page.text_of(text.encode("utf-8", "replace")).decode("utf-8", "replace")
    return ""
