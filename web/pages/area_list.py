"""The areas of all documents, ordered by the roles and fields of the national guidelines."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.guidelines import FieldMatch, fields, match, upwards
from graph.vocabulary import Concept
from web.directory import Directory

OTHER = "other"
"""Stands for the areas that no role of the guidelines holds."""

Labels = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Of:
    """An area of one document: the path of its page, and how many projects stand under it."""

    document: str
    path: str
    projects: int


@dataclass(slots=True)
class Row:
    """An area by its labels below the first level, the field of the guidelines that it is, and where it stands."""

    labels: Labels
    guideline: FieldMatch | None
    documents: list[Of] = field(default_factory=list)

    @property
    def projects(self) -> int:
        """How many projects stand under the area in all documents."""
        return sum(each.projects for each in self.documents)


@dataclass(frozen=True, slots=True)
class Role:
    """A role of the guidelines, None for areas of none; its key, its areas, and how many projects stand under it."""

    key: str
    concept: Concept | None
    rows: list[Row]
    projects: int


def of_all(directory: Directory) -> Mapping[str, Role]:
    """Return the roles by key in the order of the guidelines, each with its areas; one without any is left out."""
    return directory.kept.answer("areas of all", lambda: _of_all(directory))


def _of_all(directory: Directory) -> dict[str, Role]:
    counts = Counter(
        (project.document, project.area[:depth])
        for project in directory.projects.values()
        for depth in range(1, len(project.area) + 1)
    )
    places = dict.fromkeys([*directory.areas_by_labels, *counts])
    above = {(document, labels[:-1]) for document, labels in places}
    rows: dict[str, dict[Labels, Row]] = {}
    projects = Counter[str]()
    for document, labels in places:
        role = _role(labels)
        if len(labels) == 1:
            projects[role] += counts[document, labels]
        if len(labels) > 1 or (document, labels) not in above:
            found = rows.setdefault(role, {}).setdefault(labels[1:] or labels, Row(labels[1:] or labels, match(labels)))
            found.documents.append(Of(document, _path(directory, document, labels), counts[document, labels]))
    roles = {_key(each): each for each in fields().values() if each.broader is None}
    return {
        key: Role(key, roles.get(key), sorted(rows[key].values(), key=lambda row: -row.projects), projects[key])
        for key in (*roles, OTHER)
        if key in rows
    }


def _role(labels: Labels) -> str:
    """Return the key of the role that an area belongs to, by the lowest of its labels that the guidelines know."""
    known = next((found for end in range(len(labels), 0, -1) if (found := match(labels[:end]))), None)
    return _key(list(upwards(known.concept))[-1]) if known else OTHER


def _key(concept: Concept) -> str:
    return concept.node.value.rpartition("#Field-")[2]


def _path(directory: Directory, document: str, labels: Labels) -> str:
    area = directory.areas_by_labels.get((document, labels))
    return area.id.partition("/area-")[2].replace(".", "/") if area else "/".join(labels)
