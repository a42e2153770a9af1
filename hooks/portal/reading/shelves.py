"""One reader for each kind of file: which files it takes, and how one becomes a model object."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from portal.model.base import Document
from portal.model.calendar import CalendarYear
from portal.model.checklist import Checklist
from portal.model.drill import Drill
from portal.model.evidence import Evidence
from portal.model.exemption import Exemptions
from portal.model.form import Form
from portal.model.glossary import Glossary, Vocabulary
from portal.model.library import PlacedCase
from portal.model.page import Guide, Page
from portal.model.place import Origin
from portal.model.problem import Problem
from portal.model.profile import Profile
from portal.model.regulation import Regulation, Rules
from portal.model.tree import Cases, Tree
from portal.reading.articles import split_articles
from portal.reading.markdown import parse_prose, split_front_matter
from portal.reading.text import Unreadable, read_text
from portal.reading.validation import validate
from portal.reading.yaml_nodes import parse_yaml

S = TypeVar("S", Profile, Glossary, Vocabulary, CalendarYear, Rules, Exemptions, Evidence)
HOME = "docs/index.md"
KINDS: dict[str, type[Document]] = {"checklist": Checklist, "tree": Tree, "form": Form, "drill": Drill}


@dataclass(slots=True)
class Shelves:
    """What has been read so far. Objects are kept in lists: twins are found when the lists become mappings."""

    documents: list[Document] = field(default_factory=list)
    cases: list[PlacedCase] = field(default_factory=list)
    calendar: list[CalendarYear] = field(default_factory=list)
    profile: Profile | None = None
    glossary: Glossary = field(default_factory=Glossary)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    problems: list[Problem] = field(default_factory=list)
    broken: set[tuple[str, str]] = field(default_factory=set)
    sources: dict[str, str] = field(default_factory=dict)
    exemptions: Exemptions = field(default_factory=Exemptions)
    pictures: dict[str, str] = field(default_factory=dict)
    assets: set[str] = field(default_factory=set)


class Reader:
    """Reads single files below `root` onto `shelves`; a file that cannot be read leaves only problems."""

    def __init__(self, root: Path, shelves: Shelves) -> None:
        self.root = root
        self.shelves = shelves

    def text(self, name: str) -> str | None:
        """The file's text, or None with the reason among the problems."""
        try:
            text = self.shelves.sources[name] = read_text(self.root, name)
            return text
        except Unreadable as error:
            self.shelves.problems.append(error.problem)
            return None

    def yaml(self, name: str) -> tuple[Any, Origin] | None:
        """A YAML file's data and origin; None where it cannot be used."""
        text = self.text(name)
        if text is None:
            return None
        parsed = parse_yaml(text, name)
        self.shelves.problems += parsed.problems
        return None if parsed.problems else (parsed.data, Origin(name, parsed.find_marks))

    def document(self, name: str) -> None:
        """`<id>.<kind>.yml`."""
        identifier, kind = PurePosixPath(name).name.removesuffix(".yml").rsplit(".", 1)
        read = self.yaml(name)
        document, problems = validate(KINDS[kind], *read) if read else (None, [])
        self.shelves.problems += problems
        if document is not None and read is not None:
            self._accept(document, read[1], identifier)
        else:
            self.shelves.broken |= {(kind, identifier), ("file", name)}

    def single(self, name: str, model: type[S]) -> S | None:
        """A YAML file that holds one nameless object (profile, glossary, …)."""
        read = self.yaml(name)
        found, problems = validate(model, *read) if read else (None, [])
        self.shelves.problems += problems
        if found is None or read is None:
            self.shelves.broken.add(("file", name))
            return None
        found._origin = read[1]
        return found

    def cases(self, name: str) -> None:
        """A `cases.yml`."""
        read = self.yaml(name)
        found, problems = validate(Cases, *read) if read else (None, [])
        self.shelves.problems += problems
        if found is None or read is None:
            self.shelves.broken.add(("file", name))
            return
        for index, case in enumerate(found.cases):
            self.shelves.cases.append(PlacedCase(case, read[1], index))

    def page(self, name: str, model: type[Page], identifier: str) -> None:
        """A Markdown page; guides also keep their path below docs/."""
        read = self._markdown(name, model)
        if read is None:
            path = name.removeprefix("docs/").removesuffix(".md")
            self.shelves.broken |= {(model.kind, path if model is Guide else identifier), ("file", name)}
            return
        page, origin, body, body_line = read
        prose, problems = parse_prose(body, name, body_line)
        self.shelves.problems += problems
        page._body = prose
        if isinstance(page, Guide):
            page._path = name.removeprefix("docs/").removesuffix(".md")
        self._accept(page, origin, identifier)

    def regulation(self, name: str) -> None:
        """`regulations/<id>/index.md` with its `rules.yml`, if there is one."""
        rules_name = name.removesuffix("index.md") + "rules.yml"
        rules = self.single(rules_name, Rules) if os.path.lexists(self.root / rules_name) else Rules()
        read = self._markdown(name, Regulation)
        if read is None or rules is None:
            self.shelves.broken.add(("regulation", PurePosixPath(name).parent.name))
        if read is None:
            return
        regulation, origin, body, body_line = read
        prose, problems = parse_prose(body, name, body_line)
        preface, articles, more = split_articles(prose, name, body_line)
        self.shelves.problems += problems + more
        regulation._preface, regulation._gists = preface, articles
        regulation._rules = rules or Rules()
        evidence_name = name.removesuffix("index.md") + "evidence.yml"
        if os.path.lexists(self.root / evidence_name):
            regulation._evidence = self.single(evidence_name, Evidence)
        self._accept(regulation, origin, PurePosixPath(name).parent.name)

    def _markdown(self, name: str, model: type[Any]) -> tuple[Any, Origin, str, int] | None:
        text = self.text(name)
        if text is None:
            return None
        parts = split_front_matter(text, name)
        if isinstance(parts, Problem):
            self.shelves.problems.append(parts)
            return None
        self.shelves.problems += parts.front.problems
        if parts.front.problems:
            return None
        origin = Origin(name, parts.front.find_marks)
        found, problems = validate(model, parts.front.data, origin)
        self.shelves.problems += problems
        return (found, origin, parts.body, parts.body_line) if found is not None else None

    def _accept(self, document: Document, origin: Origin, identifier: str) -> None:
        """Shelve it. One whose id is wrong counts as unread: nobody can tell which of its two names others mean."""
        document._origin = origin
        if document.id != identifier:
            where = "文件夹" if origin.file.endswith("index.md") else "文件"
            message = f"id 是“{document.id}”，{where}名是“{identifier}”"
            hint = f"两者要一样：把 id 改成 {identifier}，或给{where}改名"
            if origin.file == HOME:
                message, hint = f"id 是“{document.id}”，首页的 id 要写 {identifier}", f"把 id 改成 {identifier}"
            self.shelves.problems.append(Problem(origin.place("id"), "id-mismatch", message, hint))
            names = {(document.kind, identifier), (document.kind, document.id), document.key, ("file", origin.file)}
            self.shelves.broken |= names
            return
        self.shelves.documents.append(document)


def guide_identifier(name: str) -> str:
    """The id a page under docs/ must carry: its file's name, for an index its folder's, for the first page `home`."""
    path = PurePosixPath(name.removeprefix("docs/"))
    if path.stem != "index":
        return path.stem
    return path.parent.name or "home"
