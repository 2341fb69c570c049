"""Agreements between municipalities: 連携協約, 定住自立圏形成協定 and their amendments.

Articles, parties and their signatures, and the measures that an annex or an article lists.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest import areas, years
from ingest.annex import Measures, amended_annex, annex_heading, nested, read_annexes
from ingest.blocks import Block, Paragraph, Table
from ingest.document import Document, once
from ingest.labels import label
from ingest.metadata import document_record, party_records
from ingest.parsers.contents import area_records, project_records
from ingest.records import ArticleRecord, Kind, Record, Source
from ingest.text import clean, key

_ARTICLE = re.compile(
    r"^[-#\s]*第\s*(?P<number>[\d０-９一二三四五六七八九十百]+)\s*条(?P<sub>の[\d一二三四五六七八九十]+)?(?:\s+|(?=[（(])|$|(?=[^のにをはがとで、第及又並～~・\d]))(?P<rest>.*)$"
)
_HEADING = re.compile(r"^[#\s]*[（(](?P<words>[^（）()]{1,40})[）)]\s*$")
_LEADING_HEADING = re.compile(r"^\s*[（(](?P<words>[^（）()]{1,40})[）)]\s*(?P<rest>.*)$")
_PARAGRAPH = re.compile(
    r"^\s*(?P<number>[\d０-９]{1,2}|[①-⑳])(?:[\s.．]|(?=[^\d０-９通年月日人回件か箇条項号市町村以つ,.%]))(?P<rest>.*)$"
)
_PART = re.compile(r"^[#\s]*第\s*[\d一二三四五六七八九十]+\s*[章編節]")
_ANNEX_NAMED = re.compile(r"^(?P<name>[^、。]{2,40}?)\s*[(（](?P<annex>別表第?\s*[\d一二三四五六七八九十]+)[)）]$")
_END = re.compile(
    r"^[#\s]*(?:附\s*則|(?:この|本)(?:連携)?(?:協約|協定|覚書)(?:.{0,20}(?:証する|証し)|は、[^。]{4,30}(?:から|に)[、]?(?:施行|効力を[生発]|発効|適用)))"
)
_PUTS = re.compile(
    r"(?:次の(?:よう|とおり)に|を次の|次の\S{0,8}を|次に)\S{0,30}(?:変更|改正|改定|改め|加え)(?:る|する)?。$"
)
_TITLE = re.compile(r"協約|協定|覚書|規約")


@once
def identify(document: Document) -> bool:
    """An agreement calls itself one and has articles (条), or defines its parties (甲, 乙) as an amendment does."""
    numbers = [m for _, raw in document.numbered if "\t" not in raw and (m := _ARTICLE.match(raw))]
    titled = bool(_TITLE.search(document.title))
    named = titled or any(_TITLE.search(text) for _, text in document.cover[:12] if len(text) < 60)
    defined = sum(party.symbol is not None for party in document.parties.members) >= 2
    amended = bool(numbers) and bool(document.comparisons)
    return (named and len(numbers) >= 2) or (titled and (defined or amended))


def parse(document: Document) -> Iterator[Record]:
    """Yield the records of an agreement."""
    kind: Kind = (
        "settlement-agreement" if "定住自立圏" in document.title or _rests_on_settlement(document) else "agreement"
    )
    yield document_record(document, kind)
    yield from party_records(document, document.parties)
    articles = list(_articles(document))
    for article in articles:
        yield article.record(document.id)
    measures = _measures(document, articles)
    yield from area_records(document, measures.register)
    yield from project_records(document, measures.drafts)


def _rests_on_settlement(document: Document) -> bool:
    return any("定住自立圏" in text for _, text in document.cover[:20]) and "連携中枢" not in document.title


@dataclass
class _Article:
    number: str
    heading: str | None
    first: int
    page: int | None
    last: int = 0
    paragraphs: list[str] = field(default_factory=list)
    lines: list[tuple[int, int | None, str]] = field(default_factory=list)

    def record(self, document: str) -> ArticleRecord:
        """Return the record; each paragraph is one string with its items."""
        return ArticleRecord(
            id=f"{document}/article-{self.number}",
            document=document,
            source=Source(self.page, (self.first, max(self.last, self.first))),
            number=self.number,
            heading=self.heading,
            paragraphs=tuple(text for p in self.paragraphs if (text := clean(p))),
        )


def arabic(numeral: str) -> str:
    """Return a number of an article in Arabic digits (十二 → 12)."""
    plain = clean(numeral)
    return str(int(plain)) if plain.isdigit() else years.arabic(plain)


def _articles(document: Document) -> Iterator[_Article]:
    """Yield the articles; a heading in parentheses stands before the number, sometimes behind it."""
    article: _Article | None = None
    heading: tuple[str, int] | None = None
    expected = 1
    some = bool(document.comparisons)  # an amendment beside the old text prints the articles that change
    last = max((number for number, raw in document.numbered if _ARTICLE.match(raw) and "\t" not in raw), default=0)
    for number, raw in _without_measures(document.numbered):
        if (annex_heading(raw) and number > last) or (article and (_END.match(raw) or _is_signing(raw))):
            break
        found = _ARTICLE.match(raw) if "\t" not in raw else None
        follows = found and (some or int(arabic(found["number"])) in (expected, expected - 1) or found["sub"])
        if not follows or (article is None and not some and found and int(arabic(found["number"])) != 1):
            found = None
        if found:
            if article:
                yield article
            article, expected = _begin(document, number, found, heading), int(arabic(found["number"])) + 1
            heading = None
        elif (words := _HEADING.match(raw)) and "\t" not in raw:
            heading = (clean(words["words"]), number)
        elif article and not _PART.match(raw):
            _extend(article, number, document.lines[number - 1].page, raw)
    if article:
        yield article


def _without_measures(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the lines but for the tables of measures, which are no text of the article that they stand in."""
    in_table = False
    for number, raw in lines:
        in_table = "\t" in raw and (in_table or _is_form(raw))
        if not in_table:
            yield number, raw


def _is_form(raw: str) -> bool:
    """Tell whether a row heads a table of measures."""
    cells = [cell for cell in raw.split("\t") if cell.strip()]
    return len(cells) >= 3 and sum(label(cell) is not None for cell in cells) >= 0.6 * len(cells)


def _is_signing(raw: str) -> bool:
    """A line that is a date alone begins the block of signatures."""
    text = clean(raw)
    return (
        len(text) <= 26
        and years.iso_date(text) is not None
        and bool(re.match(r"^(?:令和|平成|昭和|20\d\d|19\d\d)", text))
        and "。" not in text
    )


def _begin(document: Document, number: int, found: re.Match[str], heading: tuple[str, int] | None) -> _Article:
    rest = found["rest"]
    inline = _LEADING_HEADING.match(rest) if heading is None else None
    words = clean(inline["words"]) if inline else heading[0] if heading else None
    text = inline["rest"] if inline else rest
    sub = f"の{arabic(found['sub'][1:])}" if found["sub"] else ""
    article = _Article(
        f"{arabic(found['number'])}{sub}",
        words,
        heading[1] if heading else number,
        document.lines[number - 1].page,
        number,
        [text] if text.strip() else [],
    )
    article.lines.append((number, article.page, text))
    return article


def _extend(article: _Article, number: int, page: int | None, raw: str) -> None:
    """A numbered line opens the next paragraph; an item, or the rest of a sentence that a page cut, goes on."""
    found = _PARAGRAPH.match(raw)
    following = found and clean(found["number"]) == str(len(article.paragraphs) + 1) and len(article.paragraphs) > 0
    text = raw.replace("\t", " ")
    if found and following and found["rest"].strip():
        article.paragraphs.append(found["rest"])
    elif article.paragraphs:
        item = areas.heading(re.sub(r"^[-\s*]+", "", raw)).kind
        article.paragraphs[-1] += (" " if item else "") + re.sub(r"^\s*[-*]\s+", "", text)
    else:
        article.paragraphs.append(text)
    article.last = number
    article.lines.append((number, page, raw))


def _measures(document: Document, articles: Sequence[_Article]) -> Measures:
    """Read the measures from the annexes, else from the articles that list them."""
    end = max((article.last for article in articles), default=0)
    first = next(
        (
            i
            for i, b in enumerate(document.blocks)
            if not isinstance(b, Table) and b.line.number > end and annex_heading(b.words)
        ),
        None,
    )
    blocks: list[Block] = list(_before_the_end(document.blocks[first:])) if first is not None else []
    measures = read_annexes(blocks, document.parties, _annex_names(articles))
    if measures.drafts:
        return measures
    for article in articles:
        measures.drafts += nested(article.lines[1:], document.parties, areas.AreaStack(), measures.register)
    if not articles and not measures.drafts:  # an amendment that only says what is put where
        for at, annex, lines in _of_amendment(document):
            stack = areas.AreaStack()
            if annex:
                measures.register.add(stack.enter(annex), at, at)
            measures.drafts += nested(lines, document.parties, stack, measures.register)
    if not measures.drafts:
        tables = [t for t in document.tables if first is None or t in blocks]
        measures = read_annexes(tables, document.parties, {}) if tables else measures
    return measures


def _of_amendment(document: Document) -> Iterator[tuple[int, areas.Heading | None, list[tuple[int, int | None, str]]]]:
    """Yield each piece that an amendment puts somewhere: the line that says where, the annex that it names, the lines below."""
    at, annex, piece = 0, None, list[tuple[int, int | None, str]]()
    for number, raw in document.numbered:
        if at and (_END.match(raw) or _is_signing(raw)):
            break
        if _PUTS.search(clean(raw)):
            if piece:
                yield at, annex, piece
            at, annex, piece = number, amended_annex(raw), []
        elif at:
            piece.append((number, document.lines[number - 1].page, raw))
    if piece:
        yield at, annex, piece


def _before_the_end(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks of the annexes up to what closes an amendment that holds them: 附則, or the date of signing."""
    for block in blocks:
        if isinstance(block, Paragraph) and (_END.match(block.words) or _is_signing(block.words)):
            return
        yield block


def _annex_names(articles: Sequence[_Article]) -> dict[str, str]:
    """Return the names that items of an article give to the annexes: (1) 生活機能の強化…（別表第1）."""
    names = {}
    for article in articles:
        for _, _, raw in article.lines:
            item = areas.heading(clean(re.sub(r"^[-\s*]+", "", raw)))
            found = _ANNEX_NAMED.match(item.label) if item.kind else None
            if found:
                names[key(found["annex"])] = found["name"]
    return names
