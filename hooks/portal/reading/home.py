"""Where a text stands in its own regulation, and what 前款, 前条, 本条 mean from there."""

from __future__ import annotations

from dataclasses import dataclass

from portal.model.prose_citation import Level, Target


@dataclass(frozen=True, slots=True)
class Home:
    """A regulation, its article, paragraph (款) and item (项), as far as known.

    `articles` is the order of the regulation's articles: 前条 of 第三十二条 may be 第三十一条之一.
    """

    regulation: str
    article: str = ""
    paragraph: int = 0
    item: int = 0
    articles: tuple[str, ...] = ()

    @property
    def target(self) -> Target:
        """The place itself."""
        return Target(self.regulation, "", self.article, self.paragraph, self.item)

    def before(self, level: Level, count: int) -> tuple[Target, ...]:
        """The articles, paragraphs or items before this one, the nearest last; fewer than `count` if there are fewer."""
        here = self.target.down_to(level)
        if level == "article":
            return tuple(here.at(level, article) for article in self._articles_before(count))
        number, _ = here.order(level)
        earlier = range(max(1, number - count), number)
        return tuple(here.above(level).at(level, one) for one in earlier)

    def _articles_before(self, count: int) -> list[str]:
        if self.article in self.articles:
            index = self.articles.index(self.article)
            return list(self.articles[max(0, index - count) : index])
        number, insert = self.target.order("article")
        whole = [str(one) for one in range(1, number + bool(insert))]
        return [*whole, *(f"{number}-{one}" for one in range(1, insert))][-count:]

    def between(self, start: Target, stop: Target, level: Level) -> tuple[Target, ...] | None:
        """The articles between two of this regulation; None where its order does not tell."""
        if level != "article" or start.regulation != self.regulation:
            return None
        if not {start.article, stop.article} <= set(self.articles):
            return None
        inside = self.articles[self.articles.index(start.article) + 1 : self.articles.index(stop.article)]
        return tuple(start.at(level, article) for article in inside)
