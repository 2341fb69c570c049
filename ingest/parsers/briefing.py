"""Briefing papers and slides (説明資料): other areas, statistics, facilities, and joint undertakings that exist already."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from ingest.areas import AreaStack
from ingest.blocks import Block, Heading, Paragraph, Table
from ingest.broken_lines import is_broken
from ingest.document import Document
from ingest.metadata import document_record, party_records
from ingest.parsers import agreement, plan, status_report
from ingest.parsers.contents import project_records
from ingest.projects import Draft
from ingest.records import Record
from ingest.rows.reader import RowReader
from ingest.statistics import TableReader

_CALLED = re.compile(
    r"について|説明|概要|資料|取組|紹介|検討状況|経過|現状|方向性|課題|動向|あり方|在り方|報告|提案|考え方|進め方|スライド|勉強会"
)
_EXISTING = re.compile(
    r"(?:(?:現状|現在|現行|既存|これまで|従来|実施中)の(?:\S{0,8}(?:取組|取り組み|連携|事業|事務))|連携事業|実施事業|共同事業|共同事務|広域事務|取組(?:事例|状況)|連携の(?:取組|状況)|(?:主な|既存の|広域)連携$|連携の(?:例|事例|実績))"
)
_DONE = re.compile(
    r"(?:現状|現在|現行|既存|これまで|従来|実施中|実施済み?|既に実施している)の|既に|すでに|(?:現在|現に|これまで)に?(?:実施|行|取り組)"
)
_WORK = re.compile(
    r"(?:主な|各|実施中の|共同)?(?:連携|広域連携|共同)(?:事業|する事業|して行う事業)(?:の(?:概要|内容|一覧))?$"
)
_AHEAD = re.compile(r"今後|予定|検討|想定|案$|候補|イメージ|方向|要件|意義|構想とは")
_OTHERS = re.compile(r"他(?:の|圏|都市|市町)|事例|先進|先行|全国|国の|参考")
_ITEM = re.compile(
    r"^[-・●○■◆*➤]\s*(?:\*\*(?P<bold>[^*]+)\*\*|(?P<title>[^…：:。]{2,40}?(?=\s*(?:…|\.{3}|：|:|$))))\s*(?:…|\.{3}|：|:)?\s*(?P<rest>.*)$"
)
_NAME_ALONE = re.compile(r"^(?P<bold>(?!))?(?P<title>[^…⇒→※。、:：]{2,40})(?P<rest>)$")
_DETAIL = re.compile(r"^(?:…|\.{3}|⇒|→)\s*(?P<rest>.*)$")


def identify(document: Document) -> bool:
    """A briefing explains: it has headings, and is no agreement, plan or report."""
    others = agreement.identify(document) or plan.identify(document) or status_report.identify(document)
    headings = sum(isinstance(b, Heading) for b in document.blocks)
    if others or not _CALLED.search(document.title):
        return False
    return headings >= 3 or bool(document.tables) or bool(_undertakings(document))


def parse(document: Document) -> Iterator[Record]:
    """Yield the records of a briefing."""
    yield document_record(document, "briefing")
    parties = document.parties if document.parties.members else document.area_members
    yield from party_records(document, parties)
    statistics = TableReader(document.id)
    for table in document.tables:
        statistics.read(table)
    statistics.read_lists(document.blocks)
    yield from project_records(document, _undertakings(document), "item")
    yield from statistics.found.records()


def _undertakings(document: Document) -> list[Draft]:
    """Return the items of lists that head existing joint work: a name, then what it is after dots or on the next line."""
    drafts: list[Draft] = []
    section: list[Heading] = []
    draft: Draft | None = None
    marked = any(isinstance(b, Heading) for b in document.blocks) and not document.heads_sheets
    found = list(document.blocks if marked else _with_headings(document))
    for block, following in zip_longest(found, found[1:]):
        if isinstance(block, Heading):
            section, draft = [h for h in section if h.level < block.level] + [block], None
        elif isinstance(block, Table):
            if _lists_work(section) or _lists_own(block, section, document):
                drafts += _of_table(block, document)
        elif block and _lists_work(section) and not _heads_items(block, following):
            if begun := _begun(block, following):
                draft = begun
                drafts.append(draft)
            elif draft:
                detail = _DETAIL.match(block.words)
                draft.put("overview", detail["rest"] if detail else block.words)
                draft.lines.add(block.line.number)
    return drafts


def _begun(block: Paragraph, following: Block | None) -> Draft | None:
    """Return the undertaking that a line begins, where it names one."""
    item = _ITEM.match(block.words) or _plain_item(block, following)
    if not item or _DETAIL.match(block.words):
        return None
    draft = Draft(page=block.line.page)
    draft.put("title", item["bold"] or item["title"])
    draft.put("overview", item["rest"])
    draft.lines.add(block.line.number)
    return draft


def _lists_own(table: Table, section: list[Heading], document: Document) -> bool:
    """Tell whether a table lists joint projects of the document's own area: what they are, and who takes part or is in charge."""
    if any(_OTHERS.search(heading.words) for heading in section):
        return False
    for part in document.parts(table):
        fields = {column.field for column in part.columns}
        told = fields & {"overview", "purpose"} and fields & {"participants", "party", "departments", "roles", "budget"}
        if fields & {"title", "program"} and told and len(part.rows) > 1:
            return True
    return False


def _of_table(table: Table, document: Document) -> Iterator[Draft]:
    """Yield the undertakings that a table lists: 取組 | 内容."""
    reader = RowReader(document.parties, AreaStack())
    for part in document.parts(table):
        reader.read(part)
    yield from reader.drafts()


def _heads_items(block: Paragraph, following: Block | None) -> bool:
    """Tell whether an item heads a list of items of another mark (■ 主な取組 over ・…): it is none itself."""
    below = following.words if isinstance(following, Paragraph) and _ITEM.match(following.words) else ""
    return bool(below) and block.words[0] in "■◆●○" and below[0] != block.words[0]


def _plain_item(block: Paragraph, following: Block | None) -> re.Match[str] | None:
    """Read a short line without a mark as a name where the next line tells what it is (a PDF may lose the marks)."""
    told = isinstance(following, Paragraph) and _DETAIL.match(following.words)
    return _NAME_ALONE.match(block.words) if told else None


def _with_headings(document: Document) -> Iterator[Block]:
    """See short lines as headings where a document marks none (a PDF does not say what is one)."""
    above: Paragraph | None = None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            full = above.line.full if above and document.is_laid_out else None
            short = re.match(r"^[^-・●○■◆*➤…⇒→※。、:：]{4,30}$", block.words)
            if short and not is_broken(above.words if above else "", block.words, full=full):
                yield Heading(1 if _DONE.search(block.words) else 2, block.words, block.line)
            else:
                yield block
            above = block
        else:
            yield block
            above = None


def _lists_work(section: list[Heading]) -> bool:
    """The nearest heading says that joint work follows: by its name alone, or under one that speaks of what is done already."""
    if not section:
        return False
    path = " ".join(h.words for h in section)
    if _WORK.search(section[-1].words) and not _OTHERS.search(path) and not _AHEAD.search(path):
        return True
    return bool(_DONE.search(path) and _EXISTING.search(section[-1].words))
