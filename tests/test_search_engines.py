"""Every engine keeps terms and places, and makes the next state out of the last without touching it."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.errors import UnknownEngine
from search.indexes import (
    INDEXES,
    SLOT_BITS,
    TERM_FIELDS,
    Engine,
    EngineModule,
    Key,
    Postings,
    engine_module,
)

Entry = Mapping[str, Mapping[str, list[int]]]


@pytest.fixture(params=sorted(INDEXES))
def module(request: pytest.FixtureRequest) -> EngineModule:
    return engine_module(request.param)


def postings_of(documents: Mapping[str, Sequence[Entry]]) -> list[Postings]:
    """Return the postings of documents, written together, from those of their entries."""
    numbers: dict[Key, int] = {}
    rows: list[tuple[int, int]] = []
    slot = 0
    for entries in documents.values():
        for entry in entries:
            for field, words in entry.items():
                for word, held in words.items():
                    number = numbers.setdefault((field, word), len(numbers))
                    rows.extend((number, slot << SLOT_BITS | place) for place in held)
            slot += 1
    terms, places = np.array(rows, np.int64).reshape(-1, 2).T
    sizes = [(name, len(entries)) for name, entries in documents.items()]
    return [Postings.grouped(sizes, list(numbers), terms, places)] if documents else []


def documents(names: str, size: int = 2) -> list[Postings]:
    return postings_of({name: [{"words": {"川": [1, 5], name: [n]}} for n in range(size)] for name in names})


def opened(module: EngineModule, path: Path, names: Iterable[str]) -> Engine:
    """Open an engine with the documents in the order of their names, 1000 slots each."""
    return module.open_engine(path, {name: number * 1000 for number, name in enumerate(sorted(names))})


def held(engine: Engine, field: str, term: str, names: Iterable[str]) -> dict[tuple[str, int], list[int]]:
    """Return the places of a term by entry."""
    out: dict[tuple[str, int], list[int]] = {}
    listed = sorted(names)
    for place in engine.places(field, term).tolist():
        document, entry = divmod(place >> SLOT_BITS, 1000)
        out.setdefault((listed[document], entry), []).append(place & (1 << SLOT_BITS) - 1)
    return out


def content(path: Path) -> dict[str, tuple[int, bytes]]:
    return {str(p.relative_to(path)): (p.stat().st_mtime_ns, p.read_bytes()) for p in path.rglob("*") if p.is_file()}


def test_an_unknown_engine_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UnknownEngine, match="whoosh"):
        engine_module("grep")


def test_places_are_those_that_were_put_in(module: EngineModule, tmp_path: Path) -> None:
    module.update_engine(None, tmp_path / "a", documents("ab"), [])
    engine = opened(module, tmp_path / "a", "ab")
    assert held(engine, "words", "川", "ab") == {(name, n): [1, 5] for name in "ab" for n in range(2)}
    assert held(engine, "words", "海", "ab") == {}
    assert held(engine, "readings", "川", "ab") == {}
    engine.close()


def test_what_comes_in_parts_is_held_as_what_comes_at_once(module: EngineModule, tmp_path: Path) -> None:
    module.update_engine(None, tmp_path / "a", [*documents("ab"), *documents("cd")], [])
    module.update_engine(tmp_path / "a", tmp_path / "b", [*documents("e"), *documents("fg")], ["b", "c"])
    engine = opened(module, tmp_path / "b", "adefg")
    assert held(engine, "words", "川", "adefg") == {(name, n): [1, 5] for name in "adefg" for n in range(2)}


def test_places_ascend_whatever_the_order_in_which_documents_came(module: EngineModule, tmp_path: Path) -> None:
    module.update_engine(None, tmp_path / "a", documents("cba", 300), [])
    module.update_engine(tmp_path / "a", tmp_path / "b", documents("d"), ["b"])
    places = opened(module, tmp_path / "b", "acd").places("words", "川")
    assert (np.diff(places) > 0).all()
    assert len(places) == 2 * (300 + 300 + 2)


def test_terms_are_listed_by_how_they_begin(module: EngineModule, tmp_path: Path) -> None:
    entry: Entry = {"words": {"観光": [1], "観光客": [2], "観測": [3]}, "readings": {"観光": [1]}}
    module.update_engine(None, tmp_path / "a", postings_of({"a": [entry]}), [])
    assert list(opened(module, tmp_path / "a", "a").terms("words", "観光")) == ["観光", "観光客"]


def test_the_state_before_is_not_touched(module: EngineModule, tmp_path: Path) -> None:
    module.update_engine(None, tmp_path / "a", documents("ab", 200), [])
    before = content(tmp_path / "a")
    engine = opened(module, tmp_path / "a", "ab")
    module.update_engine(tmp_path / "a", tmp_path / "b", documents("c", 150), ["a"])
    module.update_engine(tmp_path / "b", tmp_path / "c", [], ["b", "c"])
    assert content(tmp_path / "a") == before
    shutil.rmtree(tmp_path / "b")
    assert set(held(engine, "words", "川", "ab")) == {(name, n) for name in "ab" for n in range(200)}
    assert not held(opened(module, tmp_path / "c", ""), "words", "川", "")


def test_a_small_change_shares_what_is_there(module: EngineModule, tmp_path: Path) -> None:
    words = {f"語{n}": [n] for n in range(2000)}
    module.update_engine(None, tmp_path / "a", postings_of({name: [{"words": words}] * 20 for name in "abcd"}), [])
    module.update_engine(tmp_path / "a", tmp_path / "b", documents("e", 1), [])
    nodes = {p.stat().st_ino for p in (tmp_path / "a").iterdir()}
    shared = [p.stat().st_size for p in (tmp_path / "b").iterdir() if p.stat().st_ino in nodes]
    assert sum(shared) > 0.8 * sum(p.stat().st_size for p in (tmp_path / "a").iterdir())


def test_many_small_changes_do_not_leave_many_files(module: EngineModule, tmp_path: Path) -> None:
    base = None
    for number in range(40):
        target = tmp_path / str(number)
        module.update_engine(base, target, postings_of({f"d{number}": [{"words": {"川": [number]}}]}), [])
        base = target
    assert base
    names = [f"d{number}" for number in range(40)]
    assert len(list(base.iterdir())) < 60
    assert len(held(opened(module, base, names), "words", "川", names)) == 40


def test_an_index_of_nothing_finds_nothing(module: EngineModule, tmp_path: Path) -> None:
    module.update_engine(None, tmp_path / "a", [], [])
    engine = opened(module, tmp_path / "a", "")
    assert len(engine.places("words", "川")) == 0
    assert list(engine.terms("words", "")) == []


STEPS = st.lists(
    st.tuples(
        st.dictionaries(
            st.sampled_from("abcdef"),
            st.lists(
                st.dictionaries(st.sampled_from("山川谷"), st.sets(st.integers(0, 2**32 - 1), min_size=1)), max_size=3
            ),
            max_size=3,
        ),
        st.sets(st.sampled_from("abcdef"), max_size=2),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=STEPS)
def test_a_chain_of_changes_holds_what_is_left(
    module: EngineModule,
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[dict[str, list[dict[str, set[int]]]], set[str]]],
) -> None:
    home = tmp_path_factory.mktemp("chain")
    expected: dict[tuple[str, int], dict[str, list[int]]] = {}
    base = None
    for number, (added, removed) in enumerate(steps):
        gone = {*added, *removed}
        expected = {key: value for key, value in expected.items() if key[0] not in gone}
        new = [
            (name, n, {w: sorted(p) for w, p in words.items()})
            for name, all_ in added.items()
            for n, words in enumerate(all_)
        ]
        expected |= {(name, n): words for name, n, words in new}
        target = home / str(number)
        entries = {name: [{"words": words} for at, _, words in new if at == name] for name in added}
        module.update_engine(base, target, postings_of(entries), sorted(gone))
        base = target
    assert base
    names = {name for name, _ in expected}
    engine = opened(module, base, names)
    for word in "山川谷":
        left = {key: words[word] for key, words in expected.items() if word in words}
        assert held(engine, "words", word, names) == left
    engine.close()


def test_all_term_fields_are_kept_apart(module: EngineModule, tmp_path: Path) -> None:
    entry: Entry = {name: {"川": [number]} for number, name in enumerate(TERM_FIELDS)}
    module.update_engine(None, tmp_path / "a", postings_of({"a": [entry]}), [])
    engine = opened(module, tmp_path / "a", "a")
    assert [held(engine, name, "川", "a") for name in TERM_FIELDS] == [{("a", 0): [n]} for n in range(len(TERM_FIELDS))]
