"""Which model and which schema a content file answers to, told by its place and name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from pydantic import BaseModel

from portal.model.calendar import CalendarYear
from portal.model.exemption import Exemptions
from portal.model.glossary import Glossary, Vocabulary
from portal.model.page import Guide, Plan, Procedure
from portal.model.profile import Profile
from portal.model.regulation import Regulation, Rules
from portal.model.tree import Cases
from portal.reading.shelves import KINDS

_SINGLE: dict[str, tuple[str, type[BaseModel]]] = {
    "profile.yml": ("profile", Profile),
    "glossary.yml": ("glossary", Glossary),
    "exceptions.yml": ("exceptions", Exemptions),
    "regulations/vocabulary.yml": ("vocabulary", Vocabulary),
}
_REGULATION: dict[str, tuple[str, type[BaseModel]]] = {"index.md": ("", Regulation), "rules.yml": ("rules", Rules)}
_FOLDERS = ("docs", "procedures")


@dataclass(frozen=True, slots=True)
class Subject:
    """A file: `name` is relative to the root; `schema` is empty for a page, whose YAML is its front matter."""

    name: str
    schema: str
    model: type[BaseModel]

    @property
    def header(self) -> str:
        """The first line that tells an editor the schema; empty for a page."""
        up = "../" * self.name.count("/")
        return f"# yaml-language-server: $schema={up}schemas/{self.schema}.schema.json" if self.schema else ""


def find_subject(name: str) -> Subject | None:
    """The subject of a content file; None for one that authors do not write."""
    found = _SINGLE.get(name) or _below(PurePosixPath(name))
    return Subject(name, *found) if found else None


def _below(path: PurePosixPath) -> tuple[str, type[BaseModel]] | None:
    top = path.parts[0]
    if top == "calendar":
        return ("calendar", CalendarYear) if re.fullmatch(r"calendar/[0-9]{4}\.yml", str(path)) else None
    if top == "regulations" and len(path.parts) == 3:
        return _REGULATION.get(path.name)
    if top not in _FOLDERS:
        return None
    if path.suffix == ".md":
        pages: dict[bool, type[BaseModel]] = {True: Plan, False: Procedure}
        return "", Guide if top == "docs" else pages[path.parts[1] == "plans"]
    if path.name == "cases.yml":
        return "cases", Cases
    kind = path.name.removesuffix(".yml").rpartition(".")[2] if path.suffix == ".yml" else ""
    return (kind, KINDS[kind]) if kind in KINDS else None
