"""The comparison of two official texts as records and as plain lines, with what rests on each changed article."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from portal.impact import Teller
from portal.model.amendment import Change, compare, words
from portal.model.citation import Citation, article_name
from portal.model.ground import Ground
from portal.model.impact import Impact, Reliance
from portal.model.library import Library
from portal.model.official import Article, OfficialText, squeeze
from portal.model.regulation import Regulation, Verified
from portal.reading.titles import plain_title

_KINDS = {
    "changed": "改了",
    "renumbered": "只改了条号",
    "removed": "删去",
    "added": "新增",
    "same": "没有变",
}
_MOST_EDITS, _LONGEST_EDIT = 6, 40
_REWRITTEN = 0.6


class UnknownRegulation(ValueError):
    """No regulation of the library has this title, or several have."""


def find_regulation(library: Library, old: OfficialText, name: str = "") -> Regulation:
    """The regulation called `name`; without a name the one with the old text's title. Raises UnknownRegulation."""
    if name:
        if name not in library.regulations:
            raise UnknownRegulation(f"没有“{name}”这部法规；已有的见 portal list")
        return library.regulations[name]
    fitting = [one for one in library.regulations.values() if plain_title(one.title) == plain_title(old.title)]
    dated = [one for one in fitting if one.adopted == old.adopted] or fitting
    if len(dated) != 1:
        found = "有好几部：" + "、".join(one.id for one in dated) if dated else "没有这部法规"
        raise UnknownRegulation(f"《{old.title}》在库里{found}；用 --as 法规编号 指明")
    return dated[0]


@dataclass(frozen=True, slots=True)
class Effect:
    """One change and what it touches: `impact` is None where the library cannot cite the article.

    `lost`: ids of the limits whose words of evidence the new article no longer holds.
    """

    change: Change
    impact: Impact | None
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Amendment:
    """Two texts, the regulation that encodes one of them, and every change with its effect.

    `numbered_new`: the library was already checked against the new text, so that its citations use the new numbers.
    """

    regulation: Regulation
    old: OfficialText
    new: OfficialText
    numbered_new: bool
    effects: tuple[Effect, ...]


def amend(library: Library, regulation: Regulation, old: OfficialText, new: OfficialText) -> Amendment:
    """Compare the texts and look up what rests on each article that is changed, renumbered or removed."""
    verified = regulation.verified
    numbered_new = isinstance(verified, Verified) and verified.sha256 == new.sha256 != old.sha256
    reliance = Reliance(library)
    effects = tuple(_effect(reliance, regulation, change, numbered_new) for change in compare(old, new))
    return Amendment(regulation, old, new, numbered_new, effects)


def _effect(reliance: Reliance, regulation: Regulation, change: Change, numbered_new: bool) -> Effect:
    article = change.new if numbered_new else change.old
    if article is None or change.kind in ("same", "added"):
        return Effect(change, None)
    impact = reliance.on(Ground(Citation(regulation.id, article.id)))
    return Effect(change, impact, tuple(_lost(regulation, article, change.new)))


def _lost(regulation: Regulation, article: Article, new: Article | None) -> Iterator[str]:
    left = squeeze(words(new)) if new else ""
    for name, limit in regulation.rules.limits.items():
        cited = limit.article.within(regulation.id)
        evidence = unicodedata.normalize("NFKC", squeeze(limit.evidence))
        if (cited.regulation, cited.article) == (regulation.id, article.id) and evidence not in left:
            yield f"{regulation.id}/{name}"


def amendment_record(teller: Teller, amendment: Amendment) -> dict[str, Any]:
    """The JSON form."""
    return {
        "regulation": amendment.regulation.id,
        "old": _text_record(amendment.old),
        "new": _text_record(amendment.new),
        "numbers": "new" if amendment.numbered_new else "old",
        "counts": dict(Counter(effect.change.kind for effect in amendment.effects)),
        "changes": [_record(teller, effect) for effect in amendment.effects if effect.change.kind != "same"],
    }


def _text_record(text: OfficialText) -> dict[str, Any]:
    adopted = text.adopted.isoformat() if text.adopted else None
    return {"title": text.title, "adopted": adopted, "articles": len(text.articles), "sha256": text.sha256}


def _record(teller: Teller, effect: Effect) -> dict[str, Any]:
    change = effect.change
    return {
        "kind": change.kind,
        "old": change.old.id if change.old else None,
        "new": change.new.id if change.new else None,
        "likeness": round(change.likeness, 3),
        "edits": [{"old": edit.old, "new": edit.new} for edit in change.edits],
        "limits_without_evidence": list(effect.lost),
        "impact": teller.record(effect.impact) if effect.impact else None,
    }


def amendment_lines(teller: Teller, amendment: Amendment) -> Iterator[str]:
    """The plain form: the sums, then kind by kind each article with its words and its impact."""
    regulation, effects = amendment.regulation, amendment.effects
    counted: Counter[str] = Counter(effect.change.kind for effect in effects)
    yield f"《{regulation.title}》（{regulation.id}）：旧文本 {_named(amendment.old)}，新文本 {_named(amendment.new)}"
    yield "，".join(f"{name} {counted[kind]} 条" for kind, name in _KINDS.items())
    if amendment.numbered_new:
        yield "库里的这部法规已经按新文本核对过，下面的影响按新条号查"
    for kind, name in _KINDS.items():
        chosen = [effect for effect in effects if effect.change.kind == kind != "same"]
        if chosen:
            yield f"{name}（{len(chosen)}）"
        for effect in chosen:
            yield from (f"  {row}" for row in _lines(teller, regulation, effect))


def _named(text: OfficialText) -> str:
    return f"{text.adopted or '没有日期'} 共 {len(text.articles)} 条"


def _lines(teller: Teller, regulation: Regulation, effect: Effect) -> Iterator[str]:
    change = effect.change
    yield _heading(change) + _mapped(regulation, change)
    if change.kind == "changed":
        yield f"  {_edits(change)}"
    for limit in effect.lost:
        evidence = regulation.rules.limits[limit.partition("/")[2]].evidence
        yield f"  期限 {limit} 所据的“{evidence}”，新文本里没有了：先改期限"
    if effect.impact and effect.impact.rests:
        yield from (f"  {row}" for row in teller.lines(effect.impact))
    elif change.kind != "added":
        yield "  没有内容引用它"


def _heading(change: Change) -> str:
    names = [article_name(one.id) for one in (change.old, change.new) if one]
    return " → ".join(dict.fromkeys(names))


def _mapped(regulation: Regulation, change: Change) -> str:
    """Where the words tell nothing, the map that people made may."""
    successors = regulation.successors(change.old.id) if change.kind == "removed" and change.old else ()
    return f"（对照表：现在看 {'、'.join(map(str, successors))}）" if successors else ""


def _edits(change: Change) -> str:
    if change.likeness < _REWRITTEN:
        return f"改写较多（相同的字约 {change.likeness:.0%}），对照原文看"
    edits: Sequence[str] = [f"“{_cut(edit.old)}”→“{_cut(edit.new)}”" for edit in change.edits]
    more = f"，等 {len(edits)} 处" if len(edits) > _MOST_EDITS else ""
    return "，".join(edits[:_MOST_EDITS]) + more


def _cut(text: str) -> str:
    text = text.replace("\n", "／")
    return text if len(text) <= _LONGEST_EDIT else text[:_LONGEST_EDIT] + "…"
