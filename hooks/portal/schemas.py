"""JSON Schemas for editors, written from the models: the models are the only description of the formats."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from portal.model.calendar import CalendarYear
from portal.model.checklist import Checklist
from portal.model.drill import Drill
from portal.model.evidence import Evidence
from portal.model.exemption import Exemptions
from portal.model.form import Form
from portal.model.glossary import Glossary, Vocabulary
from portal.model.profile import Profile
from portal.model.regulation import Rules
from portal.model.tree import Cases, Tree

MODELS: dict[str, type[BaseModel]] = {
    "calendar": CalendarYear,
    "cases": Cases,
    "checklist": Checklist,
    "drill": Drill,
    "evidence": Evidence,
    "exceptions": Exemptions,
    "form": Form,
    "glossary": Glossary,
    "profile": Profile,
    "rules": Rules,
    "tree": Tree,
    "vocabulary": Vocabulary,
}


def schema_texts() -> dict[str, str]:
    """File name → content of every schema."""
    return {f"{name}.schema.json": _text(name, model) for name, model in MODELS.items()}


def _text(name: str, model: type[BaseModel]) -> str:
    schema = {"$schema": "http://json-schema.org/draft-07/schema#", "$id": f"{name}.schema.json"}
    schema |= model.model_json_schema(by_alias=True)
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write_schemas(folder: Path) -> list[str]:
    """Write every schema that differs; returns the names written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schema_texts().items():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            written.append(name)
    return written
