"""A closed vocabulary: a term that is not listed does not exist, for the type checker and at run time alike."""

from typing import ClassVar

from pyoxigraph import NamedNode


class Vocabulary:
    """A closed vocabulary: its annotations become the terms of the namespace."""

    iri: ClassVar[str]

    def __init_subclass__(cls, *, iri: str) -> None:
        cls.iri = iri
        for name in cls.__annotations__:
            setattr(cls, name, NamedNode(iri + name.rstrip("_")))

    @classmethod
    def terms(cls) -> dict[str, NamedNode]:
        """Return the terms by their local names."""
        return {name.rstrip("_"): getattr(cls, name) for name in cls.__annotations__}
