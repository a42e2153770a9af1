"""When a regulation is in force, and what holds on a day when it is not. No day is moved to the nearest interval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from portal.model.library import Library
from portal.model.regulation import Regulation
from portal.model.succession import Successions


class NotInForce(ValueError):
    """The regulation of a limit is not in force on the day from which somebody wants to count."""

    def __init__(self, regulation: Regulation, day: date, instead: tuple[Regulation, ...]) -> None:
        names = "、".join(f"《{one.title}》（{one.id}）" for one in instead)
        then = f"那一天有效的是{names}：按那一部计算" if instead else "那一天有效的是哪一部，这里没有录入：查对日期"
        super().__init__(f"{day} 不在《{regulation.title}》的有效期内（{interval(regulation)}）；{then}")
        self.regulation, self.day, self.instead = regulation, day, instead


def interval(regulation: Regulation) -> str:
    """`2005-05-01 起施行，2022-05-01 起失效`."""
    ends = f"，{regulation.ends} 起失效" if regulation.ends else ""
    return f"{regulation.effective} 起施行{ends}"


def require_force(library: Library, limit: str, day: date) -> None:
    """Raises NotInForce unless the regulation of `limit` is in force on `day`. An unknown limit is not judged."""
    found = library.limit(limit)
    if found and not found[0].in_force(day):
        raise NotInForce(found[0], day, in_force_instead(library, found[0], day))


def in_force_instead(library: Library, regulation: Regulation, day: date) -> tuple[Regulation, ...]:
    """Of its predecessors and successors, however many steps away, those in force on `day`; by id."""
    successions = Successions(library)
    seen = {regulation.id: regulation}
    waiting = [regulation]
    while waiting:
        here = waiting.pop()
        for other in (*successions.older(here), *successions.newer(here)):
            if other.id not in seen:
                seen[other.id] = other
                waiting.append(other)
    return tuple(one for name, one in sorted(seen.items()) if name != regulation.id and one.in_force(day))


@dataclass(frozen=True, slots=True)
class Coming:
    """On `day`, which is still to come, the regulation takes effect or ends."""

    day: date
    regulation: Regulation
    event: Literal["effective", "ends"]


def coming(library: Library) -> tuple[Coming, ...]:
    """What changes after `library.today`, by day. A regulation takes effect on its first day and is gone on `ends`."""
    found = (one for regulation in library.regulations.values() for one in _of(regulation, library.today))
    return tuple(sorted(found, key=lambda one: (one.day, one.event, one.regulation.id)))


def _of(regulation: Regulation, today: date) -> Iterator[Coming]:
    if regulation.effective > today:
        yield Coming(regulation.effective, regulation, "effective")
    if regulation.ends and regulation.ends > today:
        yield Coming(regulation.ends, regulation, "ends")
