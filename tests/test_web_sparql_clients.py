"""Clients that others wrote ask our endpoint over HTTP and read every format, Japanese and its language tags kept."""

from collections.abc import Iterator

import pytest
import rdflib
from rdflib import Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

# These readers warn of their own old ways.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

BASE = "http://127.0.0.1:8000"
PREFIXES = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX schema: <https://schema.org/>"
SELECT = f"{PREFIXES} SELECT ?name ?n {{ ?m a schema:GovernmentOrganization ; skos:prefLabel ?name BIND(1 AS ?n) }} ORDER BY ?name LIMIT 5"
CONSTRUCT = f"{PREFIXES} CONSTRUCT {{ ?m skos:prefLabel ?name }} WHERE {{ ?m a schema:GovernmentOrganization ; skos:prefLabel ?name }}"
ASK = f"{PREFIXES} ASK {{ ?m skos:prefLabel '千歳市'@ja }}"


@pytest.fixture
def wrapper(sample_address: str) -> SPARQLWrapper:
    """SPARQLWrapper over our endpoint."""
    return SPARQLWrapper(f"{sample_address}/sparql")


def asked(wrapper: SPARQLWrapper, text: str, form: str) -> object:
    wrapper.setQuery(text)
    wrapper.setReturnFormat(form)
    return wrapper.query().convert()


@pytest.mark.parametrize(("method", "way"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_asks_in_every_way_of_the_protocol(wrapper: SPARQLWrapper, method: str, way: str) -> None:
    wrapper.setMethod(method)
    wrapper.setRequestMethod(way)
    rows = asked(wrapper, SELECT, JSON)["results"]["bindings"]  # type: ignore[index]
    assert rows[0]["name"]["xml:lang"] == "ja"
    assert {row["name"]["value"] for row in rows} & {"千歳市", "恵庭市", "札幌市", "石狩市", "江別市"}
    assert asked(wrapper, ASK, JSON)["boolean"] is True  # type: ignore[index]


def test_sparqlwrapper_reads_solutions_in_every_format(wrapper: SPARQLWrapper) -> None:
    names = [row["name"]["value"] for row in asked(wrapper, SELECT, JSON)["results"]["bindings"]]  # type: ignore[index]
    document = asked(wrapper, SELECT, XML)
    literals = document.getElementsByTagName("literal")  # type: ignore[attr-defined]
    assert [each.firstChild.data for each in literals if each.getAttribute("xml:lang") == "ja"] == names
    assert asked(wrapper, SELECT, CSV).decode().split() == ["name,n", *(f"{name},1" for name in names)]  # type: ignore[attr-defined]
    assert asked(wrapper, SELECT, TSV).decode().split("\n")[1].split("\t") == [f'"{names[0]}"@ja', "1"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, JSONLD])
def test_sparqlwrapper_reads_graphs_in_every_syntax(wrapper: SPARQLWrapper, form: str) -> None:
    answer = asked(wrapper, CONSTRUCT, form)
    graph = answer if isinstance(answer, rdflib.Graph) else rdflib.Graph().parse(data=answer, format="turtle")  # type: ignore[arg-type]
    assert (URIRef(f"{BASE}/id/municipality/012246"), None, Literal("千歳市", lang="ja")) in graph


def test_sparqlwrapper_is_told_what_is_wrong_with_a_query(wrapper: SPARQLWrapper) -> None:
    with pytest.raises(QueryBadFormed, match="cannot be read"):
        asked(wrapper, "SELECT * { ?s ?p }", JSON)


@pytest.fixture(params=["GET", "POST", "POST_FORM"])
def graph(sample_address: str, request: pytest.FixtureRequest) -> Iterator[rdflib.Graph]:
    """A graph of rdflib over our endpoint."""
    store = SPARQLStore(f"{sample_address}/sparql", method=request.param)
    yield rdflib.Graph(store)
    store.close()


def test_rdflib_reads_our_endpoint_as_a_graph_of_its_own(graph: rdflib.Graph) -> None:
    place = URIRef(f"{BASE}/id/municipality/012246")
    label = rdflib.SKOS.prefLabel
    assert graph.value(place, label) == Literal("千歳市", lang="ja")
    assert (place, label, Literal("千歳市", lang="ja")) in graph
    assert (place, label, Literal("千歳市")) not in graph
    assert len(list(graph.triples((place, None, None)))) > 5
    answer = graph.query(SELECT)
    assert isinstance(answer, Result)
    assert all(row[0].language == "ja" and int(row[1]) == 1 for row in answer)  # type: ignore[index, union-attr]
    assert bool(graph.query(ASK).askAnswer) is True
    assert (place, label, Literal("千歳市", lang="ja")) in graph.query(CONSTRUCT).graph  # type: ignore[operator]
    assert len(graph) > 1000


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rdflib_reads_solutions_in_every_format(sample_address: str, form: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{sample_address}/sparql", returnFormat=form))
    names = [row[0] for row in graph.query(SELECT)]  # type: ignore[index]
    assert len(names) == 5
    if form != "csv":  # which has no room for languages
        assert {name.language for name in names} == {"ja"}  # type: ignore[union-attr]
