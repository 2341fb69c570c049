"""A small PDF writer for tests: Japanese text lines and ruled tables, no font embedded, every character mapped.

    table = Ruled([["取組", "甲"], [Cell("医療", rows=2), "1"], ["2"]], widths=[100, 200])
    write_pdf([Page([Text("見出し", size=14), table])])

Items without a place follow one another from the top of the page; ``y`` counts down from the top, in points.
In the rows of a table, places that a merged cell covers are left out, as in HTML.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

A4 = (595.0, 842.0)
LEADING = 1.4


@dataclass(frozen=True)
class Text:
    """A line of words; ``spacing`` is extra room after each character, ``vertical`` stacks the characters."""

    words: str
    x: float = 50
    y: float | None = None
    size: float = 10.5
    spacing: float = 0
    vertical: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell that covers several columns or rows."""

    words: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Ruled:
    """A ruled table; ``open_sides`` leaves out the left and right border."""

    rows: Sequence[Sequence[str | Cell]]
    widths: Sequence[float]
    x: float = 50
    y: float | None = None
    size: float = 9
    open_sides: bool = False


@dataclass(frozen=True)
class Picture:
    """A grey picture, as a scanner puts it on a page."""

    x: float = 0
    y: float = 0
    width: float = A4[0]
    height: float = A4[1]


@dataclass(frozen=True)
class Page:
    """A page of items; ``turned`` stores it upright and turns it when it is shown, ``in_form`` draws it in a form."""

    items: Sequence[Text | Ruled | Picture] = ()
    size: tuple[float, float] = A4
    turned: bool = False
    in_form: bool = False


def write_pdf(pages: Sequence[Page]) -> bytes:
    """Return the bytes of a PDF."""
    contents = [_Painter(page).paint() for page in pages]
    used = sorted({char for painter in contents for char in painter.used})
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", *_font(used), _PICTURE]
    first = len(objects) + 1
    kids = " ".join(f"{first + 3 * number} 0 R" for number in range(len(pages)))
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"
    for page, painter in zip(pages, contents, strict=True):
        objects += _page(page, "\n".join(painter.out), len(objects) + 1)
    return assemble(objects)


def _page(page: Page, content: str, number: int) -> list[str]:
    """Return a page, its content and its form; ``number`` is that of the first of the three objects."""
    width, height = page.size
    resources = "/Resources << /Font << /F 3 0 R >> /XObject << /P 7 0 R {} >> >>"
    box = f"/MediaBox [0 0 {height} {width}] /Rotate 90" if page.turned else f"/MediaBox [0 0 {width} {height}]"
    shown = "q 0.5 0 0 0.5 20 30 cm /X Do Q" if page.in_form else content
    form = (
        f"/Type /XObject /Subtype /Form /Matrix [2 0 0 2 -40 -60] /BBox [0 0 {width} {height}] {resources.format('')}"
    )
    return [
        f"<< /Type /Page /Parent 2 0 R {box} {resources.format(f'/X {number + 2} 0 R')} /Contents {number + 1} 0 R >>",
        _stream(f"0 1 -1 0 {height} 0 cm\n{shown}" if page.turned else shown),
        _stream(content if page.in_form else "", form),
    ]


def assemble(objects: Sequence[str], trailer: str = "/Root 1 0 R") -> bytes:
    """Put numbered objects (the first is 1) into a file with its cross-reference table."""
    parts = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
    parts += [f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1") for number, body in enumerate(objects, 1)]
    offsets = list(accumulate(map(len, parts)))
    entries = "".join(f"{offset:010} 00000 n \n" for offset in offsets[:-1])
    size = len(objects) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{entries}"
    end = f"trailer\n<< /Size {size} {trailer} >>\nstartxref\n{offsets[-1]}\n%%EOF\n"
    return b"".join([*parts, table.encode("latin-1"), end.encode("latin-1")])


def _stream(content: str, keys: str = "") -> str:
    return f"<< /Length {len(content)} {keys} >>\nstream\n{content}\nendstream"


_PICTURE = (
    "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\n"
    "stream\n\x80\nendstream"
)


def _font(used: Sequence[str]) -> list[str]:
    """Objects 3 to 6: a font whose codes are UTF-16 units, half-width widths, and the map back."""
    mapping = "\n".join(f"<{ord(char):04x}> <{ord(char):04x}>" for char in used)
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(used)} beginbfchar\n{mapping}\nendbfchar\nendcmap end end"
    )
    return [
        "<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiKakuGo-W5 /Encoding /Identity-H /DescendantFonts [4 0 R]"
        " /ToUnicode 6 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiKakuGo-W5 /FontDescriptor 5 0 R /DW 1000"
        " /W [32 126 500 65377 65439 500] /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        "<< /Type /FontDescriptor /FontName /HeiseiKakuGo-W5 /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
        " /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
        _stream(to_unicode),
    ]


def advance(char: str, size: float) -> float:
    """Return the width of a character in points."""
    return size / 2 if " " <= char <= "~" or "｡" <= char <= "ﾟ" else size


@dataclass
class _Painter:
    page: Page
    out: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    y: float = 50

    def paint(self) -> "_Painter":
        for item in self.page.items:
            top = item.y if item.y is not None else self.y
            if isinstance(item, Text):
                self.y = self._text(item, top) + item.size * (LEADING - 1)
            elif isinstance(item, Ruled):
                self.y = self._table(item, top) + item.size
            else:
                place = f"{item.width} 0 0 {item.height} {item.x} {self.page.size[1] - item.y - item.height}"
                self.out.append(f"q {place} cm /P Do Q")
        return self

    def _text(self, item: Text, top: float) -> float:
        if not item.vertical:
            self._words(item.words, item.x, top, item.size, item.spacing)
            return top + item.size
        for number, char in enumerate(item.words):
            self._words(char, item.x, top + number * (item.size + item.spacing), item.size)
        return top + len(item.words) * (item.size + item.spacing)

    def _words(self, words: str, x: float, top: float, size: float, spacing: float = 0) -> None:
        self.used |= set(words)
        baseline = self.page.size[1] - top - size * 0.88
        codes = "".join(f"{ord(char):04x}" for char in words)
        self.out.append(f"BT /F {size} Tf {spacing} Tc {x:.2f} {baseline:.2f} Td <{codes}> Tj ET")

    def _table(self, table: Ruled, top: float) -> float:
        xs = [table.x, *(table.x + width for width in accumulate(table.widths))]
        cells = list(_placed(table.rows))
        ys = [top, *(top + height for height in accumulate(_heights(table, cells)))]
        for row, column, cell in cells:
            x0, x1, y0, y1 = xs[column], xs[column + cell.columns], ys[row], ys[row + cell.rows]
            self._line(x0, y0, x1, y0)
            self._line(x0, y1, x1, y1)
            for x in (x0, x1):
                if not (table.open_sides and x in (xs[0], xs[-1])):
                    self._line(x, y0, x, y1)
            for number, words in enumerate(wrap(cell.words, x1 - x0 - 6, table.size)):
                self._words(words, x0 + 3, y0 + 3 + number * table.size * LEADING, table.size)
        return ys[-1]

    def _line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        height = self.page.size[1]
        self.out.append(f"0.5 w {x0:.2f} {height - y0:.2f} m {x1:.2f} {height - y1:.2f} l S")


def _placed(rows: Sequence[Sequence[str | Cell]]) -> Iterator[tuple[int, int, Cell]]:
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for given in cells:
            cell = given if isinstance(given, Cell) else Cell(given)
            while (row, column) in taken:
                column += 1
            taken |= {(row + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
            yield row, column, cell


def _heights(table: Ruled, cells: Sequence[tuple[int, int, Cell]]) -> list[float]:
    heights = [table.size * LEADING + 6] * len(table.rows)
    for row, column, cell in cells:
        width = sum(table.widths[column : column + cell.columns])
        need = len(wrap(cell.words, width - 6, table.size)) * table.size * LEADING + 6
        short = need - sum(heights[row : row + cell.rows])
        if short > 0:
            heights[row + cell.rows - 1] += short
    return heights


def wrap(words: str, width: float, size: float) -> list[str]:
    """Cut words into lines as wide as a cell; a line feed begins a new one."""
    lines = [""]
    for char in words:
        if char == "\n":
            lines.append("")
        elif lines[-1] and sum(advance(c, size) for c in lines[-1] + char) > width:
            lines.append(char)
        else:
            lines[-1] += char
    return lines
