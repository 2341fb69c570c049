"""How good the answers are: judged queries go in, nDCG@10, success@1 and recall@20 come out.

The gain of a hit is 2^grade − 1, discounted by log2(rank + 1) (Järvelin and Kekäläinen 2002, in the form used by TREC).
Only projects count: they are what people ask for, and what was judged.
"""

import math
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from search.errors import JudgementsUnreadable
from search.features import ALL, NAMES
from search.index import Index
from search.model import Page, SearchQuery
from search.query import parse

NDCG_DEPTH, RECALL_DEPTH = 10, 20
EXACT, RELATED = 2, 1
PROJECTS_ONLY = (("type", "project"),)


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the grade of each project that is of use; ``held_out`` says that nothing was chosen by it."""

    kind: str
    text: str
    grades: Mapping[str, int]
    held_out: bool = False


@dataclass(frozen=True, slots=True)
class Scores:
    """Measures between 0 and 1: of one query, or the means of several."""

    ndcg: float
    success: float
    recall: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """A judged query, its scores and the projects that it found, best first."""

    judged: Judged
    scores: Scores
    found: tuple[str, ...]


def read_judged(path: Path) -> list[Judged]:
    """Read a file of judged queries; its header describes the form. Raises ``JudgementsUnreadable``."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
        names = content.pop("documents")
        judged = [_judged(kind, text, row, names) for kind, rows in content.items() for text, row in rows.items()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise JudgementsUnreadable(path, f"{type(error).__name__}: {error}") from error
    if not judged:
        raise JudgementsUnreadable(path, "no queries in it")
    return judged


def _judged(kind: str, text: str, row: Mapping[str, Any], names: Mapping[str, str]) -> Judged:
    grades = {
        f"{names[letter]}/{local}": grade
        for grade, key in ((RELATED, "related"), (EXACT, "exact"))
        for letter, local in (place.split("/", 1) for place in row.get(key, ()))
    }
    return Judged(kind, text, grades, bool(row.get("held_out")))


def evaluate(search: Callable[[SearchQuery], Page], judged: Iterable[Judged]) -> list[Outcome]:
    """Ask every query as a person would type it, for projects only, and score the answers."""
    outcomes = []
    for query in judged:
        page = search(parse(query.text, filters=PROJECTS_ONLY, limit=RECALL_DEPTH))
        found = tuple(hit.id for hit in page.hits)
        outcomes.append(Outcome(query, score(found, query.grades), found))
    return outcomes


def score(found: Sequence[str], grades: Mapping[str, int]) -> Scores:
    """Score one answer: success is a first hit that is exactly what was wanted."""
    best = _gain(sorted(grades.values(), reverse=True))
    gain = _gain([grades.get(place, 0) for place in found])
    held = sum(place in grades for place in found[:RECALL_DEPTH])
    return Scores(
        ndcg=gain / best if best else 0.0,
        success=float(bool(found) and grades.get(found[0], 0) == EXACT),
        recall=held / min(len(grades), RECALL_DEPTH) if grades else 0.0,
    )


def mean(outcomes: Collection[Outcome]) -> Scores:
    """Return the means over queries; of none, zeros."""
    if not outcomes:
        return Scores(0.0, 0.0, 0.0)
    rows = [outcome.scores for outcome in outcomes]
    return Scores(fmean(r.ndcg for r in rows), fmean(r.success for r in rows), fmean(r.recall for r in rows))


def summary(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, int, Scores]]:
    """Yield (name, number of queries, means) of each kind, of what was and was not held out, and of all."""
    for kind in dict.fromkeys(outcome.judged.kind for outcome in outcomes):
        chosen = [outcome for outcome in outcomes if outcome.judged.kind == kind]
        yield kind, len(chosen), mean(chosen)
    for name, held_out in (("seen", False), ("held out", True)):
        chosen = [outcome for outcome in outcomes if outcome.judged.held_out == held_out]
        yield name, len(chosen), mean(chosen)
    yield "all", len(outcomes), mean(outcomes)


def ablations(path: Path, judged: Sequence[Judged]) -> Iterator[tuple[str, int, Scores]]:
    """Yield (name, number of queries, means) with each part of the search at ``path`` left out in turn."""
    for name in NAMES:
        index = Index.open(path, ALL.without(name))
        yield f"without {name}", len(judged), mean(evaluate(index.search, judged))
        index.close()


def _gain(grades: Sequence[int]) -> float:
    return sum(((1 << grade) - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades[:NDCG_DEPTH]))
