"""Makes the locks anew, from pyproject.toml, with the newest releases.

    python3 packaging/relock.py

``run.txt`` is what a person needs, ``build.txt`` what makes this project installable, ``test.txt``
both and the tools, ``freeze.txt`` what makes the frozen app. One lock serves Linux, Windows and
macOS and every Python from 3.11 on. Each line carries the hashes of its files; no line says from
where to fetch them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "packaging" / "locks"
PROJECT = "pyproject.toml"
OPTIONS = [
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-annotate",
    "--no-header",
    "--upgrade",
    "--quiet",
    "--constraints=packaging/locks/bounds.txt",
]
# name → what goes in; each is bound by the locks above it, so that all agree
CONTENTS = {
    "run": [PROJECT],
    "build": [f"--group={PROJECT}:build"],
    "freeze": [PROJECT, f"--group={PROJECT}:build", f"--group={PROJECT}:freeze"],
    "test": [PROJECT, f"--group={PROJECT}:build", f"--group={PROJECT}:test"],
}


def main() -> int:
    """Make the locks with a resolver of its own, in a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as scratch:
        venv.create(scratch, with_pip=True)
        scripts = Path(scratch) / ("Scripts" if sys.platform == "win32" else "bin")
        subprocess.run([scripts / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
        done: list[str] = []
        for name, sources in CONTENTS.items():
            target = LOCKS / f"{name}.txt"
            subprocess.run(
                [scripts / "uv", "pip", "compile", *OPTIONS, *done, *sources, "-o", target],
                cwd=ROOT,
                check=True,
                stdout=subprocess.DEVNULL,
            )
            done.append(f"--constraints={target.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
