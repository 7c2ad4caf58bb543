"""Pictures of the screens, in grey, for reading picture codes; they stay in memory."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage


@dataclass(frozen=True, slots=True)
class Grey:
    """8-bit grey pixels, ``stride`` bytes a row."""

    pixels: bytes
    width: int
    height: int
    stride: int


def can_read_screens() -> bool:
    """Whether this desktop lets a program look at the screen just like that; Wayland does not."""
    return sys.platform in {"win32", "darwin"} or QGuiApplication.platformName() != "wayland"


def screens() -> list[Grey]:
    """One picture for each screen; empty where the system gave none."""
    pictures = (screen.grabWindow(0).toImage() for screen in QGuiApplication.screens())
    return [grey(picture) for picture in pictures if not picture.isNull()]


def grey(picture: QImage) -> Grey:
    """The pixels of a picture."""
    plain = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    return Grey(bytes(plain.constBits()), plain.width(), plain.height(), plain.bytesPerLine())


def as_png(picture: QImage) -> bytes:
    """A picture from the clipboard as a file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # its stub says bytes
    return bytes(buffer.data().data())
