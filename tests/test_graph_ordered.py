"""Statements come in one order, however many there are and however they are cut into parts."""

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from corpus import ROOT
from graph.ordered import line, ordered, sorted_lines
from ingest.library import State

lines = st.lists(st.text(alphabet="ab千 \\", max_size=4).map(lambda text: f"{text}\n".encode()), max_size=40)


@settings(deadline=None)
@given(lines, st.integers(1, 9))
def test_parts_of_any_size_make_the_order_of_the_whole(given_lines: list[bytes], most: int) -> None:
    assert list(sorted_lines(given_lines, most)) == sorted(given_lines)


def test_triples_are_given_back_as_they_were_and_in_the_order_of_their_lines() -> None:
    subject = NamedNode("http://e/部署")
    triples = [
        Triple(subject, NamedNode("http://e/p"), Literal(text, language=tongue) if tongue else Literal(text))
        for text, tongue in (('二\n"三"', "ja"), ("一\\", "ja-Hira"), ("\t", None), ("", None))
    ]
    with ordered(triples) as found:
        assert list(found) == sorted(triples, key=line)


SCRIPT = """
import io, sys, hashlib, pathlib
import graph
from graph.serialise import FORMATS, export
store = graph.open(pathlib.Path(sys.argv[1]))
for name in FORMATS:
    out = io.BytesIO()
    export(store, name, out)
    print(name, hashlib.sha256(out.getvalue()).hexdigest())
"""


def test_every_export_has_the_same_bytes_in_every_process(sample_state: State, tmp_path: Path) -> None:
    """Whatever seed the process hashes with, and whatever its locale."""
    answers = []
    for seed, locale in (("0", "C"), ("1234", "C.UTF-8")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(  # noqa: S603  our own script
            [sys.executable, "-c", SCRIPT, str(sample_state.graph)],
            capture_output=True, check=True, env=environment, cwd=tmp_path,
        )  # fmt: skip
        answers.append(done.stdout)
    assert answers[0] == answers[1]
    assert answers[0].count(b"\n") == 9
