"""Bad files that git, an archive or Windows would not keep as they are: each is made on the spot.

The function `gbk` makes what `tests/bad/file-encoding/expected.txt` expects; the table at the end says so.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from small import small_text

FORM = "procedures/visit/note.form.yml"


def gbk(root: Path) -> None:
    """Saved by an old Windows editor."""
    (root / FORM).write_bytes(small_text(FORM).encode("gbk"))


def gbk_on_line_three(root: Path) -> None:
    """UTF-8 with one pasted line of GBK."""
    (root / FORM).write_bytes("id: note\ntitle: 登记表\npurpose: ".encode() + "来访".encode("gbk") + b"\n")


def neither_utf8_nor_gbk(root: Path) -> None:
    """Bytes that are no text at all."""
    (root / FORM).write_bytes(b"id: note\n\xff\xff\xff\n")


def utf16(root: Path) -> None:
    """Notepad's "Unicode"."""
    (root / FORM).write_text(small_text(FORM), encoding="utf-16")


def nul_bytes(root: Path) -> None:
    """A file that a crash filled with zeros."""
    (root / FORM).write_bytes(b"id: note\ntitle: \0\0\0\0\n")


def nothing_but_blanks(root: Path) -> None:
    """Empty to the eye."""
    (root / FORM).write_bytes(b"\n  \n\n")


def nothing_but_comments(root: Path) -> None:
    """Empty to the parser."""
    (root / FORM).write_bytes("# 以后再写\n".encode())


def ten_megabytes(root: Path) -> None:
    """A log file under the wrong name."""
    (root / FORM).write_bytes(b"id: note\n" * 1_200_000)


def link_to_a_file_outside(root: Path) -> None:
    """Would publish any file of the machine."""
    outside = root.parent / "outside.yml"
    outside.write_text(small_text(FORM), encoding="utf-8")
    _relink(root / FORM, outside)


def link_to_a_folder(root: Path) -> None:
    """Folders are never followed, wherever they lead."""
    (root / "procedures/elsewhere").symlink_to(root / "docs", target_is_directory=True)


def folder_outside(root: Path) -> None:
    """A whole content folder that is really somewhere else."""
    (root / "calendar").rename(root.parent / "calendar")
    (root / "calendar").symlink_to(root.parent / "calendar", target_is_directory=True)


def link_among_the_assets(root: Path) -> None:
    """Assets are copied into both editions as they are."""
    secret = root.parent / "secret.svg"
    secret.write_text("<svg/>", "utf-8")
    (root / "docs/assets").mkdir(parents=True, exist_ok=True)
    (root / "docs/assets/icon.svg").unlink(missing_ok=True)
    (root / "docs/assets/icon.svg").symlink_to(secret)


def link_to_nothing(root: Path) -> None:
    """The file it led to was moved."""
    _relink(root / FORM, root / "moved.yml")


def link_to_itself(root: Path) -> None:
    """A loop of links."""
    _relink(root / FORM, root / FORM)


def rules_link_to_nothing(root: Path) -> None:
    """Must not pass for a regulation without rules."""
    _relink(root / "regulations/law-a/rules.yml", root / "moved.yml")


def folder_named_like_a_file(root: Path) -> None:
    """An unpacked archive, for example."""
    (root / "glossary.yml").unlink()
    (root / "glossary.yml").mkdir()


def pipe(root: Path) -> None:
    """Reading it would wait for ever."""
    (root / FORM).unlink()
    os.mkfifo(root / FORM)


def name_in_gbk(root: Path) -> None:
    """Unpacked from an archive that was made on Windows."""
    (root / os.fsdecode("docs/表单.md".encode("gbk"))).write_text("", encoding="utf-8")


def no_home(root: Path) -> None:
    """Without a first page the site could not be opened."""
    (root / "docs/index.md").unlink()


def no_profile(root: Path) -> None:
    """The one file nobody can do without."""
    (root / "profile.yml").unlink()


def alias_bomb(root: Path) -> None:
    """A billion laughs: ten names that each hold the one before ten times."""
    lines = ["a0: &a0 哈哈"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    (root / FORM).write_text("\n".join(lines), encoding="utf-8")


def alias_of_itself(root: Path) -> None:
    """A value that holds itself."""
    (root / FORM).write_text("id: note\nsections: &all {who: *all}\n", encoding="utf-8")


def hundred_thousand_brackets(root: Path) -> None:
    """Would blow the parser's stack."""
    (root / FORM).write_text("id: " + "[" * 100_000, encoding="utf-8")


def hundred_thousand_dashes(root: Path) -> None:
    """Nesting without brackets: the C parser crashed on it."""
    (root / FORM).write_text("- " * 100_000, encoding="utf-8")


def hundred_thousand_question_marks(root: Path) -> None:
    """The other nesting without brackets."""
    (root / FORM).write_text("id: note\nkeep:\n  " + "? " * 100_000, encoding="utf-8")


def staircase(root: Path) -> None:
    """A thousand levels, one more space each."""
    (root / FORM).write_text("\n".join(" " * level + "a:" for level in range(1000)), encoding="utf-8")


def _relink(path: Path, target: Path) -> None:
    path.unlink()
    path.symlink_to(target)


def no_calendar(root: Path) -> None:
    (root / "calendar/2026.yml").unlink()


MAKERS: dict[str, Callable[[Path], None]] = {
    "file-empty--blank": nothing_but_blanks,
    "file-empty--comments": nothing_but_comments,
    "file-encoding": gbk,
    "file-encoding--gbk-on-line-three": gbk_on_line_three,
    "file-encoding--neither": neither_utf8_nor_gbk,
    "file-encoding--utf-16": utf16,
    "file-missing": no_profile,
    "file-missing--home": no_home,
    "file-symlink": link_to_a_file_outside,
    "freshness-calendar": no_calendar,
    "file-symlink--assets": link_among_the_assets,
    "file-symlink--folder": link_to_a_folder,
    "file-symlink--folder-outside": folder_outside,
    "file-too-big": ten_megabytes,
    "file-unknown--name-in-gbk": name_in_gbk,
    "file-unreadable": link_to_nothing,
    "file-unreadable--folder": folder_named_like_a_file,
    "file-unreadable--loop": link_to_itself,
    "file-unreadable--pipe": pipe,
    "file-unreadable--rules": rules_link_to_nothing,
    "yaml-alias--bomb": alias_bomb,
    "yaml-alias--of-itself": alias_of_itself,
    "yaml-syntax--nul-bytes": nul_bytes,
    "yaml-too-deep--brackets": hundred_thousand_brackets,
    "yaml-too-deep--dashes": hundred_thousand_dashes,
    "yaml-too-deep--question-marks": hundred_thousand_question_marks,
    "yaml-too-deep--staircase": staircase,
}
