"""The impact of a change as records and as plain lines: what rests on it, how, where it stands, who may read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from portal.build import load_words, open_site
from portal.model.citation import article_name
from portal.model.ground import Ground
from portal.model.impact import Impact, Rest, Thing, Way
from portal.model.library import Library
from portal.model.place import Place
from portal.model.tree import Tree
from portal.rendering.view import View, place_name

KIND_NAMES = {
    "limit": "期限",
    "duty": "职责",
    "article": "条文要旨和新旧对照",
    "regulation": "法规页面",
    "step": "清单里的步骤",
    "question": "问路树里的问题",
    "outcome": "问路树的结果",
    "checklist": "清单",
    "tree": "问路树",
    "form": "表单",
    "drill": "演练",
    "procedure": "流程",
    "plan": "预案",
    "page": "页面",
    "term": "词条",
    "profile": "单位资料",
}
_FIELDS = {"article": "依据就是 {on}", "applies": "只适用于 {on}", "counting_basis": "按 {on} 计算"}
_WAYS = {
    "cite": "直接引用 {on}",
    "successor": "旧条文对照到 {on}",
    "limit": "用期限 {on}",
    "beside": "和期限 {on} 并列",
    "form": "用表单 {on}",
    "expect": "要求做到步骤 {on}",
    "practise": "演练 {on}",
    "place": "放置了{kind} {on}",
    "hold": "含有{kind} {on}",
}


@dataclass(frozen=True)
class Teller:
    """Puts an impact into words. Addresses are those of the staff edition."""

    library: Library

    @cached_property
    def _view(self) -> View:
        return View(open_site(self.library, "staff", load_words()), "index.html")

    def ground(self, ground: Ground) -> str:
        """`《信访工作条例》第三十一条第六项（xinfang-2022/31.6）`."""
        found = self.library.limit(ground.limit)
        if found:
            return f"《{found[0].title}》的期限“{found[1].title}”（{ground}）"
        title = self.library.regulations[ground.citation.regulation].title
        return f"《{title}》{place_name(self._view.site, ground.citation)}（{ground}）"

    def record(self, impact: Impact) -> dict[str, Any]:
        """The JSON form: what was asked, how many of each kind, each thing with its ways."""
        return {
            "ground": str(impact.ground),
            "title": self.ground(impact.ground),
            "counts": dict(Counter(rest.thing.kind for rest in impact.rests)),
            "rests": [self._rest(rest) for rest in impact.rests],
            "whole_regulation": [str(mention.place) for mention in impact.whole],
        }

    def _rest(self, rest: Rest) -> dict[str, Any]:
        return {
            "kind": rest.thing.kind,
            "id": rest.thing.id,
            "title": self._title(rest.thing),
            "audience": "public" if rest.public else "staff",
            "page": self._page(rest.thing),
            "direct": rest.direct,
            "ways": [_way(place, words, way) for (place, words), way in _spots(rest)],
        }

    def lines(self, impact: Impact) -> Iterator[str]:
        """The plain form: a heading for each kind with its number, a line for each thing, one for each of its ways."""
        public = sum(rest.public for rest in impact.rests)
        direct = sum(rest.direct for rest in impact.rests)
        count = len(impact.rests)
        yield f"{self.ground(impact.ground)}：影响 {count} 处，其中公开 {public} 处、内部 {count - public} 处"
        if direct < count:
            yield f"自己引用条文或用到期限的 {direct} 处；含有、放置、使用这些内容的另有 {count - direct} 处"
        for kind, group in groupby(impact.rests, key=lambda rest: rest.thing.kind):
            rests = list(group)
            yield f"{KIND_NAMES[kind]}（{len(rests)}）"
            for rest in rests:
                yield from self._rest_lines(rest)
        if impact.whole:
            yield f"另有 {len(impact.whole)} 处只引用整部法规，没有列出；要看，查法规编号"

    def _rest_lines(self, rest: Rest) -> Iterator[str]:
        audience = "公开" if rest.public else "内部"
        page = self._page(rest.thing)
        yield f"  {rest.thing.id} {self._title(rest.thing)}〔{audience}〕{page}".rstrip()
        for (place, words), _ in _spots(rest):
            yield f"    {place}: {words}"

    def _title(self, thing: Thing) -> str:
        return str(self._view.text(_title(self.library, thing)).striptags())

    def _page(self, thing: Thing) -> str:
        """The address where a reader finds it; empty for the profile, which has none."""
        addresses = self._view.site.addresses.of
        owner, _, name = thing.id.partition("/")
        match thing.kind:
            case "step":
                return f"{addresses['checklist', owner].partition('#')[0]}#{owner}--{name}"
            case "question" | "outcome":
                return f"{addresses['tree', owner].partition('#')[0]}#{owner}--{name}"
            case "duty":
                return f"{addresses['regulation', owner]}#duties"
            case "article":
                return f"{addresses['regulation', owner]}#article-{name}"
        return addresses.get((thing.kind, thing.id), "")


def _spots(rest: Rest) -> Sequence[tuple[tuple[Place, str], Way]]:
    """Its ways with place and words, those that read the same told once; in prose two may share a place."""
    return list({(way.mention.place, _words(way)): way for way in rest.ways}.items())


def _way(place: Place, words: str, way: Way) -> dict[str, Any]:
    where = {"file": place.file, "line": place.line, "column": place.column}
    return {"how": way.how, "on": way.on, "words": words, **where}


def _words(way: Way) -> str:
    """How it rests, in the words of the list."""
    last = way.mention.path[-1] if way.mention.path else ""
    pattern = _FIELDS.get(str(last), _WAYS["cite"]) if way.how == "cite" else _WAYS[way.how]
    return pattern.format(on=way.on, kind=_embedded(way))


def _embedded(way: Way) -> str:
    """The kind of what is placed or held, in Chinese."""
    if way.how == "place":
        return KIND_NAMES[way.mention.kind.removeprefix("place:")]
    if way.how != "hold":
        return ""
    return {"phases": "步骤", "questions": "问题", "outcomes": "结果"}[str(way.mention.path[0])]


def _title(library: Library, thing: Thing) -> str:
    """What its author called it."""
    owner, _, name = thing.id.partition("/")
    match thing.kind:
        case "limit" | "duty":
            rules = library.regulations[owner].rules
            return rules.limits[name].title if thing.kind == "limit" else rules.duties[name].title
        case "article":
            gist = library.regulations[owner].gists.get(name)
            return f"{article_name(name)} {gist.title if gist else ''}".rstrip()
        case "step":
            return next(item.do for _, id_, item in library.checklists[owner].all_items() if id_ == name)
        case "question" | "outcome":
            return _branch_title(library.trees[owner], thing.kind, name)
        case "term":
            return library.glossary.terms[thing.id].term
        case "profile":
            return KIND_NAMES["profile"]
    document = library.find(thing.kind, thing.id)
    return document.title if document else thing.id


def _branch_title(tree: Tree, kind: str, name: str) -> str:
    return tree.questions[name].ask if kind == "question" else tree.outcomes[name].title
