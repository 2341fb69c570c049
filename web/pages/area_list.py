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
    """Areas of one name under one role: the field of the guidelines that they are, where they stand, their projects.

    ``chosen`` is what the list of just these projects is chosen by: the name, or, where areas of other roles bear it too,
    the paths of labels.
    """

    label: str
    guideline: FieldMatch | None
    documents: list[Of] = field(default_factory=list)
    projects: int = 0
    chosen: tuple[str, ...] = ()


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
    below: dict[tuple[str, Labels], set[str]] = {}
    named: dict[str, set[str]] = {}
    for project in directory.projects.values():
        for depth, label in enumerate(project.area, 1):
            below.setdefault((project.document, project.area[:depth]), set()).add(project.id)
            named.setdefault(label, set()).add(project.id)
    places = dict.fromkeys([*directory.areas_by_labels, *below])
    above = {(document, labels[:-1]) for document, labels in places}
    # An area of the first level is a row of its own where a document has none below it.
    shown = {
        (_role(labels), labels[-1]) for document, labels in places if len(labels) > 1 or (document, labels) not in above
    }
    rows: dict[str, dict[str, Row]] = {}
    held: dict[tuple[str, str], dict[Labels, set[str]]] = {}
    projects = Counter[str]()
    for document, labels in places:
        role, label, own = _role(labels), labels[-1], below.get((document, labels), set())
        if len(labels) == 1:
            projects[role] += len(own)
        if (role, label) in shown:
            row = rows.setdefault(role, {}).setdefault(label, Row(label, match(labels)))
            row.documents.append(Of(document, _path(directory, document, labels), len(own)))
            held.setdefault((role, label), {}).setdefault(labels, set()).update(own)
    for (role, label), paths in held.items():
        row, all_of_name = rows[role][label], set().union(*paths.values())
        row.projects = len(all_of_name)
        alone = all_of_name == named.get(label, set())
        row.chosen = (label,) if alone else tuple("/".join(path) for path, own in paths.items() if own)
    roles = {_key(each): each for each in fields().values() if each.broader is None}
    return {
        key: Role(key, roles.get(key), sorted(rows[key].values(), key=_order), projects[key])
        for key in (*roles, OTHER)
        if key in rows
    }


def _order(row: Row) -> tuple[int, int, str]:
    """Put areas in the order of the guidelines; those that these do not know come last, the largest first."""
    known = list(fields()).index(row.guideline.concept.node.value) if row.guideline else len(fields())
    return known, -row.projects, row.label


def _role(labels: Labels) -> str:
    """Return the key of the role that an area belongs to, by the lowest of its labels that the guidelines know."""
    known = next((found for end in range(len(labels), 0, -1) if (found := match(labels[:end]))), None)
    return _key(list(upwards(known.concept))[-1]) if known else OTHER


def _key(concept: Concept) -> str:
    return concept.node.value.rpartition("#Field-")[2]


def _path(directory: Directory, document: str, labels: Labels) -> str:
    area = directory.areas_by_labels.get((document, labels))
    return area.id.partition("/area-")[2].replace(".", "/") if area else "/".join(labels)
