"""Text files: encodings, lines that agree with an editor, pages, pipe tables, CSV."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.extract import Extract
from ingest.readers import Limits, read
from ingest.readers.encodings import decode, score

SENTENCE = "圏域の市と町は、①救急の体制を整え、バス路線を守る取組を続ける。\n予算は1,200千円。"
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jis_2004", "iso2022_jp_3")


def read_bytes(folder: Path, data: bytes, name: str = "a.txt") -> Extract:
    path = folder / name
    path.write_bytes(data)
    return read(path)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_usual_encoding_is_told_by_the_text_alone(encoding: str, tmp_path: Path) -> None:
    assert read_bytes(tmp_path, SENTENCE.encode(encoding)).text == SENTENCE.split("\n")


def test_iso_2022_jp_with_half_width_katakana_is_read() -> None:
    assert (
        decode(b"\x1b$B" + "表".encode("euc_jp").translate(bytes(b & 0x7F for b in range(256))) + b"\x1b(I6E\x1b(B a")
        == "表ｶﾅ a"
    )


@given(
    st.lists(
        st.sampled_from(["地域の医療", "ひらがな", "カタカナ", "（案）", "、", "令和６年度", "abc ", "\n"]), min_size=4
    )
)
def test_shift_jis_and_euc_are_never_taken_for_one_another(words: list[str]) -> None:
    text = "協約は" + "".join(words)
    assert decode(text.encode("cp932")) == text
    assert decode(text.encode("euc_jp")) == text


def test_running_japanese_scores_above_what_a_wrong_guess_makes_of_it() -> None:
    assert score(SENTENCE) > 2 * max(score(SENTENCE.encode("utf-8").decode("cp932", "ignore")), 0.5)


def test_a_declared_encoding_wins_where_it_decodes() -> None:
    assert decode("ｶﾅ".encode("cp932"), "Shift_JIS") == "ｶﾅ"


def test_a_text_in_no_japanese_encoding_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="save it as UTF-8"):
        read_bytes(tmp_path, "naïve café à côté".encode("latin-1"))


def test_a_single_wrong_byte_is_noticed_with_its_line_and_the_rest_is_read(tmp_path: Path) -> None:
    data = ("協約の条文\n" * 300).encode()
    extract = read_bytes(tmp_path, data[:160] + b"\xff" + data[160:])
    assert len(extract.lines) == 300
    assert [(notice.kind, notice.where, notice.lines) for notice in extract.notices] == [
        ("unreadable", "11行", (11, 11))
    ]
    assert extract.text[10].count("\ufffd") == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_numbers_are_those_of_an_editor_whatever_ends_the_lines(end: str, tmp_path: Path) -> None:
    extract = read_bytes(tmp_path, end.join(["一", "", "\t表", "終"]).encode() + end.encode())
    assert [(line.number, line.text) for line in extract.lines] == [(1, "一"), (2, ""), (3, "\t表"), (4, "終")]
    assert extract.pages is None


def test_a_form_feed_begins_a_page_and_adds_no_line(tmp_path: Path) -> None:
    extract = read_bytes(tmp_path, "表紙\n\f本文\n中\f次の頁\n\f".encode())
    assert [(line.page, line.text) for line in extract.lines] == [(1, "表紙"), (2, "本文"), (2, "中 次の頁"), (3, "")]


def test_a_row_of_a_pipe_table_becomes_a_tab_row_in_its_place(tmp_path: Path) -> None:
    extract = read_bytes(
        tmp_path, "| 取組 | 甲\\|乙 | |\n|---|:-:|---|\n| 医療 | 整備 | 済 |\na | b\n".encode(), "a.md"
    )
    assert extract.text == ["取組\t甲|乙\t", "", "医療\t整備\t済", "a | b"]
    assert extract.media_type == "text/markdown"


def test_csv_rows_become_tab_rows_with_line_breaks_as_spaces(tmp_path: Path) -> None:
    extract = read_bytes(tmp_path, '取組,内容\r\n医療,"整備、\n協議 ""甲"""\r\n'.encode("cp932"), "a.csv")
    assert extract.text == ["取組\t内容", '医療\t整備、 協議 "甲"']


def test_tsv_and_tabbed_csv_are_cut_at_tabs(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "一\t二\n".encode(), "a.tsv").text == ["一\t二"]
    assert read_bytes(tmp_path, "一\t二\n".encode(), "a.csv").text == ["一\t二"]


def test_control_characters_go_and_separators_become_spaces(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "一\x07二\x0b三\u2028四\n五".encode()).text == ["一二 三 四", "五"]


def test_the_name_that_people_know_gives_suffix_and_words_of_errors(tmp_path: Path) -> None:
    (tmp_path / "0001").write_bytes(b"a,b\n")
    assert read(tmp_path / "0001", name="bundle.zip/budget.csv").text == ["a\tb"]
    (tmp_path / "0002").write_bytes(b"")
    with pytest.raises(UnreadableFile, match=r"^bundle.zip/empty.txt: cannot be read \(it is empty\)"):
        read(tmp_path / "0002", name="bundle.zip/empty.txt")


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters="|"), min_size=0), min_size=1
    )
)
def test_the_lines_of_a_utf8_text_come_out_as_they_are(lines: list[str]) -> None:
    data = "\n".join(lines).encode()
    text = decode(data)
    assert text is not None
    assert text.removeprefix("\ufeff").split("\n") == "\n".join(lines).removeprefix("\ufeff").split("\n")


def test_the_limit_of_characters_holds_for_the_whole_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("あ" * 101, "utf-8")
    with pytest.raises(Exception, match="more than 100 characters of text"):
        read(path, limits=Limits(text_chars=100))
