"""Which system packages are missing, and how they come in: by apt, as root or with consent."""

from __future__ import annotations

import ctypes
import glob
import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

TABLE = Path(__file__).with_name("system.toml")


def add_missing(sections: list[str]) -> None:
    """Name what is missing and install it, or exit with 2 and the command that would."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_in(sections)
    if not missing:
        return
    if not shutil.which("apt-get"):
        without_apt(missing)
        return
    names = " ".join(packages(missing))
    print(f"Missing on this system: {names}", file=sys.stderr, flush=True)
    if os.geteuid() == 0:
        apt([], missing)
    elif may_use_sudo():
        apt(["sudo"], missing)
    elif only_better(missing):
        print("It works without; the letters only look plainer.", file=sys.stderr)
    else:
        command = f"sudo apt-get install --no-install-recommends {names}"
        print(f"Please run this, then try again:\n  {command}", file=sys.stderr)
        sys.exit(2)


def missing_in(sections: list[str]) -> dict[str, str]:
    """Package (with its other names) → section, for everything whose probe finds nothing."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    table = tomllib.loads(TABLE.read_text(encoding="utf-8").replace("{python}", version))
    return {
        name: section
        for section in sections
        for name, probe in table[section].items()
        if not is_there(probe)
    }


def is_there(probe: str) -> bool:
    """Look for one thing, as the head of ``system.toml`` explains."""
    kind, _, name = probe.partition(":")
    if kind == "lib":
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True
    if kind == "program":
        return shutil.which(name) is not None
    if kind == "module":
        return importlib.util.find_spec(name) is not None
    return any(glob.iglob(name, recursive=True))


def packages(missing: dict[str, str]) -> list[str]:
    """The name of each package on this very system."""
    return [one_of(name.split(" | ")) for name in missing]


def one_of(names: list[str]) -> str:
    """The first name that apt knows, or the last where it knows none (no lists fetched yet)."""
    for name in names[:-1]:
        told = subprocess.run(
            ["apt-cache", "policy", name],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
        if "Candidate:" in told.stdout and "Candidate: (none)" not in told.stdout:
            return name
    return names[-1]


def may_use_sudo() -> bool:
    """Ask the person, where there is one to ask and sudo to ask it with."""
    if not (sys.stdin.isatty() and sys.stderr.isatty() and shutil.which("sudo")):
        return False
    print("Install them now with sudo? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def apt(prefix: list[str], missing: dict[str, str]) -> None:
    """Fetch apt's lists and install; a list that cannot be fetched may still be good enough."""
    get = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    get += ["-o", "DPkg::Lock::Timeout=300"]
    subprocess.call([*get, "update"])
    install = [*get, "install", "-y", "--no-install-recommends", *packages(missing)]
    if subprocess.call(install, stdout=subprocess.DEVNULL) != 0:
        print("The system packages could not be installed: see above.", file=sys.stderr)
        sys.exit(3)


def only_better(missing: dict[str, str]) -> bool:
    """Whether everything that is missing could be done without."""
    return set(missing.values()) <= {"better"}


def without_apt(missing: dict[str, str]) -> None:
    """Other Linux systems: say what is not there under Debian's names; go on if tests alone ask."""
    needed = [name for name, section in missing.items() if section in ("always", "window")]
    print(f"Not found (Debian's names): {', '.join(missing)}", file=sys.stderr)
    if needed:
        print("Please install what your system calls these, then try again.", file=sys.stderr)
        sys.exit(2)
