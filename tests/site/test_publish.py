"""Putting a site live is safe: a failed or killed build leaves the old site whole, and the same input gives the same bytes."""

from __future__ import annotations

import fcntl
import json
import os
import random
import shutil
import time
from datetime import date
from pathlib import Path

import pytest

from portal import publish as publishing
from portal.publish import STAMP, PublishError, digest, engine_environment, live_build, publish, roll_back
from projects import build, buildable, contents, kill_group, portal, portal_command, running
from small import TODAY, small_text

CHECKLIST = "procedures/visit/visit.checklist.yml"


def say(root: Path, words: str) -> None:
    """Change the project: the next build differs from the last."""
    (root / CHECKLIST).write_text(small_text(CHECKLIST).replace("听完再记", words), "utf-8")


def shown(out: Path) -> str:
    """The page that shows what `say` wrote."""
    return (out / "procedures/visit/index.html").read_text("utf-8")


def is_whole(out: Path) -> bool:
    """Does the live site agree with its own stamp?"""
    stamp = json.loads((out / STAMP).read_text("utf-8"))
    return digest(out.resolve()) == (stamp["sha256"], stamp["files"], stamp["bytes"])


def builds(out: Path) -> list[str]:
    """The builds that lie beside the link."""
    return sorted(p.name for p in (out.parent / f".{out.name}-builds").iterdir() if p.is_dir())


def without_stamp(site: Path) -> dict[str, bytes]:
    """Every file but the declared build stamp."""
    found = contents(site.resolve())
    del found[STAMP]
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project that builds."""
    return buildable(tmp_path / "project")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where its site goes."""
    return tmp_path / "www" / "staff"


class TestFailure:
    def test_a_mistake_leaves_the_live_site_as_it_was(self, root: Path, out: Path) -> None:
        assert portal(root, "build", "--out", str(out)).returncode == 0
        before, link = contents(out.resolve()), os.readlink(out)
        (root / CHECKLIST).write_text(small_text(CHECKLIST).replace("who: clerk", "who: clark", 1), "utf-8")
        done = portal(root, "build", "--out", str(out))
        said = done.stdout + done.stderr
        assert done.returncode == 1
        assert f"{CHECKLIST}:13:32: error reference-unknown" in said
        assert "没有“clark”这个岗位" in said
        assert "Traceback" not in said
        assert os.readlink(out) == link
        assert contents(out.resolve()) == before
        assert builds(out) == [Path(link).name]

    def test_a_first_build_that_fails_leaves_no_site(self, root: Path, out: Path) -> None:
        (root / "profile.yml").unlink()
        assert portal(root, "build", "--out", str(out)).returncode == 1
        assert not os.path.lexists(out)
        assert builds(out) == []

    def test_strict_fails_on_a_warning_of_the_engine(self, root: Path, out: Path) -> None:
        config = root / "mkdocs.yml"
        config.write_text(config.read_text("utf-8") + "\nno_such_setting: 1\n", "utf-8")
        assert portal(root, "build", "--out", str(out)).returncode == 0
        done = portal(root, "build", "--out", str(out), "--strict")
        assert done.returncode == 1
        assert "no_such_setting" in done.stdout
        assert "Traceback" not in done.stdout + done.stderr

    def test_a_failure_keeps_the_build_to_roll_back_to(self, root: Path, out: Path) -> None:
        say(root, "第一版")
        build(root, out)
        say(root, "第二版")
        build(root, out)
        (root / "profile.yml").unlink()
        with pytest.raises(PublishError):
            build(root, out)
        roll_back(out)
        assert "第一版" in shown(out)

    def test_an_interrupted_build_leaves_nothing_behind(
        self, root: Path, out: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        build(root, out)
        before = builds(out)

        def stop(*_: object) -> tuple[int, int]:
            raise KeyboardInterrupt

        monkeypatch.setattr(publishing, "stamp", stop)
        with pytest.raises(KeyboardInterrupt):
            build(root, out)
        assert builds(out) == before
        assert is_whole(out)

    def test_a_stopped_engine_is_not_left_running(self, root: Path, out: Path) -> None:
        def stop(row: str) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            publish(root, "staff", out, TODAY, False, stop)
        assert builds(out) == []


class TestForeignPlaces:
    def test_a_folder_with_files_is_refused(self, root: Path, out: Path) -> None:
        out.mkdir(parents=True)
        (out / "letter.txt").write_text("mine")
        done = portal(root, "build", "--out", str(out))
        assert done.returncode == 1
        assert "不是 portal build 建的" in done.stdout
        assert contents(out) == {"letter.txt": b"mine"}

    def test_a_file_is_refused(self, root: Path, out: Path) -> None:
        out.parent.mkdir()
        out.write_text("mine")
        assert portal(root, "build", "--out", str(out)).returncode == 1
        assert out.read_text() == "mine"

    def test_somebody_elses_link_is_refused(self, root: Path, out: Path, tmp_path: Path) -> None:
        out.parent.mkdir()
        (tmp_path / "theirs").mkdir()
        out.symlink_to(tmp_path / "theirs")
        done = portal(root, "build", "--out", str(out))
        assert done.returncode == 1
        assert os.readlink(out) == str(tmp_path / "theirs")
        assert portal(root, "rollback", "--out", str(out)).returncode == 1
        assert os.readlink(out) == str(tmp_path / "theirs")

    def test_an_empty_folder_is_taken(self, root: Path, out: Path) -> None:
        out.mkdir(parents=True)
        build(root, out)
        assert out.is_symlink()
        assert is_whole(out)

    def test_a_place_that_cannot_be_written_is_told(self, root: Path, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("mine")
        done = portal(root, "build", "--out", str(tmp_path / "file" / "site"))
        assert done.returncode == 1
        assert "写不进" in done.stdout
        assert "Traceback" not in done.stdout + done.stderr


class TestRollBack:
    def test_it_goes_back_and_forth(self, root: Path, out: Path) -> None:
        say(root, "第一版")
        build(root, out)
        say(root, "第二版")
        done = portal(root, "build", "--out", str(out))
        assert "portal rollback --out" in done.stdout
        assert "第二版" in shown(out)
        assert portal(root, "rollback", "--out", str(out)).returncode == 0
        assert "第一版" in shown(out)
        assert is_whole(out)
        roll_back(out)
        assert "第二版" in shown(out)

    def test_one_build_has_nothing_to_go_back_to(self, root: Path, out: Path) -> None:
        build(root, out)
        done = portal(root, "rollback", "--out", str(out))
        assert done.returncode == 1
        assert "没有可以退回的上一版" in done.stdout
        assert is_whole(out)

    def test_it_never_goes_to_a_newer_build_that_was_never_live(self, root: Path, out: Path) -> None:
        """One killed between its stamp and the swap."""
        say(root, "第一版")
        build(root, out)
        say(root, "第二版")
        build(root, out)
        folder = out.parent / f".{out.name}-builds"
        shutil.copytree(out.resolve(), folder / "29990101T000000Z-abcdef")
        roll_back(out)
        assert "第一版" in shown(out)

    def test_only_the_live_build_and_the_one_before_are_kept(self, root: Path, out: Path) -> None:
        for number in range(3):
            say(root, f"第{number}版")
            done = build(root, out)
        assert done.previous
        assert builds(out) == sorted([done.current.name, done.previous.name])
        assert live_build(out) == done.current


class TestKilled:
    def test_the_live_site_is_whole_after_a_kill_at_any_moment(self, root: Path, out: Path) -> None:
        say(root, "第 0 版")
        began = time.monotonic()
        assert portal(root, "build", "--out", str(out)).returncode == 0
        span = time.monotonic() - began
        chance = random.Random(20260302)
        moments = [span * (number + chance.random()) / 8 for number in range(8)]
        ended = 0
        for number, moment in enumerate(moments, 1):
            say(root, f"第 {number} 版")
            with running(portal_command(root, "build", "--out", str(out)), root) as process:
                time.sleep(moment)
                ended += process.poll() is not None
                kill_group(process)
            assert out.is_symlink()
            assert is_whole(out), f"after {moment:.2f} s"
        assert ended < 8, "no build was killed"
        say(root, "最后一版")
        done = build(root, out)
        assert "最后一版" in shown(out)
        assert builds(out) == sorted({done.current.name, done.previous.name if done.previous else ""})
        assert sorted(p.name for p in out.parent.iterdir()) == [f".{out.name}-builds", out.name]

    def test_a_broken_build_is_recognised(self, root: Path, out: Path) -> None:
        build(root, out)
        assert is_whole(out)
        (out / "index.html").write_text((out / "index.html").read_text("utf-8")[:-1], "utf-8")
        assert not is_whole(out)

    def test_the_next_build_sweeps_what_a_killed_one_left(self, root: Path, out: Path) -> None:
        build(root, out)
        folder = out.parent / f".{out.name}-builds"
        (folder / "20260101T000000Z-000000").mkdir()
        (folder / "20260101T000000Z-000000" / "index.html").write_text("half a")
        (folder / "link-00000000").symlink_to(f"{folder.name}/20260101T000000Z-000000")
        build(root, out)
        assert "20260101T000000Z-000000" not in builds(out)
        assert not list(folder.glob("link-*"))
        assert sorted(p.name for p in out.parent.iterdir()) == [f".{out.name}-builds", out.name]


class TestTwoAtOnce:
    def test_the_second_is_refused(self, root: Path, out: Path) -> None:
        build(root, out)
        link = os.readlink(out)
        with open(out.parent / f".{out.name}-builds" / "lock", "w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            done = portal(root, "build", "--out", str(out))
        assert done.returncode == 1
        assert "另一个 portal build 正在写同一个位置" in done.stdout
        assert "Traceback" not in done.stdout + done.stderr
        assert os.readlink(out) == link
        assert portal(root, "build", "--out", str(out)).returncode == 0

    def test_a_running_build_holds_the_lock(self, root: Path, out: Path) -> None:
        refused: list[str] = []

        def again(row: str) -> None:
            if not refused:
                refused.append("")
                with pytest.raises(PublishError) as error:
                    build(root, out)
                refused[0] = str(error.value)

        publish(root, "staff", out, TODAY, False, again)
        assert "另一个 portal build" in refused[0]
        assert is_whole(out)


class TestSameBytes:
    def test_hash_seed_clock_and_place_leave_no_trace(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two checkouts at paths of different length, two hash seeds, two time zones."""
        sites = []
        first = buildable(tmp_path / "a", full=True, own_hooks=True)
        second = Path(shutil.copytree(first, tmp_path / "a-much-longer/path/to/it"))
        for seed, zone, root in (("1", "UTC", first), ("2", "Asia/Shanghai", second)):
            extra = {"PYTHONHASHSEED": seed, "TZ": zone, "LANG": "C", "PYTHONPATH": str(root / "hooks")}
            monkeypatch.setattr(
                publishing, "engine_environment", lambda day, extra=extra: engine_environment(day) | extra
            )
            build(root, tmp_path / f"site-{seed}")
            sites.append(without_stamp(tmp_path / f"site-{seed}"))
        assert list(sites[0]) == list(sites[1])
        assert [name for name in sites[0] if sites[0][name] != sites[1][name]] == []
        assert not [name for name, data in sites[1].items() if str(tmp_path).encode() in data]
        assert not [name for name, data in sites[1].items() if b" object at 0x" in data]

    def test_the_real_site_is_the_same_twice(self, real_sites: dict[str, Path], tmp_path: Path) -> None:
        stamp = json.loads((real_sites["staff"] / STAMP).read_text("utf-8"))
        build(real_sites["project"], tmp_path / "again", "staff", date.fromisoformat(stamp["today"]))
        one, two = without_stamp(real_sites["staff"]), without_stamp(tmp_path / "again")
        assert [name for name in one if one[name] != two.get(name)] == []
        assert list(one) == list(two)

    def test_only_the_stamp_tells_the_day(self, root: Path, tmp_path: Path) -> None:
        build(root, tmp_path / "one", today=date(2026, 6, 1))
        stamp = json.loads((tmp_path / "one" / STAMP).read_text("utf-8"))
        assert stamp["today"] == "2026-06-01"
        assert stamp["files"] == len(without_stamp(tmp_path / "one"))
