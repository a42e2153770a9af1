"""`portal fix`: mends what is mechanical, proves that the data stay the same, and writes nothing unasked."""

from __future__ import annotations

import os
import pty
import select
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from portal.checked import load_checked
from portal.cli import cli
from portal.mending.comma import widened
from portal.mending.mender import mend_text
from portal.mending.shape import in_order
from portal.mending.state import read_state
from portal.mending.subject import Subject, find_subject
from portal.reading.folder import read_library
from portal.reading.yaml_nodes import parse_yaml
from projects import OWN_CODE, PROJECT, REAL_TODAY, portal_command
from small import TODAY, small_library, small_text

FORM = "procedures/visit/note.form.yml"
CHECKLIST = "procedures/visit/visit.checklist.yml"
PAGE = "procedures/visit/index.md"
HEAD = "# yaml-language-server: $schema=../../schemas/form.schema.json\n"
BODY = small_text(FORM)
GOOD = HEAD + BODY


def portal(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["--root", str(root), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def subject(name: str = FORM) -> Subject:
    found = find_subject(name)
    assert found
    return found


def mended(text: str, name: str = FORM) -> str:
    """The text after mending, which mending again does not change."""
    once = mend_text(text, subject(name))
    again = mend_text(once.text, subject(name))
    assert (again.text, again.done) == (once.text, ())
    return once.text


MENDINGS = {
    "no first line": (BODY, GOOD),
    "a wrong first line": (HEAD.replace("form.schema", "tree.schema") + BODY, GOOD),
    "a first line that stands second": ("# 说明\n" + HEAD + BODY, HEAD + "# 说明\n" + BODY),
    "a first line with other blanks": ("#yaml-language-server:  $schema=x.json\n" + BODY, GOOD),
    "blanks at the end of a line": (GOOD.replace("登记表", "登记表 \t"), GOOD),
    "a line of blanks": (GOOD + "  \n", GOOD + "\n"),
    "no last line end": (GOOD[:-1], GOOD),
    "tabs as indentation": (
        GOOD.replace("  who", "\twho")
        .replace("    title", "\t\ttitle")
        .replace("    fields", "\t\tfields")
        .replace("      name", "\t\t\tname"),
        GOOD,
    ),
    "one tab of four among spaces": (GOOD.replace("    fields", "\tfields"), GOOD),
    "full-width spaces as indentation": (GOOD.replace("    title", "　　title"), GOOD),
    "a full-width colon": (GOOD.replace("title: 登记表", "title：登记表"), GOOD),
    "a full-width colon and blanks": (GOOD.replace("title: 登记表", "title：　登记表"), GOOD),
    "a full-width colon that opens a group": (GOOD.replace("  who:", "  who："), GOOD),
    "a colon inside a text": (
        GOOD.replace("来访时填写。", "来访时: 填写。"),
        GOOD.replace("来访时填写。", '"来访时: 填写。"'),
    ),
    "a colon inside a text with a comment": (
        GOOD.replace("来访时填写。", "来访时: 填写。 # 注"),
        GOOD.replace("来访时填写。", '"来访时: 填写。" # 注'),
    ),
    "a colon and quotes inside a text": (
        GOOD.replace("来访时填写。", '来访时: "填写"。'),
        GOOD.replace("来访时填写。", "'来访时: \"填写\"。'"),
    ),
    "an at sign first": (GOOD.replace("来访时填写。", "@来访时"), GOOD.replace("来访时填写。", '"@来访时"')),
    "a grave accent first": (GOOD.replace("来访时填写。", "`来访时`"), GOOD.replace("来访时填写。", '"`来访时`"')),
    "a per cent sign first": (GOOD.replace("来访时填写。", "%来访时"), GOOD.replace("来访时填写。", '"%来访时"')),
    "a star first": (GOOD.replace("来访时填写。", "*来访时"), GOOD.replace("来访时填写。", '"*来访时"')),
    "a number as a text": (GOOD.replace("来访时填写。", "12345"), GOOD.replace("来访时填写。", '"12345"')),
    "a truth value as a text": (
        GOOD.replace("title: 登记表", "title: true"),
        GOOD.replace("title: 登记表", 'title: "true"'),
    ),
    "keys out of order": (GOOD.replace("id: note\n", "").replace("audience", "id: note\naudience"), GOOD),
    "keys out of order in braces": (
        GOOD.replace("{label: 姓名, required: true}", "{required: true, label: 姓名}"),
        GOOD,
    ),
    "a half-width comma": (
        GOOD.replace("来访时填写。", "来访时,填写。"),
        GOOD.replace("来访时填写。", "来访时，填写。"),
    ),
    "a half-width comma and a space": (
        GOOD.replace("来访时填写。", "来访时, 填写。"),
        GOOD.replace("来访时填写。", "来访时，填写。"),
    ),
    "a half-width comma in quotes": (
        GOOD.replace("来访时填写。", '"来访时,填写。"'),
        GOOD.replace("来访时填写。", '"来访时，填写。"'),
    ),
    "several faults at once": (
        BODY.replace("title: 登记表", "title：登记表 ")
        .replace("来访时填写。", "来访时: 填写,签名。")
        .replace("  who", "\twho"),
        GOOD.replace("来访时填写。", '"来访时: 填写，签名。"'),
    ),
}


@pytest.mark.parametrize(("before", "after"), MENDINGS.values(), ids=MENDINGS)
def test_what_is_mechanical_is_mended(before: str, after: str) -> None:
    assert before != after
    assert mended(before) == after


LEFT = {
    "a sound file": GOOD,
    "commas that part entries": GOOD.replace("{label: 姓名, required: true}", "{label: 姓名,required: true}"),
    "a comma between texts in brackets": GOOD + "basis: [甲,乙]\n",
    "a comma between numbers and latin": GOOD.replace("来访时填写。", "共1,000人,a,b"),
    "blanks inside block text": GOOD.replace("来访时填写。", "|\n  来访  \n  时填写"),
    "tabs inside block text": GOOD.replace("来访时填写。", "|\n  来访\n  \t时填写"),
    "a colon inside quotes": GOOD.replace("来访时填写。", '"来访时：a: b"'),
    "an unclosed bracket": GOOD.replace("true}", "true"),
    "an unclosed quote": GOOD.replace("来访时填写。", '"来访时'),
    "a key that the model does not know": GOOD.replace("purpose", "purpos"),
    "a full-width colon after such a key": GOOD.replace("purpose: ", "purposes："),
    "a true alias": GOOD.replace("来访时填写。", "&a 来访").replace("只在这台设备上。", "*a"),
    "line ends that only YAML knows": (BODY + "keep: 甲\u2028id: 12\n"),
    "a repeated key": GOOD + "id: note\n",
    "a merge conflict": GOOD + "%YAML 9\n",
}


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_is_not_mechanical_is_left(text: str) -> None:
    assert mended(text) == text


class TestOrder:
    """Comments and everything else survive; a comment goes with the key below it."""

    def order(self, body: str) -> str:
        return mended(f"{HEAD}{body}").removeprefix(HEAD)

    def test_comments_go_with_their_keys(self) -> None:
        text = "# 文件的说明\ntitle: 登记表 # 行尾\n# 编号的说明\nid: note\n" + BODY.split("\n", 2)[2]
        assert (
            self.order(text) == "# 文件的说明\n# 编号的说明\nid: note\ntitle: 登记表 # 行尾\n" + BODY.split("\n", 2)[2]
        )

    def test_whole_groups_change_places(self) -> None:
        head, sections = BODY.split("sections:\n")
        text = f"sections:\n{sections}\n# 其余\n{head}"
        assert self.order(text) == f"# 其余\n{head}sections:\n{sections}\n"

    def test_entries_of_a_list_keep_their_dash(self) -> None:
        name = "procedures/visit/cases.yml"
        head = HEAD.replace("form", "cases")
        text = f"{head}cases:\n  # 甲\n  - outcome: send\n    title: 甲\n    # 问路树\n    tree: route\n    answers: {{kind: other}}\n  - tree: route\n"
        after = mended(text, name)
        assert after == text  # a comment would have to stand before the dash
        plain = text.replace("    # 问路树\n", "")
        want = f"{head}cases:\n  # 甲\n  - tree: route\n    title: 甲\n    answers: {{kind: other}}\n    outcome: send\n  - tree: route\n"
        assert mended(plain, name) == want

    def test_free_ids_stay_where_they_are(self) -> None:
        text = small_text(CHECKLIST)
        head = HEAD.replace("form", "checklist")
        assert mended(head + text, CHECKLIST) == head + text
        turned = text.replace("      greet:", "      zero:").replace("      tell:", "      alpha:")
        assert mended(head + turned, CHECKLIST) == head + turned

    def test_a_basis_stays_beside_what_it_supports(self) -> None:
        text = "id: note\nbasis: [law-a/1]\n" + BODY.split("\n", 1)[1]
        assert self.order(text) == text

    def test_multi_line_braces_are_ordered(self) -> None:
        text = BODY.replace("{label: 姓名, required: true}", "{required: true,\n        label: 姓名}")
        assert self.order(text) == BODY.replace(
            "{label: 姓名, required: true}", "{label: 姓名,\n        required: true}"
        )


class TestPage:
    def test_only_the_front_matter_is_mended(self) -> None:
        text = small_text(PAGE)
        body = text.split("---\n", 2)[2]
        odd = text.replace("title: 来访", "title：来访 ").replace(body, "甲,乙：丙  \n\n\t- 丁")
        assert mended(odd, PAGE) == text.replace(body, "甲,乙：丙  \n\n\t- 丁\n")

    @pytest.mark.parametrize("text", ["没有说明块\n", "---\nid: visit\n", "", "---\n---\n"])
    def test_a_page_without_front_matter_is_left(self, text: str) -> None:
        assert mended(text, PAGE) == text


class TestTrust:
    """What the mender may change in the data: nothing, but for the one thing that each step is there for."""

    def data(self, text: str, name: str) -> Any:
        """Data of a file as mending may leave it: keys arranged, commas widened."""
        content = text.split("---\n", 2)[1] if name.endswith(".md") else text
        parsed = parse_yaml(content, name)
        assert not parsed.problems
        return repr(in_order(subject(name).model, widened(parsed.data)))

    def test_every_real_file_reads_the_same_and_again_the_same(self) -> None:
        library, _ = read_library(PROJECT, REAL_TODAY)
        names = [name for name in library.sources if find_subject(name)]
        assert len(names) > 200
        for name in names:
            text = library.sources[name]
            if read_state_of(text, name):
                continue  # an author is writing there just now
            after = mended(text, name)
            assert self.data(after, name) == self.data(text, name), name
            assert sorted(comments(after)) == sorted(comments(text)), name
            if name.endswith(".md"):
                assert after.split("---\n", 2)[2] == text.split("---\n", 2)[2], name

    @given(st.data())
    def test_what_is_broken_is_mended_or_left_and_never_made_worse(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(SAMPLES)))
        text = data.draw(mutations(SAMPLES[name]))
        after = mended(text, name)
        old, new = read_state(text, subject(name)), read_state(after, subject(name))
        assert new.rank <= old.rank
        if old.rank == (False, 0):
            assert self.data(after, name) == self.data(text, name)
        if new.faults:
            assert after == text
        assert signs(after) == signs(text)

    @given(st.text(alphabet="a1:：-# \n\t　{}[],'\"|>@%*&甲，\u2028", max_size=60))
    def test_no_text_at_all_upsets_it(self, text: str) -> None:
        after = mended(text)
        assert read_state(after, subject()).rank <= read_state(text, subject()).rank


def read_state_of(text: str, name: str) -> bool:
    """Can the reader not take the file's YAML?"""
    content = text.split("---\n", 2)[1] if name.endswith(".md") and text.count("---\n") > 1 else text
    return bool(read_state(content, subject(name)).faults)


def comments(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip().startswith("#")]


def signs(text: str) -> Counter[str]:
    """Every character but blanks and those that mending exchanges; of the lines that name no schema."""
    lines = [line for line in text.split("\n") if "yaml-language-server" not in line]
    return Counter("".join(lines).translate(str.maketrans("", "", " \t　：:，,\"'")))


SAMPLES = {
    name: f"# yaml-language-server: $schema=../../schemas/{name.split('.')[-2]}.schema.json\n{small_text(name)}"
    for name in (FORM, CHECKLIST, "procedures/visit/route.tree.yml", "procedures/visit/talk.drill.yml")
}
_MUTATIONS = {
    "tab": ("  ", "\t"),
    "wide": ("  ", "　"),
    "colon": (": ", "："),
    "comma": ("，", ","),
    "blank": ("\n", "  \n"),
    "at": (": ", ": @"),
    "inner": ("。", "：甲: 乙。"),
    "star": (": ", ": *"),
    "comment": ("\n", " # 注\n"),
    "line": ("\n", "\n# 注\n"),
    "bracket": ("]", ""),
    "lost": (" ", ""),
}


@st.composite
def mutations(draw: st.DrawFn, text: str) -> str:
    """The text with up to four pieces of it changed as hands change them, or two of its lines swapped."""
    for _ in range(draw(st.integers(0, 4))):
        old, new = _MUTATIONS[draw(st.sampled_from(sorted(_MUTATIONS)))]
        spots = [index for index in range(len(text)) if text.startswith(old, index)]
        if spots:
            spot = draw(st.sampled_from(spots))
            text = text[:spot] + new + text[spot + len(old) :]
    if draw(st.booleans()):
        lines = text.split("\n")
        one, two = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        lines[one], lines[two] = lines[two], lines[one]
        text = "\n".join(lines)
    return text


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small library with a faulty form; everything else is in order but for its first lines."""
    made = small_library(
        tmp_path / "project", **{FORM: "\ufeff" + BODY.replace("title: ", "title：").replace("\n", "\r\n")}
    )
    for path in made.rglob("*.yml"):
        name = path.relative_to(made).as_posix()
        if name != FORM:
            text = mend_text(path.read_text("utf-8"), subject(name)).text
            path.write_text(text, "utf-8")
    return made


class TestCommand:
    def test_it_shows_and_changes_nothing(self, root: Path) -> None:
        before = contents(root)
        result = portal(root, "fix")
        assert result.exit_code == 1
        assert contents(root) == before
        assert f"--- a/{FORM}\n+++ b/{FORM}\n" in result.output
        assert "-title：登记表\n+title: 登记表\n" in result.output
        for words in ("BOM", "CRLF", "第一行的格式说明", "读不懂的写法", "1 个文件可以这样改，还没有写入；加 --write"):
            assert words in result.output

    def test_it_writes_when_told(self, root: Path) -> None:
        os.chmod(root / FORM, 0o640)
        before = contents(root)
        assert portal(root, "fix", "--write").exit_code == 0
        assert contents(root) == {**before, FORM: GOOD.encode()}
        assert (root / FORM).stat().st_mode & 0o777 == 0o640
        assert portal(root, "check", "--today", "2026-06-01").exit_code == 0
        again = portal(root, "fix")
        assert again.exit_code == 0
        assert "没有要机械修改的" in again.output

    def test_only_the_files_named_are_mended(self, root: Path) -> None:
        (root / "glossary.yml").write_bytes((root / "glossary.yml").read_bytes() + b"   \n")
        result = portal(root, "fix", "--write", str(root / "glossary.yml"))
        assert result.exit_code == 0
        assert FORM not in result.output
        assert (root / FORM).read_bytes().startswith(b"\xef\xbb\xbf")

    @pytest.mark.parametrize("name", ["mkdocs.yml", "docs/assets/x.yml", "../outside.form.yml", "calendar/notes.yml"])
    def test_what_is_no_content_is_refused(self, root: Path, name: str) -> None:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a: 1  \n")
        if name == "docs/assets/x.yml":
            assert find_subject(name) is None
        result = portal(root, "fix", "--write", str(path))
        assert result.exit_code == 2
        assert path.read_text() == "a: 1  \n"

    def test_a_file_that_is_not_there_is_a_usage_error(self, root: Path) -> None:
        assert portal(root, "fix", str(root / "nowhere.form.yml")).exit_code == 2

    def test_what_is_no_text_is_passed_over(self, root: Path) -> None:
        raw = "title: 登记".encode("gbk")
        (root / FORM).write_bytes(raw)
        result = portal(root, "fix", "--write")
        assert result.exit_code == 0
        assert (root / FORM).read_bytes() == raw

    def test_a_link_stays_a_link(self, root: Path) -> None:
        (root / "glossary.yml").rename(root / "docs" / "g.txt")
        (root / "glossary.yml").symlink_to("docs/g.txt")
        (root / "docs/g.txt").write_bytes((root / "docs/g.txt").read_bytes() + b" \n")
        assert portal(root, "fix", "--write", str(root / "glossary.yml")).exit_code == 0
        assert (root / "glossary.yml").is_symlink()
        assert not (root / "docs/g.txt").read_bytes().endswith(b" \n")

    @pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 1)])
    def test_on_a_terminal_it_asks(self, root: Path, answer: str, code: int) -> None:
        ours, theirs = pty.openpty()
        command = portal_command(root, "fix", FORM)
        process = subprocess.Popen(command, cwd=root, env=OWN_CODE, stdin=theirs, stdout=theirs, stderr=theirs)
        os.write(ours, f"{answer}\n".encode())
        ended = process.wait(60)
        told = b""
        while select.select([ours], [], [], 0.2)[0]:  # one reading gives what has arrived so far, not all of it
            told += os.read(ours, 100_000)
        os.close(ours)
        os.close(theirs)
        assert ended == code
        assert "写入 1 个文件吗" in told.decode("utf-8", "replace")
        assert ((root / FORM).read_bytes() == GOOD.encode()) == (answer == "y")


class TestReviewed:
    def review(self, root: Path, *arguments: str) -> Result:
        return portal(root, "fix", "--today", "2026-06-01", "--reviewed", *arguments)

    def test_day_and_role_are_written_for_the_files_named(self, root: Path) -> None:
        before = contents(root)
        result = self.review(root, "chief", "--write", str(root / CHECKLIST), str(root / PAGE))
        assert result.exit_code == 0
        changed = {name for name, raw in contents(root).items() if raw != before[name]}
        assert changed == {CHECKLIST, PAGE}
        library = load_checked(root, TODAY).library
        for found in (library.checklists["visit"], library.procedures["visit"]):
            assert (found.reviewed, found.reviewer) == (TODAY, "chief")
        text = (root / CHECKLIST).read_text("utf-8")
        undone = text.replace("2026-06-01", "2026-05-01").replace("reviewer: chief", "reviewer: clerk")
        assert undone.encode() == before[CHECKLIST]

    @pytest.mark.parametrize(
        ("line", "after"),
        [
            ("reviewed: 2026-05-01 # 上次", "reviewed: 2026-06-01 # 上次"),
            ('reviewed: "2026-05-01"', "reviewed: 2026-06-01"),
            ("reviewed:", "reviewed: 2026-06-01"),
        ],
    )
    def test_what_stands_beside_the_day_stays(self, root: Path, line: str, after: str) -> None:
        text = (root / CHECKLIST).read_text("utf-8")
        (root / CHECKLIST).write_text(text.replace("reviewed: 2026-05-01", line), "utf-8")
        assert self.review(root, "clerk", "--write", str(root / CHECKLIST)).exit_code == 0
        assert (root / CHECKLIST).read_text("utf-8") == text.replace("reviewed: 2026-05-01", after)

    def test_a_missing_day_is_put_in_its_place(self, root: Path) -> None:
        text = (root / CHECKLIST).read_text("utf-8")
        (root / CHECKLIST).write_text(text.replace("reviewed: 2026-05-01\nreviewer: clerk\n", ""), "utf-8")
        assert self.review(root, "clerk", "--write", str(root / CHECKLIST)).exit_code == 0
        assert (root / CHECKLIST).read_text("utf-8") == text.replace("2026-05-01", "2026-06-01")

    def test_no_file_is_a_usage_error(self, root: Path) -> None:
        assert self.review(root, "chief").exit_code == 2

    @pytest.mark.parametrize("name", ["procedures/visit/cases.yml", "profile.yml", "regulations/law-a/rules.yml"])
    def test_a_file_without_a_review_is_a_usage_error(self, root: Path, name: str) -> None:
        assert self.review(root, "chief", str(root / name)).exit_code == 2

    def test_an_unknown_role_is_a_usage_error_that_names_a_near_one(self, root: Path) -> None:
        result = self.review(root, "cheif", str(root / CHECKLIST))
        assert result.exit_code == 2
        assert "chief" in result.output


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
