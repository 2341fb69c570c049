"""The measures of an agreement: in annexes (別表) as tables, or as a nested list inside an article.

Three forms, told apart by what they hold: a header table (取組 | 内容 | 甲の役割 | 乙の役割), a name with label rows beside it
(救急医療体制 | 取組内容 | …), and a list whose enumerators nest ((1) → ア → (ア) → a 取組の内容, b 甲の役割). A list is read by the
class of its marks and by its label words, never by indentation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest import areas
from ingest.blocks import Block, Row, Table
from ingest.columns import Part, is_heading, parts
from ingest.labels import SYMBOLS, Label, label, words
from ingest.parties import Parties
from ingest.projects import Draft
from ingest.rows import RowReader
from ingest.text import clean, key, nfkc

_FIELDS = ("overview", "roles", "cost_sharing", "purpose")
_REFERENCE = re.compile(r"[\[(（［]?\s*第\s*[\d一二三四五六七八九十]+\s*条[^\])）］]*[\])）］]?|関係")
_REFERENCE_LINE = re.compile(r"^[\[(（]?\s*第\s*[\d一二三四五六七八九十]+\s*条.{0,16}(?:関係)?\s*[)）\]]?$")
_SENTENCE = re.compile(r"[。]$|こと[。]?$")


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
        if not any(_list_label(text) for _, _, text in lines):
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


def has_label_column(found: Sequence[Part]) -> bool:
    """Tell whether the rows under a heading (取組名 | 区分 | 内容) are labelled one by one: 取組の内容, 甲の役割 …."""
    rows = [row for part in found for row in part.rows]
    labelled = sum(any((at := label(row.cell(i))) and at.field in _FIELDS for i in row.filled[:-1]) for row in rows)
    return len(rows) >= 2 and 10 * labelled >= 6 * len(rows)


def named_rows(
    rows: Sequence[Row], parties: Parties, stack: areas.AreaStack, register: areas.AreaRegister
) -> list[Draft]:
    """Read ``name | label | text`` rows; rows that only head their columns are left out."""
    body = [row for row in rows if not is_heading(row, parties)]
    return _NamedRows(parties, stack, register).read(body)


class _NamedRows:
    """Reads ``name | label | text`` rows; the name stands in the first row of its labels, or is merged over them."""

    def __init__(self, parties: Parties, stack: areas.AreaStack, register: areas.AreaRegister) -> None:
        self._parties, self._stack, self._register = parties, stack, register
        self._opened: Label | None = None
        self._drafts: list[Draft] = []

    def read(self, rows: Sequence[Row]) -> list[Draft]:
        for row in rows:
            cells = [row.cell(i) for i in row.filled]
            at = next((n for n, c in enumerate(cells) if (found := label(c)) and found.field in _FIELDS), None)
            found = label(cells[at]) if at is not None else None
            if at is None or found is None:
                self._unlabelled(row, cells)
            else:
                self._labelled(row, " ".join(cells[:at]), found, " ".join(cells[at + 1 :]))
        return [draft for draft in self._drafts if draft.is_project()]

    def _labelled(self, row: Row, printed: str, found: Label, text: str) -> None:
        name = re.sub(r"[(（](?:続き|つづき)[)）]", "", printed).strip()
        draft = self._drafts[-1] if self._drafts else None
        if draft and clean(name) == draft.text("title"):
            name = ""
        if name and (draft is None or found.field == "overview"):
            draft = Draft(area=tuple(self._stack.open))
            draft.put("title", _plain_name(name))
            self._drafts.append(draft)
        elif name and draft:
            draft.put("title", name)
        if draft:
            draft.see(row)
            self._opened = found
            _put(draft, found, text, self._parties)

    def _unlabelled(self, row: Row, cells: Sequence[str]) -> None:
        """A row without a label heads an area, or was cut by a page: its last cell goes on with the text."""
        item = areas.heading(cells[0]) if len(cells) == 1 and len(cells[0]) < 40 else None
        if item and item.kind:
            self._register.add(self._stack.enter(item), row.first, row.last)
        elif self._drafts and self._opened and cells:
            self._drafts[-1].see(row)
            if len(cells) > 1:
                self._drafts[-1].put("title", cells[0])
            _put(self._drafts[-1], self._opened, cells[-1], self._parties)


def _plain_name(name: str) -> str:
    item = areas.heading(name)
    return item.label if item.kind and item.label else name


def _put(draft: Draft, found: Label, text: str, parties: Parties) -> None:
    if found.field == "roles":
        who = parties.resolve(found.who) if found.who else parties.names
        draft.put_role(who, text)
    else:
        draft.put(found.field, text)


@dataclass(frozen=True, slots=True)
class _ListLabel:
    """A label line of a list: what it labels and the words that follow on the same line."""

    label: Label
    rest: str
    mark: areas.Heading


_LABEL_HEAD = re.compile(
    rf"^(?P<head>(?:[{SYMBOLS}](?:(?:及び|並びに|、|・|と)[{SYMBOLS}])*|\S{{2,8}}?[市町村])(?:の役割(?:分担)?(?:及び費用[分負]担)?)|(?:連携する?)?(?:取組|取り組み|取組み|事業|連携)の?(?:内容|概要)|役割分担|費用[分負]担(?:の考え方)?|内容|概要|役割)\s*(?:[:：]\s*|\s+|$)(?P<rest>.*)$"
)


def _list_label(text: str) -> _ListLabel | None:
    """Read a line such as ``b 甲の役割`` or ``(イ) 取組内容 …``."""
    plain = re.sub(r"^[-#\s*]+", "", text)
    item = areas.heading(plain)
    bare = _without_mark(plain, item)
    match = _LABEL_HEAD.match(bare.strip("【】〔〕[] "))
    if not match:
        bracketed = re.match(r"^[【〔\[](?P<head>[^】〕\]]+)[】〕\]]\s*(?P<rest>.*)$", bare)
        found = label(bracketed["head"]) if bracketed else None
        return _ListLabel(found, bracketed["rest"], item) if bracketed and found and found.field in _FIELDS else None
    found = label(match["head"])
    if found is None and match["head"] == "役割":
        found = Label("roles", "役割")
    if found and found.field == "area1" and key(match["head"]) in words("agreement", "roles"):
        found = Label("roles", found.words)
    return _ListLabel(found, match["rest"].strip(), item) if found and found.field in _FIELDS else None


def _without_mark(plain: str, item: areas.Heading) -> str:
    """Return what stands behind the mark of a line, with its blanks: one may part a label from its text."""
    spaced = re.sub(r"\s+", " ", nfkc(plain)).strip()
    if item.kind is None:
        return spaced
    mark = re.match(r"\s*".join(map(re.escape, item.notation or "\0")), spaced)
    return spaced[mark.end() :].lstrip(".、) ") if mark else item.label


class _ListReader:
    """Reads the lines of a nested list; ``enter_annex`` says whether a line heads an annex."""

    def __init__(self, parties: Parties, stack: areas.AreaStack, register: areas.AreaRegister) -> None:
        self._parties, self._stack, self._register = parties, stack, register
        self._draft: Draft | None = None
        self._label: Label | None = None
        self._who: list[str] = []
        self._heads: list[tuple[int, int | None, areas.Heading]] = []
        self._title: areas.Heading | None = None
        self._label_kind: str | None = None
        self._role_list = False
        self.done: list[Draft] = []

    def line(self, number: int, page: int | None, text: str) -> None:
        """Take the next line."""
        found = _list_label(text)
        if found:
            self._labelled(number, found)
        elif self._is_head(text):
            self._heads.append((number, page, self._heading(text)))
        elif self._draft and self._label:
            self._more(number, text)

    def _heading(self, text: str) -> areas.Heading:
        """Read a heading; whether i is a letter or a number, the heading before it says."""
        before = self._heads[-1][2] if self._heads else self._title
        return areas.in_sequence(areas.heading(re.sub(r"^[-\s*]+", "", text)), before)

    def _is_head(self, text: str) -> bool:
        """A heading is marked, short and no sentence; below a label it must stand outside of the label's own marks."""
        item = self._heading(text)
        if item.kind is None or not item.label or len(item.label) > 50 or _SENTENCE.search(item.label):
            return False
        if self._draft is None or self._label is None or self._title is None or self._title.kind is None:
            return True
        if self._role_list and self._parties.is_named(item.label):
            return False
        known = {h.kind for h in self._stack.open} | {self._title.kind}
        return (item.kind in known and item.kind != self._label_kind) or bool(self._heads)

    def _labelled(self, number: int, found: _ListLabel) -> None:
        begins = found.label.field == "overview" or self._heads or self._draft is None
        if begins and self._heads:
            self._begin(number)
        if self._draft is None:
            return
        self._draft.lines.add(number)
        self._label, self._label_kind = found.label, found.mark.kind
        self._who = self._parties.resolve(found.label.who) if found.label.who else []
        self._role_list = found.label.field == "roles" and not found.label.who
        if found.rest:
            self._put(found.rest)

    def _begin(self, number: int) -> None:
        """Open a measure: the last heading is its name, those before it are its areas."""
        *outer, (at, page, title) = self._heads
        for line, _, item in outer:
            self._register.add(self._stack.enter(item), line, line)
        if title.kind in {h.kind for h in self._stack.open}:
            kinds = [h.kind for h in self._stack.open]
            del self._stack.open[kinds.index(title.kind) :]
        self._heads = []
        self._title = title
        self._draft = Draft(area=tuple(self._stack.open), page=page)
        self._draft.put("title", title.label)
        self._draft.lines.update((at, number))
        self.done.append(self._draft)

    def _more(self, number: int, text: str) -> None:
        assert self._draft is not None  # noqa: S101  narrowed by the caller
        self._draft.lines.add(number)
        plain = re.sub(r"^[-\s*]+", "", text)
        if self._role_list:
            item = areas.heading(plain)
            match = re.match(
                r"^(?P<who>[^\s:：]{1,16})(?:の役割)?\s*(?:[:：\s]\s*(?P<rest>.*))?$", _without_mark(plain, item)
            )
            who = self._parties.resolve(re.sub(r"の役割$", "", match["who"])) if match else []
            if who and match:
                self._who = who
                if match["rest"]:
                    self._put(match["rest"])
                return
        self._put(plain)

    def _put(self, text: str) -> None:
        assert self._draft is not None and self._label is not None  # noqa: PT018, S101  narrowed by the callers
        if self._label.field == "roles":
            self._draft.put_role(self._who or self._parties.names, text)
        else:
            self._draft.put(self._label.field, text)


def nested(
    lines: Sequence[tuple[int, int | None, str]],
    parties: Parties,
    stack: areas.AreaStack,
    register: areas.AreaRegister,
    enter_annex: object = None,
) -> list[Draft]:
    """Read the measures of a nested list given as (line number, page, text)."""
    reader = _ListReader(parties, stack, register)
    for number, page, text in lines:
        if callable(enter_annex) and enter_annex(number, text):
            continue
        reader.line(number, page, text)
    return reader.done
