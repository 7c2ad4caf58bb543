"""A mail forwarded as text is told from a reply that quotes one."""

from __future__ import annotations

import pytest

from secassist.mail.forwarded import ForwardedNote, forwarded_as_text
from secassist.mail.message import read_message
from support.sign import letter

BANK = "Bank <security@bank.example>"


def note(body: str, subject: str = "Fwd: Your code", kind: str = "") -> ForwardedNote | None:
    extra = [("Content-Type", kind)] if kind else []
    source = letter(subject=subject, body=body.replace("\n", "\r\n"), extra=extra)
    return forwarded_as_text(read_message(source))


FORMS = {
    "Gmail, English": f"See below\n\n---------- Forwarded message ---------\nFrom: {BANK}\n"
    "Date: Tue, 13 Oct 2026 at 10:00\nSubject: Your code\nTo: <me@x.example>\n\nHello\n",
    "Apple, English": f"\n\nBegin forwarded message:\n\n> From: {BANK}\n> Subject: Your code\n"
    "> Date: 13 October 2026\n> \n> Hello\n",
    "Apple, bold": f"Begin forwarded message:\n\n*From: *{BANK}\n*Subject: **Your code*\n\nHello\n",
    "Outlook, English": f"\n-----Original Message-----\nFrom: {BANK}\nSent: Tuesday\n"
    "To: me\nSubject: Your code\n\nHello\n",
    "Outlook, a rule": f"What is that?\n________________________________\nFrom: {BANK}\n"
    "Sent: Tuesday\nTo: me\nSubject: Your code\n\nHello\n",
    "Thunderbird, German": f"\n\n-------- Weitergeleitete Nachricht --------\n"
    f"Betreff: \tYour code\nDatum: \tTue\nVon: \t{BANK}\nAn: \tme\n\nHallo\n",
    "Outlook, German": f"-----Ursprüngliche Nachricht-----\nVon: {BANK}\nGesendet: Dienstag\n"
    "An: mich\nBetreff: Your code\n\nHallo\n",
    "Apple, German": f"Anfang der weitergeleiteten Nachricht:\n\n> Von: {BANK}\n"
    "> Betreff: Your code\n",
    "Gmail, Spanish": f"---------- Forwarded message ---------\nDe: {BANK}\nDate: mar\n"
    "Subject: Your code\n",
    "Spanish": f"-------- Mensaje reenviado --------\nAsunto: Your code\nFecha: Tue\nDe: {BANK}\n",
    "Outlook, Spanish": f"-----Mensaje original-----\nDe: {BANK}\nEnviado el: martes\n"
    "Para: mí\nAsunto: Your code\n",
    "Portuguese": f"-------- Mensagem encaminhada --------\nAssunto: Your code\nData: Tue\n"
    f"De: {BANK}\n",
    "Outlook, Portuguese": f"-----Mensagem original-----\nDe: {BANK}\nEnviada em: terça\n"
    "Para: mim\nAssunto: Your code\n",
    "French": f"-------- Message transféré --------\nSujet : \tYour code\nDate : \tTue\n"
    f"De : \t{BANK}\n",
    "Outlook, French": f"-----Message d'origine-----\nDe\xa0: {BANK}\nEnvoyé\xa0: mardi\n"
    "À\xa0: moi\nObjet\xa0: Your code\n",
    "Apple, French": f"Début du message réexpédié\xa0:\n\n> De: {BANK}\n> Objet: Your code\n",
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_forwarded_as_text(name: str) -> None:
    subject = "Your code" if "Your code" in FORMS[name] else ""
    assert note(FORMS[name], kind="text/plain; charset=utf-8") == ForwardedNote(BANK, subject)


TABLES = {
    "English": f"From: {BANK}\nSent: Tuesday, October 13, 2026 12:00\nTo: me\nSubject: Your code\n",
    "German": f"Von: {BANK}\nGesendet: Dienstag, 13. Oktober\nAn: ich\nBetreff: Your code\n",
    "French": f"De : {BANK}\nEnvoyé : mardi 13 octobre 2026\nÀ : moi\nObjet : Your code\n",
    "Spanish": f"De: {BANK}\nEnviado: martes\nPara: mí\nAsunto: Your code\n",
    "Portuguese": f"*De:* {BANK}\n*Enviada:* terça\n*Para:* mim\n*Assunto:* Your code\n",
    "GMX": f"Gesendet: Dienstag um 12:00 Uhr\nVon: {BANK}\nAn: ich\nBetreff: Your code\n",
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("above", ["", "Is it real?\n\n", "Get Outlook for iOS\n_____________\n"])
@pytest.mark.parametrize("subject", ["WG: Your code", "Your code", ""])
def test_a_table_of_labels_without_a_word_above_it(name: str, above: str, subject: str) -> None:
    """As Outlook forwards."""
    assert note(above + TABLES[name] + "\nHello\n", subject=subject) == ForwardedNote(
        BANK, "Your code"
    )


def test_a_form_on_a_web_site_is_none() -> None:
    form = "From: Ann <ann@club.example>\nSubject: A question\n\nMessage:\nWhen do you open?\n"
    assert note(form, subject="A question") is None


def test_forwarded_as_html() -> None:
    body = (
        "<div>look</div><div>---------- Forwarded message ---------<br>From: <b>Bank</b> "
        "&lt;security@bank.example&gt;<br>Date: Tue<br>Subject: Your code<br></div>"
    )
    assert note(body, kind="text/html; charset=utf-8") == ForwardedNote(BANK, "Your code")


@pytest.mark.parametrize(
    "body",
    [
        f"Yes, I did.\n\n-----Original Message-----\nFrom: {BANK}\nSent: Tue\nSubject: x\n",
        f"Yes.\n\nOn Tuesday {BANK} wrote:\n> Hello\n> you\n",
        f"Am Dienstag schrieb {BANK}:\n> Hallo\n",
        f"Yes.\n________________________________\nFrom: {BANK}\nSent: Tue\nSubject: x\n",
        "A forwarded message is a message that was forwarded.\n",
        "---------- Forwarded message ---------\nno labels follow\n",
        "---------- Forwarded message ---------\nSubject: no sender\n",
        "Hello\n",
    ],
)
def test_replies_and_other_mail_are_none(body: str) -> None:
    assert note(body, subject="Re: Your code") is None


@pytest.mark.parametrize(
    "above", ["Log in at https://evil.example/ now.\n", "Go to www.evil.example\n", "word " * 300]
)
def test_a_mail_with_a_message_of_its_own_is_none(above: str) -> None:
    assert note(above + "\n" + FORMS["Gmail, English"].partition("\n\n")[2]) is None
