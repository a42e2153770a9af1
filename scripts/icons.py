"""`python scripts/icons.py`: the PNG pictures of the web manifest, drawn from docs/assets/icon.svg by Chromium.

They are committed: nobody needs to run this unless icon.svg changes. A maskable picture fills the whole square, with
the drawing inside the safe circle.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/browser"))

from watch import find_chromium  # noqa: E402

ASSETS = ROOT / "docs/assets"
PICTURES = {"icon-180": (180, 1.0), "icon-192": (192, 1.0), "icon-512": (512, 1.0), "icon-512-maskable": (512, 0.72)}
"""Name → side in pixels, and how much of it the drawing takes."""


def main() -> None:
    """Draw all of them."""
    svg = (ASSETS / "icon.svg").read_text("utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        for name, (side, share) in PICTURES.items():
            _draw(page, svg, side, share, ASSETS / "icons" / f"{name}.png")
        browser.close()


def _draw(page: Page, svg: str, side: int, share: float, target: Path) -> None:
    page.set_viewport_size({"width": side, "height": side})
    ground = "#1f4e79" if share < 1 else "transparent"
    page.set_content(
        f"<body style='margin:0;height:100vh;display:grid;place-items:center;background:{ground}'>"
        f"<div style='width:{side * share}px;height:{side * share}px'>{svg}</div>"
    )
    page.screenshot(path=str(target), omit_background=share == 1)


if __name__ == "__main__":
    main()
