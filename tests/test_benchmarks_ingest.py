"""The benchmark of an ingest: its phases, its pieces of text, its table."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import ingest


@given(st.lists(st.text(alphabet="文章\n", max_size=40), max_size=20), st.integers(5, 60))
def test_pieces_are_short_enough_and_joined_give_the_text(parts: list[str], longest: int) -> None:
    text = "".join(parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ingest, "PIECE", longest)
        cut = list(ingest.pieces(text))
    assert "".join(cut) == text
    assert all(len(piece) <= longest for piece in cut)


def test_a_run_prints_every_phase_and_the_ratio_to_sudachipy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ingest.measure(tmp_path, 5, seed=1)
    printed = capsys.readouterr().out
    rows = {line.split("|")[1].strip() for line in printed.splitlines() if line.startswith("|")}
    assert {"read", "graph and index", "publish", "whole ingest", "SudachiPy alone, 1 thread"} <= rows
    assert {"into a library of 5", "into an empty library"} <= rows
