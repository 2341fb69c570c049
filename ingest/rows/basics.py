"""Indicators of an area (基本KPI) in a list of projects."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest import areas
from ingest.blocks import Row
from ingest.indicator_cells import Cells
from ingest.text import clean

_BASIC = re.compile(r"基本(?:KPI|指標|目標指標)|圏域(?:全体の)?KPI|(?:成果|重要業績評価)指標\(全体\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BasicIndicator:
    """An indicator of an area, with the row it came from."""

    area: tuple[areas.Heading, ...]
    cells: Cells
    row: Row


@lru_cache(maxsize=8192)
def is_basic(cell: str) -> bool:
    """Tell whether a cell is the mark of an indicator of an area (【基本KPI】, also 基 本 KPI)."""
    return bool(_BASIC.search("".join(clean(cell).split())))
