"""Citations that prose writes in Chinese become links, and count like any other citation.

Done when everything is read: only then are the titles of all regulations known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from portal.model.citation import Citation
from portal.model.library import Library
from portal.model.place import Place
from portal.model.problem import Problem
from portal.model.prose import Link, Prose
from portal.model.prose_citation import ProseCitation, Target, explain
from portal.model.regulation import Regulation
from portal.reading.home import Home
from portal.reading.prose_citation import Context, find_in_pieces
from portal.reading.titles import titles_of

_MAY_CITE = re.compile("第|前[一二两三四五六七八九]?[条款项]|[本同该][条款项]|以下.{0,2}称")
LIKELY = "信访工作条例"
"""What an unclear citation most likely means: the regulation that everything here rests on."""


def link_citations(library: Library) -> Iterator[Problem]:
    """Link what the prose of the library cites; yields a warning for each citation that stays unclear."""
    context = Context(titles_of(library.regulations.values()), None, LIKELY)
    for page in library.pages():
        work = _Work(library, page.origin.file, context)
        page._body = work.linked(page.body)
        yield from work.problems
    for regulation in library.regulations.values():
        yield from _link_regulation(library, regulation, context)


def _link_regulation(library: Library, regulation: Regulation, context: Context) -> Iterator[Problem]:
    order = tuple(regulation.gists)
    links: list[Link] = []
    for number, article in regulation.gists.items():
        work = _Work(library, regulation.origin.file, context, own=regulation)
        homes = _Homes(Home(regulation.id, number, articles=order), article.paragraphs)
        work.linked(article.gist, homes)
        links += work.links
        yield from work.problems
    regulation._preface = replace(regulation.preface, links=(*regulation.preface.links, *links))


@dataclass(slots=True)
class _Homes:
    """Where each paragraph of an article's gist stands in the article, told token by token."""

    home: Home
    paragraphs: tuple[int, ...]
    paragraph: int = 0
    item: int = 0

    def pass_by(self, token: Token) -> None:
        """Take note of one token more."""
        if token.type == "paragraph_open" and token.level == 0:
            self.paragraph, self.item = self.paragraph + 1, 0
        elif token.type == "list_item_open" and token.level == 1:
            self.item += 1

    @property
    def here(self) -> Home:
        """The place of the last token."""
        return replace(self.home, paragraph=self.paragraph, item=self.item)


@dataclass(slots=True)
class _Work:
    """One text while its citations are linked."""

    library: Library
    file: str
    context: Context
    own: Regulation | None = None
    links: list[Link] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def linked(self, prose: Prose, homes: _Homes | None = None) -> Prose:
        """The prose with its citations linked in its tokens and added to its links."""
        for token in prose.tokens:
            if homes:
                homes.pass_by(token)
            if token.type == "inline" and _MAY_CITE.search(token.content):
                self._inline(token, prose.first_line, homes.here if homes else None)
        return replace(prose, links=(*prose.links, *self.links)) if self.links else prose

    def _inline(self, token: Token, first_line: int, home: Home | None) -> None:
        children = list(token.children or [])
        context = replace(self.context, home=home) if home else self.context
        found = find_in_pieces(list(_pieces(children)), context)
        line = first_line + (token.map[0] if token.map else 0)
        last = first_line + (token.map[1] if token.map else 1)
        cuts: dict[int, list[tuple[ProseCitation, Citation]]] = {}
        for index, citation in found:
            place = self._place(citation.words, line, last)
            if citation.reason:
                self.problems.append(Problem(place, "citation-unclear", *explain(citation), "warning"))
                continue
            targets = [cited for target in citation.targets if (cited := self._cited(target))]
            self.links += (Link(f"cite:{cited}", place) for cited in targets)
            if targets:
                cuts.setdefault(index, []).append((citation, targets[0]))
        if cuts:
            token.children = list(_with_links(children, cuts))

    def _cited(self, target: Target) -> Citation | None:
        """What a link may lead to. A regulation of which only some articles are here may name its others unlinked."""
        regulation = self.library.regulations.get(target.regulation)
        article = regulation.gists.get(target.article) if regulation else None
        if regulation is None or (article is None and regulation is self.own):
            return None
        return target.citation(article.paragraphs if article else ())

    def _place(self, words: str, line: int, end: int) -> Place:
        """The words themselves, if they stand on one line; else the line where their paragraph begins."""
        lines = self.library.sources.get(self.file, "").split("\n")
        for number in range(line, min(end, len(lines) + 1)):
            column = lines[number - 1].find(words)
            if column >= 0:
                return Place(self.file, number, column + 1)
        return Place(self.file, line)


def _pieces(children: Sequence[Token]) -> Iterator[tuple[str, bool]]:
    """The text of each child, and whether a citation in it may become a link: not in code, not in a link."""
    depth = 0
    for child in children:
        depth += child.nesting if child.type in ("link_open", "link_close") else 0
        if child.type == "text":
            yield child.content, depth == 0
        elif child.type in ("softbreak", "hardbreak"):
            yield "\n", False
        else:
            yield child.content if child.type == "code_inline" else "", False


def _with_links(children: Sequence[Token], cuts: dict[int, list[tuple[ProseCitation, Citation]]]) -> Iterator[Token]:
    """The children, each text cut where a link begins and ends."""
    for index, child in enumerate(children):
        position = 0
        for words, cited in cuts.get(index, ()):
            yield child.copy(content=child.content[position : words.start])
            yield Token("link_open", "a", 1, attrs={"href": f"cite:{cited}"}, level=child.level)
            yield child.copy(content=child.content[words.start : words.end], level=child.level + 1)
            yield Token("link_close", "a", -1, level=child.level)
            position = words.end
        yield child.copy(content=child.content[position:]) if position else child
