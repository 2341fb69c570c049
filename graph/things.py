"""What answers are made of: plain values for units, projects and other things of the graph."""

from dataclasses import dataclass

from graph.identifiers import Name, parse

KINDS = ("department", "municipality", "project", "area", "document")
"""The kinds of things that people ask about by name."""


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """A department at any level, or a municipality as a whole (then ``path`` is empty).

    ``id`` is ``{code}/{unit}/{unit}``; ``municipality`` and ``code`` are None where no document says them.
    """

    id: str
    municipality: str | None
    code: str | None
    path: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True, order=True)
class ProjectRef:
    """A project: the id of its record, its title, and the number printed on it (``7-②``)."""

    id: str
    title: str
    notation: str | None = None

    @property
    def document(self) -> str:
        """The id of the document that states it."""
        return self.id.partition("/")[0]


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """Anything with a name: its kind, its id as pages and the command line write it, its Japanese label, its page."""

    kind: str
    id: str
    label: str
    page: str | None


def thing_id(name: Name) -> str:
    """Return the id by which people and programs ask for a thing: of a record, else the parts of its name."""
    if name.kind in {"department", "municipality"}:
        return "/".join(name.parts)
    return name.record or name.local


def id_of(iri: str) -> str:
    """Return the id of the thing of an IRI; one of another vocabulary keeps its IRI."""
    name = parse(iri)
    return thing_id(name) if name else iri


def thing(iri: str, label: str) -> Thing:
    """Return a thing of the graph by its IRI and label; one of another vocabulary keeps its IRI as id."""
    name = parse(iri)
    if not name:
        return Thing("term", iri, label, None)
    return Thing(name.kind, thing_id(name), label, name.page)
