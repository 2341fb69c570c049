"""What a document's title and tables say of its kind; the parsers' ``identify`` are made of these."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from ingest.areas import heading
from ingest.blocks import Heading, Paragraph, Row
from ingest.document import Document, once
from ingest.labels import guessed, label
from ingest.sheets.forms import is_label_table
from ingest.text import key

_PLAN = re.compile(r"計画|ビジョン|構想(?!.*実施状況)|プラン")
_BRIEFING = re.compile(r"説明会?資料|勉強会|検討会資料|参考資料|概要説明")
_STATUS = re.compile(
    r"実施状況|取組状況|実績|評価|達成状況|検証|フォローアップ|進捗(?:状況|管理|報告|確認)|KPI|成果指標"
)
_RESULTS = ("actual", "rating", "progress")
_HOLDER_LINE = re.compile(r"^[-*・●○]?\s*[【〔\[(]?\S{1,20}?(?:市|町|村|区|都市|市町村|市町)(?:[】〕\])]|\s*[:：])")
_LABEL_LINE = re.compile(r"^[【〔\[■○●◆◇・]?\s*(?P<label>[^:：\t】〕\]]{2,24})[】〕\]]?\s*[:：]\s*(?P<value>.*)$")
_BRACKET_LINE = re.compile(r"^[【〔\[](?P<label>[^】〕\]]{2,24})[】〕\]]\s*(?P<value>.*)$")

NUMBERED = re.compile(
    r"[【〔\[]?(?:連携)?(?:事業|取組|施策|プロジェクト|項目|整理|管理)?\s?(?:No\.?|番号)?\s?(?<=\S)(?P<number>\d{1,3}(?:-\d{1,2})?)"
    r"(?:\s*[】〕\]:：.．]\s*|\s+)(?P<name>\D.+)$",
    re.IGNORECASE,
)
"""A number with the word for what it counts, before the name of a form."""


def lines_as_rows(paragraphs: list[Paragraph]) -> list[Row]:
    """See lines such as ``事業名：…`` and ``【事業概要】`` as the rows of a form; other lines go on with the row above."""
    rows = []
    for paragraph in paragraphs:
        words = re.sub(r"^[-*]\s+", "", paragraph.words)
        match = _BRACKET_LINE.match(words) or _LABEL_LINE.match(words)
        at = paragraph.line
        if match and label(match["label"]):
            rows.append(Row((match["label"], match["value"]), at.number, at.number, at.page))
        elif match and (guess := guessed(match["label"])) and guess.field == "remarks":
            # A label that no list knows (今後の方針:…) ends the field above it all the same.
            rows.append(Row(("備考", match["value"]), at.number, at.number, at.page))
        elif label(words) and len(words) <= 16 and heading(words).kind is None:
            rows.append(Row((words, ""), at.number, at.number, at.page))
        else:
            rows.append(Row(("", words), at.number, at.number, at.page))
    return [_as_roles(row, after) for row, after in zip_longest(rows, rows[1:])]


def _as_roles(row: Row, after: Row | None) -> Row:
    """See 役割 as what the parties do, not as a pillar, where one of them stands behind it or begins the line below."""
    if key(row.cells[0]) == key("役割") and _HOLDER_LINE.match(row.cells[1] or (after.cells[1] if after else "")):
        return Row(("役割分担", row.cells[1]), row.first, row.last, row.page)
    return row


def name_lines(rows: Sequence[Row]) -> set[int]:
    """Return which lines name the forms below them: where no label does, and one stands above each line of the first label.

    事業1 創業支援センターの共同運営 / 【事業概要】… / 【役割分担】… / 事業2 … / 【事業概要】…
    """
    fields = [found.field if (found := label(row.cells[0])) else None for row in rows]
    if {"title", "program"} & set(fields):
        return set()
    above = [i for i, row in enumerate(rows[:-1]) if fields[i] is None and fields[i + 1] and _is_name(row.cells[1])]
    if not above:
        return set()
    first = fields[above[0] + 1]
    named = {i for i in above if fields[i + 1] == first}
    each = all(i - 1 in named for i, field in enumerate(fields) if field == first)
    return named if each and (len(named) > 1 or NUMBERED.match(rows[above[0]].cells[1])) else set()


def _is_name(words: str) -> bool:
    return 3 <= len(words) <= 45 and not re.search(r"[。:：]|[、,]$|\d円", words)


@once
def has_sheets(document: Document) -> bool:
    """Tell whether a document holds forms: label tables, or lines of label and value."""
    if any(is_label_table(table.rows) for table in document.tables):
        return True
    rows = lines_as_rows(_text_of(document))
    # Lines of labels need no label for their name: a line or a heading above may name them.
    headed = sum(isinstance(b, Heading) for b in document.blocks) > 1
    return is_label_table(rows, named=headed or is_called_plan(document) or bool(name_lines(rows)))


@once
def has_results(document: Document) -> bool:
    """Tell whether a table of projects has a column of actual figures, ratings or progress, or its forms such labels."""
    for table in document.tables:
        if any(c.field in _RESULTS for part in document.parts(table) for c in part.columns):
            return True
        if _names_results(table.rows) and is_label_table(table.rows):
            return True
    return has_sheets(document) and _names_results(lines_as_rows(_text_of(document)))


def _names_results(rows: Sequence[Row]) -> bool:
    labels = (label(cell) for row in rows for cell in row.cells)
    return any(found and found.field in _RESULTS for found in labels)


def _text_of(document: Document) -> list[Paragraph]:
    return [block for block in document.blocks if isinstance(block, Paragraph)]


@once
def has_projects(document: Document) -> bool:
    """Tell whether a table lists projects with what they cost, who does them or what they are."""
    about = ("overview", "roles", "budget", "departments", "schedule", "number", "purpose")
    for table in document.tables:
        for part in document.parts(table):
            named = part.first("title") or part.first("program")
            described = sum(c.field in about or c.year is not None for c in part.columns)
            # A heading of many columns may stand alone: lines of areas part it from its rows.
            if named and described and (len(part.rows) >= 2 or described >= 4):
                return True
    return False


def is_called_plan(document: Document) -> bool:
    """Tell whether the title is that of a plan or vision, not of a report on one."""
    return bool(_PLAN.search(document.title)) and not is_called_report(document)


def is_called_briefing(document: Document) -> bool:
    """Tell whether the title is that of a paper that explains (説明資料, 勉強会資料), and of no plan."""
    return bool(_BRIEFING.search(document.title)) and not is_called_plan(document)


def is_called_report(document: Document) -> bool:
    """Tell whether the title is that of a report on results."""
    return bool(_STATUS.search(document.title))
