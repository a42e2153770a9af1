"""What is for the office alone does not stand in public text."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.rule import Finding, Rule, Subject
from portal.checks.sources import place_at

_NATIONAL = 5
"""Numbers of so many digits or fewer are everybody's: 110, 12345."""


def staff_phones(subject: Subject) -> Iterator[Finding]:
    """A duty number stands in public text only if the profile publishes it."""
    library = subject.library
    profile = library.profile
    if profile is None or profile.staff is None:
        return
    published = " ".join(channel.value for channel in profile.public.channels)
    inner = {phone.number: phone.title for phone in profile.staff.phones if len(phone.number) > _NATIONAL}
    secret = {number: title for number, title in inner.items() if number not in published}
    for document in library.documents():
        text = library.sources.get(document.origin.file, "") if document.public else ""
        for number, title in secret.items():
            position = text.find(number)
            if position >= 0:
                place = place_at(document.origin.file, text, position)
                yield Finding(
                    place, f"公开内容里写了内部电话（{title}）", "删掉；要公布的，写进 profile.yml 的 public.channels"
                )


RULES = (Rule("edition-staff-phone", "公开内容里没有内部值班电话。", staff_phones),)
