"""What search engines read in the head of a page: data sets in schema.org's words, as JSON-LD.

The element is data, not a script: a strict Content-Security-Policy lets it stand.
"""

import json
from typing import Any

from flask import url_for
from markupsafe import Markup

from graph.facts import Licence, Publisher
from graph.identifiers import segment
from ingest.records import DocumentRecord, PartyRecord
from web.pages.catalog import facts
from web.pages.formats import RDF, TABLES_AND_NETWORKS, Format
from web.pages.frame import identifiers, opened, say


def dataset(document: DocumentRecord) -> Markup:
    """Describe the data set of one document."""
    base, own = identifiers().base, facts().of(document.id)
    parties = [r for r in opened().state.records(document.id) if isinstance(r, PartyRecord)]
    name = own.title or document.title
    found: dict[str, Any] = {
        "@id": f"{base}/catalog#document-{segment(document.id)}",
        "name": f"{name}の連携データ",
        "description": say("data.dataset_text", title=name),
        "url": f"{base}/documents/{segment(document.id)}",
        "identifier": document.id,
        "isBasedOn": own.source or identifiers().document(document.id),
        "datePublished": document.issued,
        "temporalCoverage": f"{document.period.from_fy}-04/{document.period.to_fy + 1}-03" if document.period else None,
        "spatialCoverage": [{"@type": "AdministrativeArea", "name": each.municipality} for each in parties],
        "creator": [{"@type": "GovernmentOrganization", "name": each.municipality} for each in parties],
        "distribution": [_download(form, document.id) for form in RDF],
    }
    return _element(_common(found, own.licence))


def catalogue() -> Markup:
    """Describe the data set of everything, and the catalogue that it is in."""
    base = identifiers().base
    found: dict[str, Any] = {
        "@id": f"{base}/catalog#all",
        "name": "全文書の連携データ",
        "description": say("data.lead"),
        "url": f"{base}/data",
        "distribution": [_download(form, None) for form in (*RDF, *TABLES_AND_NETWORKS)],
    }
    return _element(_common(found, facts().licence))


def _common(found: dict[str, Any], licence: Licence | None) -> dict[str, Any]:
    base, who = identifiers().base, facts().publisher
    found |= {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "inLanguage": "ja",
        "isAccessibleForFree": True,
        "license": licence.url if licence else None,
        "creditText": licence.attribution if licence else None,
        "publisher": _organization(who) if who else None,
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": f"{base}/catalog", "url": f"{base}/data"},
    }
    return {key: value for key, value in found.items() if value not in (None, [])}


def _organization(who: Publisher) -> dict[str, str]:
    found = {"@type": "Organization", "name": who.name, "url": who.url, "email": who.email}
    return {key: value for key, value in found.items() if value}


def _download(form: Format, document: str | None) -> dict[str, str]:
    address = (
        url_for("export.of_document", document=document, suffix=form.suffix)
        if document
        else url_for("export.dump", suffix=form.suffix)
    )
    return {
        "@type": "DataDownload",
        "name": form.label,
        "encodingFormat": form.media_type,
        "contentUrl": identifiers().base + address,
    }


def _element(found: dict[str, Any]) -> Markup:
    text = json.dumps(found, ensure_ascii=False)
    for sign in "<>&":  # nothing that a document says can end the element
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))  # noqa: S704  escaped above
