"""Wordings of fraud in several languages, and honest texts that share words with them."""

from __future__ import annotations

import time

import pytest

from secassist.mail.content.signals import phone_numbers, read_signals


@pytest.mark.parametrize(
    "text",
    [
        "Your account has been suspended. Verify your account within 24 hours.",
        "Unusual activity was found. Click here to restore access immediately.",
        "Ihr Konto wurde eingeschränkt. Bitte bestätigen Sie Ihre Daten innerhalb von 48 Stunden.",
        "Ihr Zugang wird gesperrt, wenn Sie nicht umgehend handeln. Klicken Sie hier.",
        "Votre compte a été suspendu. Veuillez confirmer vos informations sous 24 heures.",
        "Votre colis est retenu. Cliquez ici pour payer les frais de douane.",
        "Su cuenta ha sido bloqueada. Verifique sus datos en 24 horas.",
        "Tu tarjeta está limitada. Haz clic aquí de inmediato.",
        "Sua conta foi bloqueada. Atualize seus dados imediatamente.",
        "Sua encomenda está retida. Clique aqui para pagar a taxa.",
        "Your storage is full. Your photos will be deleted. Upgrade immediately.",
        "Je rekening is geblokkeerd. Klik hier om je gegevens te bevestigen.",
        "Il tuo conto è stato sospeso. Clicca qui entro 24 ore.",
    ],
)
def test_pressure_in_seven_languages(text: str) -> None:
    assert read_signals("", text).pressure


@pytest.mark.parametrize(
    "text",
    [
        "Your order is on its way. Click here to track it.",
        "We met in Paris; the café was closed.",
        "Die Straße ist wegen Bauarbeiten gesperrt.",
        "The library will be closed on Monday.",
        "Please confirm your attendance by Friday.",
        "Last chance: our sale ends today. Click here.",
        "Bitte bestätigen Sie Ihre Anmeldung zum Newsletter.",
        "Merci de confirmer votre présence avant vendredi.",
        "We reset your password as you asked. If it was not you, tell us.",
    ],
)
def test_honest_wordings_are_no_pressure(text: str) -> None:
    assert not read_signals("", text).pressure


def test_seed_words_are_asked_for() -> None:
    assert read_signals("", "Enter your 12-word recovery phrase to sync your wallet.").seed_phrase
    assert read_signals("", "Geben Sie Ihre Wiederherstellungsphrase ein.").seed_phrase
    assert read_signals("", "Introduzca su frase de recuperación").seed_phrase
    assert read_signals("", "Saisissez votre phrase de récupération").seed_phrase
    honest = "Verify the device. Never share your recovery phrase with anybody."
    assert not read_signals("", honest).seed_phrase


def test_blackmail() -> None:
    text = (
        "I have hacked your device and recorded you with your webcam. Transfer $900 in Bitcoin to"
        " my wallet bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq within 48 hours."
    )
    found = read_signals("", text)
    assert found.extortion
    assert found.coin_address.startswith("bc1q")
    assert not read_signals("", "The webcam talk explained Bitcoin.").extortion


def test_money_from_strangers() -> None:
    text = (
        "I am Barrister John. My late client left $8,500,000.00. You are the next of kin. Reply to"
        " me with your full name in strict confidence."
    )
    assert read_signals("", text).advance_fee
    assert not read_signals("", "We raised $5,000 for charity. Thank you!").advance_fee


def test_money_that_waits() -> None:
    text = "Your balance of £6400.00 is ready. Confirm your details now."
    assert read_signals("", text).money_waiting
    german = "Ihre Auszahlung von 1.000 € wartet. Bitte bestätigen."
    assert read_signals("", german).money_waiting
    assert not read_signals("", "The ticket costs 20 € at the door.").money_waiting


def test_prizes() -> None:
    assert read_signals("Congratulations! You have won an iPhone", "").prize
    assert not read_signals("Minutes of the meeting", "").prize


def test_call_centre_fraud() -> None:
    text = (
        "Your subscription was renewed for $399.99. If you did not authorize this payment, call"
        " our support at +1 (888) 555-0142 to cancel."
    )
    found = read_signals("", text)
    assert found.callback
    assert found.number == "+1 (888) 555-0142"
    assert not read_signals("", "Call me at +49 30 1234567 about the party.").callback


@pytest.mark.parametrize(
    "number", ["+1 (888) 555-0142", "1-800-555-0142", "+49 30 901820-0", "(800) 555 0142"]
)
def test_numbers_to_call(number: str) -> None:
    assert list(phone_numbers(f"Please call {number} today")) == [number]


@pytest.mark.parametrize(
    "text",
    ["Order 601358202", "2025-01-12 10:00", "id=123-456-7890-1", "12.345,67 €", "ABC123-456-789"],
)
def test_other_numbers(text: str) -> None:
    assert list(phone_numbers(text)) == []


def test_a_long_text_takes_no_time() -> None:
    started = time.process_time()
    read_signals("x" * 100_000, "click here your account 12 (34) " * 60_000)
    list(phone_numbers("1 " * 200_000))
    assert time.process_time() - started < 1.0
