"""What the dictionary says of a word: its form, its reading, what kind of word it is, and the short words in it.

Forms are Sudachi's normalised form, folded (取組 = 取り組み, 引越し = 引っ越し). ``data/reference/user_dictionary.csv``
corrects single words.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from ingest.municipalities import all_municipalities
from search.folding import fold_text
from search.kana import to_hiragana

REFERENCE = Path(__file__).resolve().parent.parent / "data" / "reference"

_FUNCTION = {"助詞", "助動詞", "補助記号", "記号", "空白"}
_LIGHT = {
    ("動詞", "非自立可能"), ("形容詞", "非自立可能"), ("代名詞", "*"), ("連体詞", "*"), ("接続詞", "*"),
    ("感動詞", "一般"),
}  # fmt: skip
_LIGHT_FORMS = {
    "事", "物", "為", "時", "所", "様", "等", "こと", "もの", "ため", "とき", "ところ", "よう", "何", "何処", "知る",
    "教える",
}  # fmt: skip
_NOUNS = {"名詞", "接尾辞", "接頭辞", "形状詞"}
_SPACE = re.compile(r"[ \u3000]+")


class Unit(NamedTuple):
    """A word and the half-open range of the source that it stands for.

    ``content`` is False for particles, auxiliaries and punctuation; ``light`` marks words that carry little meaning
    in a question (する, こと, どの); ``noun`` those that join into compounds; ``known`` those that the dictionary has.
    """

    start: int
    end: int
    surface: str
    form: str
    reading: str
    content: bool
    light: bool
    noun: bool
    known: bool


@dataclass(frozen=True, slots=True, eq=False)
class Lexeme:
    """A long unit as the dictionary has it, wherever it stands: itself, and its short units from its own start on."""

    whole: Unit
    parts: tuple[Unit, ...]


def lexeme_of(morpheme: Any) -> Lexeme | None:
    """Return what the dictionary says of a long unit, a morpheme of Sudachi's; None for blanks."""
    whole = _unit(morpheme, morpheme.begin())
    if whole is None:
        return None
    parts = _parts(morpheme, whole)
    if any(not part.light for part in parts):  # 物 alone says little, in 廃棄物 it is part of a word
        parts = [part._replace(light=False) for part in parts]
    return Lexeme(whole, tuple(parts))


def _unit(morpheme: Any, origin: int) -> Unit | None:
    surface = morpheme.surface()
    if surface.isspace() and _SPACE.fullmatch(surface):
        return None
    features = _features(surface, morpheme.normalized_form(), morpheme.reading_form(), morpheme.part_of_speech())
    return Unit(morpheme.begin() - origin, morpheme.end() - origin, surface, *features, not morpheme.is_oov())


def _features(surface: str, normalised: str, katakana: str, pos: tuple[str, ...]) -> tuple[str, str, bool, bool, bool]:
    content = pos[0] not in _FUNCTION
    form, reading = fold_text(normalised), to_hiragana(katakana)
    if corrected := _corrections().get(surface):
        form, reading, content = corrected[0] or form, corrected[1] or reading, True
    content = content and form != "御"  # お年寄り = 年寄り
    return form, reading, content, pos[:2] in _LIGHT or form in _LIGHT_FORMS, content and pos[0] in _NOUNS


def _parts(morpheme: Any, whole: Unit) -> list[Unit]:
    if (whole.end - whole.start < 2 and len(whole.form) < 3) or _corrections().get(whole.surface, ("",))[0]:
        return [whole]
    origin = morpheme.begin()
    parts = [p for m in morpheme.split("A", add_single=False) if (p := _unit(m, origin))]
    if len(parts) < 2:
        return [whole]
    if any(p.start == p.end for p in parts):  # ㍿ is two words and one character
        return [p._replace(start=whole.start, end=whole.end, surface=whole.surface) for p in parts]
    return parts


@cache
def _corrections() -> dict[str, tuple[str, str]]:
    """Surface → (form, reading): the user dictionary, and the municipalities that can be read in one way only.

    An empty value leaves Sudachi's own.
    """
    with (REFERENCE / "user_dictionary.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        own = {row["surface"]: (fold_text(row["form"] or ""), row["reading"] or "") for row in rows}
    readings: dict[str, set[str]] = {}
    for municipality in all_municipalities():
        if municipality.valid_until is None:
            readings.setdefault(municipality.name, set()).add(municipality.reading or "")
    return {name: ("", min(known)) for name, known in readings.items() if len(known) == 1} | own
