"""A regulation's page: what it is, its limits as a table, each article's gist, and who cites it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from portal.model.beside import beside
from portal.model.citation import article_name
from portal.model.deadline import rule_text
from portal.model.prose import Heading
from portal.model.regulation import Article, Limit, Regulation
from portal.model.succession import is_mapped, passages
from portal.rendering.changes import change_links, map_rows
from portal.rendering.markup import markup
from portal.rendering.page import Part, RenderedPage
from portal.rendering.prose import tokens_html
from portal.rendering.site import Site
from portal.rendering.view import View


def regulation_pages(site: Site) -> list[RenderedPage]:
    """One page a regulation."""
    return [_page(site, regulation) for regulation in site.library.regulations.values()]


def _page(site: Site, regulation: Regulation) -> RenderedPage:
    address = site.addresses.of["regulation", regulation.id]
    view = View(site, address)
    return RenderedPage(
        address=address,
        title=regulation.title,
        parts=tuple(_parts(view, regulation)),
        source=regulation.origin.file,
        description=site.words["regulation"]["description"].format(title=regulation.title),
        boost=0.3,
    )


def _parts(view: View, regulation: Regulation) -> list[Part]:
    words = view.site.words["regulation"]
    parts: list[Part] = [view.site.fill("regulation_head.html", **_facts(view, regulation))]
    if regulation.preface.tokens:
        preface = tokens_html(view, regulation.preface.tokens, regulation.origin.file)
        parts.append(f'<div class="prose">{preface}</div>')
    if regulation.rules.limits:
        names = [f"{regulation.id}/{name}" for name in regulation.rules.limits]
        parts += [Heading(2, words["limits"], "limits"), limits_table(view, names, anchors=True)]
    if regulation.rules.duties:
        parts += [Heading(2, words["duties"], "duties"), _duties(view, regulation)]
    chapter = ""
    for article in regulation.gists.values():
        if article.chapter != chapter:
            chapter = article.chapter
            parts.append(Heading(2, chapter, f"chapter-{article.number}"))
        parts += _article(view, regulation, article)
    return [*parts, *_unexcerpted(view, regulation)]


def _unexcerpted(view: View, regulation: Regulation) -> list[Part]:
    """The map of those articles that have no gist here: whoever looks one up lands on its line, and on its successor."""
    words = view.site.words["changes"]
    chosen = [passage for passage in passages(regulation) if passage.number not in regulation.gists]
    if not is_mapped(regulation) or not chosen:
        return []
    rows = map_rows(view, chosen, regulation)
    return [Heading(2, words["others"], "others"), view.site.fill("changes.html", text=words["others-text"], rows=rows)]


def _facts(view: View, regulation: Regulation) -> dict[str, object]:
    words = view.site.words["regulation"]
    library = view.site.library
    newer = [r for r in library.regulations.values() if regulation.id in r.replaces]
    return {
        "in_force": regulation.in_force(library.today),
        "state": state(view, regulation),
        "issuer": regulation.issuer,
        "rank": words[regulation.rank],
        "number": regulation.number or "",
        "adopted": day(regulation.adopted),
        "effective": day(regulation.effective),
        "ends": day(regulation.ends) if regulation.ends else "",
        "source": regulation.source,
        "scope": words[f"scope-{regulation.scope}"].format(number=regulation.articles, shown=len(regulation.gists)),
        "verified": _verified(regulation, words),
        "is_verified": regulation.verified != "no",
        "replaces": [view.link("regulation", name) for name in regulation.replaces if name in library.regulations],
        "replaced_by": [view.link("regulation", r.id) for r in newer],
        "changes": change_links(view, regulation),
        "note": view.text(regulation.note) if regulation.note else "",
    }


def state(view: View, regulation: Regulation) -> str:
    """In force or not, and the day on which that will change, if it is known."""
    words, today = view.site.words["regulation"], view.site.library.today
    if today < regulation.effective:
        return words["not-yet"].format(day=day(regulation.effective))
    if not regulation.in_force(today):
        return words["ended"]
    return words["ending"].format(day=day(regulation.ends)) if regulation.ends else words["in-force"]


def _verified(regulation: Regulation, words: Mapping[str, str]) -> str:
    if isinstance(regulation.verified, str):
        return words["not-verified"]
    told = words["verified"].format(on=day(regulation.verified.on))
    unchecked = regulation.evidence.unchecked if regulation.evidence else ()
    return told + (words["verified-but"].format(what="、".join(unchecked)) if unchecked else "")


def day(value: date) -> str:
    """`2026年3月2日`."""
    return f"{value.year}年{value.month}月{value.day}日"


def limits_table(view: View, names: list[str], anchors: bool = False) -> str:
    """Time limits side by side; the same table everywhere."""
    rows = []
    for name in names:
        found = view.site.library.limit(name)
        if found:
            rows.append(_limit_row(view, name, found[0], found[1], anchors))
    return view.site.fill("limits_table.html", rows=rows)


def _limit_row(view: View, name: str, regulation: Regulation, limit: Limit, anchors: bool) -> dict[str, object]:
    words = view.site.words["limit"]
    extend = ""
    if limit.extend:
        approval = words["approval"].format(actor=view.actor(limit.extend.approval)) if limit.extend.approval else ""
        notify = words["notify"] if limit.extend.notify else ""
        extend = words["extend-long"].format(length=view.length(limit.extend.by), approval=approval, notify=notify)
    return {
        "name": name,
        "anchor": f"limit-{name.partition('/')[2]}" if anchors else "",
        "href": view.href("limit", name),
        "title": limit.title,
        "actor": view.actor(limit.actor),
        "from": view.event(limit),
        "length": view.length(limit.length),
        "extend": extend,
        "rule": rule_text(limit),
        "assumed": view.mark("assumed") if limit.counting == "assumed" else "",
        "counting_basis": view.cite(limit.counting_basis.within(regulation.id)) if limit.counting_basis else "",
        "excludes": view.text(limit.excludes) if limit.excludes else "",
        "if_missed": view.text(limit.if_missed) if limit.if_missed else "",
        "applies": view.cite(limit.applies.within(regulation.id)) if limit.applies else "",
        "note": view.text(limit.note) if limit.note else "",
        "article": view.cite(limit.article.within(regulation.id)),
        "beside": [_beside(view, other) for other in beside(view.site.library, name)],
    }


def _beside(view: View, name: str) -> Markup:
    """A limit that stands beside another one: which text, how long; of a local one also for whom it is."""
    found = view.site.library.limit(name)
    assert found is not None
    regulation, limit = found
    article = view.cite(limit.article.within(regulation.id))
    note = markup("<br><small>{}</small>", view.text(limit.note)) if limit.beside and limit.note else ""
    words = view.site.words["limit"]["beside"]
    return markup(
        "{}{} {}<b>{}</b>{}", words, article, view.event(limit), view.limit(name, view.length(limit.length)), note
    )


def _duties(view: View, regulation: Regulation) -> str:
    words, outside = view.site.words["force"], view.site.words["regulation"]["out-of-scope"]
    rows = [
        {
            "actor": view.actor(duty.actor),
            "force": words[duty.force],
            "force_id": duty.force,
            "title": duty.title,
            "when": duty.when or "",
            "out_of_scope": outside.format(reason=duty.out_of_scope) if duty.out_of_scope else "",
            "article": view.cite(duty.article.within(regulation.id)),
        }
        for duty in regulation.rules.duties.values()
    ]
    return view.site.fill("duties.html", rows=rows)


def _article(view: View, regulation: Regulation, article: Article) -> list[Part]:
    heading = Heading(3, f"{article_name(article.number)} {article.title}".strip(), f"article-{article.number}")
    gist = tokens_html(view, article.gist.tokens, regulation.origin.file)
    return [
        heading,
        view.site.fill(
            "article.html",
            gist=Markup(gist),
            successor=view.cites(regulation.successors(article.number)),
            dropped=view.text(regulation.rules.dropped.get(article.number, "")),
            citing=_citing(view, regulation.id, article.number),
        ),
    ]


def _citing(view: View, regulation: str, article: str) -> list[dict[str, object]]:
    """Who cites this article: each spot once, in the order of the library."""
    rows: dict[str, dict[str, object]] = {}
    for mention in view.site.index.citing.get((regulation, article), ()):
        title, address = view.site.spot(mention)
        assert mention.source is not None
        rows.setdefault(
            address,
            {"kind": view.site.kind_name(mention.source), "link": view.text_link(address, title)},
        )
    return list(rows.values())
