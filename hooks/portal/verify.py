"""What a comparison with the official texts confirmed is written down beside the regulation, and read back at every check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from portal.checks.official import shape_of
from portal.model.claim import Claim
from portal.model.official import OfficialText
from portal.model.problem import Problem
from portal.model.regulation import Regulation
from portal.reading.official import parse_official
from portal.reading.official_files import find_files
from portal.reading.official_source import read_source
from portal.reading.official_store import read_store
from portal.reading.text import Unreadable

_HEAD = """# yaml-language-server: $schema=../../schemas/evidence.schema.json
# 由 portal law verify 写成，不要手改：与官方文本核对时确认的内容。
"""
_VERIFIED = re.compile(r"^verified:.*\n(?:[ \t]+.*\n)*", re.MULTILINE)
_TABLES = {".csv", ".tsv", ".xlsx", ".json"}
"""Lists of texts lie beside the texts; they are none themselves."""


def contradictions(claims: Iterable[Claim]) -> list[Problem]:
    """What the official texts deny, as problems of the library."""
    return [
        Problem(claim.place, "evidence-contradicted", claim.message, claim.hint)
        for claim in claims
        if claim.result == "contradicted"
    ]


def read_texts(folder: Path) -> tuple[tuple[OfficialText, ...], tuple[Problem, ...]]:
    """The official texts of a store, or of a folder of files as they were published; what is none is told."""
    if any(folder.glob("*.json")):
        return read_store(folder)
    texts: list[OfficialText] = []
    problems: list[Problem] = []
    for path in find_files([folder]).files:
        if path.suffix in _TABLES or path.stem == "README":
            continue
        try:
            texts.append(parse_official(read_source(path, path.relative_to(folder).as_posix()))[0])
        except Unreadable as error:
            problems.append(error.problem)
    return tuple(texts), tuple(problems)


def evidence_text(regulation: Regulation, text: OfficialText, claims: Sequence[Claim]) -> str:
    """The content of `evidence.yml`."""
    articles = {article.id: article for article in text.articles}
    record: dict[str, Any] = {
        "sha256": text.sha256,
        "adopted": regulation.adopted.isoformat(),
        "effective": regulation.effective.isoformat(),
        "articles": regulation.articles,
        "unchecked": [claim.what for claim in claims if claim.result == "unchecked"],
        "shapes": {number: list(shape_of(articles[number])) for number in regulation.gists},
        "limits": {
            name: {
                "article": str(limit.article.within(regulation.id)),
                "length": str(limit.length),
                "words": limit.evidence,
                **({"extend": str(limit.extend.by)} if limit.extend else {}),
            }
            for name, limit in regulation.rules.limits.items()
        },
    }
    return _HEAD + yaml.safe_dump(record, allow_unicode=True, sort_keys=False, default_flow_style=None, width=110)


def verified_page(page: str, text: OfficialText, today: date) -> str:
    """The regulation's page with its `verified` set to this text and day."""
    source = PurePosixPath(text.source).name
    line = f"verified: {{on: {today}, against: {source}, sha256: {text.sha256}}}\n"
    return _VERIFIED.sub(lambda _: line, page, count=1)
