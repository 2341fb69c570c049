"""What the tables of a document hold that are no projects; ids count on over all of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest import numbers
from ingest.blocks import Row
from ingest.grid import Series
from ingest.records import (
    FacilityRecord,
    ImplementedItemRecord,
    MetropolitanAreaRecord,
    ObservationRecord,
    ProgressCountRecord,
    Source,
)
from ingest.text import clean, nfkc


@dataclass
class Statistics:
    """What was read from the tables of a document that are no projects."""

    document: str
    observations: list[ObservationRecord] = field(default_factory=list)
    facilities: list[FacilityRecord] = field(default_factory=list)
    counts: list[ProgressCountRecord] = field(default_factory=list)
    implemented: list[ImplementedItemRecord] = field(default_factory=list)
    metropolitan: list[MetropolitanAreaRecord] = field(default_factory=list)

    def records(
        self,
    ) -> Iterator[
        ObservationRecord | FacilityRecord | ProgressCountRecord | ImplementedItemRecord | MetropolitanAreaRecord
    ]:
        """Yield all records, by type."""
        yield from self.counts
        yield from self.implemented
        yield from self.metropolitan
        yield from self.observations
        yield from self.facilities

    def new_id(self, kind: str, known: int) -> str:
        """Return the id of the record after ``known`` others of its kind."""
        return f"{self.document}/{kind}-{known + 1}"

    def add_progress(self, row: Row, status: str, counts: dict[str, int | None]) -> None:
        """Add the numbers of items of one status, by fiscal year."""
        self.counts.append(
            ProgressCountRecord(
                id=self.new_id("progress-count", len(self.counts)),
                document=self.document,
                source=source_of(row),
                status=status,
                counts=counts,
            )
        )

    def add_implemented(self, row: Row, title: str, detail: str | None) -> None:
        """Add an item that was carried out."""
        self.implemented.append(
            ImplementedItemRecord(
                id=self.new_id("implemented-item", len(self.implemented)),
                document=self.document,
                source=source_of(row),
                title=title,
                detail=detail,
            )
        )

    def add_facility(self, row: Row, municipality: str | None, category: str, name: str, group: str | None) -> None:
        """Add a place that a table or list names; ``group`` is the word that heads some of its names."""
        self.facilities.append(
            FacilityRecord(
                id=self.new_id("facility", len(self.facilities)),
                document=self.document,
                source=source_of(row),
                municipality=municipality,
                category=category,
                name=name,
                group=group,
            )
        )

    def add_observation(self, row: Row, series: Series, cell: str) -> None:
        """Add the figure of a cell, if it is one; a unit beside it counts before that of its series."""
        plain = clean(re.sub(r"</?\w+>", "", cell))
        read = numbers.figure(re.sub(r"\(\d+\)$", "", nfkc(plain)))
        if read is None or "~" in plain:
            return
        unit = read.unit or series.unit
        self.observations.append(
            ObservationRecord(
                id=self.new_id("observation", len(self.observations)),
                document=self.document,
                source=source_of(row),
                indicator=series.indicator,
                municipality=series.municipality,
                period=series.period,
                value=read.value,
                unit=unit,
                dimensions=series.dimensions,
            )
        )


def source_of(row: Row) -> Source:
    """Return the place of a row."""
    return Source(row.page, (row.first, row.last))
