"""How a text reads at one moment of its mending: the data, or what keeps the reader from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from portal.mending.subject import Subject
from portal.model.place import Origin
from portal.model.problem import Problem
from portal.reading.validation import validate
from portal.reading.yaml_nodes import parse_yaml


@dataclass(frozen=True, slots=True)
class State:
    """`faults` are what the YAML reader says, `refusals` what the model says of YAML that reads."""

    data: Any
    faults: tuple[Problem, ...]
    refusals: tuple[Problem, ...]

    @property
    def rank(self) -> tuple[bool, int]:
        """The lower, the better: YAML that reads, then fewer refusals."""
        return (bool(self.faults), len(self.refusals))


@lru_cache(maxsize=64)
def read_state(text: str, subject: Subject) -> State:
    """Read a YAML text as the library's reader would; places count from the text's first line."""
    parsed = parse_yaml(text, subject.name)
    if parsed.problems:
        return State(None, tuple(parsed.problems), ())
    _, refusals = validate(subject.model, parsed.data, Origin(subject.name, parsed.find_marks))
    return State(parsed.data, (), tuple(refusals))
