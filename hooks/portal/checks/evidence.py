"""Encoded facts agree with the official words they rest on, and no length of time is written anywhere else."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.rule import Finding, Rule, Subject
from portal.checks.sources import place_at, steps_and_pages
from portal.model.citation import article_name
from portal.model.duration import Written, find_english_lengths, find_lengths
from portal.model.evidence import ConfirmedLimit
from portal.model.regulation import Limit, Regulation

_VERIFY = "改回原样；确实要改的，对照官方文本运行 portal law verify，或先写 verified: no"
_LIMITED = ("days", "working-days", "months")
_IDIOMS = ("一天", "一日", "one day")
"""Said of one day, not of a length: 最后一天, 同一天, 早的一天."""


def length_and_words(subject: Subject) -> Iterator[Finding]:
    """The official words quoted for a limit name its number and its unit."""
    for regulation in subject.library.regulations.values():
        for name, limit in regulation.rules.limits.items():
            said = [written for written in find_lengths(limit.evidence) if _means(written, limit)]
            if not said:
                yield Finding(
                    regulation.rules.origin.place("limits", name, "length"),
                    f"期限“{limit.title}”写的是 {limit.length}，原文的话是“{limit.evidence}”",
                    "对照原文改 length；evidence 要抄上带数目的那几个字",
                )


def _means(written: Written, limit: Limit) -> bool:
    """Same number and unit. `日` may mean working days where the law says so: then the limit names that article."""
    unit = limit.length.unit
    borrowed = unit == "working-days" and written.length.unit == "days" and limit.counting_basis is not None
    return written.length.number == limit.length.number and (written.length.unit == unit or borrowed)


def typed_lengths(subject: Subject) -> Iterator[Finding]:
    """Days, working days and months stand in a limit; steps and pages refer to it."""
    english = {guide.origin.file for guide in subject.library.guides.values() if guide.lang == "en"}
    for file, text in steps_and_pages(subject.library):
        for written in (*find_lengths(text), *(find_english_lengths(text) if file in english else ())):
            if written.length.unit in _LIMITED and written.words.lower() not in _IDIOMS:
                yield Finding(
                    place_at(file, text, written.start),
                    f"这里手写了“{written.words}”",
                    "期限写成 [](limit:法规/期限)，条目里用 limit；不是法定期限的，换个说法或写进 exceptions.yml",
                )


def changed_since(subject: Subject) -> Iterator[Finding]:
    """What was confirmed against the official text still says the same; what is new waits for its comparison."""
    for regulation in subject.library.regulations.values():
        if regulation.verified != "no":
            yield from _changes(regulation)


def _changes(regulation: Regulation) -> Iterator[Finding]:
    place, record, verified = regulation.origin.place, regulation.evidence, regulation.verified
    if record is None:
        yield Finding(place("verified"), "写着已核对，却没有核对记录 evidence.yml", _VERIFY)
    elif verified != "no" and record.sha256 != verified.sha256:
        yield Finding(place("verified"), "verified 的 sha256 和核对记录不一样", _VERIFY)
    else:
        for key in ("adopted", "effective", "articles"):
            ours, confirmed = getattr(regulation, key), getattr(record, key)
            if ours != confirmed:
                yield Finding(place(key), f"{key} 核对时是 {confirmed}，现在是 {ours}", _VERIFY)
        for number, article in regulation.gists.items():
            if record.shapes.get(number) != article.paragraphs:
                yield Finding(article.place, f"{article_name(number)}的款、项在核对以后改过", _VERIFY)
        for name, limit in regulation.rules.limits.items():
            yield from _limit_changes(regulation, name, limit, record.limits.get(name))


def _limit_changes(
    regulation: Regulation, name: str, limit: Limit, confirmed: ConfirmedLimit | None
) -> Iterator[Finding]:
    place = regulation.rules.origin.place
    if confirmed is None:
        yield Finding(place("limits", name, key=True), f"期限“{limit.title}”还没有对照原文核对", _VERIFY)
        return
    extend = limit.extend.by if limit.extend else None
    now = (str(limit.article.within(regulation.id)), limit.length, limit.evidence, extend)
    if now != (confirmed.article, confirmed.length, confirmed.words, confirmed.extend):
        was = f"{confirmed.article} 的“{confirmed.words}”，{confirmed.length}"
        message = f"期限“{limit.title}”核对过的是 {was}；现在写的是 {now[0]}，{limit.length}"
        yield Finding(place("limits", name, _changed_key(limit, confirmed, now[0])), message, _VERIFY)


def _changed_key(limit: Limit, confirmed: ConfirmedLimit, article: str) -> str:
    if article != confirmed.article:
        return "article"
    if limit.length != confirmed.length:
        return "length"
    return "evidence" if limit.evidence != confirmed.words else "extend"


RULES = (
    Rule("evidence-length", "期限的数目和单位，与所抄原文的几个字一致。", length_and_words),
    Rule("evidence-changed", "核对过的法规改了内容，要对照官方文本重新核对（portal law verify）。", changed_since),
    Rule("evidence-typed-days", "步骤和页面里不手写天数、月数：引用期限。", typed_lengths),
)
