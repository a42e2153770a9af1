"""The search finds Chinese words in the middle of a sentence, over http and from the disk, in both editions."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict

import pytest
from playwright.sync_api import expect

from browser.watch import DESK, Open, Site
from projects import PROJECT

WORDS = {
    # what people look for: its page must be among the results
    "staff": {
        "推选代表": "citizens/visiting.html",
        "延期理由": "procedures/handling-opinion/index.html",
        "复核": "citizens/review.html",
        "踢皮球": "glossary/index.html",
    },
    "public": {
        "推选代表": "citizens/visiting.html",
        "复核": "citizens/review.html",
        "踢皮球": "glossary/index.html",
        "petition": "en/petitioning.html",
        "deadline": "en/time-limits.html",
        "review": "en/review.html",
    },
}
SAMPLE = 8
_ROW = re.compile(r"^\| (?:另加：)?([^|]+?) \| \[\]\((procedure|plan):([a-z-]+)\)", re.MULTILINE)
_MIDDLE = re.compile("(?<=[\u4e00-\u9fff]\u200b)[\u4e00-\u9fff]{2}(?=\u200b[\u4e00-\u9fff])")


def _words_of_one_page(site: Site) -> dict[str, str]:
    """Words that stand on a single page, in the middle of a sentence there: word → page; a sample drawn by seed."""
    places: dict[str, set[str]] = defaultdict(set)
    middle: set[str] = set()
    for entry in json.loads((site.folder / "search/search_index.json").read_text("utf-8"))["docs"]:
        text = f"{entry['title']} {entry['text']} {' '.join(entry.get('tags', ()))}"
        middle |= set(_MIDDLE.findall(entry["text"]))
        for word in set(re.findall("(?=([\u4e00-\u9fff]{2}))", text.replace("\u200b", ""))):
            places[word].add(entry["location"].partition("#")[0] or "index.html")
    alone = sorted(word for word in middle if len(places[word]) == 1)
    return {word: next(iter(places[word])) for word in random.Random("search").sample(alone, SAMPLE)}


@pytest.mark.parametrize("door", ["http", "file"])
@pytest.mark.parametrize("edition", WORDS)
def test_words_find_their_page(reader: Open, edition: str, door: str) -> None:
    one = reader(edition, door=door, size=DESK)
    one.open("about.html")
    one.quiet()
    for word, page in {**WORDS[edition], **_words_of_one_page(one.site)}.items():
        found = one.search(word)
        assert page in found, (word, page, found)
        assert found[page], "the result has a title"


def test_every_procedure_and_plan_is_found_by_its_name(reader: Open) -> None:
    """Its name in the table of everything there is (docs/authors/coverage.md): its page is among the first three."""
    one = reader("staff", size=DESK)
    one.open("about.html")
    one.quiet()
    missed = []
    rows = _ROW.findall((PROJECT / "docs/authors/coverage.md").read_text("utf-8"))
    assert len(rows) > 40
    for name, kind, work in rows:
        page = f"plans/{work}/index.html" if kind == "plan" else f"procedures/{work}/index.html"
        found = list(one.search(name))[:3]
        if page not in found:
            missed.append((name, found))
    assert not missed


@pytest.mark.parametrize("door", ["http", "file"])
def test_a_result_leads_to_its_page(reader: Open, door: str) -> None:
    one = reader("public", door=door, size=DESK)
    one.open("regulations/xinfang-2022/index.html")
    one.quiet()
    one.search("踢皮球")
    links = one.find("a.md-search-result__link").evaluate_all("links => links.map(link => link.href)")
    assert links and not any("?" in link for link in links), (
        "what is searched for goes into no address: a server would log it"
    )
    one.find("a.md-search-result__link[href*='glossary/']").first.click()
    one.page.wait_for_url("**/glossary/index.html*")
    assert one.find("article h1").inner_text() == "词语解释"


def test_public_search_finds_nothing_for_staff(reader: Open) -> None:
    one = reader("public", size=DESK)
    one.open("index.html")
    one.quiet()
    found = one.search("现场总指挥")
    assert not any(page.startswith(("plans/", "procedures/", "drills/")) for page in found), found


def test_the_index_is_fetched_when_the_search_is_opened(reader: Open) -> None:
    one = reader(size=DESK)
    one.open("index.html")
    one.quiet()
    assert [address for address in one.requests if "search_index" in address] == []
    assert one.search("复核")
    assert len([address for address in one.requests if "search_index" in address]) == 1


def test_nothing_is_called_not_found_while_the_index_is_on_its_way(reader: Open) -> None:
    one = reader(size=DESK)
    one.page.route("**/search_index.json", lambda route: None)
    one.open("index.html")
    one.quiet()
    one.find("input.md-search__input").focus()
    one.page.keyboard.insert_text("复核")
    one.page.keyboard.press("End")
    one.page.wait_for_timeout(500)
    expect(one.find(".md-search-result__meta")).to_be_visible()
    expect(one.find(".search-help")).to_be_hidden()


@pytest.mark.parametrize("door", ["http", "file"])
def test_a_word_that_stands_nowhere(reader: Open, door: str) -> None:
    one = reader(door=door, size=DESK)
    one.open("index.html")
    one.quiet()
    assert one.search("鲲鹏展翅") == {}
    help_text = one.find(".search-help")
    expect(help_text).to_contain_text("一次只写一个词")
    one.ask("复查")
    expect(help_text).to_be_hidden()
    one.ask("鲲鹏展翅")
    with one.page.expect_navigation():
        help_text.get_by_role("link", name="期限总表").click()
    assert one.page.url == f"{one.root}/limits/index.html"
