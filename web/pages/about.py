"""Pages about the service itself: who runs it and how, under which terms, what it keeps, whom it serves how well."""

from flask import Blueprint, current_app, render_template

from web.pages.frame import opened, say

pages = Blueprint("about", __name__)

TESTED, CHECKS = "2026-11-26", 10
"""The day of the last full run of the tests that the accessibility page lists, and how many it lists."""


@pages.get("/about")
def service() -> str:
    """Say who runs the service, and how it reads."""
    return render_template("about.html", trail=[(say("nav.about"), None)])


@pages.get("/terms")
def terms() -> str:
    """Say under which terms data and program may be used."""
    base = opened().state.manifest.base
    return render_template("terms.html", trail=[(say("nav.terms"), None)], base=base)


@pages.get("/privacy")
def privacy() -> str:
    """Say what the service keeps of its visitors: nothing that names them."""
    return render_template(
        "privacy.html",
        trail=[(say("nav.privacy"), None)],
        searches_kept=current_app.extensions["renkei"].search_log,
    )


@pages.get("/accessibility")
def accessibility() -> str:
    """Say which standard the pages follow, and how that was tested."""
    return render_template("accessibility.html", trail=[(say("nav.accessibility"), None)], tested=TESTED, checks=CHECKS)


@pages.get("/officers")
def officers() -> str:
    """Say to those in charge of a document how it is added, corrected or taken out."""
    return render_template("officers.html", trail=[(say("nav.officers"), None)])


@pages.get("/help")
def guide() -> str:
    """Show how to search, by examples."""
    return render_template("help.html", trail=[(say("nav.help"), None)])
