"""The vocabularies that the graph is written in."""

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from rdflib.namespace import DCAT as R_DCAT
from rdflib.namespace import DCTERMS as R_DCTERMS
from rdflib.namespace import FOAF as R_FOAF
from rdflib.namespace import ORG as R_ORG
from rdflib.namespace import PROV as R_PROV
from rdflib.namespace import QB as R_QB
from rdflib.namespace import RDF as R_RDF
from rdflib.namespace import RDFS as R_RDFS
from rdflib.namespace import SDO as R_SDO
from rdflib.namespace import SKOS as R_SKOS
from rdflib.namespace import VOID as R_VOID
from rdflib.namespace import XSD as R_XSD

import graph
from graph import namespaces, vocabulary
from graph.namespaces import RK, Vocabulary
from ingest.library import State

PUBLIC: list[tuple[type[Vocabulary], type[rdflib.namespace.DefinedNamespace]]] = [
    (namespaces.DCAT, R_DCAT),
    (namespaces.DCTERMS, R_DCTERMS),
    (namespaces.FOAF, R_FOAF),
    (namespaces.ORG, R_ORG),
    (namespaces.PROV, R_PROV),
    (namespaces.QB, R_QB),
    (namespaces.RDF, R_RDF),
    (namespaces.RDFS, R_RDFS),
    (namespaces.SDO, R_SDO),
    (namespaces.SKOS, R_SKOS),
    (namespaces.VOID, R_VOID),
    (namespaces.XSD, R_XSD),
]
RDFS, OWL = "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2002/07/owl#"


def triples() -> list[tuple[str, str, str, str | None]]:
    """Return the statements of our vocabulary: subject, predicate, object, language."""
    return [
        (
            q.subject.value,
            q.predicate.value,
            q.object.value,
            q.object.language if isinstance(q.object, Literal) else None,
        )
        for q in parse(path=str(vocabulary.PATH), format=RdfFormat.TURTLE)
        if isinstance(q.subject, NamedNode) and isinstance(q.object, NamedNode | Literal)
    ]


@pytest.mark.parametrize(("ours", "published"), PUBLIC)
def test_every_public_term_in_use_is_a_term_of_its_vocabulary(
    ours: type[Vocabulary], published: type[rdflib.namespace.DefinedNamespace]
) -> None:
    assert ours.iri == str(published)
    for name in ours.terms():
        assert name in published, name


def test_a_term_that_is_not_listed_does_not_exist() -> None:
    with pytest.raises(AttributeError):
        RK.noSuchTerm  # type: ignore[attr-defined]  # noqa: B018


def test_our_terms_in_use_are_exactly_those_that_the_vocabulary_defines() -> None:
    defined = {s for s, p, _, _ in triples() if p == f"{RDFS}isDefinedBy"}
    assert {term.value for term in RK.terms().values()} == defined


def test_every_term_of_ours_has_a_label_and_a_definition_in_both_languages() -> None:
    found = {(s, p, language) for s, p, _, language in triples()}
    for term in RK.terms().values():
        for predicate in ("label", "comment"):
            assert {(term.value, RDFS + predicate, "ja"), (term.value, RDFS + predicate, "en")} <= found


def test_every_concept_has_a_label_in_both_languages_and_a_scheme() -> None:
    found = {(s, language) for s, p, _, language in triples() if p == namespaces.SKOS.prefLabel.value}
    for concepts in vocabulary.concepts().values():
        for concept in concepts:
            assert {(concept.node.value, "ja"), (concept.node.value, "en")} <= found


def test_a_unit_is_of_the_kind_that_its_name_ends_with_longest() -> None:
    kinds = {name: vocabulary.unit_kind(name) for name in ("商業労働課", "消防本部", "子ども発達支援センター", "窓口")}
    assert {name: kind.label if kind else None for name, kind in kinds.items()} == {
        "商業労働課": "課",
        "消防本部": "消防本部",
        "子ども発達支援センター": "センター",
        "窓口": None,
    }


def test_every_class_of_ours_is_a_kind_of_a_public_one() -> None:
    above = {(s, o) for s, p, o, _ in triples() if p == f"{RDFS}subClassOf"}
    own = {s for s, p, o, _ in triples() if p == namespaces.RDF.type.value and o == f"{OWL}Class"}
    assert len(own) > 20
    for each in own:
        seen = {each}
        while not any(not kind.startswith(RK.iri) for kind in seen):
            further = {kind for one, kind in above if one in seen} - seen
            assert further, each
            seen |= further


def test_the_vocabulary_says_its_prefix_and_its_licence() -> None:
    said = {(predicate, thing) for subject, predicate, thing, _ in triples() if subject == RK.iri.rstrip("#")}
    assert ("http://purl.org/vocab/vann/preferredNamespacePrefix", "rk") in said
    assert ("http://purl.org/vocab/vann/preferredNamespaceUri", RK.iri) in said
    assert ("http://purl.org/dc/terms/license", "https://spdx.org/licenses/MIT") in said


@pytest.mark.parametrize(("term", "end"), [("domain", "?thing"), ("range", "?value")])
def test_the_data_is_of_the_classes_that_the_properties_say(sample_state: State, term: str, end: str) -> None:
    own = {subject for subject, predicate, thing, _ in triples() if thing == f"{OWL}Class"}
    public = {"org:OrganizationalUnit", "org:FormalOrganization", "skos:Concept"}
    classes = own | {namespaces.PREFIXES[name.partition(":")[0]] + name.partition(":")[2] for name in public}
    below = {(subject, thing) for subject, predicate, thing, _ in triples() if predicate == f"{RDFS}subClassOf"}
    said = [
        (subject, thing) for subject, predicate, thing, _ in triples() if predicate == RDFS + term and thing in classes
    ]
    assert len(said) > 12
    store = graph.open(sample_state.graph)
    for name, class_ in said:
        fit = [f"<{class_}>", *(f"<{one}>" for one, other in below if other == class_)]
        assert not store.query(
            f"ASK {{ ?thing <{name}> ?value . FILTER NOT EXISTS {{ VALUES ?fit {{ {' '.join(fit)} }} {end} a ?fit }} }}"
        ), name
    store.close()


def test_the_data_uses_no_term_that_its_vocabulary_does_not_define(sample_state: State) -> None:
    store = graph.open(sample_state.graph)
    known = {
        term.value
        for one in vars(namespaces).values()
        if isinstance(one, type) and issubclass(one, Vocabulary) and one is not Vocabulary
        for term in one.terms().values()
    }
    defined = {s for s, *_ in triples()}
    used = {quad.predicate.value for quad in store.quads()}
    classes = {quad.object.value for quad in store.quads() if quad.predicate == namespaces.RDF.type}  # type: ignore[union-attr]
    assert used | classes <= known
    ours = {
        q.object.value for q in store.quads() if isinstance(q.object, NamedNode) and q.object.value.startswith(RK.iri)
    }
    assert {each for each in used | classes | ours if each.startswith(RK.iri)} <= defined
    store.close()


@pytest.mark.parametrize(
    "pattern",
    [
        "a org:FormalOrganization , schema:GovernmentOrganization , ic:組織型 ; org:identifier ?c ; org:hasUnit ?u",
        "a org:OrganizationalUnit ; org:classification ?k ; rk:printedAs ?p",
        "a org:OrganizationalUnit ; org:subOrganizationOf ?u",
        "a org:Post ; org:postIn ?m ; org:heldBy ?p",
        "a org:OrganizationalCollaboration ; ^org:organization ?membership",
        "a org:Membership ; org:role ?r ; org:member ?m ; rk:partySymbol ?s",
        "a org:Membership ; org:memberDuring ?p",
        "a foaf:Document , schema:Legislation ; schema:legislationType ?t ; schema:legislationDate ?d ; dcterms:references ?l",
        "a schema:Legislation ; rk:articleNumber ?n ; skos:notation ?no ; ^dcterms:isPartOf/schema:text ?t",
        "a foaf:Document , prov:Plan ; dcterms:temporal [ a dcterms:PeriodOfTime ; dcat:startDate ?s ; dcat:endDate ?e ]",
        "a foaf:Document ; schema:creativeWorkStatus '案'@ja ; rk:draft true",
        "a schema:Project , rk:Measure , rk:Sheet ; rk:sheetNo ?n ; rk:branch ?b ; rk:costSharing ?c ; dcterms:subject ?a",
        "a skos:Concept ; skos:broader ?b ; skos:exactMatch ?m ; skos:inScheme ?s",
        "a skos:Concept ; skos:closeMatch ?m ; skos:inScheme ?s",
        "a rk:RoleAssignment ; rk:measure ?m ; rk:party ?p ; rk:roleText ?t ; rk:symmetry ?s",
        "a rk:Responsibility ; rk:measure ?m ; rk:unit ?u ; rk:onBehalfOf ?o ; dcterms:temporal ?t",
        "a rk:ScheduleItem ; rk:mark [ a rk:ScheduleMark ; rk:fiscalYear ?y ; rk:printedAs ?p ]",
        "a qb:Observation ; rk:amount ?a ; rk:measure ?m ; rk:municipality ?c ; rk:fiscalYear ?y",
        "a rk:BudgetRow ; rk:statesNoAmountFor ?y ; rk:printedMark ?p",
        "a qb:Observation ; rk:indicator ?i ; rk:valueKind rk:Value-Target ; rk:printedAs ?p ; rk:due ?d ; rk:year ?y",
        "a rk:Rating ; rk:grade/skos:inScheme ?s ; rk:rates ?i ; rk:fiscalYear ?y",
        "a qb:DataSet ; qb:structure [ a qb:DataStructureDefinition ; qb:component ?c ]",
        "a qb:Observation ; sdmx-dimension:refArea [ a sacs:PlainStandardAreaCode ] ; sdmx-dimension:refPeriod ?p",
        "a schema:CivicStructure ; schema:containedInPlace ?m ; rk:category ?c",
        "a rk:Discrepancy ; rk:kind ?k ; rk:state ?s ; rk:says ?a , ?b FILTER (?a != ?b) ?a rk:firstLine ?l . ?b rk:firstLine ?n",
        "a rk:Alignment ; rk:score ?s ; rk:reason ?r ; prov:wasAttributedTo ?w",
    ],
)
def test_the_sample_corpus_says_each_row_of_the_vocabulary(sample_state: State, pattern: str) -> None:
    store = graph.open(sample_state.graph)
    assert store.query(f"ASK {{ ?thing {pattern} }}")
    store.close()
