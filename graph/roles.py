"""The roles that projects give to their partners, compared, one by one and summed up for each document."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from graph.cooperation import cooperation
from graph.errors import UnknownThing
from graph.queries import query
from graph.stores import Store
from graph.symmetry import KINDS, Comparison, compare_all, overall
from graph.things import ProjectRef, id_of


@dataclass(frozen=True, slots=True)
class ProjectRoles:
    """A project, the comparison of each two of its partners, and its kind as a whole (None with one partner)."""

    project: ProjectRef
    comparisons: tuple[Comparison, ...]
    kind: str | None


@dataclass(frozen=True, slots=True)
class RoleSummary:
    """How many projects of a document are of each kind, every kind named, and how often each partner leads."""

    document: str
    projects: int
    kinds: tuple[tuple[str, int], ...]
    leaders: tuple[tuple[str, int], ...]


def roles_of(store: Store, project: str) -> ProjectRoles:
    """Compare the roles of a project (by the id of its record); raises ``UnknownThing``."""
    table = cooperation(store)
    if project not in table.projects:
        raise UnknownThing(project)
    document = project.partition("/")[0]
    compared = compare_all(_roles(store).get(project, {}), _symbols(store).get(document))
    return ProjectRoles(table.projects[project], compared, overall(compared))


def role_summaries(store: Store, document: str | None = None) -> list[RoleSummary]:
    """Sum up the roles of each document that states any, or of one document, sorted by id."""
    found: dict[str, list[ProjectRoles]] = {}
    for project in _roles(store):
        name = project.partition("/")[0]
        if document in {None, name}:
            found.setdefault(name, []).append(roles_of(store, project))
    return [_summary(name, found[name]) for name in sorted(found)]


def _summary(document: str, projects: list[ProjectRoles]) -> RoleSummary:
    compared = [each for each in projects if each.kind]
    kinds = Counter(each.kind for each in compared)
    leaders = Counter(pair.leader for each in compared for pair in each.comparisons if pair.leader)
    ordered = sorted(leaders.items(), key=lambda pair: (-pair[1], pair[0]))
    return RoleSummary(document, len(compared), tuple((kind, kinds[kind]) for kind in KINDS), tuple(ordered))


def _roles(store: Store) -> Mapping[str, Mapping[str, str]]:
    memo = store.memo
    if "roles" not in memo:
        found: dict[str, dict[str, str]] = {}
        rows = sorted((id_of(str(r["project"])), str(r["name"]), str(r["text"])) for r in store.select(query("roles")))
        for project, name, text in rows:
            found.setdefault(project, {})[name] = text
        memo["roles"] = found
    return cast("Mapping[str, Mapping[str, str]]", memo["roles"])


def _symbols(store: Store) -> Mapping[str, Mapping[str, str]]:
    memo = store.memo
    if "symbols" not in memo:
        found: dict[str, dict[str, str]] = {}
        for row in store.select(query("symbols")):
            found.setdefault(id_of(str(row["document"])), {})[str(row["name"])] = str(row["symbol"])
        memo["symbols"] = found
    return cast("Mapping[str, Mapping[str, str]]", memo["symbols"])
