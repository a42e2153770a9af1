"""`make bench`: the portal's speed and size beside plain MkDocs, in one run on one machine.

For each size a library is generated and four things are measured in turn, each in a fresh process: reading and
checking alone (what they add to a build), the whole `portal check`, our build, and plain MkDocs building the staged
pages. Only ratios of one run mean anything: absolute times
differ from machine to machine and from hour to hour.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
import yaml

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "hooks"))

from generator import generate  # noqa: E402
from measure import Failed, Measure, best, folder_size, measure, measure_itself  # noqa: E402
from report import Row, Run, machine, print_run, write_json  # noqa: E402
from rich.console import Console  # noqa: E402

SIZES, QUICK = (50, 200, 1000), (20, 40)
ONCE_FROM = 500
"""Libraries of this size are measured once: a run is long enough to even out, and minutes are dear."""
OWN_TURNS = 5
TODAY = date(2026, 11, 30)
"""A fixed day: the generated library must not change with the calendar."""
PORTAL = (sys.executable, "-W", "ignore", "-m", "portal.cli")
READING = PROJECT / "bench/reading.py"
RESULTS = PROJECT / "bench/results/latest.json"
screen = Console(stderr=True, highlight=False)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--sizes", default=",".join(map(str, SIZES)), show_default=True, help="numbers of procedures")
@click.option("--quick", is_flag=True, help=f"only {' and '.join(map(str, QUICK))} procedures")
@click.option(
    "--repeats",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    help="runs of which the best counts; large libraries run once",
)
@click.option("--seed", default=1, show_default=True, help="the same seed makes the same libraries")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=RESULTS, help="the JSON file")
def main(sizes: str, quick: bool, repeats: int, seed: int, out: Path) -> None:
    """Measure the portal beside plain MkDocs. Missed targets are reported; only a failed command is an error."""
    numbers = QUICK if quick else tuple(sorted({int(size) for size in sizes.split(",")}))
    before = machine()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        try:
            rows = _rows(Path(folder), numbers, repeats, seed)
            own = best([_own_check() for _ in range(OWN_TURNS)])
        except Failed as error:
            raise click.ClickException(f"a measured command failed:\n{error}") from None
    run = Run(rows, own, seed, before, machine())
    print_run(run)
    write_json(run, out)


def _rows(folder: Path, numbers: tuple[int, ...], repeats: int, seed: int) -> list[Row]:
    with screen.status("warming up…") as status:
        _row(folder / "warm-up", 2, 1, seed, lambda _: None)
        return [_row(folder / str(number), number, repeats, seed, status.update) for number in numbers]


def _row(work: Path, number: int, repeats: int, seed: int, tell: Callable[[str], None]) -> Row:
    """All measures of one size. The commands take turns, so that a busy minute hurts all of them."""
    root, site, staged = work / "library", work / "site", work / "staged"
    tell(f"{number} procedures: generating")
    generate(PROJECT, root, number, seed, TODAY)
    portal, day = (*PORTAL, "--root", str(root)), ("--today", TODAY.isoformat())
    environment = _environment()
    measure((*portal, "stage", str(staged), *day), root, environment)
    _make_fair(root / "mkdocs.yml", staged / "mkdocs.yml")
    commands = {
        "reading": ((sys.executable, "-W", "ignore", str(READING), str(root), TODAY.isoformat()), root),
        "check": ((*portal, "check", *day), root),
        "build": ((*portal, "build", "--out", str(site), *day), root),
        "plain": ((sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "--quiet"), staged),
    }
    measures: dict[str, list[Measure]] = {name: [] for name in commands}
    turns = 1 if number >= ONCE_FROM else repeats
    for turn in range(turns):
        for name, (command, here) in commands.items():
            tell(f"{number} procedures, run {turn + 1} of {turns}: {name}")
            run = measure_itself if name == "reading" else measure
            measures[name].append(run(command, here, environment))
    found = {name: best(each) for name, each in measures.items()}
    return Row(number, turns, **found, build_size=folder_size(site.resolve()), plain_size=folder_size(staged / "site"))


def _own_check() -> Measure:
    """The whole command on the library of this checkout, Python's start included."""
    return measure((*PORTAL, "--root", str(PROJECT), "check", "--today", TODAY.isoformat()), PROJECT, _environment())


def _make_fair(ours: Path, staged: Path) -> None:
    """Give the plain build our theme settings and plugins: same search words, same pruned navigation, same icons.

    Only the hook and the template overrides are missing from it.
    """
    own, plain = (yaml.safe_load(path.read_text("utf-8")) for path in (ours, staged))
    plain["theme"] = {key: value for key, value in own["theme"].items() if key != "custom_dir"}
    for key in ("plugins", "validation", "copyright"):
        plain[key] = own[key]
    staged.write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), "utf-8")


def _environment() -> dict[str, str]:
    """The same for all: this checkout's core, no end-of-life notice, no hash randomness."""
    return {
        **os.environ,
        "PYTHONPATH": str(PROJECT / "hooks"),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
    }


if __name__ == "__main__":
    main()
