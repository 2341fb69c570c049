"""Amounts of money by fiscal year: what is one, and whose year each cell of a row or piece of a text is."""

import re
from dataclasses import dataclass

from msgspec.structs import replace

from ingest import numbers, years
from ingest.blocks import Row
from ingest.parties import Parties
from ingest.records import BudgetRow
from ingest.text import clean, nfkc

_AMOUNT = r"[\d,.]+\s*[十百千万億]*円?"
_COST_OF_KIND = re.compile(
    rf"(?P<year>{years.YEAR.pattern}\s*年?度?\s*の?)?(?P<kind>(?:当初|補正後?|最終)?(?:予算|決算|執行)(?:見込)?額?)\s*[:：]?\s*"
    rf"(?P<amount>{_AMOUNT})"
)
_TOTAL_BEHIND = re.compile(rf"[\s、,/(]*(?:合計|総計|総額|計)\s*[:：]?\s*{_AMOUNT}[)\s]*$")
_WHOLE = re.compile(rf"(?P<amount>{_AMOUNT})\s*(?:\((?:うち|内訳?)?\s*[:：]?\s*(?P<shares>[^()]+)\))?")
_SHARE = re.compile(rf"(?:うち\s*)?(?P<who>\D{{2,16}}?)\s*[:：]?\s*(?P<amount>{_AMOUNT})")


@dataclass(frozen=True, slots=True)
class Amounts:
    """The cells of a budget row behind its label: words that name it, and the amounts in order.

    ``shifted`` where amounts stand beside their years and are too few to tell whose they are.
    """

    words: list[str]
    amounts: dict[int, int | float | None]
    shifted: bool


def is_amount(cell: str) -> bool:
    """Tell whether a cell is an amount, a dash, or says that the amount is not known."""
    plain = nfkc(cell).strip()
    if not plain:
        return False
    if numbers.is_dash(plain) or numbers.is_undecided(plain) or numbers.number(plain) is not None:
        return True
    read = numbers.figure(plain)
    return bool(read and read.unit and numbers.money_unit(read.unit) == read.unit)


def budget_cells(row: Row, start: int, columns: dict[int, int], unit: str, label_at: int | None = None) -> Amounts:
    """Read a budget row from column ``start``; ``columns`` maps the columns of the heading to fiscal years.

    ``label_at`` is the column of the row's own label.
    Cells stand under their years, but a label that a conversion put into a year's column pushes the amounts aside: then
    they are taken in their order.
    """
    filled = [i for i in row.filled if i >= start]
    first_amount = next((i for i in filled if is_amount(row.cell(i))), None)
    if first_amount is None:
        return Amounts([clean(row.cell(i)) for i in filled], {}, shifted=False)
    words = [clean(row.cell(i)) for i in filled if i < first_amount]
    cells = [i for i in filled if i >= first_amount and is_amount(row.cell(i))]
    order = sorted(columns.items())
    blocked = label_at in columns or any(i in columns for i in filled if i < first_amount)
    by_order = blocked or (len(cells) == len(order) and any(i not in columns for i in cells))
    if by_order:
        taken = {year: row.cell(cell) for (_, year), cell in zip(order, cells, strict=False)}
    else:
        taken = {year: row.cell(column) for column, year in order}
    amounts = {year: numbers.thousand_yen(taken.get(year, ""), unit) for _, year in order}
    # As many amounts as years leave no doubt: then the table only has columns of its own before them.
    return Amounts(words, amounts, shifted=by_order and len(cells) < len(order))


def inline_amounts(text: str, unit: str) -> dict[int, int | float | None]:
    """Read amounts that stand behind their years in running text (令和4年度 1,000 令和5年度 1,200); their total is left out."""
    plain = _TOTAL_BEHIND.sub("", nfkc(text))
    heads = list(re.finditer(rf"{years.YEAR.pattern}\s*年度\s*[:：]?\s*", plain))
    if not heads:
        heads = list(re.finditer(rf"(?:^|(?<=[\s、,/])){years.YEAR.pattern}\s*(?:[:：]\s*|\s+)", plain))
    amounts: dict[int, int | float | None] = {}
    for i, head in enumerate(heads):
        cell = plain[head.end() : heads[i + 1].start() if i + 1 < len(heads) else len(plain)].strip(" 、,/")
        year = years.year_in(head[0])
        if year is not None and is_amount(cell):
            amounts[year] = numbers.thousand_yen(cell, unit)
    return amounts if len(amounts) == len(heads) else {}


def costs_of_kinds(text: str, unit: str) -> list[BudgetRow]:
    """Read amounts that stand behind their kinds in running text: 令和5年度予算額 1,500千円 決算額 1,423千円.

    A year goes on until another is named; text without one, or with other words around, gives none.
    """
    plain = nfkc(text)
    rows: list[BudgetRow] = []
    year, at = None, 0
    for found in _COST_OF_KIND.finditer(plain):
        if plain[at : found.start()].strip(" 、,/・()"):
            return []
        year, at = years.year_in(found["year"] or "") or year, found.end()
        if year is None:
            return []
        amount = numbers.thousand_yen(found["amount"], unit)
        rows.append(BudgetRow(label=found["kind"], municipality=None, amounts={str(year): amount}))
    return rows if not plain[at:].strip(" 、,/・()。") else []


def cost_with_shares(text: str, year: int, unit: str, parties: Parties) -> list[BudgetRow]:
    """Read the cost of one year, told with the shares of those who bear it: 3,820千円(うち佐久市 1,910千円、小諸市 1,910千円).

    Shares of whom nobody knows leave the cost alone.
    """
    found = _WHOLE.fullmatch(nfkc(text).strip())
    if not found:
        return []
    shares: list[tuple[str | None, str]] = []
    for piece in re.split(r"[、・/]|,(?!\d{3})", found["shares"] or ""):
        share = _SHARE.fullmatch(piece.strip())
        who = parties.resolve(share["who"]) if share else []
        if share and len(who) == 1:
            shares.append((who[0], share["amount"]))
    told = [(None, found["amount"]), *shares]
    return [
        BudgetRow(label=None, municipality=who, amounts={str(year): numbers.thousand_yen(amount, unit)})
        for who, amount in told
    ]


def budget_row(read: Amounts, municipality: str | None, label: str | None) -> BudgetRow:
    """Make the record part of a budget row."""
    return BudgetRow(
        label=label, municipality=municipality, amounts={str(y): a for y, a in sorted(read.amounts.items())}
    )


def add_costs(rows: list[BudgetRow], row: BudgetRow) -> None:
    """Add a row of costs, to the row of the same kind or municipality where that has not these years yet."""
    for at, other in enumerate(rows):
        same = (other.label, other.municipality) == (row.label, row.municipality) != (None, None)
        if same and not other.amounts.keys() & row.amounts.keys():
            rows[at] = replace(other, amounts={**other.amounts, **row.amounts})
            return
    rows.append(row)
