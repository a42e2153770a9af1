"""Make the README's pictures from the built staff site: home on a desk, the incident page on a phone."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests/browser"))

from watch import find_chromium  # noqa: E402

SHOTS = (
    ("home.png", "index.html", 1200, 760),
    ("incident-phone.png", "plans/collective-visit/index.html", 390, 760),
    ("tree-phone.png", "citizens/which-route.html#tree-which-route", 390, 760),
)


def main() -> None:
    """Build aside, open each page in Chromium, write screenshots/."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "staff"
        subprocess.run([sys.executable, "-m", "portal.cli", "build", "--out", str(site)], cwd=ROOT, check=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_chromium(), args=["--no-sandbox", "--disable-background-networking"]
            )
            for name, address, width, height in SHOTS:
                page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=1)
                page.goto(f"{site.as_uri()}/{address}")
                page.wait_for_timeout(400)
                page.screenshot(path=ROOT / "screenshots" / name)
                page.close()
            browser.close()


if __name__ == "__main__":
    main()
