"""Which DNS server to ask."""

from __future__ import annotations

import ipaddress
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from secassist.base.errors import UnusableCall
from secassist.network.dns.names import ascii_name

RESOLV_CONF = Path("/etc/resolv.conf")
MAX_RESOLV_CONF = 64 * 1024
MAX_SERVERS = 3  # as many as the C library asks

_ADDRESS = re.compile(
    r"\[(?P<six>[^\]]+)\](?::(?P<port6>\d+))?|(?P<host>[^:\s]+)(?::(?P<port>\d+))?"
)


@dataclass(frozen=True, slots=True)
class Server:
    """A server over UDP and TCP, or one over HTTPS (RFC 8484) where ``url`` is set."""

    host: str
    port: int = 53
    url: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether it is clear where to ask: an address, or a URL, which has its own ways."""
        return bool(self.url) or is_address(self.host)

    def __str__(self) -> str:
        if self.url:
            return self.url
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == 53 else f"{host}:{self.port}"


def parse_server(text: str) -> Server:
    """Read ``HOST``, ``HOST:PORT``, ``[IPv6]``, ``[IPv6]:PORT``, an IPv6 address or ``https://…``.

    Raises UnusableCall with one plain sentence.
    """
    text = text.strip()
    refused = UnusableCall(
        f"{text[:60]!r} is no DNS server; write an address such as 9.9.9.9, 9.9.9.9:53 "
        "or [2620:fe::fe]:53."
    )
    if text.lower().startswith("https://"):
        secure = re.match(
            r"https://(\[[0-9a-f:.]+\]|[^/:?#@\s]+)(:\d+)?(/\S*)?\Z", text, re.IGNORECASE
        )
        if not secure:
            raise refused
        return Server(secure[1].strip("[]"), int((secure[2] or ":443")[1:]), text)
    if _is_ipv6(text):
        return Server(text)
    match = _ADDRESS.fullmatch(text)
    if not match:
        raise refused
    port = int(match["port6"] or match["port"] or 53) if len(text) < 300 else 0
    host = match["six"] or match["host"]
    known = _is_ipv6(host) if match["six"] else _is_host(host)
    if not known or not 0 < port < 65_536:
        raise refused
    return Server(host, port)


def system_servers() -> tuple[Server, ...]:
    """The servers that this computer uses; none where that cannot be found out.

    Reads a file, or on Windows the registry, so it may take a moment there.
    """
    if sys.platform == "win32":
        return _windows_servers()
    try:
        with RESOLV_CONF.open(encoding="utf-8", errors="replace") as file:
            text = file.read(MAX_RESOLV_CONF)
    except OSError:
        return ()
    return read_resolv_conf(text)


def read_resolv_conf(text: str) -> tuple[Server, ...]:
    """The ``nameserver`` lines of resolv.conf(5)."""
    words = [line.split() for line in text.splitlines()]
    hosts = [w[1] for w in words if len(w) > 1 and w[0] == "nameserver" and is_address(w[1])]
    return tuple(Server(host) for host in hosts[:MAX_SERVERS])


def _windows_servers() -> tuple[Server, ...]:
    import dns.resolver  # noqa: PLC0415 - a tenth of a second, and only Windows needs it

    try:
        system = dns.resolver.Resolver(configure=True)
    except (dns.resolver.NoResolverConfiguration, OSError):
        return ()
    hosts = [str(server) for server in system.nameservers]
    return tuple(Server(host) for host in hosts[:MAX_SERVERS] if is_address(host))


def _is_host(text: str) -> bool:
    if re.fullmatch(r"[0-9.]+", text):
        return is_address(text)
    return ascii_name(text) is not None and re.fullmatch(r"[\w.-]+", text) is not None


def is_address(text: str) -> bool:
    """Whether ``text`` is an IP address, with a scope or without."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_ipv6(text: str) -> bool:
    return ":" in text and is_address(text)
