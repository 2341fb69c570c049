"""Codes and names of municipalities: the tables are whole, names in text are found, printed names resolved."""

import re
from collections import Counter
from collections.abc import Collection
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import municipalities
from ingest.municipalities import Municipality, by_code, check_digit, find, named, nearest, resolve
from ingest.municipality_table import fold, read_table

SAPPORO, ISHIKARI, CHITOSE, BIBAI = "011002", "012351", "012246", "012157"
CURRENT = [m for m in municipalities.all_municipalities() if m.valid_until is None]
FORMER = [m for m in municipalities.all_municipalities() if m.valid_until is not None]
REAL = [m for m in CURRENT if m.kind in ("city", "town", "village", "special_ward")]


def texts(text: str) -> list[str]:
    return [mention.text for mention in find(text)]


def codes(text: str) -> list[list[str]]:
    return [[m.code for m in mention.candidates] for mention in find(text)]


def full(m: Municipality) -> str:
    return m.prefecture + (m.county or "") + m.name


# The tables


def test_there_are_1718_municipalities_23_special_wards_and_47_prefectures() -> None:
    kinds = Counter(m.kind for m in CURRENT)
    assert (kinds["city"], kinds["town"], kinds["village"]) == (792, 743, 183)
    assert (kinds["special_ward"], kinds["ward"], kinds["northern_village"]) == (23, 171, 6)
    assert len(municipalities.prefectures()) == 47


def test_every_code_ends_in_its_check_digit() -> None:
    for m in (*municipalities.prefectures(), *CURRENT, *FORMER):
        assert m.code == m.code[:5] + check_digit(m.code[:5]), m.name


def test_a_code_in_force_stands_once_and_a_former_one_once_for_a_name() -> None:
    assert len({m.code for m in CURRENT}) == len(CURRENT)
    assert len({(m.code, m.name) for m in FORMER}) == len(FORMER)


@pytest.mark.parametrize("file", ["municipalities.tsv", "former_municipalities.tsv"])
def test_a_table_is_sorted_by_code(file: str) -> None:
    listed = [m.code for m in read_table(file)]
    assert listed == sorted(listed)


def test_a_reading_is_hiragana_and_ends_as_the_kind_is_read() -> None:
    endings = {
        "city": "し", "town": "(?:まち|ちょう)", "village": "(?:むら|そん)", "northern_village": "むら",
        "ward": "く", "special_ward": "く", "prefecture": "(?:と|どう|ふ|けん)",
    }  # fmt: skip
    for m in (*municipalities.prefectures(), *CURRENT, *FORMER):
        if m.reading is not None or m.valid_until is None:
            assert re.fullmatch(f"[ぁ-ん]+{endings[m.kind]}", m.reading or ""), m.name


@pytest.mark.parametrize(
    ("code", "reading"),
    [
        (SAPPORO, "さっぽろし"), (CHITOSE, "ちとせし"), ("012319", "えにわし"), ("013455", "もりまち"),
        ("143839", "まなづるまち"), ("473260", "ちゃたんちょう"), ("112062", "ぎょうだし"), ("473146", "きんちょう"),
    ],
)  # fmt: skip
def test_a_reading_is_the_one_its_people_use(code: str, reading: str) -> None:
    found = by_code(code)
    assert found is not None
    assert found.reading == reading


def test_a_town_or_village_stands_in_a_county_except_on_the_islands_of_tokyo() -> None:
    without = {m.prefecture for m in REAL if m.kind in ("town", "village") and m.county is None}
    assert without == {"東京都"}
    assert all(re.fullmatch(".+郡", m.county) for m in CURRENT if m.county)


def test_the_name_of_a_ward_begins_with_a_city_of_the_same_code_range() -> None:
    cities: dict[str, list[str]] = {m.code[:3]: [] for m in CURRENT}
    for m in CURRENT:
        if m.kind == "city" and m.code[2] == "1":
            cities[m.code[:3]].append(m.name)
    for m in CURRENT:
        if m.kind == "ward":
            assert any(m.name.startswith(city) for city in cities[m.code[:3]]), m.name


@pytest.mark.parametrize("name", ["丹波篠山市", "那珂川市", "富谷市", "浜松市浜名区"])
def test_the_table_in_force_has_the_new_name_after_a_change(name: str) -> None:
    assert [m.valid_until for m in named(name)] == [None]


@pytest.mark.parametrize(
    ("name", "prefecture", "until", "successor"),
    [
        ("篠山市", "兵庫県", date(2019, 5, 1), "丹波篠山市"), ("那珂川町", "福岡県", date(2018, 10, 1), "那珂川市"),
        ("富谷町", "宮城県", date(2016, 10, 10), "富谷市"), ("岩舟町", "栃木県", date(2014, 4, 5), "栃木市"),
        ("浜松市北区", "静岡県", date(2024, 1, 1), "浜松市浜名区"), ("山口村", "長野県", date(2005, 2, 13), "中津川市"),
        ("北村", "北海道", date(2006, 3, 27), "岩見沢市"), ("安代町", "岩手県", date(2005, 9, 1), "八幡平市"),
    ],
)  # fmt: skip
def test_a_former_one_knows_its_end_and_its_successor(name: str, prefecture: str, until: date, successor: str) -> None:
    former = [m for m in FORMER if (m.name, m.prefecture, m.valid_until) == (name, prefecture, until)]
    assert len(former) == 1
    assert former[0].successor is not None
    found = by_code(former[0].successor)
    assert found is not None
    assert found.name == successor


def test_every_successor_is_in_force_and_all_but_one_are_in_the_same_prefecture() -> None:
    in_force = {m.code: m for m in CURRENT}
    moved = [m.name for m in FORMER if in_force[m.successor or ""].prefecture != m.prefecture]
    assert moved == ["山口村"]  # the only merger across a border between prefectures


def test_the_former_table_reaches_back_to_april_1999_and_has_every_reading_since_2008() -> None:
    ends = [(m.valid_until, m.reading) for m in FORMER if m.valid_until]
    assert min(end for end, _ in ends) == date(1999, 4, 1)
    assert all(reading for end, reading in ends if end >= date(2008, 1, 1))


# Codes


def test_a_code_is_found_with_five_digits_and_with_six() -> None:
    for code in ("01224", CHITOSE):
        found = by_code(code)
        assert found is not None
        assert (found.name, found.prefecture) == ("千歳市", "北海道")


@pytest.mark.parametrize("code", ["012247", "99999", "0122", "", "abcde", "01224６"])
def test_no_one_has_a_code_that_was_never_given(code: str) -> None:
    assert by_code(code) is None


def test_a_code_that_outlived_a_change_of_name_leads_to_the_new_one() -> None:
    assert [m.name for m in (by_code("282219"), by_code("223832")) if m] == ["丹波篠山市", "由比町"]


def test_equal_names_are_all_returned_those_in_force_first() -> None:
    assert [m.prefecture for m in named("伊達市")] == ["北海道", "福島県"]
    assert [m.prefecture for m in named("府中市")] == ["東京都", "広島県"]
    assert [m.valid_until is None for m in named("川西町")] == [True, True, False]
    assert named("岡山市") == (by_code("331007"),)  # a mere change of code is no second one


# Mentions in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("東広島市、北広島市及び広島市", ["東広島市", "北広島市", "広島市"]),
        ("東白川村と白川村", ["東白川村", "白川村"]),
        ("四日市市、廿日市市、十日町市、野々市市", ["四日市市", "廿日市市", "十日町市", "野々市市"]),
        ("村上市・市川市・大町市・大町町", ["村上市", "市川市", "大町市", "大町町"]),
        ("札幌市小樽市当別町新篠津村", ["札幌市", "小樽市", "当別町", "新篠津村"]),
        ("東村山市と武蔵村山市", ["東村山市", "武蔵村山市"]),
        ("上砂川町、南富良野町", ["上砂川町", "南富良野町"]),
        ("札幌市のニセコ町との連携", ["札幌市", "ニセコ町"]),
    ],
)
def test_the_longest_known_name_is_the_mention(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "両市、本市、同市、各市町", "会津市", "市川さんと千歳町", "以上市町村及び以下市町村", "新市町村",
        "中央卸売市場", "柏市場", "関西都市圏", "東京都市長会", "和歌山県市町村課", "東北区域", "東村山郡",
        "東村山地域", "中央市民会館", "美幌市", "xx市",
    ],
)  # fmt: skip
def test_a_word_that_only_looks_like_a_name_is_no_mention(text: str) -> None:
    assert texts(text) == []


@pytest.mark.parametrize(
    ("text", "mention", "code"),
    [
        ("山口県岩国市と", "山口県岩国市", "352080"),
        ("（北海道上川郡下川町）", "北海道上川郡下川町", "014681"),
        ("岡山県英田郡西粟倉村", "岡山県英田郡西粟倉村", "336432"),
        ("上川郡清水町", "上川郡清水町", "016365"),
        ("静岡県駿東郡清水町", "静岡県駿東郡清水町", "223417"),
        ("福島県　伊達市", "福島県　伊達市", "072133"),
        ("東京都府中市", "東京都府中市", "132063"),
        ("岐阜県山県市", "岐阜県山県市", "212156"),
        ("兵庫県赤穂郡上郡町", "兵庫県赤穂郡上郡町", "284815"),
        ("国後郡泊村", "国後郡泊村", "016969"),
    ],
)
def test_a_prefecture_or_county_in_front_belongs_to_the_mention_and_selects(text: str, mention: str, code: str) -> None:
    assert texts(text) == [mention]
    assert codes(text) == [[code]]


def test_a_prefecture_that_does_not_fit_stays_outside_the_mention() -> None:
    assert texts("広島県岩国市") == ["岩国市"]


def test_equal_names_without_a_prefecture_are_all_candidates() -> None:
    assert codes("伊達市") == [["012335", "072133"]]
    assert [m.prefecture + m.name for m in find("港区")[0].candidates][:2] == ["東京都港区", "愛知県名古屋市港区"]


@pytest.mark.parametrize(
    "text",
    ["札幌市中央区旭町", "江別市栄町", "石狩市厚田区", "高知市春野町", "浜松市天竜区春野町", "京都市左京区田中高原町"],
)
def test_a_ward_or_quarter_behind_its_city_is_no_mention_of_its_own(text: str) -> None:
    assert texts(text) == [text[: text.index("市") + 1]]


def test_a_former_one_is_mentioned_with_its_prefecture_or_kyu_or_by_a_name_of_its_own() -> None:
    assert texts("旧春野町、静岡県周智郡春野町") == ["春野町", "静岡県周智郡春野町"]
    assert texts("篠山市、野々市町、上九一色村") == ["篠山市", "野々市町", "上九一色村"]
    assert texts("北村さんは八尾町と緑町を回った") == []


@pytest.mark.parametrize("written", ["龍ケ崎市", "竜ヶ崎市", "龍が崎市", "竜ケ崎市"])
def test_a_glyph_variant_is_the_same_name(written: str) -> None:
    assert codes(f"茨城県の{written}が") == [["082082"]]


def test_the_radicals_and_half_width_kana_of_pdf_files_are_read_as_the_plain_characters() -> None:
    assert codes("⽯狩市とﾆｾｺ町、⻑沼町") == [[ISHIKARI], ["013951"], ["014281", "073415"]]


def test_no_two_names_in_force_become_one_by_folding() -> None:
    folded = {fold(m.name): m.name for m in CURRENT}
    assert len(folded) == len({m.name for m in CURRENT})
    assert codes("鹿島市と鹿嶋市") == [["412074"], ["082228"]]


def test_every_municipality_is_found_by_its_full_name_alone_and_in_a_list() -> None:
    for m in REAL:
        assert codes(full(m)) == [[m.code]], full(m)
        assert [mention.text for mention in find(f"{full(m)}、札幌市")] == [full(m), "札幌市"], full(m)


@given(st.lists(st.sampled_from(REAL), min_size=1), st.sampled_from(["、", "・", " と ", "\n", "及び", "\t"]))
def test_a_list_of_names_gives_each_of_them_in_order(chosen: list[Municipality], separator: str) -> None:
    found = find(separator.join(m.name for m in chosen))
    assert [mention.text for mention in found] == [m.name for m in chosen]
    assert all(m in mention.candidates for m, mention in zip(chosen, found, strict=True))


@given(st.text(alphabet="札幌市町村区東京都北海道広島県郡上津長旧の、 ケ龍千歳", max_size=60))
def test_mentions_are_pieces_of_the_text_in_order_without_overlap(text: str) -> None:
    end = 0
    for mention in find(text):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text
        assert mention.candidates
        end = mention.end


# Printed names


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("千歳", CHITOSE), ("恵庭", "012319"), ("札幌", SAPPORO), ("札 幌 市", SAPPORO), ("北海道伊達市", "012335"),
        ("福島県伊達市", "072133"), ("鹿児島県出水市", "462080"), ("北海道上川郡下川町", "014681"),
        ("上川郡下川町", "014681"), ("竜ヶ崎市", "082082"), ("鎌が谷市", "122246"), ("塩釜市", "042030"),
        ("須惠町", "403440"), ("東京都府中", "132063"),
        ("札幌市中央区", "011011"), ("泊村", "014036"), ("国後郡泊村", "016969"), ("篠山市", "282219"),
        ("門前町", "174629"), ("郡山", "072036"), ("ﾆｾｺ町", "013951"), ("北海道", "010006"),
    ],
)  # fmt: skip
def test_a_printed_name_leads_to_its_one_meaning(printed: str, code: str) -> None:
    found = resolve(printed)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "printed", ["伊達市", "府中", "釧路", "中央区", "千歳町", "両市", "市", "", "xx市", "山口県広島市"]
)
def test_an_unknown_or_ambiguous_name_has_no_meaning(printed: str) -> None:
    assert resolve(printed) is None


@pytest.mark.parametrize(
    ("printed", "near", "code"),
    [
        ("伊達市", {SAPPORO}, "012335"), ("伊達市", {"072010"}, "072133"),
        ("伊達", [SAPPORO, CHITOSE, "072010"], "012335"),
        ("府中市", {"342076"}, "342084"), ("伊達市", {"072133"}, "072133"), ("中央区", {SAPPORO}, "011011"),
        ("春野町", {"392014"}, "393835"), ("川西町", {"293431"}, "293610"),
    ],
)  # fmt: skip
def test_of_equal_names_the_one_near_the_documents_others_is_meant(
    printed: str, near: Collection[str], code: str
) -> None:
    found = resolve(printed, near)
    assert found is not None
    assert found.code == code


def test_a_tie_of_prefectures_leaves_a_name_ambiguous() -> None:
    assert resolve("伊達市", [SAPPORO, "072010"]) is None


def test_a_name_in_force_is_meant_rather_than_a_former_one_of_the_same_prefecture() -> None:
    found = resolve("南部町", {"192015"})
    assert found is not None
    assert (found.prefecture, found.valid_until) == ("山梨県", None)


def test_every_municipality_is_resolved_by_its_full_name() -> None:
    for m in REAL:
        assert resolve(full(m)) == m, full(m)


@given(st.sampled_from(REAL), st.sampled_from([" ", "　"]))
def test_spaces_between_the_characters_do_not_matter(m: Municipality, space: str) -> None:
    assert resolve(space.join(full(m))) == m


# Misprinted names


@pytest.mark.parametrize(
    ("misprint", "near", "name"),
    [
        ("美幌市", {SAPPORO}, "美唄市"), ("美幌市", {SAPPORO, BIBAI}, "美唄市"), ("岩見況市", set(), "岩見沢市"),
        ("新篠律村", {SAPPORO}, "新篠津村"), ("北広鳥市", set(), "北広島市"), ("恵底市", {CHITOSE}, "恵庭市"),
        ("北海道江刷市", set(), "江別市"), ("倶知安市", {SAPPORO}, "倶知安町"), ("音威子府町", set(), "音威子府村"),
    ],
)  # fmt: skip
def test_the_nearest_keeps_the_suffix_prefers_the_prefecture_and_changes_least(
    misprint: str, near: set[str], name: str
) -> None:
    found = nearest(misprint, near)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("misprint", ["xx市", "美幌市", "市", "", "○○町", "電気通信大学"])
def test_nothing_is_nearest_where_nothing_is_near_or_several_are(misprint: str) -> None:
    assert nearest(misprint) is None


def test_a_name_that_exists_is_nearest_to_itself() -> None:
    found = nearest("美幌町", {SAPPORO})
    assert found is not None
    assert found.name == "美幌町"


# Speed


def test_a_long_text_without_a_name_is_read_to_its_end() -> None:
    assert find("市町村区都道府県郡" * 20_000) == []
