"""The asset of mail servers has the form that it should, and addresses find their server."""

from __future__ import annotations

import pytest

from secassist.base.errors import CouldNotFinish
from secassist.facts.mail_servers import Password, likely_host, mail_servers, parse, server_for


def test_every_entry_is_complete() -> None:
    seen: set[str] = set()
    for server in mail_servers():
        assert server.name
        assert server.source
        assert server.confidence in {"seen", "known"}
        assert bool(server.host) or server.password is Password.NONE, server.id
        assert server.domains
        assert not seen & set(server.domains), "a domain has one provider"
        assert all(domain == domain.lower() and "." in domain for domain in server.domains)
        seen |= set(server.domains)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("anna@gmail.com", "imap.gmail.com"),
        ("Anna@GMX.de ", "imap.gmx.net"),
        ("me@firm.example", "imap.firm.example"),
        ("me@proton.me", ""),
        ("me", ""),
        ("me@localhost", ""),
    ],
)
def test_the_server_of_an_address(address: str, host: str) -> None:
    assert likely_host(address) == host


def test_the_name_to_sign_in_with() -> None:
    apple, google = server_for("anna@icloud.com"), server_for("anna@gmail.com")
    assert apple is not None
    assert google is not None
    assert apple.user("anna@icloud.com") == "anna"
    assert google.user("anna@gmail.com") == "anna@gmail.com"


@pytest.mark.parametrize("slip", [{"password": "any"}, {"nmae": "x"}, {"domains": "gmail.com"}])
def test_a_slip_names_its_entry(slip: dict[str, object]) -> None:
    good = {"name": "X", "domains": ["x.example"], "host": "h", "password": "app"}
    with pytest.raises(CouldNotFinish, match="entry x"):
        parse({"x": {**good, **slip}})
