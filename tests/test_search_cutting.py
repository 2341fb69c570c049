"""Documents are written one by one, and their postings handed on as many at once as memory should hold."""

from pathlib import Path

import pytest

from search import cutting, lexicon
from search.cutting import write_all
from search.entries import documents
from search.indexes import SLOT_BITS, Key, Postings
from search.model import SearchDocument


def entries(number: int) -> list[SearchDocument]:
    """Make two entries of a document."""
    return [
        SearchDocument(
            id=f"d{number}/{place}",
            type="project",
            document=f"d{number}",
            title=f"消防車の共同整備 {number}",
            url=f"/{number}/{place}",
            texts={"overview": "はしご車を二つの市で使う\n予算\t消防車"},
            facets={"area": (("防災", "防災"),)},
            lines=(1, 2),
        )
        for place in range(2)
    ]


@pytest.fixture
def replaced() -> dict[str, list[SearchDocument]]:
    """Twenty documents."""
    return {f"d{number:02}": entries(number) for number in range(20)}


def places_of(postings: Postings) -> set[tuple[Key, str, int]]:
    """Return (term, document, place in the document) of all places."""
    names = [(name, entry) for name, count in postings.documents for entry in range(count)]
    found = set()
    for key, places in postings.items():
        assert (places[1:] > places[:-1]).all()
        for place in places.tolist():
            name, entry = names[place >> SLOT_BITS]
            found.add((key, name, entry << SLOT_BITS | place & (1 << SLOT_BITS) - 1))
    return found


def test_each_document_is_written_and_stands_in_its_postings(
    tmp_path: Path, replaced: dict[str, list[SearchDocument]]
) -> None:
    (postings,) = write_all(tmp_path, replaced)
    assert postings.documents == [(name, 2) for name in replaced] == [(name, 2) for name in documents(tmp_path)]
    assert list(postings.keys) == sorted(postings.keys)
    held = {name for key, name, _ in places_of(postings) if key == ("words", "消防")}
    assert held == {*replaced}


@pytest.mark.parametrize("limit", ["places", "words"])
def test_postings_are_the_same_in_several_parts(
    tmp_path: Path, replaced: dict[str, list[SearchDocument]], monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    (whole,) = write_all(tmp_path, replaced)
    monkeypatch.setattr(*((cutting, "MOST_PLACES", 500) if limit == "places" else (lexicon, "MOST_LEXEMES", 20)))
    parts = list(write_all(tmp_path, replaced))
    assert len(parts) > 3
    assert set().union(*map(places_of, parts)) == places_of(whole)
    assert sum(len(part.places) for part in parts) == len(whole.places)


def test_nothing_has_no_postings(tmp_path: Path) -> None:
    assert not list(write_all(tmp_path, {}))
