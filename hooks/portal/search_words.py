"""The theme's search in the finished site: our cutting of a Chinese query instead of its own, an index half as large.

The theme never looked up a word that ends where the query does (`地图` was searched as `地`), gave up the whole query for
one character that stands nowhere, and searched for every 了 and 不 as eagerly as for the words that matter.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

_WORKERS = "assets/javascripts/workers"
_THEIRS = re.compile(
    r"function (?P<name>\w+)\(t,e\)\{let r=new Set,n=new Uint16Array\(t\.length\);"
    r".{0,400}?return r\.has\(\"\"\)\?new Set\(\[t\]\):r\}"
)
# From left to right the longest words that the index knows, none inside another; single characters only if there is
# nothing else; the query as it is if the index knows nothing of it.
_OURS = (
    "function {name}(t,e){{let r=[],n=0;"
    "for(let s=0;s<t.length;s++)for(let o=t.length;o>s&&o>n;o--)if(t.slice(s,o)in e){{r.push(t.slice(s,o));n=o;break}}"
    "let i=r.filter(s=>s.length>1);return new Set(i.length?i:r.length?r:[t])}}"
)


# The theme marks the ends of words with spaces of no width. Beside these marks they end no word, but let a line begin with one.
_NO_END = re.compile("\u200b+(?=[、，。；：？！”’）》])|(?<=[“‘（《])\u200b+")


def mend_search(folder: Path) -> None:
    """Put our cutting into the search of a finished site. A theme that reads otherwise is refused: look again."""
    worker = next((folder / _WORKERS).glob("search.*.min.js"))
    text, number = _THEIRS.subn(lambda found: _OURS.format(name=found["name"]), worker.read_text("utf-8"))
    if number != 1:
        raise ValueError(f"the search of this theme is another one: mend {__name__} or drop it")
    worker.write_text(text, "utf-8")
    _mend_index(folder / "search" / "search_index.json")


def _mend_index(file: Path) -> None:
    """No line of a result begins with a comma; Chinese as it is written takes half the room of its numbers.
    The theme makes the index for opening from a folder out of this file."""
    index = json.loads(file.read_text("utf-8"))
    for page in index["docs"]:
        page["title"], page["text"] = _NO_END.sub("", page["title"]), _NO_END.sub("", page["text"])
    file.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), "utf-8")
