"""What changed from an older regulation to a newer one: the article map, old and new titles side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from portal.model.citation import Citation, article_name
from portal.model.prose import Heading
from portal.model.regulation import Regulation
from portal.model.succession import Passage, added, passages
from portal.rendering.markup import markup
from portal.rendering.page import Part, RenderedPage
from portal.rendering.site import Site
from portal.rendering.view import View, place_name


def change_pages(site: Site) -> list[RenderedPage]:
    """One page for each regulation that took the place of another one of this edition."""
    return [
        _page(site, new, olds) for new in site.library.regulations.values() if (olds := site.successions.older(new))
    ]


def change_links(view: View, regulation: Regulation) -> list[Markup]:
    """Links to the pages on which this regulation stands as the newer or as the older one."""
    successions = view.site.successions
    news = [*([regulation] if successions.older(regulation) else []), *successions.newer(regulation)]
    pattern = view.site.words["changes"]["link"]
    return [view.text_link(view.site.addresses.of["changes", new.id], pattern.format(title=new.title)) for new in news]


def map_rows(view: View, chosen: Iterable[Passage], old: Regulation, short: str = "") -> list[dict[str, object]]:
    """Rows of the table: the old article and what took its place.

    On the page about the regulation `short` its title is left out; anywhere else a row is where a citation lands.
    """
    return [
        {
            "anchor": "" if short else Citation(article=passage.number).anchor,
            "old": _old(view, old, passage.number),
            "news": [_new(view, citation, short) for citation in passage.successors],
            "reason": view.text(passage.reason) if passage.reason else "",
        }
        for passage in chosen
    ]


def _page(site: Site, new: Regulation, olds: Sequence[Regulation]) -> RenderedPage:
    words = site.words["changes"]
    view = View(site, site.addresses.of["changes", new.id])
    title = words["title"].format(title=new.title)
    parts: list[Part] = [site.fill("hub_lead.html", text=words["lead"].format(title=new.title))]
    for old in olds:
        parts += _old_parts(view, old, new)
    parts += _added(view, new, olds)
    return RenderedPage(view.here, title, tuple(parts), source=olds[0].rules.origin.file, description=title, boost=0.5)


def _old_parts(view: View, old: Regulation, new: Regulation) -> list[Part]:
    words = view.site.words["changes"]
    rows = map_rows(view, passages(old), old, new.id)
    without = [passage for passage in passages(old) if not passage.successors]
    counts = words["counts"].format(number=len(rows), mapped=len(rows) - len(without), gone=len(without))
    head = Heading(2, words["map"].format(title=old.title), f"map-{old.id}")
    parts: list[Part] = [head, view.site.fill("changes.html", text=counts, rows=rows)]
    if without:
        heading = Heading(2, words["gone"], f"gone-{old.id}")
        parts += [heading, view.site.fill("changes.html", text="", rows=map_rows(view, without, old, new.id))]
    return parts


def _added(view: View, new: Regulation, olds: Sequence[Regulation]) -> list[Part]:
    words = view.site.words["changes"]
    rows = [_new(view, Citation(new.id, number), new.id) for number in added(new, olds)]
    text = words["added-text"] if rows else words["added-none"]
    return [Heading(2, words["added"], "added"), view.site.fill("changes_added.html", text=text, rows=rows)]


def _old(view: View, old: Regulation, number: str) -> Markup:
    gist = old.gists.get(number)
    name = f"{article_name(number)} {gist.title if gist else ''}".rstrip()
    if view.here == view.site.addresses.of["regulation", old.id]:
        return markup("{}", name)
    return view.cite(Citation(old.id, number), name)


def _new(view: View, citation: Citation, short: str) -> dict[str, Markup | str]:
    """Link and gist title of a newer article."""
    article = view.site.library.article(citation)
    label = place_name(view.site, citation) if citation.regulation == short else ""
    return {"link": view.cite(citation, label), "title": article.title if article else ""}
