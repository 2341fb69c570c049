"""The one place that cuts Japanese into words: SudachiPy, and the folding under which two spellings are one.

Every text is cut once, into short units (Sudachi's A) and compounds (C) with their normal forms, readings and offsets
in the text as given; every engine gets the same. Forms are NFKC, small letters, katakana as hiragana, and Sudachi's
normalised form (取組 = 取り組み, 引越し = 引っ越し). ``data/reference/user_dictionary.csv`` corrects single words.
"""

import csv
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from ingest.municipalities import all_municipalities
from ingest.text import JAPANESE, normalise
from search.kana import to_hiragana

REFERENCE = Path(__file__).resolve().parent.parent / "data" / "reference"
LONGEST = 12_000
"""Characters given to Sudachi at once: it refuses more than 49,149 bytes, and a character has at most four."""
LONGEST_NAME = 60
MOST_LEXEMES = 200_000
"""Words kept as the dictionary has them; a library has far fewer, a hostile one does not fill the memory."""

_FUNCTION = {"助詞", "助動詞", "補助記号", "記号", "空白"}
_LIGHT = {
    ("動詞", "非自立可能"), ("形容詞", "非自立可能"), ("代名詞", "*"), ("連体詞", "*"), ("接続詞", "*"),
    ("感動詞", "一般"),
}  # fmt: skip
_LIGHT_FORMS = {
    "事", "物", "為", "時", "所", "様", "等", "こと", "もの", "ため", "とき", "ところ", "よう", "何", "何処", "知る",
    "教える",
}  # fmt: skip
_OLD_FORMS = (
    "國国會会學学藏蔵澤沢邊辺邉辺濱浜廣広龍竜眞真櫻桜圓円區区縣県惠恵豐豊萬万齋斎齊斉髙高嶋島舘館冨富專専氣気鐵鉄驛駅圖図團団"
    "樂楽藝芸醫医單単榮栄營営體体實実寫写讀読賣売廳庁應応號号數数續続對対當当變変來来兩両歸帰禮礼壽寿傳伝圍囲權権觀観廢廃"
    "擴拡淺浅戶戸鷗鴎瀧滝嶌島條条與与澁渋靜静聲声舊旧關関獨独發発佛仏邨村"
)
"""Old and other glyphs, each followed by the one that it is folded into."""
_GLYPHS = dict(zip(_OLD_FORMS[::2], _OLD_FORMS[1::2], strict=True))
_NOUNS = {"名詞", "接尾辞", "接頭辞", "形状詞"}
_CUT_AT = re.compile(r"[。．！？]")
_CELL = re.compile(r"[^\t\n]+|[\t\n]+")
_SPACE = re.compile(r"[ \u3000]+")
_GAP = re.compile(rf"(?<=[{JAPANESE}])[ \u3000](?=[{JAPANESE}])")


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


class Compound(NamedTuple):
    """A long unit: the index of its first short unit, and how many it has."""

    first: int
    size: int
    unit: Unit


@dataclass(frozen=True, slots=True, eq=False)
class Lexeme:
    """A long unit as the dictionary has it, wherever it stands: itself, and its short units from its own start on."""

    whole: Unit
    parts: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A text cut into short units, and the long ones above them. A blank is no unit, the end of a line is."""

    text: str
    units: tuple[Unit, ...]
    compounds: tuple[Compound, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in the form in which spellings are compared, and the source range of each of its characters."""

    text: str
    spans: tuple[tuple[int, int], ...]


def fold(text: str) -> Folded:
    """Fold width, case, kana and old glyphs, drop blanks between Japanese characters, and keep the source ranges."""
    plain = normalise(text)
    skipped = {m.start() for m in _GAP.finditer(plain.text)}
    ends = [*plain.offsets[1:], len(text)]
    for i in range(len(ends) - 2, -1, -1):  # characters of one source character end where that one ends
        if ends[i] == plain.offsets[i]:
            ends[i] = ends[i + 1]
    kept = [i for i in range(len(plain.text)) if i not in skipped]
    letters = "".join(_fold_letter(plain.text[i]) for i in kept)
    return Folded(letters, tuple((plain.offsets[i], ends[i]) for i in kept))


def fold_text(text: str) -> str:
    """Return ``fold(text).text`` without the map."""
    return "".join(map(_fold_letter, _GAP.sub("", normalise(text).text)))


def _fold_letter(c: str) -> str:
    c = _GLYPHS.get(c, c)
    small = c.lower()
    return to_hiragana(small if len(small) == 1 else c)


def cut(text: str) -> Cut:
    """Cut a text of any length into words; names are met again and again, and kept."""
    return _cut_name(text) if len(text) <= LONGEST_NAME else _cut(text)


def _cut(text: str) -> Cut:
    units: list[Unit] = []
    compounds: list[Compound] = []
    for lexeme, start in zip(*lexemes(text), strict=True):
        compounds.append(Compound(len(units), len(lexeme.parts), _moved(lexeme.whole, start)))
        units.extend(_moved(part, start) for part in lexeme.parts)
    return Cut(text, tuple(units), tuple(compounds))


def lexemes(text: str) -> tuple[list[Lexeme], list[int]]:
    """Return the long units of a text and where each begins. One lexeme is one object for as long as it is known."""
    listed: list[Lexeme] = []
    starts: list[int] = []
    for start, piece in _pieces(text):
        for morpheme in _sudachi().tokenize(piece):  # morphemes follow each other without a gap
            surface = morpheme.surface()
            # The same figures are read in several ways; all else that looks the same and is one word is the same.
            key = (surface, morpheme.word_id(), morpheme.reading_form() if surface[:1].isnumeric() else "")
            if key not in _known:
                if len(_known) > MOST_LEXEMES:
                    _known.clear()
                _known[key] = _lexeme(morpheme)
            lexeme = _known[key]
            if lexeme is not None:
                listed.append(lexeme)
                starts.append(start)
            start += len(surface)  # noqa: PLW2901  where the next one begins
    return listed, starts


_known: dict[tuple[str, int, str], Lexeme | None] = {}


def _moved(unit: Unit, by: int) -> Unit:
    return Unit(unit.start + by, unit.end + by, *unit[2:])


_cut_name = lru_cache(maxsize=16_384)(_cut)


def cells(text: str) -> Iterator[tuple[int, str]]:
    """Yield the cells and lines of a text, what parts them included, and where each begins; words never join across."""
    for cell in _CELL.finditer(text):
        yield cell.start(), cell[0]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield the cells of a text, long ones cut where a sentence ends."""
    for start, cell in cells(text):
        while len(cell) > LONGEST:
            ends = [m.end() for m in _CUT_AT.finditer(cell, 0, LONGEST)]
            end = ends[-1] if ends else LONGEST
            yield start, cell[:end]
            start, cell = start + end, cell[end:]  # noqa: PLW2901  the rest is the next piece
        yield start, cell


def _lexeme(morpheme: Any) -> Lexeme | None:
    """Return what the dictionary says of a long unit; None for blanks."""
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


class _Tokenizers(threading.local):
    """One tokenizer a thread: a shared one raises."""

    tokenizer: Any = None


_local = _Tokenizers()
_loading = threading.Lock()


def _sudachi() -> Any:
    if _local.tokenizer is None:
        with _loading:
            _local.tokenizer = _dictionary().tokenizer("C")
    return _local.tokenizer


@cache
def _dictionary() -> Any:
    from sudachipy import Dictionary  # noqa: PLC0415  200 MB are mapped on first use only

    return Dictionary()


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
