"""From the lines of a source to an official text: its title, headings, articles and what they are made of.

What is doubtful is reported and kept as it stands; nothing is mended, nothing is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise, takewhile

from portal.model.citation import article_name
from portal.model.numbering import Fault, Key, numbering_faults
from portal.model.official import Article, Heading, OfficialText
from portal.model.place import Place
from portal.model.problem import Problem, Severity, ordered
from portal.reading.official_line import ArticleMark, Doubt, HeadingMark, Line, is_sentence, tidy
from portal.reading.official_outline import Marked, Outline, find_outline
from portal.reading.official_paragraph import parse_paragraphs
from portal.reading.official_source import Source
from portal.reading.official_title import split_preface
from portal.reading.text import Unreadable

MOST = 20
COMPARE = "对照原件核对；原件就是这样的，可以不改"
_CAPTION = re.compile(r"【[^】]{1,60}】\s*")
_ARABIC = re.compile("第[0-9０-９]")


@dataclass(slots=True)
class _Section:
    """A heading or an article with the lines below it, up to the next one."""

    start: Marked
    lines: list[Line] = field(default_factory=list)


def parse_official(source: Source) -> tuple[OfficialText, tuple[Problem, ...]]:
    """The text and all that is doubtful about it (warnings). Raises Unreadable where there is no text of articles."""
    outline = find_outline(source.lines)
    marked = outline.marked
    before, title, notes, doubts = split_preface([one.line for one in marked[: outline.contents]])
    headings, articles = _body(outline.body(), doubts)
    _refuse(source, outline, title, articles)
    text = OfficialText(
        title=title,
        notes=notes,
        headings=headings,
        articles=articles,
        appendix=_texts(marked[outline.appendix :]),
        sha256=source.sha256,
        source=source.name.rpartition("/")[2],
        before=before,
        contents=_texts(marked[outline.contents : outline.contents_end]),
        opening=_texts(marked[outline.contents_end : outline.opening]),
    )
    doubts += [*outline.doubts, *map(_fault, numbering_faults(articles)), *_manner(outline.body(), articles)]
    return text, ordered([*source.problems, *(_problem(source, doubt, "warning") for doubt in _few(doubts))])


def _few(doubts: Sequence[Doubt]) -> Iterator[Doubt]:
    """At most MOST of each code, and how many more there are: a file of noise may have a million."""
    for code, group in groupby(
        sorted(doubts, key=lambda doubt: (doubt.code, doubt.line)), key=lambda doubt: doubt.code
    ):
        same = list(group)
        yield from same[:MOST]
        if len(same) > MOST:
            line, column, _, _, hint = same[MOST]
            yield Doubt(line, column, code, f"从这里起，同样的问题还有 {len(same) - MOST} 处，没有一一列出", hint)


def _texts(marked: Sequence[Marked]) -> tuple[str, ...]:
    return tuple(one.line.text for one in marked)


def _problem(source: Source, doubt: Doubt, severity: Severity = "error") -> Problem:
    return Problem(Place(source.name, doubt.line, doubt.column), doubt.code, doubt.message, doubt.hint, severity)


def _refuse(source: Source, outline: Outline, title: str, articles: Sequence[Article]) -> None:
    """Raises Unreadable: no articles, no title, or the articles of two texts."""
    again = _second_text(articles)
    if not articles:
        found = "没有找到“第一条”这样的条文"
        doubt = Doubt(1, 1, "law-no-articles", found, "只能导入分条的法规全文；决定、通知和目录页不用导入")
    elif not title:
        line = outline.marked[0].line
        doubt = Doubt(line.number, 1, "law-no-title", "正文前面没有名称", "在第一行写上法规的名称")
    elif again:
        found = f"第 {articles[0].line} 行已有第一条，这里又从第一条编起：文件里像是有两份文本"
        doubt = Doubt(again.line, 1, "law-two-texts", found, "分成两个文件；是附件的，在它前面加一行“附件”")
    else:
        return
    raise Unreadable(_problem(source, doubt))


def _second_text(articles: Sequence[Article]) -> Article | None:
    """The second 第一条, if a known 第二条 follows it: a single wrong number is no second text."""
    seen: set[Key] = set()
    for article, following in pairwise(articles):
        if article.key == (1, 0) and article.key in seen and following.key == (2, 0) and following.key in seen:
            return article
        seen.add(article.key)
    return None


def _body(marked: Sequence[Marked], doubts: list[Doubt]) -> tuple[tuple[Heading, ...], tuple[Article, ...]]:
    """Headings and articles in order. A heading stands above all that follows, down to the next of its level."""
    headings: list[Heading] = []
    articles: list[Article] = []
    path: list[Heading] = []
    numbers: list[int | None] = []
    levels: dict[int, int] = {}
    top = 3
    for section in _sections(marked):
        mark, rank = section.start.mark, section.start.line.rank
        if isinstance(mark, ArticleMark):
            articles.append(_article(section, mark, tuple(heading.name for heading in path), doubts))
        elif isinstance(mark, HeadingMark):
            levels[rank] = level = mark.level if mark.label else levels.get(rank or -1, top)
            top = min(top, level) if headings else level
            headings.append(_heading(section, mark, level, doubts))
            numbers.append(mark.number)
            path = [*(above for above in path if above.level < level), headings[-1]]
    doubts += _heading_order(headings, numbers)
    return tuple(headings), tuple(articles)


def _sections(marked: Sequence[Marked]) -> Iterator[_Section]:
    section: _Section | None = None
    for one in marked:
        if one.mark is None and section is not None:
            section.lines.append(one.line)
            continue
        if section is not None:
            yield section
        section = _Section(one)
    if section is not None:
        yield section


def _heading(section: _Section, mark: HeadingMark, level: int, doubts: list[Doubt]) -> Heading:
    """Its title may go on for some lines; sentences below it are a preamble."""
    lines, title = section.lines, mark.title
    longest = 2 if title else 1
    names = list(takewhile(lambda line: not is_sentence(line.text), lines))
    if names and (not title or len(names) == len(lines) <= longest):
        title = tidy("".join([title, *(line.text for line in names[:longest])]))
        lines = lines[longest:]
    paragraphs, found = parse_paragraphs(lines)
    doubts += found
    return Heading(level, mark.label, title, section.start.line.number, paragraphs)


def _heading_order(headings: Sequence[Heading], numbers: Sequence[int | None]) -> Iterator[Doubt]:
    """Numbers rise by one; below a new heading they may begin again, or go on (chapters across parts)."""
    last: dict[int, int] = {}
    fresh: set[int] = set()
    for heading, number in zip(headings, numbers, strict=True):
        before = last.get(heading.level, 0)
        if number is not None and number != before + 1 and not (number == 1 and heading.level in fresh):
            found = f"“{heading.label}”不接着前面的编号" + (f"（同级的前一个是第 {before}）" if before else "")
            yield Doubt(heading.line, 1, "law-heading-order", found, COMPARE)
        last[heading.level] = number or before
        fresh = (fresh - {heading.level}) | set(range(heading.level + 1, 6))


def _article(section: _Section, mark: ArticleMark, path: tuple[str, ...], doubts: list[Doubt]) -> Article:
    line = section.start.line
    caption, rest = _caption(section, mark)
    lines = [Line(line.number, line.column, rest), *section.lines] if rest else section.lines
    paragraphs, found = parse_paragraphs(lines)
    doubts += found
    if not paragraphs:
        doubts.append(Doubt(line.number, line.column, "law-empty-article", f"“{mark.label}”下面没有文字", COMPARE))
    number, suffix = mark.key
    return Article(number, suffix, mark.label, path, line.number, paragraphs, caption)


def _caption(section: _Section, mark: ArticleMark) -> tuple[str, str]:
    """A name after the number, which some publishers add in brackets or as a heading, and what follows it."""
    match = _CAPTION.match(mark.rest)
    if match:
        return match[0].strip(), mark.rest[match.end() :]
    if section.start.line.rank and mark.rest and section.lines and not is_sentence(mark.rest):
        return mark.rest, ""
    return "", mark.rest


def _fault(fault: Fault) -> Doubt:
    """A fault of the numbering in plain words."""
    article, before, after = fault.article, fault.before, fault.after
    name = article_name(article.id)
    if fault.kind == "gap":
        found = f"{name}前面缺{_names(fault.missing)}" + (f"（上一条是{article_name(before.id)}）" if before else "")
        return Doubt(article.line, 1, "law-gap", found, COMPARE)
    if fault.kind == "repeat" and before:
        found = f"{name}出现了两次，上一次在第 {before.line} 行：两处都留着，引用这一条时不能自动核对"
        return Doubt(article.line, 1, "law-repeat", found, COMPARE)
    sides = [f"{article_name(one.id)}之{side}" for one, side in ((before, "后"), (after, "前")) if one]
    return Doubt(article.line, 1, "law-order", f"{name}的位置不对：排在{'、'.join(sides)}", COMPARE)


def _names(keys: Sequence[Key]) -> str:
    """第六条至第八条、第十条: neighbours are drawn together."""
    runs: list[str] = []
    for _, run in groupby(enumerate(keys), key=_series):
        ends = [key for _, key in run]
        names = [article_name(f"{n}-{s}" if s else str(n)) for n, s in (ends[0], ends[-1])]
        runs.append(names[0] if len(ends) == 1 else f"{names[0]}至{names[1]}")
    return "、".join(runs[:5]) + ("等" if len(runs) > 5 else "")


def _series(place: tuple[int, Key]) -> tuple[int, int]:
    """The same for all numbers of an unbroken series."""
    index, (number, suffix) = place
    return (number, suffix - index) if suffix else (0, number - index)


def _manner(marked: Sequence[Marked], articles: Sequence[Article]) -> Iterator[Doubt]:
    """How the whole text is written, where that makes its words or its paragraphs doubtful. Told once each."""
    traditional = next((one for one in articles if "條" in one.label), None)
    if traditional:
        hint = "照原样导入；和简体的摘编逐字核对时会对不上，最好换成官方的简体文本"
        yield Doubt(traditional.line, 1, "law-traditional", f"这是繁体字文本（“{traditional.label}”）", hint)
    arabic = [one for one in articles if _ARABIC.match(one.label)]
    chinese = [one for one in articles if not _ARABIC.match(one.label)]
    if arabic and chinese:
        odd = min(arabic, chinese, key=len)[0]
        found = f"条号有的用汉字、有的用数字（“{odd.label}”），一共 {min(len(arabic), len(chinese))} 处"
        yield Doubt(odd.line, 1, "law-mixed", found, COMPARE)
    wrapped = [one for one in marked if one.joined and one.mark is None and not one.line.begins]
    if len(wrapped) * 10 > len(marked):
        line, found = wrapped[0].line, f"有 {len(wrapped)} 行在句子中间换行，款的划分可能不准"
        yield Doubt(line.number, line.column, "law-wrapped", found, "换成每款一段的文本，或去掉句子中间的换行")
