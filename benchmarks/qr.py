"""How many generated pictures of QR codes are read, and how long it takes.

    python benchmarks/qr.py [pictures of each condition, 20 if not said]   (part of ``make bench``)

Times are CPU, the medians of each condition. Exit code 1 where a goal is missed.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from secassist.twofactor import qr  # noqa: E402
from support.qr_pictures import pictures  # noqa: E402

READ = 95.0  # per cent of all; of dark ones every one
SCREENS = {"desktop, 3 px": 20.0, "4K, 3 px": 100.0}  # milliseconds


def main() -> int:
    each = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    read: dict[str, list[bool]] = defaultdict(list)
    took: dict[str, list[float]] = defaultdict(list)
    for picture in pictures(each):
        grey = picture.grey
        pixels = grey.tobytes()
        started = time.process_time()
        texts = qr.read_pixels(pixels, grey.width, grey.height, grey.width)
        took[picture.condition].append((time.process_time() - started) * 1000)
        read[picture.condition].append(picture.text in texts)
    for condition, results in read.items():
        middle = statistics.median(took[condition])
        print(f"{condition:40} {sum(results):4}/{len(results):<4} {middle:7.1f} ms")
    good = sum(sum(results) for results in read.values())
    whole = sum(len(results) for results in read.values())
    print(f"{'together':40} {good:4}/{whole:<4} {100 * good / whole:6.1f} %")
    goals = {f"at least {READ:g} % read": 100 * good / whole >= READ}
    goals["dark ones all read"] = all(all(read[name]) for name in read if "dark" in name)
    for name, limit in SCREENS.items():
        goals[f"{name} in under {limit:g} ms"] = statistics.median(took[name]) < limit
    for goal, met in goals.items():
        print(f"{goal}: {'ok' if met else 'MISS'}")
    return 0 if all(goals.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
