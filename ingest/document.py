"""A document as the parsers see it: its blocks, its parties, and what its first pages say of it as a whole."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps

from ingest.blocks import Block, Table, blocks, is_contents_line, is_page_mark, with_surroundings
from ingest.broken_lines import closed_up, is_broken, without_running_titles
from ingest.capacities import capacity_parties, read_capacities
from ingest.captioned_forms import gathered
from ingest.column_meanings import Part
from ingest.columns import parts
from ingest.extract import Extract, Line
from ingest.gap_rows import with_gap_rows
from ingest.label_marks import with_bracketed_labels
from ingest.learned_heads import with_known_heads
from ingest.learned_labels import with_known_labels
from ingest.named_parties import defined_parties, preamble_parties, title_parties
from ingest.parties import Parties, names_in
from ingest.revisions import compared_lines, with_new_text
from ingest.signatures import read_signatures
from ingest.text import SOFT, clean
from ingest.titles import cover_of, title_of

_AGREEMENT = re.compile(r"協定|協約|覚書")
_OF_ONE_AREA = re.compile(r"ビジョン|計画|プラン|構想(?!とは)|一覧|状況|進捗|実績|評価")
_AREA_NAME = re.compile(r"(?P<name>.{2,20}?)(?:連携中枢|定住自立|広域)?(?:都市)?圏")
_WHOLE_AREA = re.compile(r"圏域(?:合?計|全体)")


@dataclass
class Document:
    """One document in reading: the extract of its file and what is known of the file."""

    id: str
    file: str
    sha256: str
    extract: Extract
    _parts: dict[int, Sequence[Part]] = field(default_factory=dict, repr=False, compare=False)
    answers: dict[Callable[["Document"], bool], bool] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def lines(self) -> Sequence[Line]:
        """The lines of the extracted text: a scan's spaced characters closed up, labels of the document's own as known ones."""
        texts = [line.text for line in self._rows]
        texts = with_known_heads(with_known_labels(with_new_text(texts) if self.comparisons else texts))
        return _with_texts(self._rows, texts)

    @cached_property
    def _rows(self) -> Sequence[Line]:
        lines = closed_up(without_running_titles(self.extract.lines))
        return _with_texts(lines, with_gap_rows([line.text for line in lines]))

    @cached_property
    def comparisons(self) -> list[int]:
        """The lines that head a table of a new text beside the old one; ``lines`` hold the new one alone."""
        return compared_lines([line.text for line in self._rows])

    @cached_property
    def is_laid_out(self) -> bool:
        """Tell whether the container's layout says which lines ended for want of room."""
        return any(line.full for line in self.lines)

    @cached_property
    def blocks(self) -> list[Block]:
        """Headings, paragraphs and tables in order."""
        return gathered(list(with_surroundings(with_bracketed_labels(blocks(self.lines)))))

    @cached_property
    def tables(self) -> list[Table]:
        """The tables in order."""
        return [b for b in self.blocks if isinstance(b, Table)]

    def parts(self, table: Table) -> Sequence[Part]:
        """Return the rows of a table under their heading rows; the parsers ask this again and again."""
        line = table.rows[0].first
        if line not in self._parts:
            self._parts[line] = list(parts(table.rows, self.parties))
        return self._parts[line]

    @cached_property
    def numbered(self) -> list[tuple[int, str]]:
        """The lines that hold text, with their numbers; page marks and contents are left out."""
        return [
            (line.number, line.text.replace(SOFT, ""))
            for line in self.lines
            if line.text.strip()
            and not is_page_mark(line.text)
            and not is_contents_line(line.text)
            and not line.text.lstrip().startswith("<!--")
        ]

    @cached_property
    def flow(self) -> list[tuple[int, str]]:
        """The lines that hold text, those joined that a page's edge broke inside a sentence; numbers are of first lines."""
        joined: list[tuple[int, str]] = []
        last = 0
        for number, raw in self.numbered:
            full = self.lines[last - 1].full if self.is_laid_out else None
            if joined and number - last <= 2 and is_broken(joined[-1][1], raw, full=full):
                joined[-1] = (joined[-1][0], joined[-1][1].rstrip() + raw.strip())
            else:
                joined.append((number, raw))
            last = number
        return joined

    @cached_property
    def cover(self) -> list[tuple[int, str]]:
        """The first lines, cleaned: where a document says what it is."""
        return cover_of(self.numbered)

    @property
    def heads_sheets(self) -> bool:
        """Tell whether the headings are the names of the sheets of a workbook."""
        return "spreadsheet" in self.extract.media_type or "excel" in self.extract.media_type

    @cached_property
    def title(self) -> str:
        """The title, the file's name where no line is one."""
        return title_of(self.cover, self.lines, heads_sheets=self.heads_sheets) or self.id

    @cached_property
    def parties(self) -> Parties:
        """Who the document is of (see ``ingest.parties``); capacities read."""
        parties = defined_parties(self.flow)
        titled = bool(_AGREEMENT.search(self.title))
        signed = bool(parties.members) or titled
        if not parties.members and titled:
            parties = preamble_parties(self.flow)
        if not parties.members:
            parties = title_parties(self.numbered)
        if signed:
            read_signatures(parties, self.numbered)
        elif _OF_ONE_AREA.search(self.title):
            capacity_parties(parties, self.numbered)  # other papers speak of other areas too
        read_capacities(parties, self.flow)
        area = _AREA_NAME.search(self.title)
        parties.area_name = area["name"] if area else ""
        return parties

    @cached_property
    def area_members(self) -> Parties:
        """The municipalities of the area that tables or cells of a report or briefing name as its members."""
        parties = Parties()
        for table in self.tables:
            total = next((r for r in table.rows if any(_WHOLE_AREA.search(clean(c)) for c in r.cells[:3])), None)
            if total is None:
                continue
            for row in table.rows:
                if row is total:
                    break
                for name in [n for c in row.cells[:2] for n in names_in(c) if clean(c) == n]:
                    parties.add(name, row.first)
        return parties

    def text_of(self, first: int, last: int) -> str:
        """Return the words of a range of lines."""
        return "\n".join(line.text.replace(SOFT, "") for line in self.lines[first - 1 : last])


def _with_texts(lines: Sequence[Line], texts: Sequence[str]) -> list[Line]:
    return [replace(line, text=text) if text != line.text else line for line, text in zip(lines, texts, strict=True)]


def once(question: Callable[[Document], bool]) -> Callable[[Document], bool]:
    """Remember in a document what was asked of it: the parsers ask one another what it is."""

    @wraps(question)
    def answer(document: Document) -> bool:
        if question not in document.answers:
            document.answers[question] = question(document)
        return document.answers[question]

    return answer
