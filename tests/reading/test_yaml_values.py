"""What YAML text means here: JSON-like scalars, and positions that lead back to every value."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.model.place import Marks
from portal.reading.yaml_nodes import parse_yaml


def value(text: str) -> Any:
    parsed = parse_yaml(f"key: {text}\n", "a.yml")
    assert parsed.problems == []
    return parsed.data["key"]


@pytest.mark.parametrize(
    "text",
    ["no", "yes", "on", "off", "No", "True", "FALSE", "NULL", "~", "12:30", "1:02:03", "010", "0x1f", "0o17", "1_000"]
    + ["1.0", "31.10", "1e3", ".5", ".inf", "+1", "-0.0", "00", "2026-03-02", "2026-03-02 10:00:00", "1２", "１２"]
    + ["9999999999999999999", "=", "信访人", "a: b"[:1], "http://a.b/c", "a#b", "《条例》", "“引号”", "VIP：甲"],
)
def test_text_stays_text(text: str) -> None:
    assert value(text) == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [("true", True), ("false", False), ("null", None), ("", None), ("0", 0), ("-1", -1), ("2026", 2026)]
    + [("123456789012345678", 123456789012345678), ("[]", ()), ("{}", {}), ("[1, true, no]", (1, True, "no"))],
)
def test_what_json_knows_means_the_same(text: str, meant: Any) -> None:
    found = value(text)
    assert found == meant
    assert type(found) is type(meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('"true"', "true"),
        ("'010'", "010"),
        ('"2026"', "2026"),
        ('""', ""),
        ('"第一行\\n第二行"', "第一行\n第二行"),
        ("|\n  第一行\n  note：第二行\n", "第一行\nnote：第二行\n"),
        ("|-\n  true\n", "true"),
        (">\n  一\n  二\n", "一二\n"),
        ("第一行\n  第二行", "第一行第二行"),
        ("'VIP：甲'", "VIP：甲"),
    ],
)
def test_quoted_and_block_text_is_always_text(text: str, meant: str) -> None:
    assert value(text) == meant


@pytest.mark.parametrize("text", ["- A级：重大\n", "- 注意：甲\n- 12：30\n", "- 'VIP：甲'\n"])
def test_a_full_width_colon_in_a_list_of_texts_is_text(text: str) -> None:
    assert parse_yaml(text, "a.yml").problems == []


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter(tmp_path: Any) -> None:
    from portal.reading.text import read_text

    (tmp_path / "a.yml").write_bytes(b"\xef\xbb\xbfid: note\r\ntitle: x\r\n")
    assert read_text(tmp_path, "a.yml") == "id: note\ntitle: x\n"


KEYS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=8
).filter(lambda key: key != "<<" and key.isprintable())
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cn"]), max_size=30)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | TEXTS,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=4),
    max_leaves=12,
)


def written(data: Any) -> str:
    """Any JSON value as this YAML: quoted text with escapes, everything else bare."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{quoted(key)}: {written(below)}" for key, below in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(written, data)) + "]"
    if isinstance(data, str):
        return quoted(data)
    return json.dumps(data)


def quoted(text: str) -> str:
    def sign(one: str) -> str:
        return one if one.isprintable() and one not in '"\\' else f"\\U{ord(one):08x}"

    return '"' + "".join(map(sign, text)) + '"'


def as_read(data: Any) -> Any:
    """Lists are read as tuples: nobody can change them."""
    if isinstance(data, dict):
        return {key: as_read(below) for key, below in data.items()}
    return tuple(map(as_read, data)) if isinstance(data, list) else data


@given(JSON)
def test_every_json_value_reads_back_as_it_was(data: Any) -> None:
    parsed = parse_yaml(f"key: {written(data)}\n", "a.yml")
    assert parsed.problems == []
    assert parsed.data == {"key": as_read(data)}


@given(st.dictionaries(KEYS, JSON, min_size=1, max_size=5))
def test_every_value_is_marked_where_it_stands(data: dict[str, Any]) -> None:
    text = "".join(f"{quoted(key)}: {written(below)}\n" for key, below in data.items())
    lines = text.split("\n")
    parsed = parse_yaml(text, "a.yml", first_line=11)
    for number, (key, below) in enumerate(data.items()):
        marks: Marks = parsed.find_marks().children[key]
        assert (marks.key_line, marks.key_column) == (number + 11, 1)
        assert marks.line == number + 11
        assert lines[number][marks.column - 1 :] == written(below)


def test_a_folded_chinese_line_gets_no_space_and_other_words_keep_theirs() -> None:
    text = "a: 第一行，\n  第二行\nb: one\n  two\nc: >-\n  拨 120\n  再等\n  人来\nd: '甲 乙'\n"
    assert parse_yaml(text, "x.yml").data == {
        "a": "第一行，第二行",
        "b": "one two",
        "c": "拨 120 再等人来",
        "d": "甲 乙",
    }
