"""Impact: everything that rests on an article or a limit is found, in every way it does, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.model.citation import Citation
from portal.model.ground import Ground, UnknownGround, find_ground
from portal.model.impact import KINDS, Impact, Reliance, overlap
from portal.model.library import Library
from portal.model.mention import Mention, mentions
from portal.model.place import Place
from portal.reading.folder import read_library
from projects import PROJECT, REAL_TODAY
from small import read_small, small_text

TREE = "procedures/visit/route.tree.yml"
RULES = "regulations/law-a/rules.yml"
LAW = "regulations/law-a/index.md"
ON_THREE = {
    "limit law-a/handle": ["cite"],
    "step visit/tell": ["cite", "limit"],
    "question route/days": ["limit"],
    "outcome route/urge": ["cite"],
    "outcome route/wait": ["limit"],
    "checklist visit": ["hold"],
    "tree route": ["hold", "hold", "hold"],
    "drill talk": ["expect", "practise"],
    "procedure visit": ["cite", "limit", "place", "place"],
}
LOCAL = """limits:
  local:
    title: 省里办结
    article: 3
    actor: office
    from: receipt
    length: 30 days
    counting: assumed
    beside: law-a/handle
    note: 省内用这一个
    evidence: 30日内办结
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return read_small(tmp_path)


@pytest.fixture(scope="session")
def real() -> Library:
    return read_library(PROJECT, REAL_TODAY)[0]


def on(library: Library, text: str) -> Impact:
    return Reliance(library).on(find_ground(library, text))


def told(impact: Impact) -> dict[str, list[str]]:
    return {f"{rest.thing.kind} {rest.thing.id}": sorted(way.how for way in rest.ways) for rest in impact.rests}


def spot(mention: Mention) -> tuple[object, ...]:
    """Where a mention stands, without asking for line and column."""
    return (mention.at.file, mention.path, mention.target, mention.at if isinstance(mention.at, Place) else None)


class TestWhatRests:
    def test_on_an_article(self, library: Library) -> None:
        assert told(on(library, "law-a/3")) == ON_THREE

    def test_on_its_limit_the_same_but_for_what_cites_only_the_article(self, library: Library) -> None:
        found = told(on(library, "law-a/handle"))
        assert "outcome route/urge" not in found
        assert found["step visit/tell"] == ["limit"]
        assert found.keys() == ON_THREE.keys() - {"limit law-a/handle", "outcome route/urge"}

    @pytest.mark.parametrize(
        ("asked", "step"),
        [
            ("law-a/1", {"visit/write", "visit/receipt"}),
            ("law-a/1.1", {"visit/write"}),
            ("law-a/1.2", {"visit/receipt"}),
            ("law-a", {"visit/write", "visit/receipt", "visit/tell"}),
        ],
    )
    def test_on_a_part_only_what_overlaps_it(self, library: Library, asked: str, step: set[str]) -> None:
        assert {rest.thing.id for rest in on(library, asked).rests if rest.thing.kind == "step"} == step

    def test_a_citation_of_the_whole_article_rests_on_each_part(self, library: Library) -> None:
        assert "term matter" in told(on(library, "law-a/1.2"))

    def test_a_duty_rests_on_its_article(self, library: Library) -> None:
        assert told(on(library, "law-a/1.1"))["duty law-a/register"] == ["cite"]

    def test_a_form_carries_it_to_the_steps_that_use_it(self, tmp_path: Path) -> None:
        form = small_text("procedures/visit/note.form.yml").replace(
            "reviewer: clerk\n", "reviewer: clerk\nbasis: [law-a/2.3]\n"
        )
        found = told(on(read_small(tmp_path, **{"procedures/visit/note.form.yml": form}), "law-a/2.3"))
        assert found["form note"] == ["cite"]
        assert found["step visit/write"] == ["form"]
        assert found["outcome route/urge"] == ["form"]

    def test_an_item_is_written_with_or_without_its_only_paragraph(self, tmp_path: Path) -> None:
        text = small_text(LAW).replace("分成三类办理：\n\n", "分成三类办理：\n")
        library = read_small(tmp_path, **{LAW: text})
        assert overlap(library, Citation("law-a", "2", (2,)), Citation("law-a", "2", (1, 2)))
        assert not overlap(library, Citation("law-a", "2", (2,)), Citation("law-a", "2", (1, 1)))

    def test_a_whole_regulation_is_told_apart_and_not_followed(self, tmp_path: Path) -> None:
        tree = small_text(TREE).replace("basis: [law-a/2.2]", "basis: [law-a]")
        impact = on(read_small(tmp_path, **{TREE: tree}), "law-a/3")
        assert told(impact) == ON_THREE
        assert [str(mention.place) for mention in impact.whole] == [f"{TREE}:36:13"]

    def test_a_local_limit_beside_is_told_and_not_followed(self, tmp_path: Path) -> None:
        tree = small_text(TREE).replace("limits: [law-a/handle]", "limits: [law-b/local]")
        changes = {"regulations/law-b/index.md": small_text(LAW).replace("id: law-a", "id: law-b")}
        library = read_small(tmp_path, **changes, **{"regulations/law-b/rules.yml": LOCAL, TREE: tree})
        found = told(on(library, "law-a/handle"))
        assert found["limit law-b/local"] == ["beside"]
        assert "outcome route/wait" not in found

    def test_a_link_embeds_nothing(self, tmp_path: Path) -> None:
        page = small_text("docs/index.md") + "\n再看 [](procedure:visit)、[](checklist:visit)、[](form:note)。\n"
        assert "page index" not in told(on(read_small(tmp_path, **{"docs/index.md": page}), "law-a/3"))

    def test_the_map_of_old_articles(self, tmp_path: Path) -> None:
        old = small_text(LAW).replace("id: law-a", "id: law-old").replace("effective:", "ends: 2026-05-01\neffective:")
        rules = 'successors:\n  "2": [law-a/1, law-a/3]\n'
        library = read_small(tmp_path, **{"regulations/law-old/index.md": old, "regulations/law-old/rules.yml": rules})
        impact = on(library, "law-a/3")
        assert told(impact)["article law-old/2"] == ["successor"]
        place = next(r for r in impact.rests if r.thing.kind == "article").ways[0].mention.place
        assert str(place) == "regulations/law-old/rules.yml:2:18"

    def test_readers_are_told_apart(self, library: Library) -> None:
        public = {rest.thing.id: rest.public for rest in on(library, "law-a/3").rests}
        assert (public["visit/tell"], public["talk"]) == (True, False)

    def test_the_order_of_a_report(self, library: Library) -> None:
        ranks = [(KINDS.index(rest.thing.kind), rest.thing.id) for rest in on(library, "law-a").rests]
        assert ranks == sorted(ranks)


class TestWhatIsAsked:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("law-b/3", "没有“law-b”这部法规；是不是想写“law-a”？"),
            ("zzzz", "已有的见 portal list"),
            ("law-a/handel", "是不是想写“law-a/handle”？"),
            ("law-a/", "没有“”这个期限"),
            ("law-a/9", "没有第九条：全文 3 条"),
            ("law-a/3-1", "没有第三条之一"),
            ("law-a/1.3", "第一条没有“3”这一款或项；这一条有：第1款、第2款"),
            ("law-a/三", "条写成数字"),
            ("", "没有“”这部法规"),
        ],
    )
    def test_what_is_not_there_is_said(self, library: Library, text: str, words: str) -> None:
        with pytest.raises(UnknownGround, match="没有") as told:
            find_ground(library, text)
        assert words in str(told.value)

    @given(st.text(max_size=30))
    def test_nothing_else_goes_wrong(self, real: Library, text: str) -> None:
        try:
            assert str(find_ground(real, text)) == text
        except UnknownGround as error:
            assert str(error)


class TestRealLibrary:
    """What the library is for: whoever changes 34 must hear of everything that counts sixty days."""

    def test_the_article_names_every_step_that_counts_its_limit(self, real: Library) -> None:
        steps = {
            f"{checklist.id}/{name}"
            for checklist in real.checklists.values()
            for _, name, item in checklist.all_items()
            if item.limit == "xinfang-2022/handle"
        }
        named = {rest.thing.id for rest in on(real, "xinfang-2022/34").rests if rest.thing.kind == "step"}
        assert len(steps) >= 5
        assert steps <= named

    def test_no_file_that_names_the_limit_is_missed(self, real: Library) -> None:
        """Seen from the other side: by the plain text of the files."""
        files = {name for name, text in real.sources.items() if "xinfang-2022/handle" in text}
        ways = [way for rest in on(real, "xinfang-2022/handle").rests for way in rest.ways]
        assert len(files) >= 5
        missed = files - {way.mention.place.file for way in ways}
        shown_as_code = {"docs/authors/formats.md"}
        assert {name for name in missed if not name.endswith("evidence.yml")} <= shown_as_code

    def test_every_citing_mention_is_named(self, real: Library) -> None:
        reliance = Reliance(real)
        citing = defaultdict(set)
        for mention in mentions(real):
            cited = mention.citation
            if cited and cited.regulation == "xinfang-2022" and cited.article:
                citing[cited].add(spot(mention))
        assert len(citing) > 50
        for cited, spots in citing.items():
            found = {spot(way.mention) for rest in reliance.on(Ground(cited)).rests for way in rest.ways}
            assert spots <= found, cited

    @pytest.mark.parametrize(
        ("whole", "part"), [("xinfang-2022/31", "xinfang-2022/31.6"), ("xinfang-2022", "xinfang-2022/34")]
    )
    def test_a_part_touches_no_more_than_the_whole(self, real: Library, whole: str, part: str) -> None:
        assert told(on(real, part)).keys() <= told(on(real, whole)).keys()
