"""The roles of a project's partners as its page shows them: how they compare, and which words one side alone has."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from markupsafe import Markup

from graph.roles import roles_of
from graph.symmetry import Comparison
from web.pages.frame import opened


@dataclass(frozen=True, slots=True)
class Symmetry:
    """How roles compare (``identical parallel leading different``), who leads, and the marked texts by partner.

    What is marked in a text is in that of no other of the ``partners`` with a role.
    """

    kind: str
    leaders: frozenset[str]
    partners: int
    marked: dict[str, Markup] = field(default_factory=dict)


def symmetry(project: str) -> Symmetry | None:
    """Compare the roles of a project; None where fewer than two partners have one."""
    found = roles_of(opened().store, project)
    if found.kind is None:
        return None
    leaders = frozenset(pair.leader for pair in found.comparisons if pair.leader)
    marked = _marked(found.comparisons)
    return Symmetry(found.kind, leaders, len({name for pair in found.comparisons for name in (pair.a, pair.b)}), marked)


def _marked(comparisons: Iterable[Comparison]) -> dict[str, Markup]:
    texts: dict[str, str] = {}
    own: dict[str, set[int]] = {}
    for pair in comparisons:
        for name, text, spans in ((pair.a, pair.text_a, pair.spans_a), (pair.b, pair.text_b, pair.spans_b)):
            alone = {place for start, end in spans for place in range(start, end)}
            own[name] = own[name] & alone if name in own else alone
            texts[name] = text
    return {name: _with_marks(texts[name], _runs(places)) for name, places in own.items() if places}


def _runs(places: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of neighbouring places as (start, end)."""
    for place in sorted(places):
        if place - 1 not in places:
            end = place
            while end in places:
                end += 1
            yield place, end


def _with_marks(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    pieces, place = Markup(), 0
    for start, end in spans:
        pieces += text[place:start]
        pieces += Markup("<mark>{}</mark>").format(text[start:end])
        place = end
    return pieces + text[place:]
