"""The answers on plans as plain dicts: figures, schedules, money, coverage, progress, findings, citations, spellings."""

from urllib.parse import quote, urlencode

from ingest.records import FindingRecord, Measured, ProgressCountRecord, ScheduleItem, Source, Target
from web.api import answers
from web.entries import ProjectEntry
from web.pages.frame import opened
from web.plans.comparison import Comparison
from web.plans.coverage import NOBODY, Column, Row
from web.plans.figures import Figure
from web.plans.legal import Citation
from web.plans.money import Amount, SumRow
from web.plans.progress import Progress
from web.plans.quality import Quality
from web.plans.variants import Variant


def figure(found: Figure) -> answers.FigureAnswer:
    """Return an indicator with its rating."""
    legend = opened().plans.legends.get(found.document)
    return {
        "document": found.document,
        "draft": opened().directory.documents[found.document].draft,
        "project": found.project,
        "area": list(found.area),
        "name": found.name,
        "year": found.year,
        "baseline": _value(found.baseline),
        "target": _value(found.target),
        "actual": _value(found.actual),
        "rating": found.rating,
        "rating_word": legend.words.get(found.rating) if legend and found.rating else None,
        "shared": found.shared,
        "verdict": found.verdict,
        "verdict_reason": found.reason,
        "lines": found.source.lines,
        "url": _project(found.project) if found.project else _place(found.document, found.source),
    }


def _value(value: Measured | Target | None) -> answers.ValueAnswer | None:
    if value is None:
        return None
    time = value.as_of if isinstance(value, Measured) else value.due
    return {"text": value.text, "value": value.value, "unit": value.unit, "time": time}


def schedule(found: tuple[ProjectEntry, ScheduleItem]) -> answers.ScheduleAnswer:
    """Return a row of a schedule."""
    project, item = found
    years = {int(year) for year in item.marks}
    years |= {year for phase in item.phases for year in range(phase.from_fy, phase.to_fy + 1)}
    return {
        "project": project.id,
        "document": project.document,
        "title": project.title,
        "label": item.label,
        "marks": dict(item.marks),
        "running": [str(year) for year in sorted(years)],
        "url": _project(project.id),
    }


def amount(found: Amount) -> answers.AmountAnswer:
    """Return a cell of a budget."""
    return {
        "project": found.project,
        "document": found.document,
        "draft": found.draft,
        "area": found.area,
        "municipality": found.municipality,
        "label": found.label,
        "year": found.year,
        "value": found.value,
        "url": _project(found.project),
    }


def sums(row: SumRow, label: str | None) -> list[answers.SumAnswer]:
    """Return a row of sums, one entry a year."""
    return [
        {
            "key": row.key,
            "label": label,
            "draft": row.draft,
            "projects": len(row.projects),
            "year": year,
            "value": found.shown,
            "amounts": found.amounts,
            "blanks": found.blanks,
        }
        for year, found in sorted(row.years.items())
    ]


def cell(row: Row, column: Column, projects: int) -> answers.CoverageAnswer:
    """Return a cell of the coverage map, also one that is empty."""
    query = {"document": column.document or "", "municipality": column.municipality, "area": row.key}
    return {
        "area": list(row.area),
        "municipality": None if column.municipality == NOBODY else column.municipality,
        "document": column.document,
        "projects": projects,
        "url": "/projects?" + urlencode({name: value for name, value in query.items() if value}),
    }


def progress(found: tuple[Progress, ProgressCountRecord]) -> answers.ProgressAnswer:
    """Return how many projects stood at a status."""
    whole, record = found
    return {
        "document": whole.document,
        "status": record.status,
        "counts": dict(record.counts),
        "totals": dict(whole.totals),
        "lines": record.source.lines,
        "url": _place(whole.document, record.source),
    }


def finding(record: FindingRecord) -> answers.FindingAnswer:
    """Return a finding with both places."""
    other = record.elsewhere_source
    return {
        "id": record.id,
        "document": record.document,
        "kind": record.kind,
        "where": record.where,
        "says": record.says,
        "elsewhere": record.elsewhere,
        "subject": record.subject,
        "lines": record.source.lines,
        "elsewhere_lines": other.lines if other else None,
        "url": _place(record.document, record.source),
    }


def citation(found: Citation) -> answers.CitationAnswer:
    """Return a citation with its place."""
    return {
        "law": found.law,
        "article": found.article,
        "document": found.document,
        "place": found.place,
        "ground": found.ground,
        "lines": found.source.lines,
        "url": _place(found.document, found.source),
    }


def variant(found: tuple[str, Variant]) -> answers.VariantAnswer:
    """Return a word in its spellings."""
    document, word = found
    first = word.spellings[0].lines[0]
    return {
        "document": document,
        "sound": word.sound,
        "spellings": [{"text": s.text, "lines": list(s.lines)} for s in word.spellings],
        "url": _place(document, Source(None, (first, first))),
    }


def aligned(comparison: Comparison) -> list[answers.AlignedAnswer]:
    """Return the projects of two documents: those that are likely the same work, then those of one only."""

    def ref(project: ProjectEntry) -> answers.Ref:
        return {"id": project.id, "title": project.title}

    pairs: list[answers.AlignedAnswer] = [
        {"a": ref(pair.a), "b": ref(pair.b), "score": pair.score, "words": list(pair.words)}
        for pair in comparison.pairs
    ]
    pairs += [{"a": ref(project), "b": None, "score": None, "words": []} for project in comparison.only_a]
    pairs += [{"a": None, "b": ref(project), "score": None, "words": []} for project in comparison.only_b]
    return pairs


def _project(key: str) -> str:
    return f"/projects/{quote(key)}"


def _place(document: str, source: Source) -> str:
    first, last = source.lines
    return f"/documents/{quote(document)}?lines={first}-{last}#L{first}"


def quality(found: Quality) -> answers.QualityAnswer:
    """Return how a document was read."""
    return {
        "document": found.document,
        "counts": dict(found.counts),
        "filled": dict(found.filled),
        "lines": found.lines,
        "read": found.read,
        "findings": dict(found.findings),
        "url": f"/documents/{found.document}",
    }
