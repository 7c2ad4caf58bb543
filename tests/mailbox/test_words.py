"""What subjects say, in the languages of the world."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.mailbox.words import words

SIGN_UP = {
    "en": "Please confirm your subscription",
    "de": "Bitte bestätigen Sie Ihre Anmeldung",
    "fr": "Confirmez votre inscription",
    "es": "Confirma tu suscripción",
    "pt": "Confirme a sua inscrição",
    "it": "Conferma la tua iscrizione",
    "nl": "Bevestig je inschrijving",
    "pl": "Potwierdź subskrypcję",
    "cs": "Potvrďte odběr novinek",
    "sv": "Bekräfta din prenumeration",
    "da": "Bekræft din tilmelding",
    "no": "Bekreft abonnementet ditt",
    "fi": "Vahvista uutiskirjeen tilaus",
    "hu": "Erősítse meg feliratkozását",
    "ro": "Confirmați abonarea la newsletter",
    "tr": "Lütfen aboneliğinizi onaylayın",
    "el": "Επιβεβαιώστε την εγγραφή σας",
    "ru": "Подтвердите подписку",
    "uk": "Підтвердіть підписку",
    "bg": "Потвърдете абонамента си",
    "ja": "メールマガジン登録の確認",
    "zh": "请确认您的订阅",
    "ko": "구독을 확인해 주세요",
    "ar": "تأكيد الاشتراك",
    "he": "אשר את ההרשמה",
    "hi": "अपनी सदस्यता की पुष्टि करें",
    "vi": "Xác nhận đăng ký của bạn",
    "id": "Konfirmasi langganan Anda",
    "th": "ยืนยันการสมัคร",
}
CRITICAL = {
    "Your password was changed": "changed",
    "Ihr Passwort wurde geändert": "changed",
    "Votre mot de passe a été modifié": "changed",
    "Tu contraseña ha sido cambiada": "changed",
    "Sua senha foi alterada": "changed",
    "La tua password è stata modificata": "changed",
    "Je wachtwoord is gewijzigd": "changed",
    "Twoje hasło zostało zmienione": "changed",
    "Пароль изменён": "changed",
    "パスワードが変更されました": "changed",
    "您的密码已更改": "changed",
    "Two-factor authentication was turned off": "changed",
    "A new email address was added to your account": "changed",
    "New sign-in from Chrome on Windows": "new-sign-in",
    "Neue Anmeldung bei Ihrem Konto": "new-sign-in",
    "Security alert": "new-sign-in",
    "A new forwarding rule was created": "forwarding",
    "Your SIM card has been changed": "sim",
    "Your eSIM is ready": "sim",
    "Port-out request received for your number": "sim",
    "Domain transfer of home.example initiated": "domain-transfer",
    "Wire transfer of $4,500.00 sent": "transfer",
    "SEPA-Überweisung über 2.400,00 EUR": "transfer",
    "Your payout is on its way": "transfer",
    "Withdrawal of 0.8 BTC confirmed": "transfer",
    "A new payee was added": "payee",
    "Your order has been placed": "order",
    "Ihre Bestellung 4711": "order",
    "Confirmation de votre commande": "order",
    "Your Amazon.com order of headphones": "order",
    "ご注文の確認": "order",
    "Receipt for your payment to Seller Ltd": "payment",
    "You sent a payment of £250.00": "payment",
    "Rechnung 2026-0815": "payment",
}
EVERYDAY = [
    "Re: lunch on Friday?",
    "Minutes of the meeting",
    "Fotos vom Wochenende",
    "[PATCH] mend it",
    "",
]


@pytest.mark.parametrize("language", SIGN_UP)
def test_sign_up_words(language: str) -> None:
    table = words()
    assert table.meaning(table.mask(SIGN_UP[language])).sign_up


@pytest.mark.parametrize("subject", CRITICAL)
def test_critical_mail(subject: str) -> None:
    table = words()
    found = table.meaning(table.mask(subject)).critical
    assert found is not None
    assert found.name == CRITICAL[subject]


@pytest.mark.parametrize("subject", EVERYDAY)
def test_everyday_mail_is_nothing(subject: str) -> None:
    table = words()
    meaning = table.meaning(table.mask(subject))
    assert not meaning.sign_up
    assert meaning.critical is None


def test_disguised_letters_are_read() -> None:
    table = words()
    meaning = table.meaning(table.mask("Your passwоrd was chаnged"))  # two are Cyrillic
    assert meaning.critical is not None


@given(st.text(max_size=2_000))
def test_any_subject_has_an_answer(subject: str) -> None:
    table = words()
    table.meaning(table.mask(subject))
