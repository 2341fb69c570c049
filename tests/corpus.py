"""The published documents where they are at hand, our renditions of them, and reading from text."""

from pathlib import Path

from ingest.extract import Extract, Line, number_lines
from ingest.files import records_of
from ingest.records import Record

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "data" / "documents"
CORPUS = ROOT.parent / "shared" / "corpus"
STEMS = sorted(path.stem for path in SAMPLES.glob("*.txt"))


def lines_of(text: str) -> tuple[Line, ...]:
    """Number the lines of a text as a reader does."""
    return number_lines([(None, text.split("\n"))])


def read_text(name: str, text: str) -> list[Record]:
    """Return the records of a document given as text."""
    return records_of(name, "0" * 64, Extract(lines_of(text), "text/plain"))


def read_file(path: Path) -> list[Record]:
    """Return the records of a text file."""
    return read_text(path.name, path.read_text("utf-8"))
