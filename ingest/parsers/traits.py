"""What a document's title and tables say of its kind; the parsers' ``identify`` are made of these."""

import re

from ingest.areas import heading
from ingest.blocks import Paragraph, Row
from ingest.document import Document, once
from ingest.labels import label
from ingest.sheets.forms import is_label_table

_PLAN = re.compile(r"計画|ビジョン|構想(?!.*実施状況)|プラン")
_BRIEFING = re.compile(r"説明会?資料|勉強会|検討会資料|参考資料|概要説明")
_STATUS = re.compile(r"実施状況|進捗状況|取組状況|実績|評価|達成状況|検証|フォローアップ|進捗管理|KPI|成果指標")
_RESULTS = ("actual", "rating", "progress")
_LABEL_LINE = re.compile(r"^[【〔\[■○●◆◇・]?\s*(?P<label>[^:：\t】〕\]]{2,24})[】〕\]]?\s*[:：]\s*(?P<value>.*)$")
_BRACKET_LINE = re.compile(r"^[【〔\[](?P<label>[^】〕\]]{2,24})[】〕\]]\s*(?P<value>.*)$")


def lines_as_rows(paragraphs: list[Paragraph]) -> list[Row]:
    """See lines such as ``事業名：…`` and ``【事業概要】`` as the rows of a form; other lines go on with the row above."""
    rows = []
    for paragraph in paragraphs:
        words = re.sub(r"^[-*]\s+", "", paragraph.words)
        match = _BRACKET_LINE.match(words) or _LABEL_LINE.match(words)
        at = paragraph.line
        if match and label(match["label"]):
            rows.append(Row((match["label"], match["value"]), at.number, at.number, at.page))
        elif label(words) and len(words) <= 16 and heading(words).kind is None:
            rows.append(Row((words, ""), at.number, at.number, at.page))
        else:
            rows.append(Row(("", words), at.number, at.number, at.page))
    return rows


@once
def has_sheets(document: Document) -> bool:
    """Tell whether a document holds forms: label tables, or lines of label and value."""
    if any(is_label_table(table.rows) for table in document.tables):
        return True
    lines = [b for b in document.blocks if isinstance(b, Paragraph)]
    # Lines of labels need no label for their name: a marked line above may name them.
    return is_label_table(lines_as_rows(lines), named=is_called_plan(document))


@once
def has_results(document: Document) -> bool:
    """Tell whether a table of projects has a column of actual figures, ratings or progress, or its forms such labels."""
    for table in document.tables:
        if any(c.field in _RESULTS for part in document.parts(table) for c in part.columns):
            return True
        labels = (label(cell) for row in table.rows for cell in row.cells)
        if any(found and found.field in _RESULTS for found in labels) and is_label_table(table.rows):
            return True
    return False


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
