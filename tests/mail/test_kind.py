"""Subjects as they are written every day, in five languages and a few more."""

from __future__ import annotations

import time

import pytest

from secassist.mail.kind import Kind, kind_of, kind_words

RESET = {
    "en": [
        "Reset your password",
        "Reset your Instagram password",
        "Password reset request",
        "Your password reset link",
        "Forgot your password?",
        "Instructions to reset your password",
        "[GitHub] Please reset your password",
        "We've made it easy to get back on Instagram",
        "Request to reset your account password",
        "Recover your account",
        "Amazon password assistance",
        "Password reset",
    ],
    "de": [
        "Passwort zurücksetzen",
        "Setze dein Passwort zurück",
        "Ihr Passwort zurücksetzen",
        "Passwort vergessen?",
        "Zurücksetzung Ihres Passworts",
        "Anfrage zum Zurücksetzen des Passworts",
        "Neues Passwort anfordern",
        "Kennwort zurücksetzen für Ihr Konto",
        "Kontowiederherstellung",
    ],
    "fr": [
        "Réinitialisation de votre mot de passe",
        "Réinitialiser votre mot de passe",
        "Réinitialisez votre mot de passe",
        "Mot de passe oublié",
        "Demande de réinitialisation du mot de passe",
        "Créez un nouveau mot de passe",
        "Récupération de votre compte",
        "Demande de nouveau mot de passe",
        "Choisissez un nouveau mot de passe",
    ],
    "es": [
        "Restablece tu contraseña",
        "Restablecer contraseña",
        "Restablecimiento de contraseña",
        "¿Olvidaste tu contraseña?",
        "Recupera tu cuenta",
        "Solicitud de cambio de contraseña",
        "Recuperación de contraseña",
        "Cambia tu contraseña",
        "Solicitud para restablecer la contraseña",
    ],
    "pt": [
        "Redefinir sua senha",
        "Redefinição de senha",
        "Redefina sua senha do Instagram",
        "Esqueceu sua senha?",
        "Recuperação de conta",
        "Solicitação de redefinição de senha",
        "Recupere sua senha",
        "Pedido de redefinição da palavra-passe",
        "Repor a palavra-passe",
    ],
    "other": [
        "Wachtwoord opnieuw instellen",
        "Reimposta la tua password",
        "Сброс пароля",
        "Zresetuj hasło",
        "Şifre sıfırlama isteği",
        "Netflix şifrenizi sıfırlayın",
        "Wachtwoord vergeten",
    ],
}
CHANGED = {
    "en": [
        "Your password was changed",
        "Your password has been reset",
        "Your Apple ID password has been changed",
        "Password changed",
        "Your email address was updated",
        "Password change confirmation",
        "Your phone number has been removed",
        "A new passkey was added to your account",
        "Two-factor authentication has been turned off",
        "You've changed your password",
    ],
    "de": [
        "Ihr Passwort wurde geändert",
        "Dein Passwort wurde zurückgesetzt",
        "Ihre E-Mail-Adresse wurde geändert",
        "Passwort geändert",
        "Änderung Ihres Passworts",
        "Deine Telefonnummer wurde aktualisiert",
        "Bestätigung der Passwortänderung",
        "Sie haben Ihr Passwort geändert",
        "Zwei-Faktor-Authentifizierung wurde deaktiviert",
    ],
    "fr": [
        "Votre mot de passe a été modifié",
        "Votre mot de passe a bien été changé",
        "Mot de passe modifié",
        "Votre adresse e-mail a été mise à jour",
        "Modification de votre mot de passe",
        "Vous avez changé votre mot de passe",
        "Votre numéro de téléphone a été modifié",
        "Votre mot de passe a été réinitialisé",
    ],
    "es": [
        "Tu contraseña ha sido cambiada",
        "Se ha cambiado tu contraseña",
        "Tu contraseña se ha restablecido",
        "Contraseña actualizada",
        "Cambio de contraseña",
        "Su correo electrónico ha sido modificado",
        "Has cambiado tu contraseña",
        "Tu número de teléfono se ha actualizado",
    ],
    "pt": [
        "Sua senha foi alterada",
        "A sua palavra-passe foi alterada",
        "Senha alterada",
        "Seu e-mail foi alterado",
        "Alteração de senha",
        "Você alterou sua senha",
        "Sua senha foi redefinida",
        "Seu telefone foi atualizado",
    ],
    "other": [
        "Je wachtwoord is gewijzigd",
        "La tua password è stata modificata",
        "Hasło zostało zmienione",
    ],
}
SIGN_IN = {
    "en": [
        "New sign-in to your account",
        "New login to Spotify",
        "Security alert",
        "New device signed in to your account",
        "Did you just log in near Paris?",
        "We noticed a new login",
        "Unusual sign-in activity",
        "Was this you?",
        "Suspicious login attempt",
        "Someone tried to log in to your account",
    ],
    "de": [
        "Neue Anmeldung bei Ihrem Konto",
        "Neue Anmeldung auf deinem Gerät",
        "Ungewöhnliche Anmeldeaktivität",
        "Sicherheitswarnung",
        "Neues Gerät angemeldet",
        "Haben Sie sich angemeldet?",
        "Verdächtiger Anmeldeversuch",
        "Anmeldung von einem neuen Gerät",
        "Jemand hat versucht, sich anzumelden",
    ],
    "fr": [
        "Nouvelle connexion à votre compte",
        "Connexion inhabituelle détectée",
        "Alerte de sécurité",
        "Tentative de connexion suspecte",
        "Nouvel appareil : nouvelle connexion",
        "Activité inhabituelle sur votre compte",
        "Est-ce bien vous ?",
        "Connexion depuis un nouvel appareil",
    ],
    "es": [
        "Nuevo inicio de sesión en tu cuenta",
        "Inicio de sesión inusual",
        "Alerta de seguridad",
        "Nuevo dispositivo conectado",
        "Intento de inicio de sesión sospechoso",
        "¿Has sido tú?",
        "Actividad inusual en tu cuenta",
        "Acceso desde un nuevo dispositivo",
    ],
    "pt": [
        "Novo login na sua conta",
        "Novo acesso à sua conta",
        "Alerta de segurança",
        "Acesso suspeito detectado",
        "Novo dispositivo conectado",
        "Tentativa de login suspeita",
        "Foi você?",
        "Atividade incomum na sua conta",
    ],
    "other": [
        "Nieuwe aanmelding bij je account",
        "Nuovo accesso al tuo account",
        "Новый вход в аккаунт",
        "Yeni giriş algılandı",
    ],
}
CODE = {
    "en": [
        "612807 is your Instagram code",
        "Your verification code",
        "Your Amazon verification code is 482913",
        "Your security code: 123456",
        "Your one-time passcode",
        "Microsoft account security code",
        "Your login code for Netflix",
        "Code: 884-221",
        "Use this sign-in code",
    ],
    "de": [
        "Ihr Bestätigungscode",
        "Dein Sicherheitscode lautet 123456",
        "Ihr Einmalcode",
        "482913 ist dein Instagram-Code",
        "Ihr Anmeldecode",
        "Dein Code: 123 456",
        "Verifizierungscode für Ihr Konto",
        "Ihr Zugangscode",
    ],
    "fr": [
        "Votre code de vérification",
        "Votre code de sécurité",
        "123456 est votre code Instagram",
        "Code de connexion",
        "Votre code : 482913",
        "Code à usage unique",
        "Votre code de confirmation",
        "Code d'accès temporaire",
    ],
    "es": [
        "Tu código de verificación",
        "Código de seguridad",
        "123456 es tu código de Instagram",
        "Su código de acceso",
        "Tu código es 482913",
        "Código para iniciar sesión",
        "Código de un solo uso",
        "Código de confirmación",
    ],
    "pt": [
        "Seu código de verificação",
        "Código de segurança",
        "123456 é seu código do Instagram",
        "Seu código de acesso",
        "O seu código é 482913",
        "Código de confirmação",
        "Código de uso único",
        "Código para entrar",
    ],
    "other": [
        "Je verificatiecode",
        "Codice di verifica",
        "Код подтверждения",
        "Twój kod to 123456",
        "Doğrulama kodunuz",
    ],
}
INVOICE = {
    "en": [
        "Your invoice is ready",
        "Invoice 20250112",
        "Receipt for your payment to Shop",
        "Your receipt from Apple",
        "Order confirmation",
        "Payment received",
        "You've received a payment request: money request from Bob",
        "Your subscription has been renewed",
        "Thank you for your order",
        "Your payment was declined: payment failed",
    ],
    "de": [
        "Ihre Rechnung",
        "Rechnung Nr. 4711",
        "Bestellbestätigung",
        "Zahlungsbestätigung",
        "Vielen Dank für Ihre Bestellung",
        "Zahlungserinnerung",
        "Sie haben eine Zahlung gesendet",
        "Mahnung: offener Betrag",
    ],
    "fr": [
        "Votre facture est disponible",
        "Facture n° 123",
        "Confirmation de commande",
        "Merci pour votre commande",
        "Confirmation de votre paiement",
        "Rappel de paiement",
        "Reçu de paiement",
        "Votre paiement a été refusé",
    ],
    "es": [
        "Tu factura está disponible",
        "Factura 2025-01",
        "Confirmación de pedido",
        "Gracias por tu compra",
        "Recibo de pago",
        "Pago recibido",
        "Confirmación de tu pedido",
        "Has enviado un pago",
    ],
    "pt": [
        "Sua fatura chegou",
        "Boleto disponível",
        "Confirmação do pedido",
        "Obrigado pela sua compra",
        "Pagamento recebido",
        "Comprovante de pagamento",
        "Confirmação de pagamento",
        "Pagamento recusado",
    ],
    "other": ["Uw factuur", "Conferma d'ordine", "Factuur 123"],
}
OTHER = {
    "en": [
        "Minutes of our meeting",
        "Ivan's invitation is awaiting your response",
        "Welcome! Get set up in 3 steps",
        "How to keep your email private",
        "Your parcel arrives today",
        "Re: code review",
        "The history of the password",
        "News about security",
        "A new book on signing",
        "Happy birthday",
    ],
    "de": [
        "Ihr Paket ist in der Packstation 123",
        "Einladung zum Sommerfest",
        "Kennst Du Dr. Mabuse?",
        "Protokoll der Sitzung",
        "Neue Öffnungszeiten",
        "Willkommen bei uns",
        "Ihr Termin am Montag",
        "Unser Angebot der Woche",
    ],
    "fr": [
        "Bienvenue parmi nous",
        "Invitation à la fête",
        "Votre colis arrive demain",
        "Les nouvelles du mois",
        "Votre rendez-vous de lundi",
        "Compte rendu de la réunion",
        "Joyeux anniversaire",
        "Nos offres de printemps",
    ],
    "es": [
        "¡Te damos la bienvenida a Amazon Prime!",
        "Invitación a la fiesta",
        "Tu paquete llega hoy",
        "Noticias de mayo",
        "Acta de la reunión",
        "Feliz cumpleaños",
        "Tu cita del lunes",
        "Ofertas de la semana",
    ],
    "pt": [
        "Bem-vindo ao clube",
        "Convite para a festa",
        "Sua encomenda chega hoje",
        "Notícias de maio",
        "Ata da reunião",
        "Feliz aniversário",
        "Sua consulta de segunda-feira",
        "Ofertas da semana",
    ],
}
TABLE = {
    Kind.RESET_REQUESTED: RESET,
    Kind.CHANGED: CHANGED,
    Kind.NEW_SIGN_IN: SIGN_IN,
    Kind.CODE: CODE,
    Kind.INVOICE: INVOICE,
    Kind.OTHER: OTHER,
}
CASES = [
    (kind, language, subject)
    for kind, languages in TABLE.items()
    for language, subjects in languages.items()
    for subject in subjects
]


@pytest.mark.parametrize(("kind", "language", "subject"), CASES)
def test_subjects(kind: Kind, language: str, subject: str) -> None:
    assert kind_of(subject, "") is kind


def test_every_kind_has_eight_subjects_in_each_language() -> None:
    for languages in TABLE.values():
        for language in ("en", "de", "fr", "es", "pt"):
            assert len(languages[language]) >= 8


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hi, we received a request to reset your Instagram password.", Kind.RESET_REQUESTED),
        ("Ihr Passwort wurde erfolgreich geändert.", Kind.CHANGED),
        ("We noticed a new sign-in to your account.", Kind.NEW_SIGN_IN),
        ("Your verification code is 123456.", Kind.CODE),
        ("Rechnungsnummer: 4711", Kind.INVOICE),
        ("See you on Monday.", Kind.OTHER),
    ],
)
def test_the_text_counts_where_the_subject_says_nothing(text: str, kind: Kind) -> None:
    assert kind_of("Hello", text) is kind
    assert kind_of("", text) is kind


def test_disguised_letters_do_not_help() -> None:
    assert kind_of("Rеsеt yоur pаsswоrd", "") is Kind.RESET_REQUESTED
    assert kind_of("Pass\u200bword reset", "") is Kind.RESET_REQUESTED


def test_the_asset_has_every_kind_but_other() -> None:
    assert set(kind_words().order) == set(Kind) - {Kind.OTHER}


def test_a_long_text_takes_no_time() -> None:
    started = time.process_time()
    kind_of("reset your " * 100_000, "your password was " * 100_000)
    assert time.process_time() - started < 0.5
