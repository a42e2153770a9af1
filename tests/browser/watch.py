"""A reader in front of a browser: opens pages of one site and notes every request and everything that went wrong."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial, wraps
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page, Request, Response, expect

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-ipc-flooding-protection",  # hundreds of answers in a second are no attack here
]
_ENGINES = ("chromium-headless-shell", "chromium")
"""The same engine without and with the window around it: opening a page takes half as long without."""
# The line above the results says how many there are, or that there are none.
SEARCHED = re.compile("找到|符合|没有")


def find_chromium() -> str | None:
    """The system's browser: nothing is downloaded."""
    return next(filter(None, map(shutil.which, _ENGINES)), None)


@dataclass(frozen=True)
class Site:
    """One edition: where it lies on the disk and where it is served."""

    folder: Path
    address: str

    def pages(self) -> list[str]:
        """Every page, by its address below the root."""
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Reader:
    """A browser context with one page. `requests` are all addresses asked for, `bad` what should not have happened."""

    def __init__(
        self,
        browser: Browser,
        site: Site,
        door: str,
        *,
        script: bool = True,
        size: dict[str, int] = PHONE,
        scheme: str = "light",
        workers: bool = False,
    ) -> None:
        self.site = site
        self.root = site.address if door == "http" else site.folder.as_uri()
        self.requests: list[str] = []
        self.bad: list[str] = []
        self._context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=script,
            locale="zh-CN",
            reduced_motion="reduce",
        )
        if not workers:  # a browser without them: no test downloads the whole site in the background
            self._context.add_init_script("delete Navigator.prototype.serviceWorker")
        self.page = self._context.new_page()
        self.page.set_default_timeout(10_000)
        self._context.on("request", self._on_request)
        self._context.on("requestfailed", self._on_failure)
        self._context.on("response", self._on_response)
        self._context.on("console", self._on_console)
        self._context.on("weberror", lambda error: self._note(f"exception: {error.error}"))

    def open(self, address: str) -> None:
        """Go to a page of the site, by its address below the root."""
        self.page.goto(f"{self.root}/{address}")

    @property
    def here(self) -> str:
        """The page shown, as an address below the root, without anchor."""
        return self.page.url.partition("#")[0].removeprefix(self.root + "/")

    def find(self, selector: str) -> Locator:
        """What the selector finds on the page."""
        return self.page.locator(selector)

    def quiet(self) -> None:
        """Wait until the page has loaded everything it wants."""
        self.page.wait_for_load_state("networkidle")

    def ask(self, words: str) -> Locator:
        """Type into the open search, empty before; the links of the results, as many as are shown at first."""
        box, results = (
            self.find("input.md-search__input"),
            self.find("li.md-search-result__item > a.md-search-result__link"),
        )
        box.focus()
        if box.input_value():
            box.fill("")
            self.page.keyboard.press("End")  # the theme listens for a key, not for the text
            expect(results).to_have_count(0)
        self.page.keyboard.insert_text(words)
        self.page.keyboard.press("End")
        expect(self.find(".md-search-result__meta")).to_have_text(SEARCHED, timeout=30_000)
        return results

    def search(self, words: str) -> dict[str, str]:
        """Search as a reader does; page → title of the result, best first."""
        if not self.find("input.md-search__input").is_visible():
            self.find("label.md-header__button[for=__search]").click()
        results = self.ask(words)
        shown = -1
        while results.count() > shown:  # the theme adds results as the list is scrolled
            shown = results.count()
            self.find(".md-search__scrollwrap").evaluate("list => list.scrollTo(0, list.scrollHeight)")
            self.page.wait_for_timeout(150)
        links = "links => links.map(link => [link.href, (link.querySelector('h1') || link).innerText])"
        found: dict[str, str] = {}
        for link, title in results.evaluate_all(links):
            address = link.partition("#")[0].partition("?")[0]
            found.setdefault(address.removeprefix(self.root + "/"), title.replace("\u200b", "").strip())
        return found

    def close(self) -> None:
        """Close page and context."""
        self._context.close()

    def _note(self, what: str) -> None:
        self.bad.append(f"{self.page.url}: {what}")

    def _on_request(self, request: Request) -> None:
        self.requests.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme in ("file", "data", "blob"):
            return
        if f"{parts.scheme}://{parts.netloc}" != self.site.address:
            self._note(f"request to another host: {request.url}")

    def _on_failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the reader went on before it came
            self._note(f"request failed: {request.url} {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"answer {response.status}: {response.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._note(f"console {message.type}: {message.text}")


# `afterPaint` of base.js shows what follows from a tap with the next picture, and keeps it after that.
SEEN = """async () => {
    while (window.portal && portal.afterPaint.waiting) await new Promise(done => setTimeout(done, 5));
}"""


def look(page: Page) -> None:
    """Wait until what follows from the last tap or key is on the screen and kept."""
    page.evaluate(SEEN)


def _then_look(act: Callable[..., None]) -> Callable[..., None]:
    """A reader sees what a tap did before he does the next thing."""

    @wraps(act)
    def done(target: Locator, *args: Any, **settings: Any) -> None:
        act(target, *args, **settings)
        with suppress(Error):  # the tap led to another page
            look(target.page)

    return done


Locator.click = _then_look(Locator.click)  # type: ignore[method-assign]
Locator.check = _then_look(Locator.check)  # type: ignore[method-assign]
Locator.press = _then_look(Locator.press)  # type: ignore[method-assign]

Open = Callable[..., Reader]
"""Opens a reader: `reader("public", door="file", script=False, size=DESK, scheme="dark")`."""
