"""Faults in a request that are ours to name; they become 400 and 404 answers.

RenkeiError
└── RequestError
    ├── BadParameter   a parameter of the address has a value that cannot be used
    └── UnknownPlace   no such municipality, department or area in the library
"""

from ingest.errors import RenkeiError


class RequestError(RenkeiError):
    """The request cannot be answered as it was put."""


class BadParameter(RequestError):
    """A parameter of the address has a value that cannot be used."""

    def __init__(self, name: str, value: str, allowed: str) -> None:
        super().__init__(f"parameter {name}: {value!r} cannot be used; give {allowed}")
        self.name, self.value, self.allowed = name, value, allowed


class UnknownPlace(RequestError):
    """The library holds no such municipality, department or area."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"{kind} {key}: not in the library; see the list of what there is")
        self.kind, self.key = kind, key
