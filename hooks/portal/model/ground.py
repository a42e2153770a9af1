"""What one can ask the impact of: a regulation, an article, a part of it, or a limit."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.model.citation import Citation, article_name
from portal.model.library import Library
from portal.model.mention import citation_of
from portal.model.regulation import Regulation


@dataclass(frozen=True, slots=True)
class Ground:
    """A citation, or the id of a limit (`xinfang-2022/handle`)."""

    citation: Citation = field(default_factory=Citation)
    limit: str = ""

    def __str__(self) -> str:
        return self.limit or str(self.citation)


class UnknownGround(ValueError):
    """Nothing of this name in the library; says what its author may have meant."""


def find_ground(library: Library, text: str) -> Ground:
    """`xinfang-2022`, `xinfang-2022/34`, `xinfang-2022/31.6` or `xinfang-2022/handle`; raises UnknownGround."""
    if library.limit(text):
        return Ground(limit=text)
    name, slash, rest = text.partition("/")
    regulation = library.regulations.get(name)
    if regulation is None:
        raise UnknownGround(f"没有“{name}”这部法规" + _meant(name, library.regulations, "已有的见 portal list"))
    citation = citation_of(text)
    if citation is None or (slash and not citation.article):
        meant = _meant(rest, regulation.rules.limits, "条写成数字，例如 34、31.6", f"{name}/")
        raise UnknownGround(f"《{regulation.title}》没有“{rest}”这个期限{meant}")
    _require_article(regulation, citation)
    return Ground(citation)


def _require_article(regulation: Regulation, citation: Citation) -> None:
    if not citation.article:
        return
    name = article_name(citation.article)
    article = regulation.gists.get(citation.article)
    if article is None and ("-" in citation.article or int(citation.article) > regulation.articles):
        hint = f"全文 {regulation.articles} 条" if "-" not in citation.article else "没有摘编这一条"
        raise UnknownGround(f"《{regulation.title}》没有{name}：{hint}")
    if article and not article.has(citation.parts):
        shape = "、".join(f"第{i}款{n}项" if n else f"第{i}款" for i, n in enumerate(article.paragraphs, 1))
        written = ".".join(map(str, citation.parts))
        raise UnknownGround(f"《{regulation.title}》{name}没有“{written}”这一款或项；这一条有：{shape or '不分款'}")


def _meant(written: str, known: Iterable[str], otherwise: str, before: str = "") -> str:
    close = difflib.get_close_matches(written, sorted(known), n=1, cutoff=0.6)
    return f"；是不是想写“{before}{close[0]}”？" if close else f"；{otherwise}"
