"""The cells of a form that name things: its number, its areas, who does what, the bodies in charge."""

import re
from collections.abc import Sequence

from ingest import areas
from ingest.labels import Label, guessed, is_role_or_pillar, label, words
from ingest.parties import Parties, names_in
from ingest.projects import departments_of, number_and_branch
from ingest.roles import CENTRE, GROUP, holders, roles_of
from ingest.sheets.sheet import Sheet
from ingest.text import CIRCLED, clean, key

_HOLDER = re.compile(r"\S{0,6}(?:中枢都市|中心市|市町村|市町|町村|各市|各町|圏域|協議会|事務局|組合|連合)")
_ROLE_OF_GROUP = re.compile(rf"(?:{GROUP.pattern})の?役割")
_HEADS_OF_HOLDERS = words("tables", "municipality") | words("form_heads", "labels")
Cells = Sequence[tuple[int, str]]


class FormNames:
    """Reads the cells of a form that name municipalities, bodies, areas and numbers."""

    def __init__(self, sheet: Sheet, parties: Parties) -> None:
        self._sheet, self._parties = sheet, parties
        self._who: list[str] = []
        self._members: list[str] = []
        self._owners: dict[int, str] = {}

    def begin(self, found: Label) -> None:
        """Open a field; its label may name the party that it speaks of."""
        self._who = self._parties.resolve(found.who) if found.who else []
        group = _ROLE_OF_GROUP.match(found.words) if found.field == "roles" and not found.who else None
        if group and self._sheet.draft.roles:  # 連携市町村の役割 behind 中心市の役割: of all, it would have come first
            self._who = self._others()
        if found.who and found.field == "roles":
            group, others = GROUP.fullmatch(found.who), self._others()
            unknown = group and self._centre_is_unknown()
            self._who = [found.who] if unknown else (group and others) or holders(found.who, self._parties, others)

    def read(self, name: str, cells: Cells) -> None:
        """Read cells of one of the fields that name things."""
        if name == "number":
            self._number(cells)
        elif name == "roles":
            self._roles(cells)
        elif name == "departments":
            self._departments(cells)
        elif name == "participants":
            named = [n for _, cell in cells for n in names_in(cell)] or [
                n for _, cell in cells for n in self._parties.resolve(cell)
            ]
            self._members += [n for n in named if n not in self._members]

    def area(self, level: int, text: str) -> None:
        """Open the areas that a cell names, from a level on."""
        draft = self._sheet.draft
        levels = areas.chain(text)
        kept = draft.area[: level - 1] if level > 1 and len(draft.area) >= level - 1 else draft.area
        draft.area = (*kept, *levels) if level > 1 else tuple(levels)

    def _number(self, cells: Cells) -> None:
        draft = self._sheet.draft
        for _, cell in cells:
            read = number_and_branch(cell)
            if read and draft.number is None:
                draft.number, branch = read
                draft.branch = branch or draft.branch
            elif clean(cell) in CIRCLED and clean(cell):
                draft.branch = clean(cell)

    def _departments(self, cells: Cells) -> None:
        """Read bodies in charge; under a row of municipalities each body is that of the name above it."""
        owners = {i: who[0] for i, cell in cells if len(who := self._parties.resolve(cell)) == 1}
        if len(owners) == len(cells) > 1:
            self._owners = owners
            return
        if self._owners and all(i in self._owners for i, _ in cells):
            for i, cell in cells:
                self._sheet.draft.departments += departments_of(cell, self._parties, self._owners[i])
            return
        first, who = cells[0][1], self._who
        if len(cells) > 1 and (_HOLDER.fullmatch(clean(first)) or GROUP.fullmatch(clean(first))):
            cells, who = cells[1:], self._parties.resolve(first)  # 連携中枢都市 | 観光課: what a party is, no body
        words, owner = " ".join(cell for _, cell in cells), who[0] if len(who) == 1 else None
        self._sheet.draft.departments += departments_of(words, self._parties, owner)

    def _roles(self, cells: Cells) -> None:
        draft = self._sheet.draft
        if _heads_roles([cell for _, cell in cells]):
            return
        for n, (_, cell) in enumerate(cells):
            who = self._parties.resolve(cell) if len(cell) <= 40 else []
            if GROUP.fullmatch(clean(cell)) and n + 1 < len(cells):
                who = [clean(cell)] if self._centre_is_unknown() else self._others() or who or [clean(cell)]
            elif not who and n + 1 < len(cells) and _HOLDER.fullmatch(clean(cell)):
                who = [clean(cell)]
            if who:
                self._who = who
            elif self._who:
                draft.put_role(self._who, cell)
            else:
                for names, part in roles_of(cell, self._parties, self._others(), self._members):
                    draft.put_role(names, part)

    def _centre_is_unknown(self) -> bool:
        """Tell whether a role is of 中心市 or its like, and nothing says who that is: then nor is it known who the others are."""
        return any(CENTRE.fullmatch(name) for name in self._sheet.draft.roles)

    def _others(self) -> list[str]:
        """Return those whom 関係市町 and its like mean: who takes part and has no role of its own yet."""
        return [n for n in self._members or self._parties.names if n not in self._sheet.draft.roles]


def _heads_roles(cells: Sequence[str]) -> bool:
    """Tell whether cells only head the rows of roles below them: 構成市町 | 担う役割."""
    if len(cells) != 2:
        return False
    who, what = (label(cell) or guessed(cell) for cell in cells)
    of_whom = (who and who.field == "participants") or key(cells[0]) in _HEADS_OF_HOLDERS
    return bool(of_whom and what and (what.field in ("roles", "overview") or is_role_or_pillar(what)))
