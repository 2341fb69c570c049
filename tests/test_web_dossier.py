"""The dossier of a thing: its projects in full, as a page to print and as a Word document that can be read again."""

import io

import docx
import pytest
from flask.testing import FlaskClient

from ingest.library import State
from ingest.records import ProjectRecord
from page_types import COMMERCE, PLAN
from reading import tree, words
from web.pages.sheet import ARROW


@pytest.mark.parametrize(
    ("kind", "key"),
    [("project", f"{PLAN}/7-3"), ("municipality", "012319"), ("department", COMMERCE), ("document", PLAN)],
)
def test_a_dossier_says_of_each_project_what_its_document_says(
    sample_client: FlaskClient, sample_state: State, kind: str, key: str
) -> None:
    page = tree(sample_client, f"/dossier/{kind}/{key}")
    sheets = page.xpath("//section[@class='sheet']")
    assert sheets
    records = [r for name in sample_state.documents for r in sample_state.records(name) if isinstance(r, ProjectRecord)]
    for sheet in sheets:
        told = words(sheet)
        source = sheet.xpath("dl//a[@class='source']/@href")[0]
        places = {f"/documents/{r.document}?lines={r.source.lines[0]}-{r.source.lines[1]}": r for r in records}
        record = places[source.partition("#")[0]]
        assert words(sheet.xpath("h2")[0]).endswith(record.title)
        assert not [role for role in record.roles.values() if " ".join(role.split()) not in told]
        assert not [d for d in record.departments if "".join(d.path) not in told]
        assert not [i.name for i in record.indicators if i.name not in told]


def test_the_word_document_holds_the_same_in_tables(sample_client: FlaskClient, sample_state: State) -> None:
    record = next(r for r in sample_state.records(PLAN) if r.id == f"{PLAN}/7-3")
    assert isinstance(record, ProjectRecord)
    response = sample_client.get(f"/dossier/project/{record.id}.docx")
    assert response.mimetype.endswith("wordprocessingml.document")
    assert "attachment" in response.headers["Content-Disposition"]
    paper = docx.Document(io.BytesIO(response.get_data()))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert record.overview in cells
    assert set(record.roles.values()) <= set(cells)
    assert {mark for item in record.schedule for mark in item.marks.values() if not ARROW.fullmatch(mark)} <= set(cells)
    first, last = record.source.lines
    assert any(f"{first}～{last}行" in paragraph.text for paragraph in paper.paragraphs)


def test_more_projects_than_one_dossier_holds_come_in_parts(
    sample_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.pages.dossier.MOST", 25)
    page = tree(sample_client, f"/dossier/document/{PLAN}")
    assert len(page.xpath("//section[@class='sheet']")) == 25
    (rest,) = page.xpath("//p[@class='note']/a/@href")
    assert len(tree(sample_client, rest).xpath("//section[@class='sheet']")) == 39 - 25


@pytest.mark.parametrize(
    "address", ["municipality/999999", "project/none/1", "department/x/y", "document/none", "area/1"]
)
def test_there_is_no_dossier_of_what_is_not_there(sample_client: FlaskClient, address: str) -> None:
    assert sample_client.get(f"/dossier/{address}").status_code == 404
    assert sample_client.get(f"/dossier/{address}.docx").status_code == 404
