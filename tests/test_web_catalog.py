"""The catalogue and the description of the whole, as harvesters read them."""

import hashlib
import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pyshacl
import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib import DCAT, DCTERMS, FOAF, RDF, SH, VOID, Literal, Namespace, URIRef

from corpus import ROOT
from ingest.library import State
from web.app import create_app
from web.settings import Settings

# The reader of the other side warns of its own old ways.
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning:rdflib")

BASE = "http://127.0.0.1:8000"
SPDX = Namespace("http://spdx.org/rdf/terms#")
SUITE = ROOT.parent / "shared" / "suites" / "dcat-ap"
ALL = URIRef(f"{BASE}/catalog#all")


@pytest.fixture(scope="module")
def client(sample_state: State) -> Iterator[FlaskClient]:
    app = create_app(Settings(home=sample_state.path.parent.parent, base=BASE))
    yield app.test_client()
    app.extensions["renkei.queries"].close()
    app.extensions["renkei.reader"].close()


@pytest.fixture(scope="module")
def catalog(client: FlaskClient) -> rdflib.Graph:
    return rdflib.Graph().parse(data=client.get("/catalog.ttl").get_data(), format="turtle")


@pytest.fixture(scope="module")
def void(client: FlaskClient) -> rdflib.Graph:
    return rdflib.Graph().parse(data=client.get("/.well-known/void").get_data(), format="turtle")


def ask(client: FlaskClient, text: str) -> int:
    rows = client.post("/sparql", data={"query": text}, headers={"Accept": "application/json"}).get_json()
    return int(rows["results"]["bindings"][0]["n"]["value"])


def test_there_is_a_data_set_for_each_document_and_one_for_all(catalog: rdflib.Graph, sample_state: State) -> None:
    identifiers = {str(name) for name in catalog.objects(None, DCTERMS.identifier)}
    assert identifiers == set(sample_state.documents)
    assert len(set(catalog.subjects(RDF.type, DCAT.Dataset))) == len(identifiers) + 1
    assert set(catalog.objects(URIRef(f"{BASE}/catalog"), DCAT.dataset)) == set(
        catalog.subjects(RDF.type, DCAT.Dataset)
    )


def test_every_file_is_as_large_and_has_the_checksum_that_the_catalogue_says(
    catalog: rdflib.Graph, client: FlaskClient
) -> None:
    files = set(catalog.subjects(RDF.type, DCAT.Distribution))
    assert len(files) > 15
    for file in files:
        address = urlsplit(str(catalog.value(file, DCAT.downloadURL))).path
        response = client.get(address, buffered=True)
        assert response.status_code == 200, address
        assert len(response.data) == int(str(catalog.value(file, DCAT.byteSize))), address
        checksum = str(catalog.value(catalog.value(file, SPDX.checksum), SPDX.checksumValue))
        assert hashlib.sha256(response.data).hexdigest() == checksum, address
        assert str(catalog.value(file, DCAT.mediaType)).endswith(response.mimetype), address


def test_each_document_is_attributed_and_its_unknown_terms_are_said(catalog: rdflib.Graph) -> None:
    plan = next(catalog.subjects(DCTERMS.identifier, Literal("chitose-eniwa-plan-2024")))
    makers = {str(catalog.value(maker, FOAF.name)) for maker in catalog.objects(plan, DCTERMS.creator)}
    assert makers == {"千歳市", "恵庭市"}
    assert catalog.value(plan, DCTERMS.temporal)
    for file in catalog.subjects(RDF.type, DCAT.Distribution):
        (terms,) = catalog.objects(file, DCTERMS.license)
        assert (terms, RDF.type, DCTERMS.LicenseDocument) in catalog


def test_the_catalogue_is_the_same_in_both_forms_and_by_accept(catalog: rdflib.Graph, client: FlaskClient) -> None:
    response = client.get("/catalog.jsonld")
    assert (response.mimetype, response.headers["Access-Control-Allow-Origin"]) == ("application/ld+json", "*")
    assert set(rdflib.Graph().parse(data=json.dumps(response.get_json(force=True)), format="json-ld")) == set(catalog)
    assert client.get("/catalog").mimetype == "text/turtle"
    negotiated = client.get("/catalog", headers={"Accept": "application/ld+json"})
    assert (negotiated.mimetype, negotiated.data) == ("application/ld+json", response.data)
    assert "Accept" in negotiated.headers["Vary"]


def test_the_mandatory_part_of_the_european_profile_is_kept(catalog: rdflib.Graph) -> None:
    """DCAT-AP 3.0.1, its own shapes and those of the ranges of its properties: no violation."""
    if not SUITE.is_dir():
        pytest.skip("the shapes of DCAT-AP are not beside the project")
    shapes = rdflib.Graph()
    for path in sorted(SUITE.glob("*.ttl")):
        shapes.parse(path, format="turtle")
    # The files of the profile refer to some property shapes that they do not define.
    undefined = {each for each in shapes.objects(None, SH.property) if (each, SH.path, None) not in shapes}
    for each in undefined:
        shapes.remove((None, SH.property, each))
    sound, _, report = pyshacl.validate(catalog, shacl_graph=shapes)
    assert sound, report
    without_titles = rdflib.Graph()
    for statement in catalog:
        if statement[1] != DCTERMS.title:
            without_titles.add(statement)
    assert not pyshacl.validate(without_titles, shacl_graph=shapes)[0]


def test_the_counts_of_the_description_are_true(void: rdflib.Graph, client: FlaskClient, sample_state: State) -> None:
    counted = {
        VOID.triples: "COUNT(*)",
        VOID.distinctSubjects: "COUNT(DISTINCT ?s)",
        VOID.distinctObjects: "COUNT(DISTINCT ?o)",
        VOID.properties: "COUNT(DISTINCT ?p)",
    }
    for predicate, count in counted.items():
        assert int(str(void.value(ALL, predicate))) == ask(client, f"SELECT ({count} AS ?n) {{ ?s ?p ?o }}")
    assert int(str(void.value(ALL, VOID.triples))) == sample_state.manifest.counts["triples"]
    assert int(str(void.value(ALL, VOID.documents))) == len(sample_state.documents)
    parts = set(void.objects(ALL, VOID.classPartition))
    assert len(parts) == int(str(void.value(ALL, VOID.classes)))
    for part in parts:
        kind = void.value(part, VOID["class"])
        assert int(str(void.value(part, VOID.entities))) == ask(client, f"SELECT (COUNT(*) AS ?n) {{ ?s a <{kind}> }}")
    triples = [int(str(void.value(part, VOID.triples))) for part in void.objects(ALL, VOID.propertyPartition)]
    assert sum(triples) == int(str(void.value(ALL, VOID.triples)))


def test_the_description_leads_to_files_examples_and_the_query_service(void: rdflib.Graph, client: FlaskClient) -> None:
    dumps, examples = list(void.objects(ALL, VOID.dataDump)), list(void.objects(ALL, VOID.exampleResource))
    assert len(dumps) == 4
    assert len(examples) == 3
    for address in (*dumps, *examples):
        assert client.get(urlsplit(str(address)).path, buffered=True).status_code in {200, 303}, address
    assert void.value(ALL, VOID.sparqlEndpoint) == URIRef(f"{BASE}/sparql")
    assert "https://w3id.org/renkei/ns#" in {str(iri) for iri in void.objects(ALL, VOID.vocabulary)}
