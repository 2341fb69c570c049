"""What the views on plans show of the sample corpus: its facts, and lists that hold what their numbers say."""

import re
from urllib.parse import unquote

import lxml.html
import pytest
from flask.testing import FlaskClient

from reading import rows, tree, words

PLAN, STATUS, BRIEFING = "chitose-eniwa-plan-2024", "sapporo-status-2019", "sapporo-briefing-2018"
AGREEMENTS = ("iwamizawa-bibai-agreement-2025", "sapporo-ishikari-agreement-2019")


def listed(page: lxml.html.HtmlElement) -> int:
    """Return how many entries the caption of a list says that there are; none where the page says so."""
    captions = [words(c) for c in page.xpath("//figcaption/small") if "件中" in words(c)]
    return int(captions[0].partition("件中")[0].replace(",", "")) if captions else 0


def test_the_board_has_the_legend_of_the_document_with_its_line(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/board")
    legend = page.xpath("//section[contains(@class, 'legend')]")[0]
    assert [words(chip) for chip in legend.xpath(".//*[contains(@class, 'chip ')]")] == [
        "◎達成済み", "○達成見込", "△達成不可見込", "×達成不可", "－評価不可",
    ]  # fmt: skip
    assert legend.xpath(".//a[@class='source']/@href") == [f"/documents/{STATUS}?lines=6-6#L6"]


def test_the_board_shows_baseline_target_actual_and_rating_in_the_year_of_the_report(
    sample_client: FlaskClient,
) -> None:
    table = rows(tree(sample_client, "/board"), "board")
    assert table[0][-1] == "令和元年度2019年度"
    first = next(row for row in table if "評価指標の達成割合" in row[0])
    assert "100%" in first[2]
    assert "85.1%" in first[3]
    assert "×達成不可" in first[3]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_number_of_the_counts_by_rating_leads_to_as_many_indicators(
    sample_client: FlaskClient, prefix: str
) -> None:
    page = tree(sample_client, f"{prefix}/board")
    cells = page.xpath("//table[contains(@class, 'matrix')]//td/a")
    assert sum(int(cell.text) for cell in cells) == 60
    for cell in cells:
        target = tree(sample_client, unquote(cell.get("href")))
        caption = words(target.xpath("//table[contains(@class, 'board')]/ancestor::figure/figcaption/small")[0])
        assert re.findall(r"\d+", caption)[0 if not prefix else -1] == cell.text or cell.text in caption


def test_the_board_says_where_rating_and_figures_agree(sample_client: FlaskClient) -> None:
    rated = sample_client.get("/api/v1/figures?verdict=agrees&limit=100").get_json()["figures"]
    found = {(figure["name"][-4:], figure["rating"]) for figure in rated}
    assert ("達成割合", "×") in found
    assert all(figure["verdict_reason"] is None for figure in rated)
    assert sample_client.get("/api/v1/figures?verdict=disagrees").get_json()["total"] == 0


@pytest.mark.parametrize(
    ("prefix", "words_for"), [("", "判断できない理由"), ("/en", "Why the others cannot be judged")]
)
def test_the_board_says_why_a_rating_cannot_be_judged(sample_client: FlaskClient, prefix: str, words_for: str) -> None:
    still = sample_client.get("/api/v1/figures?verdict=open&limit=100").get_json()["figures"]
    reasons = [figure["verdict_reason"] for figure in still if figure["rating"]]
    assert reasons
    assert all(reasons)
    how = tree(sample_client, f"{prefix}/board").xpath("//details[contains(@class, 'more')][.//ul]")[0]
    assert words_for in words(how)
    assert sum(int(re.findall(r"\d+", words(row))[-1]) for row in how.xpath(".//li")) == len(reasons)


def test_the_timeline_reads_an_arrow_as_going_on_and_keeps_printed_words(sample_client: FlaskClient) -> None:
    page = tree(sample_client, f"/timeline?document={PLAN}&limit=100")
    assert listed(page) == 39
    heads = [words(th) for th in page.xpath("//table[contains(@class, 'gantt')]/thead//th")]
    assert heads[1:] == [f"令和{n}年度{2018 + n}年度" for n in range(6, 11)]
    running = page.xpath("//td[@class='running']")
    assert running
    assert all(cell.xpath(".//*[@class='spoken' or @class='mark-text']") for cell in running)
    assert all(svg.get("aria-hidden") == "true" for svg in page.xpath("//td/svg"))


def test_budgets_add_up_with_blanks_counted_and_the_draft_said(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/budget")
    table = rows(page, "sums")
    assert table[0][2:-1] == [f"令和{n}年度{2018 + n}年度" for n in range(6, 11)]
    assert table[0][-1].startswith("計")
    assert table[1][0].endswith("案")
    assert table[-1][0] == "案の文書の計"
    assert table[-1][2] == "3,997空欄 2"
    assert "単位：千円" in words(page.xpath("//figcaption")[0])


def test_a_draft_is_called_so_wherever_its_title_stands(sample_client: FlaskClient) -> None:
    for address in ("/search?q=観光", "/coverage", "/findings", "/municipalities/012246", "/projects"):
        titles = tree(sample_client, address).xpath(f"//a[contains(@href, '/documents/{PLAN}')]")
        named = [words(title) for title in titles if "計画" in words(title)]
        assert named, address
        assert all("案）" in title for title in named), address
    assert "案の段階の文書の事業" in words(
        tree(sample_client, "/coverage?columns=municipality").xpath("//figcaption")[0]
    )


def test_a_municipality_adds_up_drafts_apart(sample_client: FlaskClient) -> None:
    heads = [words(head) for head in tree(sample_client, "/municipalities/012246").xpath("//h2[@id='results']/../h3")]
    assert heads
    assert all(head.endswith("案") for head in heads)


@pytest.mark.parametrize("by", ["document", "area", "municipality", "project"])
def test_sums_are_the_same_whatever_they_are_summed_by(sample_client: FlaskClient, by: str) -> None:
    whole = sample_client.get("/api/v1/budgets?limit=1000").get_json()["budgets"]
    sums = sample_client.get(f"/api/v1/budgets/sums?by={by}&limit=1000").get_json()["sums"]
    for year in {cell["year"] for cell in whole}:
        cells = [cell["value"] for cell in whole if cell["year"] == year]
        found = [row for row in sums if row["year"] == year]
        assert sum(row["value"] or 0 for row in found) == sum(value or 0 for value in cells)
        assert sum(row["blanks"] for row in found) == cells.count(None)
    foot = rows(tree(sample_client, f"/budget?by={by}"), "sums")[-1]
    assert foot[2 if by != "project" else 1] == "3,997空欄 2"


def test_every_number_of_the_coverage_map_is_the_length_of_the_list_it_leads_to(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/coverage")
    links = page.xpath(
        "//table[contains(@class, 'coverage')]//tbody//td/a | //table[contains(@class, 'coverage')]//tfoot//td/a"
    )
    assert len(links) > 60
    for cell in links:
        assert listed(tree(sample_client, unquote(cell.get("href")))) == int(cell.text), unquote(cell.get("href"))
    assert page.xpath("//td[contains(@class, 'none')]")
    assert links[-1].text == "144"


def test_progress_over_the_years_is_checked_against_its_totals(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/progress")
    table = rows(page, "budget")
    assert table[1][:6] == ["情報共有、協議のみ", "32", "31", "28", "25", "25"]
    assert table[-1][:6] == ["計", "40", "40", "40", "40", "40"]
    checks = [words(item) for item in page.xpath("//ul[@class='checks']/li")]
    assert "40件" in checks[0]
    assert "26事業(40項目)" in checks[1]
    assert "表の計と同じ" in checks[1]
    assert "28事業(39項目)" in checks[2]
    assert "39件" in checks[2]
    drawn = [int(text) for text in page.xpath("//figure[@class='chart']//*[starts-with(@class, 'value')]/text()")]
    assert [n for n in drawn if n > 10] == [32, 31, 28, 25, 25, 11]


def test_two_documents_are_aligned_each_project_once(sample_client: FlaskClient) -> None:
    answer = sample_client.get(f"/api/v1/compare?a={PLAN}&b={STATUS}&limit=1000").get_json()["projects"]
    ours = [row["a"]["id"] for row in answer if row["a"]]
    theirs = [row["b"]["id"] for row in answer if row["b"]]
    assert (len(ours), len(set(ours)), len(theirs), len(set(theirs))) == (39, 39, 40, 40)
    titles = {(row["a"]["title"], row["b"]["title"]) for row in answer if row["a"] and row["b"]}
    assert ("航空写真の共同撮影", "航空写真の共同撮影") in titles
    page = tree(sample_client, f"/compare?a={PLAN}&b={STATUS}")
    assert "種類の違う文書" in words(page)
    assert len(rows(page, "compare")) - 1 == len(titles)


def test_an_article_of_a_law_leads_to_all_documents_that_cite_it(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/legal")
    text = words(page)
    assert "定住自立圏構想推進要綱" in text
    assert "第252条の2第1項" in text
    links = page.xpath("//a[@class='source']/@href")
    assert any(link.startswith(f"/documents/{AGREEMENTS[1]}?lines=16-16") for link in links)


def test_a_word_written_in_two_ways_is_shown_with_its_lines(sample_client: FlaskClient) -> None:
    page = tree(sample_client, f"/variants?document={PLAN}")
    cell = next(words(c) for c in page.xpath("//td") if "広報紙" in words(c))
    assert "広報誌" in cell
    assert page.xpath(f"//a[@href='/documents/{PLAN}?lines=83-83#L83']")


def test_findings_show_the_known_difference_with_both_places(sample_client: FlaskClient) -> None:
    found = sample_client.get(f"/api/v1/findings?document={PLAN}&kind=mismatch").get_json()["findings"]
    known = next(finding for finding in found if finding["subject"] == f"{PLAN}/14-1")
    assert (known["says"], known["elsewhere"]) == ("企画部広報誌課", "企画部広報広聴課")
    assert (known["lines"], known["elsewhere_lines"]) == ([305, 305], [599, 611])


@pytest.mark.parametrize(
    "address",
    [
        "/board?rating=◎&document=nope", "/board?verdict=maybe", "/budget?by=moon", "/coverage?columns=x",
        "/timeline?municipality=nowhere", "/compare?a=nope", "/findings?kind=x", "/budget?document=nope",
        "/projects?year=x", "/coverage?area=nowhere", "/timeline?area=nowhere/-", "/timeline?year=x", "/board?rating=A",
        "/coverage?year=2024", "/relations/matrix?area=観光", "/relations/matrix?rating=◎", "/relations/graph?area=nowhere",
        "/relations/shared-projects?area=nowhere", "/api/v1/coverage?area=nowhere", "/api/v1/figures?limit=1001", "/api/v1/findings?format=xml",
    ],
)  # fmt: skip
def test_a_choice_that_there_is_not_is_refused_with_what_there_is(sample_client: FlaskClient, address: str) -> None:
    assert sample_client.get(address).status_code == 400


def test_words_of_no_view_are_let_pass_and_areas_go_by_name_path_or_none(sample_client: FlaskClient) -> None:
    area = "/".join(sample_client.get(f"/api/v1/projects?document={PLAN}").get_json()["projects"][0]["area"][:2])
    for query in ("utm_source=letter", f"area={area}", f"area={area.partition('/')[0]}/-", "area=-", "year="):
        assert sample_client.get(f"/coverage?{query}").status_code == 200, query


@pytest.mark.parametrize(
    "page", ["/board", "/budget", "/coverage", "/timeline", "/projects", "/documents", "/findings"]
)
def test_a_page_lets_unknown_words_pass_and_does_not_hand_them_on_to_its_data(
    sample_client: FlaskClient, page: str
) -> None:
    response = sample_client.get(f"{page}?utm_source=letter&document={PLAN}")
    assert response.status_code == 200
    page_tree = lxml.html.fromstring(response.get_data(as_text=True))
    (found,) = page_tree.xpath("//a[starts-with(@href, '/api/v1/') and contains(@href, 'format=csv')]/@href")
    assert "utm_source" not in found
    assert sample_client.get(found).status_code == 200


def test_a_timeline_can_be_narrowed_to_a_year(sample_client: FlaskClient) -> None:
    whole, one = (sample_client.get(f"/timeline{query}").get_data(as_text=True) for query in ("", "?year=2028"))
    assert '<option value="2028" selected>' in one
    assert whole.count("rowgroup") >= one.count("rowgroup") > 0
    assert "rowgroup" not in sample_client.get("/timeline?year=2100").get_data(as_text=True)


@pytest.mark.parametrize(
    "name", ["figures", "schedules", "budgets", "coverage", "progress", "findings", "legal", "variants"]
)
def test_csv_has_every_row_a_head_a_bom_and_full_addresses(sample_client: FlaskClient, name: str) -> None:
    total = sample_client.get(f"/api/v1/{name}").get_json()["total"]
    response = sample_client.get(f"/api/v1/{name}?format=csv")
    text = response.get_data(as_text=True)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert text.startswith("\ufeff")
    assert not sample_client.get(f"/api/v1/{name}?format=csv&bom=0").get_data(as_text=True).startswith("\ufeff")
    table = list(__import__("csv").DictReader(text.lstrip("\ufeff").splitlines()))
    assert len(table) == total
    assert all(row["url"].startswith("http://127.0.0.1:8000/") for row in table)
    assert (
        sample_client.get(unquote(table[0]["url"].removeprefix("http://127.0.0.1:8000").partition("#")[0])).status_code
        == 200
    )


def test_a_budget_can_be_put_in_order_of_its_amounts(sample_client: FlaskClient) -> None:
    table = rows(tree(sample_client, "/budget?by=project&order=amount&limit=50"), "sums")
    assert "航空写真" in table[1][0]
    totals = [int(row[-1].partition("空欄")[0].replace(",", "")) for row in table[1:30] if row[-1][0].isdigit()]
    assert totals == sorted(totals, reverse=True)


def test_the_counts_by_rating_stay_while_one_rating_is_chosen(sample_client: FlaskClient) -> None:
    chosen = rows(tree(sample_client, "/board?rating=×"), "matrix")
    assert chosen == rows(tree(sample_client, "/board"), "matrix")
