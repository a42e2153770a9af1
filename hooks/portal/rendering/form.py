"""A form as finished HTML: fill it in on the screen or print it empty. It has no address to send anything to."""

from __future__ import annotations

from portal.model.form import Field, Form
from portal.rendering.page import Part
from portal.rendering.view import View


def form_parts(view: View, form: Form) -> list[Part]:
    """One block; fields keep their names so that a script may save them on the device later."""
    sections = [
        {
            "title": section.title,
            "text": view.text(section.text) if section.text else "",
            "fields": [_field(view, form.id, name, field) for name, field in section.fields.items()],
        }
        for section in form.sections.values()
    ]
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
            sections=sections,
        )
    ]


def _field(view: View, form: str, name: str, field: Field) -> dict[str, object]:
    types = {"date": "date", "number": "number", "phone": "tel"}
    return {
        "id": f"form-{form}--{name}",
        "name": name,
        "kind": field.kind,
        "type": types.get(field.kind, "text"),
        "label": field.label,
        "required": field.required,
        "help": view.text(field.help) if field.help else "",
        "choices": field.choices,
        "lines": max(field.lines, 3 if field.kind == "long-text" else 1),
        "basis": view.basis(field.basis, False),
    }
