"""What the law asks of the office is answered somewhere: each duty by a step, each public particular by the profile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from portal.checks.rule import Finding, Rule, Subject
from portal.model.regulation import Duty

_STEPS = ("checklist", "tree", "form")
_PARTICULARS = {
    "online": "网上信访渠道",
    "letter": "通信地址",
    "phone": "咨询投诉电话",
    "visit": "接待的时间和地点",
    "query": "查询进展和结果的方式",
}
"""Kinds of channel that 信访工作条例 18 wants published."""

Parts = tuple[int, ...]


def unmet_duties(subject: Subject) -> Iterator[Finding]:
    """Every duty of a regulation encoded in full is cited by some step, or says why it is out of scope."""
    if any(kind in _STEPS for kind, _ in subject.library.broken):
        return  # what could not be read may hold the very step
    cited = _cited_parts(subject)
    for regulation in subject.library.regulations.values():
        if regulation.scope != "full" or not regulation.in_force(subject.library.today):
            continue
        for name, duty in regulation.rules.duties.items():
            met = _is_met(duty, cited.get((regulation.id, duty.article.article), set()))
            place = regulation.rules.origin.place
            if not met and not duty.out_of_scope and duty.force != "may":
                hint = "在清单、问路树或表单的一步里引用这一条，或写 out_of_scope: 理由"
                yield Finding(
                    place("duties", name, key=True), f"职责“{duty.title}”（{duty.article}）没有步骤来做", hint
                )
            elif met and duty.out_of_scope:
                spot = place("duties", name, "out_of_scope")
                yield Finding(spot, f"职责“{duty.title}”写着不在范围，却有步骤引用它", "删掉 out_of_scope")


def _cited_parts(subject: Subject) -> Mapping[tuple[str, str], set[Parts]]:
    """Regulation and article → the parts of it that steps cite."""
    found: dict[tuple[str, str], set[Parts]] = defaultdict(set)
    for mention in subject.mentions:
        cited = mention.citation
        if cited and mention.source and mention.source.kind in _STEPS:
            found[cited.regulation, cited.article].add(cited.parts)
    return found


def _is_met(duty: Duty, cited: set[Parts]) -> bool:
    """A citation of the whole article, of the very part, of one inside it or of the one around it."""
    wanted = duty.article.parts
    return any(parts[: len(wanted)] == wanted[: len(parts)] for parts in cited)


def public_particulars(subject: Subject) -> Iterator[Finding]:
    """The profile publishes everything that citizens must be told."""
    profile = subject.library.profile
    kinds = {channel.kind for channel in profile.public.channels} if profile else _PARTICULARS.keys()
    for kind, name in _PARTICULARS.items():
        if profile and kind not in kinds:
            place = profile.origin.place("public", "channels", key=True)
            yield Finding(place, f"channels 里没有{name}", f"加一条 kind: {kind}（信访工作条例第十八条要求公布）")
    for index, channel in enumerate(profile.public.channels if profile else ()):
        if profile and channel.kind == "visit" and not channel.hours:
            place = profile.origin.place("public", "channels", index)
            yield Finding(place, f"“{channel.title}”没有写时间", "加上 hours：什么时候接待")


RULES = (
    Rule("coverage-duty", "全文摘编的法规，每项“必须”“不得”都有步骤来做，或写明为什么不在范围。", unmet_duties),
    Rule(
        "coverage-particulars",
        "对外公布的事项齐全：网上渠道、通信地址、电话、接待时间地点、查询方式。",
        public_particulars,
    ),
)
