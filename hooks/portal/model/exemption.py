"""Findings that somebody answers for: `exceptions.yml`, each with its reason and the day it runs out."""

from __future__ import annotations

from portal.model.base import Authored, Day, Frozen, RoleRef, Slug, Text, Title


class Exemption(Frozen):
    """Findings of rule `code` in `file` are left alone where their message holds `words`, up to and with `until`."""

    code: Slug
    file: Text
    words: Title | None = None
    reason: Text
    reviewer: RoleRef
    until: Day


class Exemptions(Authored):
    """The content of `exceptions.yml`."""

    exceptions: tuple[Exemption, ...] = ()
