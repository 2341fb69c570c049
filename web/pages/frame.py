"""What every template can say: words, links, dates, figures, and text that a document says itself."""

from collections.abc import Iterable
from typing import Any, cast
from urllib.parse import quote

from flask import Flask, Response, current_app, g, redirect, request, url_for
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict
from werkzeug.urls import uri_to_iri

from graph.identifiers import Identifiers, to_uri
from ingest.records import Source
from web.api.parameters import known_to
from web.i18n import LANGUAGES, catalogue
from web.pages.alternates import alternates
from web.pages.dates import both_years, fiscal_year, long_date
from web.reader import Opened
from web.settings import Settings

RATINGS = {"◎": "achieved", "○": "expected", "△": "doubtful", "×": "missed", "-": "none"}
"""The printed marks that the pages have a word and a colour for; others are shown as printed."""


MOST_CHOICES = 80
"""How many values a list to choose from shows; where there are more, a value is typed."""


def opened() -> Opened:
    """Return the state that this request reads."""
    return cast("Opened", g.opened)


def identifiers() -> Identifiers:
    """Return the maker of the IRIs of this library."""
    settings: Settings = current_app.extensions["renkei"]
    return Identifiers(opened().state.manifest.base or settings.base)


def language_of(path: str) -> str:
    """Return the language that an address asks for by its first part."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in LANGUAGES[1:] else LANGUAGES[0]


def language() -> str:
    """Return the language of this request."""
    return str(getattr(g, "language", LANGUAGES[0]))


def say(name: str, /, **places: object) -> str:
    """Return a word of the catalogue in the language of this request."""
    return catalogue(language()).say(name, **places)


def told(name: str, /, **places: object) -> Markup:
    """Return a word of the catalogue with its places filled by words that may be marked up (``own_words``)."""
    return Markup(say(name, **{key: v if isinstance(v, int) else escape(v) for key, v in places.items()}))  # noqa: S704


def link(endpoint: str, **values: Any) -> str:
    """Return the address of a page in the language of this request."""
    return url_for(f"{language()}.{endpoint}", **values)


def in_language(other: str) -> str:
    """Return the address of this page in another language."""
    path = request.path
    if language() != LANGUAGES[0]:
        path = path.removeprefix(f"/{language()}") or "/"
    query = request.query_string.decode()
    return f"{quote(in_tongue(path, other))}{'?' + query if query else ''}"


def in_tongue(path: str, tongue: str) -> str:
    """Return the address of a page, given without a language, in a language."""
    return path if tongue == LANGUAGES[0] else f"/{tongue}{path}"


def local(path: str) -> str:
    """Return the address of a page, given without a language, in the language of this request."""
    return to_uri(in_tongue(path, language()))


def to_page(path: str) -> Response:
    """Lead to a page, given without a language, in the language that the client would rather have."""
    tongue = request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0])
    response = cast("Response", redirect(to_uri(in_tongue(path, tongue)), 303))
    response.vary.update(("Accept", "Accept-Language"))
    return response


def changed(**values: object) -> str:
    """Return the address of this page with some parameters set anew; None takes one away."""
    args = MultiDict(request.args)
    for name, value in values.items():
        args.poplist(name)
        if value is not None:
            args.add(name, str(value))
    return _address(args)


def adding(name: str, value: str) -> str:
    """Return the address of this page with one more value of a parameter, at the first page of its list."""
    args = MultiDict(request.args)
    args.poplist("offset")
    args.add(name, value)
    return _address(args)


def without(name: str, value: str) -> str:
    """Return the address of this page without one value of a parameter, at the first page of its list."""
    pairs = [(k, v) for k, v in request.args.items(multi=True) if (k, v) != (name, value) and k != "offset"]
    return _address(MultiDict(pairs))


def data_address(endpoint: str, **values: Any) -> str:
    """Return the address of the rows of this page as data: the same choice, without its window and its layout."""
    args = request.args.to_dict(flat=False)
    handed_on = known_to(endpoint, args.keys() - {"limit", "offset"})
    kept: dict[str, Any] = {k: v for k, v in args.items() if k in handed_on and any(v)}
    return url_for(endpoint, **kept, **values)


def own_words(text: object) -> object:
    """Mark what a document says as Japanese where the page itself is in another language."""
    if text is None or text == "" or language() == LANGUAGES[0]:
        return text if text is not None else ""
    return Markup('<span lang="ja">{}</span>').format(text)


def figure(value: float | None) -> str:
    """Return a number with its thousands apart; an empty string for None."""
    return "" if value is None else f"{value:,}"


def anchor(source: Source) -> dict[str, Any]:
    """Return the parameters that lead a link to the lines of a record in the text of its document."""
    first, last = source.lines
    return {"lines": f"{first}-{last}", "_anchor": f"L{first}"}


def lines_of(source: Source) -> str:
    """Return the lines of a record in words."""
    words = span_of(source.lines)
    return f"{say('source.page', n=source.page)} {words}" if source.page else words


def span_of(lines: tuple[int, int]) -> str:
    """Return a first and last line in words."""
    first, last = lines
    return say("source.line", n=first) if first == last else say("source.lines", first=first, last=last)


def page_title(trail: Iterable[tuple[str, str | None]]) -> str:
    """Return the title of a page from its breadcrumb: page – section – site."""
    return " – ".join([*(label for label, _ in reversed(list(trail))), say("site.name")])


def known(name: str) -> bool:
    """Tell whether the catalogue has a word."""
    return catalogue(language()).knows(name)


def named(group: str, key: str) -> str:
    """Return the word of a printed or coded value (a kind, a type), or the value itself where there is none."""
    return say(f"{group}.{key}") if known(f"{group}.{key}") else key


def suggested_types() -> dict[str, str]:
    """Return the words for the types of what completion suggests."""
    return {
        name: say(f"type.{name}") for name in ("municipality", "department", "project", "area", "document", "facility")
    }


def furnish(app: Flask) -> None:
    """Give the templates of an application their words."""
    app.jinja_env.globals.update(
        t=say,
        alternates=alternates,
        told=told,
        link=link,
        in_language=in_language,
        changed=changed,
        adding=adding,
        without=without,
        language=language,
        languages=LANGUAGES,
        page_title=page_title,
        anchor=anchor,
        lines_of=lines_of,
        span_of=span_of,
        named=named,
        known=known,
        ratings=RATINGS,
        local=local,
        data_address=data_address,
        most_choices=MOST_CHOICES,
        suggested_types=suggested_types,
        data_version=lambda: opened().fingerprint,
        data_date=lambda: opened().published.date().isoformat(),
        shared_address=shared_address,
    )
    app.jinja_env.filters.update(
        own=own_words,
        figure=figure,
        iri=uri_to_iri,
        fy=lambda year: fiscal_year(year, language()),
        both_fy=lambda year: both_years(year, language()),
        day=lambda text: long_date(text, language()),
        municipality_name=_municipality_name,
        document_title=_document_title,
    )
    app.context_processor(lambda: {"directory": opened().directory} if "opened" in g else {})
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _municipality_name(key: str) -> str:
    return opened().directory.name(key)


def _document_title(document: str) -> str:
    return opened().directory.titles[document]


def shared_address() -> str:
    """Return the address of this page in full, by the base that the library was built for: never by the request."""
    return f"{opened().state.manifest.base}{_address(request.args)}"


def _address(args: MultiDict[str, str]) -> str:
    values: dict[str, Any] = {**(request.view_args or {}), **args.to_dict(flat=False)}
    return url_for(str(request.endpoint), **values)
