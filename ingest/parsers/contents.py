"""What the parsers of several kinds share: drafts and areas become records, in one way."""

from collections.abc import Callable, Iterator, Sequence

from ingest import areas
from ingest.document import Document
from ingest.indicator_cells import Cells
from ingest.projects import Draft, local_ids
from ingest.records import (
    AreaRecord,
    BasicIndicatorRecord,
    FindingRecord,
    Indicator,
    ProjectRecord,
    SchemeRowRecord,
    Source,
)
from ingest.rows.basics import BasicIndicator
from ingest.sheets.sheet import Oddity


def project_records(document: Document, drafts: Sequence[Draft], unnumbered: str = "row") -> Iterator[ProjectRecord]:
    """Yield the records of drafts that have a name, in document order."""
    kept = [draft for draft in drafts if draft.is_project()]
    for draft, local in local_ids(kept, unnumbered):
        yield draft.record(document.id, local)


def area_records(document: Document, register: areas.AreaRegister) -> Iterator[AreaRecord]:
    """Yield every area once, outer ones before inner ones; ids follow the marks (3, 3.1, 3.1.g)."""
    ids: dict[tuple[str, ...], str] = {}
    taken: set[str] = set()
    for path, (notation, first, last) in register.seen.items():
        parent = ids.get(path[:-1])
        step = _step(notation) or str(1 + sum(1 for other in ids if other[:-1] == path[:-1]))
        local = f"{parent.rpartition('area-')[2]}.{step}" if parent else step
        while local in taken:
            local += "+"
        taken.add(local)
        ids[path] = f"{document.id}/area-{local}"
        page = document.lines[first - 1].page if document.lines else None
        yield AreaRecord(
            id=ids[path],
            document=document.id,
            source=Source(page, (first, last)),
            level=len(path),
            notation=notation,
            label=path[-1],
            parent=parent,
        )


def _step(notation: str | None) -> str | None:
    """Return a mark as a step of an id: (1) → 1, 別表2 → 2."""
    plain = (notation or "").removeprefix("別表第").removeprefix("別表").strip("()・.")
    return plain if plain and plain not in areas.BULLETS else None


def register_drafts(register: areas.AreaRegister, drafts: Sequence[Draft]) -> None:
    """Enter the areas of drafts at the first line of the first draft under each."""
    for draft in drafts:
        if draft.area and draft.lines:
            register.add(draft.area, min(draft.lines), min(draft.lines))


def scheme_records(document: Document, drafts: Sequence[Draft]) -> Iterator[SchemeRowRecord]:
    """Yield the rows of the 体系図."""
    for draft, local in local_ids([d for d in drafts if d.is_project()]):
        record = draft.record(document.id, local)
        yield SchemeRowRecord(
            id=f"{document.id}/scheme-{local}",
            document=document.id,
            source=record.source,
            area=record.area,
            program=record.program,
            title=record.title,
            departments=record.departments,
            number=record.number,
            branch=record.branch,
        )


def basic_records(
    document: Document, basics: Sequence[BasicIndicator], read: Callable[[Cells], tuple[Indicator, ...]]
) -> Iterator[BasicIndicatorRecord]:
    """Yield the indicators of areas."""
    count = 0
    for basic in basics:
        for indicator in read(basic.cells):
            count += 1
            yield BasicIndicatorRecord(
                id=f"{document.id}/basic-indicator-{count}",
                document=document.id,
                source=Source(basic.row.page, (basic.row.first, basic.row.last)),
                area=tuple(h.label for h in basic.area) or None,
                name=indicator.name,
                baseline=indicator.baseline,
                target=indicator.target,
                actual=indicator.actual,
                rating=indicator.rating,
                shared=indicator.shared,
            )


def oddity_findings(
    document: Document, oddities: Sequence[tuple[Draft, Oddity]], drafts: Sequence[Draft], made: Sequence[ProjectRecord]
) -> Iterator[FindingRecord]:
    """Yield what was odd about forms as findings about their projects."""
    subjects = {id(draft): record.id for draft, record in zip([d for d in drafts if d.is_project()], made, strict=True)}
    for count, (draft, oddity) in enumerate(oddities, 1):
        yield FindingRecord(
            id=f"{document.id}/finding-form-{count}",
            document=document.id,
            source=Source(draft.page, (oddity.line, oddity.line)),
            kind=oddity.kind,
            where=oddity.where,
            says=oddity.says,
            elsewhere=None,
            subject=subjects.get(id(draft)),
        )
