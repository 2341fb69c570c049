"""A question put together from parts, its answer, and the SPARQL query that it stands for.

"The [department] of [city A] and the departments of [city B] that [are in charge of the same projects]": who asks need
know no query language, and who knows one can go on from the query. Answer and query say the same; a test holds them to it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.cooperation import Cooperation, cooperation
from graph.coverage import fields_of
from graph.errors import UnknownThing
from graph.identifiers import Identifiers, parse
from graph.namespaces import PREFIXES
from graph.stores import Store
from graph.things import ProjectRef, Unit, thing_id

TOGETHER, SAME_FIELD = RELATIONS = ("together", "field")
"""What can be asked: who is in charge of the same projects; who is in charge of projects of the same field."""

_QUERY = """{prefixes}

SELECT ?unit (SAMPLE(?label) AS ?name) (COUNT(DISTINCT ?project) AS ?count) WHERE {{
  {mine}
  {shared}
  ?unit org:subOrganizationOf*/org:unitOf {there} ; rdfs:label ?label .
  {elsewhere}
}}
GROUP BY ?unit
ORDER BY DESC(?count) ?unit
"""
_SHARED = {
    TOGETHER: "?project rk:responsibleUnit ?mine, ?unit .",
    SAME_FIELD: "?own rk:responsibleUnit ?mine ; rk:field ?field .\n"
    "  ?project rk:field ?field ; rk:responsibleUnit ?unit .",
}


@dataclass(frozen=True, slots=True)
class Question:
    """Which units of the municipality ``there`` (of any other where None) have the relation with the unit ``mine``.

    ``mine`` is a department, which stands for those below it, or a municipality as a whole; both by id.
    """

    mine: str
    relation: str = TOGETHER
    there: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A unit that the question asks for, and the projects that make it one."""

    unit: Unit
    count: int
    projects: tuple[ProjectRef, ...]


def answer(store: Store, question: Question) -> list[Answer]:
    """Return the units that a question asks for, those with most projects first; raises ``UnknownThing``."""
    table = cooperation(store)
    for unit in filter(None, (question.mine, question.there)):
        if unit not in table.units:
            raise UnknownThing(unit)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for project in _projects(store, table, question):
        for unit in table.in_charge[project]:
            if _is_there(unit, question):
                found[unit].add(project)
    answers = [Answer(table.units[unit], len(projects), table.refs(projects)) for unit, projects in found.items()]
    return sorted(answers, key=lambda each: (-each.count, each.unit.id))


def as_sparql(question: Question, base: str) -> str:
    """Return the query that a question stands for, over identifiers that begin with ``base``."""
    make = Identifiers(base)
    owner, *path = question.mine.split("/")
    mine = (
        f"?mine org:subOrganizationOf* <{make.department(owner, path)}> ."
        if path
        else (f"?mine org:subOrganizationOf*/org:unitOf <{make.municipality(owner)}> .")
    )
    there = f"<{make.municipality(question.there)}>" if question.there else "?there"
    used = ("rk", "org", "rdfs")
    return _QUERY.format(
        prefixes="\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in used),
        mine=mine,
        shared=_SHARED[question.relation],
        there=there,
        elsewhere="" if question.there else f"FILTER(?there != <{make.municipality(owner)}>)",
    ).replace("\n  \n", "\n")


def _is_there(unit: str, question: Question) -> bool:
    owner = unit.partition("/")[0]
    return owner == question.there if question.there else owner != question.mine.partition("/")[0]


def _projects(store: Store, table: Cooperation, question: Question) -> Iterable[str]:
    own = table.projects_of.get(question.mine, ())
    if question.relation == TOGETHER:
        return own
    fields = _fields(store)
    wanted = {fields[project] for project in own if project in fields}
    return [project for project in table.in_charge if fields.get(project) in wanted]


def _fields(store: Store) -> Mapping[str, str]:
    named = ((parse(project), field) for project, field in fields_of(store).items())
    return {thing_id(name): field for name, field in named if name}
