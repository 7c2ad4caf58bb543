"""Pictures with QR codes as people have them: small, blurred, turned, dark, somewhere on a desktop.

Every picture follows from its condition and number alone.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from secassist.twofactor import base32, migration, qr_drawing
from secassist.twofactor.account import Account

Make = Callable[[random.Random, Image.Image], Image.Image]


@dataclass(frozen=True)
class Picture:
    condition: str
    text: str
    grey: Image.Image

    @property
    def png(self) -> bytes:
        out = io.BytesIO()
        self.grey.save(out, "PNG", compress_level=1)
        return out.getvalue()


def text(chance: random.Random) -> str:
    secret = base32.encode(chance.randbytes(chance.choice((10, 20, 32))))
    name = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(4, 14)))
    issuer = chance.choice(("GitHub", "Google", "My%20Bank", "ACME%20Co"))
    return (
        f"otpauth://totp/{issuer}:{name}%40example.com?secret={secret}&issuer={issuer}"
        "&algorithm=SHA1&digits=6&period=30"
    )


def long_text(chance: random.Random) -> str:
    accounts = [
        Account(secret=chance.randbytes(20), issuer="ACME", name=f"user{number}@example.com")
        for number in range(10)
    ]
    return migration.write(accounts)[0][0]


def drawn(content: str) -> bytes:
    """The code for a text as a sharp PNG."""
    return Picture("", content, code(content, 6)).png


def code(content: str, scale: int, border: int = 4) -> Image.Image:
    rows = qr_drawing.matrix(content)
    side = len(rows) + 2 * border
    small = Image.new("L", (side, side), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                small.putpixel((x + border, y + border), 0)
    return small.resize((side * scale, side * scale), Image.Resampling.NEAREST)


@cache
def desktop(width: int, height: int, dark: bool, seed: int) -> Image.Image:
    """Windows, text, icons: what else is on a screen."""
    chance = random.Random(seed)
    screen = Image.new("L", (width, height), 40 if dark else 215)
    draw = ImageDraw.Draw(screen)
    for _ in range(width * height // 180_000):
        x, y = chance.randrange(width - 200), chance.randrange(height - 150)
        w, h = chance.randint(200, 900), chance.randint(150, 600)
        paper = chance.randint(20, 60) if dark else chance.randint(225, 255)
        draw.rectangle((x, y, x + w, y + h), fill=paper, outline=120)
        draw.rectangle((x, y, x + w, y + 28), fill=90 if dark else 180)
        ink = 210 if dark else 40
        for line in range(y + 40, min(y + h - 14, height), 16):
            words = "".join(chance.choices("abcdefg hijkl mnopq", k=max(1, w // 9)))
            draw.text((x + 10, line), words, fill=ink)
    return screen


def _on(ground: Image.Image, picture: Image.Image, chance: random.Random) -> Image.Image:
    whole = ground.copy()
    whole.paste(
        picture,
        (
            chance.randrange(ground.width - picture.width),
            chance.randrange(ground.height - picture.height),
        ),
    )
    return whole


def _at(scale: int) -> Callable[[str], Image.Image]:
    return lambda content: code(content, scale)


def _turned(degrees: float) -> Make:
    return lambda chance, picture: picture.rotate(
        degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255
    )


def _perspective(chance: random.Random, picture: Image.Image) -> Image.Image:
    w, h = picture.size
    lean = chance.uniform(0.05, 0.12)
    quad = (-lean * w, -lean * h / 2, 0, h, w, h * (1 + lean / 2), w * (1 + lean), 0)
    return picture.transform((w, h), Image.Transform.QUAD, quad, Image.Resampling.BICUBIC,
                             fillcolor=255)  # fmt: skip


def _contrast(low: int, high: int) -> Make:
    return lambda chance, picture: picture.point(lambda v: low + v * (high - low) // 255)


def _noise(chance: random.Random, picture: Image.Image) -> Image.Image:
    noise = Image.effect_noise(picture.size, 60)
    return Image.blend(picture, noise, 0.35)


def _jpeg(chance: random.Random, picture: Image.Image) -> Image.Image:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=20)
    return Image.open(io.BytesIO(out.getvalue())).convert("L")


def _hidpi(chance: random.Random, picture: Image.Image) -> Image.Image:
    return picture.resize((int(picture.width * 1.37), int(picture.height * 1.37)))


def _dark_page(chance: random.Random, picture: Image.Image) -> Image.Image:
    page = Image.new("L", (picture.width * 2, picture.height * 2), 18)
    return _on(page, ImageChops.invert(picture), chance)


def _black_page(chance: random.Random, picture: Image.Image) -> Image.Image:
    return _on(Image.new("L", (picture.width * 2, picture.height * 2), 0), picture, chance)


def _blur(radius: float) -> Make:
    return lambda chance, picture: picture.filter(ImageFilter.GaussianBlur(radius))


def _screen(width: int, height: int, *, dark: bool = False) -> Make:
    def make(chance: random.Random, picture: Image.Image) -> Image.Image:
        ground = desktop(width, height, dark, chance.randrange(3))
        return _on(ground, ImageChops.invert(picture) if dark else picture, chance)

    return make


def _dark_screen(chance: random.Random, picture: Image.Image) -> Image.Image:
    return _on(desktop(1280, 720, True, chance.randrange(3)), picture, chance)


def _same(chance: random.Random, picture: Image.Image) -> Image.Image:
    return picture


CONDITIONS: dict[str, tuple[Callable[[str], Image.Image], Make]] = {
    **{f"{scale} px": (_at(scale), _same) for scale in (1, 2, 3, 4, 6, 10)},
    "blur 1": (_at(4), _blur(1)),
    "blur 2": (_at(4), _blur(2)),
    "blur 2.5": (_at(4), _blur(2.5)),
    "blur 2 at 3 px": (_at(3), _blur(2)),
    "blur 3 at 4 px": (_at(4), _blur(3)),
    "blur 3 at 6 px": (_at(6), _blur(3)),
    "blur 4 at 6 px": (_at(6), _blur(4)),
    "blur 4 at 8 px": (_at(8), _blur(4)),
    "blur 3 at 4 px, dark": (_at(4), lambda c, p: ImageChops.invert(_blur(3)(c, p))),
    **{f"turned {d}": (_at(4), _turned(d)) for d in (7, 15, 30, 45, 90, 180)},
    "dark, all turned round": (_at(3), lambda c, p: ImageChops.invert(p)),
    "dark, on a dark page": (_at(3), _dark_page),
    "dark, in a dark desktop": (_at(3), _screen(1920, 1080, dark=True)),
    "low contrast": (_at(4), _contrast(120, 160)),
    "low contrast, dark": (_at(4), _contrast(90, 40)),
    "perspective": (_at(5), _perspective),
    "noise": (_at(5), _noise),
    "jpeg 20": (_at(4), _jpeg),
    "1.37 times": (_at(3), _hidpi),
    "no quiet zone": (lambda t: code(t, 4, 0), _same),
    "no quiet zone on black": (lambda t: code(t, 4, 0), _black_page),
    "no quiet zone, dark, on white": (
        lambda t: code(t, 4, 0),
        lambda c, p: ImageChops.invert(_black_page(c, p)),
    ),
    "no quiet zone in a desktop": (lambda t: code(t, 4, 0), _screen(1280, 720)),
    "no quiet zone in a dark desktop": (lambda t: code(t, 4, 0), _dark_screen),
    "quiet zone of 1 in a desktop": (lambda t: code(t, 4, 1), _screen(1280, 720)),
    "desktop, 2 px": (_at(2), _screen(1920, 1080)),
    "desktop, 3 px": (_at(3), _screen(1920, 1080)),
    "desktop, 6 px": (_at(6), _screen(1920, 1080)),
    "4K, 3 px": (_at(3), _screen(3840, 2160)),
}
LONG = ("2 px", "4 px", "turned 15", "dark, on a dark page", "desktop, 3 px", "jpeg 20")


def pictures(each: int) -> Iterator[Picture]:
    """``each`` pictures of every condition, a third as many with ten accounts in one code."""
    for name, (draw, make) in CONDITIONS.items():
        for number in range(each):
            yield _picture(name, number, text, draw, make)
    for name in LONG:
        draw, make = CONDITIONS[name]
        for number in range(max(1, each // 3)):
            yield _picture(f"ten accounts, {name}", number, long_text, draw, make)


def _picture(
    name: str,
    number: int,
    content: Callable[[random.Random], str],
    draw: Callable[[str], Image.Image],
    make: Make,
) -> Picture:
    chance = random.Random(f"{name} {number}")
    written = content(chance)
    return Picture(name, written, make(chance, draw(written)))
