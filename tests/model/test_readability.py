"""The measure of how hard a text is to read."""

from __future__ import annotations

import pytest

from portal.model.readability import measure, split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("先登记。再告诉您！行吗？", ["先登记", "再告诉您", "行吗"]),
        ("**先**登记；`再`告诉您", ["先登记", "再告诉您"]),
        ("见 [](cite:xinfang-2022/34) 的期限", ["见某条某的期限"]),
        ("见 [第三十四条](cite:xinfang-2022/34)", ["见第三十四条"]),
        ("| 1 | 2 |\n---\nabc", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_long_sentences_and_rare_words_make_a_text_hard() -> None:
    plain = measure("a", ["先登记。再告诉您。"], list, lambda word: False)
    assert (plain.sentences, plain.mean, plain.longest, plain.rare, plain.is_hard) == (2, 3.5, 4, 0.0, False)
    assert measure("a", ["字" * 61], list, lambda word: False).is_hard
    assert measure("a", ["字" * 26 + "。" + "字" * 26], list, lambda word: False).is_hard
    assert measure("a", ["登记" * 5], list, lambda word: word == "登").is_hard
    assert measure("a", ["登记"], list, lambda word: word == "登").rare_words == ("登",)


def test_nothing_is_not_hard() -> None:
    assert not measure("a", [], list, lambda word: True).is_hard
