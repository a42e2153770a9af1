"""What a site engine needs from the core, in one value: pages, navigation, names, problems. Engine-neutral."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

import jieba

from portal.build import load_words, open_site, render_pages
from portal.checked import load_checked
from portal.model.library import Edition
from portal.rendering.addresses import HUBS
from portal.rendering.device import ADDRESS as DEVICE
from portal.rendering.limits_script import limits_script
from portal.rendering.page import RenderedPage
from portal.rendering.site import Site, Words
from portal.rendering.written import edit_base
from portal.web_assets import web_assets

_NAV = {
    "staff": (
        "index.html",
        HUBS["plan"],
        HUBS["procedure"],
        HUBS["checklist"],
        HUBS["tree"],
        HUBS["limit"],
        HUBS["form"],
        "citizens/index.html",
        "training/index.html",
        HUBS["drill"],
        HUBS["regulation"],
        "red-lines.html",
        HUBS["term"],
        "authors/index.html",
        DEVICE,
        "about.html",
    ),
    "public": (
        "index.html",
        "citizens/index.html",
        HUBS["tree"],
        HUBS["limit"],
        HUBS["regulation"],
        "red-lines.html",
        HUBS["term"],
        DEVICE,
        "about.html",
    ),
}

_DOORS = {
    "staff": (HUBS["plan"], HUBS["procedure"], HUBS["checklist"], HUBS["limit"], HUBS["term"], "citizens/index.html"),
    "public": ("citizens/which-route.html", "citizens/index.html", HUBS["limit"], HUBS["term"]),
}

_PROBLEM_HEAD = """<!doctype html>
<html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="2"><title>内容有错误</title>
<style>
:root { color-scheme: light dark; }
body { font: 17px/1.75 "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; margin: 0 auto; padding: 1.2rem; max-width: 60em; }
li { margin: 0 0 .6rem; }
code { font: inherit; overflow-wrap: anywhere; }
</style>
<h1>内容有错误，改好后本页自动更新</h1>
"""


@dataclass(frozen=True)
class Made:
    """One edition, ready for an engine. With errors it holds one page: the list of what to mend.

    `names` are the site's name in the other languages of its pages; `search_help`, shown
    where nothing is found, has addresses that begin with `{base}`; `assets` are name below the site's root and text of files that the core writes itself.
    """

    pages: tuple[RenderedPage, ...]
    nav: tuple[str, ...]
    name: str
    names: Mapping[str, str]
    description: str
    edit_base: str
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    search_dialog: str
    search_help: str
    skip_link: str
    assets: tuple[tuple[str, str], ...] = ()

    @property
    def problem_page(self) -> bytes:
        """The list of problems as a page of its own that reloads itself until all is well."""
        return (_PROBLEM_HEAD + problems_html(self.errors)).encode()


def make(root: Path, today: date, edition: Edition, tell: Callable[[str], None], home: str = "") -> Made:
    """Read, check and render one edition; `tell` is told about the progress; `home` is its address."""
    checked = load_checked(root, today)
    tell(f"已读取并检查：{sum(1 for _ in checked.library.documents())} 个对象，{len(checked.problems)} 个问题")
    words = load_words()
    site = open_site(checked.library, edition, words, home)
    errors = tuple(str(problem) for problem in checked.errors)
    pages = (problems_page(errors),) if errors else tuple(render_pages(site, lambda done, _: tell(f"已生成 {done} 页")))
    _teach_search(site)
    addresses = {page.address for page in pages}
    return Made(
        pages=pages,
        nav=tuple(address for address in _NAV[edition] if address in addresses),
        name=words["site"][f"name-{edition}"],
        names={lang: other["site"][f"name-{edition}"] for lang, other in site.translations.items()},
        description=words["site"]["description"],
        edit_base=edit_base(site),
        errors=errors,
        warnings=tuple(str(p) for p in checked.problems if p.severity == "warning"),
        search_help=_search_help(words["site"]["search-none"], edition, pages),
        search_dialog=f'<div class="md-search" data-md-component="search" role="dialog" aria-label="{words["site"]["search"]}">',
        skip_link=f'<div data-md-component="skip"><a href="#main-text" class="md-skip">{words["site"]["skip"]}</a></div>',
        assets=(
            ("assets/words.js", script_words(words)),
            ("assets/limits.js", limits_script(site)),
            *web_assets(site),
        ),
    )


def _search_help(text: str, edition: Edition, pages: tuple[RenderedPage, ...]) -> str:
    """What to do where nothing is found: shorter words, or one of the doors of the edition."""
    titles = {page.address: page.title for page in pages}
    doors = [address for address in _DOORS[edition] if address in titles]
    rows = "".join(f'<li><a href="{{base}}/{address}">{escape(titles[address])}</a></li>' for address in doors)
    return f'<div class="search-help"><p>{escape(text)}</p><ul>{rows}</ul></div>'


def script_words(words: Words) -> str:
    """The words of the widgets, as a classic script: pages opened from a folder may not fetch."""
    own = {section.removeprefix("script-"): part for section, part in words.items() if section.startswith("script-")}
    return f"window.portalWords = {json.dumps(own, ensure_ascii=False, sort_keys=True)};\n"


def problems_page(errors: tuple[str, ...]) -> RenderedPage:
    """The readable page that an author sees under `serve`."""
    return RenderedPage("index.html", "内容有错误，改好后本页自动更新", (problems_html(errors),), searchable=False)


def problems_html(errors: tuple[str, ...]) -> str:
    """Every problem, one line each."""
    rows = "".join(f"<li><code>{escape(error)}</code></li>" for error in errors)
    return f'<div class="problems"><p><b>有 {len(errors)} 处要改：</b></p><ol>{rows}</ol></div>'


def _teach_search(site: Site) -> None:
    """Terms and titles are words of their own for the search: without them they are cut up or lost."""
    jieba.setLogLevel(logging.WARNING)
    for term in site.library.glossary.terms.values():
        for word in (term.term, *term.also):
            jieba.add_word(word)
    for page in site.library.pages():
        for word in page.keywords:
            jieba.add_word(word)
