"""New states made ready before anybody sees them: one page of every kind is asked for, and what it keeps is there.

In a library of 10,000 projects the first project, department or law page makes tables that take seconds; whoever comes
after finds them made.
"""

from collections.abc import Iterator
from contextlib import suppress
from threading import Event
from urllib.parse import quote

from flask import Flask

from ingest.errors import RenkeiError
from web.directory import Directory
from web.metrics import ITSELF
from web.pages.crawling import VIEWS, area_page
from web.reader import GIVEN, Opened, Reader


def keep_ready(reader: Reader, stop: Event, every: float = 2.0) -> None:
    """Move on with the library until told to stop."""
    while not stop.wait(every):
        with suppress(RenkeiError):  # the state before still answers
            reader.follow()


def make_ready(app: Flask, opened: Opened, stop: Event) -> int:
    """Ask for one page of every kind of a state; return how many answered."""
    client, answered = app.test_client(), 0
    for address in addresses(opened.directory):
        if stop.is_set():
            break
        environment = {ITSELF: True, GIVEN: opened}
        answered += client.get(address, environ_overrides=environment).status_code == 200
    return answered


def addresses(directory: Directory) -> Iterator[str]:
    """Yield the address of one thing of each kind and of every view."""
    project = next(iter(directory.projects), None)
    if project:
        yield f"/projects/{project}"
        yield f"/projects/{project}/similar"
    if directory.areas:
        yield area_page(next(iter(directory.areas.values())))
    department = next((key for key, entry in directory.departments.items() if entry.projects), None)
    if department:
        yield f"/departments/{department}"
    yield from (f"/municipalities/{key}" for key in list(directory.municipalities)[:1])
    documents = list(directory.by_document)[:2]
    yield from (f"/documents/{key}" for key in documents[:1])
    if len(documents) == 2:
        yield f"/compare?a={documents[0]}&b={documents[1]}"
    yield from ("/suggest?q=a", f"/search?q={quote('連携')}")
    yield from (f"/relations/matrix?columns={name}" for name in ("area", "department"))
    yield from ("/relations/graph?view=department", "/coverage?columns=municipality", "/budget?by=area")
    yield from VIEWS
