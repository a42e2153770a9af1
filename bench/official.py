"""Importing official texts: texts and megabytes a second, against simply reading the bytes, in one run on one machine.

Texts are generated from a seed, or real ones are copied (`--laws`). Every format is measured in turn: reading the
bytes, parsing, and parsing with storing; then the whole command `portal law import` on all of them, in a process of
its own. Only ratios of one run mean anything.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import click

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "hooks"))

from docx import Document  # noqa: E402
from measure import Measure, measure  # noqa: E402
from report import machine  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from portal.model.citation import chinese_number  # noqa: E402
from portal.reading.official import parse_official  # noqa: E402
from portal.reading.official_source import read_source  # noqa: E402
from portal.reading.official_store import load_store, save_text  # noqa: E402

RESULTS = PROJECT / "bench/results/official.json"
SHARES = (("utf-8.txt", 40), ("utf-8.md", 20), ("gbk.txt", 15), ("html", 15), ("docx", 10))
"""Of a hundred texts, how many come in each format."""
WORDS = "申请 受理 办理 答复 复查 复核 机关 部门 单位 人民 信访 事项 应当 可以 不得 依照 规定 期限 日内 书面 告知 理由".split()
screen = Console(stderr=True, highlight=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One format: seconds for all its texts, the best of several turns."""

    form: str
    texts: int
    size: int
    reading: float
    parsing: float
    storing: float


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--texts", "number", type=click.IntRange(20), default=3000, show_default=True, help="number of texts")
@click.option("--repeats", type=click.IntRange(1), default=2, show_default=True, help="runs of which the best counts")
@click.option("--seed", default=1, show_default=True, help="the same seed makes the same texts")
@click.option("--laws", type=click.Path(file_okay=False, exists=True, path_type=Path), help="copy these texts instead")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=RESULTS, help="the JSON file")
def main(number: int, repeats: int, seed: int, laws: Path | None, out: Path) -> None:
    """Measure the import of official texts beside the mere reading of their bytes."""
    before = machine()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name, screen.status("generating…") as status:
        folder = Path(name)
        texts = _copies(laws, number) if laws else [_generate(Random(seed + i), i) for i in range(number)]
        groups = _write(texts, folder / "in")
        rows = []
        for form, files in groups.items():
            status.update(f"{form}: {len(files)} texts")
            rows.append(_row(form, files, folder / "store", repeats))
        status.update("the whole command")
        command = _command(folder / "in", folder / "all")
        start = time.perf_counter()
        stored = len(load_store(folder / "all"))
        loading = time.perf_counter() - start
    if stored != number:
        raise click.ClickException(f"{number} texts went in, {stored} are in the store")
    _print(rows, command, loading, before)
    _write_json(rows, command, loading, {"before": before, "after": machine()}, seed, laws is not None, out)


def _row(form: str, files: Sequence[Path], store: Path, repeats: int) -> Row:
    """The three jobs take turns, so that a busy minute hurts all of them."""
    times: dict[str, list[float]] = {"reading": [], "parsing": [], "storing": []}
    for turn in range(repeats):
        jobs: dict[str, Callable[[Path], object]] = {
            "reading": Path.read_bytes,
            "parsing": lambda path: parse_official(read_source(path, path.name)),
            "storing": lambda path, folder=store / f"{form}-{turn}": save_text(  # type: ignore[misc]
                folder, parse_official(read_source(path, path.name))[0], path.name
            ),
        }
        for name, job in jobs.items():
            start = time.perf_counter()
            for path in files:
                job(path)
            times[name].append(time.perf_counter() - start)
    size = sum(path.stat().st_size for path in files)
    return Row(form, len(files), size, *(min(each) for each in times.values()))


def _command(folder: Path, store: Path) -> Measure:
    command = (sys.executable, "-W", "ignore", "-m", "portal.cli", "--root", str(folder), "law", "import", str(folder))
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "hooks"), "NO_MKDOCS_2_WARNING": "1"}
    return measure((*command, "--store", str(store)), folder, environment)


def _generate(random: Random, number: int) -> str:
    """A text like a real one: 20 to 120 articles in chapters, some with items, about 10 to 60 KB."""
    lines = [
        f"示范第{chinese_number(number % 9999 + 1)}号条例",
        "",
        f"{2000 + number % 25}年{number % 12 + 1}月1日 某机关公布",
        "",
    ]
    article = 0
    for chapter in range(1, random.randint(4, 9)):
        lines += [f"第{chinese_number(chapter)}章 {_phrase(random, 3)}", ""]
        for _ in range(random.randint(5, 15)):
            article += 1
            lines += [f"第{chinese_number(article)}条 {_phrase(random, 25)}。", ""]
            if random.random() < 0.3:
                lines += [f"有下列情形之一的，{_phrase(random, 6)}：", ""]
                lines += [
                    row
                    for i in range(random.randint(2, 8))
                    for row in (f"（{chinese_number(i + 1)}）{_phrase(random, 9)}；", "")
                ]
            for _ in range(random.randint(0, 2)):
                lines += [f"{_phrase(random, 30)}。", ""]
    return "\n".join([*lines, f"第{chinese_number(article + 1)}条 本条例自2026年1月1日起施行。", ""])


def _phrase(random: Random, words: int) -> str:
    found = random.choices(WORDS, k=words)
    return "".join(word + ("，" if i % 6 == 5 and i + 1 < words else "") for i, word in enumerate(found))


def _copies(laws: Path, number: int) -> list[str]:
    """Real texts, each copy with a day of its own: the store refuses two of the same title and day."""
    texts = [path.read_text("utf-8") for path in sorted(laws.glob("*.md")) if path.name != "README.md"]
    days = [f"{2030 + i // 336}年{i // 28 % 12 + 1}月{i % 28 + 1}日 复制" for i in range(number)]
    return [f"\n\n{days[i]}\n".join(texts[i % len(texts)].split("\n", 1)) for i in range(number)]


def _write(texts: Sequence[str], folder: Path) -> dict[str, list[Path]]:
    """Files by format, a hundred texts at a time."""
    forms = [form for form, share in SHARES for _ in range(share)]
    groups: dict[str, list[Path]] = {form: [] for form, _ in SHARES}
    folder.mkdir()
    for number, text in enumerate(texts):
        form = forms[number * 37 % 100]
        path = folder / f"{number:05}.{form.rpartition('.')[2]}"
        path.write_bytes(_encode(text, form))
        groups[form].append(path)
    return groups


def _encode(text: str, form: str) -> bytes:
    lines = [line.lstrip("# ") if form != "utf-8.md" else line for line in text.split("\n")]
    lines = [line for line in lines if not line.startswith("<!--")]
    if form == "html":
        rows = "".join(f"<p>{line.replace('<', '&lt;')}</p>\n" for line in lines if line)
        return f"<!doctype html><html><body>{rows}</body></html>".encode()
    if form == "docx":
        return _word(lines)
    # GBK lacks ○ and characters without width.
    return "\n".join(lines).encode("gb18030" if form.startswith("gbk") else "utf-8")


def _word(lines: Sequence[str]) -> bytes:
    document, stream = Document(), io.BytesIO()
    for line in lines:
        if line:
            document.add_paragraph(line)
    document.save(stream)
    return stream.getvalue()


def _figures(row: Row) -> dict[str, float]:
    return {
        "texts_per_second": row.texts / row.storing,
        "mb_per_second": row.size / 1e6 / row.storing,
        "reading_mb_per_second": row.size / 1e6 / row.reading,
        "parsing_to_reading": row.parsing / row.reading,
        "importing_to_reading": row.storing / row.reading,
    }


def _total(rows: Sequence[Row]) -> Row:
    columns = ([getattr(row, name) for row in rows] for name in ("texts", "size", "reading", "parsing", "storing"))
    return Row("all", *(sum(column) for column in columns))


def _print(rows: Sequence[Row], command: Measure, loading: float, before: dict[str, Any]) -> None:
    console = Console(highlight=False, soft_wrap=True, width=140)
    console.print(
        f"Python {before['python']}, {before['system']}, {before['cores']} cores, load before {before['load']}"
    )
    table = Table(title="importing official texts: parsing and storing; ratios to reading the bytes")
    for name in ("format", "texts", "MB", "texts/s", "MB/s", "reading MB/s", "parsing/reading", "importing/reading"):
        table.add_column(name, justify="right")
    for row in (*rows, _total(rows)):
        values = _figures(row)
        speed = [f"{values['texts_per_second']:.0f}", f"{values['mb_per_second']:.1f}"]
        ratios = [
            f"{values[name]:.0f}" for name in ("reading_mb_per_second", "parsing_to_reading", "importing_to_reading")
        ]
        table.add_row(row.form, str(row.texts), f"{row.size / 1e6:.1f}", *speed, *ratios)
    console.print(table)
    texts = sum(row.texts for row in rows)
    console.print(
        f"portal law import, all {texts} texts: {command.wall:.1f} s ({command.cpu:.1f} s processor), "
        f"{texts / command.wall:.0f} texts/s, peak memory {command.memory / 1e6:.0f} MB"
    )
    console.print(f"loading the store of {texts} texts: {loading:.1f} s, {texts / loading:.0f} texts/s")


def _write_json(
    rows: Sequence[Row], command: Measure, loading: float, facts: dict[str, Any], seed: int, real: bool, out: Path
) -> None:
    content = {
        "machine": facts,
        "seed": seed,
        "texts": "copies of real texts" if real else "generated",
        "formats": [
            {"format": row.form, "texts": row.texts, "bytes": row.size}
            | {name: round(value, 3) for name, value in _figures(row).items()}
            for row in (*rows, _total(rows))
        ],
        "command": {"wall": round(command.wall, 3), "cpu": round(command.cpu, 3), "memory": command.memory},
        "loading_seconds": round(loading, 3),
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
