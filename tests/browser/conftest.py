"""What the browser tests share: one browser, and servers over the small library and over the sample corpus."""

import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from waitress.server import create_server

from ingest.library import Library, State
from web.app import create_app
from web.settings import Settings

sys.path.insert(0, str(Path(__file__).parent.parent))

from page_types import page_types
from web_library import BASE, ingest

QUIET = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the small library."""
    home = tmp_path_factory.mktemp("library")
    ingest(Library(home), tmp_path_factory.mktemp("sources"))
    with served(Settings(home=home, base=BASE, host="127.0.0.1", port=0)) as address:
        yield address


@pytest.fixture(scope="session")
def corpus_site(sample_state: State) -> Iterator[str]:
    """The address of a server over the sample corpus."""
    with served(Settings(home=sample_state.path.parents[1])) as address:
        yield address


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """Serve a library on a free port."""
    app = create_app(settings)
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(10)
    app.extensions["renkei.reader"].close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; they are skipped where none is installed, outside CI."""
    chromium = shutil.which("chromium")
    if chromium is None and "CI" not in os.environ:
        pytest.skip("no chromium on PATH")
    assert chromium, "CI needs a chromium on PATH"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """One window for many pages; axe is put in and runs in a world of its own."""
    context = browser.new_context(locale="ja-JP", bypass_csp=True)
    context.set_default_timeout(20_000)
    context.add_init_script(script=Axe().axe_script)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def addresses(sample_state: State) -> list[str]:
    """An address of every type of page."""
    return page_types(create_app(Settings(home=sample_state.path.parents[1])))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A window of its own."""
    opened = browser.new_context(locale="ja-JP", viewport={"width": 1280, "height": 900})
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page with JavaScript, and one without."""
    context = browser.new_context(locale="ja-JP", java_script_enabled=request.param)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
