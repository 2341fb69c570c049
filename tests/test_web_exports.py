"""Files are written once for a state; what no document says is stated in a file, and shown wherever data is offered."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, Literal, URIRef

import graph
import web.exports
from ingest.library import Library
from web.app import create_app
from web.catalogue_file import CatalogueFileInvalid, read_facts
from web.exports import CATALOGUED, CATALOGUED_WHOLE, KEPT, Exports, main
from web.pages.formats import EXPORTS
from web.settings import Settings
from web_library import BASE, PLAN, STATUS, ingest

# The reader of the other side warns of its own old ways.
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning:rdflib")

FACTS = f"""
title = "見本市 連携データ"

[publisher]
name = "見本市企画課"
url = "https://www.city.example.lg.jp/"
email = "kikaku@city.example.lg.jp"

[licence]
url = "https://creativecommons.org/licenses/by/4.0/deed.ja"
name = "CC BY 4.0"
attribution = "出典：見本市"

[documents.{PLAN}]
title = "川の計画</script><script>alert(1)"
source = "https://www.city.example.lg.jp/plan.pdf"
publisher = {{ name = "川の市" }}
licence = {{ url = "https://www.city.example.lg.jp/terms", name = "市の利用規約" }}
"""
CC, OWN = URIRef("https://creativecommons.org/licenses/by/4.0/deed.ja"), URIRef("https://www.city.example.lg.jp/terms")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library(tmp_path / "home")
    ingest(made, tmp_path / "files")
    return made


@pytest.fixture
def client(library: Library) -> Iterator[FlaskClient]:
    (library.home / "catalogue.toml").write_text(FACTS, "utf-8")
    app = create_app(Settings(home=library.home, base=BASE))
    yield app.test_client()
    app.extensions["renkei.queries"].close()
    app.extensions["renkei.reader"].close()


def test_a_file_is_written_once_and_found_again_after_a_restart(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = library.current()
    store = graph.open(state.graph)
    form = EXPORTS["ttl"]
    written = Exports(library.home, state).file(store, form, PLAN)
    assert written.path.stat().st_size == written.seal.size
    monkeypatch.setattr(web.exports, "export", lambda *_, **__: pytest.fail("written again"))
    assert Exports(library.home, state).file(store, form, PLAN) == written
    assert [p.name for p in written.path.parent.iterdir() if p.name.startswith(".")] == []
    store.close()


def test_a_file_that_could_not_be_written_whole_is_not_there(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object, __: str, out: object, **___: object) -> None:
        out.write(b"half")  # type: ignore[attr-defined]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(web.exports, "export", fail)
    state = library.current()
    store = graph.open(state.graph)
    exports = Exports(library.home, state)
    with pytest.raises(OSError, match="space"):
        exports.file(store, EXPORTS["nt"], None)
    assert list(exports.folder.iterdir()) == []
    store.close()


def test_new_content_has_new_files_and_old_ones_are_cleared_away(library: Library, tmp_path: Path) -> None:
    folders = [Exports(library.home, library.current()).folder]
    for names in ((PLAN,), (STATUS,), (PLAN, STATUS)):
        ingest(library, tmp_path / "files", names)
        folders.append(Exports(library.home, library.current()).folder)
    assert len(set(folders)) == len(folders)
    assert len(list((library.home / "exports").iterdir())) == KEPT
    assert folders[-1].is_dir()


def test_where_the_library_cannot_be_written_to_files_are_kept_elsewhere(library: Library) -> None:
    (library.home / "exports").write_text("in the way")
    state = library.current()
    store = graph.open(state.graph)
    exports = Exports(library.home, state)
    assert library.home not in exports.folder.parents
    assert exports.file(store, EXPORTS["nt"], None).seal.size > 1000
    store.close()


def test_everything_that_the_catalogue_lists_can_be_prepared_aside(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.nice", lambda _: 0)
    main([str(library.home)])
    state = library.current()
    exports = Exports(library.home, state)
    assert all(exports.known(form, None) for form in CATALOGUED_WHOLE)
    assert all(exports.known(form, name) for form in CATALOGUED for name in state.documents)


def test_the_variants_are_worked_out_aside_too_and_only_read_when_asked_for(
    client: FlaskClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.nice", lambda _: 0)
    address = "/api/v1/variants"
    worked_out = client.get(address).get_json()
    main([str(library.home)])
    exports = Exports(library.home, library.current())
    assert list(exports.variants() or ()) == list(library.current().documents)
    for module in (web.exports, web.plans):
        monkeypatch.setattr(module, "variants_of", lambda _: pytest.fail("worked out again"))
    main([str(library.home)])
    fresh = create_app(Settings(home=library.home)).test_client()
    assert fresh.get(address).get_json() == worked_out


def test_a_catalogue_asked_for_before_its_files_are_written_names_no_size(
    client: FlaskClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a large library they are written aside; until then the catalogue has another mark than afterwards."""
    monkeypatch.setattr(web.exports, "AT_ONCE", 0)
    monkeypatch.setattr("os.nice", lambda _: 0)
    before = client.get("/catalog.ttl")
    assert b"byteSize" not in before.data
    assert before.data.count(b"dcat:Distribution") > 10
    main([str(library.home)])
    after = client.get("/catalog.ttl", headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, b"byteSize" in after.data) == (200, True)


def test_files_have_a_mark_of_their_own_and_can_be_had_in_parts(client: FlaskClient) -> None:
    whole = client.get("/export/dump.nt", buffered=True)
    part = client.get("/export/dump.nt", buffered=True, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.data) == (206, whole.data[10:20])
    again = client.get("/export/dump.nt", buffered=True, headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head("/export/dump.nt", buffered=True)
    assert (head.status_code, head.data, int(head.headers["Content-Length"])) == (200, b"", len(whole.data))
    assert whole.headers["Content-Disposition"].startswith("attachment")
    assert whole.headers["Access-Control-Allow-Origin"] == "*"


def test_downloads_of_a_library_named_from_the_working_folder_are_found(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The default home is ``var`` of the folder in which the service was started."""
    monkeypatch.chdir(library.home.parent)
    app = create_app(Settings(home=Path(library.home.name), base=BASE))
    with app.test_client() as opened:
        for address in ("/export/dump.nt", f"/export/documents/{PLAN}.ttl", f"/documents/{PLAN}/original"):
            assert opened.get(address, buffered=True).status_code == 200, address
    app.extensions["renkei.queries"].close()
    app.extensions["renkei.reader"].close()


def test_stated_terms_publisher_and_source_are_in_the_catalogue(client: FlaskClient) -> None:
    found = rdflib.Graph().parse(data=client.get("/catalog.ttl").get_data(), format="turtle")
    catalog, plan = URIRef(f"{BASE}/catalog"), URIRef(f"{BASE}/catalog#document-{PLAN}")
    assert Literal("見本市 連携データ", lang="ja") in set(found.objects(catalog, DCTERMS.title))
    publisher = found.value(catalog, DCTERMS.publisher)
    assert found.value(publisher, FOAF.name) == Literal("見本市企画課", lang="ja")
    contact = found.value(plan, DCAT.contactPoint)
    assert found.value(contact, URIRef("http://www.w3.org/2006/vcard/ns#hasEmail")) == URIRef(
        "mailto:kikaku@city.example.lg.jp"
    )
    assert set(found.objects(plan, DCTERMS.license)) == {OWN}
    assert {found.value(file, DCTERMS.license) for file in found.objects(plan, DCAT.distribution)} == {OWN}
    assert found.value(plan, FOAF.page) == URIRef("https://www.city.example.lg.jp/plan.pdf")
    others = set(found.subjects(RDF.type, DCAT.Dataset)) - {plan}
    assert {found.value(each, DCTERMS.license) for each in others} == {CC}
    assert {str(found.value(found.value(each, DCTERMS.rights), RDFS.label)) for each in others} == {"出典：見本市"}


def element(body: str) -> dict[str, object]:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body, re.DOTALL)
    found: dict[str, object] = json.loads(text)
    return found


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pages_of_data_say_what_they_offer_in_the_words_of_schema_org(client: FlaskClient, prefix: str) -> None:
    whole = element(client.get(f"{prefix}/data").get_data(as_text=True))
    plan = element(client.get(f"{prefix}/documents/{PLAN}").get_data(as_text=True))
    assert (whole["@type"], plan["@type"]) == ("Dataset", "Dataset")
    assert plan["license"] == str(OWN)
    assert whole["license"] == str(CC)
    assert plan["temporalCoverage"] == "2024-04/2029-03"
    assert plan["name"] == "川の計画</script><script>alert(1)の連携データ"
    assert {each["name"] for each in plan["spatialCoverage"]} == {"千歳市", "恵庭市"}  # type: ignore[attr-defined, index, union-attr]
    for each in (*whole["distribution"], *plan["distribution"]):  # type: ignore[misc]
        address = each["contentUrl"].removeprefix(BASE)
        assert client.get(address, buffered=True).mimetype == each["encodingFormat"]


def test_terms_of_use_are_shown_where_data_is_offered_and_unknown_ones_are_said(
    client: FlaskClient, library: Library
) -> None:
    assert "CC BY 4.0" in client.get("/data").get_data(as_text=True)
    assert "市の利用規約" in client.get(f"/documents/{PLAN}").get_data(as_text=True)
    (library.home / "catalogue.toml").unlink()
    plain = create_app(Settings(home=library.home, base=BASE))
    assert "CC BY" not in plain.test_client().get("/data").get_data(as_text=True)
    plain.extensions["renkei.reader"].close()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("licens = 1", "unknown field `licens`"),
        ('[licence]\nurl = "javascript:alert(1)"\nname = "x"', "licence.url"),
        ("[licence", "table declaration"),
        ('[publisher]\nname = ""', "publisher.name"),
    ],
)
def test_a_file_of_facts_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_text(text)
    with pytest.raises(CatalogueFileInvalid, match=says) as caught:
        read_facts(path)
    assert str(path) in str(caught.value)


def test_the_index_of_exports_names_every_file_and_leads_people_to_the_page_of_data(sample_client: FlaskClient) -> None:
    answer = sample_client.get("/export?limit=1").get_json()
    files = [*answer["files"], *answer["documents"][0]["files"]]
    assert {file["url"].rpartition("/")[2].partition(".")[2] for file in answer["files"]} == set(EXPORTS)
    for file in files:
        response = sample_client.get(file["url"], buffered=True)
        assert (response.status_code, response.mimetype) == (200, file["media_type"]), file["url"]
    known = sample_client.get("/export?limit=1").get_json()["files"][0]
    assert known["size"] == len(sample_client.get(known["url"], buffered=True).get_data())
    assert (answer["total"], answer["returned"]) == (5, 1)
    page = sample_client.get("/export", headers={"Accept": "text/html", "Accept-Language": "ja"})
    assert (page.status_code, page.location) == (303, "/data")
    assert 'href="/export"' in sample_client.get("/data").get_data(as_text=True)
