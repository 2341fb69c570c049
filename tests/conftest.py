"""What many tests share: the published documents where they are at hand, and a library of the sample corpus."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask.testing import FlaskClient

from corpus import CORPUS, SAMPLES
from ingest.library import Library, State
from web.app import create_app
from web.build import ingest_paths
from web.server import make_server
from web.settings import Settings


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser tests first: their files take longest, and what begins last keeps the other processes waiting."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of the published documents; tests that need it are skipped where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip("the published documents are not beside the project")
    return CORPUS


@pytest.fixture(scope="session")
def sample_state(tmp_path_factory: pytest.TempPathFactory) -> State:
    """The library of the sample corpus, built once a run."""
    library = Library(tmp_path_factory.mktemp("library"))
    report = ingest_paths(library, [SAMPLES], base="http://127.0.0.1:8000")
    assert not report.failed
    return library.current()


@pytest.fixture(scope="session")
def sample_client(sample_state: State) -> Iterator[FlaskClient]:
    """The pages over the library of the sample corpus."""
    app = create_app(Settings(home=sample_state.path.parents[1]))
    with app.test_client() as opened:
        yield opened
    app.extensions["renkei.reader"].close()


@pytest.fixture(scope="session")
def sample_address(sample_state: State) -> Iterator[str]:
    """The address of the production server over the library of the sample corpus, for clients that speak HTTP."""
    app = create_app(Settings(home=sample_state.path.parents[1]))
    server = make_server(app, "127.0.0.1", 0)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)
    app.extensions["renkei.queries"].close()
    app.extensions["renkei.reader"].close()


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    for name in [name for name in os.environ if name.startswith("RENKEI_")]:
        monkeypatch.delenv(name)
