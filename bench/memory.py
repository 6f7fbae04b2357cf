"""Resident memory over fifty reports, made by their own jobs in a process that does nothing else."""

import os
import subprocess
import sys
from pathlib import Path

from bench import world
from bench.table import Line

ROOT = Path(__file__).resolve().parent.parent
REPORTS = 50
MOST_GROWTH = 0.05
MOST_MEGABYTES = 250
PARTS = ("worker", "render server", "drawing child at its most")


def lines() -> list[Line]:
    """Let a worker make and post fifty reports of 水戸市, then draw fifty of the town that has everything."""
    for _ in range(REPORTS - 1):
        world.submit_next(world.MITO)
    folder = os.environ["DATA_DIR"]
    return [
        *_watched("reports of 水戸市", "bench.worker", folder, world.MITO.code),
        *_watched("reports that have everything", "bench.artist", folder),
    ]


def _watched(what: str, *module: str) -> list[Line]:
    """Compare the first and the last of what a process of this module tells."""
    worker = subprocess.run(
        [sys.executable, "-m", *module], cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True
    )
    samples = [tuple(map(float, line.split())) for line in worker.stdout.splitlines()]
    if len(samples) != REPORTS:
        raise RuntimeError(f"{len(samples)} of {REPORTS} {what} were made")
    columns = zip(*samples, strict=True)
    return [_line(what, part, column) for part, column in zip(PARTS, columns, strict=True)]


def _line(what: str, part: str, megabytes: tuple[float, ...]) -> Line:
    growth = megabytes[-1] / megabytes[0] - 1
    return Line(
        f"memory over {len(megabytes)} {what}: {part}",
        f"<= {MOST_MEGABYTES} MB, growth <= {MOST_GROWTH:.0%}",
        "its own first",
        f"{megabytes[0]:.0f} -> {megabytes[-1]:.0f} MB ({growth:+.1%})",
        growth <= MOST_GROWTH and max(megabytes) <= MOST_MEGABYTES,
    )
