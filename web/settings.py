"""The settings of a running service: where the library is, which address its identifiers begin with, where it listens."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from web.errors import BadSetting

DEFAULT_HOME = Path("var")
DEFAULT_BASE = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a start of the service may choose; everything has a default that works on one's own machine.

    ``base`` is the address that IRIs of the open data begin with; it is built into the library when documents are
    ingested. ``contact`` is an address for mail to which readers report mistakes.
    ``hosts`` are the names that requests may be for (``.example.jp`` allows those below); empty allows every name, as no
    answer depends on it.
    ``index`` chooses the engine of the full text by the scheme of its URL (``whoosh:`` or ``tantivy:``; its folder is
    that of each state); None keeps the engine of the state before. ``search_log`` are the days for which words that were
    searched for are kept (``web.search_log``); 0 keeps none.
    """

    home: Path = DEFAULT_HOME
    base: str = DEFAULT_BASE
    host: str = "127.0.0.1"
    port: int = 8000
    contact: str | None = None
    hosts: tuple[str, ...] = ()
    index: str | None = None
    search_log: int = 0

    @property
    def catalogue(self) -> Path:
        """The file that states what no document says (``web.catalogue_file``)."""
        return self.home / "catalogue.toml"


def from_environment(environment: Mapping[str, str] = os.environ, *, home: Path | None = None) -> Settings:
    """Read ``RENKEI_HOME``, ``_BASE``, ``_CONTACT``, ``_HOSTS``, ``_INDEX`` and ``_SEARCH_LOG``; ``home`` goes first.

    Raises ``BadSetting`` for days that are no number.
    """
    days = environment.get("RENKEI_SEARCH_LOG") or "0"
    if not days.isdecimal():
        raise BadSetting(
            "RENKEI_SEARCH_LOG", days, "the number of days for which words searched for are kept, 0 for none"
        )
    return Settings(
        home=home or Path(environment.get("RENKEI_HOME") or DEFAULT_HOME),
        base=(environment.get("RENKEI_BASE") or DEFAULT_BASE).rstrip("/"),
        hosts=tuple(name.strip() for name in environment.get("RENKEI_HOSTS", "").split(",") if name.strip()),
        contact=environment.get("RENKEI_CONTACT") or None,
        index=environment.get("RENKEI_INDEX") or None,
        search_log=int(days),
    )


def sample_documents() -> Path:
    """Return the folder of the sample corpus that comes with the service."""
    return Path(__file__).resolve().parent.parent / "data" / "documents"


def judged_pairs() -> Path:
    """Return the pairs of projects judged over the sample corpus; they come with the sources, as the queries do."""
    return Path(__file__).resolve().parent.parent / "tests" / "judged" / "same_work.toml"


def judged_queries() -> Path:
    """Return the queries judged over the sample corpus; they come with the sources, not with an installed package."""
    return Path(__file__).resolve().parent.parent / "tests" / "judged" / "queries.toml"
