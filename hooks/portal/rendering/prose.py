"""From parsed Markdown to parts: headings, finished HTML, and the objects that fenced blocks place."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote, unquote

from markdown_it.presets import commonmark
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import escape

from portal.model.prose import Heading, Prose
from portal.model.reference import Reference, parse_target, picture_id
from portal.rendering.page import Part
from portal.rendering.view import View

PlaceObject = Callable[[View, str, str], Iterable[Part]]
WIDE = 4  # columns: on a phone, narrower ones would hold three or four characters
_OPTIONS = OptionsDict({**commonmark.make()["options"], "html": False, "xhtmlOut": False})


class _Renderer(RendererHTML):
    """markdown-it's printer; containers become boxes and tables may scroll."""

    def container_box_open(self, tokens: Any, index: int, options: Any, env: Any) -> str:
        """`:::red-line`; its title is the word of the language."""
        box = tokens[index].info.strip()
        if box == "pictures":
            return '<div class="pictures">\n'
        return f'<div class="box box--{box}"><p class="box__title">{escape(env["box"][box])}</p>\n'

    def container_box_close(self, tokens: Any, index: int, options: Any, env: Any) -> str:
        """`:::`."""
        return "</div>\n"

    def text(self, tokens: Any, index: int, options: Any, env: Any) -> str:
        """Plain text."""
        return str(env["said"](tokens[index].content))

    def table_open(self, tokens: Any, index: int, options: Any, env: Any) -> str:
        """A wide table scrolls inside its own frame, reachable by keyboard; of many columns, its rows are cards on a phone."""
        heads = _column_heads(tokens, index)
        env["heads"] = heads if len(heads) >= WIDE else []
        kind = "plain cards" if env["heads"] else "plain"
        return f'<div class="table-frame" tabindex="0" role="region" aria-label="{escape(env["table"])}"><table class="{kind}">\n'

    def tr_open(self, tokens: Any, index: int, options: Any, env: Any) -> str:
        """A row begins with its first column."""
        env["column"] = 0
        return "<tr>\n"

    def td_open(self, tokens: Any, index: int, options: Any, env: Any) -> str:
        """A cell of a wide table names its column: on a phone the head is not there to be seen."""
        if not env["heads"]:
            return self.renderToken(tokens, index, options, env)
        label = env["heads"][env["column"]]
        env["column"] += 1
        return f'<td data-label="{escape(label)}"><div class="cell">'

    def td_close(self, tokens: Any, index: int, options: Any, env: Any) -> str:
        """End of a cell."""
        return "</div></td>\n" if env["heads"] else "</td>\n"

    def table_close(self, tokens: Any, index: int, options: Any, env: Any) -> str:
        """End of the frame."""
        return "</table></div>\n"


def _column_heads(tokens: Any, opening: int) -> list[str]:
    """The words of the head of the table that opens there."""
    heads = []
    for index in range(opening, len(tokens)):
        if tokens[index].type == "thead_close":
            break
        if tokens[index].type == "th_open":
            heads.append("".join(part.content for part in tokens[index + 1].children or [] if part.type == "text"))
    return heads


_renderer = _Renderer()


def prose_parts(view: View, prose: Prose, source: str, place: PlaceObject) -> list[Part]:
    """The parts of a page's body; `place` makes the parts of a placed object (kind, id)."""
    headings = {heading.anchor: heading for heading in prose.headings}
    parts: list[Part] = []
    waiting: list[Token] = []
    tokens = list(prose.tokens)
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "heading_open" and token.level == 0:
            _flush(view, waiting, source, parts)
            parts.append(_top(headings[str(token.attrGet("id"))]))
            index += 3
            continue
        if token.type == "fence" and token.info.strip() and token.level == 0:
            _flush(view, waiting, source, parts)
            parts += place(view, token.info.strip(), token.content)
        else:
            waiting.append(token)
        index += 1
    _flush(view, waiting, source, parts)
    return parts


def _top(heading: Heading) -> Heading:
    """Page titles are the only first-level headings."""
    return heading if heading.level > 1 else Heading(2, heading.text, heading.anchor)


def tokens_html(view: View, tokens: Iterable[Token], source: str) -> str:
    """Markdown tokens as HTML, references resolved as seen from the page."""
    words = {"box": view.site.words["box"], "table": view.site.words["part"]["table"], "said": view.said}
    run = [_resolved(view, token, source) if token.type == "inline" else token for token in tokens]
    return str(_renderer.render(run, _OPTIONS, words))


def _flush(view: View, waiting: list[Token], source: str, parts: list[Part]) -> None:
    if waiting:
        parts.append(f'<div class="prose">\n{tokens_html(view, waiting, source)}</div>')
        waiting.clear()


def _resolved(view: View, token: Token, source: str) -> Token:
    """The inline token with its links made real; the authored token stays as it is."""
    queue = list(token.children or [])
    if not any(child.type in ("link_open", "image") for child in queue):
        return token
    children: list[Token] = []
    index = 0
    while index < len(queue):
        child = queue[index]
        target = child.attrGet("href") if child.type == "link_open" else None
        reference = parse_target(str(target)) if target else None
        if reference:
            end = next(i for i in range(index, len(queue)) if queue[i].type == "link_close")
            label = "".join(inner.content for inner in queue[index + 1 : end])
            made = view.reference(Reference(reference.scheme, unquote(reference.target), label))
            children.append(Token("html_inline", "", 0, content=str(made)))
            index = end + 1
            continue
        children.append(_drawn(view, child) or _relinked(view, child, source))
        index += 1
    return token.copy(children=children)


def _drawn(view: View, child: Token) -> Token | None:
    """A drawn picture, if the token is one."""
    name = picture_id(str(child.attrGet("src") or "")) if child.type == "image" else ""
    return Token("html_inline", "", 0, content=str(view.picture(name, child.content))) if name else None


def _relinked(view: View, child: Token, source: str) -> Token:
    """A link to another page's Markdown file, or a picture in docs/assets, as seen from this page."""
    name = "href" if child.type == "link_open" else "src" if child.type == "image" else ""
    target = str(child.attrGet(name) or "") if name else ""
    if not target or target.startswith("#") or ":" in target.partition("/")[0]:
        return child
    path, hash_sign, anchor = target.partition("#")
    file = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(path)))
    goal = view.site.page_files.get(file, file.removeprefix("docs/"))
    changed = child.copy(attrs={**child.attrs, name: quote(view.to(goal)) + hash_sign + anchor})
    return changed
