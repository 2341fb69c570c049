"""What the words of a query come to: runs of short units that must stand together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.text import nfkc
from search.japanese import Cut
from search.model import Term
from search.synonyms import Forms, forms_of, is_listed

LONGEST_ENGLISH = 4
_NUMBER = re.compile(r"(?:no\.?|第|事業番号|番号)?\s*(\d{1,4})(?:[-‐−ー.の]+(\d{1,2}))?号?", re.IGNORECASE)
_CIRCLED = {ord("①") + i: f"-{i + 1}" for i in range(20)}
ENGLISH_STOPWORDS = {"a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with"}


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together in a query, their distance from the first, and the compound that they are, if any."""

    forms: Forms
    offsets: tuple[int, ...]
    whole: str | None


def run_of(parts: Cut) -> Run:
    """Return all words of a text as one run, particles included, punctuation not."""
    at = [i for i, unit in enumerate(parts.units) if any(map(str.isalnum, unit.form))]
    whole = parts.compounds[0].unit.form if len(parts.compounds) == 1 else None
    return Run(tuple(parts.units[i].form for i in at), tuple(i - at[0] for i in at), whole)


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
    return [
        Run(tuple(parts.units[i].form for i in run), tuple(range(len(run))), wholes.get((run[0], len(run))))
        for run in runs
    ]


def units_of(run: Run) -> list[Run]:
    """Return each word of a run as a run of its own; a single character says too little where nothing else is found."""
    return [Run((form,), (0,), None) for form in run.forms if len(form) > 1]


def number_keys(text: str) -> range:
    """Return the sort keys (``entries.number_key``) that a typed number stands for: ``7`` has those of its branches."""
    plain = text.strip().translate(_CIRCLED)
    found = _NUMBER.fullmatch(nfkc(plain))
    if not found:
        return range(0)
    first = int(found[1]) * 100
    return range(first + int(found[2]), first + int(found[2]) + 1) if found[2] else range(first, first + 100)


def joined(groups: Sequence[tuple[Term, ...]]) -> list[tuple[Term, ...]]:
    """Join English words that the synonyms list as one term (aerial photo), and drop English particles."""
    out: list[tuple[Term, ...]] = []
    rest = list(groups)
    while rest:
        for length in range(min(LONGEST_ENGLISH, len(rest)), 1, -1):
            words = [group[0].text for group in rest[:length] if len(group) == 1 and _is_english(group[0])]
            if len(words) == length and is_listed(forms_of(" ".join(words))):
                out.append((Term(" ".join(words)),))
                del rest[:length]
                break
        else:
            out.append(rest.pop(0))
    kept = [group for group in out if not all(term.text.lower() in ENGLISH_STOPWORDS for term in group)]
    return kept or out


def _is_english(term: Term) -> bool:
    return term.text.isascii() and not term.phrase and not term.prefix
