"""`portal impact`, and what the other commands say of a day on which a regulation is not in force."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from portal.cli import cli
from portal.model.impact import KINDS
from projects import PROJECT
from small import small_library, small_text

LAW = small_text("regulations/law-a/index.md")
RULES = small_text("regulations/law-a/rules.yml").partition("duties:")[0]
TREE = "procedures/visit/route.tree.yml"
OFFICIAL = """试验条例

2025年12月1日试验机关通过

第一条 收到以后，应当当面登记。

登记要给回执。

第二条 分成三类办理：

（一）属于本机关的；

（二）属于别的机关的；

（三）重复的。

第三条 信访事项应当自收到之日起60日内办结，并且书面答复信访人。
"""


def portal(root: Path, *arguments: str) -> Result:
    """Run the command line in this process; only a planned end is allowed."""
    result = CliRunner().invoke(cli, ["--root", str(root), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_library(tmp_path / "project")


class TestOnAnArticle:
    def test_it_tells_what_how_where_and_for_whom(self, root: Path) -> None:
        result = portal(root, "impact", "law-a/3", "--today", "2026-06-01")
        assert result.exit_code == 0
        rows = result.stdout.splitlines()
        assert rows[0] == "《试验条例》第三条（law-a/3）：影响 9 处，其中公开 8 处、内部 1 处"
        step = "  visit/tell 告诉办结的日子〔公开〕procedures/visit/index.html#visit--tell"
        at = rows.index(step)
        assert rows[at - 1] == "清单里的步骤（1）"
        assert rows[at + 1 : at + 3] == [
            "    procedures/visit/visit.checklist.yml:17:64: 用期限 law-a/handle",
            "    procedures/visit/visit.checklist.yml:17:47: 直接引用 law-a/3",
        ]
        assert "    procedures/visit/index.md:14:1: 放置了清单 visit" in rows
        assert "    regulations/law-a/rules.yml:4:14: 依据就是 law-a/3" in rows
        assert "    procedures/visit/talk.drill.yml:17:28: 要求做到步骤 route/wait" in rows
        assert "    procedures/visit/route.tree.yml:22:3: 含有问题 route/days" in rows

    def test_the_json_holds_the_same(self, root: Path) -> None:
        record = json.loads(portal(root, "impact", "law-a/3", "--today", "2026-06-01", "--format", "json").stdout)
        assert record["ground"] == "law-a/3"
        assert sum(record["counts"].values()) == len(record["rests"]) == 9
        step = next(rest for rest in record["rests"] if rest["kind"] == "step")
        assert (step["id"], step["audience"], step["direct"]) == ("visit/tell", "public", True)
        assert step["ways"][0] == {
            "how": "limit",
            "on": "law-a/handle",
            "words": "用期限 law-a/handle",
            "file": "procedures/visit/visit.checklist.yml",
            "line": 17,
            "column": 64,
        }

    def test_every_page_it_names_is_built(self, root: Path) -> None:
        from portal.build import load_words, open_site, render_pages
        from portal.checked import load_checked
        from small import TODAY

        site = open_site(load_checked(root, TODAY).library, "staff", load_words())
        html = {page.address: page.html for page in render_pages(site)}
        record = json.loads(portal(root, "impact", "law-a", "--today", "2026-06-01", "--format", "json").stdout)
        assert {rest["kind"] for rest in record["rests"]} <= set(KINDS)
        for rest in record["rests"]:
            page, _, anchor = rest["page"].partition("#")
            assert page in html, rest
            assert not anchor or f'id="{anchor}"' in html[page], rest

    def test_nothing_rests_on_it(self, root: Path) -> None:
        result = portal(root, "impact", "law-a/2.3", "--today", "2026-06-01")
        assert result.exit_code == 0
        assert "影响 0 处" in result.stdout

    @pytest.mark.parametrize("asked", ["law-a/9", "law-b", "law-a/handel", "law-a/1.7"])
    def test_what_is_not_there_is_a_mistake_of_the_asker(self, root: Path, asked: str) -> None:
        result = portal(root, "impact", asked)
        assert result.exit_code == 2
        assert "没有" in result.stderr

    @pytest.mark.parametrize("arguments", [[], ["law-a/3", "--diff", "OLD", "OLD"]])
    def test_it_needs_one_question(self, root: Path, tmp_path: Path, arguments: list[str]) -> None:
        old = official(tmp_path, "OLD")
        result = portal(root, "impact", *[str(old) if word == "OLD" else word for word in arguments])
        assert result.exit_code == 2
        assert "或者写 --diff" in result.stderr

    def test_a_library_with_mistakes_is_still_answered_but_not_trusted(self, tmp_path: Path) -> None:
        broken = small_text("procedures/visit/visit.checklist.yml").replace("who: clerk", "who: clark", 1)
        root = small_library(tmp_path, **{"procedures/visit/visit.checklist.yml": broken})
        result = portal(root, "impact", "law-a/3", "--today", "2026-06-01")
        assert result.exit_code == 1
        assert "visit/tell" in result.stdout
        assert "1 个错误" in result.stderr


def official(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    text = OFFICIAL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return path


class TestOnTwoTexts:
    def diff(self, root: Path, old: Path, new: Path, *more: str) -> Result:
        return portal(root, "impact", "--diff", str(old), str(new), "--today", "2026-06-01", *more)

    def test_a_changed_number_tells_the_limit_and_what_rests_on_it(self, root: Path, tmp_path: Path) -> None:
        old, new = official(tmp_path, "old"), official(tmp_path, "new", ("60日内", "90日内"))
        result = self.diff(root, old, new)
        assert result.exit_code == 0
        assert "改了 1 条，只改了条号 0 条，删去 0 条，新增 0 条，没有变 2 条" in result.stdout
        assert "“日起60日内”→“日起90日内”" in result.stdout
        assert "期限 law-a/handle 所据的“60日内办结”，新文本里没有了" in result.stdout
        assert "visit/tell 告诉办结的日子" in result.stdout

    def test_the_json_form(self, root: Path, tmp_path: Path) -> None:
        new = official(
            tmp_path, "new", ("第三条 ", "第三条 按季度公布办理情况，接受监督。\n\n第四条 "), ("登记要给回执。\n", "")
        )
        record = json.loads(self.diff(root, official(tmp_path, "old"), new, "--format", "json").stdout)
        assert record["regulation"] == "law-a"
        assert record["counts"] == {"changed": 1, "same": 1, "renumbered": 1, "added": 1}
        told: dict[Any, Any] = {change["kind"]: change for change in record["changes"]}
        assert (told["renumbered"]["old"], told["renumbered"]["new"]) == ("3", "4")
        assert "visit/tell" in {rest["id"] for rest in told["renumbered"]["impact"]["rests"]}
        assert told["renumbered"]["limits_without_evidence"] == []
        assert (told["added"]["old"], told["added"]["impact"]) == (None, None)
        assert "visit/receipt" in {rest["id"] for rest in told["changed"]["impact"]["rests"]}

    def test_a_removed_article(self, root: Path, tmp_path: Path) -> None:
        gone = OFFICIAL[OFFICIAL.index("第三条") :]
        record = json.loads(
            self.diff(root, official(tmp_path, "old"), official(tmp_path, "new", (gone, "")), "--format", "json").stdout
        )
        (change,) = record["changes"]
        assert (change["kind"], change["old"], change["limits_without_evidence"]) == ("removed", "3", ["law-a/handle"])
        assert change["impact"]["counts"]["step"] == 1

    def test_once_the_library_is_checked_against_the_new_text_the_new_numbers_count(self, tmp_path: Path) -> None:
        import hashlib

        new = official(tmp_path, "new", ("第三条 ", "第三条 按季度公布办理情况，接受监督。\n\n第四条 "))
        old = official(tmp_path, "old")
        sha = hashlib.sha256(new.read_bytes()).hexdigest()
        page = LAW.replace("verified: no", f"verified: {{on: 2026-05-01, against: 公报, sha256: {sha}}}")
        root = small_library(
            tmp_path / "project", **{"regulations/law-a/index.md": page.replace("articles: 3", "articles: 4")}
        )
        result = self.diff(root, old, new, "--format", "json")
        record = json.loads(result.stdout)
        assert record["numbers"] == "new"
        (moved,) = [change for change in record["changes"] if change["kind"] == "renumbered"]
        assert (moved["old"], moved["new"], moved["impact"]["ground"]) == ("3", "4", "law-a/4")

    def test_another_title_needs_a_name(self, root: Path, tmp_path: Path) -> None:
        old, new = official(tmp_path, "old", ("试验条例", "别的条例")), official(tmp_path, "new", ("60日", "90日"))
        refused = self.diff(root, old, new)
        assert refused.exit_code == 2
        assert "用 --as 法规编号 指明" in refused.stderr
        assert self.diff(root, old, new, "--as", "law-a").exit_code == 0
        unknown = self.diff(root, old, new, "--as", "law-x")
        assert unknown.exit_code == 2
        assert "没有“law-x”这部法规" in unknown.stderr

    @pytest.mark.parametrize("data", [b"", b"%PDF-1.7 scanned", b"\xff\x00\x01" * 50, "没有条文的通知。".encode()])
    def test_what_is_no_law_is_refused(self, root: Path, tmp_path: Path, data: bytes) -> None:
        path = tmp_path / "bad.txt"
        path.write_bytes(data)
        result = self.diff(root, official(tmp_path, "old"), path)
        assert result.exit_code == 1
        assert "bad.txt:1" in result.stderr

    def test_a_file_that_is_not_there(self, root: Path, tmp_path: Path) -> None:
        assert self.diff(root, official(tmp_path, "old"), tmp_path / "nowhere.txt").exit_code == 2

    @pytest.mark.skipif(not (PROJECT.parent / "shared" / "laws").is_dir(), reason="../shared/laws is not here")
    def test_two_real_texts(self) -> None:
        laws = PROJECT.parent / "shared" / "laws"
        texts = [str(laws / name) for name in ("信访条例(2005-01-10).md", "信访工作条例(2022-02-25).md")]
        result = portal(PROJECT, "impact", "--diff", *texts, "--format", "json")
        record = json.loads(result.stdout)
        assert record["regulation"] == "xinfang-2005"
        assert sum(record["counts"].values()) >= 51


OLD_LAW = (
    LAW.replace("id: law-a", "id: law-old")
    .replace("title: 试验条例", "title: 旧条例")
    .replace("effective: 2026-01-01\n", "effective: 2020-07-01\nends: 2026-01-01\n")
)
NEW_LAW = (
    LAW.replace("id: law-a", "id: law-new")
    .replace("title: 试验条例", "title: 新条例")
    .replace("effective: 2026-01-01\n", "effective: 2027-01-01\nreplaces: [law-a]\n")
)
GENERATIONS = {
    "regulations/law-a/index.md": LAW.replace("source:", "ends: 2027-01-01\nreplaces: [law-old]\nsource:"),
    "regulations/law-old/index.md": OLD_LAW,
    "regulations/law-old/rules.yml": RULES + 'dropped: {"1": 不再有, "2": 不再有, "3": 不再有}\n',
    "regulations/law-new/index.md": NEW_LAW,
    "regulations/law-a/rules.yml": small_text("regulations/law-a/rules.yml")
    + 'dropped: {"1": 不再有, "2": 不再有, "3": 不再有}\n',
}


class TestOnADay:
    @pytest.fixture
    def laws(self, tmp_path: Path) -> Path:
        """One regulation after the other: up to 2025, in 2026, from 2027 on."""
        return small_library(tmp_path / "laws", **GENERATIONS)

    @pytest.mark.parametrize(
        ("start", "code", "words"),
        [
            ("2026-01-01", 0, "最后一天：2026-03-02"),
            ("2026-12-31", 0, "最后一天：2027-03-01"),
            ("2025-12-31", 1, "那一天有效的是《旧条例》（law-old）"),
            ("2027-01-01", 1, "那一天有效的是《新条例》（law-new）"),
            ("2020-06-30", 1, "那一天有效的是哪一部，这里没有录入"),
        ],
    )
    def test_a_deadline_starts_while_its_regulation_is_in_force(
        self, laws: Path, start: str, code: int, words: str
    ) -> None:
        result = portal(laws, "deadline", "law-a/handle", "--from", start, "--today", "2026-06-01")
        assert (result.exit_code, words in result.stdout) == (code, True), result.output

    @pytest.mark.parametrize(("day", "code"), [("2026-01-01", 0), ("2025-12-31", 1)])
    def test_so_does_a_date_in_a_tree(self, laws: Path, day: str, code: int) -> None:
        result = portal(
            laws, "tree", "route", "--answers", "kind=ours", "people=2", f"days={day}", "--today", "2026-06-01"
        )
        assert result.exit_code == code, result.output
        assert ("（law-old）" in result.stdout) == bool(code)

    def test_a_word_instead_of_a_day_is_not_judged(self, laws: Path) -> None:
        answers = ["kind=ours", "people=2", "days=within"]
        assert portal(laws, "tree", "route", "--answers", *answers, "--today", "2026-06-01").exit_code == 0

    @pytest.mark.parametrize(
        ("today", "expected"),
        [
            ("2026-12-31", [("2027-01-01", "effective", "law-new"), ("2027-01-01", "ends", "law-a")]),
            ("2026-06-01", [("2027-01-01", "effective", "law-new"), ("2027-01-01", "ends", "law-a")]),
        ],
    )
    def test_what_is_pending(self, laws: Path, today: str, expected: list[tuple[str, str, str]]) -> None:
        records = json.loads(portal(laws, "list", "--pending", "--today", today, "--format", "json").stdout)
        assert [(record["day"], record["event"], record["id"]) for record in records] == expected
        assert records[0]["text"] == "自 2027-01-01 起施行《新条例》"

    def test_nothing_is_pending(self, root: Path) -> None:
        result = portal(root, "list", "--pending", "--today", "2026-06-01")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "没有法规要施行或失效" in result.stderr

    @pytest.mark.parametrize("today", ["2025-12-31", "2027-01-01"])
    @pytest.mark.parametrize("command", [["check"], ["list"], ["deadline", "law-a/handle", "--from", "2026-03-02"]])
    def test_the_day_governs_what_may_be_used(self, laws: Path, today: str, command: list[str]) -> None:
        result = portal(laws, *command, "--today", today)
        assert result.exit_code == 1
        assert "reference-in-force" in result.output


class TestBeside:
    def test_both_are_reckoned_and_neither_hides_the_other(self, tmp_path: Path) -> None:
        local = RULES.replace("60", "30").replace(
            "counting:", "beside: law-a/handle\n    note: 省内用这一个\n    counting:"
        )
        page = LAW.replace("id: law-a", "id: law-b").replace("title: 试验条例", "title: 省条例")
        root = small_library(tmp_path, **{"regulations/law-b/index.md": page, "regulations/law-b/rules.yml": local})
        for limit, other in (("law-a/handle", "law-b/handle"), ("law-b/handle", "law-a/handle")):
            arguments = ["deadline", limit, "--from", "2026-03-02", "--today", "2026-06-01"]
            record = json.loads(portal(root, *arguments, "--format", "json").stdout)
            assert record["limit"] == limit
            assert [one["limit"] for one in record["beside"]] == [other]
            days = {record["limit"]: record["last_day"], other: record["beside"][0]["last_day"]}
            assert days == {"law-a/handle": "2026-05-01", "law-b/handle": "2026-04-01"}
            text = portal(root, *arguments).stdout
            assert text.count("最后一天：") == 2
            assert "说明：省内用这一个" in text

    def test_one_that_is_not_in_force_then_says_so(self, tmp_path: Path) -> None:
        local = RULES.replace("60", "30").replace("counting:", "beside: law-a/handle\n    note: 省内\n    counting:")
        page = LAW.replace("id: law-a", "id: law-b").replace("effective: 2026-01-01", "effective: 2026-05-01")
        root = small_library(tmp_path, **{"regulations/law-b/index.md": page, "regulations/law-b/rules.yml": local})
        result = portal(root, "deadline", "law-a/handle", "--from", "2026-04-30", "--today", "2026-06-01")
        assert result.exit_code == 0
        assert "law-b/handle：2026-04-30 不在" in result.stdout
