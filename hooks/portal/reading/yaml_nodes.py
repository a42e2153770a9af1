"""From YAML text to plain data, and to the positions of everything in it once somebody asks.

The YAML accepted is a small, safe part: mappings, lists and scalars. No tags, anchors, aliases or merge keys,
no duplicate keys, one document a file. Scalars are JSON-like: unquoted `true`, `false`, `null` and whole numbers
mean what they do in JSON; everything else is text (`no`, `12:30`, `010`, `31.10`, `2026-03-02`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from portal.model.place import Marks, Place
from portal.model.problem import Problem

MAX_DEPTH = 20
_TAGS: dict[type[Node], str] = {
    ScalarNode: "tag:yaml.org,2002:str",
    MappingNode: "tag:yaml.org,2002:map",
    SequenceNode: "tag:yaml.org,2002:seq",
}
_CORE_TAGS = {*_TAGS.values(), "!"}
_DIGITS = frozenset("-0123456789")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_WORDS = {"true": True, "false": False, "null": None}
_WORD_COLON = re.compile(r"：(?<=[A-Za-z0-9_-]：)")
"""Begins with the rare sign, which a search leaps to; the word before it is looked at afterwards."""
_FULLWIDTH_KEY = re.compile(r"(\s*(?:- +)?)([A-Za-z][A-Za-z0-9_-]*)(：)")
_BLOCK_TEXT = re.compile(r"[:-][ \t]+[|>][0-9+-]*[ \t]*(?:#.*)?$", re.MULTILINE)
_INDENTATION = re.compile(rf"[ \t:?-]{{{MAX_DEPTH * 20}}}")
_STRIDE = 50
_INDENTED_STRIDES = re.compile(rf"[ \t:?-]{{{MAX_DEPTH * 20 // _STRIDE}}}")
"""What absurd indentation leaves of itself where only every fiftieth sign is looked at."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_FOLD = re.compile(r"(?<=[一-鿿，。；：、！？”’）》]) (?=[一-鿿，。；：、“‘（《])")
"""The space that folding a long line puts where Chinese has none."""
_SWALLOWED_KEY = re.compile(r"(?:^|[\s ])[a-z][a-z-]*：")


class _Loader(CParser):
    """The C parser with no implicit types: composing is all it does.

    It asks for the tag of every node that has none written, and tells where it goes down and up; a resolver that
    looks for types would take a quarter of the parsing time to answer the same.
    """

    def resolve(self, kind: type[Node], value: object, implicit: object) -> str:
        """The plain tag of this kind of node."""
        return _TAGS[kind]

    def descend_resolver(self, parent: Node | None, index: object) -> None:
        """Nothing depends on the path."""

    def ascend_resolver(self) -> None:
        """Nothing depends on the path."""


@dataclass(slots=True)
class YamlFile:
    """A parsed file: `data` (dicts, tuples, scalars), a way to the positions, and what is wrong with it."""

    data: Any
    find_marks: Callable[[], Marks]
    problems: list[Problem] = field(default_factory=list)


def parse_yaml(text: str, name: str, first_line: int = 1) -> YamlFile:
    """Parse `text` of the file `name`; `first_line` is the line of the file at which `text` begins."""
    builder = _Builder(text, name, first_line - 1)
    fatal = builder.fullwidth_colons() or builder.too_deep()
    nowhere = partial(Marks, first_line, 1)
    if fatal:
        return YamlFile(None, nowhere, fatal)
    try:
        root = _compose(text)
    except yaml.YAMLError as error:
        return YamlFile(None, nowhere, builder.control_characters() or [builder.syntax_problem(error)])
    except (ValueError, RecursionError) as error:
        return YamlFile(None, nowhere, [builder.other_problem(error)])
    if root is None:
        empty = builder.problem(0, 0, "file-empty", "文件里没有内容", "写入内容，或删掉这个文件")
        return YamlFile(None, nowhere, [empty])
    data = builder.build(root, 0)
    return YamlFile(data, partial(_find_marks, text, first_line - 1), builder.problems)


def _compose(text: str) -> Node | None:
    """The text as nodes; None where it holds nothing."""
    loader = _Loader(text)
    try:
        root: Node | None = loader.get_single_node()
        return root
    finally:
        loader.dispose()


def _find_marks(text: str, offset: int) -> Marks:
    """The positions in a text that was parsed before.

    Parsing once more where somebody asks is cheaper than keeping what nobody asks for: the positions of everything
    take a tenth of the time of reading and most of its memory.
    """
    root = _compose(text)
    assert root is not None
    return _marks(root, offset, 0)


def _marks(node: Node, offset: int, depth: int) -> Marks:
    """Positions of one node and everything below it, no deeper than data is read."""
    marks = Marks(node.start_mark.line + 1 + offset, node.start_mark.column + 1)
    if depth > MAX_DEPTH:
        return marks
    if isinstance(node, SequenceNode):
        for index, child in enumerate(node.value):
            marks.children[index] = _marks(child, offset, depth + 1)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value not in marks.children:
                below = marks.children[key.value] = _marks(value, offset, depth + 1)
                below.key_line = key.start_mark.line + 1 + offset
                below.key_column = key.start_mark.column + 1
    return marks


class _Builder:
    """Turns composed nodes into data; collects what is not allowed."""

    def __init__(self, text: str, name: str, offset: int) -> None:
        self.text = text
        self.name = name
        self.offset = offset
        self.problems: list[Problem] = []
        self._starred = "*" in text  # an alias is written with a star
        self._seen: set[int] = set()

    def problem(self, line: int, column: int, code: str, message: str, hint: str) -> Problem:
        """A problem at a position counted from 0 within the text."""
        return Problem(Place(self.name, line + 1 + self.offset, column + 1), code, message, hint)

    def _problem_at(self, position: int, code: str, message: str, hint: str) -> Problem:
        """A problem at a position in the text."""
        line = self.text.count("\n", 0, position)
        return self.problem(line, position - (self.text.rfind("\n", 0, position) + 1), code, message, hint)

    def control_characters(self) -> list[Problem]:
        """The parser refuses them without saying where they are."""
        found = _CONTROL.search(self.text)
        if not found:
            return []
        return [self._problem_at(found.start(), "yaml-syntax", "文件里有看不见的控制字符", "删掉这一处，重新输入")]

    def fullwidth_colons(self) -> list[Problem]:
        """`title：…`: one such line makes YAML read the whole block as a single piece of text."""
        if not _WORD_COLON.search(self.text) or self._inside_block_text():
            return []
        return self._fullwidth_problems()

    def _inside_block_text(self) -> bool:
        """Block text (`|`, `>`) may hold any line; then only the parsed nodes can tell."""
        return _BLOCK_TEXT.search(self.text) is not None

    def _fullwidth_problems(self) -> list[Problem]:
        found = []
        for line, text in enumerate(self.text.split("\n")):
            match = _FULLWIDTH_KEY.match(text)
            if match:
                message = f"“{match[2]}”后面是全角冒号“：”"
                hint = "换成半角冒号加空格“: ”"
                found.append(self.problem(line, match.start(3), "yaml-fullwidth-colon", message, hint))
        return found

    def too_deep(self) -> list[Problem]:
        """Refuse absurd nesting before the parser recurses into it: the C code would crash the whole process.

        Each level without brackets stands at least one column to the right of the one above it.
        """
        hint = "检查是否粘贴了不相干的内容"
        strides = _INDENTED_STRIDES.search(self.text[::_STRIDE])
        indented = _INDENTATION.search(self.text) if strides else None
        if indented:
            return [self._problem_at(indented.start(), "yaml-too-deep", "缩进或“- ”嵌套太深", hint)]
        depth = 0
        if self.text.count("[") + self.text.count("{") <= MAX_DEPTH * 10:
            return []
        for bracket in re.finditer(r"[\[\]{}]", self.text):
            depth += 1 if bracket[0] in "[{" else -1
            if depth > MAX_DEPTH * 10:
                return [self._problem_at(bracket.start(), "yaml-too-deep", "括号嵌套太深", hint)]
        return []

    def syntax_problem(self, error: yaml.YAMLError) -> Problem:
        """The parser's English message in plain words, at its position."""
        found, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        what = str(getattr(error, "problem", None) or error)
        mark = (context if what in _BETTER_AT_CONTEXT else None) or found or context
        line, column = (mark.line, mark.column) if mark else (0, 0)
        near = {self.offset + 1 + place.line for place in (found, context) if place}
        fullwidth = [problem for problem in self._fullwidth_problems() if problem.place.line in near]
        if fullwidth:
            return fullwidth[0]
        if mark and self.text[mark.index : mark.index + 1] == "\t":
            return self.problem(line, column, "yaml-tab", "这里有制表符（Tab）", "换成空格：YAML 只能用空格缩进")
        for fragment, code, message, hint in _SYNTAX:
            if fragment in what:
                return self.problem(line, column, code, message, hint)
        return self.problem(line, column, "yaml-syntax", f"YAML 读不懂这里（{what}）", "对照上一行检查缩进、冒号和引号")

    def other_problem(self, error: Exception) -> Problem:
        """Errors of the parser that carry no position."""
        return self.problem(
            0,
            0,
            "yaml-syntax",
            f"YAML 读不懂这个文件（{type(error).__name__}）",
            "检查是否存错了文件，或含有特殊控制字符",
        )

    def build(self, node: Node, depth: int) -> Any:
        """Data of one node and everything below it."""
        if depth > MAX_DEPTH:
            self._add(node, "yaml-too-deep", f"嵌套超过 {MAX_DEPTH} 层", "内容没有这么深的结构：检查缩进")
            return None
        if self._starred and self._is_alias(node):
            return None
        if node.tag not in _CORE_TAGS and node.tag is not None:
            tag = node.tag.replace("tag:yaml.org,2002:", "!!")
            self._add(node, "yaml-tag", f"不能用标签 {tag}", "去掉感叹号开头的标签")
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if isinstance(node, SequenceNode):
            return tuple([self.build(child, depth + 1) for child in node.value])
        assert isinstance(node, MappingNode)
        return self._mapping(node, depth)

    def _scalar(self, node: ScalarNode) -> Any:
        value: str = node.value
        folded = (" " in value or "：" in value) and node.end_mark.line > node.start_mark.line
        if folded and node.style != "|":
            value = _FOLD.sub("", value)
        if node.style:
            return value
        if value in _WORDS:
            return _WORDS[value]
        if value[:1] in _DIGITS and _INTEGER.fullmatch(value):
            return int(value)
        swallowed = folded and _SWALLOWED_KEY.search(self.text, node.start_mark.index, node.end_mark.index)
        if swallowed:
            message, hint = "这段文字里混进了带全角冒号“：”的键", "把键后面的“：”换成半角冒号加空格“: ”"
            self.problems.append(self._problem_at(swallowed.end() - 1, "yaml-fullwidth-colon", message, hint))
        return value if value or node.start_mark.index != node.end_mark.index else None

    def _mapping(self, node: MappingNode, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key is None:
                continue
            if key in values:
                self._add(key_node, "yaml-duplicate-key", f"“{key}”在这里写了两次", "删掉一个，或改成不同的名字")
                continue
            values[key] = self.build(value_node, depth + 1)
        return values

    def _key(self, node: Node) -> str | None:
        if not isinstance(node, ScalarNode):
            self._add(node, "yaml-key", "键必须是一个词", "把键写成 name: 值 的样子")
            return None
        if node.value == "<<":
            self._add(node, "yaml-alias", "不能用合并键 <<", "把内容直接写出来")
            return None
        return None if self._starred and self._is_alias(node) else str(node.value)

    def _is_alias(self, node: Node) -> bool:
        """Is the node one that stood elsewhere before? It is reported. Asked only where there is a star."""
        if id(node) in self._seen:
            self._alias()
            return True
        self._seen.add(id(node))
        return False

    def _add(self, node: Node, code: str, message: str, hint: str) -> None:
        self.problems.append(self.problem(node.start_mark.line, node.start_mark.column, code, message, hint))

    def _alias(self) -> None:
        """Composed nodes do not say where an alias stood: only now is the slower scanner asked."""
        line, column = 0, 0
        for token in yaml.scan(self.text, Loader=yaml.CLoader):
            if isinstance(token, yaml.AliasToken):
                line, column = token.start_mark.line, token.start_mark.column
                break
        found = self.problem(
            line, column, "yaml-alias", "不能用别名（* 开头）", "把内容直接写出来；文字以 * 开头时加引号"
        )
        if found not in self.problems:
            self.problems.append(found)


_BETTER_AT_CONTEXT = ("found unexpected end of stream", "could not find expected ':'")
_SYNTAX = (
    (
        "found character that cannot start any token",
        "yaml-syntax",
        "这里有不能直接用的字符（@、` 或 %）",
        "文字以 @、`、% 开头时整句加引号",
    ),
    ("mapping values are not allowed", "yaml-syntax", "这里不能再出现“: ”", "检查缩进；文字本身含有“: ”时整句加引号"),
    (
        "could not find expected ':'",
        "yaml-syntax",
        "这一行缺少冒号，或冒号后面没有空格",
        "写成“键: 值”，半角冒号后加一个空格",
    ),
    ("did not find expected key", "yaml-syntax", "缩进不齐，或引号没有配对", "与上一个键左对齐；检查引号"),
    ("did not find expected '-' indicator", "yaml-syntax", "列表的缩进不齐", "同一列表的“- ”要左对齐"),
    ("did not find expected ',' or", "yaml-syntax", "括号里缺少逗号或右括号", "检查 [ ] 和 { } 是否配对，逗号是否半角"),
    ("found unexpected end of stream", "yaml-syntax", "文件结束时引号或括号还没有关上", "补上缺少的引号或括号"),
    ("did not find expected alphabetic or numeric", "yaml-alias", "文字不能以 * 或 & 开头", "整句加引号"),
    ("found undefined alias", "yaml-alias", "不能用别名（* 开头）", "把内容直接写出来；文字以 * 开头时加引号"),
    ("expected a single document", "yaml-syntax", "一个文件里有两份 YAML（--- 分隔）", "拆成两个文件，或删掉 ---"),
    ("but found another document", "yaml-syntax", "一个文件里有两份 YAML（--- 分隔）", "拆成两个文件，或删掉 ---"),
    ("exceeded max depth", "yaml-too-deep", "嵌套太深", "检查是否粘贴了不相干的内容"),
)
