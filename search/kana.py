"""Kana and Latin letters: one script folded into another, and what a person typing by ear means.

Hiragana is the form in which readings are kept. Latin letters are read by the Hepburn and the Kunrei system alike.
"""

import re
import unicodedata

_TO_HIRAGANA = {c: c - 0x60 for c in range(ord("ァ"), ord("ヶ") + 1) if chr(c) not in "ヵヶ"}
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・]+")
_MARKS = {chr(code) for code in range(0x300, 0x370)}
_HIRAGANA = re.compile(r"[ぁ-ゖー]{2,}")
_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ",
    "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど", "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}  # fmt: skip
_SINGLE = {
    "shi": "し", "chi": "ち", "tsu": "つ", "fu": "ふ", "ji": "じ", "ya": "や", "yu": "ゆ", "yo": "よ", "wa": "わ",
    "wo": "を", "fa": "ふぁ", "fi": "ふぃ", "fe": "ふぇ", "fo": "ふぉ", "va": "ゔぁ", "vi": "ゔぃ", "vu": "ゔ",
    "ve": "ゔぇ", "vo": "ゔぉ", "she": "しぇ", "che": "ちぇ", "je": "じぇ", "thi": "てぃ", "dhi": "でぃ",
}  # fmt: skip
_CONTRACTED = {
    "ky": "き", "sy": "し", "ty": "ち", "ny": "に", "hy": "ひ", "my": "み", "ry": "り", "gy": "ぎ", "zy": "じ",
    "by": "び", "py": "ぴ", "jy": "じ", "sh": "し", "ch": "ち", "j": "じ",
}  # fmt: skip
_SYLLABLES: dict[str, str] = {
    **{row + vowel: kana for row, line in _ROWS.items() for vowel, kana in zip("aiueo", line, strict=True)},
    **{row + v: i + small for row, i in _CONTRACTED.items() for v, small in zip("auo", "ゃゅょ", strict=True)},
    **_SINGLE,
}
_CONSONANT = {"し": "sh", "ち": "ch", "じ": "j", "ぢ": "j", "ふ": "f", "つ": "ts", "づ": "z"}
_ROMAJI: dict[str, str] = {
    **{
        kana: _CONSONANT.get(kana, row) + v
        for row, line in _ROWS.items()
        for v, kana in zip("aiueo", line, strict=True)
    },
    "や": "ya",
    "ゆ": "yu",
    "よ": "yo",
    "わ": "wa",
    "を": "o",
    "ん": "n",
    "ゔ": "vu",
}
_SMALL = dict(zip("ゃゅょぁぃぅぇぉゎ", ("a", "u", "o", "a", "i", "u", "e", "o", "a"), strict=True))
_SYLLABIC_N = re.compile(r"n(?![aiueoy])|m(?=[bpm])")
_LONG = re.compile(r"(?<=o)u|(?<=([aiueo]))\1")


def plain_letters(text: str) -> str:
    """Return Latin letters without marks of length and accents (bōsai: bosai)."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if c not in _MARKS) if not text.isascii() else text


def to_hiragana(text: str) -> str:
    """Return the text with katakana as hiragana; the long mark ー and all else stay."""
    return text.translate(_TO_HIRAGANA)


def is_kana(text: str) -> bool:
    """Tell whether a text is kana throughout."""
    return bool(_KANA.fullmatch(text))


def is_hiragana(text: str) -> bool:
    """Tell whether a text is hiragana throughout, as one types who leaves the kanji to the search."""
    return bool(_HIRAGANA.fullmatch(text))


def from_romaji(text: str) -> str | None:
    """Return the hiragana that Latin letters spell (``chitose`` or ``titose``: ちとせ), None where they spell none."""
    rest, kana = text.lower().replace("-", ""), []
    while rest:
        if rest[0] == "'":
            rest = rest[1:]
            continue
        if len(rest) > 1 and rest[0] == rest[1] and rest[0] in "kstpcgzdbfjr":
            kana.append("っ")
            rest = rest[1:]
            continue
        if _SYLLABIC_N.match(rest):
            kana.append("ん")
            rest = rest[1:]
            continue
        length = next((n for n in (3, 2, 1) if rest[:n] in _SYLLABLES), 0)
        if not length:
            return None
        kana.append(_SYLLABLES[rest[:length]])
        rest = rest[length:]
    return "".join(kana)


def to_romaji(kana: str) -> str:
    """Return hiragana in Hepburn letters without marks of length (こうほう → kouhou); other characters stay."""
    out: list[str] = []
    double = False
    for c in kana:
        if c == "っ":
            double = True
        elif c in "ゃゅょ" and out and out[-1].endswith("i"):
            stem = out[-1][:-1]
            out[-1] = stem + ("" if stem.endswith(("sh", "ch", "j")) else "y") + _SMALL[c]
        elif c in _SMALL and out:
            out[-1] = out[-1][:-1] + _SMALL[c]
        elif c == "ー":
            out.append(out[-1][-1] if out and out[-1] else "")
        else:
            letters = _ROMAJI.get(c, c)
            out.append(letters[0] + letters if double and letters else letters)
            double = False
    return "".join(out)


def shortened(hepburn: str) -> str:
    """Return Hepburn letters with long vowels short (``kouhou``: ``koho``), as names are spelt on signs."""
    return _LONG.sub("", hepburn)
