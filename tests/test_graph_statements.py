"""What the records of a document become."""

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from graph.identifiers import Identifiers
from graph.namespaces import DCTERMS, ORG, RDF, RDFS, RK, SDO, SKOS
from graph.statements import statements
from graph.stores import open_store
from ingest.records import AnyRecord, FindingRecord, Period, SchemeRowRecord
from sample_records import at, body, document, party, project
from test_graph_sample import BASE, PLAN, library, pact, plan


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
        quads = list(statements(records, BASE))
        assert {str(quad.graph_name) for quad in quads} == {
            f"<{BASE}/id/{kind}/{name}>" for kind in ("graph", "provenance")
        }
        assert all(isinstance(term, NamedNode | Literal) for quad in quads for term in (quad.subject, quad.object))
        assert len(quads) == len(set(quads))


def test_the_same_records_give_the_same_statements_in_the_same_order() -> None:
    assert statements(plan(), BASE) == statements(plan(), BASE)


def test_lines_and_terms_say_the_same() -> None:
    made = statements(pact(), BASE, [f"{n}行目の「文」\\" for n in range(1, 120)])
    quads, union = list(made), list(pyoxigraph.parse(made.union, RdfFormat.N_TRIPLES))
    graph = NamedNode(f"{BASE}/id/graph/{pact()[0].document}")
    assert [tuple(quad.triple) for quad in quads if quad.graph_name == graph] == list(made.plain)
    assert [tuple(quad.triple) for quad in union] == list(made.plain)


def test_no_records_make_no_statements() -> None:
    assert list(statements([], BASE)) == []


def test_every_record_says_its_document_and_its_lines() -> None:
    for name, records in library().items():
        found = set(statements(records, BASE))
        graph = NamedNode(f"{BASE}/id/graph/{name}")
        for record in records:
            node = NamedNode(Identifiers(BASE).record(record.id))
            last = Literal(str(record.source.lines[1]), datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
            assert Quad(node, DCTERMS.source, NamedNode(f"{BASE}/id/document/{name}"), graph) in found
            assert Quad(node, RK.lastLine, last, graph) in found


def test_every_resource_has_a_japanese_label() -> None:
    for records in library().values():
        quads = list(statements(records, BASE))
        labelled = {
            q.subject
            for q in quads
            if q.predicate in {RDFS.label, SKOS.prefLabel}
            and isinstance(q.object, Literal)
            and q.object.language == "ja"
        }
        bare = {
            "TextPositionSelector",
            "TextQuoteSelector",
            "DimensionProperty",
            "MeasureProperty",
            "AttributeProperty",
        }
        for quad in quads:
            if (
                quad.predicate == RDF.type
                and str(quad.object).strip("<>").replace("#", "/").rpartition("/")[2] not in bare
            ):
                assert quad.subject in labelled, quad


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
        "<municipality/012246> dcterms:identifier '012246'^^rk:MunicipalityCode ; dcterms:spatial <http://data.e-stat.go.jp/lod/sac/C01224-19850215>",
        "<municipality/012246> rk:areaCode [ a sacs:StandardAreaCode ; dcterms:isVersionOf sac:C01224 ] . sac:C01224 a"
        " sacs:PlainStandardAreaCode ; rdfs:label '千歳市の標準地域コード'@ja . ?figure sdmx-dimension:refArea sac:C01224",
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
        " schema:encodingFormat 'text/plain' ; dcterms:issued '2024-04'^^xsd:gYearMonth ; dcterms:references ?law . ?law rdfs:label '自治法第1条'@ja",
        "<period/2024-2028> dcat:startDate '2024-04-01'^^xsd:date ; dcat:endDate '2029-03-31'^^xsd:date",
        "<budget-row/hill-plan-2024/7-2/1> rk:statesNoAmountFor 2025",
        "?cell rk:budgetRow <budget-row/hill-plan-2024/7-2/1> ; rk:fiscalYear 2026 ; rk:amount 0",
        "<indicator/hill-plan-2024/7-2/1/target> rk:value 12.5 ; rk:printedAs '12.50人'@ja ; rk:due '2023年'@ja ;"
        " rk:valueKind rk:Value-Target",
        "?rating rk:rates <indicator/hill-plan-2024/7-2/1> , <indicator/hill-plan-2024/7-2/2> ; rk:grade ?g ."
        " ?g skos:prefLabel '◎'@ja",
        "?item a rk:ScheduleItem ; rk:mark [ rk:fiscalYear 2024 ; rk:printedAs '→'@ja ] ; rk:phase [ rk:toFiscalYear 2025 ]",
        "<department/012246/広報誌課> rk:printedAs '広報誌課'@ja ; org:unitOf <municipality/012246>",
        "<scheme-row/hill-plan-2024/1> rk:measure <project/hill-plan-2024/1> ; rk:namesUnit <department/012246/広報誌課>",
        "?count a qb:Observation ; rk:progressCount [ rk:status '協議のみ'@ja ] ; rk:fiscalYear 2019 ; rk:count 32",
        "?figure a qb:Observation ; sdmx-dimension:refArea sac:C01224 ; rk:value 3.5 ; rk:breakdown ?b ."
        " ?b schema:additionalProperty [ schema:name '産業'@ja ; schema:value '農業'@ja ]",
        "?place a schema:CivicStructure ; rk:category [ skos:prefLabel '図書館'@ja ]",
        "?finding a rk:Discrepancy ; rk:kind rk:Finding-Mismatch ; rk:subject <project/hill-plan-2024/1> ;"
        " rk:state rk:State-Open ;"
        " rk:says [ schema:text '広報誌課'@ja ; rk:firstLine 15 ] , [ schema:text '広報課'@ja ; rk:firstLine 28 ]",
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
    quads = list(statements(plan(), BASE))
    unit = NamedNode(f"{BASE}/id/department/012246/産業振興部/商業労働課")
    assert sum(q.subject == unit and q.predicate == RDF.type for q in quads) == 1


def test_the_area_code_is_the_one_in_force_on_the_day_of_the_document() -> None:
    for day, code in (("1990-01-01", "C01303-19740601"), ("2019-03-29", "C01303-19960614"), ("1960-01-01", "C01303")):
        records: list[AnyRecord] = [document("d", issued=day), party("d", "当別町", "013030")]
        assert ask(records, f"<municipality/013030> rk:areaCode <http://data.e-stat.go.jp/lod/sac/{code}>"), day
    assert ask(pact(), "<municipality/011002> schema:sameAs <http://www.wikidata.org/entity/Q37951>")
    assert not ask(
        pact(), "?code owl:sameAs ?any".replace("owl:", "<http://www.w3.org/2002/07/owl#").replace("sameAs", "sameAs>")
    )


def test_roles_say_how_they_compare_and_who_leads() -> None:
    assert ask(pact(), "?r rk:party <municipality/011002> ; rk:symmetry rk:Symmetry-Leading ; rk:leads true")
    assert not ask(pact(), "?r rk:party <municipality/012246> ; rk:leads true")
    assert ask(plan(), "?r a rk:RoleAssignment ; rk:symmetry rk:Symmetry-Different")


def test_a_memorandum_is_told_from_an_agreement_by_its_title() -> None:
    records: list[AnyRecord] = [document("d", title="二市の覚書", kind="agreement")]
    assert ask(
        records, "<document/d> schema:legislationType rk:Document-Memorandum ; dcterms:type rk:Document-Agreement"
    )


def test_parties_are_members_for_the_time_of_the_document_and_holders_are_held_by_posts() -> None:
    assert ask(plan(), "?m a org:Membership ; org:memberDuring <period/2024-2028>")
    assert ask(pact(), "?post org:heldBy ?person . ?person org:holds ?post ; foaf:name '山田'@ja")


def test_each_value_says_its_document_its_lines_and_its_words() -> None:
    text = [f"{n}行目の文" for n in range(1, 120)]
    store = open_store("memory:")
    store.replace(PLAN, statements(plan(), BASE, text))
    (row,) = store.select(
        f"BASE <{BASE}/id/> SELECT * WHERE {{ GRAPH <provenance/{PLAN}> {{ ?s a oa:Annotation , prov:Entity ;"
        f" oa:hasBody <project/{PLAN}/7-2> ; rk:property rk:purpose ; prov:value ?words ; prov:wasQuotedFrom ?document ;"
        " oa:hasTarget ?place . ?place rk:firstLine ?first ; rk:lastLine ?last ; oa:hasSource ?document ;"
        " oa:hasSelector [ oa:start ?start ; oa:end ?end ] , [ oa:exact ?exact ; oa:prefix ?before ; oa:suffix ?after ] } }"
    )
    joined = "\n".join(text)
    assert (row["words"], row["first"], row["last"]) == ("運動の機会を増やす。", 80, 88)
    assert joined[int(str(row["start"])) : int(str(row["end"]))] == "\n".join(text[79:88]) == row["exact"]
    assert joined.index(f"{row['before']}{row['exact']}{row['after']}") >= 0
    assert not store.query("ASK { ?s a oa:Annotation }"), "the union stays plain"
    ask_activity = (
        f"BASE <{BASE}/id/> ASK {{ GRAPH ?g {{ <graph/{PLAN}> a prov:Bundle ; rk:draft true ; prov:wasGeneratedBy ?a ."
    )
    ask_activity += f" ?a prov:used <document/{PLAN}> ; prov:wasAssociatedWith [ a prov:SoftwareAgent ; schema:softwareVersion ?v ] }} }}"
    assert store.query(ask_activity)


def test_each_of_several_values_of_one_property_says_its_place() -> None:
    """A row of the overview table prints several departments."""
    row = SchemeRowRecord(
        id=f"{PLAN}/scheme-row-1",
        document=PLAN,
        source=at(15),
        title="共同の調査",
        departments=(body("千歳市", "甲課"), body("恵庭市", "乙課"), body("恵庭市", "乙課")),
    )
    store = open_store("memory:")
    store.replace(PLAN, statements([document(PLAN), row], BASE))
    found = store.select(
        f"BASE <{BASE}/id/> SELECT ?words ?first WHERE {{ GRAPH <provenance/{PLAN}> {{ ?s oa:hasBody <scheme-row/{PLAN}/1> ;"
        " rk:property rk:printedAs ; prov:value ?words ; oa:hasTarget/rk:firstLine ?first } } ORDER BY ?words"
    )
    assert [(each["words"], each["first"]) for each in found] == [("乙課", 15), ("甲課", 15)]


def test_one_line_and_one_year_are_not_said_as_from_one_to_another() -> None:
    quads = statements([document(PLAN, source=at(3), period=Period(2019, 2019))], BASE)
    labels = {quad.object.value for quad in quads if quad.predicate == RDFS.label and isinstance(quad.object, Literal)}
    assert {"2019年度", "3行", "3行の記載"} <= labels
    assert not any("から" in label or "～" in label for label in labels)


def test_what_stands_elsewhere_says_its_own_lines() -> None:
    """A finding is two places of a document: each of their words is annotated with its own."""
    finding = FindingRecord(
        id=f"{PLAN}/finding-1",
        document=PLAN,
        source=at(15),
        kind="mismatch",
        where="体系図",
        says="甲課",
        elsewhere="乙課",
        elsewhere_source=at(80, 82),
    )
    store = open_store("memory:")
    store.replace(PLAN, statements([document(PLAN), finding], BASE))
    found = store.select(
        f"BASE <{BASE}/id/> SELECT ?words ?first ?last WHERE {{ GRAPH <provenance/{PLAN}> {{ ?s rk:property schema:text ;"
        " prov:value ?words ; oa:hasTarget [ rk:firstLine ?first ; rk:lastLine ?last ] } } ORDER BY ?first"
    )
    assert [tuple(each.values()) for each in found] == [("甲課", 15, 15), ("乙課", 80, 82)]


def test_units_times_and_numbers_of_sheets_say_their_place_too() -> None:
    store = open_store("memory:")
    store.replace(PLAN, statements(plan(), BASE))
    found = store.select(
        f"BASE <{BASE}/id/> SELECT DISTINCT ?p WHERE {{ GRAPH <provenance/{PLAN}> {{ ?s rk:property ?p }} }}"
    )
    said = {str(each["p"]) for each in found}
    assert {each.value for each in (RK.unitText, RK.due, RK.asOf, RK.sheetNo, RK.branch, RK.status)} <= said


def test_without_the_text_lines_are_all_that_is_said_of_a_place() -> None:
    quads = list(statements(plan(), BASE))
    assert not any("Selector" in str(quad.object) for quad in quads)
    assert any(quad.predicate.value.endswith("oa#hasTarget") for quad in quads)
