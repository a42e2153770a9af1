"""A form as HTML: what the scripts read from it, and what it says without them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from browser.forms import COUNT, MAIL, NOTE
from htmlpage import Element, parse_html
from portal.build import load_words
from portal.rendering.makers import render
from portal.rendering.site import Site

MakeSite = Callable[..., Site]
W = load_words()


@pytest.fixture
def forms(make_site: MakeSite) -> dict[str, Element]:
    """Page address → page, of a library with the three forms."""
    files = {"procedures/visit/note.form.yml": NOTE, "docs/mail.form.yml": MAIL, "docs/counts.form.yml": COUNT}
    site = make_site(**files)
    return {page.address: parse_html(page.html) for page in render(site)}


def test_choices_say_on_what_basis(forms: dict[str, Element]) -> None:
    choice = forms["procedures/visit/index.html"].one(css="field--choice")
    assert "《试验条例》第三条" in choice.one(css="basis").text
    assert choice.one(css="field__help").text == "选一个"


def test_a_signature_is_a_line_and_not_a_field_to_type_in(forms: dict[str, Element]) -> None:
    sign = forms["procedures/visit/index.html"].one(css="field--signature")
    assert not sign.find("input") and sign.one(css="field__line")
    assert W["form"]["required"] in sign.text


def test_fields_carry_what_the_scripts_read(forms: dict[str, Element]) -> None:
    story = forms["procedures/visit/index.html"].one("div", css="field--long-text").attrs
    assert (story["data-field"], story["data-kind"], story["data-label"]) == ("story", "long-text", "经过")
    assert "data-required" in story and story["data-lines"] == "4"


def test_a_letter_says_to_whom_where_and_what_not(forms: dict[str, Element]) -> None:
    mail = forms["forms/mail.html"].one(css="form")
    assert mail.attrs["data-organ"] == "试验信访局"
    assert "试验路 1 号" in mail.one(css="form__where").text and "凭查询码" not in mail.one(css="form__where").text
    assert "编的事" in mail.one(css="form__avoid").find("li")[0].text
    assert {e.attrs["data-role"] for e in mail.all() if "data-role" in e.attrs} >= {"to", "name", "requests", "sign"}
    assert [e.attrs["src"] for e in mail.find("script")] == ["../assets/form.js", "../assets/letter.js"]


def test_a_letter_for_another_office_names_this_one_nowhere(make_site: MakeSite) -> None:
    site = make_site(**{"docs/mail.form.yml": MAIL.replace("letter: true", "letter: true\nto_office: false")})
    mail = next(parse_html(page.html) for page in render(site) if page.address == "forms/mail.html").one(css="form")
    assert "data-organ" not in mail.attrs and not mail.find(css="form__where")
    assert "form--letter" in mail.attrs["class"]


def test_a_form_that_is_no_letter_has_none_of_it(forms: dict[str, Element]) -> None:
    note = forms["procedures/visit/index.html"].one(id="form-note")
    assert not note.find(css="form__where") and not note.find(css="form__avoid")
    assert [e.attrs["src"] for e in note.find("script")] == ["../../assets/form.js"]


def test_a_ratio_says_how_to_work_it_out_and_leaves_room(forms: dict[str, Element]) -> None:
    share, readable = forms["forms/counts.html"].find("div", css="field--ratio")
    assert not share.find("input") and W["form"]["ratio-by-hand"] in share.one(css="field__line").text
    assert "“按期告知的” ÷ “到期的”" in share.one(css="field__formula").text and "不到 10" in share.text
    assert (share.attrs["data-part"], share.attrs["data-whole"], share.attrs["data-least"]) == ("told", "due", "10")
    assert "data-least" not in readable.attrs and "不到" not in readable.text
    assert "低了先看谁在拖" in share.one(css="field__help").text and "《试验条例》第三条" in share.one(css="basis").text
