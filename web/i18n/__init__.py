"""The words of the pages in each language, from one catalogue file a language.

A catalogue is TOML: ``[search] title = "検索"`` is the word ``search.title``. A word may hold places (``{n}``), and
may be a table ``{one = …, other = …}`` where a language tells one from many; the place ``n`` decides.
What documents say is never translated.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("ja", "en")
"""The languages of the pages; the first one has no prefix in its addresses."""

Word = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All words of one language by dotted name."""

    language: str
    words: Mapping[str, Word]

    def say(self, name: str, /, **places: object) -> str:
        """Return a word with its places filled; raises ``KeyError`` for a name that the catalogue lacks."""
        word = self.words[name]
        if isinstance(word, Mapping):
            word = word["one" if places.get("n") == 1 else "other"]
        return word.format_map(places) if places else word

    def knows(self, name: str) -> bool:
        """Tell whether there is such a word."""
        return name in self.words


@cache
def catalogue(language: str) -> Catalogue:
    """Read the catalogue of a language, once: ``ja.toml`` and those of single page groups beside it, ``plans.ja.toml``."""
    words: dict[str, Word] = {}
    for file in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if file.name == f"{language}.toml" or file.name.endswith(f".{language}.toml"):
            words.update(_flatten(tomllib.loads(file.read_text("utf-8"))))
    return Catalogue(language, words)


def _flatten(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Word]]:
    words: list[tuple[str, Word]] = []
    for key, value in table.items():
        if isinstance(value, dict) and value.keys() != {"one", "other"}:
            words += _flatten(value, f"{prefix}{key}.")
        else:
            words.append((f"{prefix}{key}", value))
    return words
