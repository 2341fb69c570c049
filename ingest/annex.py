"""The measures of an agreement: in annexes (別表) as tables, or as a nested list inside an article.

Three forms, told apart by what they hold: a header table (取組 | 内容 | 甲の役割 | 乙の役割), a name with label rows beside it
(救急医療体制 | 取組内容 | …), and a list whose enumerators nest ((1) → ア → (ア) → a 取組の内容, b 甲の役割). A list is read by the
class of its marks and by its label words, never by indentation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest import areas
from ingest.blocks import Block, Table
from ingest.columns import parts
from ingest.label_rows import has_label_column, named_rows
from ingest.nested_lists import list_label, nested
from ingest.parties import Parties
from ingest.projects import Draft
from ingest.rows.reader import RowReader
from ingest.text import clean, key

__all__ = ["Measures", "amended_annex", "annex_heading", "has_label_column", "named_rows", "nested", "read_annexes"]

_REFERENCE = re.compile(r"[\[(（［]?\s*第\s*[\d一二三四五六七八九十]+\s*条[^\])）］]*[\])）］]?|関係")
_REFERENCE_LINE = re.compile(r"^[\[(（]?\s*第\s*[\d一二三四五六七八九十]+\s*条.{0,16}(?:関係)?\s*[)）\]]?$")
_AMENDED = re.compile(r"^\S{0,12}?(?P<annex>別\s*表\s*第?\s*[\d一二三四五六七八九十]+)\s*\((?P<label>[^()]{2,40})\)")


@dataclass
class Measures:
    """What the annexes or lists of an agreement hold; ``register`` has every area once."""

    drafts: list[Draft] = field(default_factory=list)
    register: areas.AreaRegister = field(default_factory=areas.AreaRegister)


def annex_heading(text: str) -> areas.Heading | None:
    """Read a heading such as ``別表第1（第3条関係）``; its label is what stands behind the reference, "" for none."""
    plain = clean(re.sub(r"^[#\s]+", "", text))
    match = re.match(r"^別\s*表\s*第?\s*([\d一二三四五六七八九十]*)(?=$|[\s\[(（［第の]|[^\d])", plain)
    if not match or len(plain) > 60 or re.search(r"[。]|とおり|定め|掲げ", plain):
        return None
    rest = _REFERENCE.sub("", plain[match.end() :]).strip(" ()[]、")
    return areas.Heading("annex", re.sub(r"\s", "", match[0].strip()), rest)


def amended_annex(sentence: str) -> areas.Heading | None:
    """Return the annex that a sentence of an amendment names with its area (別表第1(生活機能の強化)中4の次に次のように加える。)."""
    named = _AMENDED.match(clean(sentence))
    if not named or _REFERENCE.search(named["label"]):
        return None
    return areas.Heading("annex", re.sub(r"\s", "", named["annex"]), named["label"])


def read_annexes(blocks: Sequence[Block], parties: Parties, items: dict[str, str]) -> Measures:
    """Read everything from the first annex heading on; ``items`` are the names that an article gives to annexes (別表1 → …)."""
    return _AnnexReader(parties, items).read(blocks)


class _AnnexReader:
    def __init__(self, parties: Parties, items: dict[str, str]) -> None:
        self._parties, self._items = parties, items
        self._stack = areas.AreaStack()
        self._measures = Measures()
        self._annex: areas.Heading | None = None
        self._lines: list[tuple[int, int | None, str]] = []

    def read(self, blocks: Sequence[Block]) -> Measures:
        for block in blocks:
            if isinstance(block, Table):
                self._flush_lines()
                self._table(block)
            else:
                self._lines.append((block.line.number, block.line.page, block.words))
        self._flush_lines()
        return self._measures

    def _flush_lines(self) -> None:
        """Text between tables names areas; text that holds label words is a list of measures."""
        lines, self._lines = self._lines, []
        if not any(list_label(text) for _, _, text in lines):
            for number, _, text in lines:
                self._enter(number, text)
            return
        self._measures.drafts += nested(lines, self._parties, self._stack, self._measures.register, self._enter_annex)

    def _enter_annex(self, number: int, text: str) -> bool:
        """Open an annex when the line heads one; the next line without a mark may be its name."""
        found = annex_heading(text)
        if found is None:
            return False
        name = found.label or self._items.get(key(found.notation or ""), "")
        self._annex = areas.Heading("annex", found.notation, name)
        self._stack.open = []
        if name:
            self._register(number, self._annex)
        return True

    def _enter(self, number: int, text: str) -> None:
        if self._enter_annex(number, text):
            return
        item = areas.heading(text)
        if len(item.label) > 60 or "。" in item.label or not item.label:
            return
        if item.kind is None:
            self._enter_unmarked(number, item)
        else:
            self._register(number, item)

    def _enter_unmarked(self, number: int, item: areas.Heading) -> None:
        """A line without a mark names its annex, or, where no area has a mark, an area."""
        if self._annex is None or _REFERENCE_LINE.match(item.label) or item.label == self._annex.label:
            return
        numbered = re.search(r"[\d一二三四五六七八九十]", self._annex.notation or "")
        if numbered and not self._annex.label:
            self._annex = areas.Heading("annex", self._annex.notation, item.label)
            self._stack.open = []
            self._register(number, self._annex)
        elif numbered and all(h.kind in (None, "annex") for h in self._stack.open):
            self._measures.register.add(self._stack.enter(item, 2), number, number)
        elif (
            not numbered
            and all(h.kind is None for h in self._stack.open)
            and not re.search(r"[※:()\[\]]|^注", item.label)
        ):
            self._stack.open = []
            self._register(number, item)

    def _register(self, number: int, item: areas.Heading) -> None:
        self._measures.register.add(self._stack.enter(item), number, number)

    def _table(self, table: Table) -> None:
        rows = list(table.rows)
        reader = RowReader(self._parties, self._stack)
        found = list(parts(rows, self._parties))
        if has_label_column(found):
            drafts = named_rows(rows, self._parties, self._stack, self._measures.register)
        elif found:
            for part in found:
                reader.read(part)
            drafts = reader.drafts()
        else:
            drafts = named_rows(rows, self._parties, self._stack, self._measures.register)
        for draft in drafts:
            if draft.area:
                self._measures.register.add(draft.area, min(draft.lines), min(draft.lines))
        self._measures.drafts += drafts
