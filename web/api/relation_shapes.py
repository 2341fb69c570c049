"""Answers to questions about relations as plain dicts, in the forms of the public contract."""

from collections.abc import Sequence

from graph.alignment import Match
from graph.centrality import Bridges, Central, Community
from graph.chains import Chain, ChainSheet
from graph.coverage import Coverage
from graph.ego import Ego
from graph.network import Step
from graph.relations import Counterpart, Pair
from graph.roles import ProjectRoles, RoleSummary
from graph.shared import Shared, SharedThing
from graph.symmetry import Comparison
from graph.things import ProjectRef, Thing, Unit
from web.api import answers


def pair(found: Pair) -> answers.PairAnswer:
    """Return two departments with what they share."""
    return {"a": unit(found.a), "b": unit(found.b), "count": found.count, "projects": _refs(found.projects)}


def counterpart(found: Counterpart) -> answers.CounterpartAnswer:
    """Return a department of another municipality with what is shared with it."""
    return {"unit": unit(found.unit), "count": found.count, "projects": _refs(found.projects)}


def _refs(projects: Sequence[ProjectRef]) -> list[answers.Ref]:
    return [_ref(project) for project in projects]


def _ref(project: ProjectRef) -> answers.Ref:
    return {"id": project.id, "title": project.title}


def unit(found: Unit) -> answers.UnitAnswer:
    """Return a department as relations name it."""
    return {"municipality": found.municipality, "path": list(found.path), "id": found.id}


def path(steps: Sequence[Step]) -> answers.PathAnswer:
    """Return a path between two things; ``lines`` are null where a step follows from a printed name alone."""
    return {"length": len(steps), "steps": [_step(step) for step in steps]}


def _step(step: Step) -> answers.StepAnswer:
    return {
        "start": _thing(step.start),
        "relation": {"ja": step.relation_ja, "en": step.relation_en},
        "end": _thing(step.end),
        "sentence": {"ja": step.sentence_ja, "en": step.sentence_en},
        "document": step.document,
        "lines": step.lines,
    }


def _thing(found: Thing) -> answers.ThingAnswer:
    return {"type": found.kind, "id": found.id, "label": found.label, "url": found.page}


def central(found: Central) -> answers.CentralAnswer:
    """Return a department with its place among all: partners, projects, and how often it lies between others."""
    return {
        "unit": unit(found.unit),
        "partners": found.partners,
        "projects": found.projects,
        "betweenness": found.betweenness,
        "betweenness_estimated": found.estimated,
    }


def community(found: Community) -> answers.CommunityAnswer:
    """Return departments that work together, and the areas of what they share, most first."""
    return {
        "units": [unit(each) for each in found.units],
        "projects": found.projects,
        "areas": [{"label": label, "count": count} for label, count in found.areas],
    }


def match(found: Match) -> answers.MatchAnswer:
    """Return a project that may be the same work as another, with the score and the words that speak for it."""
    likeness, said = found.likeness, found.judgement
    return {
        **_ref(found.project),
        "score": found.score,
        "parts": {"names": likeness.names, "text": likeness.text, "field": likeness.field},
        "words": list(found.words),
        "verdict": found.verdict,
        "judgement": {"by": said.by, "when": said.when, "why": said.why} if said else None,
    }


def shared(found: Shared) -> answers.SharedAnswer:
    """Return two things and what they share, by kind, each with a sentence."""
    return {
        "a": _thing(found.a),
        "b": _thing(found.b),
        "groups": [
            {
                "kind": group.kind,
                "count": len(group.things),
                "sentence": {"ja": group.sentence_ja, "en": group.sentence_en},
                "things": [_stated(each) for each in group.things],
            }
            for group in found.groups
        ],
    }


def _stated(found: SharedThing) -> answers.SharedThingAnswer:
    return {**_thing(found.thing), "document": found.document, "lines": found.lines}


def ego(found: Ego) -> answers.EgoAnswer:
    """Return what surrounds a thing: nodes with their distance, links between them, and what is folded away."""
    return {
        "centre": _thing(found.centre),
        "total": found.total,
        "nodes": [{**_thing(node.thing), "distance": node.distance} for node in found.nodes],
        "links": [_step(step) for step in found.links],
        "folded": [{"at": fold.at.id, "count": fold.count, "kinds": dict(fold.kinds)} for fold in found.folded],
    }


def bridges(found: Bridges) -> answers.BridgesAnswer:
    """Return the units and the single links that hold the network together."""
    return {
        "units": [
            {"unit": unit(each.unit), "betweenness": each.betweenness, "parts": list(each.parts)}
            for each in found.units
        ],
        "links": [
            {"a": unit(each.a), "b": unit(each.b), "projects": _refs(each.projects), "sizes": list(each.sizes)}
            for each in found.links
        ],
    }


def coverage(found: Coverage) -> answers.GraphCoverageAnswer:
    """Return areas, municipalities, documents, and the projects of each cell; what is not listed is empty."""
    return {
        "areas": [{"key": area.key, "path": list(area.path), "notation": area.notation} for area in found.areas],
        "municipalities": [_thing(each) for each in found.municipalities],
        "documents": [_thing(each) for each in found.documents],
        "cells": [
            {"area": area, "municipality": municipality, "document": document, "projects": _refs(projects)}
            for (area, municipality, document), projects in found.cells.items()
        ],
        "unstated": [
            {"area": area, "document": document, "projects": _refs(projects)}
            for (area, document), projects in found.unstated.items()
        ],
        "empty": found.empty(),
    }


def roles(found: ProjectRoles) -> answers.ProjectRolesAnswer:
    """Return how the roles of a project's partners compare, with the spans of the words that differ."""
    return {**_ref(found.project), "kind": found.kind, "comparisons": [_comparison(c) for c in found.comparisons]}


def _comparison(found: Comparison) -> answers.RoleComparisonAnswer:
    return {
        "kind": found.kind,
        "leader": found.leader,
        "a": {"municipality": found.a, "text": found.text_a, "spans": [list(span) for span in found.spans_a]},
        "b": {"municipality": found.b, "text": found.text_b, "spans": [list(span) for span in found.spans_b]},
    }


def role_summary(found: RoleSummary) -> answers.RoleSummaryAnswer:
    """Return how many projects of a document are of each kind of symmetry, and who leads how often."""
    return {
        "document": found.document,
        "projects": found.projects,
        "kinds": dict(found.kinds),
        "leaders": dict(found.leaders),
    }


def chain(found: Chain) -> answers.ChainAnswer:
    """Return a chain from an article to results; ``broken`` names the links that it lacks."""
    article = found.article
    return {
        "article": {**_thing(article.article), "document": article.document, "lines": article.lines}
        if article
        else None,
        "measure": _ref(found.measure) if found.measure else None,
        "sheets": [_sheet(sheet) for sheet in found.sheets],
        "broken": list(found.broken),
    }


def _sheet(found: ChainSheet) -> answers.ChainSheetAnswer:
    return {
        **_ref(found.project),
        "score": found.score,
        "budget_thousand_yen": {str(year): amount for year, amount in found.budget},
        "indicators": [{"name": each.name, "grade": each.grade} for each in found.indicators],
    }
