"""What each line of an official text starts, and where contents, body and appendix begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from portal.reading.official_line import (
    ArticleMark,
    Doubt,
    HeadingMark,
    Line,
    Mark,
    complete,
    contents_key,
    is_attachment,
    is_contents,
    item_of,
    mark_of,
    runs_on,
    split_running,
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A line, what starts on it, and whether the sentence of the line before goes on in it."""

    line: Line
    mark: Mark
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """The lines, and the indexes where contents begin and end, the body begins and the appendix begins.

    `opening` is the first heading or article after the contents. Without contents the first three are equal.
    """

    marked: tuple[Marked, ...]
    contents: int
    contents_end: int
    opening: int
    appendix: int
    doubts: tuple[Doubt, ...]

    def body(self) -> tuple[Marked, ...]:
        """From the first heading or article to the appendix; empty where the text has no article."""
        return self.marked[self.opening : self.appendix]


def find_outline(lines: Sequence[Line]) -> Outline:
    """Mark every line, then find the parts of the text."""
    doubts: list[Doubt] = []
    marked = tuple(_mark(lines, doubts))
    contents, contents_end, lost = _contents(marked)
    opening = next((i for i in range(contents_end, len(marked)) if marked[i].mark), len(marked))
    return Outline(marked, contents, contents_end, opening, _appendix(marked, opening), (*doubts, *lost))


def _mark(lines: Sequence[Line], doubts: list[Doubt]) -> Iterator[Marked]:
    previous: Line | None = None
    above: Mark = None
    started = False
    for line in _single(lines):
        joined = above is None and runs_on(previous, line)
        mark = mark_of(line, joined)
        if isinstance(mark, HeadingMark) and not mark.label:
            # 第五章 on one line, 附则 on the next is one heading; what is only set as one at the top is the title.
            nameless = isinstance(above, HeadingMark) and not above.title
            mark = None if nameless or not (started or mark.level) else mark
        if isinstance(mark, ArticleMark) and not mark.readable:
            doubts.append(_unreadable(line, mark))
            mark = None
        yield Marked(line, mark, joined)
        started = started or mark is not None
        previous, above = line, mark if not isinstance(mark, ArticleMark) or not mark.rest else None


def _single(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines with at most one article each."""
    for line in lines:
        pieces = split_running(line.text)
        column = line.column
        yield line if len(pieces) == 1 else line._replace(text=pieces[0])
        for before, piece in pairwise(pieces):
            column += len(before)
            yield Line(line.number, column, piece)


def _unreadable(line: Line, mark: ArticleMark) -> Doubt:
    hint = "写成“第一百零五条”或“第一百五十条”的样子；拿不准的，查原件"
    return Doubt(line.number, line.column, "law-number", f"“{mark.label}”的条号看不出是几", hint)


def _contents(marked: Sequence[Marked]) -> tuple[int, int, tuple[Doubt, ...]]:
    """Where the contents begin and end; the same index twice without contents.

    They end where their first entry comes again. Without the word 目录 that must be before the first article.
    """
    first = next((i for i, one in enumerate(marked) if isinstance(one.mark, ArticleMark)), len(marked))
    begin = next((i for i in range(first) if marked[i].mark), first)
    title = next((i for i in range(first) if is_contents(marked[i].line)), None)
    if first == len(marked) or (title is None and begin == first):
        return begin, begin, ()
    entry = begin if title is None else title + 1
    key = contents_key(marked[entry].line, marked[entry].mark)
    limit = first if title is None else len(marked)
    again = (i for i in range(entry + 1, limit) if contents_key(marked[i].line, marked[i].mark) == key)
    end = next(again, None)
    if title is None:
        return begin, begin if end is None else end, ()
    return (title, first, (_lost(marked[title].line, key),)) if end is None else (title, end, ())


def _lost(line: Line, key: str) -> Doubt:
    found = f"目录的第一项“{key[:20]}”在正文里没有再出现，第一条之前的标题都算作目录"
    return Doubt(line.number, line.column, "law-contents", found, "对照原件补上正文里的标题，或删掉目录")


def _appendix(marked: Sequence[Marked], opening: int) -> int:
    """Where the appendix begins: at an attachment's title after which numbers start anew, or after the last article."""
    articles = [i for i in range(opening, len(marked)) if isinstance(marked[i].mark, ArticleMark)]
    for one, following in pairwise(articles):
        if _key(marked[following]) < _key(marked[one]):
            start = next((i for i in range(one + 1, following) if is_attachment(marked[i].line)), None)
            if start is not None:
                return start
    tail = range(articles[-1] + 1, len(marked)) if articles else range(0)
    return next((i for i in tail if _is_tail(marked[i - 1], marked[i])), len(marked))


def _key(one: Marked) -> tuple[int, int]:
    return one.mark.key if isinstance(one.mark, ArticleMark) else (0, 0)


def _is_tail(before: Marked, one: Marked) -> bool:
    """After the last article: a title or a line that is no sentence (who printed the page, a link to the next one)."""
    if is_attachment(one.line) or (isinstance(one.mark, HeadingMark) and not one.mark.level):
        return True
    text = one.line.text
    unfinished = not complete(text) and text[-1] not in "，、" and not item_of(text)
    return unfinished and not one.joined and complete(before.line.text) and one.mark is None
