"""Everything as open data."""

import csv
import io
import json
import unicodedata
import zipfile

import lxml.etree
import networkx as nx
import pyoxigraph
import pytest
import rdflib
from pyoxigraph import RdfFormat
from rdflib.compare import isomorphic

from graph.build import fill
from graph.errors import UnknownFormat
from graph.serialise import FORMATS, export, export_table
from graph.stores import Store, open_store
from graph.tables import TABLES
from sample_records import document, project
from test_graph_sample import BASE, PACT, PLAN, library

# The reader of the other side warns of its own old ways.
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning:rdflib")

GRAPHML, GEXF = "http://graphml.graphdrawing.org/xmlns", "http://www.gexf.net/1.2draft"
GRAPHML_TYPES = {"boolean", "int", "long", "float", "double", "string"}
GEXF_TYPES = {"integer", "long", "double", "float", "boolean", "liststring", "string", "anyURI"}
RDFLIB = {"turtle": "turtle", "jsonld": "json-ld", "ntriples": "nt", "rdfxml": "xml"}
OXIGRAPH = {
    "turtle": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
}


@pytest.fixture(scope="module")
def store() -> Store:
    """A store with the sample library."""
    opened = open_store("memory:")
    fill(opened, library(), (), BASE)
    return opened


def written(store: Store, name: str, document: str | None = None) -> bytes:
    """Return an export."""
    out = io.BytesIO()
    export(store, name, out, document=document)
    return out.getvalue()


@pytest.mark.parametrize("name", RDFLIB)
@pytest.mark.parametrize("only", [None, PACT])
def test_two_independent_readers_read_the_same_graph_from_every_syntax(
    store: Store, name: str, only: str | None
) -> None:
    data = written(store, name, only)
    ours = set(store.triples(only))
    assert {quad.triple for quad in pyoxigraph.parse(data, OXIGRAPH[name])} == ours
    theirs = rdflib.Graph().parse(data=data, format=RDFLIB[name])
    expected = rdflib.Graph().parse(data="".join(f"{triple} .\n" for triple in ours), format="nt")
    assert len(theirs) == len(ours)
    assert isomorphic(theirs, expected)


@pytest.mark.parametrize("name", ["nquads", "trig"])
def test_two_independent_readers_read_the_same_graphs(store: Store, name: str) -> None:
    data = written(store, name)
    ours = set(store.quads())
    assert set(pyoxigraph.parse(data, OXIGRAPH[name])) == ours
    theirs = rdflib.Dataset()
    theirs.parse(data=data, format=name)
    assert sum(len(graph) for graph in theirs.graphs()) == len(ours)


def test_one_document_alone_is_in_its_own_graph(store: Store) -> None:
    graphs = {str(quad.graph_name) for quad in pyoxigraph.parse(written(store, "trig", PACT), RdfFormat.TRIG)}
    assert graphs == {f"<{BASE}/id/{kind}/{PACT}>" for kind in ("graph", "provenance")}


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_content_gives_the_same_bytes_however_it_came_in(store: Store, name: str) -> None:
    other = open_store("memory:")
    for document_id, records in reversed(library().items()):
        fill(other, {document_id: records}, (), BASE)
    assert written(store, name) == written(other, name)


def test_lines_are_sorted_in_the_line_formats(store: Store) -> None:
    for name in ("ntriples", "nquads"):
        lines = written(store, name).splitlines()
        assert lines == sorted(lines)


def test_japanese_stays_readable_in_every_text(store: Store) -> None:
    for name in set(FORMATS) - {"csv"}:
        text = written(store, name).decode("utf-8")
        assert "体育館を互いに使う" in text, name
        assert "/id/department/012246/産業振興部" in text, name


def test_turtle_has_prefixes_and_each_thing_once(store: Store) -> None:
    text = written(store, "turtle").decode("utf-8")
    assert "@prefix rk: <https://w3id.org/renkei/ns#> ." in text
    assert text.count(f"\n<{BASE}/id/project/{PLAN}/7-2> ") == 1


def test_json_ld_is_one_plain_document_with_its_context_inside(store: Store) -> None:
    data = json.loads(written(store, "jsonld"))
    assert set(data) == {"@context", "@graph"}
    assert all(isinstance(value, str) for value in data["@context"].values())
    (node,) = [each for each in data["@graph"] if each["@id"] == f"{BASE}/id/project/{PLAN}/7-2"]
    assert node["schema:name"] == "体育館を互いに使う"
    assert node["rk:firstLine"] == 80
    assert "rk:Sheet" in node["@type"]


def test_graph_tools_read_the_networks_with_labels(store: Store) -> None:
    graphml = nx.read_graphml(io.BytesIO(written(store, "graphml")))
    gexf = nx.read_gexf(io.BytesIO(written(store, "gexf")))
    assert set(graphml.nodes) == set(gexf.nodes)
    assert graphml.number_of_edges() == gexf.number_of_edges() > 30
    unit = f"{BASE}/id/department/012246/産業振興部/商業労働課"
    assert graphml.nodes[unit]["label"] == gexf.nodes[unit]["label"] == "千歳市産業振興部商業労働課"
    edge = graphml.edges[f"{BASE}/id/project/{PLAN}/1", unit]
    assert (edge["label"], edge["documents"], edge["first_line"]) == ("担当部署", PLAN, 20)


@pytest.mark.parametrize(("name", "space", "kinds"), [("graphml", GRAPHML, GRAPHML_TYPES), ("gexf", GEXF, GEXF_TYPES)])
def test_networks_keep_the_rules_of_their_schemas(store: Store, name: str, space: str, kinds: set[str]) -> None:
    """Declared attributes of known types, ids once, edges between nodes that are there, values of the declared type."""
    tree = lxml.etree.fromstring(written(store, name))
    assert tree.tag == f"{{{space}}}{name}"
    assert {lxml.etree.QName(each).namespace for each in tree.iter("*")} <= {space, f"{space}/viz"}
    declared = {each.get("id"): each for each in tree.iter(f"{{{space}}}key", f"{{{space}}}attribute")}
    assert {each.get("attr.type") or each.get("type") for each in declared.values()} <= kinds
    nodes = [each.get("id") for each in tree.iter(f"{{{space}}}node")]
    assert len(nodes) == len(set(nodes)) > 10
    for edge in tree.iter(f"{{{space}}}edge"):
        assert {edge.get("source"), edge.get("target")} <= set(nodes)
    for value in tree.iter(f"{{{space}}}data", f"{{{space}}}attvalue"):
        kind = declared[value.get("key") or value.get("for")]
        if (kind.get("attr.type") or kind.get("type")) in {"int", "long", "integer"}:
            int(value.text or value.get("value"))


def test_the_network_of_one_document_has_only_its_links(store: Store) -> None:
    graph = nx.read_graphml(io.BytesIO(written(store, "graphml", PACT)))
    assert {edge["documents"] for *_, edge in graph.edges(data=True)} <= {PACT, f"{PLAN} {PACT}", f"{PACT} {PLAN}"}


def rows(store: Store, name: str, document: str | None = None) -> list[dict[str, str]]:
    """Return a table as a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(export_table(store, name, document=document).decode("utf-8"))))


def test_tables_have_japanese_columns_ids_and_codes_with_leading_zeros(store: Store) -> None:
    (row,) = [each for each in rows(store, "projects") if each["事業ID"] == f"{PLAN}/7-2"]
    assert (row["番号"], row["枝番"], row["分野"], row["最初の行"]) == ("7", "②", "暮らし", "80")
    assert row["URL"] == f"{BASE}/id/project/{PLAN}/7-2"
    assert row["事業概要"].count("\n") == 1
    assert {each["市町村コード"] for each in rows(store, "departments")} == {"012246", "012319", "011002"}


def test_each_table_has_a_row_for_each_thing(store: Store) -> None:
    counts = {name: len(rows(store, name)) for name in TABLES}
    assert counts["projects"] == 8
    assert counts["departments"] == 17
    assert counts["roles"] == 4
    assert counts["budget"] == 2
    assert counts["indicators"] == 4
    assert len(rows(store, "projects", PACT)) == 1
    assert [(each["年度"], each["金額千円"]) for each in rows(store, "budget")] == [("2024", "1136"), ("2026", "0")]
    assert {each["評価"] for each in rows(store, "indicators")} == {"◎", "-"}


def test_the_zip_holds_every_table_with_a_mark_for_spreadsheets(store: Store) -> None:
    with zipfile.ZipFile(io.BytesIO(written(store, "csv"))) as archive:
        assert archive.namelist() == [f"{name}.csv" for name in TABLES]
        for name in TABLES:
            assert archive.read(f"{name}.csv") == export_table(store, name, bom=True)
            assert archive.read(f"{name}.csv").startswith(b"\xef\xbb\xbf")


def test_every_row_can_be_followed_and_every_table_has_its_columns_even_when_it_is_empty(store: Store) -> None:
    empty = open_store("memory:")
    for name in TABLES:
        listed = rows(store, name)
        followed = [column for column in listed[0] if column.endswith("URL")]
        assert followed, name
        for row in listed:
            for column in followed:
                assert row[column].startswith(f"{BASE}/id/")
                assert row[column].isascii()
        columns = export_table(empty, name).decode("utf-8").strip().split(",")
        assert columns == list(listed[0])


@pytest.mark.parametrize("title", ["-5", "+81", "-1,234.5", "-", "▲3"])
def test_numbers_and_lone_marks_stay_as_they_are(title: str) -> None:
    opened = open_store("memory:")
    fill(opened, {"d": [document("d"), project("d", "1", 5, title=title)]}, (), BASE)
    assert rows(opened, "projects")[0]["連携項目"] == title


@pytest.mark.parametrize("title", ["=1+1", "+cmd", "-5%", "@sum", "＝１＋１x"])
def test_text_that_looks_like_a_formula_is_made_harmless(title: str) -> None:
    opened = open_store("memory:")
    fill(opened, {"d": [document("d"), project("d", "1", 5, title=title)]}, (), BASE)
    assert rows(opened, "projects")[0]["連携項目"] == f"'{unicodedata.normalize('NFC', title)}"


def test_an_empty_library_can_be_exported_in_every_format() -> None:
    empty = open_store("memory:")
    for name in FORMATS:
        written(empty, name)
    for name in ("turtle", "jsonld", "ntriples", "rdfxml"):
        assert list(pyoxigraph.parse(written(empty, name), OXIGRAPH[name])) == []


def test_an_unknown_format_is_refused_with_the_known_ones(store: Store) -> None:
    with pytest.raises(UnknownFormat, match="turtle, jsonld"):
        written(store, "docx")
    with pytest.raises(UnknownFormat, match="projects, departments"):
        export_table(store, "persons")
