"""A sheet of paper to keep in a safe place: each account with its picture code and spare codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from secassist.twofactor import base32, otpauth, qr_drawing
from secassist.twofactor.account import Account, Kind

if TYPE_CHECKING:
    from fpdf import FPDF

_MARGIN: Final = 15.0  # mm
_CODE: Final = 42.0  # mm; any phone reads it
_GAP: Final = 6.0  # mm
_LINE: Final = 5.0  # mm
_TEXT: Final = 10  # points
_HEADING: Final = 13
_QUIET: Final = 4  # modules
_MAX_SPARE_CODES: Final = 100
_FONTS: Final = (  # what writes more than Latin letters, where the system has it
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
    "/usr/share/fonts/TTF/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
    "/usr/share/fonts/noto/NotoSans-Regular.ttf",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    "C:/Windows/Fonts/arial.ttf",
)


def write(entries: Iterable[tuple[Account, Sequence[str]]], *, title: str, intro: str) -> bytes:
    """A PDF (A4) of accounts, each with its spare codes. ``title`` and ``intro`` come first.

    Letters that no font at hand can write become question marks; the picture code holds the whole
    name all the same.
    """
    sheet = _Sheet(title)
    sheet.line(title, size=_HEADING + 3)
    sheet.line(intro)
    for account, spare_codes in entries:
        sheet.account(account, list(spare_codes))
    return sheet.finished()


class _Sheet:
    """A document that is being written from top to bottom."""

    def __init__(self, title: str) -> None:
        import fpdf  # noqa: PLC0415 (large, and for this alone)

        self._pdf: FPDF = fpdf.FPDF(format="A4")
        self._pdf.set_margins(_MARGIN, _MARGIN)
        self._pdf.set_auto_page_break(True, _MARGIN)
        font = next((path for path in _FONTS if Path(path).is_file()), None)
        self._latin_only = font is None
        self._family = "Helvetica" if font is None else "sheet"
        if font is not None:
            self._pdf.add_font(self._family, fname=font)
        self._pdf.set_title(self._writable(title))
        self._pdf.add_page()

    def line(self, text: str, *, size: int = _TEXT, left: float = _MARGIN) -> None:
        """Text in as many lines as it takes, and a little room below."""
        self._pdf.set_font(self._family, size=size)
        self._pdf.set_x(left)
        width = self._pdf.w - left - _MARGIN
        self._pdf.multi_cell(
            width,
            _LINE * size / _TEXT,
            self._writable(text),
            align="L",
            new_x="LMARGIN",
            new_y="NEXT",
        )

    def account(self, account: Account, spare_codes: list[str]) -> None:
        """The picture code on the left, all that a person may have to type on the right."""
        if self._pdf.get_y() + _GAP + _CODE > self._pdf.h - _MARGIN:
            self._pdf.add_page()
        else:
            self._pdf.set_y(self._pdf.get_y() + _GAP)
        page, top = self._pdf.page, self._pdf.get_y()
        self._picture(otpauth.write(account), _MARGIN, top)
        left = _MARGIN + _CODE + _GAP
        self.line(account.title, size=_HEADING, left=left)
        self.line(base32.grouped(account.secret), left=left)
        self.line(_parameters(account), left=left)
        if spare_codes:
            shown = spare_codes[:_MAX_SPARE_CODES]
            self.line("Spare codes, each good for one sign-in:", left=left)
            self.line("   ".join(f"[ ] {code}" for code in shown), left=left)
            if len(shown) < len(spare_codes):
                self.line(f"and {len(spare_codes) - len(shown)} more", left=left)
        if self._pdf.page == page:
            self._pdf.set_y(max(self._pdf.get_y(), top + _CODE))

    def finished(self) -> bytes:
        return bytes(self._pdf.output())

    def _picture(self, text: str, left: float, top: float) -> None:
        rows = qr_drawing.matrix(text)
        module = _CODE / (len(rows) + 2 * _QUIET)
        self._pdf.set_fill_color(0, 0, 0)
        for y, row in enumerate(rows):
            x = 0
            while x < len(row):  # one rectangle for each run: fewer seams, a smaller file
                run = next((n for n, dark in enumerate(row[x:]) if not dark), len(row) - x)
                if run:
                    self._pdf.rect(
                        left + (x + _QUIET) * module,
                        top + (y + _QUIET) * module,
                        run * module,
                        module,
                        style="F",
                    )
                x += run + 1

    def _writable(self, text: str) -> str:
        if not self._latin_only:
            return text
        return text.encode("latin-1", "replace").decode("latin-1")


def _parameters(account: Account) -> str:
    if account.kind is Kind.STEAM:
        return "Steam"
    what = f"{account.kind.upper()}, {account.algorithm}, {account.digits} digits"
    if account.kind is Kind.HOTP:
        return f"{what}, counter {account.counter}"
    return f"{what}, {account.period} seconds"
