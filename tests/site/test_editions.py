"""A staff sentence never reaches the public site: a canary in every staff text, and every byte of the site searched."""

from __future__ import annotations

import gzip
import html
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from freetext import Spot, document_models, fields_of, rewrite
from projects import build, buildable, contents
from small import TODAY, small_text

STAFF_IDS = ("zq-inner", "zq-crowd", "zq-way", "zq-paper", "zq-game", "zq-law", "zq-notes", "zq-word", "zq-report")
"""Ids of staff objects: a public address or list that names one tells that it exists."""

NOT_SHOWN = {
    "Case.title": "a persona is for the checks",
    "Limit.evidence": "words for comparing with the official text",
    "NumberQuestion.unit": "the labels of the answers say it",
    "Role.duty": "no page shows it yet",
    "Verified.against": "the page says when, not against which copy",
    "Regulation.english": "stands on English pages only; see tests/rendering/test_english.py",
    "Guide.keywords": "words for the search",
    "Plan.keywords": "words for the search",
    "Procedure.keywords": "words for the search",
}
PUBLIC_ONLY = {"CalendarYear", "Holiday", "PublicProfile", "Channel"}
BODY_SPOTS = ("para", "head", "item", "cell", "code", "box", "link", "alt")


@dataclass
class Sites:
    """Both editions of a library full of canaries."""

    staff: dict[str, bytes]
    public: dict[str, bytes]
    spots: list[Spot]
    pages: list[str]


def canary(number: int) -> str:
    """A distinct word, half Latin, half Chinese: the search cuts Chinese up, JSON and HTML write it in other signs."""
    return f"Qz{number:03d}密"


def page_canary(file: str, spot: str) -> str:
    """One for each kind of Markdown on each page."""
    return f"Qm{spot}{re.sub('[^a-z]', '', file)}密"


def body(file: str, public: bool) -> str:
    """Markdown of every kind; a regulation's headings are its articles."""
    if public:
        return ""
    c = {spot: page_canary(file, spot) for spot in BODY_SPOTS}
    heading = "" if file.startswith("regulations/") else f"\n## {c['head']}\n"
    return f"""
{c["para"]} [{c["link"]}](cite:law-a/3) ![{c["alt"]}]({"../" * file.count("/")}docs/assets/icon.svg)

- {c["item"]}

| {c["cell"]} | b |
|---|---|
| 1 | 2 |

```
{c["code"]}
```

:::red-line
{c["box"]}
:::
{heading}
"""


def text(number: int, spot: Spot) -> str | None:
    """Staff texts carry their canary, public ones stay."""
    if hidden_from_public(spot):
        return f"{spot.text[: spot.longest - 6]}{canary(number)}"
    return None


def hidden_from_public(spot: Spot) -> bool:
    """Staff objects; personas are for nobody; of the shared vocabulary, what only a staff regulation uses."""
    if spot.field.startswith("Vocabulary."):
        return str(spot.path[1]).startswith("inner-")
    return not spot.public and spot.field != "Case.answers"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """The library with its canaries, built in both editions; with an address, so that the sitemap lists its pages."""
    folder = tmp_path_factory.mktemp("editions")
    root = buildable(folder / "project", full=True)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "\nsite_url: https://guide.example.test/\n", "utf-8")
    spots = rewrite(root, TODAY, text, body)
    (root / "docs/assets/zq-draft.md").write_text("Qz999密")
    (root / "docs/overrides/zq-note.txt").write_text("Qz999密")
    build(root, folder / "staff", "staff")
    build(root, folder / "public", "public")
    pages = [f.relative_to(root).as_posix() for f in sorted(root.rglob("*.md")) if "zq-" in f.as_posix()]
    pages = [page for page in pages if not page.startswith("docs/assets")]
    return Sites(contents((folder / "staff").resolve()), contents((folder / "public").resolve()), spots, pages)


def readable(data: bytes) -> str:
    """What a file says, whatever it is written in: gzip, JSON escapes, HTML entities, cut into words for the search."""
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    said = data.decode("utf-8", "ignore")
    said += re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), said)
    return html.unescape(said).replace("\u200b", "").replace("\u00ad", "")


def test_every_kind_of_staff_text_holds_a_canary(sites: Sites) -> None:
    sung = {spot.field for spot in sites.spots if hidden_from_public(spot)}
    every = {field for model in document_models() for field in fields_of(model)}
    silent = {field for field in every - sung if field.partition(".")[0] not in PUBLIC_ONLY}
    assert silent == {"Case.answers"}
    assert len(sites.pages) == 4


def test_no_byte_of_the_public_site_holds_a_staff_sentence(sites: Sites) -> None:
    assert len(sites.public) > 40
    leaks = [
        f"{name}: {match[0]}"
        for name, data in sites.public.items()
        for match in re.finditer(r"Qz\d{3}|Qm[a-z]{3,}密", readable(data))
    ]
    assert leaks == []


def test_no_address_or_list_of_the_public_site_names_a_staff_object(sites: Sites) -> None:
    leaks = [
        f"{name}: {staff_id}"
        for name, data in sites.public.items()
        for staff_id in STAFF_IDS
        if staff_id in name or staff_id in readable(data)
    ]
    assert leaks == []


def test_no_public_file_names_a_source_file_or_the_repository(sites: Sites) -> None:
    ours = {name: data for name, data in sites.public.items() if not name.startswith("assets/")}
    leaks = [
        f"{name}: {word}"
        for name, data in ours.items()
        for word in ("git.example.test", ".checklist.yml", "profile.yml", "index.md")
        if word in readable(data)
    ]
    assert leaks == []
    assert any("git.example.test" in readable(data) for data in sites.staff.values())


def test_the_staff_site_shows_every_canary(sites: Sites) -> None:
    """So the search above can fail."""
    said = "\n".join(readable(data) for name, data in sites.staff.items() if name.endswith(".html"))
    unseen = {
        f"{spot.field} ({spot.file})"
        for number, spot in enumerate(sites.spots)
        if hidden_from_public(spot) and spot.field not in NOT_SHOWN and canary(number) not in said
    }
    assert unseen == set()
    for page in sites.pages:
        spots = list(BODY_SPOTS)
        if page.startswith("regulations/"):
            spots.remove("head")
        assert [spot for spot in spots if page_canary(page, spot) not in said] == [], page


def test_the_search_index_is_read_rightly(sites: Sites) -> None:
    """The staff index holds canaries; the disguise in which the theme writes its index is looked through as well."""
    for name in ("search/search_index.json", "search/search_index.js"):
        assert re.search(r"Qz\d{3}密", readable(sites.staff[name])), name
    disguised = json.dumps({"text": "Qz0\u200b27密"}).encode()
    assert b"Qz027" not in disguised and "Qz027密" in readable(disguised)


def test_the_sitemaps_are_read_rightly(sites: Sites) -> None:
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        assert "zq-crowd" in readable(sites.staff[name]), name
        assert "procedures/visit/" in readable(sites.public[name]), name


def test_both_editions_hold_the_page_of_a_lost_link(sites: Sites) -> None:
    assert "404.html" in sites.staff
    assert "404.html" in sites.public


def test_drafts_beside_the_assets_are_in_neither_edition(sites: Sites) -> None:
    for site in (sites.staff, sites.public):
        assert not any("Qz999密" in readable(data) for data in site.values())


def test_an_object_that_says_nothing_about_its_audience_is_not_public(tmp_path: Path) -> None:
    """One public object of each kind loses its `audience: public` line; nothing else refers to it."""
    form = small_text("procedures/visit/note.form.yml").replace("id: note", "id: leaf").replace("登记表", "落单的表")
    page = "---\nid: alone\ntitle: 落单的页\naudience: public\nreviewed: 2026-05-01\nreviewer: chief\nsummary: 一句。\n---\n正文。\n"
    term = "  lone: {term: 落单的词, text: 一个词, audience: public}\n"
    glossary = small_text("glossary.yml").rstrip("\n") + "\n" + term
    files = {"procedures/visit/leaf.form.yml": form, "docs/alone.md": page, "glossary.yml": glossary}
    marked = buildable(tmp_path / "marked", **files)
    silent = {name: re.sub(r"audience: public\n|, audience: public(?=}\n$)", "", said) for name, said in files.items()}
    unmarked = buildable(tmp_path / "unmarked", **silent)
    build(marked, tmp_path / "with", "public")
    build(unmarked, tmp_path / "without", "public")
    with_them = contents((tmp_path / "with").resolve())
    without = contents((tmp_path / "without").resolve())
    assert {"forms/leaf.html", "alone.html"} <= with_them.keys()
    assert not {"forms/leaf.html", "alone.html"} & without.keys()
    for words in ("落单的表", "落单的页", "落单的词"):
        assert any(words in readable(data) for data in with_them.values())
        assert not any(words in readable(data) for data in without.values())


def test_the_stamp_tells_the_edition(sites: Sites) -> None:
    assert json.loads(sites.public["build.json"])["edition"] == "public"
    assert json.loads(sites.staff["build.json"])["edition"] == "staff"
