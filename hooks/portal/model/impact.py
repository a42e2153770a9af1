"""What rests on an article or a limit, and what holds that in turn. Built on the one list of mentions.

A thing rests on an article that it cites, on a limit that it uses, and on what it embeds: a checklist on its steps, a
page on the checklist placed on it, a drill on the steps it expects. A plain link to another page embeds nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from portal.model.checklist import Checklist
from portal.model.citation import Citation
from portal.model.drill import Drill
from portal.model.ground import Ground
from portal.model.library import Library
from portal.model.mention import Mention, Path, mentions
from portal.model.place import Place
from portal.model.regulation import Regulation
from portal.model.tree import Tree

How = Literal["cite", "successor", "limit", "beside", "form", "expect", "practise", "place", "hold"]
KINDS = (
    "limit",
    "duty",
    "article",
    "regulation",
    "step",
    "question",
    "outcome",
    "checklist",
    "tree",
    "form",
    "drill",
    "procedure",
    "plan",
    "page",
    "term",
    "profile",
)
"""Kinds of things in the order of a report. A step is an item of a checklist; an article stands for its gist."""
_ENDS: tuple[How, ...] = ("beside", "successor")
"""Told, and not followed further: a local limit keeps its number when the national one beside it changes."""


class Thing(NamedTuple):
    """`id` as it is mentioned: `xinfang-2022/handle`, `review/tell` (checklist/item), `citizens/review` (a page)."""

    kind: str
    id: str


class Way(NamedTuple):
    """How a thing rests: `mention` is the spot; `on` what is named there (a citation, or a thing found before)."""

    how: How
    on: str
    mention: Mention


@dataclass(frozen=True, slots=True)
class Rest:
    """A thing that rests on what was asked for, in every way it does."""

    thing: Thing
    public: bool
    ways: tuple[Way, ...]

    @property
    def direct(self) -> bool:
        """Does it name the article, or a limit that rests on it, itself?"""
        return any(way.how in ("cite", "successor", "limit", "beside") for way in self.ways)


@dataclass(frozen=True, slots=True)
class Impact:
    """All that rests on `ground`, in the order of KINDS and ids.

    `whole` are citations of the whole regulation, where only a part of it was asked for: they are not followed.
    """

    ground: Ground
    rests: tuple[Rest, ...]
    whole: tuple[Mention, ...] = ()


@dataclass(frozen=True)
class Reliance:
    """Who relies on what in a library, gathered once for many questions."""

    library: Library

    @cached_property
    def _mentions(self) -> Sequence[tuple[Thing, Mention]]:
        """Every mention with the thing that makes it."""
        return [(holder(self.library, mention), mention) for mention in mentions(self.library)]

    @cached_property
    def _users(self) -> Mapping[Thing, Sequence[tuple[Thing, Way]]]:
        """What rests on each thing, one step away."""
        users: dict[Thing, list[tuple[Thing, Way]]] = defaultdict(list)
        for user, mention in self._mentions:
            used = _used(self.library, mention)
            if used:
                thing, how = used
                users[thing].append((user, Way(how, thing.id, mention)))
        for part, mention in _parts(self.library):
            users[part].append((holder(self.library, mention, inside=False), Way("hold", part.id, mention)))
        return users

    @cached_property
    def _citing(self) -> Mapping[str, Sequence[tuple[Thing, Mention, Citation]]]:
        """Regulation id → every citation of it."""
        found: dict[str, list[tuple[Thing, Mention, Citation]]] = defaultdict(list)
        for user, mention in self._mentions:
            if mention.citation:
                found[mention.citation.regulation].append((user, mention, mention.citation))
        return found

    def on(self, ground: Ground) -> Impact:
        """Everything that rests on it."""
        search = _Search(self._users)
        if ground.limit:
            search.follow(Thing("limit", ground.limit))
            return Impact(ground, search.rests())
        whole: list[Mention] = []
        for user, mention, cited in self._citing.get(ground.citation.regulation, ()):
            if overlap(self.library, ground.citation, cited):
                how: How = "successor" if mention.path[:1] == ("successors",) else "cite"
                search.add(user, Way(how, str(cited), mention))
            elif not cited.article:
                whole.append(mention)
        return Impact(ground, search.rests(), tuple(whole))


@dataclass(slots=True)
class _Search:
    """Goes from users to their users; each thing is followed once, whatever leads back to it."""

    users: Mapping[Thing, Sequence[tuple[Thing, Way]]]
    found: dict[Thing, list[Way]] = field(default_factory=dict)
    followed: set[Thing] = field(default_factory=set)

    def add(self, thing: Thing, way: Way) -> None:
        """A thing that rests, and all that rests on it."""
        self.found.setdefault(thing, []).append(way)
        if way.how not in _ENDS:
            self.follow(thing)

    def follow(self, start: Thing) -> None:
        """All that rests on `start`, which itself is not counted by this."""
        waiting = [start]
        while waiting:
            here = waiting.pop()
            if here in self.followed:
                continue
            self.followed.add(here)
            for user, way in self.users.get(here, ()):
                self.found.setdefault(user, []).append(way)
                if way.how not in _ENDS:
                    waiting.append(user)

    def rests(self) -> tuple[Rest, ...]:
        """What was found, in the order of a report."""
        ordered = sorted(self.found.items(), key=lambda pair: (KINDS.index(pair[0].kind), pair[0].id))
        return tuple(Rest(thing, ways[0].mention.public, tuple(ways)) for thing, ways in ordered)


def overlap(library: Library, asked: Citation, cited: Citation) -> bool:
    """Does one of them name the other or a part of it? A citation of a whole regulation names no article of it."""
    if asked.regulation != cited.regulation or (asked.article and asked.article != cited.article):
        return False
    if not asked.article:
        return True
    ours, theirs = _full_parts(library, asked), _full_parts(library, cited)
    return all(one == other for one, other in zip(ours, theirs, strict=False))


def _full_parts(library: Library, citation: Citation) -> tuple[int, ...]:
    """Paragraph and item: in `31.6` the paragraph is left out, because the article has only one."""
    article = library.article(citation)
    if article and len(article.paragraphs) == 1 and article.paragraphs[0] and len(citation.parts) == 1:
        return (1, *citation.parts)
    return citation.parts


def holder(library: Library, mention: Mention, inside: bool = True) -> Thing:
    """The thing that a mention belongs to: the smallest that a reader would name; its document if not `inside`."""
    source = mention.source
    if source is None:
        return Thing("term", str(mention.path[1])) if mention.path[:1] == ("terms",) else Thing("profile", "profile")
    part = _part(source.id, mention.path) if inside and isinstance(source, (Checklist, Tree)) else None
    if isinstance(source, Regulation):
        part = _law_part(source, mention)
    return part or Thing(*source.key)


def _part(owner: str, path: Path) -> Thing | None:
    match path:
        case ("phases", _, "items", name, *_):
            return Thing("step", f"{owner}/{name}")
        case ("outcomes", name, *_):
            return Thing("outcome", f"{owner}/{name}")
        case ("questions", name, *_):
            return Thing("question", f"{owner}/{name}")
    return None


def _law_part(regulation: Regulation, mention: Mention) -> Thing | None:
    """A limit, a duty, or the article in whose gist (or in whose line of the map) the mention stands."""
    match mention.path:
        case ("limits", name, *_):
            return Thing("limit", f"{regulation.id}/{name}")
        case ("duties", name, *_):
            return Thing("duty", f"{regulation.id}/{name}")
        case ("successors", number, *_):
            return Thing("article", f"{regulation.id}/{number}")
    if not isinstance(mention.at, Place):
        return None
    above = [article.number for article in regulation.gists.values() if article.place.line <= mention.at.line]
    return Thing("article", f"{regulation.id}/{above[-1]}") if above else None


def _used(library: Library, mention: Mention) -> tuple[Thing, How] | None:
    """The thing that a mention makes its holder rest on. Links, roles, actors and events make nothing rest."""
    name = next((step for step in reversed(mention.path) if isinstance(step, str)), "")
    match mention.kind, name:
        case "limit", "beside":
            return Thing("limit", mention.target), "beside"
        case (("limit" | "place:limits"), _):
            return Thing("limit", mention.target), "limit"
        case "form", ("form" | "forms"):
            return Thing("form", mention.target), "form"
        case "step", _ if isinstance(mention.source, Drill):
            return _step(library, mention.target), "expect"
        case "work", _ if isinstance(mention.source, Drill):
            return Thing("plan" if mention.target in library.plans else "procedure", mention.target), "practise"
        case (("place:checklist" | "place:tree" | "place:form" | "place:drill"), _):
            return Thing(mention.kind.removeprefix("place:"), mention.target), "place"
    return None


def _step(library: Library, target: str) -> Thing:
    """`checklist/item` or `tree/outcome`: the two never share an id."""
    return Thing("step" if target.partition("/")[0] in library.checklists else "outcome", target)


def _parts(library: Library) -> Iterator[tuple[Thing, Mention]]:
    """Items, questions and outcomes, each with the spot where its document holds it."""
    documents: Iterable[tuple[Checklist | Tree, Path]] = [
        *(
            (c, ("phases", phase, "items", item))
            for c in library.checklists.values()
            for phase, item, _ in c.all_items()
        ),
        *((t, ("questions", name)) for t in library.trees.values() for name in t.questions),
        *((t, ("outcomes", name)) for t in library.trees.values() for name in t.outcomes),
    ]
    for document, path in documents:
        part = _part(document.id, path)
        if part:
            yield part, Mention("hold", part.id, document.origin, document, document.public, path, key=True)
