"""From the text of a quiz block to the quiz it describes."""

from __future__ import annotations

from portal.model.place import Origin, Place
from portal.model.problem import Problem
from portal.model.quiz import Quiz
from portal.reading.validation import validate
from portal.reading.yaml_nodes import parse_yaml


def read_quiz(text: str, place: Place) -> tuple[Quiz | None, list[Problem]]:
    """The quiz, or what keeps the block from being one; `place` is the line of the block's fence."""
    if not text.strip():
        return None, [Problem(place, "markdown-block", "小测的代码块里是空的", "写 id、kind 和 limits 或 tree")]
    parsed = parse_yaml(text, place.file, place.line + 1)
    if parsed.problems:
        return None, parsed.problems
    origin = Origin(place.file, parsed.find_marks)
    quiz, problems = validate(Quiz, parsed.data, origin)
    if quiz is not None:
        quiz._origin = origin
    return quiz, problems
