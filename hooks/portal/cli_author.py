"""What authors use beside `check`: `portal fix` and `portal new`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import click

from portal.checked import load_checked
from portal.cli_options import TODAY, nearest, screen
from portal.fix import Change, find_changes, write_change
from portal.mending.mender import Review
from portal.mending.review import has_review
from portal.mending.subject import find_subject
from portal.model.library import Library
from portal.scaffold import KINDS, ScaffoldError, id_is_taken, new_object
from portal.scaffold_entry import ENTRIES, Wish, new_entry

_RESERVED = {("procedure", "plans"), ("page", "index")}


@click.command()
@click.argument("files", metavar="[文件]...", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="照显示的改动写入文件")
@click.option("--reviewed", "role", metavar="岗位", default=None, help="这几个文件已经重新核对：记下今天和核对人")
@TODAY
@click.pass_obj
def fix(root: Path, files: tuple[Path, ...], write: bool, role: str | None, today: date) -> None:
    """改掉机械的毛病：格式说明、空格、引号、冒号、键的顺序。先显示改动；加 --write 才写入。"""
    with screen().status("正在读取…"):
        library = load_checked(root, today).library
        names = _names(root, files) if files else sorted(library.sources)
        changes = list(find_changes(root, names, _review(library, role, names if files else (), today)))
    for change in changes:
        click.echo(change.diff(), nl=False)
        click.echo(f"# {change.name}：{'、'.join(change.done)}")
    if not changes:
        click.echo("没有要机械修改的；运行 portal check 看还有什么问题")
    elif write or _agreed(changes):
        for change in changes:
            write_change(root, change)
        click.echo(f"已改好 {len(changes)} 个文件；运行 portal check 再看一遍")
    else:
        click.echo(f"{len(changes)} 个文件可以这样改，还没有写入；加 --write 写入")
        sys.exit(1)


def _names(root: Path, files: Iterable[Path]) -> list[str]:
    """The files by their names in the project; only content can be mended."""
    names = []
    for file in files:
        resolved, top = file.parent.resolve() / file.name, root.resolve()  # a link is named as it lies
        name = resolved.relative_to(top).as_posix() if resolved.is_relative_to(top) else ""
        if not name or find_subject(name) is None:
            raise click.UsageError(f"{file} 不是内容文件：能改的是项目文件夹里的 YAML 内容和页面")
        names.append(name)
    return names


def _review(library: Library, role: str | None, names: Sequence[str], today: date) -> Review | None:
    """The review to write down; only for files that are named one by one and that carry a review."""
    if role is None:
        return None
    roles = library.profile.roles if library.profile else {}
    if role not in roles:
        raise click.UsageError(f"没有“{role}”这个岗位；{nearest(role, roles)}")
    without = [name for name in names if not ((subject := find_subject(name)) and has_review(subject))]
    if without or not names:
        what = f"{'、'.join(without)} 没有核对日期这一项" if without else "没有写是哪些文件"
        raise click.UsageError(f"--reviewed 要逐个写出核对过的文件：{what}")
    return Review(role, today)


def _agreed(changes: Sequence[Change]) -> bool:
    """Ask on a terminal; elsewhere nobody could answer."""
    asks = sys.stdin.isatty() and sys.stdout.isatty()
    return asks and click.confirm(f"把这些改动写入 {len(changes)} 个文件吗？", default=False)


@click.command(epilog=f"种类： {' '.join((*KINDS, *ENTRIES))}")
@click.argument("kind", type=click.Choice([*KINDS, *ENTRIES]), metavar="种类")
@click.argument("name", metavar="编号")
@click.option(
    "--folder", default=None, help="放在 procedures/ 或 docs/ 下的哪个文件夹（默认 procedures/编号，页面是 docs/）"
)
@click.option("--notice", default=None, help="日历：放假通知的全称")
@click.option("--file", default=None, help="例外：放过哪个文件里的问题")
@click.option("--reason", default=None, help="例外：为什么可以放过")
@TODAY
@click.pass_obj
def new(root: Path, /, kind: str, name: str, folder: str | None, today: date, **details: str | None) -> None:
    """新建一个能通过检查的样例，照着改成自己的内容；已有的文件不会被覆盖。"""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or len(name) > 60 or (kind, name) in _RESERVED:
        raise click.UsageError("编号只用小写字母、数字和连字符，最多 60 个，例如 first-visit；plans、index 另有用处")
    with screen().status("正在读取和检查…"):
        checked = load_checked(root, today)
    if kind in KINDS and id_is_taken(checked.library, kind, name):
        raise click.UsageError(f"编号“{name}”已经用了")
    try:
        if kind in ENTRIES:
            paths = [new_entry(root, Wish(kind, name, **details), checked, today)]
        else:
            paths = new_object(root, kind, name, checked.library, today, folder)
    except ScaffoldError as error:
        click.echo(str(error))
        sys.exit(1)
    for path in paths:
        click.echo(f"写好 {path.as_posix()}")
    if kind == "calendar":
        click.echo("现在只写了元旦一天：照通知补齐以前，这一年的工作日算出来不对，不要发布")
