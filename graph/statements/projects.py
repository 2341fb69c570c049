"""Projects: what is done, who is in charge of it, who plays which role, when, and for how much."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from graph import guidelines, vocabulary
from graph.namespaces import DCTERMS, IC, RDFS, RK, SDO, SKOS, XSD
from graph.statements.cubes import observation_in
from graph.statements.figures import indicators
from graph.statements.writer import Node, Writer
from graph.symmetry import compare_all, overall
from ingest.records import BudgetRow, ProjectRecord, Record, ScheduleItem, SchemeRowRecord


def number_projects(writer: Writer, records: Iterable[Record]) -> None:
    """Let rows of the overview table find the project of their number and branch."""
    for record in records:
        if isinstance(record, ProjectRecord) and record.number:
            writer.numbered[record.number, record.branch] = NamedNode(writer.ids.record(record.id))


def project(writer: Writer, record: ProjectRecord) -> None:
    """Write one unit of joint work with all that its sheet, row or list says of it."""
    classes = (SDO.Project, RK.Measure, IC.活動型, *((RK.Sheet,) if record.number else ()))
    node = writer.node(record, *classes, label=record.title)
    _names(writer, node, record)
    writer.add(node, DCTERMS.isPartOf, writer.document)
    writer.concept(node, RK.field, guidelines.field_of(record.area or (), record.title))
    for predicate, words in (
        (SDO.description, record.overview),
        (RK.purpose, record.purpose),
        (RK.costSharing, record.cost_sharing),
        (RK.progress, record.progress),
    ):
        writer.text(node, predicate, words)
    _roles(writer, node, record)
    _responsibilities(writer, node, record)
    for position, item in enumerate(record.schedule, 1):
        _schedule(writer, node, record, position, item)
    for position, row in enumerate(record.budget, 1):
        _budget(writer, node, record, position, row)
    indicators(writer, node, record)


def _names(writer: Writer, node: Node, record: ProjectRecord | SchemeRowRecord) -> None:
    writer.text(node, SDO.name, record.title)
    writer.text(node, RK.program, record.program)
    writer.plain(node, RK.sheetNo, record.number)
    writer.plain(node, RK.branch, record.branch)
    writer.plain(node, SKOS.notation, "-".join(part for part in (record.number, record.branch) if part))
    if record.area:
        writer.add(node, DCTERMS.subject, writer.area(record.area))


def _roles(writer: Writer, node: Node, record: ProjectRecord) -> None:
    compared = compare_all(dict(record.roles), writer.symbols)
    kind = overall(compared)
    symmetry = vocabulary.concept("Symmetries", kind) if kind else None
    for name, words in record.roles.items():
        key = writer.municipalities.find(name).key
        role = writer.typed(writer.part("role", record, key), RK.RoleAssignment)
        writer.text(role, RDFS.label, f"{name}の役割")
        writer.concept(role, RK.symmetry, symmetry)
        if any(pair.leader == name for pair in compared):
            writer.add(role, RK.leads, Literal("true", datatype=XSD.boolean))
        writer.add(role, RK.measure, node)
        writer.add(role, RK.party, writer.municipality(name))
        writer.text(role, RK.roleText, words, behind=name)
        writer.add(node, RK.municipality, writer.municipality(name))


def _responsibilities(writer: Writer, node: Node, record: ProjectRecord) -> None:
    for position, department in enumerate(record.departments, 1):
        unit = writer.department(department.municipality, department.path)
        if unit is None:
            continue
        writer.text(unit, RK.printedAs, department.raw)
        duty = writer.typed(writer.part("responsibility", record, position), RK.Responsibility)
        writer.add(duty, RK.measure, node)
        writer.add(duty, RK.unit, unit)
        writer.text(duty, RDFS.label, f"{department.raw}の担当")
        writer.text(duty, RK.printedAs, department.raw)
        writer.add(duty, DCTERMS.temporal, writer.period)
        writer.add(node, RK.responsibleUnit, unit)
        if department.municipality:
            municipality = writer.municipality(department.municipality)
            writer.add(duty, RK.onBehalfOf, municipality)
            writer.add(node, RK.municipality, municipality)


def _schedule(writer: Writer, node: Node, record: ProjectRecord, position: int, item: ScheduleItem) -> None:
    row = writer.typed(writer.part("schedule-item", record, position), RK.ScheduleItem)
    writer.add(row, RK.measure, node)
    writer.number(row, SDO.position, position)
    writer.text(row, RDFS.label, item.label or "スケジュール")
    for year, words in item.marks.items():
        mark = writer.typed(writer.part("schedule-item", record, position, year), RK.ScheduleMark)
        writer.add(row, RK.mark, mark)
        writer.text(mark, RDFS.label, f"{year}年度の記載")
        writer.number(mark, RK.fiscalYear, int(year))
        writer.text(mark, RK.printedAs, words)
    for order, phase in enumerate(item.phases, 1):
        part = writer.typed(writer.part("schedule-item", record, position, f"phase-{order}"), RK.SchedulePhase)
        writer.add(row, RK.phase, part)
        writer.text(part, RDFS.label, phase.label)
        writer.number(part, RK.fromFiscalYear, phase.from_fy)
        writer.number(part, RK.toFiscalYear, phase.to_fy)


def _budget(writer: Writer, node: Node, record: ProjectRecord, position: int, row: BudgetRow) -> None:
    """Write a row of amounts: an observation for each printed amount, and the years for which none is stated."""
    line = writer.typed(writer.part("budget-row", record, position), RK.BudgetRow)
    writer.add(line, RK.measure, node)
    writer.number(line, SDO.position, position)
    writer.text(line, RDFS.label, row.label or "事業費")
    municipality = writer.municipality(row.municipality) if row.municipality else None
    writer.add(line, RK.municipality, municipality)
    for year, amount in row.amounts.items():
        if amount is None:
            writer.number(line, RK.statesNoAmountFor, int(year))
            writer.plain(line, RK.printedMark, writer.mark(record))
            continue
        cell = writer.part("budget", record, position, year)
        whole = municipality or writer.partnership()
        observation_in(writer, cell, "budget", line, year)
        writer.text(cell, RDFS.label, f"{year}年度の金額")
        writer.add(cell, RK.budgetRow, line)
        writer.add(cell, RK.measure, node)
        writer.add(cell, RK.municipality, whole)
        writer.number(cell, RK.fiscalYear, int(year))
        writer.number(cell, RK.amount, amount)


def scheme_row(writer: Writer, record: SchemeRowRecord) -> None:
    """Write a row of the overview table; the departments that it prints are named by it, not in charge by it."""
    node = writer.node(record, RK.SchemeRow, label=record.title)
    _names(writer, node, record)
    writer.add(node, RK.measure, writer.numbered.get((record.number, record.branch)))
    for department in record.departments:
        unit = writer.department(department.municipality, department.path)
        writer.add(node, RK.namesUnit, unit)
        writer.text(node, RK.printedAs, department.raw)
        if unit:
            writer.text(unit, RK.printedAs, department.raw)
