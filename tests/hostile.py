"""Texts that try to become elements or scripts, and how to tell that they did."""

from __future__ import annotations

import re

from freetext import Spot
from htmlpage import Element

ELEMENTS = "\"'></title><script>alert(1)</script><img src=x onerror=alert(1)>"
LONG = (
    ELEMENTS
    + "</script></style></svg><iframe src=javascript:alert(1)></iframe>[x](javascript:alert(1)){{ 7*7 }}{% raw %}"
)
SHORT = "<u>"
NOT_REWRITTEN = {
    "Case.answers": "must name an answer of the tree",
    "Profile.repository": "must be an https address without quotes or brackets",
}
BODY = """
<script>alert(1)</script> <!-- <img src=x onerror=alert(1)> --> &lt;script&gt;alert(1)&lt;/script&gt;

<img src=x onerror=alert(1)>

1. [x](javascript:alert(1)) [y](JaVaScRiPt:alert(1)) [z](&#106;avascript:alert(1)) [t](&Tab;javascript:alert(1))
1. [d](data:text/html,<script>alert(1)</script>) [v](vbscript:alert(1)) <javascript:alert(1)>
1. [r]: javascript:alert(1)
1. [a"onmouseover=alert(1)](https://example.test/"onmouseover=alert(1) "t\\" onmouseover=alert(1)")
1. [<img src=x onerror=alert(1)>](cite:law-a/3) [<script>alert(1)</script>](limit:law-a/handle)

| <script>alert(1)</script> | `<img src=x onerror=alert(1)>` |
|---|---|
| [x](javascript:alert(1)) | <svg onload=alert(1)> |

```
</code></pre><script>alert(1)</script>
```

:::red-line
<iframe src=javascript:alert(1)></iframe>{{ 7*7 }}
:::
"""
HEADING = '\n## "><script>alert(1)</script> <img src=x onerror=alert(1)> \\*星\\* \\_线\\_ \\`码\\` \\[a](b.md) \\{#x} &amp;lt; \\#\n'


def payload(number: int, spot: Spot) -> str | None:
    """The nastiest text that fits, with a mark to find it again."""
    mark = f"t{number}t"
    if spot.field in NOT_REWRITTEN:
        return None
    return next(mark + text for text in (LONG, ELEMENTS, SHORT) if len(mark + text) <= spot.longest)


def body(file: str, public: bool) -> str:
    """More Markdown for every page; headings of a regulation are articles, so it gets none."""
    return BODY if file.startswith("regulations/") else BODY + HEADING


def dangerous(element: Element) -> bool:
    """Would a browser run this, or load what an author's text names?"""
    if any(name.startswith("on") for name in element.attrs):
        return True
    targets = [element.attrs.get(name, "") for name in ("href", "src", "action", "formaction", "data", "xlink:href")]
    if any(re.match(r"\s*(javascript|vbscript|data:text)", target, re.IGNORECASE) for target in targets):
        return True
    if element.tag == "script":
        return "alert" in "".join(map(str, element.children)) or "alert" in element.attrs.get("src", "")
    return element.tag in ("iframe", "u") or (element.tag == "img" and element.attrs.get("src") == "x")
