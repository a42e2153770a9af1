"""What axe finds on a page as it stands now."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

from browser.watch import Reader

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ALL = {"type": "tag", "values": WCAG}
COLOURS = {"type": "rule", "values": ["color-contrast"]}


def findings(one: Reader, rules: dict[str, object] = ALL) -> list[str]:  # type: ignore[assignment]
    """Serious and critical violations, one line each."""
    result = Axe().run(one.page, options={"runOnly": rules, "resultTypes": ["violations"]})
    return [
        f"{one.here} {found['id']} ({found['impact']}): {node['html'][:160]} | {node['any'][:1] and node['any'][0]['message']}"
        for found in result.response["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"][:4]
    ]


def wear(one: Reader, scheme: str) -> None:
    """The page as it stands, in the other theme: what the theme does at a reload on a device that turned dark."""
    one.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    name = "slate" if scheme == "dark" else "default"
    one.page.evaluate(
        "name => { const page = document.body.dataset; if (page.mdColorScheme) page.mdColorScheme = name; }", name
    )
