"""What every page maker is given: the edition's library, its addresses, the words, and who cites what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from jinja2 import Environment, PackageLoader, StrictUndefined

from portal.model.base import Document
from portal.model.checklist import Checklist
from portal.model.library import Edition, Library
from portal.model.mention import Mention
from portal.model.mention_index import MentionIndex
from portal.model.page import Plan
from portal.model.regulation import Regulation
from portal.model.succession import Successions
from portal.model.tree import Tree
from portal.rendering.addresses import Addresses, find_addresses, page_address

Words = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, eq=False)
class Site:
    """One edition of the site. `library` already holds only what this edition may see.

    `rules` are code and sentence of every check, for the handbook; `home` is the web address it will stand at, if known.
    `words` are those of `lang`; `translations` those of the other languages in which this edition has pages.
    """

    library: Library
    edition: Edition
    words: Words
    rules: tuple[tuple[str, str], ...] = ()
    home: str = ""
    lang: str = "zh"
    translations: Mapping[str, Words] = field(default_factory=dict)

    def speaking(self, lang: str) -> Site:
        """The same site with the interface words of another language; raises KeyError for one that has none."""
        return self if lang == self.lang else self._others[lang]

    @cached_property
    def _others(self) -> Mapping[str, Site]:
        return {lang: replace(self, lang=lang, words=words) for lang, words in self.translations.items()}

    def day(self, value: date) -> str:
        """`2026年3月2日`, `2 March 2026`."""
        words = self.words["date"]
        return words["day"].format(year=value.year, month=words["months"].split()[value.month - 1], day=value.day)

    @cached_property
    def languages(self) -> Mapping[str, str]:
        """Address → language of the pages that are not in Chinese."""
        return {page_address(guide): guide.lang for guide in self.library.guides.values() if guide.lang != "zh"}

    @cached_property
    def addresses(self) -> Addresses:
        """Where everything stands."""
        return find_addresses(self.library)

    @cached_property
    def page_files(self) -> Mapping[str, str]:
        """Authored Markdown file → address of its page."""
        return {page.origin.file: page_address(page) for page in self.library.pages()}

    @cached_property
    def templates(self) -> Environment:
        """Logic-free templates; everything printed is escaped unless a maker marked it finished."""
        return Environment(
            loader=PackageLoader("portal.rendering"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # a Site is made for one build: no need to look at the file before each use
        )

    @cached_property
    def index(self) -> MentionIndex:
        """Who names what."""
        return MentionIndex(self.library)

    @cached_property
    def successions(self) -> Successions:
        """Which regulations took the place of which."""
        return Successions(self.library)

    @cached_property
    def shelves(self) -> Mapping[str, Sequence[Document]]:
        """Kind → objects of the kinds that have an index page; only kinds of which this edition holds something."""
        library = self.library
        shelves: dict[str, Sequence[Document]] = {
            "procedure": tuple(library.procedures.values()),
            "plan": tuple(library.plans.values()),
            "tree": tuple(library.trees.values()),
            "form": tuple(library.forms.values()),
            "drill": tuple(library.drills.values()),
            "checklist": tuple(library.checklists.values()),
            "regulation": self.regulations,
        }
        return {kind: shelf for kind, shelf in shelves.items() if shelf}

    @cached_property
    def regulations(self) -> Sequence[Regulation]:
        """The regulations, most cited first: the one that everything rests on heads every list."""
        count: dict[str, int] = defaultdict(int)
        for (regulation, _), cited in self.index.citing.items():
            count[regulation] += len(cited)
        return sorted(self.library.regulations.values(), key=lambda regulation: -count[regulation.id])

    def fill(self, template: str, **view: object) -> str:
        """A template filled with finished strings and lists."""
        return self.templates.get_template(template).render(w=self.words, **view)

    def spot(self, mention: Mention) -> tuple[str, str]:
        """Where a mention stands, for a reader: its title and its address (an item or an outcome, where it is one)."""
        source = mention.source
        assert source is not None
        address = self.addresses.of[source.key]
        page = address.partition("#")[0]
        match mention.path:
            case ("phases", phase, "items", item, *_) if isinstance(source, Checklist):
                entry = source.phases[str(phase)].items[str(item)]
                return f"{source.title}：{entry.do}", f"{page}#{source.id}--{item}"
            case ("outcomes", name, *_) if isinstance(source, Tree):
                return f"{source.title}：{source.outcomes[str(name)].title}", f"{page}#{source.id}--{name}"
            case ("questions", name, *_) if isinstance(source, Tree):
                return f"{source.title}：{source.questions[str(name)].ask}", f"{page}#{source.id}--{name}"
        return source.title, address

    def kind_name(self, document: Document) -> str:
        """The kind of an object in the reader's language."""
        return self.words["kind"]["plan" if isinstance(document, Plan) else document.kind]
