"""The command line, run as people run it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus import SAMPLES
from ingest.library import State
from web.cli import main


@pytest.fixture
def home(sample_state: State) -> Path:
    """The home of the sample library; tests only read it."""
    return sample_state.path.parent.parent


def run(home: Path, *words: str, stdin: str | None = None) -> Result:
    """Run a command on a library."""
    return CliRunner().invoke(main, ["--home", str(home), *words], input=stdin)


def test_search_finds_the_sheet_and_the_list_first(home: Path) -> None:
    answer = json.loads(run(home, "search", "航空写真", "--json").stdout)
    first = {(hit["document"], hit["number"]) for hit in answer["hits"][:2]}
    assert first == {("chitose-eniwa-plan-2024", "28"), ("sapporo-status-2019", "40")}
    assert set(answer) == {"query", "total", "took_ms", "did_you_mean", "facets", "hits"}


def test_departments_of_one_name_are_told_apart_by_their_cities(home: Path) -> None:
    lines = run(home, "search", "総務部", "--type", "department").stdout.splitlines()
    assert {tuple(line.split("\t")[3:]) for line in lines} >= {("総務部", "千歳市"), ("総務部", "恵庭市")}


def test_search_is_narrowed_by_options(home: Path) -> None:
    answer = json.loads(
        run(home, "search", "", "--type", "project", "--document", "sapporo-status-2019", "--json").stdout
    )
    assert answer["total"] == 40


def test_a_choice_that_no_thing_has_is_told_apart_from_words_that_nothing_has(home: Path) -> None:
    assert run(home, "search", "航空写真", "--type", "nope").exit_code == 2
    assert "known:" in run(home, "search", "航空写真", "--document", "nope").stderr
    nowhere = run(home, "search", "航空写真", "--municipality", "存在しない市")
    assert "without --municipality 存在しない市: 14 hits" in nowhere.stderr


def test_two_departments_share_five_projects(home: Path) -> None:
    between = ("千歳市産業振興部商業労働課", "恵庭市経済部商工労働課")
    answer = json.loads(run(home, "relate", "shared-projects", "--between", *between, "--json").stdout)
    (pair,) = answer["pairs"]
    assert pair["count"] == 5
    assert {pair["a"]["municipality"], pair["b"]["municipality"]} == {"千歳市", "恵庭市"}
    assert sorted(p["id"].rpartition("/")[2] for p in pair["projects"]) == ["1", "23-1", "23-2", "3", "4"]


def test_counterparts_are_those_of_other_municipalities(home: Path) -> None:
    answer = json.loads(run(home, "relate", "counterparts", "千歳市産業振興部商業労働課", "--json").stdout)
    assert [(c["unit"]["municipality"], c["count"]) for c in answer["counterparts"]] == [("恵庭市", 5)]


def test_an_ambiguous_department_is_not_guessed(home: Path) -> None:
    result = run(home, "relate", "counterparts", "企画課")
    assert result.exit_code == 1
    assert "千歳市企画部企画課" in result.stderr
    assert "恵庭市企画振興部企画課" in result.stderr


def test_records_are_json_lines_of_one_type(home: Path) -> None:
    lines = run(home, "records", "--type", "project", "--document", "chitose-eniwa-plan-2024").stdout.splitlines()
    assert len(lines) == 39
    assert list(json.loads(lines[0]))[:4] == ["type", "id", "document", "source"]


def test_an_unknown_type_of_record_is_wrong_usage(home: Path) -> None:
    assert run(home, "records", "--type", "projekt").exit_code == 2


def test_a_query_counts_the_sheets_of_the_plan(home: Path) -> None:
    text = 'SELECT (COUNT(DISTINCT ?p) AS ?n) { ?p a <https://schema.org/Project> . FILTER CONTAINS(STR(?p), "/chitose-eniwa-plan-2024/") }'
    result = run(home, "sparql", "-", "--format", "csv", stdin=text)
    assert result.stdout.split() == ["n", "39"]


@pytest.mark.parametrize("form", ["turtle", "jsonld", "ntriples"])
def test_the_graph_is_written_in_each_form(home: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / "out"
    assert run(home, "export", "--format", form, "-o", str(target)).exit_code == 0
    text = target.read_text("utf-8")
    assert "航空写真の共同撮影" in text
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_findings_name_both_places(home: Path) -> None:
    text = run(home, "findings", "--document", "chitose-eniwa-plan-2024").stdout
    assert "企画部広報誌課\t企画部広報広聴課 (L" in text


def test_the_library_is_sound(home: Path) -> None:
    assert run(home, "check").exit_code == 0


def test_the_check_is_one_json_document_on_request(home: Path) -> None:
    assert json.loads(run(home, "check", "--json").stdout) == {"sound": True, "faults": []}


def test_a_file_that_cannot_be_written_is_one_sentence(home: Path, tmp_path: Path) -> None:
    result = run(home, "export", "-o", str(tmp_path / "none" / "renkei.ttl"))
    assert result.exit_code == 1
    assert result.stderr.startswith("renkei: ")
    assert "No such file or directory" in result.stderr


def test_two_files_of_one_stem_are_refused_once_with_both_names(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "list.txt").write_text("一覧", "utf-8")
    result = run(tmp_path / "home", "ingest", str(tmp_path / "a"), str(tmp_path / "b"))
    assert result.exit_code == 1
    assert result.stderr.count("rename one of them") == 1


def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    result = run(tmp_path / "none", "documents")
    assert result.exit_code == 1
    assert "renkei ingest" in result.stderr
    assert "Traceback" not in result.stderr


def test_ingest_reports_the_broken_file_and_keeps_the_rest(tmp_path: Path) -> None:
    source = SAMPLES / "sapporo-ishikari-agreement-2019.txt"
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4")
    result = run(tmp_path / "home", "ingest", str(source), str(broken))
    assert result.exit_code == 1
    assert "broken.pdf" in result.stderr
    assert "sapporo-ishikari-agreement-2019" in run(tmp_path / "home", "documents").stdout


def test_home_may_stand_behind_the_command(home: Path) -> None:
    result = CliRunner().invoke(main, ["documents", "--home", str(home), "--json"])
    assert len(json.loads(result.stdout)["documents"]) == 5


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_explains_itself(command: str) -> None:
    assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0
