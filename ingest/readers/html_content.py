"""What of a web page is content: the main part without menus, hidden parts, ruby and the block of whom to ask.

Municipal sites mark these by element, by role, or by the words in ``id`` and ``class``.
"""

import re

from lxml import html

from ingest.readers.grid import cell_text

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset({
    *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl"),
    *("dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li"),
    *("main", "menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead"),
    *("tr", "ul", *_HEADINGS),
})  # fmt: skip
"""Elements that begin a new line."""

_CUT = frozenset({
    *("aside", "audio", "button", "canvas", "dialog", "embed", "head", "iframe", "input", "map", "nav", "noscript"),
    *("object", "rp", "rt", "rtc", "script", "select", "style", "svg", "template", "textarea", "video"),
})  # fmt: skip
_CUT_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "toolbar"})
_CUT_NAMES = re.compile(
    r"(?:breadcrumbs?|pankuzu|topic-?path|(?:g|l|global|local|side|sub|foot|footer|head|header|main|page|breadcrumb)?-?"
    r"(?:nav|navi|navigation|menu)|side-?bar|side|footer|header|sns|share|social|page-?top|to-?top|skip(?:-?link)?|"
    r"search(?:-?box|-?form)?|tool-?bar|print|language|lang|font-?size|contact|inquiry|o?toiawase|questionnaire|enquete)"
    r"(?:-?(?:area|block|box|wrap|wrapper|inner|list|links?|section|contents?))?[0-9]*"
)
_MAIN_NAMES = ("honbun", "main-contents", "main-content", "maincontents", "maincontent", "main", "contents", "content")
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_ASKING = re.compile(
    r"(?:この.{1,12}に関する)?(?:お?問い?合わ?せ|連絡)先?(?:は)?(?:こちら)?[:：]?|(?:このページ(?:に関する|の))?アンケート|"
    r"(?:この(?:ページ|情報|記事)|お求めの情報).{0,14}(?:役に立ち|参考になり|見つけやす|分かりやす|十分).{0,12}"
)


def title(page: html.HtmlElement) -> str:
    """Return the first ``h1`` of the page outside of what is cut, else its ``title``."""
    first = next((words(heading) for heading in page.iter("h1") if not _in_banner(heading) and words(heading)), "")
    return first or next((words(element) for element in page.iter("title")), "")


def main_content(page: html.HtmlElement) -> html.HtmlElement:
    """Return the element that holds the content, after everything else in the page was taken out of the tree."""
    body = next(page.iter("body"), page)
    whole = _length(body)
    for element in list(body.iter()):
        if element is not body and element.getparent() is not None and _is_cut(element, whole):
            element.drop_tree()
    for heading in list(body.iter(*_HEADINGS)):
        _drop_asking(heading)
    whole = _length(body)
    return next((element for element in _candidates(body) if _length(element) >= 0.4 * whole), body)


def is_layout(table: html.HtmlElement, rows: list[html.HtmlElement]) -> bool:
    """Tell whether a table only places things: it says so, is one cell, or is a few cells around other tables."""
    cells = [cell for row in rows for cell in row.iterchildren("td", "th")]
    around = sum(1 for _ in table.iter("table")) > 1
    return table.get("role") in ("presentation", "none") or len(cells) <= 1 or (around and len(cells) <= 4)


def words(element: html.HtmlElement) -> str:
    """Return the words of an element on one line; breaks and blocks inside it are one space."""
    parts: list[str] = []
    _gather(element, parts)
    return cell_text("".join(parts))


def _gather(element: html.HtmlElement, parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        space = " " if child.tag in BLOCKS else ""
        parts.append(space)
        _gather(child, parts)
        parts += (space, child.tail or "")


def _is_cut(element: html.HtmlElement, whole: int) -> bool:
    if element.tag in _CUT or _is_hidden(element) or element.get("role") in _CUT_ROLES:
        return True
    if element.tag in ("header", "footer"):
        return _in_banner(element)
    # A site may call the whole page "main-menu-wrap": what holds most of the words is no menu.
    return any(map(_CUT_NAMES.fullmatch, _names(element))) and _length(element) < 0.5 * whole


def _is_hidden(element: html.HtmlElement) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN_STYLE.search(element.get("style") or ""))


def _in_banner(element: html.HtmlElement) -> bool:
    """Tell whether an element is, or is in, a header or footer of the page (not of an article)."""
    for one in (element, *element.iterancestors()):
        if one.tag in ("main", "article", "section"):
            return False
        if one.tag in ("header", "footer"):
            return True
    return False


def _drop_asking(heading: html.HtmlElement) -> None:
    """Drop the block of whom to ask, or what readers think of the page: its departments are those of the page, not of a project."""
    if not _ASKING.fullmatch(words(heading).replace(" ", "")):
        return
    first = heading
    while (parent := first.getparent()) is not None and parent.tag == "div" and len(parent) == 1:
        first = parent
    for following in list(first.itersiblings()):
        if any(inner.tag <= heading.tag for inner in following.iter(*_HEADINGS)):
            break
        following.drop_tree()
    first.drop_tree()


def _candidates(body: html.HtmlElement) -> list[html.HtmlElement]:
    found = [*body.iter("main"), *(e for e in body.iter() if e.get("role") == "main")]
    for name in _MAIN_NAMES:
        found += [e for e in body.iter() if name in _names(e)]
    return found


def _names(element: html.HtmlElement) -> list[str]:
    """Return the words of ``id`` and ``class`` in one spelling."""
    return f"{element.get('id') or ''} {element.get('class') or ''}".lower().replace("_", "-").split()


def _length(element: html.HtmlElement) -> int:
    return sum(len(text.strip()) for text in element.itertext())
