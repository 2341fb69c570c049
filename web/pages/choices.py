"""What the address of a view chooses: documents, municipalities, areas, ratings; unknown values are said to be so."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from flask import request

from web.directory import Directory
from web.entries import ProjectEntry
from web.errors import BadParameter, few
from web.pages.frame import opened, say
from web.plans.coverage import NO_AREA, NOBODY


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the library a view shows; an empty part chooses all.

    An area is named by its labels from the first level on, joined by ``/``, or by one label; ``-`` is no area,
    and ``/-`` at the end leaves out the areas below. A
    municipality is a code, or ``-`` for the projects that name none.
    """

    documents: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()

    def holds(self, document: str, area: tuple[str, ...], municipalities: Collection[str]) -> bool:
        """Tell whether something of a document, an area and some municipalities is chosen; values of one part add up."""
        return (
            (not self.documents or document in self.documents)
            and (not self.areas or any(_within(area, asked) for asked in self.areas))
            and (not self.municipalities or any(m in (municipalities or (NOBODY,)) for m in self.municipalities))
        )

    def projects(self, directory: Directory) -> list[ProjectEntry]:
        """Return the projects that are chosen, in document order; read only."""
        if self == Choice():
            return directory.project_list
        return directory.kept.answer(self, lambda: self._projects(directory))

    def _projects(self, directory: Directory) -> list[ProjectEntry]:
        everything: Iterable[ProjectEntry] = directory.project_list
        if self.documents:
            everything = (
                p for name in directory.by_document if name in self.documents for p in directory.by_document[name]
            )
        return [p for p in everything if self.holds(p.document, p.area, p.municipalities)]


def chosen() -> Choice:
    """Read the choice of this request's address; raises ``BadParameter``."""
    directory = opened().directory
    municipalities = [directory.municipality_keys.get(value, value) for value in values("municipality")]
    _known("municipality", [value for value in municipalities if value != NOBODY], directory.municipalities)
    return Choice(tuple(_documents(directory)), tuple(municipalities), tuple(map(known_area, values("area"))))


def known_area(value: str) -> str:
    """Return the name or the path of an area if any project stands under it; raises ``BadParameter``."""
    directory = opened().directory
    if value != NO_AREA and value.removesuffix(f"/{NO_AREA}") not in directory.known_areas:
        raise BadParameter("area", value, few(directory.area_names))
    return value


NARROWING = frozenset(
    {"area", "by", "columns", "document", "kind", "law", "least", "municipality", "order", "rating", "verdict", "year"}
)
"""What one view or another can be narrowed or laid out by."""


def understand(*names: str) -> None:
    """Refuse a request that narrows this view by what only others can be narrowed by: it would show what was not asked.

    Words of no view at all are let pass: links are handed on with words that others add. Raises ``BadParameter``.
    """
    for name in NARROWING - set(names):
        value = request.args.get(name)
        if value:
            raise BadParameter(name, value, say("error.no_parameter", names=", ".join(names) or "–"))


def _documents(directory: Directory) -> list[str]:
    """Return the documents that the address names, by id or by a part of their titles."""
    found: list[str] = []
    for value in values("document"):
        named = [value] if value in directory.documents else _titled(directory, value)
        _known("document", named or [value], directory.documents)
        found += named
    return list(dict.fromkeys(found))


def _titled(directory: Directory, words: str) -> list[str]:
    return [name for name, document in directory.documents.items() if len(words) > 1 and words in document.title]


def values(name: str, allowed: Collection[str] | None = None) -> list[str]:
    """Return the values of a parameter, each once, empty ones left out; raises ``BadParameter`` for one not allowed."""
    found = [value for value in dict.fromkeys(request.args.getlist(name)) if value]
    if allowed is not None:
        _known(name, found, allowed)
    return found


def one_of(name: str, allowed: Collection[str], default: str) -> str:
    """Return the value of a parameter that takes one of a few; raises ``BadParameter``."""
    value = request.args.get(name) or default
    _known(name, [value], allowed)
    return value


def _known(name: str, found: Iterable[str], allowed: Collection[str]) -> None:
    for value in found:
        if value not in allowed:
            raise BadParameter(name, value, few(sorted(allowed)))


def _within(area: tuple[str, ...], asked: str) -> bool:
    if asked == NO_AREA:
        return not area
    path = "/".join(area)
    if asked.endswith(f"/{NO_AREA}"):
        return path == asked.removesuffix(f"/{NO_AREA}")
    return path == asked or path.startswith(f"{asked}/") or asked in area
