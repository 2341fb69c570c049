"""Names of municipal bodies: 企画振興部まちづくり拠点整備室まちづくり推進課 → its path from the top unit down.

A cell often holds several bodies of several municipalities, with prefixes that later names share
(企画部企画課、公立大学政策課), notes behind them (拠点担当), and ・ both between bodies and inside a name (基地・防災課).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.bodies import NOTE, TOP, clean_keeping_spaces, looks_like_body, rank, split_path
from ingest.records import Department
from ingest.text import JAPANESE

_SEPARATOR = re.compile(r"\s*[、,，/／;；\n]\s*|\s*(?:及び|並びに)\s*")


_FOLLOWS_NAME = re.compile(rf"[\s:、,/(]|[{JAPANESE}]")
_BODY_BEHIND = re.compile(r"[^\s、]{1,16}?[部局]")
_BRACKETED = re.compile(r"(?:^|(?<=[\s、,/・]))[\[【〔(]([一-鿿ぁ-んァ-ヶ]{1,8})[\]】〕)]")
_EVERYONE = re.compile(
    r"(?:(?:全|各|関係|構成|連携|参加|圏域)(?:内|の)?(?:各|全)?|その他の?)(?:市町村|市町|市村|町村|市|町|村|自治体)(?=[\s:、の]|[一-鿿ァ-ヶ]*(?:担当|主管|所管|部局|[課室係局部所]))の?"
)
"""What stands in place of a name where each municipality has such a body (各市町村農政担当課)."""
_TELEPHONE = re.compile(r"(?:電話|TEL|Tel|内線|☎)?[\s:：]*\d[\d\-()（）－‐]{5,}\d")


@dataclass(frozen=True, slots=True)
class Owned:
    """A stretch of words of a cell and the municipality that it speaks of: None where none is named, 各市町 as printed."""

    municipality: str | None
    words: str


def _pieces(words: str) -> list[str]:
    """Cut a text at the marks between bodies; ・ and と cut only behind a name that is complete."""
    pieces: list[str] = []
    for part in _SEPARATOR.split(words):
        rest = part
        while (match := re.search(r"(?<=[課室係部局所館園])[・](?=.{2,}[課室係部局所館園])", rest)) and looks_like_body(
            rest[: match.start()]
        ):
            pieces.append(rest[: match.start()])
            rest = rest[match.end() :]
        pieces.append(rest)
    return [piece for piece in pieces if piece.strip()]


def _bodies(piece: str) -> list[str]:
    """Cut at spaces where each side is a body of its own; a lower unit after a space belongs to the one before it."""
    bodies: list[str] = []
    for word in piece.split():
        own = rank(split_path(word)[0]) if split_path(word) else 3
        above = rank(split_path(bodies[-1])[-1]) if bodies else -1
        note = word.endswith("担当") and bodies and not re.search(r"[部局室課係].*担当$", word)
        if note:
            bodies[-1] += f" {word}"
        elif (
            bodies
            and not note
            and " " not in bodies[-1]
            and ((own > above and above <= 3) or not looks_like_body(bodies[-1]))
        ):
            bodies[-1] += word
        else:
            bodies.append(word)
    return bodies


def paths(words: str) -> list[tuple[tuple[str, ...], str]]:
    """Return the path and the printed words of each body that a text names, prefixes shared as the text shares them."""
    found: list[tuple[tuple[str, ...], str]] = []
    text = _TELEPHONE.sub(" ", clean_keeping_spaces(words))
    for piece in _pieces(_hide_separators(text)):
        shown = piece.replace("\ue000", "、")
        for raw in _bodies(NOTE.sub("", shown)) or []:
            path = split_path(raw.split(" ")[0])
            if not path:
                continue
            if found and rank(path[0]) > TOP and not re.search(r"\s", raw.strip().split(" ")[0]):
                path = _with_prefix(found[-1][0], path)
            note = NOTE.search(shown)
            found.append((path, raw + (note[0] if note and shown.strip().endswith(note[0]) else "")))
    return found


def _hide_separators(text: str) -> str:
    """Keep separators inside parentheses from cutting a name."""
    return re.sub(
        r"\([^()]*\)", lambda m: m[0].replace("、", "\ue000").replace(",", "\ue000").replace("/", "\ue000"), text
    )


def _with_prefix(before: Sequence[str], path: tuple[str, ...]) -> tuple[str, ...]:
    """Give a name without a top unit the higher units of the name before it."""
    first = rank(path[0])
    prefix = [unit for unit in before[:-1] if rank(unit) < first]
    if not prefix and len(before) == 1 and rank(before[0]) < min(first, 2):
        prefix = list(before)
    return (*prefix, *path)


def _parted(text: str) -> str:
    """Put a space between bodies that follow one another without one: a 部 behind a 課 begins another body."""
    parted = []
    for token in re.split(r"([\s、,/()・]+)", text):
        words = ""
        last = -1
        for unit in split_path(token) if len(token) > 5 else (token,):
            own = rank(unit)
            words += f" {unit}" if words and own <= TOP and last >= 3 else unit
            last = own
        parted.append(words)
    return "".join(parted)


def _spelt_out(text: str, names: Sequence[str]) -> str:
    """Put the whole name where brackets hold the beginning of one municipality's alone: [徳]交通局, 【小松島】市民生活課."""

    def name_of(found: re.Match[str]) -> str:
        meant = [name for name in names if name.startswith(found[1])]
        return f" {meant[0]} " if len(meant) == 1 else found[0]

    return _BRACKETED.sub(name_of, text).strip()


@lru_cache(maxsize=256)
def _names_at_starts(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Return what a name at the start of a text or behind a space or mark looks like."""
    alternatives = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?:(?<=^)|(?<=[\s、,/・(:;課係室]))(?:{alternatives})")


def _owns(found: re.Match[str], names: Sequence[str]) -> bool:
    """Tell whether a body (or a space) follows a name, so that it owns what follows."""
    text, end = found.string, found.end()
    if found[0] in names:
        return end == len(text) or bool(_FOLLOWS_NAME.match(text, end))
    if end == len(text) or text[end].isspace() or text[end] in ":,/(":
        return True
    return found.start() > 0 and text[found.start() - 1] in "課係室" and bool(_BODY_BEHIND.match(text, end))


def owned(words: str, names: Sequence[str]) -> list[Owned]:
    """Cut a text at the names of municipalities that begin a stretch of it; short forms (千歳 for 千歳市) count too.

    Where all names stand first and the bodies after them (千歳 恵庭 総務部危機管理課 総務部基地・防災課), the n-th group of
    bodies goes to the n-th name.
    """
    text = _parted(_spelt_out(clean_keeping_spaces(words), names))
    forms = {name: name for name in names} | {name[:-1]: name for name in names if len(name) > 2}
    named = [m for m in _names_at_starts(tuple(forms)).finditer(text) if _owns(m, names)] if forms else []
    everyone = [m for m in _EVERYONE.finditer(text) if m.start() == 0 or text[m.start() - 1] in " 、,/・"]
    cuts = sorted([*named, *everyone], key=lambda m: m.start())
    if not cuts:
        return [Owned(None, text)] if text else []
    ends = [*(m.start() for m in cuts[1:]), len(text)]
    stretches = [_stretch(text, m, end, forms) for m, end in zip(cuts, ends, strict=True)]
    head = [Owned(None, text[: cuts[0].start()].strip())] if text[: cuts[0].start()].strip(" 、,・") else []
    if len(stretches) > 1 and not any(words for _, words in stretches[:-1]):
        groups = _groups(stretches[-1][1], len(stretches))
        if groups:
            return head + [Owned(name, group) for (name, _), group in zip(stretches, groups, strict=True)]
    return head + [Owned(name, words) for name, words in _mend_wrapped(stretches)]


def _stretch(text: str, name: re.Match[str], end: int, forms: Mapping[str, str]) -> tuple[str, str]:
    """Return the municipality that a name means, or what stands for all as printed, and the words behind it."""
    words = text[name.end() : end].lstrip(" :、,・/")
    if words.startswith("立") and name.end() == end - len(words):  # 鹿児島市立病院: 市立病院 of 鹿児島市
        words = f"{name[0][-1]}{words}"
    return forms.get(name[0]) or text[name.start() : end - len(words)], words.rstrip(" :、,・/")


def _groups(words: str, count: int) -> list[str] | None:
    """Cut a run of bodies into as many groups as there are names, or None where it does not come out."""
    words = re.sub(r"\s*、\s*", "、", words)
    parts = words.split()
    if len(parts) == count:
        return parts
    tops = [p for p in parts if split_path(p) and rank(split_path(p)[0]) <= TOP]
    if len(tops) != count:
        return None
    groups: list[str] = []
    for part in parts:
        if part in tops or not groups:
            groups.append(part)
        else:
            groups[-1] += part
    return groups


def _mend_wrapped(stretches: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give back the tail of a body that line wrapping put behind the next municipality's name.

    千歳 …、産業振興部産業支援室 恵庭 科学技術振興課 企画振興部企画課: the 課 without a 部 before a full path belongs to the 室.
    """
    mended = list(stretches)
    for i in range(1, len(mended)):
        (owner, before), (name, words) = mended[i - 1], mended[i]
        parts = words.split()
        if len(parts) < 2 or not before:
            continue
        last = split_path(re.split(r"[、,\s]", before)[-1])
        first, second = split_path(parts[0]), split_path(parts[1])
        if (
            last
            and first
            and second
            and rank(last[-1]) < 3 <= rank(first[0])
            and len(first) == 1
            and rank(second[0]) <= TOP
        ):
            mended[i - 1] = (owner, before + parts[0])
            mended[i] = (name, " ".join(parts[1:]))
    return mended


def departments(words: str, names: Sequence[str], owner: str | None = None) -> tuple[Department, ...]:
    """Return the bodies that a cell names; ``names`` are the municipalities of the document, ``owner`` that of the cell."""
    found = []
    for stretch in owned(words, names):
        everyone = "" if stretch.municipality in (None, *names) else stretch.municipality
        municipality = None if everyone else stretch.municipality or owner
        for path, raw in paths(stretch.words):
            found.append(Department(municipality=municipality, path=path, raw=f"{everyone}{raw.strip()}"))
    return tuple(found)
