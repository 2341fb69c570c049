"""A network as a file: the links as a table, nodes and links as JSON and GraphML."""

import csv
import io
import json
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from web.pages.frame import opened
from web.pictures.drawing import colour
from web.pictures.network import Network
from web.sharing import owner_of


def _table(network: Network) -> Iterable[tuple[str, str, str, str, int, str]]:
    nodes = network.nodes
    for each in network.shown:
        yield each.a, nodes[each.a].label, each.b, nodes[each.b].label, each.weight, each.title


def as_csv(network: Network) -> str:
    """Write the links as CSV for spreadsheets, with the mark (BOM) by which these know UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["source", "source_label", "target", "target_label", "weight", "relation"])
    writer.writerows(_table(network))
    return f"\ufeff{text.getvalue()}"


def as_json(network: Network) -> str:
    """Write nodes and links as JSON, in the form that the explorer reads."""
    nodes = [
        {
            "id": node.key,
            "label": node.label,
            "group": group.heading,
            "owner": opened().directory.name(owner_of(node.key)),
            "of": _of(node.key),
            "url": node.address,
            "colour": colour(node.colour)[0],
        }
        for group in network.groups
        for node in group.nodes
    ]
    links = [{"source": e.a, "target": e.b, "weight": e.weight, "relation": e.title} for e in network.shown]
    return json.dumps({"title": network.title, "nodes": nodes, "links": links}, ensure_ascii=False)


def _of(key: str) -> str | None:
    """Return how an address asks for the surroundings of a node; None for one that has none."""
    directory = opened().directory
    kinds = (("department", directory.departments), ("municipality", directory.municipalities))
    found = [f"{kind}/{key}" for kind, known in (*kinds, ("project", directory.projects)) if key in known]
    return found[0] if found else None


def as_graphml(network: Network) -> bytes:
    """Write nodes and links as GraphML, which Gephi and others read."""
    root = ET.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for name, owner, kind in (("label", "node", "string"), ("group", "node", "string"), ("weight", "edge", "int")):
        attributes = {"id": name, "for": owner, "attr.name": name, "attr.type": kind}
        ET.SubElement(root, "key", attributes)
    inside = ET.SubElement(root, "graph", edgedefault="undirected")
    for group in network.groups:
        for node in group.nodes:
            element = ET.SubElement(inside, "node", id=node.key)
            ET.SubElement(element, "data", key="label").text = node.label
            ET.SubElement(element, "data", key="group").text = group.heading
    for each in network.shown:
        element = ET.SubElement(inside, "edge", source=each.a, target=each.b)
        ET.SubElement(element, "data", key="weight").text = str(each.weight)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
