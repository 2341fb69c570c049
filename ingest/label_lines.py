"""Lines of a label and a value (``事業名：…``, ``【事業概要】…``, ``担当課　…``) seen as the rows of a form."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

from ingest.areas import heading
from ingest.blocks import Paragraph, Row
from ingest.guideline import national_area
from ingest.labels import is_remark, label
from ingest.text import CIRCLED, key, nfkc

_PARTS = (
    "overview", "purpose", "roles", "cost_sharing", "departments", "schedule", "budget", "indicator", "rating",
    "progress", "participants", "subsidy", "remarks",
)  # fmt: skip
_BULLET = re.compile(rf"[・○●◆◇■□※➤▶{CIRCLED}]|[-*]\s")
_HOLDER_LINE = re.compile(
    r"^[-*・●○]?\s*[【〔\[(]?\S{1,20}?(?:市|町|村|区|都市|市町村|市町)(?:[】〕\])]|\s*[:：]|[\s\u3000]+\S)"
)
_LABEL_LINE = re.compile(
    r"^[【〔\[［〈＜《■○●◆◇・]?\s*(?P<label>[^:：\t】〕\]］〉＞》]{2,24})[】〕\]］〉＞》]?\s*[:：]\s*(?P<value>.*)$"
)
_BRACKET_LINE = re.compile(r"^[【〔\[［〈＜《](?P<label>[^】〕\]］〉＞》]{2,24})[】〕\]］〉＞》]\s*(?P<value>.*)$")

_GAP_LINE = re.compile(r"^[■○●◆◇・]?[\s　]*(?P<label>[^\s　。、]{2,16})[\s　]+(?P<value>\S.*)$")

_SPREAD_LABEL = re.compile(r"^(?P<label>[^\s　。、](?:[\s　]+[^\s　。、]){1,4})[\s　]{2,}(?P<value>\S{2}.*)$")

_NEXT_LABEL = re.compile(r"[\s　]+(?=(?P<label>[^\s　:：。、]{2,16})\s*[:：])")
_LEGEND = re.compile(r"(?:^|[\s　、,/])[◎○△×▲A-EＡ-Ｅ]\s*[:：=＝]")

_MOST_HEADS = 3
_OPENING = ("area1", "area2", "number", "program", "title")
_WIDE = re.compile(r"\u3000+|\s{2,}")
_FORM_NUMBER = re.compile(
    r"[【〔\[<〈《(]?\s*(?:連携|個別)?(?:事業|取組|施策)?(?:個票|調書|シート|カード)?\s*(?:(?<=[票書トド])|No\.?|番号|整理番号)\s*"
    r"(?:No\.?)?\s*(?P<number>\d{1,3}(?:-\d{1,2})?)\s*[】〕\]>〉》)]?",
    re.IGNORECASE,
)
NUMBER = rf"(?P<number>\d{{1,3}}(?:-?(?:\d{{1,2}}|[{CIRCLED}]))*)"
"""The inside of a regular expression: a number with the numbers and branches below it (7, 1-2, 1-①)."""

NUMBERED = re.compile(
    r"[【〔\[]?(?:連携)?(?:事業|取組|施策|プロジェクト|項目|整理|管理)?\s?(?:No\.?|番号)?\s?(?<=\S)"
    rf"{NUMBER}(?:\s*[】〕\]:：.．]\s*|\s+)(?P<name>\D.+)$",
    re.IGNORECASE,
)
"""A number with the word for what it counts, before the name of a form."""


def lines_as_rows(paragraphs: list[Paragraph]) -> list[Row]:
    """See lines such as ``事業名：…`` and ``【事業概要】`` as the rows of a form; other lines go on with the row above."""
    rows = []
    above = ""
    named = any(names_form(paragraph.words) for paragraph in paragraphs)
    heads = _heads_of_forms(paragraphs)
    for paragraph, below in zip_longest(paragraphs, paragraphs[1:]):
        at, (words, *more) = paragraph.line, _labelled_pieces(re.sub(r"^[-*]\s+", "", paragraph.words))
        cells = ("", above + words) if above else (words, "") if named and is_part(words) else cells_of(words)
        if at.number in heads:
            cells = "備考", words
        elif (
            named and not cells[0] and below and (numbered := NUMBERED.match(nfkc(words))) and _begins_form(below.words)
        ):
            cells = "番号", numbered["number"]  # 取組2 合同就職説明会 / 【分野】… / 【取組名】合同就職説明会
        # The head of a list inside of a text goes with its first item: alone it would be read as a label.
        above = words if not above and _heads_list(cells, below) else ""
        told = ("", "") if above else tuple(cell for each in (cells, *map(cells_of, more)) for cell in each)
        rows.append(Row(told, at.number, at.number, at.page))
    return [_as_roles(row, after) for row, after in zip_longest(rows, rows[1:])]


def _labelled_pieces(words: str) -> list[str]:
    """Cut a line that holds several labels with their values (評価：Ａ　今後の方向性：継続) before each known label."""
    first = _LABEL_LINE.match(words)
    if not first or not label(first["label"]):
        return [words]
    cuts = [m for m in _NEXT_LABEL.finditer(words) if label(m["label"]) or is_remark(m["label"])]
    starts, ends = [0, *(m.end() for m in cuts)], [*(m.start() for m in cuts), len(words)]
    return [words[start:end] for start, end in zip(starts, ends, strict=True)]


def form_number(words: str) -> str | None:
    """Return the number of the form below a line that says no more (個票2, 【事業No.3】)."""
    numbered = _FORM_NUMBER.fullmatch(nfkc(words))
    return numbered["number"] if numbered else None


def names_form(words: str, below: str = "") -> bool:
    """Tell whether a line gives the name of a form by its label (取組名　図書館の連携), and heads no list of names ``below`` it."""
    named, value = cells_of(words)
    found = label(named)
    heads_list = not value and bool(_BULLET.match(below))
    return found is not None and found.field in ("title", "program") and not heads_list


def _heads_of_forms(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Return the lines that stand above each form and are the same every time (様式第1号, 連携事業調書): they are of no field."""
    above: list[Paragraph] = []
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        if _begins_form(paragraph.words):
            found += above
        above = [] if cells_of(paragraph.words)[0] else [*above, paragraph][-_MOST_HEADS:]
    times = Counter(key(paragraph.words) for paragraph in found)
    again = [paragraph for paragraph in found if times[key(paragraph.words)] > 1]
    return {p.line.number for p in again if heading(p.words).kind is None and not national_area(p.words)}


def opens_form(rows: Sequence[Row]) -> bool:
    """Tell whether the first label of some rows is of a number, an area or a name, or none of them has a label."""
    first = next((found for row in rows for cell in row.cells if (found := label(cell))), None)
    return first is None or first.field in _OPENING


def _begins_form(words: str) -> bool:
    """Tell whether a line is the label of a number, an area or a name."""
    found = label(cells_of(words)[0])
    return found is not None and found.field in _OPENING


def is_part(words: str) -> bool:
    """Tell whether a marked line (1 取組の概要) is a label: a part of the form that a label above names, and no area."""
    found = label(words)
    return found is not None and found.field in _PARTS and heading(words).kind is not None


def cells_of(words: str) -> tuple[str, str]:
    """Return the label of a line and its value, "" and the line where it has none."""
    if number := form_number(words):
        return "番号", number
    match = _labelled(words)
    heads = [part for part in _WIDE.split(words.strip()) if part]
    if len(heads) > 1 and all(label(part) for part in heads):
        return "", words  # the heads of what stands below side by side: [分野]   [施策]   [事業]
    if len(_LEGEND.findall(words)) > 1 and not (match and label(match["label"])):
        return "備考", words  # what the grades mean ends the form above
    if match and label(match["label"]):
        return match["label"], match["value"]
    if match and is_remark(match["label"]):
        return "備考", match["value"]  # a label that no list knows (今後の方針:…) ends the field above it all the same
    return (words, "") if label(words) and heading(words).kind is None else ("", words)


def _heads_list(cells: tuple[str, str], below: Paragraph | None) -> bool:
    """Tell whether a label of names heads a list inside of a text (〔主な事業〕 over ・…), and names nothing."""
    found = label(cells[0]) if not cells[1] else None
    return bool(found and found.field in ("title", "program") and below and _BULLET.match(below.words))


def _labelled(words: str) -> re.Match[str] | None:
    """Cut a line at its label: brackets, a colon or blanks part it from its value; the first cut with a known label counts."""
    cuts = [_BRACKET_LINE.match(words), _LABEL_LINE.match(words), _gap_line(words)]
    return next((cut for cut in cuts if cut and label(cut["label"])), cuts[0] or cuts[1])


def _gap_line(words: str) -> re.Match[str] | None:
    """Part a known label from its value where only blanks stand between (担当課　企画政策課)."""
    spread = _SPREAD_LABEL.match(words)  # 分　　野　　　災害対策
    if spread and label("".join(spread["label"].split())):
        words = f"{''.join(spread['label'].split())} {spread['value']}"
    match = _GAP_LINE.match(words)
    return match if match and len(match["label"]) > 1 and label(match["label"]) else None


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
    for first in dict.fromkeys(fields[i + 1] for i in above):
        named = {i for i in above if fields[i + 1] == first}
        each = all(i - 1 in named for i, field in enumerate(fields) if field == first)
        if each and (len(named) > 1 or NUMBERED.match(rows[min(named)].cells[1])):
            return named
    return set()


def _is_name(words: str) -> bool:
    return 3 <= len(words) <= 45 and not re.search(r"[。:：]|[、,]$|\d円", words)
