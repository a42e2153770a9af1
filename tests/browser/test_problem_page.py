"""An author's mistake under `portal serve`: the browser shows where it is and what to do, and recovers by itself."""

from __future__ import annotations

import socket
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser

from browser.watch import PHONE
from projects import buildable, portal_command, running
from small import small_text

TREE = "procedures/visit/route.tree.yml"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_served(address: str) -> None:
    for _ in range(200):
        with suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.1)
    raise AssertionError(f"nothing is served at {address}")


def test_a_mistake_is_shown_and_goes_away(chromium: Browser, tmp_path: Path) -> None:
    good = small_text(TREE)
    bad = good.replace("ask:", "asks:", 1)
    assert bad != good
    root = buildable(tmp_path / "project", **{TREE: bad})
    address = f"127.0.0.1:{_free_port()}"
    with running(portal_command(root, "serve", "--address", address), root):
        _wait_until_served(f"http://{address}/")
        page = chromium.new_page(viewport=PHONE)  # type: ignore[arg-type]
        for path in ("/index.html", "/no/such/page.html"):
            page.goto(f"http://{address}{path}")
            rows = page.locator(".problems li")
            assert rows.count() >= 1
            assert f"{TREE}:" in rows.first.inner_text()
            assert "asks" in page.locator(".problems").inner_text()
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.goto(f"http://{address}/index.html")
        (root / TREE).write_text(good, "utf-8")
        page.locator(".home").wait_for(timeout=30_000)
        assert page.locator(".problems").count() == 0
        page.close()
