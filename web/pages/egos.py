"""What lies within two links of a thing, in columns by how far away it is: the ego network of a page."""

from collections import Counter

from graph.ego import DEEPEST, Ego, ego
from graph.errors import UnknownThing
from graph.things import Thing
from web.directory import Directory
from web.errors import UnknownPlace
from web.pages import surroundings
from web.pages.areas import address as area_address
from web.pages.frame import language, link, opened, say
from web.pictures.network import Column, Link, Network, Node

MOST_NEXT, MOST_FAR = 20, 37
"""Things one and two links away that a picture of sixty nodes has room for, beside the middle and two that count the rest."""

_LOOKED_AT = 5000
"""Things among which those to show are chosen."""


def within_two(directory: Directory, of: str) -> Network:
    """Return what lies within two links of a thing written as its identifier ends; raises ``UnknownPlace``.

    One link away, projects and what has most links come first; two links away, what most of those lead to. Only links
    from one column to the next are shown; what has no room is counted.
    """
    kind, _, key = of.partition("/")
    document, _, path = key.partition("/")
    name = f"{document}/area-{path.replace('/', '.')}" if kind == "area" else key
    try:
        found = ego(opened().store, name, DEEPEST, most=_LOOKED_AT)
    except UnknownThing as error:
        raise UnknownPlace(kind, key) from error
    rings = [[node.thing for node in found.nodes if node.distance == far] for far in range(DEEPEST + 1)]
    links = _outwards(found)
    near = rings[1][:MOST_NEXT]
    reached = Counter(each.b for each in links if each.a in {thing.id for thing in near})
    far = sorted((thing for thing in rings[2] if reached[thing.id]), key=lambda thing: -reached[thing.id])[:MOST_FAR]
    hidden = len(rings[1]) - len(near), found.total - 1 - len(rings[1]) - len(far)
    shown = [[found.centre], near, far]
    columns = [[_node(directory, thing, strong=place == 0) for thing in things] for place, things in enumerate(shown)]
    for place, count in enumerate(hidden, 1):
        if count:
            columns[place].append(Node(f"more/{place}", say("list.others", n=count)))
            links.append(Link(found.centre.id, f"more/{place}"))
    groups = tuple(Column(say(f"graph.distance{place}"), tuple(nodes)) for place, nodes in enumerate(columns))
    keys = {node.key for group in groups for node in group.nodes}
    kept = tuple(each for each in links if {each.a, each.b} <= keys)
    return Network(say("graph.around", name=found.centre.label), groups, kept, around=of)


def _outwards(found: Ego) -> list[Link]:
    """Return the links that lead away from the middle, each with its sentence."""
    own = language() == "ja"
    distances = {node.thing.id: node.distance for node in found.nodes}
    links = []
    for step in found.links:
        near, far = sorted((step.start.id, step.end.id), key=distances.__getitem__)
        if distances[near] != distances[far]:
            links.append(Link(near, far, 1, step.sentence_ja if own else step.sentence_en))
    return links


def _node(directory: Directory, thing: Thing, *, strong: bool) -> Node:
    if thing.id in directory.departments:
        return surroundings.department_node(directory, directory.departments[thing.id], strong=strong)
    if thing.id in directory.municipalities:
        return surroundings.municipality_node(directory, thing.id, strong=strong)
    if thing.id in directory.projects:
        return surroundings.project_node(directory.projects[thing.id], strong=strong)
    if thing.kind == "area":
        area = directory.areas.get(thing.id)
        document, _, path = thing.id.partition("/area-")
        address = area_address(area) if area else link("areas.one", document=document, path=path.replace(".", "/"))
        return Node(thing.id, thing.label, area.notation or "" if area else "", address, 0, strong)
    return Node(thing.id, thing.label, "", link("documents.one", document=thing.id), 0, strong)
