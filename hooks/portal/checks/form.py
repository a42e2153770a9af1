"""A form can be filled in."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.rule import Finding, Rule, Subject
from portal.model.form import Form

_FEWEST = {"choice": 2, "choices": 1}
_NEEDED = ("to", "name", "address", "requests", "facts", "reasons", "sign", "day")
_KIND_OF = {"sign": "signature", "day": "date", "phone": "phone"}


def choices(subject: Subject) -> Iterator[Finding]:
    """A choice is between two at least, a box to tick is one at least; none twice; other fields have no choices."""
    for form in subject.library.forms.values():
        for section, part in form.sections.items():
            for name, field in part.fields.items():
                place = form.origin.place
                if len(field.choices) < _FEWEST.get(field.kind, 0):
                    spot = place("sections", section, "fields", name, key=True)
                    yield Finding(
                        spot,
                        f"“{field.label}”是选择题，选项只有 {len(field.choices)} 个",
                        "在 choices 里写选项，或改 kind",
                    )
                elif len(set(field.choices)) < len(field.choices):
                    spot = place("sections", section, "fields", name, "choices")
                    yield Finding(spot, f"“{field.label}”有两个选项一样", "去掉一个")
                elif field.choices and field.kind not in _FEWEST:
                    spot = place("sections", section, "fields", name, "choices")
                    yield Finding(spot, f"“{field.label}”不是选择题，却写了选项", "把 kind 改成 choice，或去掉 choices")


def letter(subject: Subject) -> Iterator[Finding]:
    """A letter says to whom, from whom, what, why and when; each part once. Other forms have no such parts."""
    for form in subject.library.forms.values():
        roles = [field.role for _, _, field in form.all_fields() if field.role]
        if form.letter:
            missing = [role for role in _NEEDED if role not in roles]
            if missing:
                spot = form.origin.place("letter", key=True)
                yield Finding(spot, f"这是一封信，却没有字段写明 {'、'.join(missing)}", "给对应的字段写上 role")
        yield from _misplaced(form)


def _misplaced(form: Form) -> Iterator[Finding]:
    """Roles outside a letter, twice in it, or on a field of another kind."""
    seen: set[str] = set()
    for section, name, field in form.all_fields():
        if field.role is None:
            continue
        spot = form.origin.place("sections", section, "fields", name, "role")
        kind = _KIND_OF.get(field.role, field.kind)
        if not form.letter:
            yield Finding(spot, f"“{field.label}”写了 role，这份表单却不是信", "加上 letter: true，或删掉 role")
        elif field.role in seen:
            yield Finding(spot, f"role {field.role} 写了两次", "一封信里每种 role 只能有一个字段")
        elif field.kind != kind:
            yield Finding(spot, f"role {field.role} 的字段，kind 要写 {kind}", f"把“{field.label}”的 kind 改成 {kind}")
        seen.add(field.role)


RULES = (
    Rule("form-choices", "单选至少两个选项，多选至少一个，互不相同；别的字段不写选项。", choices),
    Rule(
        "form-letter",
        "写了 letter: true 的表单，每种必需的 role 都有一个字段，不重复；签名、日期用对应的 kind。别的表单不写 role。",
        letter,
    ),
)
