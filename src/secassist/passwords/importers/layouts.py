"""The tables of browsers and password managers: which columns make them known, and what is where.

To add one: a ``Layout`` in LAYOUTS. Column names are compared without case and spaces around them.
The one of which most columns are there wins; where none fits, ``OTHER`` looks for a password under
its name in many languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of table. Of several names for a column the first that is there and filled counts.

    ``marks`` must all be there. ``logins``: what the column ``kind`` says for sign-ins; other rows
    are skipped.
    """

    name: str
    marks: frozenset[str]
    title: Names
    url: Names
    username: Names
    password: Names
    folder: Names = ()
    code: Names = ()
    changed: Names = ()
    kind: str = ""
    logins: frozenset[str] = frozenset()
    open_ended: bool = False
    """Rows may be longer than the head: the last column stands for several."""
    escapes: bool = False
    """It writes ``\\"`` and ``\\\\`` for a quotation mark and a backslash."""


def _marks(text: str) -> frozenset[str]:
    return frozenset(text.split(","))


_NAME, _TITLE, _URL, _USER, _PASSWORD = (
    ("name",),
    ("title",),
    ("url",),
    ("username",),
    ("password",),
)

LAYOUTS: Final[tuple[Layout, ...]] = (
    Layout("chrome", _marks("name,url,username,password"), _NAME, _URL, _USER, _PASSWORD),
    Layout(
        "firefox",
        _marks("url,username,password,httprealm,formactionorigin,timepasswordchanged"),
        (),
        _URL,
        _USER,
        _PASSWORD,
        changed=("timepasswordchanged",),
    ),
    Layout(
        "apple",
        _marks("title,url,username,password"),
        _TITLE,
        _URL,
        _USER,
        _PASSWORD,
        code=("otpauth",),
    ),
    Layout(
        "bitwarden",
        _marks("type,name,login_uri,login_username,login_password"),
        _NAME,
        ("login_uri",),
        ("login_username",),
        ("login_password",),
        folder=("folder", "collections"),
        code=("login_totp",),
        kind="type",
        logins=frozenset({"login"}),
    ),
    Layout(
        "1password",
        _marks("title,url,username,password,favorite,archived,tags"),
        _TITLE,
        _URL,
        _USER,
        _PASSWORD,
        folder=("tags",),
        code=("otpauth",),
    ),
    Layout(
        "lastpass",
        _marks("url,username,password,extra,name,grouping"),
        _NAME,
        _URL,
        _USER,
        _PASSWORD,
        folder=("grouping",),
        code=("totp",),
    ),
    Layout(
        "dashlane",
        _marks("username,title,password,note,url,category"),
        _TITLE,
        _URL,
        ("username", "username2", "username3"),
        _PASSWORD,
        folder=("category",),
        code=("otp", "otpsecret", "otpurl"),
    ),
    Layout(
        "proton",
        _marks("type,name,url,username,password,note,totp,createtime"),
        _NAME,
        _URL,
        ("username", "email"),
        _PASSWORD,
        folder=("vault",),
        code=("totp",),
        kind="type",
        logins=frozenset({"login"}),
    ),
    Layout(
        "keepassxc",
        _marks("group,title,username,password,url,notes"),
        _TITLE,
        _URL,
        _USER,
        _PASSWORD,
        folder=("group",),
        code=("totp",),
    ),
    Layout(
        "keepass",
        _marks("account,login name,password,web site"),
        ("account",),
        ("web site",),
        ("login name",),
        _PASSWORD,
        escapes=True,
    ),
    Layout(
        "nordpass",
        _marks("name,url,username,password,note,cardholdername,cardnumber"),
        _NAME,
        _URL,
        ("username", "email"),
        _PASSWORD,
        folder=("folder",),
        kind="type",
        logins=frozenset({"", "password", "login"}),
    ),
    Layout(
        "roboform",
        _marks("name,url,login,pwd"),
        _NAME,
        _URL,
        ("login",),
        ("pwd",),
        folder=("folder",),
        open_ended=True,
    ),
    Layout(
        "keeper",
        _marks("folder,title,login,password,website address"),
        _TITLE,
        ("website address",),
        ("login",),
        _PASSWORD,
        folder=("folder",),
        code=("totp",),
    ),
    Layout(
        "enpass",
        _marks("title,username,email,password,website"),
        _TITLE,
        ("website", "url"),
        ("username", "email"),
        _PASSWORD,
        code=("totp",),
    ),
)

# Names of columns in exports that follow the language of the program, and of makers not listed.
OTHER: Final = Layout(
    "table",
    frozenset(),
    title=tuple(
        "title|name|account|item|entry|service|system|titel|bezeichnung|konto|titre|nom|compte|"
        "título|titulo|nombre|nome|titolo|naam|namn|navn|tytuł|nazwa|název|cím|otsikko|nimi|başlık|"
        "название|имя|заголовок|назва|τίτλος|タイトル|名前|名称|标题|標題|제목|이름".split("|")
    ),
    url=tuple(
        "url|uri|website|web site|site|web address|address|login_uri|login url|link|domain|host|"
        "hostname|webseite|webadresse|adresse|internetadresse|site web|site internet|adresse web|"
        "sitio web|página web|dirección|sito web|sito|indirizzo|endereço|adres|webbplats|webside|"
        "strona|adresa|weboldal|sivusto|адрес|сайт|веб-сайт|ιστότοπος|サイト|ウェブサイト|网站|网址|"
        "網站|網址|웹사이트|사이트".split("|")
    ),
    username=tuple(
        "username|user name|user|login|login name|login_username|user id|userid|email|e-mail|"
        "benutzername|benutzer|nutzername|anmeldename|nom d'utilisateur|nom d’utilisateur|"
        "utilisateur|identifiant|usuario|nombre de usuario|correo|nome utente|utente|utilizador|"
        "usuário|nome de usuário|nome do usuário|gebruikersnaam|gebruiker|användarnamn|användare|"
        "brukernavn|brugernavn|nazwa użytkownika|użytkownik|uživatelské jméno|felhasználónév|"
        "käyttäjätunnus|kullanıcı adı|имя пользователя|логин|пользователь|ім'я користувача|логін|"
        "όνομα χρήστη|ユーザー名|ユーザ名|用户名|使用者名稱|사용자 이름|아이디".split("|")
    ),
    password=tuple(
        "password|pwd|pass|passwd|login_password|passwort|kennwort|mot de passe|contraseña|clave|"
        "password utente|parola d'ordine|senha|palavra-passe|wachtwoord|lösenord|passord|"
        "adgangskode|hasło|heslo|jelszó|salasana|parola|şifre|пароль|κωδικός|κωδικός πρόσβασης|"
        "パスワード|密码|密碼|비밀번호|סיסמה|كلمة المرور|कूटशब्द|पासवर्ड|mật khẩu|kata sandi".split(
            "|"
        )
    ),
    folder=("folder", "group", "category", "grouping", "ordner", "gruppe", "dossier", "carpeta"),
    code=("totp", "otp", "otpauth", "otpurl", "otpsecret", "2fa", "login_totp"),
    changed=("timepasswordchanged", "last modified", "modified", "modifytime", "updated"),
)


def recognise(columns: frozenset[str]) -> Layout | None:
    """The layout of a table with these columns; None: it holds no passwords that we can find."""
    fitting = [layout for layout in LAYOUTS if layout.marks <= columns]
    if fitting:
        return max(fitting, key=lambda layout: len(layout.marks))
    named = any(columns & set(names) for names in (OTHER.title, OTHER.url, OTHER.username))
    return OTHER if named and columns & set(OTHER.password) else None


_LIKE_CHROME: Final = ("edge", "brave", "opera", "vivaldi", "chromium")


def layout_names() -> tuple[str, ...]:
    """Every name that ``layout_named`` knows."""
    return (*(layout.name for layout in (*LAYOUTS, OTHER)), *_LIKE_CHROME)


def layout_named(name: str) -> Layout | None:
    """The layout of that name; browsers of Chrome's family have Chrome's."""
    wanted = "chrome" if name in _LIKE_CHROME else name
    wanted = "apple" if wanted == "safari" else wanted
    return next((layout for layout in (*LAYOUTS, OTHER) if layout.name == wanted), None)
