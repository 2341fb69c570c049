"""Names of municipalities as they are printed: with or without what stands around them, whole or misread."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from datetime import date

from ingest.municipality_table import Municipality, all_municipalities, by_code, fold, name_table, prefectures


def resolve(name: str, near: Collection[str] = ()) -> Municipality | None:
    """Return the one that a printed name means, or None where it means none or stays ambiguous.

    The name may have its prefecture and county in front, spaces inside, another glyph, and may lack its suffix
    when only one has that stem (千歳).  ``near`` are six-digit codes of municipalities of the same document: of equal
    names, the one among them wins, then the one in the prefecture that most of them are in.  Those in force come
    before former ones.
    """
    plain = _plain(name)
    candidates = _exact(plain) or _by_stem(plain)
    current = tuple(m for m in candidates if m.valid_until is None)
    return _nearest_of(current, near) or (None if len(current) == 1 else _nearest_of(candidates, near))


def nearest(name: str, near: Collection[str] = ()) -> Municipality | None:
    """Return the most similar one in force for a name that does not exist, None when nothing is near.

    The suffix was legible, so the same suffix wins: 美幌市 is 美唄市 with one character misread rather than 美幌町.
    One character of a stem of two to four may differ, two of a longer one.  Then count, in this order: fewer
    differences, the prefecture of ``near`` (six-digit codes of the same document), the same first characters (so 美唄市
    and not 札幌市), being among ``near``; a tie has no answer.  Only where no name of that suffix is near, the same
    stem with another suffix is taken (倶知安市: 倶知安町).
    """
    prefecture, plain = _cut_prefecture(_plain(name))
    stem, suffix = (plain[:-1], plain[-1]) if plain[-1:] and plain[-1] in "市町村区" else (plain, "")
    home = _home(near) if prefecture is None else prefecture
    limit = 0 if len(stem) < 2 else 1 if len(stem) < 5 else 2
    ranked: list[tuple[tuple[int, bool, int, bool], Municipality]] = []
    for m in all_municipalities():
        if m.valid_until or m.kind in ("ward", "northern_village") or (prefecture and m.prefecture != prefecture):
            continue
        word = fold(m.name)
        distance = _distance(stem, word[:-1], limit) if suffix in ("", word[-1]) else None
        if distance is not None:
            ranked.append(((distance, m.prefecture != home, -_shared_start(stem, word), m.code not in near), m))
    if not ranked:
        return resolve((prefecture or "") + stem, near) if suffix else None
    best = min(rank for rank, _ in ranked)
    found = [m for rank, m in ranked if rank == best]
    return found[0] if len(found) == 1 else None


def _plain(name: str) -> str:
    return fold("".join(unicodedata.normalize("NFKC", name).split()))


def _cut_prefecture(plain: str) -> tuple[str | None, str]:
    """Split off the prefecture in front of a folded name; a name that is nothing else stays whole."""
    for m in prefectures():
        if plain.startswith(fold(m.name)) and plain != fold(m.name):
            return m.name, plain[len(m.name) :]
    return None, plain


def _exact(plain: str) -> tuple[Municipality, ...]:
    """Return those of a folded name with its suffix, after taking off what is in front of it."""
    prefecture, rest = _cut_prefecture(plain)
    former_only = rest.startswith("旧") and rest not in name_table().names
    found = _of_county(rest.removeprefix("旧") if former_only else rest)
    return tuple(
        m for m in found if (prefecture is None or m.prefecture == prefecture) and (not former_only or m.valid_until)
    )


def _of_county(rest: str) -> tuple[Municipality, ...]:
    table = name_table()
    whole = table.names.get(rest, ()) + table.wards.get(rest, ())
    if whole:
        return tuple(m for m in whole if m.kind != "northern_village") or whole
    for cut in (hit.end() for hit in re.finditer("郡", rest)):
        found = tuple(m for m in table.names.get(rest[cut:], ()) if m.county and fold(m.county) == rest[:cut])
        if found:
            return found
    return ()


def _by_stem(plain: str) -> tuple[Municipality, ...]:
    """Return those whose name without its suffix is this; wards and former ones need theirs."""
    found = (m for suffix in "市町村区" for m in _exact(plain + suffix))
    return tuple(m for m in found if m.valid_until is None and m.kind != "ward")


def _home(near: Collection[str]) -> str | None:
    """Return the prefecture that most codes of ``near`` are in, None without a single most frequent one."""
    known = (by_code(code) for code in near)
    counted = Counter(m.prefecture for m in known if m).most_common(2)
    if not counted or (len(counted) == 2 and counted[0][1] == counted[1][1]):
        return None
    return counted[0][0]


def _nearest_of(candidates: tuple[Municipality, ...], near: Collection[str]) -> Municipality | None:
    """Return the only candidate, or the only one that ``near`` speaks for."""
    # A former town that only changed its county (門前町) stands in the table twice.
    by_end = sorted(candidates, key=lambda m: m.valid_until or date.max)
    candidates = tuple({(m.prefecture, m.successor or m.code): m for m in by_end}.values())
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    home = _home(near)
    for chosen in (
        [m for m in candidates if m.code in near],
        [m for m in candidates if m.kind == "ward" and any(m.code[:3] == code[:3] for code in near)],
        [m for m in candidates if m.prefecture == home],
    ):
        if chosen:
            return chosen[0] if len(chosen) == 1 else None
    return None


def _shared_start(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _distance(one: str, other: str, limit: int) -> int | None:
    """Return the number of characters to change, add or drop between two stems, None above the limit."""
    if abs(len(one) - len(other)) > limit:
        return None
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1] if row[-1] <= limit else None
