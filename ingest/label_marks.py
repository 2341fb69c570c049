"""Labels of forms that bear a mark, as chapters do (``■役割分担``, ``(2) 事業概要``, ``### 担当課``), seen as labels in brackets.

A mark alone says nothing for certain: ``(2) 事業概要`` may head a chapter. What comes back beside other labels, once a form,
is a label, whatever its mark.
"""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.areas import heading
from ingest.blocks import Block, Heading, Paragraph, Table
from ingest.label_lines import cells_of
from ingest.labels import label
from ingest.text import CIRCLED, key

_MARK = re.compile(
    rf"\s*(?:[(（]\s*\S{{1,2}}\s*[)）]|[■□◆◇●○〇◎▼▶➤★☆・]|[{CIRCLED}]|\d{{1,2}}[.．、)）]?|[ア-ンa-zA-Z][.．、)）\s])[\s　]*(?=\S)"
)
_TEXTS = {"overview", "purpose", "roles", "departments", "budget", "schedule", "cost_sharing", "progress", "indicator"}
_NAMES = {
    "area1",
    "area2",
    "number",
    "program",
    "title",
    "participants",
    "baseline",
    "target",
    "actual",
    "rating",
    "remarks",
}
_FEWEST = 3

_Marked = tuple[str, str, str]


def with_bracketed_labels(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with each label that bears the same kind of mark in several forms as a line 【役割分担】."""
    seen = [None if isinstance(block, Table) else _marked_label(block) for block in blocks]
    times = Counter((kind, key(words)) for kind, words, _ in filter(None, seen))
    again = [(kind, found.field) for (kind, words), n in times.items() if n > 1 and (found := label(words))]
    texts = {kind: {field for other, field in again if other == kind and field in _TEXTS} for kind, _ in again}
    kinds = {kind for kind, fields in texts.items() if len(fields) >= _FEWEST}
    return [
        Paragraph(f"【{marked[1]}】{marked[2]}", block.line)
        if not isinstance(block, Table) and marked and marked[0] in kinds and times[marked[0], key(marked[1])] > 1
        else block
        for block, marked in zip(blocks, seen, strict=True)
    ]


def _marked_label(block: Heading | Paragraph) -> _Marked | None:
    """Return the kind of the mark before a label, the label, and the value behind it."""
    if isinstance(block, Heading):
        kind, rest = f"heading {block.level}", block.words
    else:
        kind, mark = heading(block.words).kind or "", _MARK.match(block.words)
        if not kind or kind == "bracket" or mark is None:
            return None
        rest = block.words[mark.end() :]
    words, value = cells_of(rest)
    found = label(words)
    return (kind, words, value) if found and found.field in _TEXTS | _NAMES else None
