"""Measures as a nested list: (1) → ア → (ア) → a 取組の内容, b 甲の役割, told by the class of the marks, never by indentation."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ingest import areas
from ingest.label_rows import MEASURE_FIELDS
from ingest.labels import SYMBOLS, Label, label, words
from ingest.parties import Parties
from ingest.projects import Draft
from ingest.roles import roles_of
from ingest.text import key, nfkc

_LIST_ITEM = re.compile(r"^(\s*)[-*]\s+\S")
_SUBJECT = re.compile(r"(?P<who>\S{1,16}?)は[、,]?(?=\S)")
_FEWEST_TOLD = 2
_SENTENCE = re.compile(r"[。]$|こと[。]?$")


@dataclass(frozen=True, slots=True)
class ListLabel:
    """A label line of a list: what it labels and the words that follow on the same line."""

    label: Label
    rest: str
    mark: areas.Heading


_LABEL_HEAD = re.compile(
    rf"^(?P<head>(?:[{SYMBOLS}](?:(?:及び|並びに|、|・|と)?[{SYMBOLS}])*|\S{{2,8}}?[市町村])(?:の役割(?:分担)?(?:及び費用[分負]担)?)|(?:連携する?)?(?:取組|取り組み|取組み|事業|連携)の?(?:内容|概要)|役割分担|費用[分負]担(?:の考え方)?|内容|概要|役割)\s*(?:[:：]\s*|\s+|$)(?P<rest>.*)$"
)


def list_label(text: str) -> ListLabel | None:
    """Read a line such as ``b 甲の役割`` or ``(イ) 取組内容 …``."""
    plain = re.sub(r"^[-#\s*]+", "", text)
    item = areas.heading(plain)
    bare = _without_mark(plain, item)
    match = _LABEL_HEAD.match(bare.strip("【】〔〕[] "))
    if not match:
        bracketed = re.match(r"^[【〔\[](?P<head>[^】〕\]]+)[】〕\]]\s*(?P<rest>.*)$", bare)
        found = label(bracketed["head"]) if bracketed else None
        return (
            ListLabel(found, bracketed["rest"], item) if bracketed and found and found.field in MEASURE_FIELDS else None
        )
    found = label(match["head"])
    if found is None and match["head"] == "役割":
        found = Label("roles", "役割")
    if found and found.field == "area1" and key(match["head"]) in words("agreement", "roles"):
        found = Label("roles", found.words)
    return ListLabel(found, match["rest"].strip(), item) if found and found.field in MEASURE_FIELDS else None


def _without_mark(plain: str, item: areas.Heading) -> str:
    """Return what stands behind the mark of a line, with its blanks: one may part a label from its text."""
    spaced = re.sub(r"\s+", " ", nfkc(plain)).strip()
    if item.kind is None:
        return spaced
    mark = re.match(r"\s*".join(map(re.escape, item.notation or "\0")), spaced)
    return spaced[mark.end() :].lstrip(".、) ") if mark else item.label


class _ListReader:
    """Reads the lines of a nested list one by one; ``done`` has the measures so far.

    ``told``: no label stands before what is done and by whom; sentences say it (大学と企業をつなぐ。 / 甲は、研究会を設ける。).
    """

    def __init__(
        self, parties: Parties, stack: areas.AreaStack, register: areas.AreaRegister, *, told: bool = False
    ) -> None:
        self._told = told
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
        found = list_label(text)
        if found:
            self._labelled(number, found)
        elif self._is_head(text):
            self._heads.append((number, page, self._heading(text)))
        elif self._told:
            self._sentence(number, text)
        elif self._draft and self._label:
            self._more(number, text)

    def _sentence(self, number: int, text: str) -> None:
        """Take a sentence below a heading: about a party it is its role, else it says what is done."""
        if self._heads:
            self._begin(number)
        if self._draft is None:
            return
        self._draft.lines.add(number)
        plain = re.sub(r"^[-\s*]+", "", text)
        who = _subject(plain, self._parties)
        if who:
            self._draft.put_role(who, plain)
        else:
            self._draft.put("overview", plain)

    def _heading(self, text: str) -> areas.Heading:
        """Read a heading; whether i is a letter or a number, the heading before it says."""
        before = self._heads[-1][2] if self._heads else self._title
        item = areas.heading(re.sub(r"^[-\s*]+", "", text))
        bullet = _LIST_ITEM.match(text) if item.kind is None else None
        if bullet:  # an item of a web page's list, whose numbers are not printed: how deep it stands is its mark
            return areas.Heading(f"list-{len(bullet[1])}", None, item.label)
        return areas.in_sequence(item, before)

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

    def _labelled(self, number: int, found: ListLabel) -> None:
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
            bare = _without_mark(plain, item)
            match = re.match(r"^(?P<who>[^\s:：]{1,16})(?:の役割)?\s*(?:[:：\s]\s*(?P<rest>.*))?$", bare)
            who = self._parties.resolve(re.sub(r"の役割$", "", match["who"])) if match else []
            subject = None if who else re.match(r"^(?P<who>\S{1,16}?)は、?(?P<rest>\S)", bare)
            if subject and self._parties.is_named(
                subject["who"]
            ):  # a 甲は、研修を企画する。: the sentence says whose it is
                self._who = self._parties.resolve(subject["who"])
                self._put_roles(bare)
                return
            if who and match:
                self._who = who
                if match["rest"]:
                    self._put(match["rest"])
                return
        self._put(plain)

    def _put(self, text: str) -> None:
        assert self._draft is not None and self._label is not None  # noqa: PT018, S101  narrowed by the callers
        if self._label.field == "roles":
            self._put_roles(text)
        else:
            self._draft.put(self._label.field, text)

    def _put_roles(self, text: str) -> None:
        """Give a line of roles to those whom it names one after the other, else to those of whom the list speaks now."""
        assert self._draft is not None  # noqa: S101  narrowed by the callers
        parts = roles_of(text, self._parties) if self._role_list else []
        if len(parts) < 2:
            self._draft.put_role(self._who or self._parties.names, text)
            return
        for self._who, part in parts:  # what follows on the next line is of the last
            self._draft.put_role(self._who, part)


def _subject(text: str, parties: Parties) -> list[str]:
    """Return whom a sentence speaks of (甲及び乙は、備蓄品の一覧を交換する。), [] for nobody."""
    subject = _SUBJECT.match(text)
    return parties.resolve(subject["who"]) if subject else []


def _is_told(lines: Sequence[str], parties: Parties) -> bool:
    """Tell whether a list without any labels says in sentences who does what, below two marked headings or more."""
    if any(list_label(text) for text in lines):
        return False
    items = sum(
        areas.heading(text).kind is not None and not _SENTENCE.search(text) and bool(_about(lines[n + 1 :], parties))
        for n, text in enumerate(lines)
    )
    return items >= _FEWEST_TOLD


def _about(below: Sequence[str], parties: Parties) -> list[str]:
    """Return of whom the first sentence about a party speaks, among those right below a heading."""
    sentences = takewhile(lambda text: bool(_SENTENCE.search(text)), below)
    return next((who for text in sentences if (who := _subject(re.sub(r"^[-\s*]+", "", text), parties))), [])


def nested(
    lines: Sequence[tuple[int, int | None, str]],
    parties: Parties,
    stack: areas.AreaStack,
    register: areas.AreaRegister,
    enter_annex: Callable[[int, str], bool] | None = None,
) -> list[Draft]:
    """Read the measures of a nested list given as (line number, page, text).

    ``enter_annex`` takes a line that heads an annex, and says whether it was one.
    """
    told = _is_told([text for _, _, text in lines], parties)
    reader = _ListReader(parties, stack, register, told=told)
    for number, page, text in lines:
        if enter_annex and enter_annex(number, text):
            continue
        reader.line(number, page, text)
    return reader.done
