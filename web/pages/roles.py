"""The roles of a project's partners as its page shows them: how they compare, and which words one side alone has."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from markupsafe import Markup

from graph.roles import roles_of
from graph.symmetry import Comparison
from web.pages.frame import opened


@dataclass(frozen=True, slots=True)
class Symmetry:
    """How roles compare (``identical parallel leading different``), who leads, and the marked texts by partner.

    Texts are marked where there are two partners and each says something of its own.
    """

    kind: str
    leaders: frozenset[str]
    marked: dict[str, Markup] = field(default_factory=dict)


def symmetry(project: str) -> Symmetry | None:
    """Compare the roles of a project; None where fewer than two partners have one."""
    found = roles_of(opened().store, project)
    if found.kind is None:
        return None
    leaders = frozenset(pair.leader for pair in found.comparisons if pair.leader)
    return Symmetry(found.kind, leaders, _marked(found.comparisons[0]) if len(found.comparisons) == 1 else {})


def _marked(pair: Comparison) -> dict[str, Markup]:
    return {
        name: _with_marks(text, spans)
        for name, text, spans in ((pair.a, pair.text_a, pair.spans_a), (pair.b, pair.text_b, pair.spans_b))
        if spans
    }


def _with_marks(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    pieces, place = Markup(), 0
    for start, end in spans:
        pieces += text[place:start]
        pieces += Markup("<mark>{}</mark>").format(text[start:end])
        place = end
    return pieces + text[place:]
