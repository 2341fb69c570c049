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

from graph import namespaces, vocabulary
from graph.namespaces import RK, Vocabulary

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
