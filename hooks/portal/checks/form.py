"""A form can be filled in."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.checks.rule import Finding, Rule, Subject, repeated
from portal.model.form import Field, Form
from portal.model.place import Place

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


def twin_fields(subject: Subject) -> Iterator[Finding]:
    """A field's id is used once in a form: what is typed is kept, and computed with, by that."""
    for form in subject.library.forms.values():
        for section, name in repeated(form.all_fields()):
            place = form.origin.place("sections", section, "fields", name, key=True)
            yield Finding(place, f"字段编号“{name}”在这份表单里用了两次", "换一个编号")


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


def ratio(subject: Subject) -> Iterator[Finding]:
    """A ratio names two different number fields of its own form, and nothing else."""
    for form in subject.library.forms.values():
        fields = {name: field for _, name, field in form.all_fields()}
        for section, name, field in form.all_fields():
            spot = _Spot(form, section, name, field)
            yield from _ratio(spot, fields) if field.kind == "ratio" else _no_ratio(spot)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A field and where it stands."""

    form: Form
    section: str
    name: str
    field: Field

    def place(self, key: str) -> Place:
        """Where the value of a key of the field stands."""
        return self.form.origin.place("sections", self.section, "fields", self.name, key)

    @property
    def itself(self) -> Place:
        """Where the field begins."""
        return self.form.origin.place("sections", self.section, "fields", self.name, key=True)


def _no_ratio(spot: _Spot) -> Iterator[Finding]:
    """Other kinds have no operands."""
    for key in ("part", "whole", "least"):
        if getattr(spot.field, key) is not None:
            yield Finding(
                spot.place(key),
                f"“{spot.field.label}”不是比例，却写了 {key}",
                f"把 kind 改成 ratio，或去掉 {key}",
            )


def _ratio(spot: _Spot, fields: Mapping[str, Field]) -> Iterator[Finding]:
    label, part, whole = spot.field.label, spot.field.part, spot.field.whole
    if part is None or whole is None:
        missing = [key for key, value in (("part", part), ("whole", whole)) if value is None]
        text = f"“{label}”是比例，没有写 {'、'.join(missing)}"
        yield Finding(spot.itself, text, "part 写分子、whole 写分母：同一份表单里数字字段的编号")
    elif part == whole:
        yield Finding(spot.place("whole"), f"“{label}”的分子和分母是同一个字段“{part}”", "分母换成另一个数字字段")
    for key, name in (("part", part), ("whole", whole)):
        if name is not None and (key == "part" or name != part):
            yield from _operand(spot, key, name, fields)
    for key in ("required", "role"):
        if getattr(spot.field, key):
            yield Finding(spot.place(key), f"“{label}”是算出来的，不用人填，却写了 {key}", f"去掉 {key}")


def _operand(spot: _Spot, key: str, name: str, fields: Mapping[str, Field]) -> Iterator[Finding]:
    """What a ratio is made of is one number field of the form."""
    found = fields.get(name)
    numbers = [other for other, field in fields.items() if field.kind == "number"]
    if found is None:
        close = difflib.get_close_matches(name, numbers, n=1, cutoff=0.6)
        known = f"可用的数字字段：{'、'.join(numbers[:6])}" if numbers else "先加一个 kind: number 的字段"
        hint = f"是不是想写“{close[0]}”？" if close else known
        yield Finding(spot.place(key), f"这份表单里没有“{name}”这个字段", hint)
    elif found.kind != "number":
        text = f"“{name}”的 kind 是 {found.kind}，比例要用数字字段"
        yield Finding(spot.place(key), text, f"把“{found.label}”的 kind 改成 number，或换一个字段")


RULES = (
    Rule("form-choices", "单选至少两个选项，多选至少一个，互不相同；别的字段不写选项。", choices),
    Rule("form-twin", "同一份表单里字段编号不重复。", twin_fields),
    Rule(
        "form-letter",
        "写了 letter: true 的表单，每种必需的 role 都有一个字段，不重复；签名、日期用对应的 kind。别的表单不写 role。",
        letter,
    ),
    Rule(
        "form-ratio",
        "比例（kind: ratio）写明 part（分子）和 whole（分母）：同一份表单里两个不同的数字字段；不写 required、role。"
        "别的字段不写 part、whole、least。",
        ratio,
    ),
)
