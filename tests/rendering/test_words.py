"""The interface words: every key that code or a template uses is there, and every key that is there is used."""

from __future__ import annotations

import ast
import re
from importlib.resources import files
from pathlib import Path

import pytest

from portal.build import load_words

PORTAL = Path(str(files("portal")))
ASSETS = Path(__file__).parents[2] / "docs/assets"
TEMPLATES = sorted((PORTAL / "rendering/templates").glob("*.html"))
SOURCES = [PORTAL / "adapter.py", *sorted((PORTAL / "rendering").glob("*.py"))]
LANGUAGES = sorted(path.stem for path in (PORTAL / "words").glob("*.yml"))
IN_TEMPLATE = re.compile(r"\bw\.([a-z]+)(?:\.([a-z_]+)|\['([a-z-]+)'\])")
METHODS = frozenset(dir(dict))


def keys() -> set[tuple[str, str]]:
    """Section and key of every word."""
    return {(section, key) for section, words in load_words().items() for key in words}


def used_in_templates() -> set[tuple[str, str]]:
    """Section and key of every word that a template prints."""
    return {(s, a or b) for path in TEMPLATES for s, a, b in IN_TEMPLATE.findall(path.read_text("utf-8"))}


def constants() -> tuple[set[str], set[str]]:
    """Every text in the code of the rendering room, and every fixed beginning or end of an f-string in it."""
    whole: set[str] = set()
    parts: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            if isinstance(node, ast.JoinedStr):
                parts |= {str(v.value) for v in node.values if isinstance(v, ast.Constant)}
    return whole, parts


def sections_used_by_value() -> set[str]:
    """Sections whose keys are ids of the model: looked up by a value, never written out."""
    return {"kind", "hub", "length", "force", "mark", "box"}


def test_every_word_that_a_template_prints_exists() -> None:
    assert used_in_templates() - keys() == set()
    assert len(used_in_templates()) > 60


def test_every_word_of_a_script_is_used_by_it() -> None:
    """`word("run", "start")` in any script of ours."""
    scripts = "".join(path.read_text("utf-8") for path in sorted(ASSETS.glob("*.js")))
    idle = [
        f"{s}.{k}"
        for s, k in keys()
        if s.startswith("script-") and f'"{k}"' not in scripts and f'"{k.rpartition("-")[0]}-"' not in scripts
    ]
    assert idle == []


def test_every_word_is_used() -> None:
    whole, parts = constants()
    looked_up = {key for section in sections_used_by_value() for key in load_words()[section]}
    idle = [
        f"{section}.{key}"
        for section, key in sorted(keys() - used_in_templates())
        if not section.startswith("script-")
        if key not in whole
        and key not in looked_up
        and not any(len(p) > 3 and (key.startswith(p) or key.endswith(p)) for p in parts)
    ]
    ranks = {"constitution", "law", "administrative-regulation", "party-state-regulation", "department-rule"}
    ranks |= {"local-regulation", "normative-document"}
    modes = {"read-do", "do-confirm", "read-do-help", "do-confirm-help"}
    allowed = {f"regulation.{rank}" for rank in ranks} | {f"checklist.{mode}" for mode in modes}
    allowed |= {"site.converted"}  # printed by the conversion to Traditional characters
    assert set(idle) - allowed == set()


def test_ids_of_the_model_have_their_words() -> None:
    from typing import get_args

    from portal.model.length import UNITS
    from portal.model.regulation import Duty, RegulationKind
    from portal.reading.markdown import BOXES
    from portal.rendering.addresses import HUBS

    words = load_words()
    assert set(words["length"]) == set(UNITS)
    assert set(words["box"]) == set(BOXES)
    assert set(words["force"]) == set(get_args(Duty.model_fields["force"].annotation))
    assert set(get_args(RegulationKind)) <= set(words["regulation"])
    assert set(words["hub"]) == {*HUBS, *(f"{kind}-text" for kind in HUBS)}
    marks = {mark for mark in words["mark"] if not mark.endswith("-help")}
    assert {f"{mark}-help" for mark in marks} | marks == set(words["mark"])


def test_no_template_asks_for_a_word_that_is_a_method_of_a_mapping() -> None:
    """`w.form.clear` would print the method, with its address in memory."""
    wrong = [
        f"{path.name}: {section}.{key}"
        for path in TEMPLATES
        for section, key, _ in IN_TEMPLATE.findall(path.read_text("utf-8"))
        if key in METHODS or section in METHODS
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_holds_the_same_keys_and_placeholders(language: str) -> None:
    words, chinese = load_words(language), load_words()
    assert {(s, k) for s, part in words.items() for k in part} == keys()
    for section, part in words.items():
        for key, text in part.items():
            assert isinstance(text, str), f"{section}.{key}"
            assert text.strip(), f"{section}.{key}"
            other = chinese[section][key]
            assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", other)), f"{section}.{key}"


def test_templates_hold_no_words_of_their_own() -> None:
    """Chinese in a template could not be translated; punctuation may stand."""
    said = [
        f"{path.name}: {match[0]}" for path in TEMPLATES for match in re.finditer("[一-鿿]+", path.read_text("utf-8"))
    ]
    assert said == []


def test_no_template_switches_escaping_off() -> None:
    for path in TEMPLATES:
        assert not re.search(r"\|\s*safe|autoescape", path.read_text("utf-8")), path.name
