"""A form as finished HTML: fill it in on the screen or print it empty. It has no address to send anything to."""

from __future__ import annotations

from portal.model.form import Field, Form, Section
from portal.rendering.page import Part
from portal.rendering.view import View

_WAYS = ("letter", "visit", "online")


def form_parts(view: View, form: Form) -> list[Part]:
    """One block; fields keep their names: the scripts read labels, kinds and roles from it and know no form."""
    return [
        view.site.fill(
            "form.html",
            id=form.id,
            title=form.title,
            purpose=view.text(form.purpose),
            privacy=view.text(form.privacy),
            keep=view.text(form.keep) if form.keep else "",
            limit=view.deadline(form.limit) if form.limit else "",
            basis=view.basis(form.basis, False),
            letter=form.letter,
            avoid=[view.text(line) for line in form.avoid],
            where=_where(view) if form.letter and form.to_office else {},
            sections=[_section(view, form, section) for section in form.sections.values()],
            scripts=[view.to(f"assets/{name}.js") for name in ("form", *(("letter",) if form.letter else ()))],
        )
    ]


def _section(view: View, form: Form, section: Section) -> dict[str, object]:
    return {
        "title": section.title,
        "letter": section.letter or "",
        "text": view.text(section.text) if section.text else "",
        "fields": [_field(view, form, name, field) for name, field in section.fields.items()],
    }


def _field(view: View, form: Form, name: str, field: Field) -> dict[str, object]:
    types = {"date": "date", "number": "number", "phone": "tel"}
    return {
        "id": f"form-{form.id}--{name}",
        "name": name,
        "kind": field.kind,
        "type": types.get(field.kind, "text"),
        "label": field.label,
        "role": field.role or "",
        "letter": field.letter or "",
        "required": field.required,
        "help": view.text(field.help) if field.help else "",
        "choices": field.choices,
        "lines": max(field.lines, 3 if field.kind == "long-text" else 1),
        "basis": view.basis(field.basis, False),
        "formula": _formula(view, form, field),
        "facts": [(key, value) for key in ("part", "whole", "least") if (value := getattr(field, key)) is not None],
    }


def _formula(view: View, form: Form, field: Field) -> str:
    """How a ratio is worked out by hand, in the labels of its two numbers."""
    if field.kind != "ratio":
        return ""
    labels = {name: other.label for _, name, other in form.all_fields()}
    part, whole = labels.get(field.part or "", ""), labels.get(field.whole or "", "")
    words = view.site.words["form"]
    few = words["ratio-least"].format(least=field.least) if field.least else ""
    return words["ratio-formula"].format(part=part, whole=whole, few=few)


def _where(view: View) -> dict[str, object]:
    """To whom and where: the organisation's name and the published ways to hand a letter in."""
    profile = view.site.library.profile
    if profile is None:
        return {}
    ways = [channel for channel in profile.public.channels if channel.kind in _WAYS]
    return {"name": profile.public.name, "ways": ways, "fictitious": profile.fictitious}
