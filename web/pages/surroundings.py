"""What stands around a thing, as columns of a picture and as sentences of a table: who works on what with whom.

The surroundings of a department are its projects and who shares them; of a municipality its fields of work and its
partners; of a project the departments on either side; of an area or a document what lies in it, and whose it is.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from web.directory import Directory
from web.entries import DepartmentEntry, MunicipalityEntry, ProjectEntry
from web.errors import UnknownPlace
from web.pages.areas import address as area_address
from web.pages.frame import link, say
from web.pictures.network import Column, Link, Node, folded

T = TypeVar("T")

MOST = 20
"""Nodes of one column: three columns make a picture of sixty."""

_MORE = "more/"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A thing with what stands around it: columns of nodes, and the links between them, folded nodes' links too."""

    kind: str
    key: str
    label: str
    columns: tuple[Column, ...]
    links: tuple[Link, ...]

    @property
    def nodes(self) -> dict[str, Node]:
        """The nodes of all columns by key."""
        return {node.key: node for column in self.columns for node in column.nodes}


def around(directory: Directory, of: str) -> Surroundings:
    """Return the surroundings of a thing written as its identifier ends (``department/012246/…``)."""
    kind, _, key = of.partition("/")
    found = MAKERS[kind](directory, key) if kind in MAKERS else None
    if found is None:
        raise UnknownPlace(kind, key)
    rest = [Link(key, node) for node in found.nodes if node.startswith(_MORE)]
    return replace(found, links=(*found.links, *rest))


def department_node(directory: Directory, entry: DepartmentEntry, *, strong: bool = False) -> Node:
    """Return the node of a department in the colour of its municipality."""
    address = link("departments.one", code=entry.municipality, path="/".join(entry.path))
    owner = entry.municipality
    return Node(entry.id, entry.label, directory.name(owner), address, directory.places[owner], strong)


def municipality_node(directory: Directory, key: str, *, strong: bool = False) -> Node:
    """Return the node of a municipality."""
    address = link("municipalities.one", code=key)
    return Node(key, directory.name(key), "", address, directory.places[key], strong)


def project_node(project: ProjectEntry, *, strong: bool = False) -> Node:
    """Return the node of a project."""
    address = link("projects.one", document=project.document, local=project.local)
    return Node(project.id, project.title, project.label, address, 10, strong)


def _department(directory: Directory, key: str) -> Surroundings | None:
    entry = directory.departments.get(key)
    if entry is None:
        return None
    own = {unit.id for unit in directory.below(key)}
    projects = directory.projects_of(p for unit in directory.below(key) for p in unit.projects)
    others = Counter(other for project in projects for other in project.departments if other not in own)
    first = sorted(others, key=lambda k: (directory.departments[k].municipality == entry.municipality, -others[k], k))
    links = [Link(key, project.id, 1, say("graph.in_charge", a=entry.label, b=project.title)) for project in projects]
    links += [
        Link(project.id, other, 1, say("graph.in_charge", a=directory.departments[other].label, b=project.title))
        for project in projects
        for other in project.departments
        if other in others
    ]
    columns = (
        Column(say("graph.this_department"), (department_node(directory, entry, strong=True),)),
        _column(say("graph.projects"), projects, project_node),
        _column(say("graph.departments_too"), [directory.departments[k] for k in first], _of(directory)),
    )
    return Surroundings("department", key, f"{directory.name(entry.municipality)} {entry.label}", columns, tuple(links))


def _municipality(directory: Directory, key: str) -> Surroundings | None:
    entry = directory.municipalities.get(key)
    if entry is None:
        return None
    projects = directory.projects_of(entry.projects)
    fields = Counter(project.field_of_work for project in projects if project.field_of_work)
    partners = Counter(other for project in projects for other in project.municipalities if other != key)
    both = Counter(
        (project.field_of_work, other)
        for project in projects
        for other in project.municipalities
        if project.field_of_work and other != key
    )
    links = [Link(key, f"field/{label}", n, _items(label, n)) for label, n in fields.items()]
    links += [
        Link(f"field/{label}", other, n, _items(f"{label} – {directory.name(other)}", n))
        for (label, other), n in both.items()
    ]
    columns = (
        Column(say("graph.this_municipality"), (municipality_node(directory, key, strong=True),)),
        _column(say("graph.fields"), [label for label, _ in fields.most_common()], _field_node(entry, fields)),
        _column(
            say("graph.partners"), [k for k, _ in partners.most_common()], lambda k: municipality_node(directory, k)
        ),
    )
    return Surroundings("municipality", key, entry.name, columns, tuple(links))


def _project(directory: Directory, key: str) -> Surroundings | None:
    project = directory.projects.get(key)
    if project is None:
        return None
    first = project.municipalities[:1]
    units = [directory.departments[k] for k in project.departments]
    bare = [m for m in project.municipalities if m not in {unit.municipality for unit in units}]
    nodes = [(unit.municipality, department_node(directory, unit)) for unit in units]
    nodes += [(m, municipality_node(directory, m)) for m in bare]
    sides = [[node for owner, node in nodes if (owner in first) is left] for left in (True, False)]
    links = [Link(node.key, key, 1, _takes_part(node, project)) for _, node in nodes]
    columns = (
        _column(say("graph.who"), sides[0], _itself),
        Column(say("graph.this_project"), (project_node(project, strong=True),)),
        _column(say("graph.with_whom"), sides[1], _itself),
    )
    return Surroundings("project", key, project.title, columns, tuple(links))


def _area(directory: Directory, key: str) -> Surroundings | None:
    document, _, path = key.partition("/")
    area = directory.areas.get(f"{document}/area-{path.replace('/', '.')}")
    if area is None:
        return None
    this = Node(key, area.label, area.notation or "", area_address(area), 0, True)
    projects = directory.projects_in_area(area)
    return _owned(directory, "area", this, say("graph.this_area"), projects)


def _document(directory: Directory, key: str) -> Surroundings | None:
    head = directory.documents.get(key)
    if head is None:
        return None
    this = Node(key, head.title, "", link("documents.one", document=key), 0, True)
    return _owned(directory, "document", this, say("graph.this_document"), directory.by_document.get(key, []))


def _owned(directory: Directory, kind: str, this: Node, heading: str, projects: Sequence[ProjectEntry]) -> Surroundings:
    """Return projects that lie in something, with the municipalities that take part in them."""
    owners = Counter(m for project in projects for m in project.municipalities)
    links = [Link(this.key, project.id, 1, _items(project.title, 1)) for project in projects]
    links += [
        Link(project.id, m, 1, _takes_part(municipality_node(directory, m), project))
        for project in projects
        for m in project.municipalities
    ]
    columns = (
        Column(heading, (this,)),
        _column(say("graph.projects"), projects, project_node),
        _column(
            say("graph.municipalities"), [k for k, _ in owners.most_common()], lambda k: municipality_node(directory, k)
        ),
    )
    return Surroundings(kind, this.key, this.label, columns, tuple(links))


MAKERS: dict[str, Callable[[Directory, str], Surroundings | None]] = {
    "department": _department,
    "municipality": _municipality,
    "project": _project,
    "area": _area,
    "document": _document,
}
"""How the surroundings of each kind of thing are made."""


def _column(heading: str, things: Iterable[T], node: Callable[[T], Node]) -> Column:
    nodes = [node(thing) for thing in things]
    more = Node(f"{_MORE}{heading}", say("list.others", n=len(nodes) - MOST + 1))
    return Column(heading, folded(nodes, MOST, more))


def _itself(node: Node) -> Node:
    return node


def _of(directory: Directory) -> Callable[[DepartmentEntry], Node]:
    return lambda entry: department_node(directory, entry)


def _field_node(entry: MunicipalityEntry, counts: Counter[str]) -> Callable[[str], Node]:
    def node(label: str) -> Node:
        address = link("municipalities.one", code=entry.key, field=label, _anchor="projects")
        return Node(f"field/{label}", label, say("count.items", n=counts[label]), address)

    return node


def _items(label: str, n: int) -> str:
    return f"{label}{say('list.colon')}{say('count.items', n=n)}"


def _takes_part(node: Node, project: ProjectEntry) -> str:
    return say("graph.takes_part", a=f"{node.note}{node.label}", b=project.title)
