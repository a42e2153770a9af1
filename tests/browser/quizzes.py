"""The smallest site with a quiz of each kind on one page."""

from __future__ import annotations

from pathlib import Path

from projects import build, buildable

PAGE = "quiz.html"
QUIZ = """\
---
id: quiz
title: 小测
audience: public
reviewed: 2026-05-01
reviewer: chief
summary: 做一做。
---
```quiz
id: days
kind: deadlines
limits: [law-a/handle]
```

## 走哪条路

```quiz
id: routes
kind: tree
tree: route
```
"""


def build_quizzes(base: Path) -> Path:
    """The folder of the built site."""
    build(buildable(base / "project", **{"docs/quiz.md": QUIZ}), base / "site")
    return (base / "site").resolve()
