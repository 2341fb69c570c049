"""What a person asks, and what they may expect to get."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import search
from ingest.records import ProjectRecord
from search.build import update
from search.documents import search_documents
from search.folding import fold_text
from search.index import Index
from search.model import FACETS, SORTS, SUBSTRING_FIELDS
from search.query import parse
from test_search_samples import ask, entries, head, ids, index, party, project, unit

__all__ = ["index"]


def first(index: Index, text: str, count: int = 1) -> set[str]:
    return set(ids(ask(index, text))[:count])


@pytest.fixture(scope="module")
def ranked(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Projects that differ in one thing only: how they say what is asked for."""
    texts = {
        "title": project("r", "title", "堤防の修繕", (1, 1)),
        "overview": project("r", "overview", "修繕", (1, 1), overview="堤防を直す。"),
        "synonym": project("r", "synonym", "廃棄物 廃棄物 廃棄物", (1, 1), overview="廃棄物。廃棄物。"),
        "typed": project("r", "typed", "その他", (1, 1), progress="ごみの山。"),
        "apart": project("r", "apart", "共同の棚", (1, 1), overview="倉庫"),
    }
    path: Path = tmp_path_factory.mktemp("ranked") / "index"
    update(None, path, {"r": search_documents([head("r", "順位", "plan"), *texts.values()], [""])})
    return search.open_index(path)


def test_the_sheet_and_the_row_about_the_thing_come_first(index: Index) -> None:
    assert first(index, "航空写真", 2) == {"plan/10", "report/40"}


def test_every_piece_of_two_characters_of_a_name_finds_it(index: Index) -> None:
    for entry in entries("plan")["plan"]:
        for name in SUBSTRING_FIELDS:
            words = entry.text_of(name)
            for piece in {words[i : i + 2] for i in range(len(words) - 1)}:
                if not piece.split() or len(piece.strip()) < 2 or "\n" in piece:
                    continue
                assert entry.id in ids(ask(index, piece, limit=1000)), (piece, entry.id)


def test_a_single_kanji_finds_the_names_that_it_stands_in(index: Index) -> None:
    assert {"plan/10", "report/40"} <= set(ids(ask(index, "写")))
    assert "plan/9" in ids(ask(index, "獣"))


@pytest.mark.parametrize(
    ("one", "other"), [("ＫＰＩ", "KPI"), ("取り組み", "取組"), ("ﾗﾋﾟﾀﾞｽ", "ラピダス"), ("航空　写真", "航空 写真")]
)
def test_spelling_makes_no_difference(index: Index, one: str, other: str) -> None:
    assert ids(ask(index, one)) == ids(ask(index, other))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("お年寄り", "report/41"),
        ("シニア", "report/41"),
        ("プール", "report/42"),
        ("空撮", "plan/10"),
        ("ゴミ", "plan/9"),
        ("aerial photo", "plan/10"),
        ("waste", "plan/9"),
        ("newsletter", "plan/7-1"),
        ("こうほうし", "plan/7-1"),
        ("koukuushashin", "plan/10"),
        ("かんこうか", "plan/7-2"),
        ("広報紙", "plan/7-1"),
    ],
)
def test_other_words_and_readings_find_it_too(index: Index, asked: str, found: str) -> None:
    assert found in ids(ask(index, asked))


@pytest.mark.parametrize(
    "question", ["お年寄りが泳げるところはありますか", "隣の市の図書館に広報誌を並べているのはどこですか"]
)
def test_a_question_in_plain_words_is_answered(index: Index, question: str) -> None:
    assert first(index, question) <= {"report/42", "plan/7-1"}


def test_a_word_in_the_title_counts_more_than_in_the_text(ranked: Index) -> None:
    assert ids(ask(ranked, "堤防"))[:2] == ["r/title", "r/overview"]


def test_no_synonym_outranks_a_word_as_typed(ranked: Index) -> None:
    hits = ask(ranked, "ごみ").hits
    assert [hit.id for hit in hits][:2] == ["r/typed", "r/synonym"]
    assert hits[0].score > 1 > hits[1].score


def test_parts_of_a_compound_may_stand_apart_only_where_nothing_holds_it_whole(ranked: Index) -> None:
    page = ask(ranked, "共同倉庫")
    assert (page.relaxed, ids(page)[0]) == ("apart", "r/apart")
    assert ask(ranked, "堤防").relaxed == ""


def test_any_of_the_words_will_do_where_nothing_holds_all(index: Index) -> None:
    page = ask(index, "広報誌 蛍 ポスター")
    assert page.relaxed == "any"
    assert page.total > 1


def test_scores_fall_from_hit_to_hit(index: Index) -> None:
    scores = [hit.score for hit in ask(index, "広報 OR 写真 OR 高齢者", limit=100).hits]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 5


def test_two_words_narrow_and_or_widens(index: Index) -> None:
    both, either = ask(index, "広報 ポスター", limit=100), ask(index, "広報 OR ポスター", limit=100)
    assert set(ids(both)) < set(ids(either))


def test_a_word_with_minus_is_left_out(index: Index) -> None:
    without = ids(ask(index, "相互 -ポスター", limit=100))
    assert "plan/7-1" in without
    assert "plan/7-2" not in without


def test_a_phrase_is_found_literally(index: Index) -> None:
    assert "plan/7-1" in ids(ask(index, "「隣の市の図書館」"))
    assert not ask(index, '"図書館の隣"').hits
    assert ask(index, '"図書館の隣"').relaxed == ""


def test_a_star_finds_words_that_begin_so(index: Index) -> None:
    assert {"plan/7-1", "plan/7-2"} <= set(ids(ask(index, "ポス* OR 広報*", limit=100)))


def test_filters_alone_give_the_full_list(index: Index) -> None:
    page = ask(index, "", ("type", "project"), limit=100)
    assert ids(page) == ["plan/10", "plan/7-1", "plan/7-2", "plan/9", "report/40", "report/41", "report/42"]


@pytest.mark.parametrize(
    ("facet", "asked", "found"),
    [
        ("department", "観光課", {"plan/7-2"}),
        ("department", "012246/企画部", {"plan/7-1"}),
        ("municipality", "恵庭市", {"plan/10", "plan/7-1", "plan/7-2"}),
        ("municipality", "恵庭", {"plan/10", "plan/7-1", "plan/7-2"}),
        ("municipality", "012319", {"plan/10", "plan/7-1", "plan/7-2"}),
        ("area", "地域の情報", {"plan/7-1", "plan/7-2", "plan/9"}),
        ("area", "生活機能の強化", {"plan/7-1", "plan/7-2", "plan/9"}),
        ("rating", "△", {"report/41"}),
        ("kind", "status-report", {"report/40", "report/41", "report/42"}),
        ("year", "令和8年度", {"plan/7-1", "plan/7-2"}),
        ("document", "report", {"report/40", "report/41", "report/42"}),
        ("department", "どこにもない課", set()),
    ],
)
def test_a_filter_takes_a_value_a_label_or_a_part_of_one(index: Index, facet: str, asked: str, found: set[str]) -> None:
    assert set(ids(ask(index, "", ("type", "project"), (facet, asked)))) == found
    assert set(ids(ask(index, f'種別:project {facet}:"{asked}"'))) == found


@pytest.mark.parametrize("asked", ["", "航空写真", "広報", "お年寄り", "部署:広報課", "連携 OR 相互"])
@pytest.mark.parametrize(
    "chosen", [(), (("type", "project"),), (("municipality", "012246"),), (("type", "project"), ("year", "2024"))]
)
def test_every_count_is_what_choosing_the_value_gives(
    index: Index, asked: str, chosen: tuple[tuple[str, str], ...]
) -> None:
    page = ask(index, asked, *chosen)
    for facet in page.facets:
        for value in facet.values:
            query = page.query if value.selected else page.query.narrowed(facet.name, value.value)
            assert index.search(query).total == value.count, (facet.name, value)


def test_a_municipality_and_a_unit_of_several_documents_are_found_once(tmp_path: Path) -> None:
    office = unit("千歳市", "企画部", "企画課")
    documents = {
        name: search_documents(
            [
                head(name, "計画", kind),
                party(name, "千歳市", "012246"),
                project(name, "1", "協議", (1, 1), departments=(office,)),
            ],
            [""],
        )
        for name, kind in (("a", "plan"), ("b", "plan"), ("c", "agreement"))
    }
    update(None, tmp_path / "index", documents)
    library = search.open_index(tmp_path / "index")
    for asked, kind in (("千歳市", "municipality"), ("企画部", "department"), ("", "department")):
        page = library.search(parse(asked, filters=[("type", kind)]))
        assert len(page.hits) == page.total == (2 if kind == "department" else 1)  # 企画部 and 企画部企画課
        assert library.total(page.query) == page.total
        assert {facet.name for facet in page.facets} > {"document", "kind"}
        for facet in page.facets:
            for value in facet.values:
                query = page.query if value.selected else page.query.narrowed(facet.name, value.value)
                assert library.search(query).total == value.count, (facet.name, value)


def test_facets_come_in_their_order_with_labels(index: Index) -> None:
    facets = {facet.name: facet.values for facet in ask(index, "").facets}
    assert list(facets) == [name for name in FACETS if name in facets]
    labels = {value.value: value.label for values in facets.values() for value in values}
    assert labels["012246/企画部/広報広聴課"] == "千歳市 企画部広報広聴課"
    assert labels["生活機能の強化/地域の情報"] == "地域の情報"
    assert labels["2019"] == "令和元年度（2019年度）"
    assert labels["012246"] == "千歳市"


def test_hits_come_in_the_order_asked_for(index: Index) -> None:
    def listed(sort: str) -> list[str]:
        return ids(ask(index, "", ("type", "project"), sort=sort))

    assert listed("number")[:4] == ["plan/7-1", "plan/7-2", "plan/9", "plan/10"]
    assert listed("newest")[0].startswith("plan")
    assert listed("oldest")[0].startswith("report")
    assert listed("budget")[:2] == ["plan/10", "plan/9"]
    readings = ["イベントポスター", "航空写真", "公共施設", "高齢者", "体育施設", "有害鳥獣"]
    titles = [hit.title for hit in ask(index, "", ("type", "project"), sort="reading").hits]
    order = [next(i for i, name in enumerate(readings) if title.startswith(name)) for title in titles]
    assert order[0] == 0
    assert order[-2:] == [4, 5]


@pytest.mark.parametrize("sort", SORTS)
def test_pages_join_into_the_whole_list(index: Index, sort: str) -> None:
    whole = ids(ask(index, "", sort=sort, limit=1000))
    pages = [
        hit for offset in range(0, len(whole), 7) for hit in ids(ask(index, "", sort=sort, limit=7, offset=offset))
    ]
    assert pages == whole
    assert ask(index, "", limit=5, offset=10_000).hits == ()


def test_text_of_no_known_form_is_found_by_its_lines(index: Index) -> None:
    hit = ask(index, "蛍を見る会").hits[0]
    assert (hit.id, hit.type, hit.url) == ("letter/line-2", "line", "/documents/letter#L2")


def test_a_line_of_a_project_is_found_with_the_project(index: Index) -> None:
    hits = ask(index, "焼却する").hits
    assert hits[0].id == "plan/9"
    assert all(hit.id != "plan/line-11" for hit in hits)


def test_a_misspelt_word_brings_a_proposal_that_has_hits(index: Index) -> None:
    for asked, meant in (
        ("航空写直", "航空写真"),
        ("広報広調課", "広報広聴課"),
        ("イベントポスタア", "イベントポスター"),
        ("航空写直　", "航空写真"),
        ("ﾎﾟｽﾀｱ", "ポスター"),
    ):
        page = ask(index, asked)
        assert page.did_you_mean == meant
        assert len(page.proposals) <= 3
        for proposal in page.proposals:
            assert ask(index, proposal.query).total == proposal.count > 0


def test_what_is_found_brings_no_proposal(index: Index) -> None:
    assert ask(index, "広報").did_you_mean is None
    assert ask(index, "").did_you_mean is None


def test_words_in_filters_are_kept_in_a_proposal(index: Index) -> None:
    page = ask(index, "航空写直 種別:project")
    assert page.did_you_mean == "航空写真 種別:project"
    assert page.proposals[0].count == 2


def test_threads_get_the_same_answers(index: Index) -> None:
    asked = ["航空写真", "広報", "お年寄り", "連携*", "蛍", "廃棄物 -鹿"] * 8
    alone = [ids(ask(index, text)) for text in asked]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: ids(ask(index, text)), asked)) == alone


def test_an_answer_says_how_long_it_took(index: Index) -> None:
    start = time.perf_counter()
    page = index.search(parse("航空写真"))
    assert 0 < page.took_ms <= (time.perf_counter() - start) * 1000 + 1


def test_a_hit_carries_what_a_list_shows(index: Index) -> None:
    hit = next(h for h in ask(index, "広報誌").hits if h.id == "plan/7-1")
    assert (hit.type, hit.document, hit.number, hit.branch) == ("project", "plan", "7", "①")
    assert hit.title == "公共施設への広報誌の相互配架"
    assert hit.url == "/projects/plan/7-1"
    assert hit.lines == (6, 7)
    assert dict(hit.facets["municipality"]) == {"012246": "千歳市", "012319": "恵庭市"}


def test_a_synonym_hit_says_which_word_matched(index: Index) -> None:
    hit = next(h for h in ask(index, "ごみ").hits if h.id == "plan/9")
    assert any(fold_text(word) in {"廃棄物", "ごみ"} for word in hit.matched)


def test_numbers_of_projects_are_found(tmp_path: Path) -> None:
    records: list[ProjectRecord] = [
        project("n", f"{i}", f"仕事{chr(0x4E00 + i)}", (1, 1), number=str(i)) for i in range(1, 30)
    ]
    update(None, tmp_path / "i", {"n": search_documents([head("n", "番号", "plan"), *records], [""])})
    assert "n/28" in ids(ask(search.open_index(tmp_path / "i"), "No.28"))
