"""Makers of records for the samples of the tests: what a test does not care about is filled in."""

from ingest.records import AreaRecord, ArticleRecord, Department, DocumentRecord, PartyRecord, ProjectRecord, Source

BRANCHES = {"1": "①", "2": "②"}


def at(first: int, last: int | None = None, page: int | None = None) -> Source:
    """Return a place in a text."""
    return Source(page, (first, last or first))


def body(municipality: str | None, *path: str) -> Department:
    """Return a department printed without its municipality."""
    return Department(municipality=municipality, path=path, raw="".join(path))


def document(name: str, **facts: object) -> DocumentRecord:
    """Return the record of a document."""
    given: dict[str, object] = {
        "source": at(1, 90),
        "title": name,
        "kind": "plan",
        "file": f"{name}.txt",
        "media_type": "text/plain",
        "sha256": "0" * 64,
    }
    return DocumentRecord(id=name, document=name, **(given | facts))  # type: ignore[arg-type]


def party(name: str, municipality: str, code: str | None, **facts: object) -> PartyRecord:
    """Return the record of a party."""
    given: dict[str, object] = {"source": at(3), "municipality": municipality, "code": code}
    return PartyRecord(id=f"{name}/party-{code or municipality}", document=name, **(given | facts))  # type: ignore[arg-type]


def area(name: str, local: str, line: int, notation: str, label: str) -> AreaRecord:
    """Return an area; ``local`` is its path (3.1.c), which gives its level and the area that it is part of."""
    above = local.rpartition(".")[0]
    return AreaRecord(
        id=f"{name}/area-{local}",
        document=name,
        source=at(line),
        level=local.count(".") + 1,
        notation=notation,
        label=label,
        parent=f"{name}/area-{above}" if above else None,
    )


def article(name: str, number: str, source: Source, heading: str, *paragraphs: str) -> ArticleRecord:
    """Return an article of an agreement."""
    return ArticleRecord(
        id=f"{name}/article-{number}",
        document=name,
        source=source,
        number=number,
        heading=heading,
        paragraphs=paragraphs,
    )


def project(name: str, local: str, first: int, *departments: Department, **facts: object) -> ProjectRecord:
    """Return a project of nine lines; number and branch (7-2: 7 and ②) are the local part of its id."""
    number, _, branch = local.partition("-")
    given: dict[str, object] = {
        "source": at(first, first + 8),
        "number": number,
        "branch": BRANCHES.get(branch),
        "title": f"取組その{local}",
        "departments": departments,
    }
    return ProjectRecord(id=f"{name}/{local}", document=name, **(given | facts))  # type: ignore[arg-type]
