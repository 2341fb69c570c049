"""The SPARQL texts of the questions that are asked again and again; prefixes are those of ``graph.namespaces``."""

from functools import cache
from pathlib import Path


@cache
def query(name: str) -> str:
    """Return the text of ``{name}.rq``."""
    return (Path(__file__).parent / f"{name}.rq").read_text("utf-8")


@cache
def example(name: str) -> str:
    """Return the text of an example for people, ``examples/{name}.rq``; its prefixes stand in it."""
    return (Path(__file__).parent / "examples" / f"{name}.rq").read_text("utf-8").strip()
