"""The hooks for `pre-commit`, run by the real tool in repositories of their own, without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from portal.mending.mender import mend_text
from portal.mending.subject import find_subject
from portal.schemas import write_schemas
from projects import OWN_CODE, PROJECT
from small import small_library, small_text

CHECKLIST = "procedures/visit/visit.checklist.yml"
BROKEN = small_text(CHECKLIST).replace("who: clerk", "who: clark", 1)
PROGRAMS = Path(sys.executable).parent


class Repository:
    """A git repository with nobody's settings but its own."""

    def __init__(self, root: Path, home: Path) -> None:
        self.root = root
        self.world = {
            **OWN_CODE,
            "HOME": str(home),
            "PRE_COMMIT_HOME": str(home / "pre-commit"),
            "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "PIP_NO_INDEX": "1",
        }
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
            self.world.pop(name, None)
        self.run("git", "init", "--quiet")

    def run(self, *command: str, code: int = 0) -> str:
        ended = subprocess.run(
            command, cwd=self.root, env=self.world, capture_output=True, encoding="utf-8", timeout=120, check=False
        )
        assert ended.returncode == code, ended.stdout + ended.stderr
        return ended.stdout + ended.stderr

    def commit(self, *more: str, code: int = 0) -> str:
        self.run("git", "add", "--all")
        return self.run("git", "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-m", "a", *more, code=code)


@pytest.fixture
def content(tmp_path: Path) -> Repository:
    """A project of this kind in a repository, in order and committed."""
    root = small_library(tmp_path / "project")
    for path in [*root.rglob("*.yml"), *root.rglob("*.md")]:
        subject = find_subject(path.relative_to(root).as_posix())
        if subject:
            path.write_text(mend_text(path.read_text("utf-8"), subject).text, "utf-8")
    write_schemas(root / "schemas")
    (root / ".gitignore").write_text(".venv\n")
    repository = Repository(root, tmp_path / "home")
    repository.commit("--no-verify")
    return repository


class TestOurOwn:
    """`.pre-commit-config.yaml`: what `make` has installed is run."""

    @pytest.fixture
    def repository(self, content: Repository) -> Repository:
        shutil.copy(PROJECT / ".pre-commit-config.yaml", content.root)
        (content.root / ".venv").symlink_to(PROGRAMS.parent)
        content.commit("--no-verify")
        content.run("pre-commit", "install")
        return content

    def test_all_hooks_pass_on_a_sound_project(self, repository: Repository) -> None:
        (repository.root / "tool.py").write_text('"""A file."""\n')
        repository.run("git", "add", "--all")
        told = repository.run("pre-commit", "run", "--all-files")
        assert told.count("Passed") == len(hooks()) == 4

    def test_a_commit_with_a_mistake_is_refused_with_its_place(self, repository: Repository) -> None:
        (repository.root / CHECKLIST).write_text(BROKEN, "utf-8")
        told = repository.commit(code=1)
        assert "error reference-unknown" in told
        assert f"{CHECKLIST}:13:32" in told
        assert "visit.checklist.yml" in repository.run("git", "status", "--short")

    def test_a_commit_that_mends_goes_through(self, repository: Repository) -> None:
        path = repository.root / CHECKLIST
        path.write_text(path.read_text("utf-8").replace("听完再记", "听完再写"), "utf-8")
        assert "Passed" in repository.commit()
        assert repository.run("git", "status", "--short") == ""

    def test_an_old_schema_is_told(self, repository: Repository) -> None:
        (repository.root / "schemas/tree.schema.json").write_text("{}\n")
        assert "tree.schema.json" in repository.commit(code=1)

    @pytest.mark.parametrize("code", ["import os\n", "a = [1,2]\n"], ids=["lint", "format"])
    def test_python_is_held_to_the_one_format(self, repository: Repository, code: str) -> None:
        (repository.root / "tool.py").write_text(f'"""A file."""\n\n{code}')
        assert "Failed" in repository.commit(code=1)


class TestForOthers:
    """`.pre-commit-hooks.yaml`: a repository of content names this project's; only the installing is left out here."""

    @pytest.fixture
    def repository(self, content: Repository, tmp_path: Path) -> Repository:
        (tmp_path / "tools").mkdir()
        tools = Repository(tmp_path / "tools", tmp_path / "home")
        shutil.copy(PROJECT / ".pre-commit-hooks.yaml", tools.root)
        tools.commit()
        offered = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8"))
        wanted = [{"id": hook["id"], "language": "system"} for hook in offered]
        config = {
            "repos": [{"repo": str(tools.root), "rev": tools.run("git", "rev-parse", "HEAD").strip(), "hooks": wanted}]
        }
        (content.root / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
        content.commit("--no-verify")
        return content

    def test_the_manifest_is_valid(self, repository: Repository) -> None:
        repository.run("pre-commit", "validate-manifest", str(PROJECT / ".pre-commit-hooks.yaml"))
        repository.run("pre-commit", "validate-config", str(PROJECT / ".pre-commit-config.yaml"))

    def test_a_sound_project_passes(self, repository: Repository) -> None:
        assert repository.run("pre-commit", "run", "--all-files").count("Passed") == 2

    def test_a_mistake_and_a_mechanical_fault_are_told(self, repository: Repository) -> None:
        (repository.root / CHECKLIST).write_text(BROKEN, "utf-8")
        repository.run("git", "add", "--all")
        told = repository.run("pre-commit", "run", code=1)
        assert told.count("Failed") == 2
        assert "reference-unknown" in told
        assert "+# yaml-language-server: $schema=../../schemas/checklist.schema.json" in told

    def test_files_that_are_no_content_are_not_handed_on(self, repository: Repository) -> None:
        (repository.root / "notes.md").write_text("a\n")
        repository.run("git", "add", "--all")
        assert repository.run("pre-commit", "run").count("Skipped") == 2


def hooks() -> list[str]:
    config = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text("utf-8"))
    return [hook["id"] for repo in config["repos"] for hook in repo["hooks"]]
