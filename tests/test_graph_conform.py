"""The quick check of shapes at publication finds what the full checker finds, and a fault is published with its name."""

from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import SH

import graph
from graph import build
from graph.build import Fault, fill
from graph.conform import conform
from graph.shacl import shapes
from graph.shapes import read, violations
from graph.statements import Statements, statements
from graph.statements.stated import written
from graph.stores import open_store
from ingest.library import Library, State
from test_graph_sample import BASE, PACT, PLAN, library
from web.build import ingest_paths, remove_documents
from web.progress import show_report

RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def found(quads: list[Quad]) -> set[tuple[str, str, str]]:
    return {(each.thing, each.property, each.rule) for each in conform((quad.triple for quad in quads), "d")}


def found_in_full(quads: list[Quad]) -> set[tuple[str, str, str]]:
    """What the full checker finds; it also says that a shape is broken because one that it refers to is."""
    whole = violations(read(quad.triple for quad in quads), "d")
    return {(v.thing, v.property, v.rule) for v in whole if v.rule not in {"sh:NodeConstraintComponent"}}


def test_what_conforms_conforms_for_both(sample_state: State) -> None:
    store = graph.open(sample_state.graph)
    for name in (*store.documents()[:2], *store.documents()[-1:]):
        quads = [quad for quad in store.quads() if str(quad.graph_name)[1:-1].endswith(f"/{name}")]
        assert quads
        assert found(quads) == set()
    store.close()


@pytest.mark.parametrize("step", [7, 11, 13])
def test_both_find_the_same_where_statements_are_lost_or_wrong(step: int) -> None:
    """Every n-th statement of the samples is left out, every n+1-th has another value, every n+2-th has two."""
    stated = [*statements(library()[PLAN], BASE), *statements(library()[PACT], BASE)]
    quads = list(dict.fromkeys(Quad(q.subject, q.predicate, q.object) for q in stated))
    harmed = []
    for place, quad in enumerate(quads):
        turn = place % step
        if turn == 0:
            continue
        harmed.append(quad)
        if turn in {1, 2} and quad.predicate != RDF_TYPE:
            wrong = NamedNode("urn:example:x") if isinstance(quad.object, Literal) else Literal("x")
            harmed.append(Quad(quad.subject, quad.predicate, wrong))
            if turn == 1:
                harmed.remove(quad)
    mine, theirs = found(harmed), found_in_full(harmed)
    assert len(theirs) > 50
    choices = {"sh:OrConstraintComponent", "sh:XoneConstraintComponent"}
    assert {each for each in mine if each[2] not in choices} == {each for each in theirs if each[2] not in choices}


def test_every_part_of_shacl_that_the_shapes_use_is_known() -> None:
    used = {p for p in shapes().predicates() if str(p).startswith(str(SH))}
    assert conform([], "d") == []
    known = "targetClass property path node minCount maxCount datatype class nodeKind languageIn or xone hasValue in pattern"
    known += " lessThanOrEquals minInclusive"
    assert {str(each).rpartition("#")[2] for each in used} <= set(known.split())


def test_a_fault_is_named_published_and_forgotten_with_its_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.txt").write_text("連携計画\n\n事業名\t散歩\n", "utf-8")
    (tmp_path / "two.txt").write_text("連携計画その2\n\n事業名\t水泳\n", "utf-8")

    def harmed(records: object, base: str, text: object = None) -> Statements:
        made = statements(records, base, text)  # type: ignore[arg-type]
        title = NamedNode("http://purl.org/dc/terms/title")
        left = (each for each in made.plain if each[1] != title or not each[0].value.endswith("one"))
        return written(left, NamedNode(f"{base}/id/graph/harmed"), "")

    monkeypatch.setattr(build, "statements", harmed)
    home = Library(tmp_path / "home")
    report = ingest_paths(home, [tmp_path / "one.txt", tmp_path / "two.txt"], base=BASE)
    assert report.faults == {
        "one": [Fault(f"{BASE}/id/document/one", "dcterms:title", "sh:MinCountConstraintComponent")]
    }
    show_report(report)
    assert "one: 1 statements break the shapes" in capsys.readouterr().err
    monkeypatch.undo()
    again = ingest_paths(home, [tmp_path / "two.txt"], base=BASE, again=True)
    assert list(again.faults) == ["one"]
    state = remove_documents(home, ["one"], base=BASE)
    assert build.faults(state.graph) == {}


def test_a_planted_fault_in_the_union_is_found_too() -> None:
    store = open_store("memory:")
    fill(store, library(), (), BASE)
    quads = [pyoxigraph.Quad(t.subject, t.predicate, t.object) for t in store.triples(PLAN)]
    assert found(quads) == set()
    assert found([*quads, Quad(NamedNode("urn:x"), RDF_TYPE, NamedNode("https://w3id.org/renkei/ns#Rating"))])
