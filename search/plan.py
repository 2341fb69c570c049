"""What the words of a query come to: parts that must all be found, each of them runs of words that stand together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.text import nfkc
from search.japanese import Cut
from search.light import is_stopword, is_vague
from search.model import Term
from search.synonyms import Forms, is_listed, key_of, keys_of, ways_to_say

LONGEST_PHRASE, LONGEST_SPAN = 5, 4
_NUMBER = re.compile(r"(?:no\.?|第|事業番号|番号)?\s*(\d{1,4})(?:[-‐−ー.の]+(\d{1,2}))?号?", re.IGNORECASE)
_CIRCLED = {ord("①") + i: f"-{i + 1}" for i in range(20)}


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together in a query, their distance from the first, and the compound that they are, if any.

    ``keys`` are the words under which the synonyms list them; ``text`` is what was typed.
    """

    forms: Forms
    offsets: tuple[int, ...]
    whole: str | None
    keys: Forms
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked for: runs that must all be found, or any of other ways to say them together.

    ``vague`` parts say little (事業, 場所, 教えて): they count for little in a sentence. ``text`` is what was typed.
    """

    runs: tuple[Run, ...]
    ways: tuple[Forms, ...] = ()
    vague: bool = False
    text: str = ""


def run_of(parts: Cut) -> Run:
    """Return all words of a text as one run, particles included, punctuation not."""
    at = [i for i, unit in enumerate(parts.units) if any(map(str.isalnum, unit.form))]
    whole = parts.compounds[0].unit.form if len(parts.compounds) == 1 else None
    return _run(parts, at, whole)


def runs_of(parts: Cut) -> list[Run]:
    """Return the runs of content words of a text, without light words where there are others."""
    kept = {i for i, unit in enumerate(parts.units) if unit.content}
    heavy = {i for i in kept if not parts.units[i].light}
    kept = heavy or kept
    if not kept:
        return [run_of(parts)]
    runs: list[list[int]] = []
    for i in sorted(kept):
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    wholes = {(c.first, c.size): c.unit.form for c in parts.compounds}
    return [_run(parts, run, wholes.get((run[0], len(run)))) for run in runs]


def _run(parts: Cut, at: Sequence[int], whole: str | None) -> Run:
    units = [parts.units[i] for i in at]
    text = parts.text[units[0].start : units[-1].end] if units else ""
    return Run(tuple(u.form for u in units), tuple(i - at[0] for i in at), whole, tuple(map(key_of, units)), text)


def parts_of(parts: Cut) -> list[Part]:
    """Return the parts of a text: runs that the synonyms list together (保育園の先生) are one."""
    runs = [run for run in runs_of(parts) if run.forms]
    out: list[Part] = []
    while runs:
        for length in range(min(LONGEST_SPAN, len(runs)), 1, -1):
            span = tuple(key for run in runs[:length] for key in run.keys)
            if is_listed(span):
                out.append(Part(tuple(runs[:length]), ways_to_say(span), text=" ".join(r.text for r in runs[:length])))
                del runs[:length]
                break
        else:
            run = runs.pop(0)
            out.append(Part((run,), vague=is_vague(run.forms), text=run.text))
    return out


def units_of(run: Run) -> list[Run]:
    """Return each word of a run as a run of its own."""
    return [Run((form,), (0,), None, (key,), form) for form, key in zip(run.forms, run.keys, strict=True)]


def telling(runs: Sequence[Run]) -> Sequence[Run]:
    """Return the runs that are not vague (of クマ対策 the first word), all of them where there are no others."""
    return [run for run in runs if not is_vague(run.forms)] or runs


def number_keys(text: str) -> range:
    """Return the sort keys (``entries.number_key``) that a typed number stands for: ``7`` has those of its branches."""
    plain = text.strip().translate(_CIRCLED)
    found = _NUMBER.fullmatch(nfkc(plain))
    if not found:
        return range(0)
    first = int(found[1]) * 100
    return range(first + int(found[2]), first + int(found[2]) + 1) if found[2] else range(first, first + 100)


def joined(groups: Sequence[tuple[Term, ...]]) -> list[tuple[Term, ...]]:
    """Join English words that the synonyms list as one term (aerial photo), and drop those that say little."""
    rest = list(groups)
    out: list[tuple[Term, ...]] = []
    while rest:
        for length in range(min(LONGEST_PHRASE, len(rest)), 1, -1):
            words = [group[0].text for group in rest[:length] if _is_english(group)]
            if len(words) == length and is_listed(keys_of(" ".join(words))):
                out.append((Term(" ".join(words)),))
                del rest[:length]
                break
        else:
            out.append(rest.pop(0))
    return [group for group in out if not (_is_english(group) and is_stopword(group[0].text))] or out


def is_english(groups: Sequence[tuple[Term, ...]]) -> bool:
    """Tell whether all that is asked for is English words."""
    return all(map(_is_english, groups))


def is_unlisted_english(group: tuple[Term, ...]) -> bool:
    """Tell whether a group is one English word of which the synonyms know nothing."""
    return _is_english(group) and not is_listed(keys_of(group[0].text))


def _is_english(group: tuple[Term, ...]) -> bool:
    term = group[0]
    return len(group) == 1 and term.text.isascii() and not term.phrase and not term.prefix
