"""The production server: waitress over the application, on an address that it prints."""

import sys

from waitress.server import create_server

from ingest.errors import RenkeiError
from ingest.library import Library
from web.app import create_app
from web.build import ingest_paths
from web.progress import show_progress, show_report
from web.queries import WAITING, WORKERS
from web.settings import Settings, sample_documents

__all__ = ["AddressInUse", "serve"]

MOST_QUERIES = WORKERS + WAITING


class AddressInUse(RenkeiError):
    """The address cannot be listened on."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"{host}:{port}: cannot listen there ({reason}); choose another one with --port")


def serve(settings: Settings, threads: int = 8) -> None:
    """Serve until stopped; an empty library takes in the sample documents first."""
    library = Library(settings.home)
    if library.current_name() is None:
        print("the library is empty: reading the sample documents …", file=sys.stderr)  # noqa: T201  the start's own words
        with show_progress() as progress:
            show_report(ingest_paths(library, [sample_documents()], base=settings.base, progress=progress))
    app = create_app(settings)
    try:
        # Half-open connections must not stop the service: many may wait, and none for long.
        server = create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=threads + MOST_QUERIES,  # those that queries keep waiting do not answer pages
            connection_limit=1000,
            channel_timeout=10,
            ident=None,
        )
    except OSError as error:
        raise AddressInUse(settings.host, settings.port, error.strerror or str(error)) from error
    shown = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104  only to show an address that works here
    print(f"Renkei: http://{shown}:{server.effective_port}", file=sys.stderr, flush=True)  # noqa: T201
    try:
        server.run()
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)  # noqa: T201
