"""The search finds Chinese words in the middle of a sentence, over http and from the disk, in both editions."""

from __future__ import annotations

import pytest

from browser.watch import DESK, Open

WORDS = [
    ("诬告", "citizens/index.html", "public"),
    ("路费", "citizens/index.html", "staff"),
    ("操纵", "citizens/index.html", "public"),
    ("轮椅", "plans/collective-visit/index.html", "staff"),
    # word, page that must be among the results; the word stands inside a sentence there
    ("推选代表", "citizens/index.html", "staff"),
    ("推选代表", "citizens/index.html", "public"),
    ("延期理由", "regulations/xinfang-2022/index.html", "staff"),
    ("复核", "citizens/review.html", "staff"),
    ("复核", "citizens/review.html", "public"),
    ("踢皮球", "glossary/index.html", "staff"),
    ("踢皮球", "glossary/index.html", "public"),
    ("厕所", "plans/collective-visit/index.html", "staff"),
    ("petition", "en/petitioning.html", "public"),
    ("deadline", "en/time-limits.html", "public"),
    ("review", "en/review.html", "public"),
]


@pytest.mark.parametrize("door", ["http", "file"])
@pytest.mark.parametrize(("word", "page", "edition"), WORDS)
def test_word_in_mid_sentence(reader: Open, word: str, page: str, edition: str, door: str) -> None:
    one = reader(edition, door=door, size=DESK)
    one.open(page)
    assert word in one.find("article").inner_text().replace("\n", "")
    one.open("about.html")
    one.quiet()
    found = one.search(word)
    assert page in found, found
    assert found[page], "the result has a title"


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


@pytest.mark.parametrize("door", ["http", "file"])
def test_a_word_that_stands_nowhere(reader: Open, door: str) -> None:
    one = reader(door=door, size=DESK)
    one.open("index.html")
    one.quiet()
    assert one.search("鲲鹏展翅") == {}
