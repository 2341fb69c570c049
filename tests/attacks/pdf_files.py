"""Bad PDF files: cycles, bombs, locks, cuts."""

import zlib

from attacks import Attack
from pdf_writer import Page, Picture, Ruled, Text, assemble, write_pdf

_CATALOGUE = "<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R {} >>"


def good() -> bytes:
    """Return a PDF with a line and a table."""
    return write_pdf([Page([Text("よい文書"), Ruled([["取組", "甲"], ["医療", "整備"]], [80, 80])])])


def one_page(content: str, extra: str = "", *more: str, keys: str = "") -> bytes:
    """Return a PDF of one page with this content stream."""
    stream = f"<< /Length {len(content)} {keys} >>\nstream\n{content}\nendstream"
    return assemble([_CATALOGUE, _PAGES, _PAGE.format(extra), stream, *more])


def _flate_bomb() -> bytes:
    squeezer = zlib.compressobj(1)
    packed = b"".join([*(squeezer.compress(b" " * 1_000_000) for _ in range(300)), squeezer.flush()])
    return one_page(packed.decode("latin-1"), keys="/Filter /FlateDecode")


def _locked() -> bytes:
    lock = f"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{'ab' * 32}> /U <{'cd' * 32}> >>"
    page = _PAGE.format("")
    stream = "<< /Length 1 >>\nstream\n \nendstream"
    trailer = f"/Root 1 0 R /Encrypt 5 0 R /ID [<{'01' * 16}> <{'01' * 16}>]"
    return assemble([_CATALOGUE, _PAGES, page, stream, lock], trailer)


def _cyclic_pages() -> bytes:
    return assemble([_CATALOGUE, "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 >>", _PAGE.format(""), "<< >>"])


def _cyclic_form() -> bytes:
    form = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 5 >>"
    return one_page("/X Do", "/Resources << /XObject << /X 5 0 R >> >>", f"{form}\nstream\n/X Do\nendstream")


def _many_lines() -> bytes:
    return one_page("\n".join(f"{i % 200} 0 m {i % 200} {i % 199} l S" for i in range(150_000)))


def _scribble() -> bytes:
    return one_page(
        "\n".join(f"{i / 20:.2f} 0 m {i / 20:.2f} 190 l S 0 {i / 20:.2f} m 190 {i / 20:.2f} l S" for i in range(3900))
    )


def _scan() -> bytes:
    return write_pdf([Page([Picture()])])


def _beginning() -> bytes:
    return good()[:60]


def _no_pages() -> bytes:
    return assemble(["<< /Type /Catalog >>"])


def _unmapped() -> bytes:
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] >>"
    inner = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (A) /Ordering (B) /Supplement 0 >> >>"
    return one_page(
        "BT /F 9 Tf 9 9 Td <00410042004300440045> Tj ET", "/Resources << /Font << /F 5 0 R >> >>", font, inner
    )


ATTACKS = (
    Attack("flate-bomb.pdf", _flate_bomb, "UnreadableFile", "broke off"),
    Attack("locked.pdf", _locked, "UnreadableFile", "password"),
    Attack("cyclic-pages.pdf", _cyclic_pages, "Extract"),
    Attack("cyclic-form.pdf", _cyclic_form, "Extract", "文字情報がない"),
    Attack("many-lines.pdf", _many_lines, "Extract", "文字情報がない"),
    Attack("scribble.pdf", _scribble, "Extract", "文字情報がない"),
    Attack("many-pages.pdf", lambda: write_pdf([Page()] * 3_001), "RefusedFile", "pages"),
    Attack("deep-array.pdf", lambda: one_page("", "/Annots " + "[" * 100_000), "Extract", "文字情報がない"),
    Attack("unmapped.pdf", _unmapped, "Extract", "文字情報がない"),
    Attack("scan.pdf", _scan, "Extract", "文字情報がない"),
    Attack("cut.pdf", lambda: good()[:-300], "UnreadableFile", "damaged"),
    Attack("cut-end.pdf", lambda: good()[:-6], "Extract", "途中で切れている"),
    Attack("beginning.pdf", _beginning, "UnreadableFile", "damaged"),
    Attack("no-pages.pdf", _no_pages, "UnreadableFile"),
    Attack("text.pdf", "ただの文".encode, "UnreadableFile", "plain text"),
    Attack("page.pdf", lambda: b"<!DOCTYPE html><html><body>x</body></html>", "UnreadableFile", "an HTML page"),
    Attack("picture.pdf", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "UnreadableFile", "a PNG picture"),
)
