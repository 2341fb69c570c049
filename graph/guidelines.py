"""Where a policy area of a document stands in the scheme of the national guidelines (rk:GuidelineFields).

A label is matched by the labels of the scheme in ``data/reference/renkei.ttl``: words of a guideline exactly, words
near to them closely. Nothing is guessed: a label that the scheme does not know has no match.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from graph.resolve import normal
from graph.vocabulary import Concept, concepts

_SCHEME = "GuidelineFields"
_MARKS = re.compile(r"[・、,，\s]+|及び|並びに")


@dataclass(frozen=True, slots=True)
class FieldMatch:
    """A role or field of the guidelines, and whether a label is its very name (else a name near to it)."""

    concept: Concept
    exact: bool


def match(labels: Sequence[str]) -> FieldMatch | None:
    """Return the field of an area by its labels from level 1 down: that of the last one, or None.

    The labels above decide where one name stands for several fields.
    """
    if not labels:
        return None
    found = _table().get(_key(labels[-1]), ())
    if len(found) > 1:
        above = match(labels[:-1])
        found = [each for each in found if above and _below(each.concept, above.concept)] or found
    return found[0] if found else None


def field_of(area: Sequence[str], title: str) -> Concept | None:
    """Return the field of a project: what its title names below its area, else the field of the lowest area known."""
    known = next((found for end in range(len(area), 0, -1) if (found := match(area[:end]))), None)
    named = match((*area, title))
    if named and (known is None or _below(named.concept, known.concept)):
        return named.concept
    return known.concept if known else None


def upwards(concept: Concept) -> Iterator[Concept]:
    """Yield a field, the one above it, and so on up to its role."""
    here: Concept | None = concept
    while here:
        yield here
        here = fields().get(here.broader.value) if here.broader else None


@cache
def fields() -> Mapping[str, Concept]:
    """Return the roles and fields of the guidelines by IRI, in their order."""
    return {each.node.value: each for each in concepts()[_SCHEME]}


def _below(concept: Concept, above: Concept) -> bool:
    return any(each.node == above.node for each in upwards(concept))


def _key(label: str) -> str:
    return _MARKS.sub("", normal(label))


@cache
def _table() -> Mapping[str, Sequence[FieldMatch]]:
    found: dict[str, list[FieldMatch]] = {}
    for concept in fields().values():
        for exact, labels in ((True, (concept.label, *concept.alternatives)), (False, concept.near)):
            for label in labels:
                found.setdefault(_key(label), []).append(FieldMatch(concept, exact))
    return found
