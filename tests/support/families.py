"""Makes vaults of passwords as people choose them, with the truth about who belongs to whom.

A family is one base and its variants; all of it comes from a seed. Some accounts have a password
of a generator, some one of their own that is like no other.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from secassist.passwords.analysis.forms import folded
from secassist.passwords.credential import Credential

WORDS = {
    "en": "dragon sunshine monkey princess football shadow master flower butterfly chocolate "
    "purple guitar summer winter orange cookie pepper ginger tiger forever rainbow diamond "
    "silver mustang thunder hunter ranger freedom whatever london",
    "de": "sommer winter schatz blume hallo herbst passwort geheim fussball mausbär schmetterling "
    "sonne sternchen liebling baerchen königin müller garten kaffee donner freiheit berlin hamburg "
    "igel apfelbaum regenbogen brücke löwe waldweg hausboot",
    "fr": "soleil doudou chouchou bonjour amour loulou papillon bébé étoile marseille fleur "
    "chocolat nicolas princesse camille tigrou biscuit fromage montagne rivière hirondelle cerise "
    "voiture lumière jardin bateau forêt château orage poussin",
    "es": "corazón teamo estrella mariposa barcelona princesa hermosa alegría familia sirena "
    "girasol perrito guitarra mañana cariño amistad tortuga libertad caballo montaña abuela "
    "chocolatada luna ventana camino zapato pájaro cielo playa domingo",
    "pl": "kochanie misiek słoneczko polska zaq kasia marcin myszka niespodzianka kwiatek "
    "tygrysek czekolada wiosna jesień gwiazdka motylek krakow warszawa komputer samochód herbata "
    "ogórek truskawka piesek rodzina wolność zamek jezioro burza biedronka",
    "ru": "пароль любовь солнышко наташа спартак москва весна осень лето зайка котёнок бабочка "
    "звезда радуга дракон ромашка василёк шоколад гитара свобода молоко дождик снежинка медведь "
    "яблоко черёмуха подсолнух рыбалка кораблик берёза",
    "it": "amore juventus ciaociao farfalla stella principessa napoli tesoro cioccolato francesca "
    "gattino sorriso domenica libertà giardino fragola montagna ombrello sirena tramonto "
    "lucertola cavallo pallone formaggio finestra bicicletta cuscino arancia vento nonna",
    "tr": "fenerbahçe galatasaray istanbul canım aşkım güneş yıldız kelebek çikolata karanfil "
    "prenses deniz bahar papatya özgürlük şeker menekşe fırtına karadeniz gökkuşağı",
}
SITES = (
    "amazon ebay facebook spotify netflix zalando paypal github dropbox linkedin twitter booking "
    "airbnb steam twitch reddit adobe canva notion trello zoom uber lidl decathlon ikea otto "
    "allegro vinted yandex rakuten"
).split()
_SIGNS = "!?.#*+-_$%"


@dataclass(frozen=True, slots=True)
class Vault:
    """``families``: account → the number of its family; -1 for those that have none."""

    credentials: tuple[Credential, ...]
    families: tuple[int, ...]
    generated: tuple[bool, ...]


def vault(seed: int, size: int = 1_000, language: str = "") -> Vault:
    """A vault of that size; all languages mixed where none is named."""
    rng = random.Random(f"{seed}{language}")
    languages = [language] if language else list(WORDS)
    words = _words(rng, [word for name in languages for word in WORDS[name].split()])
    made: list[tuple[Credential, int, bool]] = []
    bases = _bases(rng, words)
    while len(made) < size:
        kind = rng.random()
        if kind < 0.3:
            made.append((_account(rng, _random_password(rng), len(made)), -1, True))
        elif kind < 0.45:
            made.append((_account(rng, next(bases), len(made)), -1, False))
        else:
            number, base = len(made), next(bases)
            for _ in range(min(rng.randint(2, 6), size - len(made))):
                site = rng.choice(SITES)
                password = _variant(rng, base, site)
                made.append((_account(rng, password, len(made), site), number, False))
    rng.shuffle(made)
    credentials, families, generated = zip(*made, strict=True)
    return Vault(credentials, families, generated)


def _words(rng: random.Random, known: list[str]) -> list[str]:
    """The known words, and more that sound like them."""
    follows: dict[str, list[str]] = {}
    for word in known:
        for at in range(len(word) - 2):
            follows.setdefault(word[at : at + 2], []).append(word[at + 2])
    made = {folded(word)[:4]: word for word in known}
    pieces = {piece for word in made.values() for piece in _pieces(word)}
    starts = sorted({letter for word in known for letter in word})
    for _ in range(6_000):
        word, length = rng.choice(starts) + rng.choice(rng.choice(known)[1:-1]), rng.randint(5, 10)
        while len(word) < length and word[-2:] in follows:
            word += rng.choice(follows[word[-2:]])
        if len(word) >= 5 and folded(word)[:4] not in made and not pieces & _pieces(word):
            made[folded(word)[:4]] = word
            pieces |= _pieces(word)
    return list(made.values())


def _pieces(word: str) -> set[str]:
    """No two words share five letters in a row: such words would be alike in earnest."""
    fold = folded(word)
    return {fold[at : at + 5] for at in range(len(fold) - 4)}


def _bases(rng: random.Random, words: list[str]) -> Iterator[str]:
    """Passwords with one or two words each; no word is used twice."""
    left = rng.sample(words, len(words))
    while len(left) > 1:
        chosen = [left.pop() for _ in range(rng.choice((1, 1, 2)))]
        word = rng.choice(("", "", "-", "_")).join(
            w.capitalize() if rng.random() < 0.6 else w for w in chosen
        )
        end = rng.choice(
            [str(rng.randint(1950, 2026)), str(rng.randint(0, 99)), str(rng.randint(100, 9999)), ""]
        )
        sign = rng.choice(_SIGNS) if rng.random() < 0.5 else ""
        yield word + (end + sign if rng.random() < 0.7 else sign + end)


def _account(rng: random.Random, password: str, number: int, site: str = "") -> Credential:
    site = site or rng.choice(SITES)
    return Credential(
        f"{site.capitalize()} {number}",
        f"user{number}",
        password,
        (f"https://{site}.com/{number}",),
    )


def _random_password(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.7:
        letters = string.ascii_letters + string.digits + "!#$%&*+-.?@_"
        return "".join(rng.choices(letters, k=rng.choice((12, 16, 20, 24))))
    if kind < 0.8:
        return "-".join("".join(rng.choices(string.ascii_lowercase, k=6)) for _ in range(3))
    if kind < 0.9:
        return "".join(rng.choices("0123456789abcdef", k=rng.choice((8, 16, 32))))
    return "".join(rng.choices(string.digits, k=rng.choice((4, 6, 8))))


def _digits(rng: random.Random, base: str) -> str:
    bare = base.rstrip(string.digits + _SIGNS)
    return (bare or base) + str(rng.randint(0, 999))


def _year(rng: random.Random, base: str) -> str:
    bare = base.rstrip(string.digits + _SIGNS) or base
    end = base[len(bare) :].lstrip(string.digits)
    return f"{bare}{rng.randint(1990, 2026)}{end}"


def _edit(rng: random.Random, base: str) -> str:
    place = rng.randrange(len(base))
    letter = rng.choice(string.ascii_lowercase + string.digits)
    how = rng.random()
    if how < 0.35:
        return base[:place] + letter + base[place:]
    if how < 0.7 and len(base) > 6:
        return base[:place] + base[place + 1 :]
    return base[:place] + letter + base[place + 1 :]


def _leet(rng: random.Random, base: str) -> str:
    table = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7"}
    chosen = rng.sample(sorted(table), 3)
    return "".join(table[char] if char in chosen else char for char in base)


def _site(rng: random.Random, base: str, site: str) -> str:
    stub = site[: rng.choice((3, 4, len(site)))]
    stub = stub.capitalize() if rng.random() < 0.5 else stub
    mark = rng.choice(("", "", "-", "_", "@", "."))
    return base + mark + stub if rng.random() < 0.6 else stub + mark + base


def _moved(rng: random.Random, base: str) -> str:
    bare = base.rstrip(string.digits + _SIGNS)
    return base[len(bare) :] + bare


def _variant(rng: random.Random, base: str, site: str) -> str:
    changes: list[tuple[float, Callable[[], str]]] = [
        (0.38, lambda: base),
        (0.14, lambda: _year(rng, base)),
        (0.10, lambda: _digits(rng, base)),
        (0.08, lambda: _site(rng, base, site)),
        (0.07, lambda: base + rng.choice(_SIGNS)),
        (0.07, lambda: base.swapcase() if rng.random() < 0.3 else base.capitalize()),
        (0.04, lambda: _leet(rng, base)),
        (0.05, lambda: _edit(rng, base)),
        (0.03, lambda: _edit(rng, _edit(rng, base))),
        (0.02, lambda: _moved(rng, base)),
        (0.01, lambda: base * 2),
        (0.01, lambda: base[::-1]),
    ]
    weights = [weight for weight, _ in changes]
    return rng.choices([change for _, change in changes], weights)[0]()


def scores(vault: Vault, clusters: list[set[int]]) -> tuple[float, float]:
    """Cluster recall and precision, over the pairs of accounts that are in one cluster."""
    together = {(a, b) for cluster in clusters for a in cluster for b in cluster if a < b}
    groups: dict[int, list[int]] = {}
    for place, family in enumerate(vault.families):
        if family >= 0:
            groups.setdefault(family, []).append(place)
    true = {(a, b) for group in groups.values() for a in group for b in group if a < b}
    right = len(true & together)
    return right / len(true), right / max(1, len(together))


def clusters(size: int, pairs: list[tuple[int, int]]) -> list[set[int]]:
    """The sets into which pairs join accounts."""
    parent = list(range(size))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for a, b in pairs:
        parent[root(a)] = root(b)
    found: dict[int, set[int]] = {}
    for place in range(size):
        found.setdefault(root(place), set()).add(place)
    return [cluster for cluster in found.values() if len(cluster) > 1]
