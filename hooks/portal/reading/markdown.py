"""From a Markdown file to its front matter and parsed text.

CommonMark with tables and admonition containers; raw HTML is text. Fenced blocks named after a kind place objects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.paragraph import paragraph
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.container import container_plugin

from portal.model.place import Place
from portal.model.problem import Problem
from portal.model.prose import Heading, Link, Placement, Prose
from portal.model.quiz import Quiz
from portal.model.reference import REFERENCE_HINT, SCHEMES, wrong_references
from portal.reading.panels import BOX as PANELS
from portal.reading.panels import panel_problems, unsaid_pictures
from portal.reading.quiz import read_quiz
from portal.reading.yaml_nodes import YamlFile, parse_yaml

PLACEABLE = ("checklist", "tree", "form", "drill", "limits", "duty-phones", "thresholds", "channels", "rules")
BLOCKS = (*PLACEABLE, "quiz")
"""Every block with a name: the last one holds what it shows instead of an id."""
BOXES = ("short-answer", "red-line", "practice", "note")
CONTAINERS = (*BOXES, PANELS)
_BOX_SIGNS = ("container_box_open", "container_box_close")
_LOOKED_AT = frozenset({"inline", "fence", "heading_open", *_BOX_SIGNS})
_TARGETS = {"link_open": "href", "image": "src"}
_PLAIN_REFERENCE = re.compile(rf"(?:{'|'.join(SCHEMES)}):[a-z0-9/.-]*")
_LINK = re.compile(rf"\[([^]]*)\]\(({_PLAIN_REFERENCE.pattern})\)")
_SAFE_LINK = re.compile(
    r"(?:https://|mailto:|tel:|#|[^:/?#]*(?:[/?#]|$)|(?:" + "|".join((*SCHEMES, "picture")) + r"):)", re.IGNORECASE
)


@dataclass(slots=True)
class MarkdownFile:
    """Front matter and body of one file; `body_line` is the line of the file where the body begins."""

    front: YamlFile
    body: str
    body_line: int


def split_front_matter(text: str, name: str) -> MarkdownFile | Problem:
    """Cut the `---` block off the top of the text."""
    hint = "文件第一行写 ---，接着写 id、title 等，再用一行 --- 结束"
    if not text.startswith("---\n"):
        return Problem(Place(name), "markdown-front-matter", "文件开头没有 --- 说明块", hint)
    end = re.search(r"^---[ ]*$", text[4:], re.MULTILINE)
    if end is None:
        return Problem(Place(name), "markdown-front-matter", "开头的 --- 说明块没有结束", hint)
    front = text[4 : 4 + end.start()]
    body = text[4 + end.end() :].removeprefix("\n")
    return MarkdownFile(parse_yaml(front, name, 2), body, front.count("\n") + 3)


_BlockRule = Callable[[StateBlock, int, int, bool], bool]
_FIRST_SIGNS = {
    "container_box": ":",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "reference": "[",
    "heading": "#",
}
"""What a line begins with, after its indentation, where a rule may say yes; rules not named here are always asked."""


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    # With html off these two only ever say no, at every block and every "<".
    parser.disable(["html_block", "html_inline"])
    # "---" under a paragraph draws a line, as its author meant; CommonMark would make the paragraph a heading.
    parser.disable("lheading")
    # One rule for all boxes: each rule is asked at every block of every page.
    parser.use(container_plugin, "box", validate=lambda info, _markup: info.strip() in CONTAINERS)
    parser.validateLink = lambda url: _SAFE_LINK.match(url) is not None  # type: ignore[method-assign]
    parser.normalizeLink = _normalize_link  # type: ignore[method-assign]
    parser.block.ruler.before("table", "plain", _plain_paragraph)
    parser.inline.ruler.after("text", "reference", _plain_link)
    parser.inline.parse = _plain_first(parser)  # type: ignore[method-assign]
    parser.block.ruler.getRules = _by_first_sign(parser.block.ruler)  # type: ignore[method-assign]
    return parser


def _normalize_link(url: str) -> str:
    """Our own references are plain already, and taking an address apart is dear."""
    return url if _PLAIN_REFERENCE.fullmatch(url) else normalizeLink(url)


def _plain_paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A paragraph known by its first character: nothing but a paragraph or the head of a table begins with Chinese.

    Most lines do, and every other rule need not look at those.
    """
    if state.src[state.bMarks[start] + state.tShift[start]] <= "~" or state.is_code_block(start):
        return False
    below = state.bMarks[start + 1] + state.tShift[start + 1]
    if start + 1 < end and state.src[below : below + 1] in "|-:":  # also where nothing stands there
        return False
    return paragraph(state, start, end, silent)


def _by_first_sign(ruler: Ruler[_BlockRule]) -> Callable[..., list[_BlockRule]]:
    """The rules of each chain as one that asks only those which the first character of the line allows.

    The parser asks every rule at every block, and again at every line whether it ends the block before.
    """
    signs = {
        rule: _FIRST_SIGNS.get(name, "")
        for name, rule in zip(ruler.get_active_rules(), ruler.getRules(""), strict=True)
    }

    def whole(rules: list[_BlockRule]) -> _BlockRule:
        others = [rule for rule in rules if not signs[rule]]
        allowed = {sign: [r for r in rules if not signs[r] or sign in signs[r]] for sign in "".join(signs.values())}

        def ask(state: StateBlock, start: int, end: int, silent: bool) -> bool:
            at = state.bMarks[start] + state.tShift[start]
            for rule in allowed.get(state.src[at : at + 1], others):  # noqa: SIM110 (any() would cost as much as a rule)
                if rule(state, start, end, silent):
                    return True
            return False

        return ask

    chains = {chain: [whole(ruler.getRules(chain))] for chain in ("", "paragraph", "reference", "blockquote", "list")}
    return chains.__getitem__


def _plain_link(state: StateInline, silent: bool) -> bool:
    """A link to our own content as it is mostly written: its text, if any, is plain, and so is its target.

    The parser looks at links sign by sign, labels and targets; every other link is left to it.
    """
    found = _LINK.match(state.src, state.pos, state.posMax)
    if found is None or state.md.inline.terminator_re.search(found[1]):
        return False
    if not silent:
        state.push("link_open", "a", 1).attrs = {"href": found[2]}
        state.append_pending(found[1])
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def _plain_first(parser: MarkdownIt) -> Callable[..., list[Token]]:
    """The parser of inline text, spared where no character could start anything.

    Most table cells, headings and list items are plain text, and no rule need look at those.
    """
    full, signs = parser.inline.parse, parser.inline.terminator_re

    def parse(src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        if not src or signs.search(src):
            return full(src, md, env, tokens)
        tokens.append(Token("text", "", 0, content=src))
        return tokens

    return parse


def parse_prose(text: str, name: str, first_line: int = 1) -> tuple[Prose, list[Problem]]:
    """Parse a body; the problems are placements that do not name anything."""
    tokens = _parser().parse(text)
    lines = text.split("\n")
    links: list[Link] = []
    placements: list[Placement] = []
    headings: list[Heading] = []
    quizzes: dict[str, Quiz] = {}
    problems: list[Problem] = []

    def place() -> Place:
        return Place(name, first_line + (token.map[0] if token.map else 0))

    for index, token in enumerate(tokens):
        if token.type not in _LOOKED_AT:
            continue
        if token.type == "inline":
            if "[" in token.content:
                found = _links(token, lines, name, first_line)
                links += found
                problems += unsaid_pictures(token, found)
                problems += _stray_references(token, place())
            if ":" in token.content or "：" in token.content:
                problems += _stray_boxes(token, place())
        elif token.type == "fence":
            problems += _fence_problems(token, lines, place())
            if token.info.strip() == "quiz":
                quiz, wrong = read_quiz(token.content, place())
                problems += wrong
                quizzes |= {token.content: quiz} if quiz else {}
            elif token.info.strip() in PLACEABLE:
                placements.append(Placement(token.info.strip(), tuple(token.content.split()), place()))
        elif token.type in _BOX_SIGNS:
            problems += _open_box(tokens, index, place())
            problems += panel_problems(tokens, index, name, first_line)
        elif token.type == "heading_open":
            headings.append(_heading(token, tokens[index + 1], headings))
    return Prose(tuple(tokens), tuple(links), tuple(placements), tuple(headings), first_line, quizzes), problems


def _fence_problems(token: Token, lines: list[str], place: Place) -> Iterator[Problem]:
    """A block of a kind nobody knows, one that is never closed, or one that stands inside a list or a box."""
    info = token.info.strip()
    first, after = token.map or (0, 1)
    if info and info not in BLOCKS:
        hint = f"放置内容可用：{'、'.join(BLOCKS)}；只是展示文字就去掉名称"
        yield Problem(place, "markdown-block", f"不认识“{info}”这种代码块", hint)
    if after - 1 == first or not lines[after - 1].strip().startswith(token.markup):
        yield Problem(place, "markdown-block", "这个代码块没有结束", f"在内容后面另起一行写 {token.markup}")
    elif info in BLOCKS and token.level:
        yield Problem(
            place, "markdown-block", "放置内容的代码块写在了列表或提示框里面", "移到最外层，前后各空一行，前面不缩进"
        )


def _stray_boxes(inline: Token, place: Place) -> Iterator[Problem]:
    """A line that begins with `:::` but opened no box: its name is misspelt."""
    for offset, text in enumerate(inline.content.split("\n")):
        if text.startswith((":::", "：：", "::")):
            box = text.strip(":： ")
            message = f"不认识“{box}”这种提示框" if box else "多出一行 :::"
            yield Problem(
                Place(place.file, place.line + offset), "markdown-block", message, f"可用：{'、'.join(CONTAINERS)}"
            )


def _stray_references(inline: Token, place: Place) -> Iterator[Problem]:
    """A link that stayed text: its kind is unknown, its signs are full-width, or it is no https address."""
    texts = "".join(child.content for child in inline.children or [] if child.type == "text")
    for wrong in wrong_references(texts):
        message = f"“{wrong}”不是能用的引用或链接，读者会看到方括号"
        yield Problem(place, "markdown-reference", message, REFERENCE_HINT, "warning")


def _open_box(tokens: list[Token], index: int, place: Place) -> Iterator[Problem]:
    """markdown-it closes a forgotten box at the end of the page: everything after it would stand inside."""
    token = tokens[index]
    if token.nesting != 1:
        return
    level = token.level
    outer = next((b for b in reversed(tokens[:index]) if b.type == "container_box_open" and b.level < level), None)
    close = next(later for later in tokens[index + 1 :] if later.level == level and later.nesting == -1)
    if outer is not None and token.map and outer.map:
        # An unclosed box swallows the next one and takes its end for its own.
        place = Place(place.file, place.line - token.map[0] + outer.map[0])
        token, close = outer, Token("", "", -1)
    if not close.markup:
        yield Problem(place, "markdown-block", f"提示框“{token.info.strip()}”没有结束", "在内容后面另起一行写 :::")


def _links(inline: Token, lines: list[str], name: str, first_line: int) -> list[Link]:
    start, end = inline.map or (0, 1)
    found = []
    for child in inline.children or []:
        target = child.attrs.get(_TARGETS[child.type]) if child.type in _TARGETS else None
        if not target:
            continue
        written = {str(target), unquote(str(target))}
        rows = ((row, lines[row].find(text) + 1) for row in range(start, min(end, len(lines))) for text in written)
        line, column = next(((row, column) for row, column in rows if column), (start, 1))
        found.append(Link(str(target), Place(name, first_line + line, column), child.type == "image"))
    return found


def _heading(opening: Token, inline: Token, before: list[Heading]) -> Heading:
    text = "".join(child.content for child in inline.children or [] if child.type in ("text", "code_inline"))
    heading = Heading(int(opening.tag[1:]), text, _anchor(text, {heading.anchor for heading in before}))
    opening.attrSet("id", heading.anchor)
    return heading


def _anchor(text: str, taken: set[str]) -> str:
    """Chinese anchors are fine in every browser; a number keeps them unique."""
    base = re.sub(r"[^\w一-鿿]+", "-", text).strip("-").lower() or "section"
    anchor, number = base, 2
    while anchor in taken:
        anchor, number = f"{base}-{number}", number + 1
    return anchor
