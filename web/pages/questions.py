"""Questions in words: a sentence whose parts are chosen, and what any two things have in common."""

from dataclasses import dataclass

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from graph.errors import AmbiguousThing, UnknownThing
from graph.network import Step
from graph.questions import RELATIONS, Question, answer, as_sparql
from graph.shared import Shared, SharedGroup, everything_shared
from graph.things import Thing
from graph.words import shared_sentence
from web.directory import Directory
from web.entries import DepartmentEntry, MunicipalityEntry
from web.error_pages import status_of
from web.errors import BadParameter
from web.pages.frame import identifiers, language, link, opened, own_words, say
from web.pages.paging import window
from web.sharing import owner_of

pages = Blueprint("questions", __name__)

OFFERED = 600
"""Names that a form offers while one types; a library with more of them is asked by the search box."""


@dataclass(frozen=True, slots=True)
class Builder:
    """What the form of the sentence offers, and what is chosen in it."""

    owners: list[tuple[str, str]]
    municipality: str
    department: str | None
    relation: str
    there: str | None

    @property
    def choices(self) -> list[tuple[str, list[DepartmentEntry]]]:
        """The departments to choose from by the names of their municipalities: all, or in a large library of the one chosen."""
        directory = opened().directory
        units = directory.departments_by_owner
        shown = units if len(directory.departments) <= OFFERED else [self.municipality]
        return [(directory.name(key), units.get(key, [])) for key in shown]

    @property
    def question(self) -> Question:
        """The question that the chosen parts make; a department goes before the municipality chosen beside it."""
        return Question(self.department or self.municipality, self.relation, self.there)


@dataclass(frozen=True, slots=True)
class Common:
    """Two things as they were asked for, and what they share, or what went wrong."""

    a: str
    b: str
    found: Shared | None = None
    fault: UnknownThing | AmbiguousThing | None = None

    @property
    def status(self) -> int:
        """The status of a page that says so."""
        return status_of(self.fault) if self.fault else 200


@pages.get("/relations/ask")
def ask() -> ResponseReturnValue:
    """Answer the question that the sentence makes."""
    directory, chosen = opened().directory, builder()
    if not chosen.owners:
        return render_template("ask.html", trail=_trail(), builder=chosen, paged=None)
    return render_template(
        "ask.html",
        trail=_trail(),
        builder=chosen,
        mine=_name_of(directory, chosen.question.mine),
        paged=window(request.args).cut(answer(opened().store, chosen.question)),
        sparql=as_sparql(chosen.question, identifiers().base),
    )


def builder() -> Builder:
    """Return the form with what this request's address chooses in it; raises ``BadParameter``."""
    directory = opened().directory
    owners = directory.owners
    first = owners[0][0] if owners else ""
    chosen, named = _one_of("department", directory.departments) or None, _municipality("municipality")
    if chosen and named and len(directory.departments) > OFFERED and owner_of(chosen) != named:
        chosen = None  # the list of departments was still that of another municipality
    municipality = owner_of(chosen) if chosen else named or first
    relation = request.args.get("relation") or RELATIONS[0]
    if relation not in RELATIONS:
        raise BadParameter("relation", relation, ", ".join(RELATIONS))
    return Builder(owners, municipality, chosen, relation, _municipality("there") or None)


def common() -> Common | None:
    """Return what the things ``a`` and ``b`` of this request's address share; None where it names none."""
    a, b = (request.args.get(name, "").strip() for name in ("a", "b"))
    if not (a and b):
        return Common(a, b) if a or b else None
    try:
        return Common(a, b, everything_shared(opened().store, a, b))
    except (UnknownThing, AmbiguousThing) as fault:
        return Common(a, b, fault=fault)


def overview() -> ResponseReturnValue:
    """Show the questions that can be asked, and what two things share where the address names them."""
    asked = common()
    body = render_template(
        "relations.html",
        trail=[(say("nav.relations"), None)],
        builder=builder(),
        asked=asked,
        offered=offered(),
        group_words=group_words,
        common_address=lambda a, b: link("relations.overview", a=a, b=b, _anchor="common"),
    )
    return make_response(body, asked.status if asked else 200)


def step_words(step: Step) -> Markup:
    """Return a step as a sentence in the language of the page, its names marked as Japanese."""
    japanese = language() == "ja"
    forward, back = (step.said.ja, step.said.back_ja) if japanese else (step.said.en, step.said.back_en)
    # The sentences are data of ours; the names in them are what documents say.
    return Markup(forward if step.forward else back).format(start=_name(step.start), end=_name(step.end))  # noqa: S704


def group_words(found: Shared, group: SharedGroup) -> Markup:
    """Return what two things share of one kind as a sentence in the language of the page."""
    names = {"a": _name(found.a), "b": _name(found.b)}
    return Markup(shared_sentence(group.kind, language(), n=len(group.things), **names))  # noqa: S704


def _name(thing: Thing) -> Markup:
    return escape(own_words(thing.label))


def offered() -> list[str]:
    """Return the names of municipalities and departments to choose from; none where they are too many to send."""
    directory = opened().directory
    if len(directory.departments) > OFFERED:
        return [entry.name for entry in directory.municipalities.values()][:OFFERED]
    units = [f"{directory.name(unit.municipality)}{unit.label}" for unit in directory.departments.values()]
    return [*(entry.name for entry in directory.municipalities.values()), *units]


def _one_of(name: str, known: dict[str, MunicipalityEntry] | dict[str, DepartmentEntry]) -> str:
    key = request.args.get(name, "")
    if key and key not in known:
        raise BadParameter(name, key, ", ".join(list(known)[:8]))
    return key


def _municipality(name: str) -> str:
    """Return the key of a municipality that a parameter names, by key or by name."""
    directory, value = opened().directory, request.args.get(name, "")
    return directory.municipality_keys.get(value) or _one_of(name, directory.municipalities)


def _name_of(directory: Directory, key: str) -> str:
    unit = directory.departments.get(key)
    return f"{directory.name(unit.municipality)} {unit.label}" if unit else directory.name(key)


def _trail() -> list[tuple[str, str | None]]:
    return [(say("nav.relations"), link("relations.overview")), (say("ask.title"), None)]
