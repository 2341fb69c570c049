"""The indicators of a form: small tables of figures in it, figures behind their labels, a rating for all of them."""

import dataclasses
import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from ingest import numbers
from ingest.blocks import Row
from ingest.indicator_cells import Cells
from ingest.indicator_times import ONLY_TIME
from ingest.indicators import GRADE, RATING, indicators, rating_in
from ingest.labels import Label
from ingest.sheets.segments import Segment
from ingest.sheets.sheet import FIGURES, Sheet
from ingest.text import clean, key
from ingest.told_indicators import inline, result, timed
from ingest.years import fiscal_year, heading_time

_HEADS = ("indicator", "unit", "schedule_item", *FIGURES)


class FormFigures:
    """Reads the rows of a form that speak of indicators into its sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._heads: dict[int, Label] = {}
        self._labelled: tuple[dict[str, str], dict[str, str | None], int] | None = None
        self._rating = ""
        self._spans: dict[int, list[int]] = {}
        self._years: dict[int, str] = {}
        self._of_years: tuple[Cells, int] | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether a row that heads a table of figures stands above."""
        return bool(self._heads)

    def is_left_of(self, column: int) -> bool:
        """Tell whether a column stands before all those that an open table of figures has heads for."""
        return self.is_open and column < min(self._heads)

    def close(self) -> None:
        """Forget the heads of a table of figures: another label follows."""
        self._heads, self._years, self._of_years = {}, {}, None

    def read(self, segments: Sequence[Segment]) -> bool:
        """Read a row that heads a small table of figures, or holds figures behind their labels; tell whether it did."""
        heads = [s.label for s in segments if s.label and s.label.field in ("indicator", *FIGURES)]
        rated = next((s for s in segments if s.label and s.label.field == "rating"), None)
        if rated and rated.cells and len(heads) == 1 and all(s.label for s in segments):
            self._rating = rated.words
            return len(segments) == 1
        kind = next((s for s in segments if s.label and s.label.field in ("target", "actual")), None)
        if self._years and kind and kind.label:
            self._row_of_kind(segments, kind.label.field, dict(kind.cells))
            return True
        if any(s.cells for s in segments if s.label and s.label.field in FIGURES) and not self._heads_more(segments):
            self._labelled_figures(segments)
            return True
        if len(heads) < 2:
            return False
        self._heads = {s.column: s.label for s in segments if s.label and s.label.field in _HEADS}
        self._spans = _spans(segments)
        self._years = {i: clean(c) for s in segments for i, c in s.cells if fiscal_year(c) is not None}
        self._of_years = None
        self._sheet.open = heads[0]
        return True

    def _row_of_kind(self, segments: Sequence[Segment], kind: str, cells: dict[int, str]) -> None:
        """Read a row of targets or of actual figures by year (催しの参加者数 | 目標 | 80人 | 90人 | …): the last of them counts."""
        words = "" if segments[0].label else segments[0].words
        if words or self._of_years is None:
            self._of_years = Cells(words), len(self._sheet.draft.indicators)
        known, start = self._of_years
        base = next((i for i, found in self._heads.items() if found.field == "baseline"), None)
        first = cells.get(base, "") if base is not None else ""
        if first and not numbers.is_dash(first) and base is not None:
            known = dataclasses.replace(known, baseline=first, baseline_time=heading_time(self._heads[base].words))
        stated = [(i, cells[i]) for i in self._years if cells.get(i, "").strip() and not numbers.is_dash(cells[i])]
        if stated:
            at, figure = stated[-1]
            known = dataclasses.replace(known, **{kind: figure, f"{kind}_time": self._years[at]})
        self._of_years = known, start
        self._sheet.draft.indicators = [*self._sheet.draft.indicators[:start], *indicators(known)]

    def _heads_more(self, segments: Sequence[Segment]) -> bool:
        """Tell whether a row heads columns, some of which (達成率) no label names: none of its other cells is a figure."""
        heads = sum(s.label is not None and s.label.field in _HEADS for s in segments)
        others = [clean(cell) for s in segments for _, cell in s.cells if fiscal_year(cell) is None]
        return heads >= 3 and not any(
            re.search(r"\d", cell) or numbers.is_dash(cell) or RATING.match(cell) for cell in others
        )

    def told(self, name: str, cells: Sequence[tuple[int, str]]) -> None:
        """Read the cells behind the label of an indicator, a name, figures with their times, or running words; or a grade."""
        words = " ".join(cell for _, cell in cells)
        if name == "rating":
            self._rating = self._rating or words
            return
        self._sheet.draft.indicators += indicators(timed([cell for _, cell in cells]) or inline(words) or Cells(words))

    def row(self, row: Row) -> None:
        """Read a row below the heads of a table of figures."""
        # The column of the names is the last that says so: 数値目標 | 項目 | 現状(R5) | 目標(R9).
        cell = {
            "indicator" if found.field == "schedule_item" else found.field: row.cell(column)
            for column, found in sorted(self._heads.items())
        }
        if not cell.get("indicator", "").strip():
            cell["indicator"] = self._name_beside(row)
        time = {found.field: heading_time(found.words) for found in self._heads.values()}
        for column, found in self._heads.items():
            if found.field in FIGURES:
                own, cell[found.field] = self._time_and_value(row, column)
                time[found.field] = own or time[found.field]
        self._sheet.draft.indicators += indicators(
            Cells(
                names=cell.get("indicator", ""),
                baseline=cell.get("baseline", ""),
                target=cell.get("target", ""),
                actual=cell.get("actual", ""),
                rating=cell.get("rating", ""),
                baseline_time=time.get("baseline"),
                target_time=time.get("target"),
                actual_time=time.get("actual"),
                unit=clean(cell.get("unit", "")) or None,
            )
        )

    def holds_figures(self, row: Row) -> bool:
        """Tell whether a row below the heads of figures gives some with their times beside them: 受診者数 | R5 | 1,800 | R10 | 3,000."""
        return any(
            numbers.figure(row.cell(i)) is not None and fiscal_year(row.cell(i)) is None
            for column, found in self._heads.items()
            if found.field in FIGURES
            for i in [column, *self._spans.get(column, ())]
        )

    def _time_and_value(self, row: Row, column: int) -> tuple[str | None, str]:
        """Return the figure below a head, and the time that has a cell of its own below it (基準値 over R5 | 1,800)."""
        cells = [cell for i in [column, *self._spans.get(column, ())] if (cell := row.cell(i).strip())]
        if len(cells) < 2 or not ONLY_TIME.match(clean(cells[0])):
            return None, cells[0] if cells else ""
        return clean(cells[0]), " ".join(cells[1:])

    def _name_beside(self, row: Row) -> str:
        """Return the name that stands between the head of the names and that of the next column: KPI | (blank) | 基準値."""
        named = [column for column, found in self._heads.items() if found.field in ("indicator", "schedule_item")]
        after = [column for column in self._heads if named and column > max(named)]
        return next((row.cell(i) for i in row.filled if named and max(named) < i < min(after, default=0)), "")

    def _labelled_figures(self, segments: Sequence[Segment]) -> None:
        """Read a row in which each figure stands behind its label: 指標 | … | 現状値(R3) | 31人 | 目標値(R9) | 180人."""
        words, time = self._by_label(segments)
        draft = self._sheet.draft
        told = (
            inline(words.get("target", ""))
            if not words["indicator"] and set(words) == {"indicator", "target"}
            else None
        )
        if told:  # 目標 | 受診者数 R5 1,820人 → R8 2,000人
            draft.indicators += indicators(told)
            return
        if not words["indicator"] and set(words) == {"indicator", "actual"} and not self._labelled:
            self._put_result(words["actual"], time["actual"])
            return
        if not words["indicator"] and self._labelled:  # more figures of the indicator in the row above
            words = {**self._labelled[0], **{name: said for name, said in words.items() if said}}
            time = {**self._labelled[1], **time}
            draft.indicators = draft.indicators[: self._labelled[2]]
        self._labelled = (words, time, len(draft.indicators))
        figures = [words.get(name, "") for name in ("indicator", *FIGURES)]
        times = [time.get(name) for name in ("baseline", "target", "actual")]
        draft.indicators += indicators(Cells(*figures, *times))

    def _put_result(self, words: str, time: str | None) -> None:
        """Take what came of a measure (令和6年度の実績) as a figure where it is one with its name, else as its progress."""
        told = result(words)
        if told:
            self._sheet.draft.indicators += indicators(dataclasses.replace(told, actual_time=time))
        else:
            self._sheet.draft.put("progress", words)

    def _by_label(self, segments: Sequence[Segment]) -> tuple[dict[str, str], dict[str, str | None]]:
        """Return the words of each field, and the time that its label names; 現在値 beside a target is the baseline."""
        words = {"indicator": ""}
        time: dict[str, str | None] = {}
        for segment in segments:
            field = segment.label.field if segment.label else self._sheet.open_field
            words[field] = words.get(field) or segment.words
            time[field] = heading_time(segment.label.words) if segment.label else None
            present = key(segment.label.words if segment.label else "").startswith("現")
            if field == "actual" and "baseline" not in words and present:
                words["baseline"], time["baseline"] = words.pop(field), time.pop(field)
            if segment.label and segment.label.field == "indicator":
                self._sheet.open = segment.label
        return words, time

    def share_rating(self) -> None:
        """Give a rating that a form prints once to each of its indicators."""
        rating, listed = rating_in(self._rating) or _grade_in(self._rating), self._sheet.draft.indicators
        if rating and not any(one.rating for one in listed):
            shared = len(listed) > 1
            self._sheet.draft.indicators = [replace(one, rating=rating, shared=shared) for one in listed]


def _spans(segments: Sequence[Segment]) -> dict[int, list[int]]:
    """Return the columns without a head between each column of a row of heads and the next."""
    filled = sorted([s.column for s in segments] + [i for s in segments for i, _ in s.cells])
    return {left: list(range(left + 1, right)) for left, right in pairwise(filled)}


def _grade_in(words: str) -> str | None:
    """Return a grade in words (順調, やや遅れ, 概ね達成), None for anything else."""
    plain = clean(words)
    return plain if GRADE.fullmatch(plain) else None
