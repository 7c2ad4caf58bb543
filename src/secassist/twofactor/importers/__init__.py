"""Imports: one module per format; which one a file is, its content says.

To add a format: a module with ``FORMAT``, ``fits(source)`` and ``read(source, password)``, and its
place in ``_MODULES``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from secassist.base.errors import UnusableInput
from secassist.twofactor.entries import Batch, joined
from secassist.twofactor.importers import (
    aegis,
    and_otp,
    archive,
    authy,
    bitwarden,
    database,
    ente,
    freeotp,
    freeotp_backup,
    proton,
    raivo,
    stratum,
    tables,
    two_fas,
    uri_list,
)
from secassist.twofactor.importers.source import (
    Damaged,
    PasswordNeeded,
    Source,
    WrongPassword,
    source,
)

_Read = Callable[[Source, str | None], Batch]
# The most telling marks first; andOTP's encrypted file has none, so it comes last.
_FORMATS: Final[tuple[tuple[Callable[[Source], bool], _Read], ...]] = (
    (aegis.fits, aegis.read),
    (two_fas.fits, two_fas.read),
    (ente.fits, ente.read),
    (bitwarden.fits, bitwarden.read),
    (proton.fits, proton.read),
    (authy.fits, authy.read),
    (freeotp.fits, freeotp.read),
    (freeotp_backup.fits, freeotp_backup.read),
    (stratum.fits, stratum.read),
    (raivo.fits, raivo.read),
    (database.fits, database.read),
    (tables.fits, tables.read),
    (and_otp.fits, and_otp.read),
)
_MAX_FILES: Final = 200
Problem = Literal["", "password-needed", "wrong-password", "damaged", "unusable"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of reading files: a batch, or a problem with its sentence."""

    batch: Batch | None
    problem: Problem = ""
    sentence: str = ""


def read(files: Sequence[bytes], password: str | None = None) -> Batch:
    """All entries of all files: exports, lists of addresses, pictures of codes, archives of these.

    Codes of one series may be spread over several files. Raises PasswordNeeded, WrongPassword,
    Damaged, or another UnusableInput whose sentence says what was found instead.
    """
    texts: list[str] = []
    batches: list[Batch] = []
    unpacked: list[bytes] = []
    for data in files[:_MAX_FILES]:
        unpacked += archive.members(data, password) if archive.fits(data) else [data]
    if not unpacked:
        raise UnusableInput("There is nothing in it that we could import.")
    for data in unpacked:
        found = _pictured(data)
        if found is not None:
            texts += found
            continue
        file = source(data)
        if file.json is None and uri_list.fits(file) and not tables.fits(file):
            texts += uri_list.lines(file)
        else:
            batches.append(_read(file, password))
    if texts:
        batches.append(uri_list.read_lines(texts))
    if len(batches) == 1:
        return batches[0]
    return joined(", ".join(dict.fromkeys(batch.format for batch in batches)), batches)


def read_or_say(files: Sequence[bytes], password: str | None = None) -> Outcome:
    """As ``read``, for another process: what kind of problem it was must survive the way back."""
    try:
        return Outcome(read(files, password))
    except PasswordNeeded as error:
        return Outcome(None, "password-needed", error.sentence)
    except WrongPassword as error:
        return Outcome(None, "wrong-password", error.sentence)
    except Damaged as error:
        return Outcome(None, "damaged", error.sentence)
    except UnusableInput as error:
        return Outcome(None, "unusable", error.sentence)


def _read(file: Source, password: str | None) -> Batch:
    for fits, read_format in _FORMATS:
        if fits(file):
            return read_format(file, password)
    raise UnusableInput(
        "This is no export that we know. We can read those of Aegis, 2FAS, andOTP, Ente Auth, "
        "Bitwarden, Proton Authenticator, FreeOTP, Stratum, KeePassXC, Raivo, Authy and Google "
        "Authenticator, lists of otpauth addresses, and pictures of QR codes."
    )


def _pictured(data: bytes) -> list[str] | None:
    """The codes in a picture; None for what is none. Raises UnusableInput for one without codes."""
    from secassist.twofactor import qr  # noqa: PLC0415 (large, and seldom needed)

    if not qr.looks_like_picture(data):
        return None
    texts = qr.read_picture(data)
    if not texts:
        raise UnusableInput(
            "There is no QR code in this picture that we can read. "
            "Try a larger or sharper one, with a white edge around the code."
        )
    return [" ".join(line.splitlines()) for line in texts]
