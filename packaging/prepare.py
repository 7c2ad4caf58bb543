"""Makes ready what is needed, then starts Secassist or its tests. Nothing but Python is assumed.

    python3 packaging/prepare.py run            the window; without a screen, the sample mail
    python3 packaging/prepare.py test [ARGS]    every test; ARGS go to pytest
    python3 packaging/prepare.py app            the frozen app, into dist/
    python3 packaging/prepare.py ready STAGE    nothing but the preparation, for a stage named below

It names the system packages that are missing (the table is ``system.toml``) and installs them, as
root or with consent; makes ``.venv``; installs what the locks pin, and the project itself; and
leaves a stamp there, so that the next start costs nothing. Exit codes: those of what it started;
2, something is missing that it may not install; 3, something outside failed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 (this may well be read by an older Python)
    for newer in map(shutil.which, ("python3.14", "python3.13", "python3.12", "python3.11")):
        if newer and subprocess.call([newer, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(newer, [newer, *sys.argv])
    sys.exit("Secassist needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

from system import add_missing  # beside this file; speaks Python 3.11

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BINARY = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
PYTHON = VENV / BINARY
LOCKS = ROOT / "packaging" / "locks"
SPEC = ROOT / "packaging" / "frozen" / "secassist.spec"
SAMPLE = Path("assets", "samples", "instagram-reset.eml")

# What may be asked for → the sections of system.toml, and the lock.
STAGES = {
    "terminal": (["always"], "run"),
    "window": (["always", "window", "better"], "run"),
    "app": (["always", "window", "app"], "freeze"),
    "tools": (["always"], "test"),
    "test": (["always", "window", "better", "test"], "test"),
}


def main(arguments: list[str]) -> int:
    """Prepare for what the first argument asks, then become it."""
    asked, rest = (arguments[0] if arguments else ""), arguments[1:]
    if asked == "run":
        return run(rest)
    if asked == "test":
        return test(rest)
    if asked == "app":
        prepare("app")
        return start("-m", "PyInstaller", "--noconfirm", "--log-level=WARN", str(SPEC))
    if asked == "ready" and rest and rest[0] in STAGES:
        prepare(rest[0])
        return 0
    print(__doc__, file=sys.stderr)
    return 2


def run(rest: list[str]) -> int:
    """Open the window, or judge the sample in the terminal where there is no screen."""
    if has_screen():
        prepare("window")
        return start("-m", "secassist", *rest)
    prepare("terminal")
    say("There is no screen here, so the sample mail is judged in the terminal instead.")
    return start("-m", "secassist", "check", "--offline", str(SAMPLE))


def test(rest: list[str]) -> int:
    """Run every test, two at a time; windows are drawn off screen unless told otherwise."""
    prepare("test")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Tests of the window take longest and come last: who is done takes some of the other's.
    return start("-m", "pytest", "-n", "2", "--dist", "worksteal", *rest)


def has_screen() -> bool:
    """Whether a window could be seen. Windows and macOS always have a screen."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def start(*arguments: str) -> int:
    """Run the project's own Python at the root, and return its exit code."""
    try:
        return subprocess.call([str(PYTHON), *arguments], cwd=ROOT)
    except KeyboardInterrupt:
        return 130


def prepare(stage: str) -> None:
    """Make sure of everything that the stage needs. Costs nothing where it was done before."""
    sections, lock = STAGES[stage]
    digest = fingerprint()
    if any(is_ready(name, digest) for name in STAGES if covers(name, stage)):
        return
    add_missing(sections)
    make_venv()
    install(lock)
    stamp(stage).write_text(digest)


def stamp(stage: str) -> Path:
    """The file that says for which fingerprint the stage was prepared."""
    return VENV / f"ready-{stage}"


def is_ready(stage: str, digest: str) -> bool:
    """Whether the stage was prepared for just this Python, place, table and locks."""
    return PYTHON.exists() and stamp(stage).is_file() and stamp(stage).read_text() == digest


def covers(stage: str, other: str) -> bool:
    """Whether being ready for one stage means being ready for the other; test.txt holds run.txt."""
    (sections, lock), (asked, asked_lock) = STAGES[stage], STAGES[other]
    return set(asked) <= set(sections) and asked_lock in (lock, "run")


def fingerprint() -> str:
    """Changes with all that a prepared folder depends on: Python, place, table, locks, project."""
    seen = hashlib.sha256(repr((this_python(), str(ROOT))).encode())
    for path in (ROOT / "pyproject.toml", ROOT / "packaging/system.toml", *sorted(LOCKS.iterdir())):
        seen.update(path.read_bytes())
    return seen.hexdigest()


def this_python() -> str:
    """What has to be the same for installed packages to fit, such as ``cpython-311``."""
    return str(sys.implementation.cache_tag)


def make_venv() -> None:
    """Make ``.venv`` for this Python; one of another Python, or a broken one, is made anew."""
    asked = [str(PYTHON), "-c", "import sys, pip; print(sys.implementation.cache_tag)"]
    if PYTHON.exists():
        there = subprocess.run(asked, capture_output=True, text=True, check=False)
        if there.returncode == 0 and there.stdout.strip() == this_python():
            return
    say("Making a place for the Python packages (.venv).")
    shutil.rmtree(VENV, ignore_errors=True)
    must([sys.executable, "-m", "venv", str(VENV)], "make .venv")


def install(lock: str) -> None:
    """Install what the lock pins, then the project itself, which stays where it is."""
    say("Fetching the Python packages. The first time this takes a minute or two.")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]
    pinned = [*pip, "install", "--require-hashes", "--no-deps", "--no-build-isolation"]
    must([*pinned, "-r", str(LOCKS / "build.txt")], "install the packages that build others")
    must([*pinned, "--use-pep517", "-r", str(LOCKS / f"{lock}.txt")], "install the packages")
    itself = [*pip, "install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    must(itself, "install Secassist itself")
    write_the_way()


def write_the_way() -> None:
    """Write the way from ``.venv`` to ``src`` as a relative one.

    pip wrote the whole path in UTF-8. Python before 3.13 reads it in the encoding of the locale, so
    a folder such as ``C:\\Users\\Jürgen`` would not be found on Windows.
    """
    packages = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(VENV)}))
    way = os.path.relpath(ROOT / "src", packages).replace(os.sep, "/")
    for path in packages.glob("_secassist.pth"):
        path.write_text(f"{way}\n", encoding="ascii")


def must(command: list[str], purpose: str) -> None:
    """Run a command that has to succeed; its own words on the screen say why it did not."""
    if subprocess.call(command, cwd=ROOT) != 0:
        say(f"Could not {purpose}: see above. Nothing is lost; the same command goes on from here.")
        sys.exit(3)


def say(sentence: str) -> None:
    """Tell the person, apart from what the program itself prints."""
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
