"""An address of every type of page over the sample corpus, for the tests that look at all of them."""

from flask import Flask

PLAN, STATUS, AGREEMENT = "chitose-eniwa-plan-2024", "sapporo-status-2019", "sapporo-ishikari-agreement-2019"
SETTLEMENT = "iwamizawa-bibai-agreement-2025"
COMMERCE, TRADE = "012246/産業振興部/商業労働課", "012319/経済部/商工労働課"

OF_THINGS = {
    "agreements.one": f"/documents/{AGREEMENT}/articles",
    "areas.one": f"/areas/{PLAN}/1",
    "departments.one": f"/departments/{COMMERCE}",
    "dossier.one": "/dossier/municipality/012246",
    "documents.one": f"/documents/{AGREEMENT}?lines=16-18",
    "municipalities.one": "/municipalities/012246",
    "projects.one": f"/projects/{PLAN}/14-1",
    "plans.similar": f"/projects/{PLAN}/25/similar",
}
"""The pages of one thing."""

MORE = (
    f"/projects/{STATUS}/2", f"/projects/{SETTLEMENT}/row-1", "/search?q=観光&type=project",
    "/search?q=観光 蒸気機関車&kind=agreement", f"/compare?a={PLAN}&b={STATUS}", f"/compare?a={AGREEMENT}&b={SETTLEMENT}",
    "/budget?by=project", "/coverage?columns=municipality", "/board?rating=×", "/relations/matrix?columns=department",
    f"/relations/path?a={COMMERCE}&b={TRADE}", "/nope", "/search?limit=0",
)  # fmt: skip
"""Other faces of them: with choices made, with nothing found, with an error."""

NO_PAGES = ("atom", "dossier.paper", "original", "network.data")
"""Parts of the names and addresses of what is served once a language and is no page."""


def page_types(app: Flask) -> list[str]:
    """Return an address of every type of page, without a language; a page of a thing needs its example above."""
    rules = [
        rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("ja.") and "GET" in (rule.methods or ())
    ]
    shown = [rule for rule in rules if not any(part in f"{rule.endpoint} {rule}" for part in NO_PAGES)]
    plain = [str(rule) for rule in shown if not rule.arguments]
    things = [OF_THINGS[rule.endpoint.removeprefix("ja.")] for rule in shown if rule.arguments and not rule.defaults]
    return list(dict.fromkeys([*plain, *things, *MORE]))
