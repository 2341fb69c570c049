"""The encoding of a Japanese text: strict decoding in every likely encoding, the most Japanese outcome wins.

Marks come first (byte order marks, the escapes of ISO-2022-JP), then UTF-8, which no other encoding is mistaken for.
Between Shift_JIS (CP932), EUC-JP and UTF-16 without a mark the outcomes are scored: running Japanese is kana, common
kanji and its punctuation, a wrong guess is half-width katakana, rare kanji and symbols. An encoding that a page
declares counts when it decodes.
"""

import codecs
import re
from functools import cache

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_JIS_PART = re.compile(rb"\x1b(\$@|\$B|\$\([OQ]|\(B|\(J|\(I)([^\x1b]*)")
_ESCAPE = b"\x1b"
_SAME = {"shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "windows-31j": "cp932"}
_NARROW, _WIDE = ("cp932", "euc_jp", "euc_jis_2004"), ("utf-16-le", "utf-16-be")
_SAMPLE = 20_000
_PART = 100
_MOST_WRONG = 0.002
_LEAST_SCORE = 0.5
_MISREAD = "縺繧繝蜿荳"  # what CP932 makes of the first bytes of kana and common kanji in UTF-8


def decode(data: bytes, declared: str | None = None) -> str | None:
    """Return the text of a file's bytes, or None where no encoding makes sense of them."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, name)
    if data.isascii():
        return _iso_2022_jp(data) if _ESCAPE in data else data.decode("ascii")
    names = [_SAME.get(declared.lower(), declared)] if declared else []
    for name in [*names, *(() if b"\0" in data else ("utf-8",))]:
        text = _strictly(data, name)
        if text is not None and "\0" not in text:
            return text
    candidates = _WIDE if b"\0" in data else (*_NARROW, *_WIDE)
    outcomes = [text for name in candidates if (text := _strictly(data, name)) is not None]
    best = max(outcomes, key=score, default=None)
    return best if best is not None and _is_japanese_throughout(best) else None


def decode_leniently(data: bytes) -> tuple[str, int] | None:
    """Return the text of bytes of which very few are wrong, and the number of places that show as U+FFFD."""
    for name in ("utf-8", "cp932", "euc_jp"):
        text = data.decode(name, "replace")
        wrong = text.count("\ufffd")
        if (
            wrong <= _MOST_WRONG * len(text)
            and "\0" not in text
            and _is_japanese_throughout(text.replace("\ufffd", ""))
        ):
            return text, wrong
    return None


def score(text: str) -> float:
    """Return how Japanese a text looks, as a mean over its characters beyond ASCII; running text has about 2."""
    return _mean(_beyond_ascii(text[:_SAMPLE]))


def _is_japanese_throughout(text: str) -> bool:
    """Tell whether no part of a text looks wrong: a file in two encodings is right in one half only."""
    beyond = _beyond_ascii(text)
    return all(
        _mean(beyond[at : at + _PART]) >= _LEAST_SCORE for at in range(0, max(len(beyond) - _PART // 2, 1), _PART)
    )


def _beyond_ascii(text: str) -> list[str]:
    return [char for char in text if char > "\x7f" or char < "\t"]


def _mean(chars: list[str]) -> float:
    return sum(map(_weight, chars)) / len(chars) if chars else 0.0


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _iso_2022_jp(data: bytes) -> str | None:
    """Decode the parts between escapes; two-byte parts as EUC, whose codec also knows ① and ㈱."""
    parts = _JIS_PART.findall(data)
    if len(parts) != data.count(_ESCAPE):  # escapes of another standard, or of a terminal
        return None
    try:
        return data.partition(_ESCAPE)[0].decode("ascii") + "".join(_jis_part(kind, part) for kind, part in parts)
    except UnicodeError:
        return None


def _jis_part(kind: bytes, part: bytes) -> str:
    if kind in (b"(B", b"(J"):
        return part.decode("ascii")
    lines = part.split(b"\n")
    if kind == b"(I":
        return "\n".join(bytes(b | 0x80 for b in line).decode("shift_jis") for line in lines)
    return "\n".join(bytes(b | 0x80 for b in line).decode("euc_jis_2004") for line in lines)


@cache
def _weight(char: str) -> float:
    code = ord(char)
    if 0x3041 <= code <= 0x3096 or char in "、。「」（）・ー　":
        return 3
    if 0x30A1 <= code <= 0x30FA or 0xFF10 <= code <= 0xFF5A or char in "①②③④⑤○◎△▲×―～〜：※":
        return 2
    if 0x4E00 <= code <= 0x9FFF:
        return 2 if _is_common(char) else -2 if char in _MISREAD else 0.3
    if 0xFF61 <= code <= 0xFF9F:
        return 0.6
    if code < 0x20 or 0x80 <= code < 0xA0 or 0xE000 <= code <= 0xF8FF or not char.isprintable():
        return -10
    return 0.6 if 0x2000 <= code <= 0x33FF else -2


def _is_common(kanji: str) -> bool:
    """Tell whether a kanji is of JIS level 1, by its row in Shift_JIS."""
    encoded = kanji.encode("shift_jis", "ignore")
    return b"\x88\x9f" <= encoded < b"\x98\x9f" and len(encoded) == 2
