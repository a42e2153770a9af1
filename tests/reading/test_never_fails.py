"""Whatever a file holds, reading and checking end in problems with a place: never in an exception, never in a hang."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.checked import load_checked
from portal.model.problem import Problem
from portal.reading.markdown import parse_prose, split_front_matter
from portal.reading.yaml_nodes import parse_yaml
from small import SMALLEST, TODAY, small_library, small_text

EXAMPLES = settings().max_examples  # 100; the profile "deep" raises it
FILES = sorted(path.relative_to(SMALLEST).as_posix() for path in SMALLEST.rglob("*") if path.is_file())
SIGNS = st.sampled_from(
    [*"{}[]:-?,#&*!|>'\"%@`~=<\t\n \r\0\x07\x85\u2028\ufeff：，“”—", "<<", "---", "...", "- ", ": ", "```", ":::"]
)
SCRAPS = st.one_of(
    SIGNS,
    st.sampled_from(
        ["id", "kind: date", "law-a/3", "[](cite:law-a/9)", "visit", "2026-02-30", "null", "true", "٣", "😀"]
    ),
    st.text(max_size=3),
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One project for all examples of a test: each example puts its file back."""
    folder = tmp_path_factory.mktemp("project")
    yield small_library(folder)
    shutil.rmtree(folder)


def check(root: Path, name: str, content: bytes) -> tuple[Problem, ...]:
    path = root / name
    path.write_bytes(content)
    try:
        problems = load_checked(root, TODAY).problems
    finally:
        path.write_bytes((SMALLEST / name).read_bytes())
    for problem in problems:
        assert (root / problem.place.file).exists()
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        assert problem.message
        assert problem.hint
    return problems


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, str]:
    """A file of the small library after some slips of an author's hand."""
    name = draw(st.sampled_from(FILES))
    text = small_text(name)
    for _ in range(draw(st.integers(1, 4))):
        text = _slip(draw, text)
    return name, text


def _slip(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    lines = text.split("\n")
    one, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
    match draw(
        st.sampled_from(["insert", "delete", "replace", "cut off", "cut line", "double line", "indent", "swap"])
    ):
        case "insert":
            return text[:at] + draw(SCRAPS) + text[at:]
        case "delete":
            return text[:at] + text[at + draw(st.integers(1, 6)) :]
        case "replace":
            return text[:at] + draw(SCRAPS) + text[at + 1 :]
        case "cut off":
            return text[:at]
        case "cut line":
            del lines[one]
        case "double line":
            lines.insert(other, lines[one])
        case "indent":
            lines[one] = draw(st.sampled_from(["  ", "\t", " ", "- "])) + lines[one]
        case "swap":
            lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


@settings(max_examples=EXAMPLES * 6)
@given(mutated())
def test_slips_of_the_hand(root: Path, slip: tuple[str, str]) -> None:
    name, text = slip
    check(root, name, text.encode("utf-8", "replace"))


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(FILES), st.binary(max_size=200))
@example(name="profile.yml", content=b"\xff\xfe")
@example(name="docs/index.md", content=b"---\n---\n")
@example(name="docs/index.md", content=b"---\n---")
@example(name="docs/index.md", content=b"---\n- a\n---\n")
@example(name="glossary.yml", content=b"\xef\xbb\xbf")
def test_any_bytes(root: Path, name: str, content: bytes) -> None:
    check(root, name, content)


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(FILES), st.text(max_size=200))
def test_any_text(root: Path, name: str, content: str) -> None:
    check(root, name, content.encode("utf-8", "replace"))


@settings(max_examples=EXAMPLES * 3)
@given(st.lists(SCRAPS, max_size=40).map("".join))
@example("a: &a [*a]")
@example("? {a: b}\n: c")
@example("*a : b")
@example("!!binary x")
@example("%YAML 9.9\n---\na")
@example("--- |\n a\n...\nb")
@example("a: |\n  b：c\n\td: e")
@example('"\\ud800"')
def test_any_scraps_of_yaml(text: str) -> None:
    parsed = parse_yaml(text, "a.yml", first_line=5)
    for problem in parsed.problems:
        assert problem.place.line >= 5
        assert problem.place.column >= 1


@settings(max_examples=EXAMPLES * 3)
@given(st.lists(SCRAPS, max_size=40).map("".join))
@example("[甲](%E4%B8%80%ZZ)")
@example("# \n## \n```form\n```")
@example("> ### 第一条\n> - [x](limit:a/b)")
def test_any_scraps_of_markdown(text: str) -> None:
    body = text.encode("utf-8", "replace").decode()
    prose, problems = parse_prose(body, "a.md", first_line=7)
    for place in [link.place for link in prose.links] + [placed.place for placed in prose.placements]:
        assert place.line >= 7
        assert place.column >= 1
    anchors = [heading.anchor for heading in prose.headings]
    assert len(anchors) == len(set(anchors))
    assert all(problem.place.line >= 7 for problem in problems)
    split_front_matter(body, "a.md")


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 200_000 + "甲：乙",
        "a：b\n" * 100_000,
        "a: b：c\n" * 50_000,
        "[" * 190 + "]" * 190 + "\n",
        "a: " + "x" * 900_000,
        "".join(f"key{number}: 1\n" for number in range(40_000)),
        "- a\n" * 100_000,
        "a: *b\n" * 50_000,
        "a: |\n" + "  b：c\n" * 100_000,
        "# " + "-" * 300 + "\na: b\n",
        "'" * 500_000,
        "a:\n  b\n" * 30_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_a_file_of_the_largest_size_is_read_in_seconds(text: str) -> None:
    start = time.process_time()
    parse_yaml(text, "a.yml")
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("glossary.yml", "".join(f"key{number}: 1\n" for number in range(20_000))),
        ("glossary.yml", "terms:\n" + "".join(f"  t{number}: {{}}\n" for number in range(20_000))),
        (
            "procedures/visit/cases.yml",
            "cases:\n" + "  - {tree: route, title: 甲, answers: {}, outcome: send}\n" * 5000,
        ),
    ],
    ids=["unknown keys", "missing keys", "many personas"],
)
def test_thousands_of_mistakes_are_told_in_seconds(root: Path, name: str, content: str) -> None:
    start = time.process_time()
    assert len(check(root, name, content.encode())) >= 5000
    assert time.process_time() - start < 15
