"""What a document's title and tables say of its kind; the parsers' ``identify`` are made of these."""

import re
from collections.abc import Sequence

from ingest.blocks import Heading, Paragraph, Row
from ingest.document import Document, once
from ingest.label_lines import lines_as_rows, name_lines
from ingest.labels import label
from ingest.sheets.forms import is_label_table

_PLAN = re.compile(r"計画|ビジョン|構想(?!.*実施状況)|プラン")
_BRIEFING = re.compile(r"説明会?資料|勉強会|検討会資料|参考資料|概要説明")
_EXPLAINS = re.compile(r"について|説明|概要|紹介|経過|動向|あり方|在り方|考え方|進め方")
_STATUS = re.compile(
    r"実施状況|取組状況|実績|評価|達成状況|検証|フォローアップ|進捗(?:状況|管理|報告|確認|[(（]|$)|KPI|成果指標"
)
_RESULTS = ("actual", "rating", "progress")


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


@once
def only_explains(document: Document) -> bool:
    """Tell whether a paper about something (…について, …の概要) tells of joint work only what it is: no plan says so little."""
    planned = {"roles", "budget", "departments", "schedule", "year", "indicator", "cost_sharing"}
    fields = {c.field for table in document.tables for part in document.parts(table) for c in part.columns}
    return bool(_EXPLAINS.search(document.title)) and not is_called_plan(document) and not fields & planned


def is_called_plan(document: Document) -> bool:
    """Tell whether the title is that of a plan or vision, not of a report on one."""
    return bool(_PLAN.search(document.title)) and not is_called_report(document)


def is_called_briefing(document: Document) -> bool:
    """Tell whether the title is that of a paper that explains (説明資料, 勉強会資料), and of no plan."""
    return bool(_BRIEFING.search(document.title)) and not is_called_plan(document)


def is_called_report(document: Document) -> bool:
    """Tell whether the title is that of a report on results."""
    return bool(_STATUS.search(document.title))
