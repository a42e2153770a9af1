"""Every checklist is short enough to use, says who does what on what basis, and pauses between phases."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.rule import Finding, Rule, Subject, repeated

FEWEST, MOST, MOST_CRITICAL = 5, 9, 3


def sizes(subject: Subject) -> Iterator[Finding]:
    """Five to nine items a phase."""
    for checklist in subject.library.checklists.values():
        for name, phase in checklist.phases.items():
            if not FEWEST <= len(phase.items) <= MOST:
                hint = "太多就分成两个阶段" if len(phase.items) > MOST else "太少就并入相邻阶段"
                place = checklist.origin.place("phases", name, "items", key=True)
                yield Finding(place, f"阶段“{phase.title}”有 {len(phase.items)} 条，应当 {FEWEST} 到 {MOST} 条", hint)


def critical_items(subject: Subject) -> Iterator[Finding]:
    """At most three critical items a list."""
    for checklist in subject.library.checklists.values():
        critical = [(phase, name) for phase, name, item in checklist.all_items() if item.critical]
        for phase, name in critical[MOST_CRITICAL:]:
            place = checklist.origin.place("phases", phase, "items", name, "critical")
            yield Finding(place, f"关键条目超过 {MOST_CRITICAL} 条", "只留真正要命的；都关键就等于都不关键")


def pauses(subject: Subject) -> Iterator[Finding]:
    """Every phase ends with somebody confirming aloud."""
    for checklist in subject.library.checklists.values():
        for name, phase in checklist.phases.items():
            if phase.pause is None:
                place = checklist.origin.place("phases", name, key=True)
                yield Finding(place, f"阶段“{phase.title}”没有停顿点", "写 pause: {who: 岗位, confirm: 说出来确认什么}")


def basis(subject: Subject) -> Iterator[Finding]:
    """Every item cites an article or says that it is practice."""
    for checklist in subject.library.checklists.values():
        for phase, name, item in checklist.all_items():
            if not item.basis and not item.practice:
                place = checklist.origin.place("phases", phase, "items", name, key=True)
                yield Finding(place, f"条目“{name}”没有依据", "写 basis: [法规/条]；没有法定依据的写 practice: true")


def twin_items(subject: Subject) -> Iterator[Finding]:
    """An item's id is used once in a checklist: ticks and drills find it by that."""
    for checklist in subject.library.checklists.values():
        for phase, name in repeated(checklist.all_items()):
            place = checklist.origin.place("phases", phase, "items", name, key=True)
            yield Finding(place, f"条目编号“{name}”在这张清单里用了两次", "换一个编号")


RULES = (
    Rule("checklist-size", f"每个阶段 {FEWEST} 到 {MOST} 条。", sizes),
    Rule("checklist-critical", f"一张清单最多 {MOST_CRITICAL} 条关键条目。", critical_items),
    Rule("checklist-pause", "每个阶段都有停顿点：谁说出来确认什么。", pauses),
    Rule("checklist-basis", "每条都有依据，或注明是做法。", basis),
    Rule("checklist-twin", "同一张清单里条目编号不重复。", twin_items),
)
