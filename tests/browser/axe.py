"""What axe finds on a page as it stands now."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

from browser.watch import Reader

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ALL = {"type": "tag", "values": WCAG}
NAMED = set("link button textbox checkbox radio combobox searchbox heading img region dialog spinbutton Date".split())
_SETTLED = """() => Promise.race([
    Promise.allSettled(document.getAnimations().map(one => one.finished)),
    new Promise(resolve => setTimeout(resolve, 2000)),
])"""
COLOURS = {"type": "rule", "values": ["color-contrast"]}


def findings(one: Reader, rules: dict[str, object] = ALL) -> list[str]:  # type: ignore[assignment]
    """Serious and critical violations, one line each."""
    return _lines(one, [found for found in _violations(one, rules) if found["impact"] in ("serious", "critical")])


def blemishes(one: Reader) -> list[str]:
    """Violations however slight, and what has no name: for widgets of our own, where nothing is the theme's."""
    return nameless(one) + _lines(one, _violations(one, ALL))


def _violations(one: Reader, rules: dict[str, object]) -> list[dict[str, Any]]:
    """A colour on its way to another is no finding: all stands still first."""
    one.page.evaluate(_SETTLED)
    result = Axe().run(one.page, options={"runOnly": rules, "resultTypes": ["violations"]})
    found: list[dict[str, Any]] = result.response["violations"]
    return found


def _lines(one: Reader, violations: list[dict[str, Any]]) -> list[str]:
    return [
        f"{one.here} {found['id']} ({found['impact']}): {node['html'][:160]} | {node['any'][:1] and node['any'][0]['message']}"
        for found in violations
        for node in found["nodes"][:4]
    ]


def nameless(one: Reader) -> list[str]:
    """What a screen reader could only call by its kind, in the accessibility tree of the page as it stands."""
    session = one.page.context.new_cdp_session(one.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    kinds = [node["role"]["value"] for node in nodes if not node.get("ignored") and not _name(node)]
    return [f"{one.here} {kind} without a name" for kind in kinds if kind in NAMED]


def _name(node: dict[str, Any]) -> str:
    return str(node.get("name", {}).get("value", "")).strip()


def wear(one: Reader, scheme: str) -> None:
    """The page as it stands, in the other theme: what the theme does at a reload on a device that turned dark."""
    one.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    name = "slate" if scheme == "dark" else "default"
    one.page.evaluate(
        "name => { const page = document.body.dataset; if (page.mdColorScheme) page.mdColorScheme = name; }", name
    )
