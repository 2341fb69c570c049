"""Words that say little in a question, from ``data/reference/light_words.csv``, and English words in one form."""

import csv
from functools import cache

from search.dictionary import REFERENCE
from search.japanese import cut

_IRREGULAR = {"children": "child", "women": "woman", "men": "man", "people": "person", "libraries": "library"}


def is_vague(forms: tuple[str, ...]) -> bool:
    """Tell whether words together say little in a sentence, as each of them does alone."""
    return all(form in _words("vague") for form in forms)


def is_stopword(word: str) -> bool:
    """Tell whether an English word is dropped where others stand beside it."""
    return word.lower() in _words("english") or is_article(word)


def singular(word: str) -> str:
    """Return an English word in the singular, roughly: the same for all forms of one word is what matters."""
    word = word.lower().removesuffix("'s").removesuffix("’s")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "sui" else word


def is_article(word: str) -> bool:
    """Tell whether an English word makes no difference inside a phrase: articles and prepositions."""
    return word.lower() in _words("article")


@cache
def _words(kind: str) -> frozenset[str]:
    with (REFERENCE / "light_words.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        words = [row["word"] for row in rows if row["kind"] == kind]
    if kind != "vague":
        return frozenset(words)
    return frozenset(words) | frozenset(
        unit.form for word in words for unit in cut(word).units if len(cut(word).units) == 1
    )
