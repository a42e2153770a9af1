"""What a regulation says of itself fits together."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.rule import Finding, Rule, Subject


def dates(subject: Subject) -> Iterator[Finding]:
    """It is not in force before it exists, and does not end before it begins."""
    for regulation in subject.library.regulations.values():
        if regulation.ends and regulation.ends <= regulation.effective:
            place = regulation.origin.place("ends")
            yield Finding(place, f"失效日 {regulation.ends} 不晚于施行日 {regulation.effective}", "查对两个日期")


def completeness(subject: Subject) -> Iterator[Finding]:
    """`scope: full` means every article."""
    for regulation in subject.library.regulations.values():
        missing = [str(n) for n in range(1, regulation.articles + 1) if str(n) not in regulation.gists]
        if regulation.scope == "full" and missing:
            place = regulation.origin.place("scope")
            message = f"写着 full，却缺第 {'、'.join(missing[:10])} 条" + (" 等" if len(missing) > 10 else "")
            yield Finding(place, message, "补上要旨，或写 scope: selected")


def order(subject: Subject) -> Iterator[Finding]:
    """Articles stand in the order of their numbers."""
    for regulation in subject.library.regulations.values():
        before = (0, 0)
        for article in regulation.gists.values():
            number, _, suffix = article.number.partition("-")
            key = (int(number), int(suffix or 0))
            if key < before:
                yield Finding(article.place, f"“第{article.number}条”排在后面的条之后", "按条文号排列")
            before = max(before, key)


def beside(subject: Subject) -> Iterator[Finding]:
    """A local limit on the same matter as a national one says how the two stand to each other."""
    for name, regulation, limit in subject.library.limits():
        national = subject.library.limit(limit.beside) if limit.beside else None
        if national and national[1].length != limit.length and not limit.note:
            place = regulation.rules.origin.place("limits", name.partition("/")[2], "beside")
            message = f"这里是 {limit.length}，国家规定“{national[1].title}”是 {national[1].length}"
            yield Finding(place, message, "在 note 里写明哪一个适用于谁")


RULES = (
    Rule("regulation-dates", "失效日晚于施行日。", dates),
    Rule("regulation-scope", "写 scope: full 的，每一条都要有要旨。", completeness),
    Rule("regulation-order", "条按条文号排列。", order),
    Rule("regulation-beside", "地方期限和国家期限不同的，写明怎么适用。", beside),
)
