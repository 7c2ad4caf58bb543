"""Sites that lost passwords, against the date of the last change; the list and its refresh."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from secassist.base.errors import CouldNotFinish
from secassist.facts import breached_sites as facts
from secassist.facts.domains import is_domain, registrable_domain
from secassist.network.ledger import Ledger
from secassist.passwords.audit import Wanted
from secassist.usecases import audit, breached_sites, fixing
from secassist.usecases.audit import Breaches
from support.vaults import new_vault

FIREFOX = (
    "url,username,password,httpRealm,formActionOrigin,guid,timeCreated,timeLastUsed,"
    "timePasswordChanged\n"
)
BEFORE, AFTER = "1300000000000", "1600000000000"  # 2011 and 2020

SERVICE: list[Any] = [
    {"Title": "Shop", "Domain": "shop.example", "BreachDate": "2019-01-02", "IsVerified": True,
     "DataClasses": ["Email addresses", "Passwords"]},
    {"Title": "Shop", "Domain": "shop.example", "BreachDate": "2015-01-02", "IsVerified": True,
     "DataClasses": ["Passwords"]},
    {"Title": "No passwords", "Domain": "a.example", "BreachDate": "2019-01-02",
     "IsVerified": True, "DataClasses": ["Names"]},
    {"Title": "Not verified", "Domain": "b.example", "BreachDate": "2019-01-02",
     "IsVerified": False, "DataClasses": ["Passwords"]},
    {"Title": "Collected", "Domain": "c.example", "BreachDate": "2019-01-02", "IsVerified": True,
     "IsSpamList": True, "DataClasses": ["Passwords"]},
    {"Title": "No date", "Domain": "d.example", "BreachDate": "soon", "IsVerified": True,
     "DataClasses": ["Passwords"]},
    {"Title": "No domain", "Domain": "", "BreachDate": "2019-01-02", "IsVerified": True,
     "DataClasses": ["Passwords"]},
    None, 7, "x",
]  # fmt: skip


@contextmanager
def served(body: bytes, status: int = 200) -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_shipped_list() -> None:
    shipped = facts.shipped()
    assert shipped.by_domain
    for site in shipped.by_domain.values():
        assert is_domain(site.domain)
        assert registrable_domain(site.domain) == site.domain
        assert date(2005, 1, 1) < site.on <= shipped.as_of
    assert shipped.at("www.linkedin.com") is not None
    assert shipped.at("linkedin.com.evil.example") is None
    assert shipped.at("") is None


def test_what_the_service_says() -> None:
    found = facts.from_service(json.dumps(SERVICE).encode(), date(2026, 11, 26))
    assert {name: one.on for name, one in found.by_domain.items()} == {
        "shop.example": date(2019, 1, 2)
    }
    again = facts.parse(json.loads(facts.to_data(found)))
    assert again == found
    for bad in (b"", b"{}", b"[]", b"[" * 100_000, b"<html>"):
        with pytest.raises(CouldNotFinish):
            facts.from_service(bad, date(2026, 11, 26))


def test_a_finding_only_where_the_password_is_older(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = (("linkedin.com", BEFORE), ("adobe.com", AFTER), ("fine.example", BEFORE),
            ("canva.com", ""))  # fmt: skip
    path.write_text(FIREFOX + "".join(
        f"https://www.{site},u,xK9#mQ2v{n}-canary,,,,,,{changed}\n"
        for n, (site, changed) in enumerate(rows)
    ))  # fmt: skip
    with new_vault(tmp_path / "store") as vault:
        report = asyncio.run(audit.audit_files(Wanted((str(path),)), Breaches(), vault))
        found = {one.site: [str(f.code) for f in one.findings] for one in report.accounts}
        assert "site-breached" in found["linkedin.com"]
        for site in ("adobe.com", "fine.example", "canva.com"):
            assert "site-breached" not in found[site]
        assert report.not_checked["site-breached"].startswith("1 of 4")
        assert audit.review(vault).by_code["site-breached"] == 1
        linkedin = next(one.id for one in report.accounts if one.site == "linkedin.com")
        asyncio.run(fixing.tick_off(vault, linkedin, "vK7#qPz2-canary-Lm9x"))
        assert "site-breached" not in audit.review(vault).by_code


def test_a_newer_list_is_fetched_and_kept(tmp_path: Path) -> None:
    ledger = Ledger()
    with served(json.dumps(SERVICE).encode()) as (server, asked):
        asyncio.run(breached_sites.refresh(tmp_path, ledger=ledger, server=server))
    assert asked == ["/api/v3/breaches"]
    assert [(one.kind, one.question) for one in ledger.entries] == [("breached-sites", "all")]
    assert facts.known(tmp_path).at("shop.example") is not None
    for body, status in ((b"no", 200), (b"[]", 503)):
        with served(body, status) as (server, _), pytest.raises(CouldNotFinish):
            asyncio.run(breached_sites.refresh(tmp_path, server=server))
    assert facts.known(tmp_path).at("shop.example") is not None
    for broken in (b"", b"[]", b'{"as_of": "2099-01-01", "sites": [{"domain": 7}]}'):
        (tmp_path / facts.FILE).write_bytes(broken)
        assert facts.known(tmp_path) == facts.shipped()
