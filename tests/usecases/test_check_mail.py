"""A check as window and command line do it: two processes, and each holds only what it needs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from support.dns_server import DnsServer
from support.mails import at_unknown
from support.sign import key_record, letter, sign

DOMAIN = "bank.example"
ELSEWHERE = {
    "cryptography",
    "html.entities",
    "PIL",
    "secassist.mail.content.examine",
    "secassist.mail.identity.examine",
    "secassist.mail.paste",
    "zxingcpp",
}
"""Modules for what strangers made: the process that asks and judges does without."""
CHECK = """
import asyncio, json, sys
from pathlib import Path
from secassist.usecases.check_mail import Checker, CheckOptions

async def main(file, data, server):
    options = CheckOptions(server=server, data=Path(data))
    async with Checker(options) as checker:
        return [report async for report in checker.judge(checker.read(Path(file)))]

reports = asyncio.run(main(*sys.argv[1:]))
seals = [[s.result, s.reason] for s in reports[0].authentication.dkim]
repairs = [e.detail for e in reports[0].evidence if e.code == "reading.repaired"]
print(json.dumps({"seals": seals, "repairs": repairs, "modules": list(sys.modules)}))
"""


def check(mail: bytes, folder: Path) -> dict[str, Any]:
    """What a fresh interpreter finds in ``mail``, and which modules it holds then."""
    file = folder / "mail.eml"
    file.write_bytes(mail)
    with DnsServer(key_record(DOMAIN)) as server:
        address = f"{server.address}:{server.port}"
        arguments = [str(file), str(folder / "data"), address]
        done = subprocess.run(
            [sys.executable, "-c", CHECK, *arguments],
            capture_output=True,
            check=True,
            timeout=60,
        )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("body", "seal"),
    [(b"as it was sent", ["pass", ""]), (b"changed on the way", ["fail", "body-hash"])],
)
def test_seals_are_proved_in_the_other_process(
    body: bytes, seal: list[str], tmp_path: Path
) -> None:
    mail = sign(letter(body=b"as it was sent"), domain=DOMAIN)
    found = check(at_unknown(mail.replace(b"as it was sent", body)), tmp_path)
    assert found["seals"] == [seal]
    assert not ELSEWHERE & set(found["modules"])


def test_a_wrong_seal_is_seen_there(tmp_path: Path) -> None:
    mail = sign(letter(), domain=DOMAIN, key="rsa-2048-other")
    assert check(at_unknown(mail), tmp_path)["seals"] == [["fail", "signature"]]


def test_a_form_that_a_seal_confirms_is_examined_there_too(tmp_path: Path) -> None:
    mail = sign(letter(subject="Reset your password"), domain=DOMAIN)
    tagged = mail.replace(b"Subject: ", b"Subject: [EXTERNAL] ")
    found = check(at_unknown(tagged), tmp_path)
    assert found["seals"] == [["pass", ""]]
    assert "subject-tag" in found["repairs"][0]
