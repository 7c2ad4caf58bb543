from __future__ import annotations

from pathlib import Path

import pytest

from secassist.base.errors import UnusableCall
from secassist.network.dns import server as module
from secassist.network.dns.server import Server, parse_server, read_resolv_conf, system_servers


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("9.9.9.9", Server("9.9.9.9")),
        (" 9.9.9.9:5353 ", Server("9.9.9.9", 5353)),
        ("localhost:5300", Server("localhost", 5300)),
        ("dns.a.test", Server("dns.a.test")),
        ("2620:fe::fe", Server("2620:fe::fe")),
        ("[2620:fe::fe]", Server("2620:fe::fe")),
        ("[2620:fe::fe]:5353", Server("2620:fe::fe", 5353)),
        ("::1", Server("::1")),
        ("https://dns.a.test/dns-query", Server("dns.a.test", 443, "https://dns.a.test/dns-query")),
        ("https://[::1]:8443/q", Server("::1", 8443, "https://[::1]:8443/q")),
    ],
)
def test_every_form_is_read(text: str, server: Server) -> None:
    assert parse_server(text) == server
    assert parse_server(str(server)) == server


@pytest.mark.parametrize(
    "text",
    [
        "", ":", ":53", "9.9.9", "9.9.9.999", "9.9.9.9:", "9.9.9.9:0", "9.9.9.9:65536", "9.9.9.9:x",
        "[9.9.9.9]:53", "[::1", "::1]:53", "[::1]53", "1::2::3", "a b", "a/b", "http://a.test/",
        "https://", "https:///q", "https://user@a.test/", "9.9.9.9 8.8.8.8", "a..test",
        "1:" + "9" * 5_000, "\N{ARABIC-INDIC DIGIT ONE}.1.1.1",
    ],
)  # fmt: skip
def test_all_else_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(UnusableCall) as refused:
        parse_server(text)
    assert "\n" not in refused.value.sentence
    assert len(refused.value.sentence) < 200


def test_resolv_conf_as_the_c_library_reads_it() -> None:
    text = """
# nameserver 192.0.2.9
search a.test
nameserver 192.0.2.1
nameserver\t2001:db8::1 # a remark
nameserver
nameserver nonsense
  nameserver fe80::1%eth0
nameserver 192.0.2.2
"""
    assert read_resolv_conf(text) == (
        Server("192.0.2.1"),
        Server("2001:db8::1"),
        Server("fe80::1%eth0"),
    )


def test_system_without_servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RESOLV_CONF", tmp_path / "none")
    monkeypatch.setattr(module.sys, "platform", "linux")
    assert system_servers() == ()


def test_windows_is_asked_through_dnspython(monkeypatch: pytest.MonkeyPatch) -> None:
    import dns.resolver

    class Registry:
        def __init__(self, *, configure: bool) -> None:
            self.nameservers = ["192.0.2.1", "2001:db8::1"]

    monkeypatch.setattr(module.sys, "platform", "win32")
    monkeypatch.setattr(dns.resolver, "Resolver", Registry)
    assert system_servers() == (Server("192.0.2.1"), Server("2001:db8::1"))
