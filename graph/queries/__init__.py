"""The SPARQL texts of the questions that are asked again and again; prefixes are those of ``graph.namespaces``."""

from functools import cache
from pathlib import Path


@cache
def query(name: str) -> str:
    """Return the text of ``{name}.rq``."""
    return (Path(__file__).parent / f"{name}.rq").read_text("utf-8")
