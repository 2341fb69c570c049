"""Cross-checks: what a reader of a document should know before trusting it, as findings with both places.

A check never changes a record. It speaks only where the document itself gives the evidence: two places that disagree, a sum
that does not come out, a name that does not exist, a doubled character.
"""

from collections.abc import Callable, Sequence

from ingest.document import Document
from ingest.findings import Findings
from ingest.marks import marks_of_areas, names_of_pillars
from ingest.misreadings import slips, unknown_municipalities
from ingest.ratings import ratings_against_figures
from ingest.records import FindingRecord, Record
from ingest.repetitions import overview_as_purpose, repeated_overviews
from ingest.scheme import scheme_against_sheets
from ingest.totals import counts_in_words, sums_of_tables, totals_of_progress


def check(document: Document, records: Sequence[Record]) -> list[FindingRecord]:
    """Run every check over a document and its records."""
    findings = Findings(document)
    for run in _CHECKS:
        run(document, records, findings)
    return findings.made


_CHECKS: Sequence[Callable[[Document, Sequence[Record], Findings], None]] = (
    scheme_against_sheets,
    counts_in_words,
    totals_of_progress,
    sums_of_tables,
    repeated_overviews,
    overview_as_purpose,
    ratings_against_figures,
    marks_of_areas,
    names_of_pillars,
    unknown_municipalities,
    slips,
)
