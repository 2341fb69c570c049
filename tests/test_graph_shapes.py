"""The shapes: one for each class, kept by the samples, and each of its rules catches a planted fault."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner
from rdflib import OWL, RDF, RDFS, SH, Literal, URIRef
from rdflib.term import Node

import graph
from graph import shapes as shapes_room
from graph import vocabulary
from graph.build import fill
from graph.shapes import Violation, read, shapes, stated, validate, violations
from graph.statements import statements
from graph.stores import open_store
from ingest.library import Library, State
from ingest.records import ObservationRecord
from sample_records import at, document
from test_graph_sample import BASE, library
from web.build import ingest_paths
from web.cli import main

DCAT, ORG, QB = "http://www.w3.org/ns/dcat#", "http://www.w3.org/ns/org#", "http://purl.org/linked-data/cube#"
JUDGEMENT = f"""
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rk: <https://w3id.org/renkei/ns#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
<urn:example:judgement> a rk:Alignment ; rdfs:label "判定"@ja ; rk:verdict rk:Verdict-Same ; rk:score 0.5 ; rk:reason "同じ"@ja ;
    rk:aligns <{BASE}/id/project/chitose-eniwa-plan-2024/28> , <{BASE}/id/project/sapporo-status-2019/40> ;
    prov:wasAttributedTo <urn:example:person> ; prov:generatedAtTime "2024-04-01T09:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
<urn:example:person> a prov:Person ; rdfs:label "企画課"@ja .
rk:Verdict-Same a <http://www.w3.org/2004/02/skos/core#Concept> .
"""
SHAPES = sorted({str(shape) for shape in shapes().subjects(SH.targetClass, None)})


@pytest.fixture(scope="module")
def data(sample_state: State) -> rdflib.Graph:
    """All that the sample corpus states and from where, a cell without a number, and a person's judgement."""
    store = graph.open(sample_state.graph)
    merged = read(each for name in store.documents() for each in stated(store, name))
    store.close()
    blank = ObservationRecord(id="d/observation-1", document="d", source=at(9), indicator="人口")
    merged += read(quad.triple for quad in statements([document("d"), blank], BASE))
    return merged.parse(data=JUDGEMENT, format="turtle")


@dataclass(frozen=True)
class Rule:
    """A property of a shape: its path, and whether it must be there, may be there twice, and may have any value."""

    path: URIRef
    required: bool
    single: bool
    typed: bool


def rules(shape: str) -> list[Rule]:
    """The properties of a shape and of those that it refers to."""
    found = []
    for part in (URIRef(shape), *shapes().objects(URIRef(shape), SH.node)):
        for each in shapes().objects(part, SH.property):
            path = shapes().value(each, SH.path)
            assert isinstance(path, URIRef)
            least, most = shapes().value(each, SH.minCount), shapes().value(each, SH.maxCount)
            kinds = (SH.datatype, SH["class"], SH.nodeKind, SH.languageIn, SH["or"], SH.hasValue, SH.pattern, SH["in"])
            typed = any((each, kind, None) in shapes() for kind in kinds)
            found.append(Rule(path, int(str(least or 0)) > 0, most is not None, typed))
    return found


def instance(data: rdflib.Graph, shape: str) -> URIRef:
    """The thing of a shape's class with most to say."""
    classes = shapes().objects(URIRef(shape), SH.targetClass)
    things = {thing for each in classes for thing in data.subjects(RDF.type, each)}
    richest = max(things, key=lambda thing: (len(set(data.predicates(thing))), str(thing)))
    assert isinstance(richest, URIRef)
    return richest


@contextmanager
def planted(data: rdflib.Graph, thing: URIRef) -> Iterator[None]:
    """Give a thing its own statements back afterwards."""
    before = list(data.triples((thing, None, None)))
    try:
        yield
    finally:
        data.remove((thing, None, None))
        for each in before:
            data.add(each)


def faults(data: rdflib.Graph, thing: URIRef) -> list[Violation]:
    """What is wrong with a thing, checked with no more than itself and the classes of what it points to."""
    near = rdflib.Graph()
    for statement in data.triples((thing, None, None)):
        near.add(statement)
        for each in data.triples((statement[2], RDF.type, None)):
            near.add(each)
    return [found for found in violations(near, "sample") if found.thing == str(thing)]


def broken(data: rdflib.Graph, thing: URIRef) -> set[str]:
    """The properties of a thing that break a rule."""
    return {found.property for found in faults(data, thing)}


def short(path: Node) -> str:
    return shapes_room.short(path)


def test_the_sample_corpus_conforms(sample_state: State) -> None:
    store = graph.open(sample_state.graph)
    assert validate(store) == []
    store.close()


def test_documents_of_every_other_form_conform(tmp_path: Path) -> None:
    library = Library(tmp_path)
    ingest_paths(library, [Path(__file__).parent / "documents"], base=BASE)
    store = graph.open(library.current().graph)
    assert len(store.documents()) > 20
    assert validate(store) == []
    store.close()


def test_every_class_that_is_used_or_defined_has_a_shape(data: rdflib.Graph) -> None:
    own = rdflib.Graph().parse(vocabulary.PATH, format="turtle")
    entity = URIRef("http://www.w3.org/ns/prov#Entity")
    classes = (set(data.objects(None, RDF.type)) | set(own.subjects(RDF.type, OWL.Class))) - {entity}
    assert classes - set(shapes().objects(None, SH.targetClass)) == set()


def test_every_shape_has_a_name_in_both_languages() -> None:
    for shape in shapes().subjects(RDF.type, SH.NodeShape):
        tongues = {label.language for label in shapes().objects(shape, RDFS.label) if isinstance(label, Literal)}
        assert tongues == {"ja", "en"}, shape


@pytest.mark.parametrize("shape", SHAPES)
def test_what_must_be_there_is_missed(data: rdflib.Graph, shape: str) -> None:
    thing = instance(data, shape)
    required = {rule.path for rule in rules(shape) if rule.required}
    with planted(data, thing):
        for path in required:
            data.remove((thing, path, None))
        assert broken(data, thing) >= {short(path) for path in required}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_value_of_the_wrong_kind_is_caught(data: rdflib.Graph, shape: str) -> None:
    thing = instance(data, shape)
    typed = {rule.path for rule in rules(shape) if rule.typed}
    with planted(data, thing):
        for path in typed:
            named = any(isinstance(value, URIRef) for value in data.objects(thing, path))
            data.set((thing, path, Literal("x") if named else URIRef("urn:example:nothing")))
        caught = broken(data, thing)
    assert caught >= {short(path) for path in typed}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_second_value_where_one_is_allowed_is_caught(data: rdflib.Graph, shape: str) -> None:
    thing = instance(data, shape)
    single = {rule.path for rule in rules(shape) if rule.single}
    with planted(data, thing):
        for path in single:
            for value in ("x", "y"):
                data.add((thing, path, Literal(value)))
        assert broken(data, thing) >= {short(path) for path in single}


def test_a_span_that_ends_before_it_begins_is_caught(data: rdflib.Graph) -> None:
    shape = next(each for each in SHAPES if each.endswith("#Period"))
    thing, start = instance(data, shape), URIRef(f"{DCAT}startDate")
    with planted(data, thing):
        data.set((thing, start, Literal("2999-01-01", datatype=rdflib.XSD.date)))
        assert broken(data, thing) == {"dcat:startDate"}


def test_a_figure_without_any_figure_is_caught(data: rdflib.Graph) -> None:
    thing = URIRef("urn:example:figure")
    data.add((thing, RDF.type, URIRef(f"{QB}Observation")))
    data.add((thing, RDFS.label, Literal("数値", lang="ja")))
    data.add((thing, URIRef(f"{QB}dataSet"), next(data.subjects(RDF.type, URIRef(f"{QB}DataSet")))))
    rules_broken = {found.rule for found in faults(data, thing)}
    data.remove((thing, None, None))
    assert rules_broken == {"sh:OrConstraintComponent"}


def test_a_department_below_another_and_at_the_top_at_once_is_caught(data: rdflib.Graph) -> None:
    below = next(thing for thing in data.subjects(URIRef(f"{ORG}subOrganizationOf"), None))
    assert isinstance(below, URIRef)
    town = next(data.subjects(RDF.type, URIRef(f"{ORG}FormalOrganization")))
    with planted(data, below):
        data.add((below, URIRef(f"{ORG}unitOf"), town))
        assert {found.rule for found in faults(data, below)} == {"sh:OrConstraintComponent"}


def test_a_violation_names_document_thing_property_and_value() -> None:
    store = open_store("memory:")
    fill(store, library(), (), BASE)
    assert validate(store) == []
    data = read(store.triples(store.documents()[0]))
    thing = instance(data, next(each for each in SHAPES if each.endswith("#Document")))
    data.set((thing, URIRef("https://schema.org/sha256"), Literal("short")))
    (found,) = violations(data, "plan")
    assert (found.document, found.thing, found.property, found.rule, found.value) == (
        "plan",
        str(thing),
        "schema:sha256",
        "sh:PatternConstraintComponent",
        "short",
    )
    assert found.message


def test_the_command_says_that_all_conforms_and_fails_where_not(
    sample_state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = ["--home", str(sample_state.path.parent.parent), "validate"]
    sound = CliRunner().invoke(main, [*home, "--document", "sapporo-ishikari-agreement-2019"])
    assert (sound.exit_code, sound.stdout) == (0, "")
    assert "conforms" in sound.stderr
    fault = Violation("a", "urn:example:b", "rdfs:label", "sh:MinCountConstraintComponent", None, "missing")
    monkeypatch.setattr(shapes_room, "validate", lambda *_: [fault])
    table, as_json = CliRunner().invoke(main, home), CliRunner().invoke(main, [*home, "--json"])
    assert (table.exit_code, as_json.exit_code) == (1, 1)
    assert "urn:example:b" in table.stdout
    assert '"conforms": false' in as_json.stdout
