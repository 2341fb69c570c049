"""Dossiers as Word documents: headings, facts, tables of roles, schedules, costs and indicators, each with its source."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import IO

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ingest.records import Indicator, Measured, Target
from web.pages.dossier import Dossier, Sheet
from web.pages.frame import say
from web.pages.sheet import Amount, Budget

FONT = "Yu Gothic"
"""A font for Japanese that Word and LibreOffice know or replace by one like it."""


def write_dossier(dossier: Dossier, file: IO[bytes], address: str, day: date) -> None:
    """Write a dossier as ``.docx``; ``address`` is that of its thing, ``day`` that of the data."""
    paper = Document()
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Caption"):
        style = paper.styles[name]
        style.font.name = FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    paper.styles["Normal"].font.size = Pt(10)
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    paper.core_properties.title = f"{say('dossier.title')} {dossier.name}"
    paper.add_heading(f"{say('dossier.title')} {dossier.name}", 0)
    paper.add_paragraph(say("dossier.lead", n=dossier.total, documents=len(dossier.documents)))
    paper.add_paragraph(say("dossier.data_of", day=day.isoformat(), address=address))
    for sheet in dossier.sheets:
        _sheet(paper, sheet)
    paper.save(file)


def _sheet(paper: Paper, sheet: Sheet) -> None:
    project = sheet.project
    paper.add_heading(sheet.heading, 1)
    facts = [
        (say("project.document"), sheet.document.title),
        (say("project.area"), " › ".join(project.area or ())),
        (say("project.overview"), project.overview),
        (say("project.purpose"), project.purpose),
        (say("project.cost_sharing"), project.cost_sharing),
        (say("project.progress"), project.progress),
    ]
    _table(paper, "", [], [[name, words] for name, words in facts if words], head_column=True)
    who = [[p.name, "、".join(label for label, _ in p.departments), p.role or ""] for p in sheet.partners]
    _table(paper, say("project.partners"), ["", say("project.departments"), say("project.role")], who)
    if sheet.schedule and sheet.schedule.years:
        rows = [
            [row.label or "", *(cell.text or ("→" if cell.running else "") for cell in row.cells)]
            for row in sheet.schedule.rows
        ]
        _table(paper, say("project.schedule"), [say("project.schedule_item"), *sheet.schedule.years], rows)
    if sheet.budget:
        _table(paper, say("dossier.budget"), [say("project.budget_row"), *sheet.budget.years], _costs(sheet.budget))
    heads = [say(f"indicator.{name}") for name in ("name", "baseline", "target", "actual", "rating")]
    _table(paper, say("project.indicators"), heads, map(_indicator, project.indicators))
    _table(paper, say("nav.findings"), [], [[r.where, r.says or "", r.elsewhere or ""] for r in sheet.findings])
    first, last = project.source.lines
    source = paper.add_paragraph(say("dossier.source", file=sheet.document.file, first=first, last=last))
    source.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _costs(budget: Budget) -> list[list[str]]:
    return [[row.municipality or row.label or "", *map(_amount, row.amounts)] for row in budget.rows]


def _amount(amount: Amount) -> str:
    return f"{amount.value:,g}" if amount.value is not None else "－" if amount.printed else ""


def _indicator(indicator: Indicator) -> list[str]:
    values = [_value(each) for each in (indicator.baseline, indicator.target, indicator.actual)]
    return [indicator.name, *values, indicator.rating or ""]


def _value(value: Measured | Target | None) -> str:
    if value is None:
        return "－"
    when = value.due if isinstance(value, Target) else value.as_of
    return f"{value.text}({when})" if when and when not in value.text else value.text


def _table(
    paper: Paper, caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, head_column: bool = False
) -> None:
    """Add a table with its caption, nothing where it has no rows; the heads, or the first column, are bold."""
    told = [list(row) for row in rows]
    if not told:
        return
    if caption:
        paper.add_heading(caption, 2)
    table = paper.add_table(rows=0, cols=len(told[0]), style="Table Grid")
    for number, row in enumerate([list(heads), *told] if any(heads) else told):
        for column, (cell, words) in enumerate(zip(table.add_row().cells, row, strict=True)):
            run = cell.paragraphs[0].add_run(words)
            run.bold = (number == 0 and any(heads)) or (head_column and column == 0)
