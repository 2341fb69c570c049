"""An agreement article by article with the measures of its annex, and two agreements beside each other."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template
from markupsafe import Markup

from graph import chains
from graph.chains import Chain
from graph.roles import RoleSummary, role_summaries
from ingest.errors import UnknownRecord
from ingest.records import ArticleRecord, PartyRecord, ProjectRecord
from ingest.text import clean
from web.pages.differences import both_marked, likeness
from web.pages.frame import link, opened, say
from web.pages.roles import Symmetry, symmetry
from web.plans.comparison import Comparison

pages = Blueprint("agreements", __name__)

LEAST_ALIKE = 0.45
"""From this likeness on two articles of different headings are shown as one and the same."""

LEAST_MARKED = 0.25
"""Texts less alike than this stand beside each other without marks, which would cover them whole."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of an annex: its record, how its roles compare, and its chain to sheets, money and results."""

    record: ProjectRecord
    symmetry: Symmetry | None
    chain: Chain | None
    sheets: list[ProjectRecord]


@dataclass(frozen=True, slots=True)
class Side:
    """Two texts beside each other, each with what it alone says marked; ``same`` where nothing differs."""

    label: str
    a: Markup | None
    b: Markup | None

    @property
    def same(self) -> bool:
        """Tell whether both say the same."""
        return self.a is not None and self.a == self.b


@dataclass(frozen=True, slots=True)
class ArticlePair:
    """An article of each agreement that regulates the same, or of one alone, and its text compared."""

    a: ArticleRecord | None
    b: ArticleRecord | None
    text: Side


@dataclass(frozen=True, slots=True)
class MeasurePair:
    """A measure of each agreement that is likely the same work, part by part: overview, then roles by symbol."""

    a: ProjectRecord
    b: ProjectRecord
    parts: list[Side]


@pages.get("/documents/<document>/articles")
def one(document: str) -> str:
    """Show an agreement: parties, articles, and the measures of the annex by area."""
    directory, records = opened().directory, opened().state.records(document)
    head = directory.documents[document]
    articles = [r for r in records if isinstance(r, ArticleRecord)]
    if not articles:
        raise UnknownRecord(f"{document}/article-1")
    found = {c.measure.id: c for c in chains.measures(opened().store, document) if c.measure}
    measures = [_measure(r, found.get(r.id)) for r in records if isinstance(r, ProjectRecord)]
    resting = _by_article(measures)
    return render_template(
        "agreement.html",
        trail=[
            (say("nav.documents"), link("documents.every")),
            (head.title, link("documents.one", document=document)),
            (say("agreement.title"), None),
        ],
        document=head,
        parties=[r for r in records if isinstance(r, PartyRecord)],
        articles=articles,
        resting=resting,
        without=[article for article in articles if article.id not in resting],
        legends=opened().plans.legends,
        areas=_by_area(measures),
        total=len(measures),
        summary=_summary(document),
        broken=Counter(name for c in found.values() for name in c.broken),
        others=[d for d in directory.documents.values() if d.kind == head.kind and d.id != document],
        more=[d for d in directory.documents.values() if d.kind.endswith("agreement") and d.kind != head.kind],
    )


def compared(a: str, b: str, comparison: Comparison) -> tuple[list[ArticlePair], list[MeasurePair]]:
    """Return the articles and measures of two documents beside each other; empty lists where one has no articles."""
    state = opened().state
    articles = [[r for r in state.records(name) if isinstance(r, ArticleRecord)] for name in (a, b)]
    if not all(articles):
        return [], []
    symbols = [_symbols(name) for name in (a, b)]
    pairs = [(state.record(pair.a.id), state.record(pair.b.id)) for pair in comparison.pairs]
    measures = [
        MeasurePair(one, other, _parts(one, other, symbols))
        for one, other in pairs
        if isinstance(one, ProjectRecord) and isinstance(other, ProjectRecord)
    ]
    return list(_aligned(*articles)), measures


def _aligned(ours: Sequence[ArticleRecord], theirs: Sequence[ArticleRecord]) -> Iterable[ArticlePair]:
    """Pair articles by heading, then by what they say; those of one side alone keep their place in it."""
    free = {article.id: article for article in theirs}
    for article in ours:
        other = _same_heading(article, free.values()) or _most_alike(article, free.values())
        if other:
            del free[other.id]
        yield ArticlePair(article, other, _side("", _text(article), _text(other) if other else None))
    for article in free.values():
        yield ArticlePair(None, article, _side("", None, _text(article)))


def _same_heading(article: ArticleRecord, others: Iterable[ArticleRecord]) -> ArticleRecord | None:
    heading = clean(article.heading or "")
    return next((other for other in others if heading and clean(other.heading or "") == heading), None)


def _most_alike(article: ArticleRecord, others: Iterable[ArticleRecord]) -> ArticleRecord | None:
    scored = [
        (max(likeness(_text(article), _text(other)), likeness(article.heading or "", other.heading or "")), other)
        for other in others
    ]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= LEAST_ALIKE else None


def _parts(a: ProjectRecord, b: ProjectRecord, symbols: Sequence[dict[str, str]]) -> list[Side]:
    roles = [
        {names.get(name, name): text for name, text in r.roles.items()}
        for r, names in zip((a, b), symbols, strict=True)
    ]
    found = [_side(say("project.overview"), a.overview, b.overview)] if a.overview or b.overview else []
    shared = [*roles[0], *(symbol for symbol in roles[1] if symbol not in roles[0])]
    return [*found, *(_side(say("agreement.role_of", symbol=s), roles[0].get(s), roles[1].get(s)) for s in shared)]


def _side(label: str, a: str | None, b: str | None) -> Side:
    if a is None or b is None or likeness(a, b) < LEAST_MARKED:
        return Side(label, None if a is None else Markup.escape(a), None if b is None else Markup.escape(b))
    return Side(label, *both_marked(a, b))


def _text(article: ArticleRecord) -> str:
    return "\n".join(article.paragraphs)


def _symbols(document: str) -> dict[str, str]:
    records = opened().state.records(document)
    return {r.municipality: r.symbol for r in records if isinstance(r, PartyRecord) and r.symbol}


def _by_area(measures: Iterable[Measure]) -> list[tuple[tuple[str, ...], list[Measure]]]:
    groups: dict[tuple[str, ...], list[Measure]] = {}
    for measure in measures:
        groups.setdefault(measure.record.area or (), []).append(measure)
    return list(groups.items())


def _measure(record: ProjectRecord, chain: Chain | None) -> Measure:
    found = [opened().state.record(sheet.project.id) for sheet in chain.sheets] if chain else []
    return Measure(record, symmetry(record.id), chain, [each for each in found if isinstance(each, ProjectRecord)])


def _by_article(measures: Iterable[Measure]) -> dict[str, list[Measure]]:
    """Return the measures that rest on each article, by its id."""
    groups: dict[str, list[Measure]] = {}
    for measure in measures:
        if measure.chain and measure.chain.article:
            groups.setdefault(measure.chain.article.article.id, []).append(measure)
    return groups


def _summary(document: str) -> RoleSummary | None:
    return next(iter(role_summaries(opened().store, document)), None)
