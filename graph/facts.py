"""What no document says and whoever publishes the data may state: publisher, terms of use, where a document was found.

Nothing is assumed: what is not stated is ``None``, and the catalogue says that it is not known.
"""

from typing import Annotated

import msgspec

Address = Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s<>\"{}|^`\\]+$", max_length=2000)]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]


class Publisher(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who publishes: a name, and how to reach them."""

    name: Words
    url: Address | None = None
    email: Annotated[str, msgspec.Meta(pattern=r"^[^\s<>@\"]+@[^\s<>@\"]+$")] | None = None


class Licence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Terms of use: their address, their name, and the words by which the source is to be named."""

    url: Address
    name: Words
    attribution: Words | None = None


class DocumentFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is stated of one document; ``source`` is the address at which it was published."""

    title: Words | None = None
    source: Address | None = None
    publisher: Publisher | None = None
    licence: Licence | None = None


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is stated of the catalogue and, by their ids, of documents."""

    title: Words | None = None
    publisher: Publisher | None = None
    licence: Licence | None = None
    documents: dict[str, DocumentFacts] = {}

    def of(self, document: str) -> DocumentFacts:
        """Return what is stated of a document; terms of use stated for all count where it has none of its own."""
        own = self.documents.get(document, DocumentFacts())
        return own if own.licence else msgspec.structs.replace(own, licence=self.licence)
