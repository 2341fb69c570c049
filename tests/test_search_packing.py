"""Lists of places come out of their bytes as they went in, whatever their width."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.indexes import SLOT_BITS, Postings
from search.indexes.packing import packed, unpacked

PLACES = st.sets(
    st.tuples(
        st.one_of(st.integers(0, 300), st.integers(0, 2**31 - 1)),
        st.one_of(st.integers(0, 2047), st.integers(0, 2**32 - 1)),
    ),
    min_size=1,
    max_size=8,
)


@given(st.lists(PLACES, max_size=5))
def test_lists_are_read_as_they_were_written(lists: list[set[tuple[int, int]]]) -> None:
    places = [np.array(sorted(slot << SLOT_BITS | low for slot, low in held), np.int64) for held in lists]
    keys = [("words", f"{number:03}") for number in range(len(lists))]
    ends = np.cumsum([len(held) for held in places], dtype=np.int64)
    written = dict(packed(Postings([], keys, ends, np.concatenate([*places, np.zeros(0, np.int64)]))))
    assert list(written) == keys
    for key, held in zip(keys, places, strict=True):
        assert (unpacked(written[key]) == held).all()


def test_places_in_short_texts_of_one_entry_take_three_bytes_each() -> None:
    held = np.array([5 << SLOT_BITS | position for position in range(1000)], np.int64)
    ((_, data),) = packed(Postings([], [("words", "川")], np.array([1000]), held))
    assert len(data) < 3 * 1000 + 10
