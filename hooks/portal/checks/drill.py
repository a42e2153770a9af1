"""A drill can be played: its messages come in time, to people who play."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.rule import Finding, Rule, Subject


def times(subject: Subject) -> Iterator[Finding]:
    """Injects come in the order of the clock, and before the end."""
    for drill in subject.library.drills.values():
        before = 0
        for name, inject in drill.injects.items():
            place = drill.origin.place
            if inject.minute < before:
                yield Finding(place("injects", name, "at"), f"“{name}”在 {inject.at}，比前一个情况早", "按时间先后排列")
            if inject.minute >= drill.duration.minutes:
                message = f"“{name}”在 {inject.at}，演练一共 {drill.duration.minutes} 分钟"
                yield Finding(place("injects", name, "at"), message, "提前，或延长 duration")
            before = max(before, inject.minute)


def addressees(subject: Subject) -> Iterator[Finding]:
    """An inject goes to roles that somebody plays; every player gets something to do."""
    known = subject.library.profile.roles if subject.library.profile else {}
    for drill in subject.library.drills.values():
        if not drill.players.keys() <= known.keys():
            continue  # a misspelt role is told already, and everything sent to the right one would look wrong
        for name, inject in drill.injects.items():
            for index, role in enumerate(inject.to):
                if role in known and role not in drill.players:
                    place = drill.origin.place("injects", name, "to", index)
                    yield Finding(place, f"“{role}”不在 players 里", f"改成 {'、'.join(drill.players)}，或加上这个角色")
        called = {role for inject in drill.injects.values() for role in inject.to}
        for role in drill.players:
            if role not in called:
                place = drill.origin.place("players", role, key=True)
                yield Finding(place, f"“{role}”从头到尾没有收到情况", "发给他一个情况，或去掉这个角色")


def expectations(subject: Subject) -> Iterator[Finding]:
    """Every inject says which step it should lead to."""
    for drill in subject.library.drills.values():
        for name, inject in drill.injects.items():
            if not inject.expect:
                place = drill.origin.place("injects", name, "expect")
                yield Finding(place, f"“{name}”没有写应当做到哪一步", "expect 写 清单/条目 或 问路树/结果")


RULES = (
    Rule("drill-time", "演练的情况按时间先后，在演练结束以前。", times),
    Rule("drill-player", "情况发给参加演练的角色；每个角色都有事做。", addressees),
    Rule("drill-expect", "每个情况都写明应当做到的步骤。", expectations),
)
