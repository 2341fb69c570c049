"""Names of municipalities ↔ 全国地方公共団体コード: known names in running text, printed names, misprinted names.

The one entry to three parts: ``municipality_table`` (what exists, by code and by name), ``municipality_mentions``
(``find``: names in running text) and ``municipality_names`` (``resolve``, ``nearest``: a name printed alone).
"""

from ingest.municipality_mentions import Mention, find
from ingest.municipality_names import nearest, resolve
from ingest.municipality_table import (
    Kind,
    Municipality,
    all_municipalities,
    by_code,
    check_digit,
    named,
    prefectures,
)

__all__ = [
    "Kind",
    "Mention",
    "Municipality",
    "all_municipalities",
    "by_code",
    "check_digit",
    "find",
    "named",
    "nearest",
    "prefectures",
    "resolve",
]
