"""Two versions of an official text compared: which articles are new, gone, renumbered or changed.

Compared is what the words say: layout, half- and full-width forms do not count; where a paragraph begins does, because
citations count paragraphs. Articles are paired by their words (rapidfuzz's ratio: 2 × common signs in order / all signs).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from rapidfuzz import fuzz, process

from portal.model.official import Article, OfficialText, squeeze

ALIKE = 40.0
"""Two articles with less in common than this, in percent, are two different articles.

Measured: of the 51 articles of the 2005 petition regulations 24 are paired with their successor of 2022, none wrongly
(at 30: 28 and none; at 25: 31 and two); two unrelated laws share a few stock phrases: some 2 pairs in 100 articles.
"""
ALIKE_IN_PLACE = 30.0
"""Enough where the number stayed the same as well."""
_TOKEN = re.compile(r"[0-9]+|[a-zA-Z]+|.", re.DOTALL)
_CONTEXT = 2
"""Unchanged signs shown on each side of an edit."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Some words of the old article and what stands in the new one instead; either may be empty."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one article. `likeness` is 0 to 1; `changed` articles may have a new number as well."""

    kind: Literal["same", "renumbered", "changed", "added", "removed"]
    old: Article | None
    new: Article | None
    likeness: float = 0.0

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The words that changed, with a little of what stands around them."""
        return _edits(words(self.old), words(self.new)) if self.old and self.new else ()


def words(article: Article) -> str:
    """An article without its number: a line for each paragraph, item and sub-item, in one form of writing."""
    lines = (line for paragraph in article.paragraphs for line in paragraph.lines())
    return "\n".join(unicodedata.normalize("NFKC", squeeze(line)) for line in lines)


def compare(old: OfficialText, new: OfficialText) -> tuple[Change, ...]:
    """Every article of both texts once: the old ones in their order, then the added ones in theirs."""
    pairs = dict(_pairs(old.articles, new.articles))
    taken = set(pairs.values())
    changes = [
        _change(article, new.articles[pairs[i]] if i in pairs else None) for i, article in enumerate(old.articles)
    ]
    changes += [Change("added", None, article) for i, article in enumerate(new.articles) if i not in taken]
    return tuple(changes)


def _change(old: Article, new: Article | None) -> Change:
    if new is None:
        return Change("removed", old, None)
    before, after = words(old), words(new)
    if before != after:
        return Change("changed", old, new, fuzz.ratio(before, after) / 100)
    return Change("same" if old.id == new.id else "renumbered", old, new, 1.0)


def _pairs(old: Sequence[Article], new: Sequence[Article]) -> Iterator[tuple[int, int]]:
    """Indexes of old and new articles that belong together: the same words first, then the most alike."""
    equal = list(_equal(old, new))
    yield from equal
    free_old = sorted(set(range(len(old))) - {i for i, _ in equal})
    free_new = set(range(len(new))) - {j for _, j in equal}
    choices = {j: words(new[j]) for j in sorted(free_new)}
    scored = [
        (-score, abs(i - j), i, j)
        for i in free_old
        for _, score, j in process.extract(
            words(old[i]), choices, scorer=fuzz.ratio, limit=None, score_cutoff=ALIKE_IN_PLACE
        )
        if score >= ALIKE or old[i].id == new[j].id
    ]
    waiting = set(free_old)
    for _, _, i, j in sorted(scored):
        if i in waiting and j in free_new:
            waiting.remove(i)
            free_new.remove(j)
            yield i, j


def _equal(old: Sequence[Article], new: Sequence[Article]) -> Iterator[tuple[int, int]]:
    """Articles of the same words; of several alike, those with the same number first, then in order."""
    by_words: dict[str, list[int]] = defaultdict(list)
    for j, article in enumerate(new):
        by_words[words(article)].append(j)
    late: list[int] = []
    for i, article in enumerate(old):
        fitting = [j for j in by_words.get(words(article), ()) if new[j].id == article.id]
        if fitting:
            by_words[words(article)].remove(fitting[0])
            yield i, fitting[0]
        else:
            late.append(i)
    for i in late:
        free = by_words.get(words(old[i]))
        if free:
            yield i, free.pop(0)


def _edits(old: str, new: str) -> tuple[Edit, ...]:
    """Numbers are never cut in two: 60 became 90, not 6 became 9."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    codes = SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(_CONTEXT)
    found = []
    for group in codes:
        first, last = group[0], group[-1]
        found.append(Edit("".join(before[first[1] : last[2]]), "".join(after[first[3] : last[4]])))
    return tuple(found)
