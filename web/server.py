"""The production server: waitress over the application, on an address that it prints."""

import select
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

from flask import Flask
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from ingest.errors import RenkeiError
from ingest.library import Library
from web.app import create_app
from web.build import ingest_paths
from web.progress import show_progress, show_report
from web.queries import WAITING, WORKERS
from web.reader import Reader
from web.settings import Settings, sample_documents
from web.warming import keep_ready, make_ready
from web.wire import Channel

__all__ = ["AddressInUse", "serve"]

MOST_QUERIES = WORKERS + WAITING
_ROOT = Path(__file__).parents[1]
MOST_CONNECTIONS, FEW_CONNECTIONS = 4000, 400
"""Connections at a time, where the system allows as many, and where it cannot be asked."""
OTHER_FILES = 500
"""Files that the library, the index and the graph may hold open."""
LARGEST_BODY = 1024 * 1024
"""Bytes of a request that are taken in at all; the application's own limit is lower and answers in its own words."""


class AddressInUse(RenkeiError):
    """The address cannot be listened on."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"{host}:{port}: cannot listen there ({reason}); choose another one with --port")


def make_server(app: Flask, host: str, port: int, threads: int = 8) -> BaseWSGIServer | MultiSocketServer:
    """Listen on an address; ``run`` of the server answers. Raises ``AddressInUse``."""
    try:
        # Half-open and slow connections must not stop the service: many may wait, and none for long.
        server = create_server(
            app,
            host=host,
            port=port,
            threads=threads + MOST_QUERIES,  # those that queries keep waiting do not answer pages
            connection_limit=_connections(),
            asyncore_use_poll=hasattr(select, "poll"),
            channel_timeout=10,
            cleanup_interval=5,
            channel_request_lookahead=1,  # so that it is seen when a client goes away
            max_request_body_size=LARGEST_BODY,
            ident=None,
        )
    except OSError as error:
        raise AddressInUse(host, port, error.strerror or str(error)) from error
    for each in (server, *getattr(server, "map", {}).values()):
        each.channel_class = Channel
    return server


def _connections() -> int:
    """Return how many connections may be open at a time; the system is asked for as many files as it allows."""
    try:
        import resource  # noqa: PLC0415  not there on every system
    except ImportError:
        return FEW_CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else max(50, min(MOST_CONNECTIONS, soft - OTHER_FILES))


def serve(settings: Settings, threads: int = 8) -> None:
    """Serve until stopped; an empty library takes in the sample documents first."""
    library = Library(settings.home)
    if library.current_name() is None:
        print("the library is empty: reading the sample documents …", file=sys.stderr)  # noqa: T201  the start's own words
        with show_progress() as progress:
            samples = [sample_documents()]
            show_report(ingest_paths(library, samples, base=settings.base, index=settings.index, progress=progress))
    app = create_app(settings, prepared=True)
    server = make_server(app, settings.host, settings.port, threads)
    shown = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104  only to show an address that works here
    stop = Event()
    Thread(target=prepare_exports, args=(library, stop), daemon=True).start()
    try:
        _show_ready_states(app, stop)
        print(f"Renkei: http://{shown}:{server.effective_port}", file=sys.stderr, flush=True)  # noqa: T201
        server.run()
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)  # noqa: T201
    finally:
        stop.set()


def _show_ready_states(app: Flask, stop: Event) -> None:
    """Make the current state ready, and later ones beside the answers from the one before."""
    reader: Reader = app.extensions["renkei.reader"]
    reader.prepare = lambda opened: make_ready(app, opened, stop)
    with suppress(RenkeiError):  # whoever asks is told what is wrong
        reader.follow()
    Thread(target=keep_ready, args=(reader, stop), daemon=True).start()


def prepare_exports(library: Library, stop: Event, every: float = 2.0) -> None:
    """Have the files of each new state written by a process aside, so that nobody who asks for them has to wait."""
    done = None
    while not stop.is_set():
        name = library.current_name()
        if name not in {None, done}:
            command = [sys.executable, "-P", "-m", "web.exports", str(library.home.absolute())]
            with subprocess.Popen(command, cwd=_ROOT, stderr=subprocess.DEVNULL) as child:  # noqa: S603  our own module
                while child.poll() is None and not stop.wait(0.2):
                    pass
                child.kill()
            done = name
        stop.wait(every)
