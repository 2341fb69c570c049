"""Other areas that a document compares itself with: side by side (cities as columns) or one below the other."""

import re

from ingest import numbers, years
from ingest.blocks import Row, Table
from ingest.observations import Statistics
from ingest.parties import names_in
from ingest.records import MetropolitanAreaRecord, Source
from ingest.text import clean

_METRO = {
    name: re.compile(pattern)
    for name, pattern in {
        "core": "^(?:中心となる市|中心市|連携中枢都市|中枢都市|中心都市|中心市名)$",
        "declared": "宣言",
        "agreed": "協約|協定|形成(?:時期|年月日?)|締結",
        "vision": "ビジョン",
        "members": "(?:連携|構成|関係|参加)(?:する)?市町|市町村数",
        "population": "人口",
        "area_km2": "面積",
    }.items()
}


_PERSONS = {"千人": 1000, "万人": 10_000}


def read_metropolitan(table: Table, found: Statistics) -> bool:
    """Other areas side by side (cities as columns) or one below the other (cities as rows)."""
    rows = [tuple(clean(c) for c in row.cells) for row in table.rows]
    labels = {
        name: n
        for n, cells in enumerate(rows)
        for name, word in _METRO.items()
        if cells and word.search(cells[0]) and len(cells[0]) < 16
    }
    if len(labels) >= 4 and {"declared", "population"} & labels.keys():
        for column in range(1, table.width):
            _area(
                found,
                {name: (table.rows[n], rows[n][column] if column < len(rows[n]) else "") for name, n in labels.items()},
                table.rows[0],
                rows[0][column] if column < len(rows[0]) else "",
            )
        return True
    head = {
        name: i
        for i, cell in enumerate(rows[0])
        for name, word in _METRO.items()
        if word.search(cell) and len(cell) < 16
    }
    if len(head) >= 4 and {"declared", "population"} & head.keys():
        for row, cells in zip(table.rows[1:], rows[1:], strict=True):
            _area(
                found,
                {name: (row, cells[i] if i < len(cells) else "") for name, i in head.items()},
                row,
                cells[0] if cells else "",
            )
        return True
    return False


def _area(found: Statistics, cells: dict[str, tuple[Row, str]], row: Row, core: str) -> None:
    names = names_in(re.sub(r"【.*?】", "", cells["core"][1] if "core" in cells else core))
    if not names:
        return
    text = {name: None if numbers.is_dash(cell) or not cell else cell for name, (_, cell) in cells.items()}
    population = numbers.figure(text.get("population") or "")
    area = numbers.figure(re.sub(r"km\s*2", "", text.get("area_km2") or ""))
    dates = {
        name: years.iso_date(text[name] or "") if text.get(name) else None for name in ("declared", "agreed", "vision")
    }
    lines = [r.first for r, _ in cells.values()] + [row.first]
    found.metropolitan.append(
        MetropolitanAreaRecord(
            id=found.new_id("metropolitan-area", len(found.metropolitan)),
            document=found.document,
            source=Source(row.page, (min(lines), max(lines))),
            core=names[0],
            declared=dates["declared"],
            agreed=dates["agreed"],
            vision=dates["vision"],
            members=text.get("members"),
            population=round(population.value * _PERSONS.get(population.unit or "", 1)) if population else None,
            area_km2=float(area.value) if area else None,
        )
    )
