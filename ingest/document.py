"""A document as the parsers see it: its blocks, its parties, and what its first pages say of it as a whole."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps

from ingest.blocks import Block, Table, blocks, is_contents_line, is_page_mark
from ingest.capacities import capacity_parties, read_capacities
from ingest.extract import Extract, Line
from ingest.learned_heads import with_known_heads
from ingest.learned_labels import with_known_labels
from ingest.named_parties import defined_parties, preamble_parties, title_parties
from ingest.parties import Parties, names_in
from ingest.signatures import read_signatures
from ingest.text import SOFT, clean, is_spaced, nfkc

_TITLE_WORDS = re.compile(
    r"(?:計画書?|ビジョン|構想|プラン|協約書?|協定書?|覚書|規約|一覧表?|について|調書|個票|報告書?|資料|概要版?|方針|宣言書?|実施状況等?|進捗状況等?|評価|取組状況等?|(?:管理|評価|進捗|事業|検証)(?:表|シート)|達成状況|検証結果?)"
    r"(?:\s*\(.{1,16}\)|【.{1,12}】|\d{4}|第\d期|等|表|の?(?:概要|一覧)|(?:令和|平成)\S{1,6})*$"
)
DRAFT = re.compile(
    r"[(【\[](?:案|素案|原案|骨子案|未定稿|たたき台|パブリックコメント案|中間案)[)】\]]|^(?:素案|原案|未定稿)$"
)
_LOCATION = re.compile(r"(?:現在の?位置|ホーム|トップ)")
_BREADCRUMB = re.compile(r"^(?:現在の?位置|ホーム|トップ)\s*[:>＞]|(?:[^>＞]+\s*[>＞]\s*){2,}")
COVER = 60


@dataclass
class Document:
    """One document in reading: the extract of its file and what is known of the file."""

    id: str
    file: str
    sha256: str
    extract: Extract
    answers: dict[Callable[["Document"], bool], bool] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def lines(self) -> Sequence[Line]:
        """The lines of the extracted text: a scan's spaced characters closed up, labels of the document's own as known ones."""
        lines = self._closed_lines()
        texts = with_known_heads(with_known_labels([line.text for line in lines]))
        return [
            replace(line, text=text) if text != line.text else line for line, text in zip(lines, texts, strict=True)
        ]

    def _closed_lines(self) -> Sequence[Line]:
        lines = without_running_titles(self.extract.lines)
        filled = [line for line in lines if len(line.text.split()) > 5]
        if sum(_is_scanned(line.text) for line in filled) < max(3, len(filled) // 2):
            return lines
        return tuple(replace(line, text=_closed_up(line.text)) for line in lines)

    @cached_property
    def is_laid_out(self) -> bool:
        """Tell whether the container's layout says which lines ended for want of room."""
        return any(line.full for line in self.lines)

    @cached_property
    def blocks(self) -> list[Block]:
        """Headings, paragraphs and tables in order."""
        return blocks(self.lines)

    @cached_property
    def tables(self) -> list[Table]:
        """The tables in order."""
        return [b for b in self.blocks if isinstance(b, Table)]

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
        """The first lines, cleaned, one-character lines (協 / 定 / 書) joined: where a document says what it is."""
        joined: list[tuple[int, str]] = []
        run: list[tuple[int, str]] = []
        for number, raw in self.numbered[:COVER]:
            text = clean(re.sub(r"^[#\s○◯]+", "", raw)) if "\t" not in raw else raw
            if (_LOCATION.match(text) or text.count(">") + text.count("＞") > 1) and _BREADCRUMB.search(text):
                continue
            if len(text) == 1:
                run.append((number, text))
                continue
            if run:
                joined.append((run[0][0], "".join(t for _, t in run)))
                run = []
            joined.append((number, text.replace(" ", "") if is_spaced(raw) else text))
        return joined + ([(run[0][0], "".join(t for _, t in run))] if run else [])

    @property
    def heads_sheets(self) -> bool:
        """Tell whether the headings are the names of the sheets of a workbook."""
        return "spreadsheet" in self.extract.media_type or "excel" in self.extract.media_type

    @cached_property
    def title(self) -> str:
        """The title: the best of the first lines that end as titles do, else the first heading or line, else the file's name."""
        candidates = []
        for place, (number, text) in enumerate(self.cover):
            if "\t" in text or "。" in text or not 4 <= len(text) <= 80:
                continue
            raw = self.lines[number - 1].text.lstrip()
            if self.heads_sheets and raw.startswith("# "):
                continue
            level = len(raw) - len(raw.lstrip("#"))
            if _TITLE_WORDS.search(text) and not re.match(r"^(?:目的|第\d+条|\d+[\s.]|\(\d+\)|別表|\()(?!仮称)", text):
                form = bool(re.search(r"調書|個票|別冊$", text)) and not re.search(r"計画|ビジョン|プラン|構想", text)
                candidates.append((2 if form else 0 if level == 1 else 1, place, text))
        if candidates:
            best = min(candidates)
            return without_draft(self._title_of_agreement(candidates) or self._with_edition(best[1], best[2]))
        sheets = [n for n, _ in self.cover if self.heads_sheets and self.lines[n - 1].text.startswith("# ")]
        first = next((t for n, t in self.cover if "\t" not in t and len(t) >= 2 and n not in sheets), None)
        return without_draft(first[:80]) if first else self.id

    def _title_of_agreement(self, candidates: Sequence[tuple[int, int, str]]) -> str | None:
        """The title of an agreement is the one right above its preamble; its cover may print a shorter one."""
        preamble = next(
            (
                place
                for place, (_, text) in enumerate(self.cover)
                if re.search(r"以下、?「?甲|協[定約]を締結(?:する|した)", text)
            ),
            None,
        )
        above = [
            c for c in candidates if preamble is not None and c[1] < preamble and re.search(r"協[定約]|覚書", c[2])
        ]
        return max(above, key=lambda c: c[1])[2] if above else None

    def _with_edition(self, place: int, title: str) -> str:
        """A plan's title goes on in the line below it where that names the edition (第2期(令和6年度～令和10年度))."""
        following = self.cover[place + 1][1] if place + 1 < len(self.cover) else ""
        return (
            clean(f"{title} {following}") if re.match(r"^第\d+[期次版]", following) and len(following) < 50 else title
        )

    @cached_property
    def parties(self) -> Parties:
        """Who the document is of (see ``ingest.parties``); capacities read."""
        parties = defined_parties(self.flow)
        signed = bool(parties.members) or bool(re.search(r"協定|協約|覚書", self.title))
        if not parties.members and re.search(r"協定|協約|覚書", self.title):
            parties = preamble_parties(self.flow)
        if not parties.members:
            parties = title_parties(self.numbered)
        if signed:
            read_signatures(parties, self.numbered)
        elif re.search(r"ビジョン|計画|プラン|構想(?!とは)|一覧|状況|進捗|実績|評価", self.title):
            capacity_parties(parties, self.numbered)  # other papers speak of other areas too
        read_capacities(parties, self.flow)
        return parties

    @cached_property
    def area_members(self) -> Parties:
        """The municipalities of the area that tables or cells of a report or briefing name as its members."""
        parties = Parties()
        for table in self.tables:
            total = next(
                (r for r in table.rows if any(re.search(r"圏域(?:合?計|全体)", clean(c)) for c in r.cells[:3])), None
            )
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


def _is_scanned(text: str) -> bool:
    return is_spaced(text.replace("\t", " "))


def _closed_up(text: str) -> str:
    """Take out the spaces that a scan put after every character; cells stay apart."""
    return "\t".join(re.sub(r"(?<=\S) (?=\S)", "", cell) if _single(cell) else cell for cell in text.split("\t"))


def _single(cell: str) -> bool:
    parts = cell.split()
    return len(parts) > 1 and sum(len(p) == 1 for p in parts) >= 0.7 * len(parts)


def once(question: Callable[[Document], bool]) -> Callable[[Document], bool]:
    """Remember in a document what was asked of it: the parsers ask one another what it is."""

    @wraps(question)
    def answer(document: Document) -> bool:
        if question not in document.answers:
            document.answers[question] = question(document)
        return document.answers[question]

    return answer


_BEGINS = re.compile(
    r"^\s*(?:[-・●○■◆※#(（【「]|第\s*[\d一二三四五六七八九十]+\s*[条章編節]|別表|附\s*則|[甲乙丙丁][\s　]|[\d①-⑳]+[\s.．、　])"
)


_CITED = re.compile(r"^\s*第\s*[\d０-９一二三四五六七八九十百]+\s*[条項号](?![\s　（(]|$)")


def is_broken(above: str, below: str, *, full: bool | None = None) -> bool:
    """Tell whether a long line that stops inside a sentence goes on in the next.

    ``full`` is what the layout says of it: whether it ended for want of room; None where there is no layout.
    """
    if "\t" in above or "\t" in below or full is False:
        return False
    if full and not re.search(r"[。:：]\s*$", above) and _CITED.match(below):
        return True
    if _BEGINS.match(below):
        return False
    return len(clean(above)) >= (12 if full else 28) and not re.search(r"[。)）」』:：]\s*$", above)


def without_running_titles(lines: Sequence[Line]) -> Sequence[Line]:
    """Empty the lines that come again at the upper or lower edge of most pages: running titles cut sentences and tables."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        if line.page is not None and line.text.strip() and not is_page_mark(line.text):
            pages.setdefault(line.page, []).append(line)
    if len(pages) < 4:
        return lines
    edges = [line for page in pages.values() for line in {page[0].number: page[0], page[-1].number: page[-1]}.values()]
    counted = Counter(_edge_words(line) for line in edges)
    running = {
        line.number
        for line in edges
        if "\t" not in line.text and len(line.text) <= 60 and 2 * counted[_edge_words(line)] > len(pages)
    }
    kept = min(running, default=0)  # the first may be the title itself
    return [replace(line, text="", full=False) if line.number in running - {kept} else line for line in lines]


def _edge_words(line: Line) -> str:
    return re.sub(r"[\d\s#]", "", nfkc(line.text))


def is_titled(words: str, title: str) -> bool:
    """Tell whether a heading is the document's title, or ends as titles do."""
    plain = without_draft(words)
    return plain in title or bool(_TITLE_WORDS.search(plain))


def without_draft(title: str) -> str:
    """Return a title without its mark of a draft."""
    return DRAFT.sub("", title).strip() or title
