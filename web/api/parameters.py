"""The parameters that each operation of the API knows; another one is refused, as the answer would not be to it."""

from collections.abc import Collection

from flask import request

from web.errors import UnknownParameter

KNOWN_BY: dict[str, tuple[str, ...]] = {"openapi.index": (), "openapi.document": ("lang",)}
"""Their names in the address by endpoint; the table of operations (``web.api.contract``) fills it."""


def refuse_unknown() -> None:
    """Refuse a request with a parameter that its operation does not know; raises ``UnknownParameter``."""
    known = KNOWN_BY.get(request.endpoint or "", ())
    for name in request.args:
        if name not in known:
            raise UnknownParameter(name, known)


def known_to(endpoint: str, names: Collection[str]) -> set[str]:
    """Return those of some parameters, as a page has them, that an operation knows too."""
    return {*names} & {*KNOWN_BY[endpoint]}
