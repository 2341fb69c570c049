"""Looks at the text of a query before anything parses it, and refuses what must not run.

The engine's parser is a recursive one: deep nesting or long chains end the whole process, and ``SERVICE`` connects to
any server. It also needs no space behind a keyword (``SERVICEex:p {}`` runs), and reads ``<`` as a sign or as the
beginning of an IRI as the place demands. So words are looked for in both readings: what looks like an IRI but could
be an expression is searched too. Limits are a quarter or less of what was seen to end a process with 8 MB of stack.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from graph.errors import GraphRefused, QueryInvalid, QueryTooLarge, ServiceRefused, UpdateRefused
from graph.namespaces import PREFIXES

LONGEST = 64 * 1024
"""Bytes of a query's text."""
DEEPEST = 100
"""Brackets and negations inside one another."""
MOST_PARTS = 1000
"""Operators, separators and clauses: each makes the tree that the engine works on one level deeper."""

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
_CLAUSES = {"UNION", "OPTIONAL", "MINUS", "BIND", "FILTER", "VALUES", "EXISTS", "GRAPH", "AS", "IN", "IF"}
_OPENING, _CLOSING = {"{", "(", "["}, {"}", ")", "]"}
_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n\r]*)
    |(?P<string>'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}|"{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3}
        |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<variable>[?$][\w\u00b7]+)
    |(?P<blank>_:[\w\u00b7-]+)
    |(?P<language>@[A-Za-z][A-Za-z0-9-]*)
    |(?P<name>(?:[^\W\d_](?:[\w\u00b7-]|\.(?=[\w.\u00b7:-]))*)?:
        (?:[\w:\u00b7-]|\.(?=[\w.:\u00b7%\\-])|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?\#@%-])*)
    |(?P<number>\d+\.\d*[eE][+-]?\d+|\d*\.\d+(?:[eE][+-]?\d+)?|\d+(?:[eE][+-]?\d+)?)
    |(?P<word>[^\W\d]\w*)
    |(?P<sign>&&|\|\||\^\^|<=|>=|!=|[{}()\[\],;.*/|^+\-=<>!?&])
    """,
    re.VERBOSE | re.DOTALL,
)
_FIXED = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://[^<>]*>")
"""An IRI that cannot be an expression: no expression goes on with ``//`` behind a prefix."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a query: what kind it is, its text, and where it begins."""

    kind: str
    text: str
    at: int


def check(text: str, graphs: Collection[str] | None = None, base: str = "") -> str:
    """Return the form of a query (SELECT, ASK, CONSTRUCT, DESCRIBE); raises a ``QueryRefused`` for what is not run.

    ``graphs`` are the graphs that FROM may name, None leaves FROM unchecked; relative IRIs are relative to ``base``.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > LONGEST:
        raise QueryTooLarge("bytes", size, LONGEST)
    tokens = list(_tokens(text))
    _refuse_services(tokens)
    _refuse_size(tokens, text)
    form = _form(tokens)
    if graphs is not None:
        _refuse_graphs(tokens, graphs, base)
    return form


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            line = text.count("\n", 0, at) + 1
            raise QueryInvalid(f"{text[at : at + 12]!r} in line {line} is no part of SPARQL")
        kind = match.lastgroup or ""
        if kind == "iri" and not _FIXED.fullmatch(match[0]):
            if "'" in match[0]:
                raise QueryInvalid(f"{match[0]} holds a quotation mark; write it as %27")
            kind = "doubtful"
        if kind != "space":
            yield Token(kind, match[0], at)
        at = match.end()


def _refuse_services(tokens: list[Token]) -> None:
    before = ""
    for place, token in enumerate(tokens):
        after = tokens[place + 1].text if place + 1 < len(tokens) else ""
        text = token.text.upper()
        hidden = token.kind == "name" and after == "{" and before not in {"GRAPH", "FROM", "NAMED"}
        if "SERVICE" in text.partition(":")[0] and (token.kind == "word" or hidden):
            raise ServiceRefused
        if token.kind == "doubtful" and re.search(r"(?<![\w/.-])SERVICE", text[1:]):
            raise ServiceRefused
        before = text


def _refuse_size(tokens: list[Token], text: str) -> None:
    """Measure depth and parts; behind what could be a comment, closing brackets of the line do not count."""
    depth = deepest = parts = negations = comment_end = 0
    for token in tokens:
        sign = token.text if token.kind == "sign" else ""
        negations = negations + 1 if sign == "!" else 0
        if token.kind == "doubtful":
            depth += len(re.findall(r"[(!]", token.text))
            parts += len(re.findall(r"[-+*/|&=!,;.^]", token.text))
            comment_end = _line_end(text, token.at) if "#" in token.text else comment_end
        elif sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth -= depth > 0 and token.at >= comment_end
        else:
            parts += bool(sign) or (token.kind == "word" and token.text.upper() in _CLAUSES)
        deepest = max(deepest, depth + negations)
    if deepest > DEEPEST:
        raise QueryTooLarge("brackets inside one another", deepest, DEEPEST)
    if parts > MOST_PARTS:
        raise QueryTooLarge("operators and clauses", parts, MOST_PARTS)


def _line_end(text: str, at: int) -> int:
    match = re.compile(r"[\n\r]|$").search(text, at)
    return match.start() if match else len(text)


def _form(tokens: list[Token]) -> str:
    words = [token.text.upper() for token in tokens if token.kind == "word"]
    first = next((word for word in words if word not in {"PREFIX", "BASE", "VERSION"}), "")
    if first in _UPDATES:
        raise UpdateRefused(first)
    form = next((form for form in _FORMS if first.startswith(form)), None)
    if not form:
        raise QueryInvalid(f"it begins with {first or 'nothing'}, not with SELECT, ASK, CONSTRUCT or DESCRIBE")
    return form


def _refuse_graphs(tokens: list[Token], graphs: Collection[str], base: str) -> None:
    prefixes = dict(PREFIXES)
    for place, token in enumerate(tokens):
        word = token.text.upper() if token.kind == "word" else ""
        after = tokens[place + 1 : place + 3]
        if word == "PREFIX" and len(after) == 2:
            prefixes[after[0].text[:-1]] = urljoin(base, after[1].text[1:-1])
        elif word == "BASE" and after:
            base = urljoin(base, after[0].text[1:-1])
        elif word == "FROM":
            named = [each for each in after if each.text.upper() != "NAMED"][:1]
            for each in named:
                iri = _iri(each, prefixes, base)
                if iri not in graphs:
                    raise GraphRefused(iri, sorted(graphs)[:8])


def _iri(token: Token, prefixes: dict[str, str], base: str) -> str:
    if token.text.startswith("<"):
        return urljoin(base, token.text[1:-1]) if base else token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, f"{prefix}:") + re.sub(r"\\(.)", r"\1", local)
