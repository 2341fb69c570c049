"""Workbooks as samples, made anew for each run: a list of results, forms (個票), figures by year.

What they hold was invented for these tests; ``WORKBOOKS`` names the files and the functions that make them.
"""

import io
from collections.abc import Callable, Mapping, Sequence

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

Row = Sequence[str | int | float | None]


def _fill(sheet: Worksheet, rows: Sequence[Row], merged: str = "", formats: Mapping[str, str] | None = None) -> None:
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(number, column, value)
    for area in merged.split():
        sheet.merge_cells(area)
    for place, words in (formats or {}).items():
        sheet[place].number_format = words


def _saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def yearly_status_list() -> bytes:
    """Return a list with the area merged over rows and two heading rows."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "R4実績"
    first = ["政策の柱", "番号", "連携事業名", "事業概要", "評価指標", None, None, None, "評価", "担当課", None]
    second = [None, None, None, None, "指標名", "基準値", "目標値", "実績値", None, "帯広市", "音更町"]
    checks = "住む町を問わず、空いている会場で検診を受けられるようにする。"
    people = ["予約の利用者数", 820, 1500, 1234, "○"]
    told = ["知らせの登録者数", "－", 3000, 3410, "◎"]
    buses = "利用の少ない路線を、予約のあるときだけ走らせる。"
    riders = ["一便当たりの乗客", "1.8人", "3.0人", "2.2人", "△", "都市環境部 都市政策課", "企画部 企画課"]
    bears = "人里に出たヒグマの場所を、住民の電話に知らせる。"
    _fill(
        sheet,
        [
            ["十勝定住自立圏　連携事業実施状況（令和4年度）"],
            ["＜凡例＞　◎：達成　○：おおむね達成　△：未達成　－：評価できない"],
            [],
            first,
            second,
            ["1 生活機能の強化", None, "【基本KPI】", None, "圏域の健康寿命", 78.9, 80, 79.4, "－"],
            [None, 1, "検診の予約の一本化", checks, *people, "市民福祉部 健康推進課", "保健福祉部 保健課"],
            [None, None, None, None, "検診の受診率", "－", 0.9, 0.851, "△"],
            [None, 2, "ヒグマの出没の知らせ", bears, *told, "市民福祉部 環境室 環境課", "町民生活部 環境生活課"],
            ["2 結びつきやネットワークの強化", 3, "農村バスの予約運行", buses, *riders],
        ],
        "A1:K1 A2:K2 A4:A5 B4:B5 C4:C5 D4:D5 E4:H4 I4:I5 J4:K4 A6:A9 B7:B8 C7:C8 D7:D8 J7:J8 K7:K8",
        {"F6": '0.0"歳"', "G6": '0"歳"', "H6": '0.0"歳"', "G8": "0.0%", "H8": "0.0%"}
        | dict.fromkeys(("F7", "G7", "H7", "G9", "H9"), '#,##0"人"'),
    )
    return _saved(book)


_FORM_MERGED = "A1:E1 B2:E2 B3:E3 D4:E4 D5:E5 B6:E6 B7:E7 A8:A9 C8:E8 C9:E9 B10:E10 A11:A13"


def _form(sheet: Worksheet, area: str, number: Sequence[str | int], names: Sequence[str], texts: Sequence[str]) -> None:
    """Fill a sheet with a form: overview, purpose, two roles, cost sharing, two departments are the texts."""
    rows: list[Row] = [
        ["鹿児島市・姶良市連携計画　事業調書（個票）"],
        ["役割", "3 圏域全体の生活関連機能サービスの向上"],
        ["連携分野", area],
        ["No", number[0], "連携事業名", names[0]],
        [number[1], None, "連携項目", names[1]],
        ["事業概要", texts[0]],
        ["事業の目的と効果", texts[1]],
        ["役割分担", "鹿児島市", texts[2]],
        [None, "姶良市", texts[3]],
        ["費用負担の考え方", texts[4]],
        ["スケジュール", "具体的項目", "令和4年度", "令和5年度", "令和6年度"],
        [None, "貸し借りの手順の作成", "○", "○", None],
        [None, "合同訓練", None, "○", "○"],
        ["事業費見込額（千円）", None, 0, 1200, "－"],
        ["連携担当部署", "鹿児島市", texts[5], "姶良市", texts[6]],
    ]
    _fill(sheet, rows, _FORM_MERGED, {"D14": "#,##0"})


def sheets_workbook() -> bytes:
    """Return a workbook with one form a sheet, and a hidden one."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = "1"
    for title in ("2-①", "作業用"):
        book.create_sheet(title)
    ash, children, hidden = book.worksheets
    names = ["桜島の火山防災", "降灰に備えた道路清掃車の貸し借り"]
    texts = ["大量の降灰があったとき、清掃車と運転手を互いに貸し出す。", "幹線道路を一日以内に通れるようにする。"]
    texts += ["清掃車の手配を取りまとめる。", "集積場を用意する。", "清掃車を借りた市が燃料代を負担する。"]
    _form(ash, "a 災害対策", [1, "－"], names, [*texts, "建設局 道路部 道路維持課", "建設部 土木課"])
    names = ["子育て世代の交流", "親子ひろばの相互利用"]
    texts = ["市境の近くに住む親子が、どちらのひろばにも通えるようにする。", "近くで相談できる人を増やす。"]
    texts += ["ひろばの予定表を作る。", "利用の手引を配る。", "それぞれの市が自らの費用を負担する。"]
    _form(children, "b 子育て", [2, "①"], names, [*texts, "こども未来局 こども福祉課", "保健福祉部 子どもみらい課"])
    names = ["検討中", "公表しない検討中の取組"]
    _form(hidden, "c 未定", [9, "－"], names, ["調整を続ける。", "", "", "", "", "総務局 総務課", "総務部 総務課"])
    hidden.sheet_state = "hidden"
    return _saved(book)


def statistics_years() -> bytes:
    """Return two sheets of figures with a column a year."""
    book = openpyxl.Workbook()
    people = book.worksheets[0]
    people.title = "人口"
    rows: list[Row] = [
        ["国勢調査人口（単位：人）"],
        [],
        ["市町村", "平成22年", "平成27年", "令和2年"],
        ["北上市", 93138, 93511, 93045],
        ["花巻市", 101438, 97702, 93193],
        ["西和賀町", 6602, 5880, 5134],
        ["合計", 201178, 197093, 191372],
        ["資料：総務省「国勢調査」"],
    ]
    _fill(people, rows, "A1:D1", {f"{c}{r}": "#,##0" for c in "BCD" for r in range(4, 8)})
    figures = book.create_sheet("指標")
    rows = [
        ["広域連携に関する指標の推移"],
        [],
        ["指標", "単位", "R1年度", "R2年度", "R3年度"],
        ["観光入込客数", "千人", 2410, 1124, 1386],
        ["ごみの再生利用率", "％", 17.9, 17.4, 17.1],
    ]
    _fill(figures, rows, "A1:E1", {f"{c}4": "#,##0" for c in "CDE"})
    return _saved(book)


def numbered_sheets() -> bytes:
    """Return a 体系図 and four forms, a sheet each, whose names differ by their numbers alone."""
    book = openpyxl.Workbook()
    scheme = book.worksheets[0]
    scheme.title = "体系図"
    works = [
        ("生活機能の強化", "医療", "夜間の診療", ("実施", "実施", "拡充"), (12500, 12800, 13000)),
        ("生活機能の強化", "教育", "図書館の相互利用", ("検討", "実施", "実施"), (450, 450, 450)),
        (
            "結びつきやネットワークの強化",
            "地域公共交通",
            "バス路線の維持",
            ("実施", "実施", "実施"),
            (28000, 28500, 29000),
        ),
        ("圏域マネジメント能力の強化", "人材の育成", "職員の研修", ("検討", "実施", "実施"), (0, 100, 100)),
    ]
    listed = [(area, field, n, name) for n, (area, field, name, _, _) in enumerate(works, 1)]
    _fill(scheme, [["八代市・氷川町定住自立圏共生ビジョン 個票"], ["政策分野", "分野", "番号", "取組名"], *listed])
    for n, (area, field, name, marks, costs) in enumerate(works, 1):
        rows: list[Row] = [
            ["政策分野", area, None, "分野", field],
            ["No.", n, None, "取組の名称", name],
            ["取組内容", f"{name}を共に進める。"],
            ["期待される効果", f"{name}で暮らしやすくなる。"],
            ["スケジュール", None, "R6", "R7", "R8"],
            [f"{name}の運営", None, *marks],
            ["事業費（千円）", None, "R6年度", "R7年度", "R8年度"],
            ["八代市", None, *costs],
            ["担当部署", "八代市", "企画課"],
            [None, "氷川町", "総務課"],
        ]
        _fill(book.create_sheet(f"個票{n}"), rows)
    return _saved(book)


WORKBOOKS: Mapping[str, Callable[[], bytes]] = {
    "yearly-status-list.xlsx": yearly_status_list,
    "sheets-workbook.xlsx": sheets_workbook,
    "statistics-years.xlsx": statistics_years,
    "numbered-sheets.xlsx": numbered_sheets,
}
