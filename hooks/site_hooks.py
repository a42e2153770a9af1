"""The adapter: the only file that knows MkDocs. It asks the core for finished pages and hands them over.

MkDocs keeps this module for the life of `serve` and has its folder on the path only while executing it, so the core
is imported at the top, and purged and imported again at each build. Every `on_*` here is a MkDocs event.
"""

from __future__ import annotations

import html
import importlib
import logging
import os
import posixpath
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

HOOKS = str(Path(__file__).resolve().parent)
sys.path.insert(0, HOOKS) if HOOKS not in sys.path else None

import portal.adapter as adapter  # noqa: E402

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.hooks.portal")
TEMPLATES = {"page": "main.html", "home": "home.html"}
RESULTS = '<ol class="md-search-result__list" role="presentation"></ol>\n        </div>'
SKIP_LINK = re.compile(r'<div data-md-component="skip">.*?</div>', re.DOTALL)
state: dict[str, Any] = {"serving": False}


def on_startup(*, command: str, dirty: bool) -> None:
    """Remember whether an author is watching: then a mistake becomes a page, not an end."""
    state["serving"] = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check everything before MkDocs empties the site folder."""
    core = _fresh_core()
    today = os.environ.get("PORTAL_TODAY")
    root = Path(config.config_file_path or ".").resolve().parent
    day = date.fromisoformat(today) if today else date.today()
    home = "" if state["serving"] else config.site_url or ""
    made = core.make(root, day, config.extra["edition"], log.info, home)
    if config.extra.get("script") == "hant":
        made = importlib.import_module("portal.traditional").in_traditional(made)
    for problem in made.warnings:
        log.warning(problem)
    if made.errors and not state["serving"]:
        raise PluginError("\n" + "\n".join(made.errors))
    for problem in made.errors:
        log.error(problem)
    state["made"] = made
    config.nav = [posixpath.splitext(address)[0] + ".md" for address in made.nav]
    config.site_name, config.site_description = made.name, made.description
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Only assets of docs/ and the core's pages go into the site: whatever else lies in docs/ stays out."""
    kept = Files([file for file in files if _is_asset(file)])
    for page in state["made"].pages:
        source = posixpath.splitext(page.address)[0] + ".md"
        file = File.generated(config, source, content="")
        kept.append(file)
        FinishedPage(file, config, page, state["made"].edit_base)
    for name, text in state["made"].assets:
        kept.append(File.generated(config, name, content=text))
    return kept


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """A page in another language says so. Material's search dialog has no accessible name and no help where nothing
    is found, and its skip link jumps over what stands before a heading."""
    lang = page.meta.get("lang")
    if lang:
        output = output.replace("<article ", f'<article lang="{lang}" ', 1)
    output = SKIP_LINK.sub(lambda _: state["made"].skip_link, output, count=1)
    base = posixpath.relpath(".", posixpath.dirname(page.url) or ".")
    output = output.replace(RESULTS, RESULTS + state["made"].search_help.replace("{base}", base), 1)
    return output.replace(
        '<div class="md-search" data-md-component="search" role="dialog">', state["made"].search_dialog, 1
    )


def on_post_build(config: MkDocsConfig) -> None:
    """Mend the theme in the finished site: what its search cuts, what its style sheet costs."""
    try:
        importlib.import_module("portal.search_words").mend_search(Path(config.site_dir))
        importlib.import_module("portal.lighten").quicken(Path(config.site_dir))
    except ValueError as error:
        raise PluginError(str(error)) from None


def on_serve(server: Any, config: MkDocsConfig, builder: Any) -> Any:
    """Watch everything an author or a developer edits."""
    root = Path(config.config_file_path).parent
    for name in ("regulations", "procedures", "calendar", "profile.yml", "glossary.yml", "hooks"):
        if (root / name).exists():
            server.watch(str(root / name))
    usual = server.error_handler
    server.error_handler = lambda code: state["made"].problem_page if state["made"].errors else usual(code)
    return server


class FinishedPage(Page):
    """A page whose HTML, title and table of contents are made already: Python-Markdown has nothing to do.

    The theme prints titles and descriptions as they are, so they are escaped here.
    """

    def __init__(self, file: File, config: MkDocsConfig, page: Any, edit_base: str) -> None:
        super().__init__(html.escape(page.title), file, config)
        self.finished = page
        self.edit_url = html.escape(f"{edit_base}/{page.source}") if edit_base and page.source else None

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no Markdown; what front matter would say comes from the core."""
        self.markdown = ""
        self.meta = {
            "description": html.escape(self.finished.description),
            "template": TEMPLATES[self.finished.layout],
        }
        if not self.is_homepage:
            self.meta["title"] = self.title
        if self.finished.lang in state["made"].names:
            self.meta["lang"], self.meta["site"] = self.finished.lang, state["made"].names[self.finished.lang]
        if self.finished.boost != 1.0:
            self.meta["search"] = {"boost": self.finished.boost}
        if self.finished.keywords:
            self.meta["tags"] = list(self.finished.keywords)
        if self.edit_url is None:
            self.meta["hide"] = ["edit"]

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the core's HTML as it is."""
        self.content = self.finished.html
        self.toc = TableOfContents(_nested(self.finished.headings))
        self.present_anchor_ids, self.links_to_anchors = set(), {}


def _nested(headings: Any) -> list[AnchorLink]:
    """Third-level headings go below the second-level heading before them."""
    links: list[AnchorLink] = []
    for heading in headings:
        link = AnchorLink(html.escape(heading.text), heading.anchor, heading.level)
        (links[-1].children if heading.level > 2 and links else links).append(link)
    return links


def _is_asset(file: File) -> bool:
    """Files of the theme (they have no place in docs/) and everything below docs/assets."""
    return file.src_uri.startswith("assets/") and not file.src_uri.endswith((".md", ".yml"))


def _fresh_core() -> Any:
    """The core as it stands on disk now: under `serve` an edited Python file counts at once."""
    if state.get("made") is not None:
        for name in [name for name in sys.modules if name == "portal" or name.startswith("portal.")]:
            del sys.modules[name]
        sys.path.insert(0, HOOKS) if HOOKS not in sys.path else None
    return importlib.import_module("portal.adapter") if state.get("made") is not None else adapter
