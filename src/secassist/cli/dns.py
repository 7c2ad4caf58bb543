"""``secassist dns``: the building blocks, for the curious."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import Any

import click

from secassist.base.errors import UnusableCall
from secassist.base.plain import one_line
from secassist.cli.calling import run_click
from secassist.cli.main import DONE, UNFINISHED
from secassist.cli.options import dns_option
from secassist.cli.streams import print_json
from secassist.facts.domains import to_ascii
from secassist.mail.auth import dmarc, spf
from secassist.network.dns import Resolver
from secassist.store import settings
from secassist.store.folder import data_folder
from secassist.usecases.resolvers import open_resolver

Ask = Callable[[Resolver], Awaitable[tuple[dict[str, Any], bool]]]


@click.group(name="dns", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """SPF, DMARC, DKIM keys and organizational domains, looked up."""


def _options(function: Callable[..., int]) -> Callable[..., int]:
    offline = click.option("--offline", is_flag=True, help="Nothing leaves this computer.")
    as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object.")
    return as_json(offline(dns_option(function)))


def _address(_: click.Context, __: click.Parameter, value: str) -> str:
    try:
        return str(ip_address(value))
    except ValueError:
        raise UnusableCall(f"“{value[:60]}” is no IP address.") from None


def _domain(_: click.Context, parameter: click.Parameter, value: str) -> str:
    name = to_ascii(value)
    if name is None:
        raise UnusableCall(f"“{value[:60]}” is no {parameter.human_readable_name.lower()}.")
    return name


def _sender(_: click.Context, __: click.Parameter, value: str) -> str:
    """An address, or a domain; empty, or “<>”: a bounce, for which HELO answers."""
    address = value.strip("<>")
    if address and to_ascii(address.rpartition("@")[2]) is None:
        raise UnusableCall(f"“{value[:60]}” is no address and no domain.")
    return address


@command.command("spf")
@click.argument("ip", callback=_address)
@click.argument("mail_from", callback=_sender)
@click.argument("helo", default="")
@_options
def spf_command(
    ip: str, mail_from: str, helo: str, server: str | None, offline: bool, as_json: bool
) -> int:
    """May IP send for the domain of MAIL_FROM? (RFC 7208)

    An empty MAIL_FROM is that of a bounce: then HELO is asked about.
    """
    if not mail_from and not helo:
        raise UnusableCall("Without MAIL_FROM, HELO is needed. See secassist dns spf --help.")

    async def ask(resolver: Resolver) -> tuple[dict[str, Any], bool]:
        domain = mail_from.rpartition("@")[2]
        found = await spf.check_host(ip, mail_from, helo or domain, resolver)
        told = {
            "result": found.result,
            "mechanism": found.mechanism,
            "explanation": found.explanation,
            "lookups": found.lookups,
            "trace": list(found.trace),
        }
        return told, found.result not in {"temperror", "unknown"}

    return _run(ask, server, offline, as_json)


@command.command("dmarc")
@click.argument("domain", callback=_domain)
@_options
def dmarc_command(domain: str, server: str | None, offline: bool, as_json: bool) -> int:
    """The policy that holds for DOMAIN, and where it was found (RFC 9989)."""

    async def ask(resolver: Resolver) -> tuple[dict[str, Any], bool]:
        found = await dmarc.evaluate(domain, (), None, resolver)
        told = {"policy": found.policy, "found_at": found.domain, "reason": found.reason}
        return told, found.result != "unknown"

    return _run(ask, server, offline, as_json)


@command.command("dkim")
@click.argument("selector")
@click.argument("domain", callback=_domain)
@_options
def dkim_command(
    selector: str, domain: str, server: str | None, offline: bool, as_json: bool
) -> int:
    """The DKIM key that SELECTOR names at DOMAIN (RFC 6376, 3.6)."""

    async def ask(resolver: Resolver) -> tuple[dict[str, Any], bool]:
        found = await resolver.query(f"{selector}._domainkey.{domain}", "TXT")
        told = {
            "outcome": found.outcome.value,
            "why": found.why,
            "records": [text.decode("utf-8", "replace") for text in found.texts],
        }
        return told, not found.failed

    return _run(ask, server, offline, as_json)


@command.command("org")
@click.argument("domain", callback=_domain)
@_options
def org_command(domain: str, server: str | None, offline: bool, as_json: bool) -> int:
    """The organizational domain of DOMAIN (RFC 9989, 4.10)."""

    async def ask(resolver: Resolver) -> tuple[dict[str, Any], bool]:
        found = await dmarc.organizational_domain(domain, resolver)
        return {"organizational_domain": found}, found is not None

    return _run(ask, server, offline, as_json)


def _run(ask: Ask, server: str | None, offline: bool, as_json: bool) -> int:
    saved = settings.load(data_folder())

    async def asked() -> tuple[dict[str, Any], bool]:
        chosen = saved.dns if server is None else server
        async with open_resolver(chosen, offline=offline or saved.offline) as resolver:
            return await ask(resolver)

    told, finished = asyncio.run(asked())
    if as_json:
        print_json(told)
    else:
        for name, value in told.items():
            lines = value if isinstance(value, list) else [value]
            print(f"{name}: " + "\n  ".join(one_line(str(line)) for line in lines))
    return DONE if finished else UNFINISHED


def run(arguments: list[str]) -> int:
    """Run the command; its exit code."""
    return run_click(command, arguments)
