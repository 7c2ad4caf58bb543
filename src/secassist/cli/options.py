"""Options that several commands share, and what is refused before any work begins."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from secassist.base.errors import UnusableCall
from secassist.base.times import aware
from secassist.cli import streams

F = TypeVar("F", bound=Callable[..., Any])

_QUIET: Final = "secassist.quiet"
_VERBOSE: Final = "secassist.verbose"


def dns_option(function: F) -> F:
    """``--dns``: parameter ``server``, None where it was not given."""
    return click.option(
        "--dns", "server", metavar="HOST[:PORT]", callback=_server, help="Ask this DNS server."
    )(function)


def provider_option(function: F) -> F:
    """``--provider``: a name that we know or a host name; None where it was not given."""
    return click.option(
        "--provider",
        metavar="NAME",
        callback=_provider,
        help="Your mail provider: gmail, outlook, … or a host name.",
    )(function)


def data_option(function: F) -> F:
    """``--data``: a folder; None where it was not given."""
    return click.option(
        "--data",
        metavar="DIR",
        callback=_folder,
        help="Store and settings in DIR instead of your data folder.",
    )(function)


def at_option(function: F) -> F:
    """``--at``: a time with its zone (UTC where none is said); None where it was not given."""
    return click.option(
        "--at", metavar="TIME", callback=_time, help="Judge as of this ISO 8601 time."
    )(function)


def loudness_options(function: F) -> F:
    """``--quiet`` and ``-v``, for ``note`` and ``detail``."""
    function = click.option(
        "-v",
        "--verbose",
        is_flag=True,
        expose_value=False,
        callback=_keep(_VERBOSE),
        help="More on stderr.",
    )(function)
    return click.option(
        "--quiet",
        is_flag=True,
        expose_value=False,
        callback=_keep(_QUIET),
        help="Less on stderr.",
    )(function)


def refuse_offline(what: str, given: bool, data: Path | None) -> None:
    """``what`` asks somebody. Raises UnusableCall where this call or the settings forbid it."""
    if given:
        raise UnusableCall(f"“{what}” and “--offline” exclude each other.")
    if stays_offline(data):
        raise UnusableCall(f"The settings say to stay offline, so “{what}” asked nobody.")


def stays_offline(data: Path | None) -> bool:
    """Whether the settings say that nothing may leave this computer."""
    from secassist.store import folder, settings  # noqa: PLC0415 (only where somebody is asked)

    return settings.load(folder.data_folder(data)).offline


def time_of(text: str) -> datetime:
    """An ISO 8601 time, in UTC where it names no zone. Raises UnusableCall."""
    try:
        return aware(datetime.fromisoformat(text))
    except ValueError:
        raise UnusableCall(
            f"“{text[:40]}” is no time that we can read. Write it as 2026-01-31T12:00:00Z."
        ) from None


def unix_time_of(text: str) -> int:
    """The same as seconds since 1970, not before. Raises UnusableCall."""
    seconds = int(time_of(text).timestamp())
    if seconds < 0:
        raise UnusableCall(f"“{text[:40]}” is a time before 1970.")
    return seconds


def quiet() -> bool:
    """Whether this call asked for less on stderr."""
    return bool(click.get_current_context().meta.get(_QUIET))


def verbose() -> bool:
    """Whether this call asked for more on stderr."""
    return bool(click.get_current_context().meta.get(_VERBOSE))


def note(sentence: str) -> None:
    """Something beside the result that is good to know: on stderr, unless less was asked for."""
    if not quiet():
        streams.complain(sentence)


def detail(sentence: str) -> None:
    """Something for who asked for more."""
    if verbose():
        streams.complain(sentence)


def _keep(key: str) -> Callable[[click.Context, click.Parameter, bool], None]:
    def keep(context: click.Context, _: click.Parameter, value: bool) -> None:
        context.meta[key] = value

    return keep


# What is imported below is needed only where the option was given.


def _server(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        from secassist.network.dns.server import parse_server  # noqa: PLC0415 (see above)

        parse_server(value)
    return value


def _provider(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    from secassist.facts.domains import to_ascii  # noqa: PLC0415 (see above)
    from secassist.facts.receivers import receiver_named  # noqa: PLC0415 (see above)

    name = value.strip()
    if receiver_named(name) is not None:
        return name
    if " " in name or not to_ascii(name):
        raise UnusableCall(
            f"“{name[:60]}” is no mail provider. Write gmail, outlook, … or a host name."
        )
    if "." not in name:
        streams.complain(f"we do not know a provider “{name[:60]}”; taken for the name of a host.")
    return name


def _folder(_: click.Context, __: click.Parameter, value: str | None) -> Path | None:
    if value == "":  # as an unset variable of a shell leaves it: not the folder we happen to be in
        raise UnusableCall("“--data” needs the name of a folder.")
    if value is not None and os.path.exists(value) and not os.path.isdir(value):
        raise UnusableCall(f"“{value[:200]}” is no folder. “--data” needs one.")
    return None if value is None else Path(value)


def _time(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    return None if value is None else time_of(value)
