"""Which files an import means: those named, and all in the folders named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Found:
    """Files in order, each once; hidden files and folders (`.git`, `~$law.docx`) that were passed over."""

    files: tuple[Path, ...]
    hidden: tuple[Path, ...]


def find_files(paths: Iterable[Path]) -> Found:
    """All files meant; a file named by hand is taken even if it is hidden. Links to folders are not followed."""
    files: dict[Path, None] = {}
    hidden: dict[Path, None] = {}
    for path in paths:
        for file, passed_over in _below(path) if path.is_dir() else [(path, False)]:
            (hidden if passed_over else files)[file] = None
    return Found(tuple(files), tuple(hidden))


def _below(folder: Path) -> Iterator[tuple[Path, bool]]:
    for here, folders, files in os.walk(folder):
        for name in sorted(files):
            yield Path(here, name), _is_hidden(name)
        for name in sorted(folders):
            if _is_hidden(name):
                yield Path(here, name), True
        folders[:] = sorted(name for name in folders if not _is_hidden(name))


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))
