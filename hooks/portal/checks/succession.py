"""The map from the articles of a replaced regulation to those of the newer one has no hole."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.rule import Finding, Rule, Subject
from portal.model.citation import article_name
from portal.model.regulation import Regulation
from portal.model.succession import Successions, is_mapped, numbers, passages

_HINT = "在 rules.yml 的 successors 写现在看哪一条；没有对应的，在 dropped 写理由"
_MOST = 10


def mapped(subject: Subject) -> Iterator[Finding]:
    """Every article of a replaced regulation has a successor, or a reason why not; none has both.

    With `scope: selected` the articles that are excerpted.
    """
    successions = Successions(subject.library)
    for regulation in subject.library.regulations.values():
        if successions.newer(regulation) or is_mapped(regulation):
            yield from _holes(regulation)
            yield from _wrong_keys(regulation)


def _holes(regulation: Regulation) -> Iterator[Finding]:
    holes = [
        article_name(passage.number)
        for passage in passages(regulation)
        if not passage.successors
        and not passage.reason
        and (regulation.scope == "full" or passage.number in regulation.gists)
    ]
    if holes:
        more = f"等 {len(holes)} 条" if len(holes) > _MOST else ""
        found = f"《{regulation.title}》已有新法规代替，{'、'.join(holes[:_MOST])}{more}没有写现在看哪一条"
        yield Finding(regulation.origin.place("id"), found, _HINT)


def _wrong_keys(regulation: Regulation) -> Iterator[Finding]:
    known, rules = frozenset(numbers(regulation)), regulation.rules
    for part in ("successors", "dropped"):
        for number in getattr(rules, part):
            place = rules.origin.place(part, number, key=True)
            if number not in known:
                message = f"《{regulation.title}》没有“{number}”这一条：全文 {regulation.articles} 条"
                yield Finding(place, message, '查对条文号，写成 "31"、"31-1" 的样子')
            elif part == "dropped" and number in rules.successors:
                found = f"{article_name(number)}又写了现在看哪一条，又写了没有对应的"
                yield Finding(place, found, "删掉一处")


RULES = (Rule("regulation-map", "被代替的法规，每一条都写明现在看新法规的哪一条，或者为什么没有。", mapped),)
