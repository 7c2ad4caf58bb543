"""``secassist waves``: known waves of real mail that nobody had asked for, and a newer list."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click

from secassist.base.errors import UnusableCall
from secassist.cli.calling import run_click
from secassist.cli.main import DONE
from secassist.cli.options import data_option, detail, loudness_options, refuse_offline
from secassist.cli.streams import print_json
from secassist.network.ledger import Ledger
from secassist.store import settings as saved
from secassist.store.folder import data_folder
from secassist.usecases.incidents import Known, known, refresh

SCHEMA: Final = "secassist.waves/1"


@click.command(name="waves", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line, and nothing else.")
@click.option("--refresh", "wanted", is_flag=True, help="Fetch a newer list before.")
@click.option("--from", "address", metavar="URL", help="From here, not from where settings say.")
@click.option("--key", metavar="BASE64", help="The Ed25519 key that signs the list.")
@click.option("--offline", is_flag=True, help="Nothing leaves this computer.")
@data_option
@loudness_options
def command(
    as_json: bool,
    data: Path | None,
    wanted: bool,
    address: str | None,
    key: str | None,
    offline: bool,
) -> int:
    """Name the known waves, and how old the list is.

    An address and a key that are given here are used this once; those in the settings stay.
    """
    folder = data_folder(data)
    detail(f"the folder is {folder}")
    settings = saved.load(folder)
    if not wanted:
        _print(known(folder), as_json)
        return DONE
    where, signed_by = address or settings.incidents_url, key or settings.incidents_key
    if not where or not signed_by:
        raise UnusableCall("Say where the list is (--from URL), and its key (--key BASE64).")
    refuse_offline("--refresh", offline, data)
    _print(asyncio.run(refresh(folder, where, signed_by, Ledger())), as_json)
    return DONE


def run(arguments: list[str]) -> int:
    """Run the command; its exit code."""
    return run_click(command, arguments)


def _print(found: Known, as_json: bool) -> None:
    today = datetime.now(UTC).date()
    if as_json:
        for one in _objects(found):
            print_json(one)
        return
    for wave in found.incidents:
        print(f"{wave.organisation}, {wave.first} to {wave.last}: {', '.join(wave.kinds)}")
        print(f"  “{wave.statement}” ({wave.said_by}, {wave.said_on})")
    source = "fetched" if found.fetched else "came with the program"
    days = found.days_old(today)
    print(f"The list is of {found.as_of} ({days} day{'s' * (days != 1)} old) and {source}.")


def _objects(found: Known) -> list[dict[str, Any]]:
    head = {"schema": SCHEMA, "as_of": str(found.as_of), "fetched": found.fetched}
    return [
        head,
        *(
            {
                "schema": SCHEMA,
                "id": wave.id,
                "organisation": wave.organisation,
                "kinds": list(wave.kinds),
                "first": str(wave.first),
                "last": str(wave.last),
                "statement": wave.statement,
                "said_by": wave.said_by,
                "said_on": str(wave.said_on),
            }
            for wave in found.incidents
        ),
    ]
