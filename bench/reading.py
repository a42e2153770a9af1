"""Reading and checking a library, timed inside a fresh process: what they add to a build, without Python's own start.

    python bench/reading.py ROOT YYYY-MM-DD

Prints one line of JSON: seconds by the clock, seconds of processor time, and the greatest memory in bytes.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import date
from pathlib import Path

from portal.checked import load_checked


def main(root: str, day: str) -> None:
    """Read and check the library once."""
    wall, cpu = time.perf_counter(), time.process_time()
    checked = load_checked(Path(root), date.fromisoformat(day))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    if checked.errors:
        raise SystemExit(f"the library has {len(checked.errors)} errors")
    # Linux counts in kilobytes, macOS in bytes.
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps({"wall": wall, "cpu": cpu, "memory": memory}))


if __name__ == "__main__":
    main(*sys.argv[1:])
