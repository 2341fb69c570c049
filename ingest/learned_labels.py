"""Labels that only their document uses, learned from how often they come back and from what stands beside them.

A plan holds many forms (個票) of one make. A short text that stands at the same place in most of them is a label, whatever its
words (何をするか, 受け持つ部署); what differs from form to form is a value. What a label says is told by its values: bodies,
sentences, numbers, amounts under years. Learned labels are read as the first word that ``labels.toml`` has for their field.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest import areas, numbers
from ingest.bodies import looks_like_body
from ingest.budgets import is_amount
from ingest.labels import field_words, guessed, label, words
from ingest.projects import number_and_branch
from ingest.text import CIRCLED, clean, key
from ingest.years import fiscal_year

_FEWEST_FORMS = 3
_FEWEST_LABELS = 4
_LONGEST = 20
_LONGEST_MARK = 3
_SPACED = 3 * _LONGEST
_PLACE = re.compile(r"\S{1,9}[市町村区]|[甲乙丙丁戊]")
_COSTS = re.compile(r"負担|割|折半|均等|按分|支払")
_HOLDERS = re.compile(r"[【\[(●・]?\S{1,7}[市町村](?:[】\])]|[:：])")
_MEASURED = re.compile(r"\d[\d,.]*\s?(?:[^\d\s()年月日,.]{1,4})(?:$|[\s(/])")
_NO_LABEL = re.compile(r"[。、\d]|^(?:うち|年[度次月]?$)")
_TEXTS = ("overview", "purpose", "cost_sharing")
_ORDER: Mapping[str, tuple[str, ...]] = {
    "area": ("area1", "area2", "area3"),
    "name": ("program", "title"),
    "text": ("overview", "purpose", "remarks"),
}


@dataclass
class _Use:
    """One place where a word may be a label: the cells beside it, and the rows below that have no first cell."""

    beside: list[str]
    below: list[list[str]] = field(default_factory=list)


def learned(lines: Sequence[str]) -> dict[str, str]:
    """Return the known word for each label that only these lines use; rows are lines with tabs between their cells."""
    if not _has_unknown_words(lines):
        return {}
    rows = [[clean(cell) for cell in line.split("\t")] for line in lines if "\t" in line]
    counts = Counter(place for row, under_years in _with_years_above(rows) for place in _candidates(row, under_years))
    first = Counter({word: n for (at, word), n in counts.items() if at == 0 and n >= _FEWEST_FORMS})
    forms = _number_of_forms(first)
    if forms is None:
        return {}
    recurring = {place for place, n in counts.items() if 0.8 * forms <= n <= 1.4 * forms + 1}
    if sum(at == 0 for at, _ in recurring) < _FEWEST_LABELS or all(label(word) for _, word in recurring):
        return {}
    uses = _uses(rows, recurring)
    return {word: field_words(name)[0] for word, name in _named(uses).items() if label(word) is None}


def _has_unknown_words(lines: Sequence[str]) -> bool:
    """Tell, before rows are looked at one by one, whether short words that no list knows come back as labels do."""
    short = Counter(
        (at, cell)
        for line in lines
        if "\t" in line
        for at, cell in enumerate(line.split("\t", 4)[:4])
        if 2 <= len(cell) <= _SPACED
    )
    placed: Counter[tuple[int, str]] = Counter()
    for (at, cell), count in short.items():
        placed[at, clean(cell)] += count
    return any(n >= _FEWEST_FORMS and label(word) is None and _is_word(word) for (_, word), n in placed.items())


def with_known_labels(lines: Sequence[str]) -> list[str]:
    """Return the lines with the labels of their own as known words; what stands under a row of years is no label."""
    own = learned(lines)
    if not own:
        return list(lines)
    cells = [line.split("\t") for line in lines]
    below = _with_years_above([[clean(cell) for cell in row] if len(row) > 1 else row for row in cells])
    return [
        line if under or len(row) == 1 else "\t".join(own.get(clean(cell), cell) for cell in row)
        for line, row, (_, under) in zip(lines, cells, below, strict=True)
    ]


def _with_years_above(rows: Sequence[Sequence[str]]) -> Iterator[tuple[Sequence[str], bool]]:
    """Yield each row with whether it goes on below a row of fiscal years, where cells are marks and amounts."""
    years: set[int] = set()
    for row in rows:
        if row[0] and not _is_of_years(row, years):
            years = set()
        yield row, bool(years)
        if _heads_years(row):
            years = {at for at, cell in enumerate(row) if fiscal_year(cell) is not None}


def _is_of_years(row: Sequence[str], years: set[int]) -> bool:
    """Tell whether a row with a first cell of its own says what happens in the years above it: 診療所の運営 | 実施 | 実施 | 拡充."""
    filled = {at for at, cell in enumerate(row[1:], 1) if cell}
    if label(row[0]) is not None or not filled or not filled <= years:
        return False
    return len(filled) > 1 or all(is_amount(row[at]) or len(row[at]) <= _LONGEST_MARK for at in filled)


def _candidates(row: Sequence[str], under_years: bool) -> Iterator[tuple[int, str]]:
    """Yield the columns and words of the cells of a row that may be labels: short words with a value beside them."""
    for at, cell in enumerate(() if under_years else row[:4]):
        following = next((c for c in row[at + 1 :] if c), "")
        body = at > 0 and looks_like_body(cell)
        if (
            following
            and following != cell
            and not body
            and _is_word(cell)
            and not numbers.is_dash(following)
            and not following.startswith(("→", "━", "―", "⇒"))
        ):
            yield at, cell


def _is_word(cell: str) -> bool:
    return (
        2 <= len(cell) <= _LONGEST
        and not _NO_LABEL.search(cell)
        and cell not in CIRCLED
        and not _PLACE.fullmatch(cell)
        and not is_amount(cell)
        and key(cell) not in words("totals")
        and fiscal_year(cell) is None
        and areas.heading(cell).kind is None
    ) or label(cell) is not None


def _number_of_forms(first: Counter[str]) -> int | None:
    """Return how often the labels of a first column come, if enough of them come as often."""
    sizes = Counter(first.values())
    forms = max(sizes, key=lambda n: (sum(k for size, k in sizes.items() if n <= size <= 1.4 * n + 1), n), default=0)
    alike = sum(k for size, k in sizes.items() if forms <= size <= 1.4 * forms + 1)
    return forms if alike >= _FEWEST_LABELS else None


def _uses(rows: Sequence[Sequence[str]], recurring: set[tuple[int, str]]) -> dict[str, list[_Use]]:
    """Return the places of each recurring word, in the order in which the words come in the last form."""
    uses: dict[str, list[_Use]] = defaultdict(list)
    opened: list[_Use] = []
    for row in rows:
        labels = [at for at, cell in enumerate(row) if (at, cell) in recurring and not (at and _is_inner(row, at))]
        if len(labels) == sum(bool(cell) for cell in row):  # only labels: the heads of a table
            opened = []
            continue
        if not row[0] and not labels:
            for use in opened:
                use.below.append([cell for cell in row if cell])
            continue
        if row[0] or labels:
            opened = []
        for at, end in pairwise([*labels, len(row)]):
            opened.append(_Use([cell for cell in row[at + 1 : end] if cell]))
            uses[row[at]] = [*uses.pop(row[at], []), opened[-1]]
        opened = opened[:1] if labels[:1] == [0] else []
    return uses


def _are_bodies(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the cells below a row of municipalities are the bodies in charge."""
    return bool(rows) and all(looks_like_body(cell) for cell in rows[0])


def _is_indicator(beside: Sequence[str]) -> bool:
    """Tell whether cells are an indicator: its name, then figures with their units."""
    name, *figures = beside
    measured = [cell for cell in figures if _MEASURED.search(cell) and fiscal_year(cell) is None]
    told = _PLACE.fullmatch(name) or re.search(r"[\d。]", name) or any("。" in cell for cell in figures)
    return bool(measured) and not told


def _is_inner(row: Sequence[str], at: int) -> bool:
    """Tell whether a word belongs to the values of its row: it heads the items beside years, or one of the figures."""
    found = label(row[at])
    return _heads_years(row[at:]) or (found is not None and found.field in ("baseline", "target", "actual", "unit"))


def _heads_years(cells: Sequence[str]) -> bool:
    """Tell whether cells are the fiscal years of a schedule or a budget, two of them at least."""
    return sum(fiscal_year(cell) is not None for cell in cells) >= 2


def _named(uses: Mapping[str, Sequence[_Use]]) -> dict[str, str]:
    """Say the field of each word: known labels as they are, others by what stands beside them, in their order."""
    known = {word: found.field for word in uses if (found := label(word))}
    taken = set(known.values())
    kinds = {word: _kind(of) for word, of in uses.items() if word not in known}
    names: dict[str, str] = {}
    for word, kind in kinds.items():
        said = guessed(word)
        if said and said.field == "remarks" and kind in ("name", "area", "text"):
            names[word] = "remarks"  # 今後の方針: 継続, 拡充 are no names
        elif kind == "text" and said and said.field in _TEXTS and said.field not in taken:
            names[word] = said.field
        elif kind and kind in _ORDER:
            names[word] = next((name for name in _ORDER[kind] if name not in taken), "remarks")
        elif kind:
            names[word] = kind
        taken.add(names.get(word, ""))
    return _only_name_is_title(names, known, kinds)


def _only_name_is_title(
    names: dict[str, str], known: Mapping[str, str], kinds: Mapping[str, str | None]
) -> dict[str, str]:
    """See the only name of a form as its title, not as a wider name."""
    both = {*names.values(), *known.values()}
    if "title" in both or "program" in known.values():
        return names
    return {word: "title" if kinds[word] == "name" and name == "program" else name for word, name in names.items()}


def _kind(uses: Sequence[_Use]) -> str | None:
    """Tell what most of the values beside a label are."""
    votes = Counter(_kind_of(use) for use in uses)
    kind, count = votes.most_common(1)[0]
    if kind != "name" or 2 * count <= len(uses):
        return kind if 2 * count > len(uses) else None
    values = [use.beside[0] for use in uses if use.beside]
    if len(set(values)) == 1:
        return None
    repeated = len(set(values)) <= 0.6 * len(values)
    return "area" if repeated else kind


def _kind_of(use: _Use) -> str | None:
    """Tell what the values at one place are."""
    beside = use.beside
    if sum(fiscal_year(cell) is not None for cell in beside) >= 2:
        cells = [cell for row in use.below for cell in row if is_amount(cell)]
        figures = [cell for cell in cells if not numbers.is_dash(cell)]
        marks = [cell for row in use.below for cell in row if re.fullmatch(r"[→━▶―⇒○●◎\-]+", cell)]
        return "budget" if len(figures) > len(marks) else "schedule"
    return _kind_of_values(beside, use.below) if beside else None


def _kind_of_values(beside: Sequence[str], below: Sequence[Sequence[str]]) -> str | None:
    first, last = beside[0], beside[-1]
    if len(beside) == 1 and (number_and_branch(first) or first in CIRCLED):
        return "number"
    if _is_indicator(beside):
        return "indicator"
    if any(is_amount(cell) for cell in beside):
        return None  # a part or a sum of the amounts above
    if looks_like_body(last) or (_PLACE.fullmatch(last) and _are_bodies(below)):
        return "departments"
    if _HOLDERS.match(first) or (_PLACE.fullmatch(first) and len(beside) > 1):
        return "roles"
    return _kind_of_text(first) if len(beside) == 1 else None


def _kind_of_text(text: str) -> str:
    if "。" in text or len(text) > 2 * _LONGEST:
        return "cost_sharing" if _COSTS.search(text) and len(text) < 2 * _LONGEST else "text"
    return "area" if areas.heading(text).kind not in (None, "bullet") else "name"
