"""`make bench-browser`: what a phone has to load and how quickly a page answers, measured with Chromium.

Sizes are gzipped as a web server would send them. Times are from a tap to the next picture, on the largest checklist
and the largest tree of the library and in a run of 200 items and 500 notes, with the processor slowed down six times.
They grow with whatever else the machine does: the first of them is measured where our scripts are missing, so that
the share that is ours can be told from the rest.
Missed targets are reported, not an error.
"""

from __future__ import annotations

import gzip
import json
import re
import statistics
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import click
from playwright.sync_api import Browser, CDPSession, Locator, Page, sync_playwright

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:1] = [str(PROJECT / "hooks"), str(PROJECT / "tests")]
"""In place of this folder: this file has the name of the package of browser tests."""

from browser.runs import ITEMS, LONG, PHASES, build_runs, start  # noqa: E402
from browser.watch import FLAGS, PHONE, Reader, Site, find_chromium, serve  # noqa: E402
from portal.publish import publish  # noqa: E402

TODAY = date(2026, 11, 30)
RESULTS = PROJECT / "bench/results/browser.json"
SLOWDOWN, TAPS = 6, 12
INCIDENT = "plans/collective-visit/index.html"
DATA = ("words.js", "changes.js", "limits.js")
"""Scripts that the build writes from the content: counted with the page, not with our code."""
OUR_SCRIPTS = re.compile(r"/assets/[\w-]+\.js$")
NOTES = 500
FILL = """notes => {
    const widget = portal.runs[0], names = widget.items.map(item => item.name);
    names.slice(40).forEach(name => portal.run.add(widget.run, 's', name, 'done', '李'));
    for (let n = 0; n < notes; n += 1) portal.run.add(widget.run, 'n', names[n % names.length], '备注 ' + n + '，来了几个人', '李');
    portal.run.save(widget.run);
}"""
STORED = "Object.keys(localStorage).reduce((sum, key) => sum + localStorage[key].length, 0)"
PRESS = 70
"""Milliseconds a finger stays on the screen."""
# Each interaction with the longest of its events (pressing, lifting, click), in milliseconds to the end of the frame
# that shows the effect, as the browser itself reports them: what the field calls interaction to next paint.
OBSERVE = """() => {
    window.taps = {};
    new PerformanceObserver(list => list.getEntries().forEach(entry => {
        const name = entry.interactionId;
        if (name) window.taps[name] = Math.max(window.taps[name] || 0, entry.duration);
    })).observe({type: 'event', durationThreshold: 16, buffered: true});
}"""


@dataclass(frozen=True, slots=True)
class Result:
    """One figure beside its target; `detail` says what it was measured on."""

    name: str
    value: float
    target: float
    unit: str
    detail: str

    @property
    def met(self) -> bool:
        """Is it good enough?"""
        return self.value <= self.target


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--site", type=click.Path(exists=True, file_okay=False, path_type=Path), help="a built staff edition")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=RESULTS, help="the JSON file")
def main(site: Path | None, out: Path) -> None:
    """Measure the staff edition of this checkout, or a site that is built already."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        if site is None:
            site = Path(folder) / "site"
            publish(PROJECT, "staff", site, TODAY, False, lambda row: None)
        results = measured(site.resolve())
    for result in results:
        mark = "ok    " if result.met else "missed"
        click.echo(f"{mark} {result.name:28} {result.value:7.1f} {result.unit} of {result.target:g}  {result.detail}")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(
        json.dumps([{**asdict(r), "met": r.met} for r in results], ensure_ascii=False, indent=1) + "\n", "utf-8"
    )


def measured(site: Path) -> list[Result]:
    """All figures of one built site."""
    with serve(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        results = [
            scripts(site),
            page_weight(browser, site, address),
            *answers(browser, site, address),
            long_run(browser),
        ]
        browser.close()
    return results


def scripts(site: Path) -> Result:
    """Every script of ours together, the worker included."""
    files = [path for path in sorted((site / "assets").glob("*.js")) if path.name not in DATA]
    files += [path for path in [site / "sw.js"] if path.exists()]
    sizes = {path.name: packed(path) for path in files}
    detail = ", ".join(f"{name} {size / 1000:.1f}" for name, size in sorted(sizes.items(), key=lambda each: -each[1]))
    return Result("own scripts, gzipped", sum(sizes.values()) / 1000, 60, "kB", detail)


def page_weight(browser: Browser, site: Path, address: str) -> Result:
    """What the first visit to an incident page loads until it is quiet, before anything is kept for offline use.

    The index of the search comes when the search is opened: it is named beside.
    """
    page = browser.new_context(viewport=PHONE).new_page()  # type: ignore[arg-type]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path.lstrip("/")))
    page.goto(f"{address}/{INCIDENT}")
    page.wait_for_load_state("load")
    page.context.close()
    files = [name for name in dict.fromkeys(asked) if (site / name).is_file()]
    total = sum(packed(site / name) for name in files)
    late = packed(site / "search" / "search_index.json")
    detail = f"{INCIDENT}, {len(files)} files; the search loads {late / 1000:.0f} kB when it is opened"
    return Result("first incident page, gzipped", total / 1000, 150, "kB", detail)


def answers(browser: Browser, site: Path, address: str) -> Iterable[Result]:
    """A tick and an answer; before them the same tick where our scripts are missing: what machine and browser take alone."""
    ticks, questions = largest(site, 'class="item__do"'), largest(site, 'class="answer"')
    for name, place, selector, ours in (
        ("tick without our scripts", ticks, "li.item label", False),
        ("tick, next paint", ticks, "li.item label", True),
        ("answer, next paint", questions, ".is-here a.answer", True),
    ):
        page = browser.new_context(viewport=PHONE).new_page()  # type: ignore[arg-type]
        if not ours:
            page.route(OUR_SCRIPTS, lambda route: route.abort())
        page.goto(f"{address}/{place}")
        page.wait_for_load_state("networkidle")
        yield tapped(name, page, selector, place)
        page.context.close()


def long_run(browser: Browser) -> Result:
    """A tick in a run of 200 items and 500 notes, on a site of the smallest size."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        site = build_runs(Path(folder))["staff"]
        with serve(site) as address:
            reader = Reader(browser, Site(site, address), "http")
            start(reader, LONG)
            reader.page.evaluate(FILL, NOTES)
            reader.page.reload()
            reader.quiet()
            stored = reader.page.evaluate(STORED) / 1000
            place = f"{PHASES * ITEMS} items, {NOTES} notes, {stored:.0f} thousand letters stored"
            result = tapped("tick in a long run", reader.page, "li.item label", place)
            reader.close()
    return result


def tapped(name: str, page: Page, selector: str, place: str) -> Result:
    """The median of some taps."""
    times, busy = taps(page, selector)
    detail = f"{place}: median of {len(times)} by finger, worst {max(times):.0f} ms, {SLOWDOWN}× slower; processor {busy:.1f} ms a tap"
    return Result(name, statistics.median(times), 50, "ms", detail)


def taps(page: Page, selector: str) -> tuple[list[float], float]:
    """Tap one thing after another; the browser rounds its times to 8 ms and leaves out what is quicker than 16.

    Beside the times: script, style and layout of a tap in milliseconds of processor time at full speed.
    """
    page.evaluate(OBSERVE)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _busy(session)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    for number in range(TAPS):
        found = page.locator(selector)
        if not found.count():
            page.go_back()
            page.wait_for_timeout(500)
        target = found.nth(number if "label" in selector else 0)
        target.scroll_into_view_if_needed()
        page.wait_for_timeout(200)
        _tap(session, page, target)
        page.wait_for_timeout(400)
    times: list[float] = page.evaluate("Object.values(window.taps)")
    return times + [16.0] * (TAPS - len(times)), (_busy(session) - before) / TAPS


def _tap(session: CDPSession, page: Page, target: Locator) -> None:
    """A finger that presses and lifts."""
    box = target.bounding_box()
    if box is None:
        raise click.ClickException(f"{target} is not to be seen: nothing to tap")
    finger = {"x": box["x"] + 6, "y": box["y"] + 6}
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [finger]})
    page.wait_for_timeout(PRESS)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def _busy(session: CDPSession) -> float:
    metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    return 1000 * sum(metrics[name] for name in ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration"))


def largest(site: Path, sign: str) -> str:
    """The page on which something stands most often."""
    pages = sorted(site.rglob("*.html"))
    best = max(pages, key=lambda path: len(re.findall(re.escape(sign), path.read_text("utf-8"))))
    return best.relative_to(site).as_posix()


def packed(path: Path) -> int:
    """Bytes as a web server sends them."""
    return len(gzip.compress(path.read_bytes(), 6))


if __name__ == "__main__":
    main()
