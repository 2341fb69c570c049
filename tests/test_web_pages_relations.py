"""What the pages about municipalities, departments, projects and relations say of the sample corpus."""

import json
import re
from urllib.parse import unquote

import lxml.etree
import lxml.html
import pytest
from flask.testing import FlaskClient

PLAN, STATUS = "chitose-eniwa-plan-2024", "sapporo-status-2019"
ISHIKARI, BIBAI = "sapporo-ishikari-agreement-2019", "iwamizawa-bibai-agreement-2025"
COMMERCE = "012246/産業振興部/商業労働課"
SVG = "{http://www.w3.org/2000/svg}"


def tree(client: FlaskClient, address: str, status: int = 200) -> lxml.html.HtmlElement:
    response = client.get(address, headers={"Accept": "text/html"})
    assert response.status_code == status, address
    return lxml.html.document_fromstring(response.get_data(as_text=True))


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def section(page: lxml.html.HtmlElement, heading: str) -> str:
    """Return the words between a heading and the next of its level."""
    head = page.xpath(f"//h2[@id='{heading}']")[0]
    found = [words(head)]
    for element in head.itersiblings():
        if element.tag == "h2":
            break
        found.append(words(element))
    return " ".join(found)


def keys(page: lxml.html.HtmlElement) -> dict[str, str]:
    groups = page.xpath("//dl[contains(@class, 'keys')]/div")
    return {words(group.find("dt")): words(group.find("dd")) for group in groups}


def reached(client: FlaskClient, start: str, clicks: int) -> set[str]:
    """Return the addresses that some clicks lead to from a page."""
    seen, here = {start}, [start]
    for _ in range(clicks):
        found = {a for page in here for a in _links(client, page)} - seen
        seen |= found
        here = sorted(found)
    return seen


def _links(client: FlaskClient, address: str) -> set[str]:
    links = tree(client, address).xpath("//main//a/@href")
    return {unquote(a.partition("#")[0]) for a in links if a.startswith("/") and not re.search(r"\?|/id/|\.\w+$", a)}


def test_within_three_clicks_of_the_first_page_a_planner_has_counterpart_shared_work_cost_and_source(
    sample_client: FlaskClient,
) -> None:
    near = reached(sample_client, "/", 2)
    assert f"/departments/{COMMERCE}" in near or "/departments/012319/経済部/商工労働課" in near
    assert {"/budget", "/board", "/relations", f"/documents/{PLAN}"} <= near
    assert f"/projects/{PLAN}/23-1" in near


def test_a_project_says_who_when_and_how_much_before_all_else(sample_client: FlaskClient) -> None:
    said = keys(tree(sample_client, f"/projects/{PLAN}/7-2"))
    assert said["誰と"] == "千歳市・恵庭市"
    assert said["いつ"] == "令和6年度（2024年度）～令和10年度（2028年度）"
    assert said["いくら"] == "1,136 千円ほか4欄は金額の記載なし"
    assert said["役割の分け方"] == "同じ役割"


def test_each_statement_of_a_project_leads_to_its_line_beside_it(sample_client: FlaskClient) -> None:
    page = tree(sample_client, f"/projects/{PLAN}/7-2")
    lines = {li.get("id"): words(li) for li in page.xpath("//aside//ol[@class='text']/li")}
    for part, begins in [("費用負担の考え方", "費用負担の考え方"), ("事業の内容", "事業概要")]:
        place = page.xpath(f"//dt[.='{part}']/..//a[@class='source']/@href")[0]
        assert begins in lines[place.removeprefix("#")]


def test_the_roles_of_an_agreement_are_leading_and_supporting_with_the_words_that_differ(
    sample_client: FlaskClient,
) -> None:
    page = tree(sample_client, f"/projects/{ISHIKARI}/row-2")
    assert keys(page)["役割の分け方"] == "主導と協力"
    cards = page.xpath("//section[contains(@class, 'partner')]")
    assert [words(card.find("h3")) for card in cards] == ["札幌市 主導", "石狩市"]
    assert "協力" in [words(mark) for mark in cards[1].xpath(".//mark")]


def test_a_rating_has_the_symbol_and_the_word_of_the_document(sample_client: FlaskClient) -> None:
    page = tree(sample_client, f"/projects/{STATUS}/2")
    chips = page.xpath("//h2[@id='state']/following::table[1]//span[contains(@class, 'chip')]")
    assert [words(chip) for chip in chips] == ["◎達成済み", "◎達成済み"]
    assert "この文書の凡例" in words(page)
    assert "△ 達成不可見込" in words(page)


def test_a_mistake_is_reported_with_the_statement_and_its_line(sample_client: FlaskClient) -> None:
    page = tree(sample_client, f"/projects/{PLAN}/7-2")
    address = page.xpath("//dt[.='費用負担の考え方']/..//a[.='誤りを知らせる']/@href")[0]
    told = words(tree(sample_client, address))
    assert f"{PLAN}/7-2#cost_sharing" in told
    assert re.search(r"元の文書の行\s*4\d\d", told)


def test_with_an_address_for_mail_a_report_is_a_letter(sample_client: FlaskClient) -> None:
    settings = sample_client.application.extensions["renkei"]
    sample_client.application.extensions["renkei"] = type(settings)(home=settings.home, contact="machi@example.jp")
    try:
        page = tree(sample_client, f"/projects/{PLAN}/7-2")
        letter = unquote(page.xpath("//dt[.='事業の内容']/..//a[.='誤りを知らせる']/@href")[0])
    finally:
        sample_client.application.extensions["renkei"] = settings
    assert letter.startswith("mailto:machi@example.jp?subject=")
    assert f"記載のID：{PLAN}/7-2#overview" in letter


def test_a_municipality_shows_partners_fields_money_and_figures(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/municipalities/012246")
    partner = page.xpath("//h2[@id='partners']/following-sibling::table//tbody/tr")[0]
    assert [words(cell) for cell in partner][:2] == ["恵庭市", "39"]
    assert "生活機能の強化" in words(page.xpath("//h2[@id='fields']/..")[0])
    shown = section(page, "figures")
    assert "総人口（人）" in shown
    assert "民営事業所数" in shown
    line = page.xpath("//section[h3[starts-with(., '総人口')]]//*[local-name()='svg']")[0]
    assert line.get("role") == "img"
    table = page.xpath("//section[h3[starts-with(., '総人口')]]//tbody/tr")
    assert len(table) == 16
    assert words(table[0]).startswith("1985")


def test_a_department_begins_with_its_counterparts_and_draws_them(sample_client: FlaskClient) -> None:
    page = tree(sample_client, f"/departments/{COMMERCE}")
    assert "経済部商工労働課5" in section(page, "counterparts")
    drawn = page.xpath("//figure[@class='picture']//*[local-name()='a']/@href")
    assert "/departments/012319/経済部/商工労働課" in [unquote(a) for a in drawn]
    assert "改称や改組を述べた文書は収録されていません" in section(page, "around")


def test_a_question_in_words_is_answered_and_put_as_sparql(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/relations/ask?municipality=012319&department=012319/経済部&there=012246")
    assert "恵庭市 経済部と同じ事業を共に担当する、千歳市の部署" in words(page)
    answer = page.xpath("//table//tbody/tr")
    assert [words(cell) for cell in answer[0]][:3] == ["千歳市", "産業振興部商業労働課", "5"]
    query = page.xpath("//pre")[0].text_content()
    data = sample_client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/csv"})
    assert len(data.get_data(as_text=True).strip().splitlines()) == len(answer) + 1


def test_two_things_show_what_they_share_in_sentences(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/relations?a=千歳市企画部企画課&b=恵庭市企画振興部")
    shared = words(page.xpath("//section[@class='common']")[0])
    assert "3件の事業に共にかかわる" in shared
    assert "高等教育機関との共同研究及び連携検討" in shared


@pytest.mark.parametrize("route", ["/relations", "/relations/path"])
def test_a_name_that_nothing_has_is_an_answer_with_help(sample_client: FlaskClient, route: str) -> None:
    page = tree(sample_client, f"{route}?a=千歳市&b=どこにもない部署", 404)
    assert "どこにもない部署" in words(page.xpath("//*[@role='alert']")[0])


def test_a_path_is_told_in_sentences_with_their_lines(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/relations/path?a=千歳市企画部広報広聴課&b=恵庭市企画振興部広報課")
    steps = [words(step) for step in page.xpath("(//ol[@class='path'])[1]//p[@class='step']")]
    assert len(steps) == 2
    assert all("担当する。 出典（行 " in step for step in steps)


def test_the_network_of_the_departments_is_the_list_of_pairs(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/relations/graph?view=department")
    pairs = tree(sample_client, "/relations/shared-projects?limit=100").xpath("//tbody/tr")
    assert len(page.xpath("//h2[@id='table']/following::tbody/tr")) == len(pairs)
    assert len(page.xpath("//figure[@class='picture']//*[local-name()='a']")) == 60


def test_a_project_with_several_partners_counts_once_beside_a_department(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/relations/graph?view=department")
    names = [words(title) for title in page.xpath("//figure[@class='picture']//*[local-name()='a']/*[1]")]
    assert "千歳市総務部税務課 1件" in names or "総務部税務課 1件" in names


@pytest.mark.parametrize(
    "of", [f"department/{COMMERCE}", "municipality/012246", f"project/{PLAN}/6", f"document/{PLAN}"]
)
def test_a_picture_of_surroundings_has_at_most_sixty_nodes_whose_names_do_not_meet(
    sample_client: FlaskClient, of: str
) -> None:
    picture = lxml.etree.fromstring(sample_client.get("/relations/graph.svg", query_string={"of": of}).get_data())
    boxes = [{k: float(r.get(k) or 0) for k in ("x", "y", "width", "height")} for r in picture.iter(f"{SVG}rect")]
    assert 1 < len(boxes) <= 60
    assert picture.find(f"{SVG}title") is not None
    assert picture.find(f"{SVG}desc") is not None
    for n, a in enumerate(boxes):
        for b in boxes[n + 1 :]:
            apart = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
            assert apart or a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]


def test_the_data_of_a_picture_has_the_links_of_its_table(sample_client: FlaskClient) -> None:
    address = f"?of=department/{COMMERCE}"
    rows = tree(sample_client, f"/relations/graph{address}").xpath("//h2[@id='table']/following::tbody/tr")
    links = json.loads(sample_client.get(f"/relations/graph.json{address}").get_data())["links"]
    lines = sample_client.get(f"/relations/graph.csv{address}").get_data(as_text=True).strip().splitlines()
    graph = lxml.etree.fromstring(sample_client.get(f"/relations/graph.graphml{address}").get_data())
    edges = [element for element in graph.iter() if element.tag.endswith("edge")]
    assert len(rows) == len(links) == len(lines) - 1 == len(edges) == 10


def test_groups_of_departments_say_which_fields_make_them(sample_client: FlaskClient) -> None:
    groups = tree(sample_client, "/relations/communities").xpath("//main//ol/li")
    assert len(groups) > 3
    assert all("理由となる分野：" in words(group) or "分野の記載がありません" in words(group) for group in groups)


def test_an_agreement_is_read_article_by_article_with_its_annex(sample_client: FlaskClient) -> None:
    page = tree(sample_client, f"/documents/{ISHIKARI}/articles")
    heads = [words(head) for head in page.xpath("//section[@class='article']/h3")]
    assert heads[3].startswith("第4条（費用分担）")
    assert len(page.xpath("//section[contains(@class, 'measure')]")) == 22
    assert "甲：札幌市" in words(page)


def test_two_agreements_stand_beside_each_other_with_their_differences_marked(sample_client: FlaskClient) -> None:
    page = tree(sample_client, f"/compare?a={ISHIKARI}&b={BIBAI}")
    pairs = page.xpath("//h2[@id='articles']/following-sibling::section[contains(@class, 'pair')]")
    policy = next(pair for pair in pairs if "第2条（基本方針）" in words(pair.find("h3")))
    assert policy.xpath(".//del")
    assert policy.xpath(".//ins")
    assert any("これに当たる記載はありません" in words(pair) for pair in pairs)


def test_an_agreement_beside_itself_in_other_words_folds_what_is_equal(sample_client: FlaskClient) -> None:
    pairs = tree(sample_client, f"/compare?a={BIBAI}&b={ISHIKARI}").xpath("//section[contains(@class, 'pair')]")
    for folded in [d for pair in pairs for d in pair.xpath(".//details")]:
        assert not folded.xpath(".//del | .//ins")


def test_the_first_page_is_light(sample_client: FlaskClient) -> None:
    page = sample_client.get("/")
    sheets = tree(sample_client, "/").xpath("//link[@rel='stylesheet']/@href | //script/@src")
    assert len(page.get_data()) < 40_000
    assert sum(len(sample_client.get(sheet, buffered=True).get_data()) for sheet in sheets) < 60_000


def test_documents_of_one_title_are_told_apart_by_their_municipalities(sample_client: FlaskClient) -> None:
    rows = [words(row) for row in tree(sample_client, "/documents").xpath("//tbody/tr/th")]
    assert any("定住自立圏の形成に関する協定" in row and "岩見沢市、美唄市" in row for row in rows)


@pytest.mark.parametrize(
    "of", ["municipality/012319", f"project/{PLAN}/28", f"department/{COMMERCE}", f"area/{PLAN}/3"]
)
def test_a_picture_may_reach_two_links_far_with_sixty_nodes_and_a_count_of_the_rest(
    sample_client: FlaskClient, of: str
) -> None:
    address = f"/relations/graph.json?of={of}&depth=2"
    found = json.loads(sample_client.get(address).get_data())
    names = {node["id"] for node in found["nodes"]}
    assert 3 < len(names) <= 60
    assert all({link["source"], link["target"]} <= names for link in found["links"])
    middle = of.partition("/")[2] if not of.startswith("area") else f"{PLAN}/area-3"
    near = {link["target"] for link in found["links"] if link["source"] == middle}
    further = {link["target"] for link in found["links"] if link["source"] in near}
    assert near
    assert further
    assert middle not in near | further
    assert names == {middle} | near | further
    page = tree(sample_client, f"/relations/graph?of={of}&depth=2")
    assert words(page.xpath("//main//nav[contains(@class, 'tabs')]//a[@aria-current='page']")[0]) == "2つ先まで"
    assert "2つ先まで" in section(page, "table")


def test_a_picture_reaches_no_further_than_two_links(sample_client: FlaskClient) -> None:
    assert sample_client.get("/relations/graph?of=municipality/012319&depth=3").status_code == 400


def test_a_municipality_says_how_its_indicators_stand_and_leads_to_each_count(sample_client: FlaskClient) -> None:
    page = tree(sample_client, "/municipalities/011002")
    links = page.xpath("//section[@aria-labelledby='results']//table[1]//td//a")
    marks = [words(chip)[0] for chip in page.xpath("//section[@aria-labelledby='results']//td//li/span")]
    assert marks == ["◎", "○", "△", "×", "－"], "in the order of the legend"
    assert len(links) > 3
    for link in links:
        board = tree(sample_client, link.get("href"))
        stated = int("".join(c for c in link.text_content() if c.isdigit()))
        assert f"{stated}件" in " ".join(board.xpath("//main")[0].text_content().split()), link.get("href")


def test_a_project_leads_back_to_its_article_and_on_to_how_it_stands(sample_client: FlaskClient) -> None:
    page = tree(sample_client, f"/projects/{STATUS}/1")
    steps = page.xpath("//ol[@class='chain']/li")
    heads = [words(step.find("span")) for step in steps]
    assert [head.split(" ")[0] for head in heads] == ["根拠の条文", "別表の取組", "実施状況"]
    article, source = steps[0].xpath(".//a/@href")
    assert tree(sample_client, article.partition("#")[0]).xpath(f"//*[@id='{article.partition('#')[2]}']")
    assert "lines=26-28" in source
    assert "このページ" in words(steps[2])
    measure = tree(sample_client, steps[1].xpath(".//a/@href")[0])
    assert "このページ" in words(measure.xpath("//ol[@class='chain']/li[2]")[0])
    alone = tree(sample_client, f"/projects/{PLAN}/28")
    assert not alone.xpath("//ol[@class='chain']")
    assert "見つかっていません" in words(alone.xpath("//*[@id='chain']")[0])
    cards = tree(sample_client, f"/documents/{ISHIKARI}/articles").xpath("//section[contains(@class, 'measure')]")
    assert any(card.xpath(".//p[@class='small']//span[contains(@class, 'chip')]") for card in cards)


def test_an_article_leads_to_its_measures_their_sheets_and_the_latest_rating_and_back(
    sample_client: FlaskClient,
) -> None:
    page = tree(sample_client, f"/documents/{ISHIKARI}/articles")
    (listed,) = page.xpath("//section[@id='article-3']//tbody")
    assert len(listed.xpath("./tr")) == 22
    (row,) = listed.xpath("./tr[contains(th, '経済戦略の推進')]")
    assert row.xpath("./th/a/@href") == [f"/projects/{ISHIKARI}/row-1", f"/documents/{ISHIKARI}?lines=71-71#L71"]
    (sheet,) = row.xpath("./td//li")
    address, document, source = sheet.xpath("./*//@href | ./a/@href")
    assert document == f"/documents/{STATUS}"
    assert "×" in words(sheet)
    assert "令和元年度（2019年度）" in words(sheet)
    assert source.startswith(f"/documents/{STATUS}?lines=")
    back = tree(sample_client, address).xpath("//ol[@class='chain']//@href")
    assert f"/documents/{ISHIKARI}/articles#article-3" in back
    assert words(page.get_element_by_id("resting")).endswith("第1条、第2条、第4条、第5条、第6条")


def test_grades_are_said_in_the_language_of_the_page(sample_client: FlaskClient) -> None:
    for address, grade in (("", "達成不可"), ("/en", "missed")):
        page = tree(sample_client, f"{address}/projects/{STATUS}/1")
        assert {words(chip)[1:] for chip in page.xpath("//main//*[contains(@class, 'chip missed')]")} == {grade}


def test_an_agreement_whose_measures_no_sheet_carries_out_says_so_once(sample_client: FlaskClient) -> None:
    (article,) = tree(sample_client, f"/documents/{BIBAI}/articles").xpath("//section[@id='article-3']")
    assert len(article.xpath("./details/ul/li")) == 33
    assert words(article).count("見つかっていません") == 1
