"""From the lines of an article to its paragraphs (款), their items (项) and sub-items (目)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.model.official import Item, Paragraph, SubItem
from portal.reading.official_line import Doubt, ItemMark, Line, Style, item_of, runs_on


@dataclass(slots=True)
class _Draft:
    """A paragraph, an item or a sub-item that still grows. `styles` are a paragraph's kinds of numbers, by level."""

    text: str
    mark: ItemMark | None = None
    members: list[_Draft] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)

    def leaf(self) -> _Draft:
        """Where text goes on: the last sub-item, item or the paragraph itself."""
        return self.members[-1].leaf() if self.members else self

    def list_for(self, style: Style) -> list[_Draft]:
        """The open list that a number of this style belongs to."""
        level = self.styles.index(style) if style in self.styles else len(self.styles)
        return self.members if level == 0 else self.members[-1].members


def parse_paragraphs(lines: Sequence[Line]) -> tuple[tuple[Paragraph, ...], list[Doubt]]:
    """The paragraphs in order, and every item whose number is not the next one."""
    drafts: list[_Draft] = []
    doubts: list[Doubt] = []
    previous: Line | None = None
    for line in lines:
        joined = runs_on(previous, line)
        mark = item_of(line.text)
        if mark and not joined:
            _fold(drafts, mark)
        if mark and _is_item(drafts, mark, joined):
            doubts += _add(drafts, mark, line)
        elif drafts and (joined or not drafts[-1].leaf().text or (mark and _is_third_level(drafts[-1], mark))):
            leaf = drafts[-1].leaf()
            leaf.text = f"{leaf.text}\n{line.text}" if leaf.text else line.text
        else:
            drafts.append(_Draft(line.text))
        previous = line
    return tuple(map(_paragraph, drafts)), doubts


def _fold(drafts: list[_Draft], mark: ItemMark) -> None:
    """Text between （三） and （四） belongs to （三）: a list that goes on was not over (信访条例 of 2005, article 21).

    Not after a colon: there a new list begins, whatever its first number.
    """
    last = next((index for index in reversed(range(len(drafts))) if drafts[index].members), None)
    if last is None or last == len(drafts) - 1 or drafts[-1].text.endswith(("：", ":")):
        return
    draft = drafts[last]
    if mark.style in draft.styles[:2] and mark.number == _next(draft.list_for(mark.style)) > 1:
        leaf = draft.leaf()
        leaf.text = "\n".join([leaf.text, *(between.text for between in drafts[last + 1 :])])
        del drafts[last + 1 :]


def _is_item(drafts: list[_Draft], mark: ItemMark, joined: bool) -> bool:
    """A list begins with 1 and goes on in its style; only （一） is an item's number wherever a paragraph stands.

    Where a sentence goes on, the number may belong to it: 依照第九条第 / （五）项.
    """
    if joined and mark.rest.startswith(("项", "項")) and not mark.rest.startswith(("项目", "項目")):
        return False
    styles = drafts[-1].styles if drafts else []
    if mark.style in styles[:2]:
        return not joined or mark.number == _next(drafts[-1].list_for(mark.style))
    if len(styles) >= 2:
        return False
    return mark.number == 1 or (mark.style == "chinese" and not styles and not joined)


def _is_third_level(paragraph: _Draft, mark: ItemMark) -> bool:
    """Below 目 there is no name for a level: it stays in the words of its 目."""
    if len(paragraph.styles) == 2 and mark.number == 1:
        paragraph.styles.append(mark.style)
    return mark.style in paragraph.styles[2:]


def _add(drafts: list[_Draft], mark: ItemMark, line: Line) -> list[Doubt]:
    if not drafts:
        drafts.append(_Draft(""))
    paragraph = drafts[-1]
    members = paragraph.list_for(mark.style)
    if mark.style not in paragraph.styles:
        paragraph.styles.append(mark.style)
    expected = _next(members)
    before = members[-1].mark if members else None
    members.append(_Draft(mark.rest, mark))
    if mark.number == expected:
        return []
    found = f"“{mark.label}”排在“{before.label}”之后" if before else f"这里的编号从“{mark.label}”开始"
    return [Doubt(line.number, line.column, "law-items", found, "对照原件核对；原件就是这样的，可以不改")]


def _next(members: Sequence[_Draft]) -> int:
    return members[-1].mark.number + 1 if members and members[-1].mark else 1


def _paragraph(draft: _Draft) -> Paragraph:
    return Paragraph(draft.text, tuple(_item(member, member.mark) for member in draft.members if member.mark))


def _item(draft: _Draft, mark: ItemMark) -> Item:
    subitems = (SubItem(sub.mark.number, sub.mark.label, sub.text) for sub in draft.members if sub.mark)
    return Item(mark.number, mark.label, draft.text, tuple(subitems))
