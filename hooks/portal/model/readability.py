"""How hard a text is to read: the length of its sentences and how many of its words are rare. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

MAX_MEAN = 25.0
"""Characters a sentence, on average, as our pages speak to citizens."""
MAX_LONGEST = 60
MAX_RARE = 0.05
_SENTENCE_END = re.compile(r"[。！？；!?;\n]+")
_REFERENCE = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_MARKS = re.compile(r"[*_`#>|\\]|\s")
_CHINESE = re.compile(r"[一-鿿]")
_STANDS_FOR = "某条某"
"""A reference with empty brackets prints a name or a length: about so many characters."""


@dataclass(frozen=True, slots=True)
class Readability:
    """`mean` and `longest` in characters, `rare` the share of words that hardly anybody uses."""

    name: str
    sentences: int
    mean: float
    longest: int
    longest_text: str
    rare: float
    rare_words: tuple[str, ...]

    @property
    def is_hard(self) -> bool:
        """Beyond what a page for citizens should be."""
        return self.mean > MAX_MEAN or self.longest > MAX_LONGEST or self.rare > MAX_RARE


def measure(
    name: str, texts: Iterable[str], words: Callable[[str], Sequence[str]], is_rare: Callable[[str], bool]
) -> Readability:
    """The measure of some texts; `words` cuts a sentence into words, `is_rare` judges one."""
    sentences = [sentence for text in texts for sentence in split_sentences(text)]
    lengths = [len(sentence) for sentence in sentences] or [0]
    used = [word for sentence in sentences for word in words(sentence) if _CHINESE.search(word)]
    rare = [word for word in used if is_rare(word)]
    longest = max(sentences, key=len, default="")
    return Readability(
        name,
        len(sentences),
        sum(lengths) / len(lengths),
        max(lengths),
        longest,
        len(rare) / len(used) if used else 0.0,
        tuple(dict.fromkeys(rare)),
    )


def split_sentences(text: str) -> list[str]:
    """Sentences without Markdown's signs; references as long as what they print."""
    plain = _REFERENCE.sub(lambda match: match[1] or _STANDS_FOR, text)
    found = (_MARKS.sub("", part) for part in _SENTENCE_END.split(plain))
    return [sentence for sentence in found if _CHINESE.search(sentence)]
