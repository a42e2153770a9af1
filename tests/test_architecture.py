"""The shape of the code: imports run one way, nothing inside reads a clock or the environment, functions stay small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOOKS = Path(__file__).resolve().parents[1] / "hooks"
PORTAL = HOOKS / "portal"
FILES = sorted(path for path in HOOKS.rglob("*.py") if "__pycache__" not in path.parts)
INSIDE = [path for path in FILES if PORTAL in path.parents]
ROOMS = ("reading", "checks", "rendering")
DOORS = ("cli.py", "cli_site.py", "publish.py")
"""Where the world comes in: the command line and what it starts. Only files directly in `portal/`."""
LONGEST_FUNCTION = 60
LONGEST_FILE = 400


def name(path: Path) -> str:
    return path.relative_to(HOOKS).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, at its top or late; `from x import y` counts as `x.y`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def uses(path: Path, room: str) -> list[str]:
    return [module for module in imports(path) if f"{module}.".startswith(f"portal.{room}.")]


@pytest.mark.parametrize("room", ROOMS)
def test_the_three_rooms_never_import_each_other(room: str) -> None:
    files = [path for path in INSIDE if PORTAL / room in path.parents]
    assert files
    for other in set(ROOMS) - {room}:
        assert {name(path): uses(path, other) for path in files if uses(path, other)} == {}


def test_the_model_stands_on_nothing_but_itself() -> None:
    files = [path for path in INSIDE if PORTAL / "model" in path.parents]
    assert files
    for path in files:
        own = [module for module in imports(path) if module.startswith("portal")]
        assert [module for module in own if not module.startswith("portal.model.")] == [], name(path)


def test_no_room_looks_up_to_the_doors() -> None:
    """`portal.build` and the files beside it use the rooms, never the other way round."""
    doors = {path.stem for path in PORTAL.glob("*.py")} - {"__init__"}
    for path in INSIDE:
        if path.parent != PORTAL:
            assert [module for module in imports(path) if module.split(".")[:2][-1] in doors] == [], name(path)


def test_only_the_adapter_knows_mkdocs() -> None:
    engines = ("mkdocs", "material", "markdown", "properdocs", "zensical")
    for path in INSIDE:
        assert [module for module in imports(path) if module.split(".")[0] in engines] == [], name(path)


def test_imports_are_absolute() -> None:
    """A hook's folder is on the path only while the hook is loaded: relative and late imports would fail."""
    for path in FILES:
        relative = [node.lineno for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom) and node.level]
        assert relative == [], name(path)


def world(path: Path) -> Iterator[str]:
    """Where a file asks for the environment, the clock or chance."""
    asked = {"os": {"environ", "getenv", "getcwd"}, "date": {"today"}, "datetime": {"now", "today", "utcnow"}}
    asked |= {"time": {"time", "localtime"}, "Path": {"cwd", "home"}, "locale": {"getlocale", "setlocale"}}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            base = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if node.attr in asked.get(base, ()):
                yield f"{base}.{node.attr}:{node.lineno}"
    for module in imports(path):
        if module.split(".")[0] in ("random", "secrets", "uuid") or module in ("os.environ", "os.getenv", "time.time"):
            yield module


def test_nothing_inside_reads_the_clock_the_environment_or_chance() -> None:
    for path in INSIDE:
        if not (path.parent == PORTAL and path.name in DOORS):
            assert list(world(path)) == [], name(path)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_says_first_what_lives_in_it(path: Path) -> None:
    words = ast.get_docstring(tree(path))
    assert words, "start with a docstring of one line"
    assert words.splitlines()[0].endswith((".", ":", "?")), words.splitlines()[0]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_functions_and_files_stay_small(path: Path) -> None:
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    sizes = {function.name: (function.end_lineno or 0) - function.lineno + 1 for function in functions}
    assert {function: size for function, size in sizes.items() if size > LONGEST_FUNCTION} == {}
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_the_scan_sees_what_it_looks_for(tmp_path: Path) -> None:
    """Without this, a scan that finds nothing would pass for ever."""
    source = "import os\nimport mkdocs.config\nfrom datetime import date, datetime\nimport datetime as d\n"
    source += "a = os.environ['A'], date.today(), datetime.now(), d.datetime.now()\nfrom portal.checks import rule\n"
    fake = tmp_path / "scan_me.py"
    fake.write_text(source, encoding="utf-8")
    found = [use.partition(":")[0] for use in world(fake)]
    assert sorted(found) == ["date.today", "datetime.now", "datetime.now", "os.environ"]
    assert {"mkdocs.config", "portal.checks.rule"} <= set(imports(fake))
    assert uses(fake, "checks") == ["portal.checks.rule"]
