"""One command in a fresh process: wall time, processor time and the greatest memory of all its processes together."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

SAMPLE_SECONDS = 0.05


class Failed(Exception):
    """The command did not end well; the message holds what it said last."""


@dataclass(frozen=True, slots=True)
class Measure:
    """`cpu` is processor time of the command and all it started: it suffers less from other users of the machine."""

    wall: float
    cpu: float
    memory: int


def measure(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Measure:
    """Run the command to its end. Its output goes to a file: a full pipe must not slow it down."""
    with tempfile.TemporaryFile() as output:
        cpu, start = _children_cpu(), time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT)
        watch = _Watch(process.pid)
        watch.start()
        code = process.wait()
        wall = time.perf_counter() - start
        watch.join()
        if code:
            output.seek(0)
            raise Failed(output.read().decode("utf-8", "replace")[-2000:])
    return Measure(wall, _children_cpu() - cpu, watch.peak)


def measure_itself(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Measure:
    """Run a command that times its own work and prints the measure as one line of JSON."""
    process = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if process.returncode:
        raise Failed(process.stderr[-2000:])
    return Measure(**json.loads(process.stdout))


def best(measures: Sequence[Measure]) -> Measure:
    """The fastest of several runs: what disturbs a run only ever makes it slower."""
    return Measure(
        min(each.wall for each in measures), min(each.cpu for each in measures), max(each.memory for each in measures)
    )


def folder_size(folder: Path) -> tuple[int, int]:
    """Number of files and bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def _children_cpu() -> float:
    times = os.times()
    return times.children_user + times.children_system


class _Watch(threading.Thread):
    """Looks at the resident memory of a process and all below it, again and again, until the process is gone."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.root = psutil.Process(pid)
        self.peak = 0

    def run(self) -> None:
        """Sample until the end."""
        while self.root.is_running() and (now := self._resident()):
            self.peak = max(self.peak, now)
            time.sleep(SAMPLE_SECONDS)

    def _resident(self) -> int:
        total = 0
        try:
            for process in (self.root, *self.root.children(recursive=True)):
                total += process.memory_info().rss
        except psutil.NoSuchProcess:
            pass  # it ended between two looks
        return total
