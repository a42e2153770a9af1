"""One page's eyes: turns references, citations and limits into HTML as seen from that page's address.

These are the components that look the same everywhere: citation, time limit, role, mark, reference.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from portal.model.beside import beside
from portal.model.citation import Citation, chinese_number
from portal.model.length import Length
from portal.model.mention import citation_of
from portal.model.reference import Reference, split_references
from portal.model.regulation import Limit
from portal.rendering.addresses import relative
from portal.rendering.language import chinese_marked, has_chinese
from portal.rendering.markup import markup
from portal.rendering.site import Site


@dataclass(frozen=True, slots=True)
class View:
    """A page under construction at `here`."""

    site: Site
    here: str

    def href(self, kind: str, name: str) -> str:
        """Relative address of an object; the page itself where this edition does not hold the object."""
        address = self.site.addresses.of.get((kind, name))
        return relative(self.here, address) if address else "#"

    def to(self, address: str) -> str:
        """Relative address of a file of the site."""
        return relative(self.here, address)

    def link(self, kind: str, name: str, label: str = "") -> Markup:
        """A link to an object; its title unless the author wrote a label."""
        if kind == "work":
            kind = "plan" if name in self.site.library.plans else "procedure"
        address = self.site.addresses.of.get((kind, name), "#")
        return self._labelled(address, label or self._title(kind, name))

    def text_link(self, address: str, title: str) -> Markup:
        """A link to a spot of the site; references inside the title are flattened to their labels."""
        plain = "".join(piece if isinstance(piece, str) else self._plain(piece) for piece in split_references(title))
        return self._labelled(address, plain)

    def _labelled(self, address: str, label: str) -> Markup:
        """A link; what is in another language than this page says so."""
        lang = self.site.languages.get(address.partition("#")[0], "zh")
        goal = relative(self.here, address) if address != "#" else address
        if lang == self.site.lang:
            return markup('<a href="{}">{}</a>', goal, self.said(label))
        own = markup(' lang="{}"', lang) if lang != "zh" and not has_chinese(label) else ""
        return markup('<a href="{}" hreflang="{}"{}>{}</a>', goal, lang, own, self.said(label))

    def said(self, text: str) -> Markup:
        """Text as HTML; on a page in another language each run of Chinese says that it is Chinese."""
        return escape(text) if self.site.lang == "zh" else chinese_marked(text)

    def _plain(self, reference: Reference) -> str:
        return str(self.reference(reference).striptags())

    def anchor_link(self, kind: str, owner: str, name: str, label: str) -> Markup:
        """A link to an item of a checklist or an outcome of a tree."""
        page = self.site.addresses.of[kind, owner].partition("#")[0]
        return self.text_link(f"{page}#{owner}--{name}", label)

    def step_link(self, target: str, label: str = "") -> Markup:
        """A link to `list/item`, `tree/outcome` or `tree/question`, with its own words unless the author wrote a label."""
        owner, _, name = target.partition("/")
        library = self.site.library
        checklist, tree = library.checklists.get(owner), library.trees.get(owner)
        if checklist:
            words = next(item.do for _, own, item in checklist.all_items() if own == name)
            return self.anchor_link("checklist", owner, name, label or words)
        if tree:
            words = tree.outcomes[name].title if name in tree.outcomes else tree.questions[name].ask
            return self.anchor_link("tree", owner, name, label or words)
        return escape(label or target)

    def _title(self, kind: str, name: str) -> str:
        if kind == "term":
            return self.site.library.glossary.terms[name].term
        document = self.site.library.find(kind, name)
        return document.title if document else name

    def cite(self, citation: Citation, label: str = "") -> Markup:
        """A citation with its link; `未核对` where nobody checked it against the official text."""
        if citation.name:
            return markup('<span class="cite">{}{}</span>', self.said(f"《{citation.name}》"), self.mark("unverified"))
        regulation = self.site.library.regulations.get(citation.regulation)
        name = label or citation_name(self.site, citation)
        address = self.site.addresses.of.get(("regulation", citation.regulation), self.here)
        target = relative(self.here, f"{address}#{citation.anchor}" if citation.anchor else address)
        unverified = citation.unverified or (regulation is not None and regulation.verified == "no")
        mark = self.mark("unverified") if unverified else Markup()
        return markup('<a class="cite" href="{}">{}</a>{}', target, self.said(name), mark)

    def cites(self, citations: Iterable[Citation]) -> Markup:
        """Several citations in a row."""
        return escape(self.site.words["part"]["comma"]).join(self.cite(citation) for citation in citations)

    def basis(self, citations: Iterable[Citation], practice: bool) -> Markup:
        """What a step rests on: its articles, the mark for practice, or both."""
        given = tuple(citations)
        cited = markup("{}{}", self.site.words["part"]["basis"], self.cites(given)) if given else Markup()
        return cited + (self.mark("practice") if practice else Markup())

    def mark(self, name: str) -> Markup:
        """A small mark with its meaning as a tooltip; the word itself carries the meaning."""
        marks = self.site.words["mark"]
        return markup(' <span class="mark mark--{}" title="{}">{}</span>', name, marks[name + "-help"], marks[name])

    def limit(self, name: str, label: str = "") -> Markup:
        """A time limit inside a sentence: its length, linked to the encoded fact; a figure that nobody checked is marked."""
        found = self.site.library.limit(name)
        text = label or (self.length(found[1].length) if found else name)
        unchecked = found is not None and found[0].verified == "no" and not label
        mark = self.mark("unverified") if unchecked else Markup()
        return markup('<a class="limit" href="{}">{}</a>{}', self.href("limit", name), self.said(text), mark)

    def threshold(self, name: str) -> Markup:
        """A level of the organisation's own grading inside a sentence: its name and from how many on it counts."""
        profile = self.site.library.profile
        found = profile.levels.get(name) if profile else None
        if found is None:
            return escape(name)
        grading, level = found
        words = self.site.words["part"]["from-level"]
        return self.said(words.format(title=level.title, number=level.at_least, unit=grading.unit))

    def deadline(self, name: str) -> Markup:
        """A time limit on its own: from when, how long, the marks it needs; after it those that stand beside it."""
        others = [
            markup(' <span class="beside">{}{}</span>', self.site.words["limit"]["beside"], self._deadline(other))
            for other in beside(self.site.library, name)
        ]
        return Markup().join([self._deadline(name), *others])

    def _deadline(self, name: str) -> Markup:
        found = self.site.library.limit(name)
        if found is None:
            return Markup()
        regulation, limit = found
        words = self.site.words["limit"]
        extension = ""
        if limit.extend:
            extension = words["extend"].format(length=self.length(limit.extend.by))
        mark = self.mark("assumed") if limit.counting == "assumed" else Markup()
        if regulation.verified == "no":
            mark += self.mark("unverified")
        pattern = '<span class="deadline"><a href="{}">{}</a>：{}<b>{}</b>{}{}</span>'
        length = self.length(limit.length)
        return markup(pattern, self.href("limit", name), limit.title, self.event(limit), length, extension, mark)

    def event(self, limit: Limit) -> str:
        """`自受理之日起`."""
        name = self.site.library.vocabulary.events.get(limit.from_, limit.from_)
        return self.site.words["limit"]["from"].format(event=name)

    def length(self, length: Length) -> str:
        """`60 日`, `5 个工作日`, `1 month`."""
        words = self.site.words["length-one" if length.number == 1 else "length"]
        return words[length.unit].format(number=length.number)

    def role(self, name: str) -> str:
        """The title of a role of this organisation."""
        profile = self.site.library.profile
        role = profile.roles.get(name) if profile else None
        return role.title if role else name

    def actor(self, name: str) -> str:
        """The name of an actor of a limit or duty."""
        return self.site.library.vocabulary.actors.get(name, name)

    def picture(self, name: str, said: str = "") -> Markup:
        """A drawn picture inside the page; without `said` the words beside it say the same."""
        spoken = markup('role="img" aria-label="{}"', said) if said else Markup('aria-hidden="true"')
        shapes = Markup(self.site.library.pictures.get(name, ""))  # the reading room let only plain shapes pass
        return markup('<svg class="picture picture--{}" viewBox="0 0 96 96" {}>{}</svg>', name, spoken, shapes)

    def text(self, text: str) -> Markup:
        """An authored line: references become links, everything else is shown as it stands."""
        return Markup().join(
            self.said(piece) if isinstance(piece, str) else self.reference(piece) for piece in split_references(text)
        )

    def reference(self, reference: Reference) -> Markup:
        """One reference as a component."""
        if reference.scheme == "limit":
            return self.limit(reference.target, reference.label)
        if reference.scheme in ("step", "question"):
            return self.step_link(reference.target, reference.label)
        if reference.scheme == "threshold":
            return self.threshold(reference.target)
        if reference.scheme == "tel":
            number = reference.target
            return Markup('<a class="tel" href="tel:{}">{}</a>').format(number, reference.label or number)
        if reference.scheme == "cite":
            citation = citation_of(reference.target)
            return self.cite(citation, reference.label) if citation else escape(reference.target)
        return self.link(reference.scheme, reference.target, reference.label)


def citation_name(site: Site, citation: Citation) -> str:
    """`《信访工作条例》第三十一条第六项`; in English `Regulations on Petition Work, art. 31(6)`, if the title has one."""
    regulation = site.library.regulations.get(citation.regulation)
    title = regulation.title if regulation else citation.regulation
    if site.lang == "en" and regulation and regulation.english:
        return regulation.english + place_name(site, citation)
    return f"《{title}》{place_name(site, citation)}"


def place_name(site: Site, citation: Citation) -> str:
    """`第三十一条第六项`, `第二十条第三款`, `第二十二条第一款第三项`; `, art. 22, para. 1(3)`."""
    if not citation.article:
        return ""
    words = site.words["place"]
    counted = chinese_number if site.lang == "zh" else str
    article = site.library.article(citation)
    only_items = article is not None and len(article.paragraphs) == 1 and article.paragraphs[0] > 0
    signs = ("item",) if len(citation.parts) == 1 and only_items else ("paragraph", "item", "subitem")
    number, _, insert = citation.article.partition("-")
    named = [("article", int(number)), *([("insert", int(insert))] if insert else [])]
    named += zip(signs, citation.parts, strict=False)
    return "".join(words[sign].format(number=counted(part)) for sign, part in named)
