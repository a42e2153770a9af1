"""What was measured, as a table for people and as JSON for scripts; targets are named, met or missed."""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measure import Measure
from rich.console import Console
from rich.table import Table

MAX_RATIO, MAX_READING, MAX_EXPONENT, MAX_SECONDS = 1.0, 0.08, 1.05, 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """One size; sizes of sites are files and bytes."""

    number: int
    turns: int
    reading: Measure
    check: Measure
    build: Measure
    plain: Measure
    build_size: tuple[int, int]
    plain_size: tuple[int, int]

    @property
    def ratio(self) -> float:
        """Our build to plain MkDocs."""
        return self.build.wall / self.plain.wall

    @property
    def reading_ratio(self) -> float:
        """Reading and checking, as part of a build, to plain MkDocs."""
        return self.reading.wall / self.plain.wall

    @property
    def check_ratio(self) -> float:
        """The whole `portal check`, Python's start included, to plain MkDocs."""
        return self.check.wall / self.plain.wall

    @property
    def cpu_ratio(self) -> float:
        """The same in processor time, which other users of the machine disturb less."""
        return self.build.cpu / self.plain.cpu

    @property
    def cpu_reading_ratio(self) -> float:
        """The same in processor time."""
        return self.reading.cpu / self.plain.cpu

    @property
    def cpu_check_ratio(self) -> float:
        """The same in processor time."""
        return self.check.cpu / self.plain.cpu


@dataclass(frozen=True, slots=True)
class Run:
    """Everything of one run; `own` is the check of the real library, `before` and `after` are facts of the machine."""

    rows: Sequence[Row]
    own: Measure
    seed: int
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """A value, by the clock and in processor time, and the most it may be.

    On a quiet machine the two agree. On a busy one the clock says more about the others than about us, and may
    flatter as well as harm: a target counts as met only if both say so.
    """

    name: str
    wall: float
    cpu: float
    limit: float

    @property
    def met(self) -> bool:
        """Neither is above the limit."""
        return max(self.wall, self.cpu) <= self.limit


def machine() -> dict[str, Any]:
    """What explains the numbers; no name of a host, a user or a folder."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "load": None if load is None else round(load, 2),
    }


def growth(name: str, small: Measure, large: Measure, factor: float) -> Target:
    """The exponent of growth with a library `factor` times as large: 1 is in step with the size, 2 is its square."""
    times = (large.wall / small.wall, large.cpu / small.cpu)
    wall, cpu = (math.log(time) / math.log(factor) for time in times)
    return Target(name, wall, cpu, MAX_EXPONENT)


def targets(run: Run) -> list[Target]:
    """Both ratios at every size, the growth between the two largest, and the check of the real library."""
    rows = run.rows
    found = [Target(f"build / plain MkDocs, N = {row.number}", row.ratio, row.cpu_ratio, MAX_RATIO) for row in rows]
    for row in rows:
        name = f"reading and checking / plain MkDocs, N = {row.number}"
        found.append(Target(name, row.reading_ratio, row.cpu_reading_ratio, MAX_READING))
    if len(rows) > 1:
        small, large = rows[-2:]
        span, factor = f"growth exponent, {small.number} to {large.number}", large.number / small.number
        found.append(growth(f"{span}: build", small.build, large.build, factor))
        found.append(growth(f"{span}: check", small.check, large.check, factor))
    found.append(Target("`portal check` of this library, seconds", run.own.wall, run.own.cpu, MAX_SECONDS))
    return found


def print_run(run: Run) -> None:
    """The text report."""
    console = Console(highlight=False, soft_wrap=True, width=140)
    facts = run.before
    console.print(f"Python {facts['python']}, {facts['system']}, {facts['cores']} cores, seed {run.seed}; ", end="")
    console.print(f"load before {facts['load']}, after {run.after['load']}")
    if (facts["load"] or 0) > 0.5 or (run.after["load"] or 0) > facts["cores"]:
        console.print("[bold]Others use this machine: the clock is no measure here, only processor time is.[/]")
    console.print(_times(run.rows))
    console.print(_sizes(run.rows))
    for target in targets(run):
        verdict = "[green]target met[/]" if target.met else "[bold red]target missed[/]"
        console.print(f"{verdict}  {target.name}: {target.wall:.3f} ({target.cpu:.3f}), at most {target.limit}")


def _times(rows: Sequence[Row]) -> Table:
    table = Table(title="seconds and ratios: wall (processor)")
    for name in ("N", "best of", "reading", "check", "build", "plain", "build/plain", "reading/plain", "check/plain"):
        table.add_column(name, justify="right")
    for row in rows:
        times = [f"{each.wall:.2f} ({each.cpu:.2f})" for each in (row.reading, row.check, row.build, row.plain)]
        pairs = (
            (row.ratio, row.cpu_ratio),
            (row.reading_ratio, row.cpu_reading_ratio),
            (row.check_ratio, row.cpu_check_ratio),
        )
        ratios = [f"{wall:.3f} ({cpu:.3f})" for wall, cpu in pairs]
        table.add_row(str(row.number), str(row.turns), *times, *ratios)
    return table


def _sizes(rows: Sequence[Row]) -> Table:
    table = Table(title="peak memory of all processes, and the site (MB)")
    for name in ("N", "check", "build", "plain MkDocs", "our site", "plain site", "our files"):
        table.add_column(name, justify="right")
    for row in rows:
        memory = [f"{each.memory / 1e6:.0f}" for each in (row.check, row.build, row.plain)]
        sizes = [f"{size / 1e6:.1f}" for _, size in (row.build_size, row.plain_size)]
        table.add_row(str(row.number), *memory, *sizes, str(row.build_size[0]))
    return table


def write_json(run: Run, path: Path) -> None:
    """The same, for scripts."""
    content = {
        "machine": {"before": run.before, "after": run.after},
        "seed": run.seed,
        "sizes": [_record(row) for row in run.rows],
        "targets": [
            {
                "name": each.name,
                "wall": round(each.wall, 4),
                "cpu": round(each.cpu, 4),
                "limit": each.limit,
                "met": each.met,
            }
            for each in targets(run)
        ],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _record(row: Row) -> dict[str, Any]:
    record: dict[str, Any] = {"procedures": row.number, "best_of": row.turns}
    for name in ("reading", "check", "build", "plain"):
        each: Measure = getattr(row, name)
        record[name] = {"seconds": round(each.wall, 3), "cpu_seconds": round(each.cpu, 3), "peak_bytes": each.memory}
    for name, (files, size) in (("build", row.build_size), ("plain", row.plain_size)):
        record[name] |= {"files": files, "bytes": size}
    for name in ("ratio", "reading_ratio", "check_ratio", "cpu_ratio", "cpu_reading_ratio", "cpu_check_ratio"):
        record[name] = round(getattr(row, name), 4)
    return record
