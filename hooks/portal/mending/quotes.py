"""Quotes around texts that YAML would read as something else, where the reader stops at them."""

from __future__ import annotations

import re

from portal.mending.state import State, read_state
from portal.mending.subject import Subject
from portal.model.place import Place

_STOPS = ("yaml-syntax", "yaml-alias")
_ASKS = "给它加上引号"
_LINE = re.compile(
    r"(?P<head>\s*(?:- +)*(?:[A-Za-z0-9_-]+: +)?)(?P<value>[^\s'\"\[\]{}|>#!,?-].*?)(?P<tail>\s+#.*|\s*)"
)
_ODD_START = tuple("@`%*&")
_WORD = re.compile(r"[A-Za-z0-9-]+")
_ROUNDS = 50


def quote_texts(text: str, subject: Subject) -> str:
    """Quote text after text until the reader no longer stops at one; what it stops at for other reasons is left."""
    for _ in range(_ROUNDS):
        after = _quote_first(text, read_state(text, subject))
        if after == text:
            return text
        text = after
    return text


def _quote_first(text: str, state: State) -> str:
    """The text with quotes at the first spot where they help."""
    lines = text.split("\n")
    stops = [problem.place for problem in state.faults if problem.code in _STOPS and problem.place.line <= len(lines)]
    for place in stops:
        quoted = _quote_value(lines[place.line - 1], text)
        if quoted != lines[place.line - 1]:
            return "\n".join([*lines[: place.line - 1], quoted, *lines[place.line :]])
    for problem in state.refusals:
        if problem.hint.startswith(_ASKS):
            return _quote_word(lines, problem.place)
    return text


def _quote_value(line: str, text: str) -> str:
    """The line with its unquoted text in quotes, if the text starts or goes on as YAML's own signs do."""
    match = _LINE.fullmatch(line)
    if match is None:
        return line
    value = match["value"]
    anchor = value[0] == "*" and f"&{value[1:]}" in text  # a true alias: what it stands for only its author knows
    if anchor or not (value.startswith(_ODD_START) or ": " in value or value.endswith(":")):
        return line
    return match["head"] + in_quotes(value) + match["tail"]


def _quote_word(lines: list[str], place: Place) -> str:
    """A number or a truth value that is meant as text."""
    line, column = lines[place.line - 1], place.column - 1
    word = _WORD.match(line, column)
    if word:
        lines[place.line - 1] = f'{line[:column]}"{word[0]}"{line[word.end() :]}'
    return "\n".join(lines)


def in_quotes(value: str) -> str:
    """The value as a quoted YAML text."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return f"'{value}'" if "'" not in value else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
