"""Web pages: the main content without navigation, as lines and tab rows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.extract import Extract
from ingest.readers import read

Reader = Callable[..., list[str]]
FRAME = "<!DOCTYPE html><html lang=ja><head><title>協約のページ</title></head><body>{}</body></html>"


@pytest.fixture
def page(tmp_path: Path) -> Reader:
    """Return a function that reads the body of a page."""

    def read_page(body: str, encoding: str = "utf-8") -> list[str]:
        path = tmp_path / "a.html"
        path.write_bytes(FRAME.format(body).encode(encoding))
        extract: Extract = read(path)
        return extract.text

    return read_page


def test_headings_blocks_and_breaks_are_lines(page: Reader) -> None:
    assert page("<h1>協約<br>本文</h1><div>一<br>二<p>三 <b>四</b>五</p>六</div><h3>節</h3>") == [
        "# 協約 本文",
        "一",
        "二",
        "三 四五",
        "六",
        "### 節",
    ]


def test_nested_lists_are_indented_by_two_spaces(page: Reader) -> None:
    lists = "<h1>t</h1><ul><li>一<ol><li>一の一</li><li><p>一の二</p></li></ol></li><li>二</li></ul>"
    assert page(lists)[1:] == ["- 一", "  - 一の一", "  - 一の二", "- 二"]


def test_merged_cells_have_their_words_in_the_first_place_only(page: Reader) -> None:
    table = (
        "<h1>t</h1><table><caption>別表</caption><tr><th rowspan=2>取組<th colspan=2>役割</tr><tr><th>甲<th>乙</tr>"
        "<tr><td>医療<br>連携<td><p>整備</p><p>協議</p><td rowspan=0>周知</tr><tr><td>福祉<td>支援</tr></table>"
    )
    assert page(table)[1:] == ["別表", "取組\t役割\t", "\t甲\t乙", "医療 連携\t整備 協議\t周知", "福祉\t支援\t"]


def test_two_tables_in_a_row_are_kept_apart(page: Reader) -> None:
    assert page("<h1>t</h1>" + "<table><tr><td>1<td>2</table>" * 2)[1:] == ["1\t2", "", "1\t2"]


def test_a_table_that_only_places_things_is_no_table(page: Reader) -> None:
    body = "<h1>t</h1><table><tr><td><p>前文</p><table><tr><td>1<td>2</table></table><table role=presentation><tr><td>a<td>b</table>"
    assert page(body)[1:] == ["前文", "1\t2", "a", "b"]


def test_definition_lists_are_rows_of_two_cells(page: Reader) -> None:
    body = "<h1>t</h1><dl><dt>期間</dt><dd>五年</dd><dd>更新あり</dd><dt>備考</dt><dt>甲</dt><dd>市</dd></dl>"
    assert page(body)[1:] == ["期間\t五年", "\t更新あり", "備考\t", "甲\t市"]


@pytest.mark.parametrize(
    "chrome",
    [
        "<nav>隠</nav>",
        "<header><h1>隠</h1></header>",
        "<footer>隠</footer>",
        '<div class="breadcrumb">隠</div>',
        '<ul id="global_nav"><li>隠</ul>',
        "<aside>隠</aside>",
        "<script>隠</script>",
        "<p hidden>隠</p>",
        '<p style="color:red;display : none">隠</p>',
        '<p aria-hidden="true">隠</p>',
        '<div role="search">隠</div>',
        "<noscript>隠</noscript>",
    ],
)
def test_navigation_and_hidden_parts_are_cut(chrome: str, page: Reader) -> None:
    assert page(f"{chrome}<h1>協約</h1><p>本文の一行</p>") == ["# 協約", "本文の一行"]


def test_a_wrapper_with_the_name_of_a_menu_is_kept_when_it_holds_the_page(page: Reader) -> None:
    assert page('<div id="main-menu"><h1>協約</h1><p>本文の一行</p></div>') == ["# 協約", "本文の一行"]


def test_the_main_content_is_chosen_and_the_title_kept(page: Reader) -> None:
    body = "<h1>協約</h1><p>案内</p><div id=honbun><p>本文の長い一行がここにある</p></div>"
    assert page(body) == ["# 協約", "本文の長い一行がここにある"]
    assert page("<main><p>本文だけ</p></main>")[0] == "# 協約のページ"


def test_whom_to_ask_does_not_look_like_a_department(page: Reader) -> None:
    asking = "<h2>このページに関するお問い合わせ</h2><h3>企画課</h3><table><tr><th>電話<td>0123</table><h2>資料</h2><p>続き</p>"
    assert page(f"<h1>協約</h1><p>本文</p>{asking}") == ["# 協約", "本文", "## 資料", "続き"]
    assert page("<h1>協約</h1><p>本文は長めに書く</p><dl class=contact><dt>課<dd>電話</dl>") == [
        "# 協約",
        "本文は長めに書く",
    ]


def test_a_page_of_an_ordinance_keeps_its_date_and_number(page: Reader) -> None:
    body = "<div class=reiki><p>○架空市の要綱</p><p>令和6年4月1日</p><p>告示第3号</p></div>"
    assert page(body)[1:] == ["○架空市の要綱", "令和6年4月1日", "告示第3号"]


def test_ruby_is_dropped_and_its_base_kept(page: Reader) -> None:
    assert page("<h1>t</h1><p><ruby>圏<rp>(</rp><rt>けん</rt><rp>)</rp></ruby>域</p>")[1:] == ["圏域"]


def test_preformatted_lines_stay_as_they_are(page: Reader) -> None:
    assert page("<h1>t</h1><pre>\n一  二\n 三\n</pre>")[1:] == ["一  二", " 三"]


def test_the_declared_encoding_is_used(page: Reader) -> None:
    assert page('<meta charset="Shift_JIS"><h1>ｶﾅ</h1>', "cp932") == ["# ｶﾅ"]
    assert page("<h1>架空市の協約を結ぶ</h1>", "euc_jp") == ["# 架空市の協約を結ぶ"]
