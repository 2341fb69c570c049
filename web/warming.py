"""Pages asked for once by the service itself when it meets a new state, so that nobody else has to wait for what they keep.

In a library of 10,000 projects the first project, department or law page makes tables that take seconds; whoever comes
after finds them made.
"""

from collections.abc import Iterator
from threading import Event

from flask import Flask

from ingest.errors import RenkeiError
from web.metrics import ITSELF
from web.pages.crawling import VIEWS
from web.reader import Reader


def keep_warm(app: Flask, stop: Event, every: float = 2.0) -> None:
    """Ask for the pages of each new state until told to stop."""
    reader: Reader = app.extensions["renkei.reader"]
    done = None
    while not stop.is_set():
        name = _current(reader)
        if name is not None and name != done:
            warm(app, stop)
            done = name
        stop.wait(every)


def warm(app: Flask, stop: Event) -> int:
    """Ask for one page of every kind; return how many answered."""
    client, answered = app.test_client(), 0
    for address in _addresses(app.extensions["renkei.reader"]):
        if stop.is_set():
            break
        answered += client.get(address, environ_overrides={ITSELF: True}).status_code == 200
    return answered


def _addresses(reader: Reader) -> Iterator[str]:
    opened = reader.acquire()
    try:
        directory = opened.directory
        project = next(iter(directory.projects), None)
        department = next((key for key, entry in directory.departments.items() if entry.projects), None)
    finally:
        reader.release(opened)
    if project:
        yield f"/projects/{project}"
    if department:
        yield f"/departments/{department}"
    yield "/suggest?q=a"
    yield from VIEWS


def _current(reader: Reader) -> str | None:
    try:
        return reader.library.current_name()
    except RenkeiError:
        return None
