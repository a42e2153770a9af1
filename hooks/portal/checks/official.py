"""What the library says of a regulation is compared, claim by claim, with the official text of that regulation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from portal.model.citation import Citation, article_name
from portal.model.claim import Claim, Result
from portal.model.duration import find_lengths
from portal.model.length import Length
from portal.model.library import Library
from portal.model.mention import mentions
from portal.model.official import Article, OfficialText, squeeze
from portal.model.place import Place
from portal.model.regulation import Limit, Regulation

COMPARE = "对照官方文本改正；文本换了版本的，先导入新文本"


def compare(library: Library, texts: Sequence[OfficialText]) -> tuple[Claim, ...]:
    """Every claim about every regulation, with its result."""
    cited = _cited(library)
    found: list[Claim] = []
    for regulation in library.regulations.values():
        text = find_text(regulation, texts)
        if text is None:
            found.append(_no_text(regulation, texts))
        else:
            found += _Comparison(regulation, text).claims(cited.get(regulation.id, {}))
    return tuple(found)


def find_text(regulation: Regulation, texts: Sequence[OfficialText]) -> OfficialText | None:
    """The text that a regulation was encoded from: the one it was verified against, else by title and day."""
    verified = regulation.verified
    if verified != "no":
        for text in texts:
            if text.sha256 == verified.sha256:
                return text
    named = [text for text in texts if text.short_title == _plain_title(regulation)]
    same_day = [text for text in named if text.adopted == regulation.adopted]
    if same_day:
        return same_day[0]
    # What calls itself verified must answer for its day; what does not may be a version nobody has at hand.
    return named[0] if len(named) == 1 and verified != "no" else None


def _plain_title(regulation: Regulation) -> str:
    return regulation.title.partition("（")[0]


def _no_text(regulation: Regulation, texts: Sequence[OfficialText]) -> Claim:
    days = [str(text.adopted) for text in texts if text.short_title == _plain_title(regulation)]
    reason = f"手头只有 {'、'.join(days)} 的文本，这里写的是 {regulation.adopted}" if days else "手头没有它的官方文本"
    return Claim(regulation.id, "全部内容", regulation.origin.place("title"), "unchecked", reason)


def _cited(library: Library) -> Mapping[str, Mapping[Citation, Place]]:
    """Regulation → what is cited of it, each with the first place that does."""
    found: dict[str, dict[Citation, Place]] = {}
    for mention in mentions(library):
        cited = mention.citation
        if cited and cited.regulation and cited.article and not cited.unverified:
            known = found.setdefault(cited.regulation, {})
            if cited not in known:
                known[cited] = mention.place
    return found


class _Comparison:
    """One regulation beside its text."""

    def __init__(self, regulation: Regulation, text: OfficialText) -> None:
        self.regulation = regulation
        self.text = text
        self.articles = {article.id: article for article in text.articles}

    def claims(self, cited: Mapping[Citation, Place]) -> Iterator[Claim]:
        """Everything the encoding says that the text can tell."""
        yield from self._facts()
        for number in self.regulation.gists:
            yield self._shape(number)
        for citation, place in cited.items():
            yield self._citation(citation, place)
        for name, limit in self.regulation.rules.limits.items():
            yield self._words(name, limit)
            if limit.extend:
                yield self._extension(name, limit, limit.extend.by)

    def _claim(self, what: str, place: Place, result: Result, message: str = "", hint: str = "") -> Claim:
        return Claim(self.regulation.id, what, place, result, message, hint)

    def _facts(self) -> Iterator[Claim]:
        """Title, days and number of articles."""
        own, text = self.regulation, self.text
        yield self._same("名称", "title", _plain_title(own), text.short_title)
        yield self._adopted()
        # The last article of an amended text often still names the first version's day.
        tells = text.effective and text.adopted and text.effective >= text.adopted
        known = text.effective if tells or text.effective == own.effective else None
        yield self._same("施行日期", "effective", own.effective, known)
        yield self._same("条数", "articles", own.articles, max(article.number for article in text.articles))

    def _adopted(self) -> Claim:
        """Notes may stop at an earlier amendment: where the file's own name tells our day, nobody can say."""
        own, text = self.regulation, self.text
        if text.adopted and text.adopted != own.adopted and str(own.adopted) in text.source:
            reason = f"官方文本的题注只写到 {text.adopted}"
            return self._claim("通过日期", own.origin.place("adopted"), "unchecked", reason)
        return self._same("通过日期", "adopted", own.adopted, text.adopted)

    def _same(self, what: str, key: str, ours: object, official: object) -> Claim:
        claim = partial(self._claim, what, self.regulation.origin.place(key))
        if official is None:
            return claim("unchecked", f"官方文本里看不出{what}")
        if ours == official:
            return claim("confirmed")
        return claim(
            "contradicted", f"《{self.regulation.title}》的{what}写的是 {ours}，官方文本是 {official}", COMPARE
        )

    def _shape(self, number: str) -> Claim:
        """The gist has the paragraphs and items of the article."""
        ours = self.regulation.gists[number]
        claim = partial(self._claim, f"{article_name(number)}的款和项", ours.place)
        official = self.articles.get(number)
        if official is None:
            return claim("contradicted", f"官方文本没有{article_name(number)}", COMPARE)
        shape = shape_of(official)
        if shape == ours.paragraphs:
            return claim("confirmed")
        message = f"{article_name(number)}官方文本{_say(shape)}，要旨写成{_say(ours.paragraphs)}"
        return claim("contradicted", message, "一款写一段，一项写一个列表项")

    def _citation(self, citation: Citation, place: Place) -> Claim:
        """The cited part is there."""
        article = self.articles.get(citation.article)
        claim = partial(self._claim, f"引用 {citation}", place)
        if article is not None and article.text_of(citation.parts) is not None:
            return claim("confirmed")
        message = f"官方文本没有《{self.regulation.title}》的 {str(citation).partition('/')[2]}"
        return claim("contradicted", message, "查对条、款、项")

    def _words(self, name: str, limit: Limit) -> Claim:
        """The words quoted for a limit stand in the article it names."""
        where = limit.article.within(self.regulation.id)
        claim = partial(
            self._claim, f"期限“{limit.title}”", self.regulation.rules.origin.place("limits", name, "article")
        )
        said = self._said(where)
        if said is None:
            return claim("contradicted", f"官方文本没有 {where}", "查对 article")
        if squeeze(limit.evidence) in squeeze(said):
            return claim("confirmed")
        return claim(
            "contradicted", self._where_else(where, limit.evidence), "改 article，或对照原文改 evidence 和 length"
        )

    def _said(self, where: Citation) -> str | None:
        article = self.articles.get(where.article)
        return article.text_of(where.parts) if article else None

    def _where_else(self, where: Citation, words: str) -> str:
        """Which article does hold the words, or what this one says instead."""
        holders = [a for a in self.text.articles if squeeze(words) in squeeze(a.text_of() or "")]
        named = f"{article_name(where.article)}没有“{words}”这几个字"
        if holders:
            return f"{named}，它们在{'、'.join(article_name(holder.id) for holder in holders)}"
        lengths = [written.words for written in find_lengths(self._said(where) or "")]
        return f"{named}；那一条写的是：{'、'.join(lengths)}" if lengths else f"{named}；那一条没有写多少天"

    def _extension(self, name: str, limit: Limit, by: Length) -> Claim:
        """The length of the extension stands in the same article."""
        where = Citation(self.regulation.id, limit.article.article)
        place = self.regulation.rules.origin.place("limits", name, "extend")
        claim = partial(self._claim, f"期限“{limit.title}”的延长", place)
        lengths = [written.length for written in find_lengths(self._said(where) or "")]
        if by in lengths or (by.unit == "working-days" and Length(by.number, "days") in lengths):
            return claim("confirmed")
        told = "、".join(map(str, lengths)) or "没有"
        return claim("contradicted", f"延长写的是 {by}，{article_name(where.article)}里的时间有：{told}", COMPARE)


def shape_of(article: Article) -> tuple[int, ...]:
    """Number of items in each paragraph, as gists are counted."""
    return tuple(len(paragraph.items) for paragraph in article.paragraphs)


def _say(shape: Sequence[int]) -> str:
    return "、".join(f"第{i}款{n}项" if n else f"第{i}款" for i, n in enumerate(shape, 1)) or "没有分款"
