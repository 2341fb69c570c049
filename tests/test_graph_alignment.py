"""Which projects of several documents are the same work: proposed by score, overruled by people, stored with reasons."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import graph
from corpus import SAMPLES
from graph import aligning, chains, judgements
from graph.agreement import Pair, agreement, read_pairs
from graph.alignment import proposals, same_work, works
from graph.build import fill
from graph.errors import JudgementsUnreadable, PairsUnreadable, UnknownThing
from graph.judgements import Judgement
from graph.likeness import LEAST
from graph.nearest import between
from graph.stores import Store, open_store
from ingest.library import Library, State
from ingest.records import AnyRecord
from sample_records import document, project
from test_graph_sample import BASE
from web.app import create_app
from web.build import ingest_paths, remove_documents, verify
from web.cli import main
from web.settings import Settings, judged_pairs

PHOTOGRAPHS, LISTED = "chitose-eniwa-plan-2024/28", "sapporo-status-2019/40"
PLAN, STATUS, PACT = "chitose-eniwa-plan-2024", "sapporo-status-2019", "sapporo-ishikari-agreement-2019"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?a skos:closeMatch ?b . ?a a rk:Measure }"


@pytest.fixture(scope="module")
def store(sample_state: State) -> Iterator[Store]:
    opened = graph.open(sample_state.graph)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return read_pairs(judged_pairs())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home of a library with the plan, the status list and the agreement of Sapporo."""
    library = Library(tmp_path / "home")
    ingest_paths(library, [SAMPLES / f"{name}.txt" for name in (PLAN, STATUS, PACT)], base=BASE)
    return library.home


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *words])


def found(home: Path, one: str) -> dict[str, dict[str, object]]:
    answer = json.loads(run(home, "relate", "same-work", one, "--json").stdout)
    return {each["id"]: each for each in answer["matches"]}


def ask(home: Path, pattern: str) -> bool:
    opened = graph.open(Library(home).current().graph)
    try:
        return bool(opened.query(f"BASE <{BASE}/id/> ASK {{ {pattern} }}"))
    finally:
        opened.close()


def test_there_are_pairs_enough_none_twice_and_none_in_both_sets(pairs: list[Pair]) -> None:
    keys = [frozenset((pair.a, pair.b)) for pair in pairs]
    assert len(keys) == len(set(keys)) > 150
    for name in ("tuning", "held_out"):
        same = [pair.same for pair in pairs if pair.set == name]
        assert min(same.count(True), same.count(False)) >= 20


def test_of_the_pairs_that_nothing_was_tuned_on_most_are_found_and_few_wrongly(store: Store, pairs: list[Pair]) -> None:
    """On the held-out half, judged before its scores were seen."""
    tuning, held_out = agreement(store, pairs)
    assert held_out.pairs > 50
    assert min(held_out.precision, held_out.recall) >= 0.75
    assert min(tuning.precision, tuning.recall) >= 0.85


def test_the_same_title_in_two_documents_comes_first_with_its_words_and_parts(store: Store) -> None:
    first = same_work(store, PHOTOGRAPHS)[0]
    assert first.project.id == LISTED
    assert first.score > 0.9
    assert first.project.title in first.words
    assert first.likeness.names > 0.8
    assert first.verdict is None


def test_the_answer_is_the_same_from_both_sides_surest_first_and_never_of_one_document(store: Store) -> None:
    for one in list(works(store).all)[::7]:
        matches = same_work(store, one)
        assert one.partition("/")[0] not in {match.project.document for match in matches}
        assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)
        for match in matches:
            assert match.score >= LEAST
            assert one in {each.project.id for each in same_work(store, match.project.id)}


def test_candidates_lose_no_pair_that_scores(store: Store) -> None:
    known = works(store)
    every = [
        (a, b)
        for a in known.all
        for b in known.all
        if a < b and known.all[a].document != known.all[b].document and known.likeness(a, b).score >= LEAST
    ]
    assert sorted((a, b) for a, b, _ in proposals(known)) == sorted(every)


def test_two_documents_are_compared_as_their_projects_are(store: Store) -> None:
    listed = between(store, PLAN, STATUS)
    assert (PHOTOGRAPHS, LISTED) in {(one, match.project.id) for one, match in listed}
    assert all(match in same_work(store, one) for one, match in listed[:5])


def test_the_measures_of_one_agreement_have_the_chains_that_they_have_among_all(store: Store) -> None:
    for name in store.documents():
        assert chains.measures(store, name) == [chain for chain in chains.chains(store, name) if chain.measure]


def test_a_project_that_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(UnknownThing, match="nowhere/1"):
        same_work(store, "nowhere/1")


def test_proposals_are_stored_as_close_matches_with_score_reason_and_who(home: Path) -> None:
    link = f"<project/{PHOTOGRAPHS}> skos:closeMatch <project/{LISTED}> ."
    back = f"<project/{LISTED}> skos:closeMatch <project/{PHOTOGRAPHS}> ."
    why = (
        f"?m a rk:Alignment ; rk:aligns <project/{PHOTOGRAPHS}> , <project/{LISTED}> ; rk:verdict rk:Verdict-Proposed ;"
    )
    why += " rk:score ?score ; rk:reason ?reason ; prov:wasAttributedTo [ a prov:SoftwareAgent ; schema:softwareVersion ?v ]"
    assert ask(home, link + back + why + ' FILTER (?score > 0.9 && CONTAINS(?reason, "航空写真の共同撮影"))')


def test_what_is_stored_is_what_is_answered(home: Path) -> None:
    opened = graph.open(Library(home).current().graph)
    assert opened.select(COUNT)[0]["n"] == 2 * len(list(proposals(works(opened))))
    opened.close()
    assert verify(Library(home).current()) == []


def test_a_judgement_overrules_the_score_and_says_who_when_and_why(home: Path) -> None:
    assert LISTED in found(home, PHOTOGRAPHS)
    said = run(home, "judge", PHOTOGRAPHS, LISTED, "different", "--why", "別の年の撮影", "--by", "企画課")
    assert said.exit_code == 0, said.stderr
    assert LISTED not in found(home, PHOTOGRAPHS)
    assert not ask(home, f"<project/{PHOTOGRAPHS}> skos:closeMatch <project/{LISTED}>")
    pattern = f"?m rk:aligns <project/{PHOTOGRAPHS}> ; rk:verdict rk:Verdict-Different ; rk:reason '別の年の撮影'@ja ;"
    assert ask(
        home, f"{pattern} prov:wasAttributedTo [ a prov:Person ; rdfs:label '企画課'@ja ] ; prov:generatedAtTime ?t"
    )
    run(home, "judge", LISTED, PHOTOGRAPHS, "same", "--why", "見直した")
    match = found(home, PHOTOGRAPHS)[LISTED]
    assert (match["verdict"], match["judgement"]["why"]) == ("same", "見直した")  # type: ignore[index]
    assert ask(home, f"<project/{PHOTOGRAPHS}> skos:closeMatch <project/{LISTED}>")
    assert verify(Library(home).current()) == []
    assert run(home, "validate").exit_code == 0


def test_pages_say_what_a_person_judged_and_how_to(home: Path) -> None:
    assert run(home, "judge", PHOTOGRAPHS, LISTED, "same", "--why", "同じ空撮", "--by", "企画課").exit_code == 0
    client = create_app(Settings(home=home)).test_client()
    for address in (f"/projects/{PHOTOGRAPHS}", f"/projects/{PHOTOGRAPHS}/similar"):
        page = client.get(address).get_data(as_text=True)
        assert "同じ取組と判断" in page
        assert "同じ空撮" in page
        assert "企画課による判断" in re.sub("<[^>]*>", "", page)
    assert f"renkei judge {PHOTOGRAPHS}" in client.get(f"/projects/{PHOTOGRAPHS}/similar").get_data(as_text=True)


def test_what_no_score_would_propose_is_the_same_work_once_a_person_says_so(home: Path) -> None:
    one, other = f"{PLAN}/1", f"{STATUS}/40"
    assert other not in found(home, one)
    run(home, "judge", one, other, "same", "--why", "試し")
    assert next(iter(found(home, one))) == other
    run(home, "judge", one, other, "undecided", "--why", "分からない")
    assert found(home, one)[other]["verdict"] == "undecided"
    assert not ask(home, f"<project/{one}> skos:closeMatch <project/{other}>")


def test_judgements_survive_another_reading_and_the_loss_of_a_document(home: Path) -> None:
    run(home, "judge", PHOTOGRAPHS, LISTED, "different", "--why", "別物")
    library = Library(home)
    ingest_paths(library, [SAMPLES / f"{STATUS}.txt"], base=BASE, again=True)
    assert LISTED not in found(home, PHOTOGRAPHS)
    remove_documents(library, [STATUS], base=BASE)
    assert not ask(home, f"?m rk:aligns <project/{LISTED}>")
    assert not ask(home, f"<project/{LISTED}> skos:closeMatch ?any")
    ingest_paths(library, [SAMPLES / f"{STATUS}.txt"], base=BASE)
    assert LISTED not in found(home, PHOTOGRAPHS)
    assert len(judgements.read(home / judgements.FILE)) == 1


def test_a_document_more_gives_what_reading_all_at_once_gives(tmp_path: Path) -> None:
    files = [SAMPLES / f"{name}.txt" for name in (PACT, PLAN)]
    at_once, one_by_one = Library(tmp_path / "a"), Library(tmp_path / "b")
    ingest_paths(at_once, files, base=BASE)
    for file in files:
        ingest_paths(one_by_one, [file], base=BASE)
    held = []
    for library in (at_once, one_by_one):
        opened = graph.open(library.current().graph)
        held.append(set(opened.quads()))
        opened.close()
    assert held[0] == held[1]
    assert run(one_by_one.home, "align").exit_code == 0
    opened = graph.open(Library(one_by_one.home).current().graph)
    assert set(opened.quads()) == held[0]
    opened.close()


def test_a_large_library_is_compared_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    records: dict[str, list[AnyRecord]] = {
        name: [document(name), project(name, "1", 5, title="航空写真の共同撮影")] for name in ("d", "e")
    }
    opened = open_store("memory:")
    fill(opened, records, (), BASE)
    monkeypatch.setattr(aligning, "MOST", 1)
    assert aligning.align(opened, BASE, ["d", "e"], []) == 0
    said = Judgement(a="e/1", b="d/1", verdict="same", by="企画課", when="2024-04-01T09:00:00Z", why="同じ")
    assert aligning.align(opened, BASE, [], [said]) > 0
    assert opened.documents() == ["d", "e"]
    assert same_work(opened, "d/1")[0].verdict == "same"
    aligning.align(opened, BASE, [], [], every=True)
    assert opened.query("ASK { ?m rk:verdict rk:Verdict-Proposed }")
    assert not opened.query("ASK { ?m rk:verdict rk:Verdict-Same }")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((PHOTOGRAPHS, PHOTOGRAPHS, "same", "--why", "x"), "two projects"),
        ((PHOTOGRAPHS, "012246/月面課", "same", "--why", "x"), "012246/月面課"),
        ((PHOTOGRAPHS, "nowhere/1", "same", "--why", "x"), "nowhere/1"),
        ((PHOTOGRAPHS, f"{STATUS}/99", "same", "--why", "x"), f"{STATUS}/99"),
    ],
)
def test_a_judgement_of_what_is_not_there_is_refused_and_not_kept(
    home: Path, words: tuple[str, ...], reason: str
) -> None:
    result = run(home, "judge", *words)
    assert result.exit_code == 1
    assert reason in result.stderr
    assert judgements.read(home / judgements.FILE) == []


def test_a_line_that_is_no_judgement_is_named(tmp_path: Path) -> None:
    (tmp_path / judgements.FILE).write_text('\n{"a": "x"}\n', "utf-8")
    with pytest.raises(JudgementsUnreadable, match="line 2"):
        judgements.read(tmp_path / judgements.FILE)


def test_the_quality_of_proposals_is_a_command(sample_state: State, tmp_path: Path) -> None:
    home = sample_state.path.parent.parent
    answer = json.loads(run(home, "relate", "quality", "--json").stdout)
    assert {each["set"] for each in answer["sets"]} == {"tuning", "held_out"}
    assert len(run(home, "relate", "quality").stdout.splitlines()) == 2
    faults = sum(len(each["missed"]) + len(each["wrong"]) for each in answer["sets"])
    assert len(run(home, "relate", "quality", "--faults").stdout.splitlines()) == faults
    (tmp_path / "pairs.toml").write_text("[documents]\n", "utf-8")
    with pytest.raises(PairsUnreadable, match=r"pairs\.toml"):
        read_pairs(tmp_path / "pairs.toml")


def test_the_command_and_the_api_give_the_same_answer(sample_state: State) -> None:
    home = sample_state.path.parent.parent
    words = ["relate", "same-work", PHOTOGRAPHS]
    answer = json.loads(run(home, *words, "--json").stdout)
    assert answer["matches"][0]["id"] == LISTED
    assert answer["matches"][0]["parts"]["names"] > 0.8
    assert len(run(home, *words).stdout.splitlines()) == len(answer["matches"])
    app = create_app(Settings(home=home))
    client = app.test_client()
    assert client.get(f"/api/v1/relations/same-work/{PHOTOGRAPHS}").get_json()["matches"] == answer["matches"]
    assert client.get("/api/v1/relations/same-work/nowhere/1").status_code == 404
