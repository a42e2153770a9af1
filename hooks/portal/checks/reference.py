"""Everything that is named exists, is in force, and may be seen by the readers of the text that names it."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Collection, Iterator
from functools import cache, partial
from urllib.parse import unquote

from portal.checks.rule import Finding, Rule, Subject, Verdict, judge_targets
from portal.model.base import Document
from portal.model.citation import Citation, article_name
from portal.model.library import Library
from portal.model.mention import Mention
from portal.model.page import Page
from portal.model.prose import Link
from portal.model.reference import REFERENCE_HINT, parse_target, picture_id

_KIND_NAMES = {
    "limit": "期限",
    "form": "表单",
    "work": "流程或预案",
    "step": "步骤",
    "question": "问题",
    "procedure": "流程",
    "plan": "预案",
    "tree": "问路树",
    "checklist": "清单",
    "drill": "演练",
    "regulation": "法规",
    "page": "页面",
    "term": "词条",
    "role": "岗位",
    "actor": "责任主体",
    "event": "起算事项",
    "thresholds": "分级",
    "threshold": "级别",
    "picture": "图画",
    "limits": "期限",
    "persona": "人物",
}
_WITHOUT_IDS = ("place:duty-phones", "place:channels", "place:rules")


def known(library: Library, kind: str) -> frozenset[str]:
    """Every id that a mention of this kind may name."""
    return frozenset(_known(library, kind))


def _known(library: Library, kind: str) -> Collection[str]:
    match kind.removeprefix("place:"):
        case "limit" | "limits":
            return [name for name, _, _ in library.limits()]
        case "work":
            return [*library.procedures, *library.plans]
        case "step":
            items = [f"{c.id}/{item}" for c in library.checklists.values() for _, item, _ in c.all_items()]
            return items + [f"{t.id}/{outcome}" for t in library.trees.values() for outcome in t.outcomes]
        case "question":
            return [f"{t.id}/{question}" for t in library.trees.values() for question in t.questions]
        case "role":
            return list(library.profile.roles) if library.profile else []
        case "actor":
            return list(library.vocabulary.actors)
        case "event":
            return list(library.vocabulary.events)
        case "term":
            return list(library.glossary.terms)
        case "persona":
            return [f"{placed.case.tree}/{placed.case.title}" for placed in library.cases]
        case "picture":
            return list(library.pictures)
        case "thresholds":
            return list(library.profile.staff.thresholds) if library.profile and library.profile.staff else []
        case "threshold":
            return library.profile.levels if library.profile else {}
        case other:
            return list(library.shelf(other))


def unknown_ids(subject: Subject) -> Iterator[Finding]:
    """Every id names something that exists."""
    ids = cache(partial(known, subject.library))

    def judge(library: Library, mention: Mention) -> Verdict | None:
        if mention.kind in ("cite", "tel", "wrong", *_WITHOUT_IDS) or mention.target in ids(mention.kind):
            return None
        return None if _unread(library, mention) else _unknown(mention, ids(mention.kind))

    return judge_targets(subject, judge)


def _unread(library: Library, mention: Mention) -> bool:
    """Does the mention lead to a file that could not be read? Its own problem is told already."""
    kind = mention.kind.removeprefix("place:")
    owner = mention.target.partition("/")[0]
    match kind:
        case "limit" | "limits":
            return ("regulation", owner) in library.broken
        case "step" | "question":
            return ("checklist", owner) in library.broken or ("tree", owner) in library.broken
        case "work":
            return ("procedure", mention.target) in library.broken or ("plan", mention.target) in library.broken
        case "persona":
            tree = library.trees.get(owner)
            return (
                tree is None
                or ("file", posixpath.join(posixpath.dirname(tree.origin.file), "cases.yml")) in library.broken
            )
        case "role" | "thresholds" | "threshold":
            return library.profile is None
        case "term":
            return ("file", "glossary.yml") in library.broken
        case "actor" | "event":
            return ("file", "regulations/vocabulary.yml") in library.broken
    return (kind, mention.target) in library.broken


def _unknown(mention: Mention, ids: Collection[str]) -> Verdict:
    name = _KIND_NAMES.get(mention.kind.removeprefix("place:"), mention.kind)
    if not mention.target:
        return f"这里没有写放哪个{name}", "在代码块里写编号，每行一个"
    if mention.kind == "persona":
        return _unknown_persona(mention, ids)
    close = difflib.get_close_matches(mention.target, sorted(ids), n=1, cutoff=0.75)
    hint = f"是不是想写“{close[0]}”？" if close else f"先写好这个{name}，或改成已有的编号"
    if mention.kind == "picture" and not close:
        hint = "图画放在 docs/assets/pictures/，文件名就是编号"
    if mention.kind in ("actor", "event") and not close:
        hint = "先在 regulations/vocabulary.yml 里加一行"
    if mention.kind == "threshold" and not close:
        hint = "写成 分级编号/第几级，如 collective-visit/2；分级写在 profile.yml 的 staff.thresholds 里"
    if mention.kind == "role" and not close:
        hint = "先在 profile.yml 的 staff.roles 里加上这个岗位"
    return f"没有“{mention.target}”这个{name}", hint


def _unknown_persona(mention: Mention, ids: Collection[str]) -> Verdict:
    """A persona is named by its title, and only those of the same tree are meant."""
    tree, _, title = mention.target.partition("/")
    titles = [name.removeprefix(f"{tree}/") for name in sorted(ids) if name.startswith(f"{tree}/")]
    close = difflib.get_close_matches(title, titles, n=1, cutoff=0.5)
    hint = f"是不是想写“{close[0]}”？" if close else "照抄 cases.yml 里这棵树的人物的 title"
    return f"问路树“{tree}”没有“{title}”这个人物", hint


def unknown_regulations(subject: Subject) -> Iterator[Finding]:
    """Every citation names an encoded regulation."""
    return judge_targets(subject, _regulation_verdict, lambda mention: mention.kind == "cite")


def _regulation_verdict(library: Library, mention: Mention) -> Verdict | None:
    cited = mention.citation
    if cited is None:
        return f"引用“{mention.target}”写法不对", "写成 xinfang-2022/31.6 的样子"
    if cited.name or cited.regulation in library.regulations or ("regulation", cited.regulation) in library.broken:
        return None
    if not cited.regulation:
        return f"引用“{mention.target}”缺少法规编号", f"写成 xinfang-2022{cited} 的样子"
    close = difflib.get_close_matches(cited.regulation, sorted(library.regulations), n=1, cutoff=0.75)
    unknown = "先在 regulations/ 里建立这部法规；手头没有文本的写 {name: 名称, unverified: true}"
    return f"没有“{cited.regulation}”这部法规", f"是不是想写“{close[0]}”？" if close else unknown


def unknown_articles(subject: Subject) -> Iterator[Finding]:
    """Every cited article, paragraph and item exists."""
    return judge_targets(subject, _article_verdict)


def _article_verdict(library: Library, mention: Mention) -> Verdict | None:
    cited = mention.citation
    regulation = library.regulations.get(cited.regulation) if cited else None
    if cited is None or regulation is None or not cited.article:
        return None
    name = f"《{regulation.title}》{article_name(cited.article)}"
    article = regulation.gists.get(cited.article)
    if int(cited.article.partition("-")[0]) > regulation.articles:
        return f"没有{name}：全文只有 {regulation.articles} 条", "查对条文号"
    if article is None:
        return f"{name}还没有摘编", f"核对原文后，在 {regulation.origin.file} 里加上这一条的要旨"
    if article.has(cited.parts):
        return None
    shape = "、".join(f"第{i}款{n}项" if n else f"第{i}款" for i, n in enumerate(article.paragraphs, 1))
    message = f"{name}没有“{'.'.join(map(str, cited.parts))}”这一款或项"
    return message, f"这一条有：{shape}" if shape else "这一条没有分款：只引条"


def not_in_force(subject: Subject) -> Iterator[Finding]:
    """Only articles and limits in force today are used."""
    return judge_targets(subject, _force_verdict, _not_its_own)


def _not_its_own(mention: Mention) -> bool:
    """A regulation that is out of force may still name its own articles."""
    source, cited = mention.source, mention.citation
    owner = cited.regulation if cited else mention.target.partition("/")[0]
    return source is None or source.key != ("regulation", owner)


def _force_verdict(library: Library, mention: Mention) -> Verdict | None:
    cited = _cited(library, mention)
    regulation = library.regulations.get(cited.regulation) if cited else None
    if cited is None or regulation is None or regulation.in_force(library.today):
        return None
    if library.today < regulation.effective:
        return f"《{regulation.title}》{regulation.effective} 才施行", "施行前引用现行的法规"
    successor = regulation.successor(cited.article)
    newer = [new.id for new in library.regulations.values() if regulation.id in new.replaces]
    hint = f"改引 {successor}" if successor else f"改引 {'、'.join(newer)} 的相应条文" if newer else "改引现行的法规"
    return f"《{regulation.title}》已于 {regulation.ends} 失效", hint


def _cited(library: Library, mention: Mention) -> Citation | None:
    """The citation itself, or the article that a named limit rests on."""
    if mention.kind.removeprefix("place:") not in ("limit", "limits"):
        return mention.citation
    found = library.limit(mention.target)
    return found[1].article.within(found[0].id) if found else None


def public_names_staff(subject: Subject) -> Iterator[Finding]:
    """Public text never refers to staff content: the public edition does not hold it."""
    return judge_targets(subject, _secret_verdict, lambda mention: mention.public)


def _secret_verdict(library: Library, mention: Mention) -> Verdict | None:
    secret = _staff_target(library, mention)
    hint = "去掉这处引用，或确认后把对方改成 audience: public"
    return (f"公开内容引用了内部内容：{secret}", hint) if secret else None


def _staff_target(library: Library, mention: Mention) -> str:
    kind = mention.kind.removeprefix("place:")
    if kind in ("duty-phones", "thresholds", "threshold"):
        return "值班电话或分级门槛"
    if kind in ("cite", "limit", "limits"):
        regulation_id = mention.citation.regulation if mention.citation else mention.target.partition("/")[0]
        regulation = library.regulations.get(regulation_id)
        return "" if regulation is None or regulation.public else f"法规 {regulation_id}"
    if kind == "term":
        term = library.glossary.terms.get(mention.target)
        return f"词条 {mention.target}" if term and term.audience == "staff" else ""
    document: Document | None
    if kind in ("step", "question"):
        owner = mention.target.partition("/")[0]
        document = library.checklists.get(owner) or library.trees.get(owner)
    elif kind == "work":
        document = library.procedures.get(mention.target) or library.plans.get(mention.target)
    else:
        document = library.find(kind, mention.target)
    return f"{_KIND_NAMES.get(kind, kind)} {mention.target}" if document and not document.public else ""


def broken_links(subject: Subject) -> Iterator[Finding]:
    """Links between pages lead to a page and a heading that exist; pictures come from the site's own files."""
    pages = {page.origin.file: page for page in subject.library.pages()}
    for page in subject.library.pages():
        for link in page.body.links:
            if link.image:
                yield from _missing_image(subject.library, page, link)
            elif not parse_target(link.target) and not re.match(r"(https|mailto|tel):", link.target):
                yield from _broken(subject.library, page, link, pages)


def _broken(library: Library, page: Page, link: Link, pages: dict[str, Page]) -> Iterator[Finding]:
    target, place = link.target, link.place
    path, _, anchor = unquote(target).partition("#")
    file = posixpath.normpath(posixpath.join(posixpath.dirname(page.origin.file), path)) if path else page.origin.file
    goal = pages.get(file)
    if goal is None and ("file", file) in library.broken:
        return
    if goal is None:
        hint = "写成相对本文件的 .md 路径，或用 [](page:citizens/review) 这样的引用"
        yield Finding(place, f"链接的页面不存在：{target}", hint)
    elif goal.public < page.public:
        yield Finding(place, f"公开页面链接到内部页面：{target}", "去掉链接")
    elif anchor and anchor not in _anchors(library, goal):
        names = "、".join(heading.anchor for heading in goal.body.headings[:6])
        yield Finding(
            place,
            f"页面里没有“{anchor}”这个标题",
            f"可用的标题：{names}" if names else "那一页没有标题：去掉 # 和后面的字",
        )


def _anchors(library: Library, page: Page) -> set[str]:
    """Headings, and the questions and outcomes of the trees that the page places."""
    placed = [name for placement in page.body.placements if placement.kind == "tree" for name in placement.ids]
    trees = [library.trees[name] for name in placed if name in library.trees]
    spots = {f"{tree.id}--{name}" for tree in trees for name in (*tree.questions, *tree.outcomes)}
    return spots | {heading.anchor for heading in page.body.headings}


def _missing_image(library: Library, page: Page, link: Link) -> Iterator[Finding]:
    """An image is a drawn picture or a file below docs/assets."""
    if picture_id(link.target):
        return
    if re.match(r"[a-z]+:", link.target):
        yield Finding(link.place, f"图片“{link.target}”在别的网站上", "把图片存到 docs/assets/，写相对路径")
        return
    file = posixpath.normpath(posixpath.join(posixpath.dirname(page.origin.file), unquote(link.target)))
    if file.startswith("docs/assets/pictures/"):
        name = posixpath.splitext(posixpath.basename(file))[0]
        yield Finding(link.place, f"图画“{link.target}”不按文件放", f"写成 picture:{name}，深色和打印才看得清")
    elif file not in library.assets:
        close = difflib.get_close_matches(file, sorted(library.assets), n=1, cutoff=0.75)
        there = posixpath.relpath(close[0], posixpath.dirname(page.origin.file)) if close else ""
        hint = f"是不是想写“{there}”？" if there else "把图片存到 docs/assets/，写相对本文件的路径"
        yield Finding(link.place, f"没有“{link.target}”这幅图片", hint)


def wrong_references(subject: Subject) -> Iterator[Finding]:
    """What looks like a reference is one."""
    for mention in subject.mentions:
        if mention.kind == "wrong":
            yield Finding(mention.place, f"“{mention.target}”不是能用的引用，读者会看到方括号", REFERENCE_HINT)


def shared_ids(subject: Subject) -> Iterator[Finding]:
    """A checklist and a tree never share an id: a drill's `id/step` must mean one of them."""
    library = subject.library
    for name in sorted(library.checklists.keys() & library.trees.keys()):
        place = library.trees[name].origin.place("id")
        yield Finding(place, f"清单和问路树都叫“{name}”", "给其中一个改名")


RULES = (
    Rule("reference-unknown", "用到的编号（期限、表单、流程、岗位……）都要存在。", unknown_ids),
    Rule("reference-regulation", "引用的法规要已经建立。", unknown_regulations),
    Rule("reference-article", "引用的条、款、项要存在，并且已经摘编要旨。", unknown_articles),
    Rule("reference-in-force", "只引用今天有效的条文；失效的会提示新条文。", not_in_force),
    Rule("reference-link", "页面之间的链接要能打开，图片要有，要放在本站。", broken_links),
    Rule(
        "reference-wrong", "文字里的引用写成 [文字](种类:编号)，种类认识，括号和冒号半角。", wrong_references, "warning"
    ),
    Rule("reference-shared-id", "清单和问路树不能同一个编号。", shared_ids),
    Rule("edition-staff-in-public", "公开内容不得引用、放置内部内容。", public_names_staff),
)
