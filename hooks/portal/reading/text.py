"""From a file on disk to text: size, encoding and links are judged here."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from portal.model.place import Place
from portal.model.problem import Problem

MAX_BYTES = 1_000_000


class Unreadable(Exception):
    """Carries the one problem that kept a file from being read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_text(root: Path, name: str) -> str:
    """The text of a file without a byte-order mark and with `\\n` line ends; raises Unreadable.

    `name` is as authors see it: relative to the root, with forward slashes.
    """
    path = f"{root}/{name}"
    try:
        status = os.lstat(path)
        if stat.S_ISLNK(status.st_mode):
            _refuse_outside_links(root, name)
            status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise _bad(name, "file-unreadable", "这不是普通文件", "删掉它，放入真正的文件")
        if status.st_size > MAX_BYTES:
            raise _bad(
                name,
                "file-too-big",
                f"文件超过 {MAX_BYTES // 1000} KB",
                "内容文件不会这么大：拆成几个，或检查是否存错了文件",
            )
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise _bad(name, "file-unreadable", f"文件打不开（{reason}）", "检查文件权限，或重新放一份") from None
    return _decode(data, name)


def _refuse_outside_links(root: Path, name: str) -> None:
    """A link that leaves the project could publish any file of the machine."""
    try:
        inside = (root / name).resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        raise _bad(name, "file-unreadable", "链接指向的文件不存在", "删掉这个链接，放入真正的文件") from None
    if not inside:
        raise _bad(name, "file-symlink", "这是指向项目文件夹以外的链接", "把文件本身放进来，不要用链接")


def _decode(data: bytes, name: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _bad(name, "file-encoding", "文件是 UTF-16 编码", "在编辑器里另存为 UTF-8 编码")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        found = "看起来是 GBK 编码" if _is_gbk(data) else "不是 UTF-8 编码"
        raise Unreadable(
            Problem(Place(name, line, column), "file-encoding", f"文件{found}", "在编辑器里另存为 UTF-8 编码")
        ) from None
    if not text or text.isspace():
        raise _bad(name, "file-empty", "文件是空的", "写入内容，或删掉这个文件")
    marked = "<<<<<<< " in text or ">>>>>>> " in text
    conflict = marked and re.search(r"^(<<<<<<<|>>>>>>>) ", text, re.MULTILINE)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        hint = "留下要的一边，删掉 <<<<<<<、=======、>>>>>>> 三行"
        raise Unreadable(Problem(Place(name, line), "file-conflict", "这里是没有处理完的合并冲突", hint))
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _is_gbk(data: bytes) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _bad(name: str, code: str, message: str, hint: str) -> Unreadable:
    return Unreadable(Problem(Place(name), code, message, hint))
