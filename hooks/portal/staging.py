"""The rendered pages as real files with a plain mkdocs.yml, for an engine that knows nothing of this project."""

from __future__ import annotations

import json
import posixpath
import shutil
from html import escape
from pathlib import Path

from portal.adapter import Made
from portal.model.prose import Heading
from portal.rendering.page import RenderedPage

CONFIG = """\
# Written by `portal stage`. The pages are finished; this file only names theme, search and navigation.
site_name: {name}
docs_dir: docs
use_directory_urls: false
theme:
  name: material
  language: zh
  font: false
plugins:
  - search
  - offline
markdown_extensions:
  - attr_list
  - toc
nav: {nav}
extra:
  generator: false
  polyfills: [assets/vendor/iframe-worker.js]
extra_css: [assets/portal.css]
extra_javascript: [assets/words.js, assets/base.js, assets/everyone.js, assets/offline.js]
"""

_ENTITIES = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_{}[]<>#&"}


def stage(root: Path, out: Path, made: Made) -> int:
    """Write docs/ and mkdocs.yml below the empty folder `out`; returns the number of pages."""
    docs = out / "docs"
    for page in made.pages:
        path = docs / source_name(page)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(staged_text(page), "utf-8")
    if (root / "docs/assets").is_dir():
        shutil.copytree(root / "docs/assets", docs / "assets", ignore=shutil.ignore_patterns("*.md", "*.yml"))
    for name, text in made.assets:
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(text, "utf-8")
    nav = json.dumps([source_name_of(address) for address in made.nav], ensure_ascii=False)
    (out / "mkdocs.yml").write_text(CONFIG.format(name=json.dumps(made.name, ensure_ascii=False), nav=nav), "utf-8")
    return len(made.pages)


def source_name(page: RenderedPage) -> str:
    """The Markdown file that stands for a page."""
    return source_name_of(page.address)


def source_name_of(address: str) -> str:
    """`plans/index.html` → `plans/index.md`."""
    return posixpath.splitext(address)[0] + ".md"


def staged_text(page: RenderedPage) -> str:
    """Front matter, headings as Markdown, everything else as HTML blocks. Themes print titles as they are."""
    front = f"---\ntitle: {json.dumps(escape(page.title), ensure_ascii=False)}\n---\n"
    return front + "\n\n".join(_staged(part) for part in page.parts) + "\n"


def _staged(part: Heading | str) -> str:
    if isinstance(part, Heading):
        anchor = part.anchor.replace("_", r"\_")
        return f"{'#' * part.level} {_escape(part.text)} {{ #{anchor} }}"
    return part


def _escape(text: str) -> str:
    """Text that Markdown prints as it stands."""
    return text.translate(_ENTITIES)
