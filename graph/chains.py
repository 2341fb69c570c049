"""From the article of an agreement to money and results: measure → sheet → budget → indicator, broken links named.

A measure is a row of an agreement's annex; its sheets are the projects of plans and status lists that are the same
work (``alignment``) and whose document is of all the agreement's parties: the same work of another partnership is no
sheet of this one. A sheet that no measure leads to begins a chain of its own.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from graph.alignment import same_work
from graph.cooperation import Cooperation, cooperation, order
from graph.queries import query
from graph.resolve import normal
from graph.stores import Store
from graph.things import ProjectRef, Thing, id_of, thing

NO_ARTICLE, NO_MEASURE, NO_SHEET, NO_BUDGET, NO_INDICATOR = BROKEN = (
    "no-article", "no-measure", "no-sheet", "no-budget", "no-indicator",
)  # fmt: skip
"""Links that a chain can lack."""

_ANNEX = "別表"
_TOTAL = re.compile(r"^(?:合計|総計|計|総額|総事業費)")


@dataclass(frozen=True, slots=True)
class ChainArticle:
    """An article that refers to the annex that a measure stands in, and its lines."""

    article: Thing
    document: str
    lines: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ChainIndicator:
    """An indicator of a sheet by its name, and the grade printed for it."""

    name: str
    grade: str | None


@dataclass(frozen=True, slots=True)
class ChainSheet:
    """A sheet or listed project, how sure it is the same work (None where it begins the chain), money and results.

    ``budget`` is the sum of printed amounts by fiscal year, in thousand yen.
    """

    project: ProjectRef
    score: float | None
    budget: tuple[tuple[int, float], ...]
    indicators: tuple[ChainIndicator, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """One chain: what there is of it, and the names of the links that it lacks, in the order of the chain."""

    article: ChainArticle | None
    measure: ProjectRef | None
    sheets: tuple[ChainSheet, ...]
    broken: tuple[str, ...]


def chains(store: Store, document: str | None = None) -> list[Chain]:
    """Return the chain of every measure of every agreement, then of every sheet that none leads to.

    With ``document``, those that begin in it.
    """
    table, kinds = cooperation(store), _kinds(store)
    found, reached = [], set()
    for project in sorted(table.projects, key=order):
        if _is_agreement(kinds, project):
            chain = _of_measure(store, project, kinds)
            reached |= {sheet.project.id for sheet in chain.sheets}
            found.append(chain)
    alone = [p for p in sorted(table.projects, key=order) if p not in reached and not _is_agreement(kinds, p)]
    found += [_of_sheet(store, project) for project in alone]
    return [chain for chain in found if document in {None, _begins(chain)}]


def measures(store: Store, document: str) -> list[Chain]:
    """Return the chains of the measures of one agreement; none for a document of another kind."""
    memo, name = store.memo, f"measures of {document}"
    if name not in memo:
        table, kinds = cooperation(store), _kinds(store)
        own = [p for p in table.projects if p.partition("/")[0] == document and _is_agreement(kinds, p)]
        memo[name] = [_of_measure(store, project, kinds) for project in sorted(own, key=order)]
    return cast("list[Chain]", memo[name])


def through(store: Store, project: str, near: Iterable[str]) -> list[Chain]:
    """Return the chains of measures that a project is in: its own where it is a measure, else those that lead to it.

    Its measures are looked for among the projects ``near`` it (``graph.nearest``).
    """
    kinds = _kinds(store)
    if _is_agreement(kinds, project):
        return [_of_measure(store, project, kinds)]
    found = [_of_measure(store, measure, kinds) for measure in near if _is_agreement(kinds, measure)]
    return [chain for chain in found if any(sheet.project.id == project for sheet in chain.sheets)]


def broken(found: Iterable[Chain]) -> dict[str, list[Chain]]:
    """Return the chains that lack each link, by the link's name."""
    listed: dict[str, list[Chain]] = {name: [] for name in BROKEN}
    for chain in found:
        for name in chain.broken:
            listed[name].append(chain)
    return listed


def _begins(chain: Chain) -> str:
    return chain.measure.document if chain.measure else chain.sheets[0].project.document


def _is_agreement(kinds: Mapping[str, str], project: str) -> bool:
    return kinds.get(project.partition("/")[0], "").endswith("Agreement")


def _of_measure(store: Store, project: str, kinds: Mapping[str, str]) -> Chain:
    table, parties = cooperation(store), _parties(store)
    own = parties.get(project.partition("/")[0], frozenset())
    same = [
        match
        for match in same_work(store, project)
        if not _is_agreement(kinds, match.project.id) and own <= parties.get(match.project.document, frozenset())
    ]
    sheets = tuple(_sheet(store, match.project, match.score) for match in same)
    article = _article(store, table, project)
    missing = [] if article else [NO_ARTICLE]
    missing += _missing(sheets) if sheets else [NO_SHEET]
    return Chain(article, table.projects[project], sheets, tuple(missing))


def _of_sheet(store: Store, project: str) -> Chain:
    sheets = (_sheet(store, cooperation(store).projects[project], None),)
    return Chain(None, None, sheets, (NO_MEASURE, *_missing(sheets)))


def _missing(sheets: tuple[ChainSheet, ...]) -> list[str]:
    money, results = any(sheet.budget for sheet in sheets), any(sheet.indicators for sheet in sheets)
    return [*([] if money else [NO_BUDGET]), *([] if results else [NO_INDICATOR])]


def _sheet(store: Store, project: ProjectRef, score: float | None) -> ChainSheet:
    facts = _facts(store)
    return ChainSheet(
        project,
        score,
        tuple(sorted(facts.money.get(project.id, {}).items())),
        tuple(ChainIndicator(name, grade) for _, name, grade in sorted(facts.results.get(project.id, ()))),
    )


@dataclass(frozen=True)
class _Facts:
    money: Mapping[str, Mapping[int, float]]
    results: Mapping[str, set[tuple[str, str, str | None]]]
    articles: Mapping[str, list[tuple[ChainArticle, str]]]


def _facts(store: Store) -> _Facts:
    memo = store.memo
    if "chains" not in memo:
        memo["chains"] = _read(store)
    return cast("_Facts", memo["chains"])


def _read(store: Store) -> _Facts:
    rows: defaultdict[str, list[tuple[str, int, float]]] = defaultdict(list)
    for row in store.select(query("money")):
        amount = str(row["label"] or ""), int(str(row["year"])), float(str(row["amount"]))
        rows[id_of(str(row["project"]))].append(amount)
    money = {project: _sums(amounts) for project, amounts in rows.items()}
    results: defaultdict[str, set[tuple[str, str, str | None]]] = defaultdict(set)
    for row in store.select(query("results")):
        grade = row["grade"]
        named = (str(row["indicator"]), str(row["name"]), None if grade is None else str(grade))
        results[id_of(str(row["project"]))].add(named)
    articles: defaultdict[str, list[tuple[ChainArticle, str]]] = defaultdict(list)
    for row in store.select(query("articles")):
        document, text = id_of(str(row["document"])), str(row["text"])
        if _ANNEX in text:
            lines = int(str(row["first"])), int(str(row["last"]))
            article = ChainArticle(thing(str(row["article"]), str(row["label"])), document, lines)
            articles[document].append((article, normal(text)))
    return _Facts(money, results, articles)


def _sums(amounts: Iterable[tuple[str, int, float]]) -> dict[int, float]:
    """Add amounts up by year: those of total rows where there are any, else all that are no part (うち) of another."""
    listed = list(amounts)
    totals = [amount for amount in listed if _TOTAL.search(amount[0])]
    sums: defaultdict[int, float] = defaultdict(float)
    for _, year, amount in totals or [amount for amount in listed if not amount[0].startswith("うち")]:
        sums[year] += amount
    return dict(sums)


def _article(store: Store, table: Cooperation, project: str) -> ChainArticle | None:
    """Return the article that refers to the annex: the one that names the measure's area, else the first that does."""
    found = sorted(_facts(store).articles.get(project.partition("/")[0], ()), key=lambda each: each[0].lines)
    labels = [normal(label) for label in table.areas[project]]
    naming = [article for article, text in found if any(label in text for label in labels)]
    return next(iter((*naming, *(article for article, _ in found))), None)


def _kinds(store: Store) -> Mapping[str, str]:
    rows = store.select(query("kinds"))
    return {id_of(str(row["document"])): str(row["kind"]) for row in rows}


def _parties(store: Store) -> Mapping[str, frozenset[str]]:
    """Return the municipalities that each document is of, by its id."""
    memo = store.memo
    if "parties" not in memo:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for row in store.select(query("parties")):
            found[id_of(str(row["document"]))].add(str(row["municipality"]))
        memo["parties"] = {document: frozenset(members) for document, members in found.items()}
    return cast("Mapping[str, frozenset[str]]", memo["parties"])
