"""Secassist as a contender in ``authenticate.py``: jobs in as JSON lines, results out.

A job: ``{"samples": [{"file", "ip"}], "sender", "helo", "rounds": n, "warm": bool,
"complete": bool}``. Answer: ``{"wall": seconds for each message, "cpu": seconds in all,
"questions": sent in all, "results": of the last round}``. With ``warm`` the cache lives on from
job to job, else each message starts with
an empty one, and no record is remembered as read. ``complete`` does the whole check, identity,
content and verdict included.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from secassist.mail import addresses, fields, sources
from secassist.mail.auth import keys, spf_record, together
from secassist.mail.auth.together import Envelope
from secassist.mail.conductor import Options, check_reading
from secassist.network.dns import Resolver
from secassist.network.dns.live import LiveResolver
from secassist.network.dns.once import OnceResolver
from secassist.network.dns.server import Server
from secassist.network.ledger import RecordingResolver


async def authenticate(
    source: bytes, ip: str, sender: str, helo: str, resolver: Resolver
) -> dict[str, Any]:
    """SPF, DKIM, ARC and DMARC of one message, as a check does them."""
    written_by = fields.split(fields.crlf(source)).first("from")
    found = addresses.parse(written_by.value).addresses if written_by else ()
    domain = found[0].domain if len(found) == 1 else ""
    once = OnceResolver(resolver)
    done = await together.authenticate(source, domain, Envelope(ip, sender, helo), once)
    await once.close()
    return {
        "dkim": [f"{s.selector}={s.result}" for s in done.signatures],
        "spf": done.spf.result if done.spf else "none",
        "arc": done.arc.result,
        "dmarc": done.dmarc.result,
        "policy": done.dmarc.policy or "none",
    }


async def complete(
    source: bytes, ip: str, sender: str, helo: str, resolver: Resolver
) -> dict[str, Any]:
    """The whole check, as the command line does it; only the reading is in this process."""
    report = await check_reading(sources.read(source)[0], resolver=resolver, options=Options())
    return {"verdict": report.verdict}


class Contender:
    """Does the jobs, one message after the other."""

    def __init__(self, port: int) -> None:
        self.servers = [Server("127.0.0.1", port)]
        self.shared = LiveResolver(self.servers)

    async def do(self, job: dict[str, Any]) -> dict[str, Any]:
        samples = [(Path(s["file"]).read_bytes(), s["ip"]) for s in job["samples"]]
        judge = complete if job["complete"] else authenticate
        wall: list[float] = []
        results: list[dict[str, Any]] = []
        questions = 0
        cpu = time.process_time()
        for _ in range(job["rounds"]):
            results.clear()
            for source, ip in samples:
                started = time.perf_counter()
                if not job["warm"]:
                    keys.parse.cache_clear()
                    spf_record.parse.cache_clear()
                live = self.shared if job["warm"] else LiveResolver(self.servers)
                asked = RecordingResolver(live.for_check())
                results.append(await judge(source, ip, job["sender"], job["helo"], asked))
                wall.append(time.perf_counter() - started)
                questions += sum(not entry.cached for entry in asked.ledger.entries)
        cpu = time.process_time() - cpu
        return {"wall": wall, "cpu": cpu, "questions": questions, "results": results}


async def main(arguments: Sequence[str]) -> None:
    contender = Contender(int(arguments[0]))
    for line in sys.stdin:
        print(json.dumps(await contender.do(json.loads(line))), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
