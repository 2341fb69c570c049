"""What the records of a document become."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graph.identifiers import Identifiers, page
from graph.namespaces import DCTERMS, ORG, RDF, RDFS, RK, SDO, SKOS
from graph.statements import statements
from graph.stores import open_store
from ingest.records import AnyRecord
from test_graph_sample import BASE, body, document, library, pact, party, plan, project


def ask(records: list[AnyRecord], pattern: str) -> bool:
    """Tell whether the statements of one document hold a pattern (written with its prefixes)."""
    store = open_store("memory:")
    store.replace(records[0].document, statements(records, BASE))
    return bool(store.query(f"BASE <{BASE}/id/> ASK {{ {pattern} }}"))


def nodes(quads: list[Quad]) -> set[str]:
    """Return the IRIs of all subjects."""
    return {q.subject.value for q in quads if isinstance(q.subject, NamedNode)}


def test_all_that_a_document_states_is_in_its_own_graph_without_blank_nodes() -> None:
    for name, records in library().items():
        quads = statements(records, BASE)
        assert {str(quad.graph_name) for quad in quads} == {f"<{BASE}/id/graph/{name}>"}
        assert all(isinstance(term, NamedNode | Literal) for quad in quads for term in (quad.subject, quad.object))
        assert len(quads) == len(set(quads))


def test_the_same_records_give_the_same_statements_in_the_same_order() -> None:
    assert statements(plan(), BASE) == statements(plan(), BASE)


def test_no_records_make_no_statements() -> None:
    assert statements([], BASE) == []


def test_every_record_says_its_document_and_its_lines() -> None:
    for name, records in library().items():
        found = set(statements(records, BASE))
        graph = NamedNode(f"{BASE}/id/graph/{name}")
        for record in records:
            node = NamedNode(Identifiers(BASE).record(record.id))
            last = Literal(str(record.source.lines[1]), datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
            assert Quad(node, DCTERMS.source, NamedNode(f"{BASE}/id/document/{name}"), graph) in found
            assert Quad(node, RK.lastLine, last, graph) in found


def test_everything_that_has_a_page_has_a_japanese_label() -> None:
    for records in library().values():
        quads = statements(records, BASE)
        labelled = {
            q.subject
            for q in quads
            if q.predicate in {RDFS.label, SKOS.prefLabel}
            and isinstance(q.object, Literal)
            and q.object.language == "ja"
        }
        own_page = {"municipality", "department", "project", "area", "document"}
        for node in nodes(quads):
            if page(node) and node.removeprefix(f"{BASE}/id/").partition("/")[0] in own_page:
                assert NamedNode(node) in labelled, node


def test_words_of_the_document_are_japanese() -> None:
    words = {DCTERMS.title, SDO.name, SDO.description, RK.roleText, RK.purpose, RK.printedAs, SKOS.prefLabel}
    for records in library().values():
        for quad in statements(records, BASE):
            if quad.predicate in words:
                assert isinstance(quad.object, Literal)
                assert quad.object.language == "ja"


@pytest.mark.parametrize(
    "pattern",
    [
        "<municipality/012246> a org:FormalOrganization , schema:GovernmentOrganization ; skos:prefLabel '千歳市'@ja",
        "<municipality/012246> dcterms:identifier '012246'^^rk:MunicipalityCode ; dcterms:spatial sac:C01224",
        "<municipality/012246> skos:altLabel 'ちとせし'@ja-Hira ; rk:prefecture '北海道'@ja",
        "<department/012246/産業振興部/商業労働課> org:subOrganizationOf <department/012246/産業振興部>",
        "<department/012246/産業振興部> org:unitOf <municipality/012246> ; skos:prefLabel '産業振興部'@ja",
        "<department/012246/産業振興部/商業労働課> rdfs:label '千歳市産業振興部商業労働課'@ja ; org:classification rk:Unit-Division",
        "?r a rk:Responsibility ; rk:measure <project/hill-plan-2024/3> ; rk:onBehalfOf <municipality/012319> ;"
        " rk:unit <department/012319/経済部/商工労働課> ; dcterms:temporal <period/2024-2028>",
        "?r a rk:RoleAssignment ; rk:measure <project/hill-plan-2024/7-2> ; rk:party <municipality/012246> ;"
        " rk:roleText '料金を定める。'@ja",
        "<project/hill-plan-2024/7-2> a schema:Project , rk:Measure , rk:Sheet ; rk:sheetNo '7' ; rk:branch '②' ;"
        " rk:program '施設の共用'@ja ; dcterms:subject <area/hill-plan-2024/2>",
        "<area/hill-plan-2024/1/a> skos:broader <area/hill-plan-2024/1> ; skos:inScheme <area-scheme/hill-plan-2024>",
        "<document/hill-plan-2024> a foaf:Document , prov:Plan ; rk:draft true ; schema:creativeWorkStatus '案'@ja ;"
        " dcterms:issued '2024-04'^^xsd:gYearMonth ; dcterms:references ?law . ?law rdfs:label '自治法第1条'@ja",
        "<period/2024-2028> dcat:startDate '2024-04-01'^^xsd:date ; dcat:endDate '2029-03-31'^^xsd:date",
        "<budget-row/hill-plan-2024/7-2/1> rk:statesNoAmountFor 2025",
        "?cell rk:budgetRow <budget-row/hill-plan-2024/7-2/1> ; rk:fiscalYear 2026 ; rk:amount 0",
        "<indicator/hill-plan-2024/7-2/1/target> rk:value 12.5 ; rk:printedAs '12.50人'@ja ; rk:due '2023年'@ja ;"
        " rk:valueKind rk:Value-Target",
        "?rating rk:rates <indicator/hill-plan-2024/7-2/1> , <indicator/hill-plan-2024/7-2/2> ; rk:grade ?g ."
        " ?g skos:prefLabel '◎'@ja",
        "?item a rk:ScheduleItem ; rk:mark [ rk:fiscalYear 2024 ; rk:printedAs '→'@ja ] ; rk:phase [ rk:toFiscalYear 2025 ]",
        "<scheme-row/hill-plan-2024/1> rk:measure <project/hill-plan-2024/1> ; rk:namesUnit <department/012246/広報誌課>",
        "?count a qb:Observation ; rk:status '協議のみ'@ja ; rk:fiscalYear 2019 ; rk:count 32",
        "?figure a qb:Observation ; sdmx-dimension:refArea <municipality/012246> ; rk:value 3.5 ;"
        " schema:additionalProperty [ schema:name '産業'@ja ; schema:value '農業'@ja ]",
        "?place a schema:CivicStructure ; rk:category [ skos:prefLabel '図書館'@ja ]",
        "?finding a rk:Discrepancy ; rk:kind rk:Finding-Mismatch ; rk:subject <project/hill-plan-2024/1> ;"
        " rk:elsewhereFirstLine 28",
    ],
)
def test_a_plan_says(pattern: str) -> None:
    assert ask(plan(), pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "<document/lake-pact-2019> a schema:Legislation ; dcterms:type rk:Document-Agreement ;"
        " dcterms:valid '2019-04-01'^^xsd:date ; rk:draft false",
        "<party/lake-pact-2019/011002> a org:Membership ; org:member <municipality/011002> ; rk:partySymbol '甲'@ja ;"
        " org:role rk:Capacity-CoreCity ; rk:signedBy [ foaf:name '山田'@ja ; org:holds [ rdfs:label '札幌市長'@ja ] ]",
        "<party/lake-pact-2019/012246> rk:signedBy [ a org:Post ; org:postIn <municipality/012246> ]",
        "<article/lake-pact-2019/3> rk:articleNumber 3 ; skos:notation '第3条' ; rdfs:label '第3条 費用'@ja",
        "[] dcterms:isPartOf <article/lake-pact-2019/3> ; schema:position 2 ; schema:text '乙も払う。'@ja",
        "<area/lake-pact-2019/観光> skos:prefLabel '観光'@ja . ?i a rk:BasicIndicator ; dcterms:subject <area/lake-pact-2019/観光>",
        "?area a rk:MetropolitanArea ; rk:declared '2015-01'^^xsd:gYearMonth ; rk:areaInSquareKilometres 3642.5",
    ],
)
def test_an_agreement_says(pattern: str) -> None:
    assert ask(pact(), pattern)


def test_what_the_document_does_not_say_is_not_said() -> None:
    assert not ask(plan(), "<project/hill-plan-2024/1> schema:description ?words")
    assert not ask(plan(), "?cell rk:fiscalYear 2025 ; rk:amount ?any")
    assert not ask(plan(), "?count rk:fiscalYear 2020 ; rk:count ?any")


def test_departments_named_in_the_overview_table_alone_are_in_charge_of_nothing() -> None:
    assert not ask(plan(), "?any rk:unit|rk:responsibleUnit <department/012246/広報誌課>")


def test_a_municipality_without_a_known_code_is_named_by_its_name() -> None:
    records: list[AnyRecord] = [
        document("d"),
        party("d", "架空市", None),
        project("d", "1", 5, body("架空市", "総務部")),
    ]
    assert ask(records, "<department/架空市/総務部> org:unitOf <municipality/架空市>")
    assert not ask(records, "<municipality/架空市> dcterms:identifier ?code")


def test_a_department_without_a_municipality_belongs_to_its_document_alone() -> None:
    records: list[AnyRecord] = [document("d"), project("d", "1", 5, body(None, "総務部"))]
    assert ask(records, "<department/d/総務部> rdfs:label '総務部'@ja")
    assert not ask(records, "<department/d/総務部> org:unitOf ?any")


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    records: list[AnyRecord] = [document("d"), project("d", "1", 5, title="調\x0b査\x00")]
    assert ask(records, "<project/d/1> schema:name '調査'@ja")


def test_links_between_bodies_use_the_organisation_ontology_both_ways() -> None:
    found = set(statements(plan(), BASE))
    for quad in found:
        if quad.predicate == ORG.unitOf:
            assert Quad(quad.object, ORG.hasUnit, quad.subject, quad.graph_name) in found  # type: ignore[arg-type]


def test_a_department_printed_twice_is_described_once() -> None:
    quads = statements(plan(), BASE)
    unit = NamedNode(f"{BASE}/id/department/012246/産業振興部/商業労働課")
    assert sum(q.subject == unit and q.predicate == RDF.type for q in quads) == 1
