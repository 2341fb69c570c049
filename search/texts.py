"""The parts of records as the text, years, money and page of an entry."""

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from ingest.records import BasicIndicatorRecord, Department, Indicator, ProjectRecord

_TOTALS = {"合計", "計", "総計", "総額"}


def page(*parts: str) -> str:
    """Return the address of a page below the root of the site, percent-encoded."""
    return "/" + "/".join(quote(part, safe="") for part in parts)


@lru_cache(maxsize=1024)
def project_page(project_id: str) -> str:
    """Return the page of a project."""
    document, _, local = project_id.partition("/")
    return page("projects", document, local)


def lines_of(*texts: str | None) -> str:
    """Return the texts that are there, one a line: words do not join across lines."""
    return "\n".join(filter(None, texts))


def department_name(department: Department) -> str:
    """Return the municipality and the whole name of a unit."""
    return f"{department.municipality or ''} {''.join(department.path) or department.raw}".strip()


def indicator_text(indicator: Indicator | BasicIndicatorRecord) -> str:
    """Return the name of an indicator and its figures as printed."""
    values = (indicator.baseline, indicator.target, indicator.actual)
    return " ".join((indicator.name, *(value.text for value in values if value)))


def schedule_texts(project: ProjectRecord) -> Iterator[str | None]:
    """Yield the labels of the rows and phases of a schedule, and those of the budget."""
    for item in project.schedule:
        yield item.label
        yield from (phase.label for phase in item.phases)
    yield from (row.label for row in project.budget)


def years_of(project: ProjectRecord) -> list[int]:
    """Return the fiscal years with a mark in the schedule or an amount in the budget."""
    years = {year for item in project.schedule for year in item.marks}
    years |= {year for row in project.budget for year, amount in row.amounts.items() if amount}
    return sorted(int(year) for year in years if year.isdecimal())


def budget_of(project: ProjectRecord) -> float | None:
    """Return the thousand yen printed for all years: the totals where they are printed, else the sum of the rows."""
    totals = [row for row in project.budget if row.label in _TOTALS]
    amounts = [a for row in totals or project.budget for a in row.amounts.values() if a is not None]
    return float(sum(amounts)) if amounts else None
