"""A Word file and printed PDFs as samples, made anew for each run.

What they hold was invented for these tests; ``PAPERS`` names the files and the functions that make them.
"""

import io
from collections.abc import Callable, Mapping, Sequence

import docx

from pdf_writer import Cell, Page, Ruled, Text, write_pdf


def three_parties() -> bytes:
    """Return a Word agreement of three parties with an annex table."""
    document = docx.Document()
    document.add_heading("中海・日野川定住自立圏形成協定書", 0)
    for words in (
        "米子市（以下「甲」という。）、境港市（以下「乙」という。）及び日吉津村（以下「丙」という。）は、次の協定を結ぶ。",
        "（目的）",
        "第1条　この協定は、中心市宣言を行った甲と、その趣旨に賛同した乙及び丙が、互いの役割を定めることを目的とする。",
        "（取組の内容及び役割）",
        "第2条　甲、乙及び丙が連携する取組の内容及び役割は、別表のとおりとする。",
        "令和4年10月14日",
        "甲　鳥取県米子市加茂町一丁目1番地",
        "米子市長　伊木 太郎",
        "乙　鳥取県境港市上道町3000番地",
        "境港市長　伊達 次郎",
        "丙　鳥取県西伯郡日吉津村大字日吉津872番地15",
        "日吉津村長　中田 三郎",
        "別表（第2条関係）",
    ):
        document.add_paragraph(words)
    care = "相談の窓口を設け、送迎を行う。"
    rows = [
        ["分野", "取組", "取組の内容", "甲の役割", "乙及び丙の役割"],
        [
            "福祉",
            "児童発達支援",
            "療育の相談を三つの市村で受け、専門の施設につなぐ。",
            "施設を置き、専門職を配置する。",
            care,
        ],
        ["", "成年後見の中核機関", "後見人を探す人を支える。", "中核機関を運営する。", "運営の費用を分担する。"],
        [
            "産業振興",
            "弓浜絣の継承",
            "綿の栽培から織りまでを学ぶ研修の場を設ける。",
            "研修の場を貸す。",
            "研修生を募る。",
        ],
    ]
    table = document.add_table(len(rows), 5, style="Table Grid")
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, words in zip(cells.cells, row, strict=True):
            if words:
                cell.text = words
    table.cell(1, 0).merge(table.cell(2, 0))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _printed_form(
    field: str, number: str, names: Sequence[str], texts: Sequence[str], lower: Sequence[Sequence[str]]
) -> Page:
    rows: list[list[str | Cell]] = [
        ["役割", Cell("1 圏域全体の経済成長のけん引", columns=4)],
        ["連携分野", Cell(field, columns=4)],
        ["No", number, "連携事業名", Cell(names[0], columns=2)],
        ["－", "", "連携項目", Cell(names[1], columns=2)],
        ["事業概要", Cell(texts[0], columns=4)],
        ["事業の目的と効果", Cell(texts[1], columns=4)],
        [Cell("役割分担", rows=2), "佐世保市", Cell(texts[2], columns=3)],
        ["平戸市", Cell(texts[3], columns=3)],
        [Cell("スケジュール", rows=len(lower)), "具体的項目", "2023年度", "2024年度", "2025年度"],
        *(list(row) for row in lower[:-1]),
        [Cell("事業費見込額（千円）", columns=2), *lower[-1]],
        ["連携担当部署", "佐世保市", texts[4], "平戸市", texts[5]],
    ]
    title = Text("佐世保市・平戸市連携推進計画　事業調書（個票）", size=12)
    return Page([title, Ruled(rows, widths=[80, 90, 110, 100, 110]), Text(f"- {number} -", x=290, y=800)])


def sheets() -> bytes:
    """Return a printed plan with one form a page."""
    first = _printed_form(
        "a 観光",
        "1",
        ["島めぐり観光の推進", "九十九島と平戸を結ぶ旅の商品づくり"],
        [
            "船と鉄道を乗り継ぐ二泊三日の旅を企画し、旅行会社に提案する。",
            "泊まる人を増やし、地元での買い物を増やす。",
            "船会社と調整し、商品を企画する。",
            "教会と城下町の案内人を手配する。",
            "観光商工部 観光課",
            "文化観光商工部 観光課",
        ],
        [["商品の企画", "→", "", ""], ["商品の販売", "", "→", "→"], ["800", "1,500", "－"]],
    )
    second = _printed_form(
        "b 水産",
        "2",
        ["水産物の魅力向上", "あごだしの共同宣伝"],
        [
            "秋のあご漁に合わせて、両市の直売所で同じ催しを開く。",
            "地元の味を旅行者にも知ってもらう。",
            "催しの会場を用意する。",
            "漁の時期を見て日程を決める。",
            "農林水産部 水産課",
            "農林水産部 水産課",
        ],
        [["催しの開催", "→", "→", "→"], ["0", "300", "300"]],
    )
    return write_pdf([first, second])


def annex_cut() -> bytes:
    """Return a printed agreement whose annex is cut by the page, its heading repeated."""
    lines = [
        "山形市（以下「甲」という。）及び天童市（以下「乙」という。）は、地方自治法第252条の2第",
        "1項により、次の連携協約を結ぶ。",
        "（目的）",
        "第1条　この協約は、甲及び乙が連携して住みよい圏域をつくることを目的とする。",
        "（取組）",
        "第2条　甲及び乙が連携する取組は、別表のとおりとする。",
        "令和3年2月19日",
        "甲　山形市旅篭町二丁目3番25号",
        "山形市長　佐藤一郎",
        "乙　天童市老野森一丁目1番1号",
        "天童市長　山本二郎",
        "別表（第2条関係）",
        "(1) 生活機能の強化",
    ]
    heading = ["取組", "内容", "甲の役割", "乙の役割"]
    widths = [80, 150, 135, 135]
    upper = [
        heading,
        ["休日診療所", "休日に小児科の診療を行う。", "診療所を運営する。", "医師会に協力を求める。"],
        [
            "将棋の里の交流",
            "将棋駒の職人が小学校を訪ね、駒づくりを教えると",
            "会場を提供し、市内の小学校に",
            "職人を派遣し、大会の審判を務め",
        ],
    ]
    lower = [
        heading,
        ["", "ともに、両市の児童が対局する大会を開く。", "参加を呼びかける。", "る人を集める。"],
        ["さくらんぼの防霜", "霜の予報を農家に知らせる。", "観測機器を設置する。", "通知の仕組みを運用する。"],
    ]
    title = Text("山形市及び天童市における連携中枢都市圏形成に係る連携協約", size=13)
    first = Page([title, *map(Text, lines), Ruled(upper, widths), Text("- 1 -", x=290, y=800)])
    second = Page([Ruled(lower, widths), Text("- 2 -", x=290, y=800)])
    return write_pdf([first, second])


PAPERS: Mapping[str, Callable[[], bytes]] = {
    "three-parties.docx": three_parties,
    "sheets.pdf": sheets,
    "annex-cut.pdf": annex_cut,
}
