"""The copy that a browser keeps: a list of every file of a finished site with its SHA-256, and the worker that uses it.

The worker's text holds the fingerprint of the list, so any change of any file makes a new worker, which is how a
browser learns of a new version. Only published sites have one: a preview must always show what is on the disk.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

WORKER, LIST, SCRIPT, SWITCH = "sw.js", "offline.json", "assets/worker.js", "assets/words.js"
NOT_KEPT = frozenset({SCRIPT, LIST, WORKER, "sitemap.xml", "search/search_index.js"})
"""Files that no page asks for over the network: the index as a script is for pages opened from a folder."""
_ENDINGS = (".map", ".gz")
_DRAWN = "assets/pictures/"
"""Pages hold these pictures themselves."""
_LANGUAGES = "assets/javascripts/lunr/"
_USED = ("lunr.stemmer.support.min.js", "lunr.multi.min.js", "lunr.zh.min.js")


def add_offline_copy(folder: Path) -> str:
    """Write list and worker into the finished site; returns the version. Nothing where the worker's script is missing."""
    if not (folder / SCRIPT).is_file():
        return ""
    _switch_on(folder / SWITCH)
    text = listing(folder)
    version = hashlib.sha256(text.encode()).hexdigest()
    (folder / LIST).write_text(text, "utf-8")
    worker = (folder / SCRIPT).read_text("utf-8")
    (folder / WORKER).write_text(f'var VERSION = "{version}";\n{worker}', "utf-8")
    (folder / SCRIPT).unlink()
    return version


def listing(folder: Path) -> str:
    """`files`: address → SHA-256; `bytes`: their size together."""
    files: dict[str, str] = {}
    size = 0
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if _kept(name):
            data = path.read_bytes()
            files[name] = hashlib.sha256(data).hexdigest()
            size += len(data)
    return json.dumps({"bytes": size, "files": files}, ensure_ascii=False, separators=(",", ":")) + "\n"


def _kept(name: str) -> bool:
    if name.startswith(_LANGUAGES):
        return name.endswith(_USED)
    return name not in NOT_KEPT and not name.startswith(_DRAWN) and not name.endswith(_ENDINGS)


def _switch_on(words: Path) -> None:
    """Tells the pages' script that there is a worker: in a preview and in staged pages there is none."""
    words.write_text(words.read_text("utf-8") + "window.portalOffline = true;\n", "utf-8")
