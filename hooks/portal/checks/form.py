"""A form can be filled in."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.rule import Finding, Rule, Subject

_FEWEST = {"choice": 2, "choices": 1}


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


RULES = (Rule("form-choices", "单选至少两个选项，多选至少一个，互不相同；别的字段不写选项。", choices),)
