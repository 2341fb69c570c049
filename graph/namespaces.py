# ruff: noqa: N815  the names are the vocabularies' own
"""The terms that the graph is written in, each vocabulary closed.

Only terms in use are listed. Public ones are checked against their published vocabularies by the tests, our own
(``RK``) against ``data/reference/renkei.ttl``.
"""

from typing import ClassVar

from pyoxigraph import NamedNode

from graph.closed import Vocabulary
from graph.own_terms import RK

__all__ = [
    "DCAT",
    "DCAT3",
    "DCTERMS",
    "FOAF",
    "IC",
    "OA",
    "OBSERVATION_STATUS",
    "ORG",
    "PREFIXES",
    "PROV",
    "QB",
    "RDF",
    "RDFS",
    "RK",
    "SACS",
    "SD",
    "SDMX",
    "SDMX_ATTRIBUTE",
    "SDO",
    "SKOS",
    "SPDX",
    "VCARD",
    "VOID",
    "XSD",
    "YEN",
]


class RDF(Vocabulary, iri="http://www.w3.org/1999/02/22-rdf-syntax-ns#"):
    """RDF itself."""

    type: ClassVar[NamedNode]
    value: ClassVar[NamedNode]


class RDFS(Vocabulary, iri="http://www.w3.org/2000/01/rdf-schema#"):
    """RDF Schema."""

    label: ClassVar[NamedNode]
    Resource: ClassVar[NamedNode]
    range: ClassVar[NamedNode]


class XSD(Vocabulary, iri="http://www.w3.org/2001/XMLSchema#"):
    """Data types of literals."""

    date: ClassVar[NamedNode]
    gYearMonth: ClassVar[NamedNode]
    gYear: ClassVar[NamedNode]
    integer: ClassVar[NamedNode]
    decimal: ClassVar[NamedNode]
    double: ClassVar[NamedNode]
    float: ClassVar[NamedNode]
    boolean: ClassVar[NamedNode]
    anyURI: ClassVar[NamedNode]
    hexBinary: ClassVar[NamedNode]
    nonNegativeInteger: ClassVar[NamedNode]
    dateTime: ClassVar[NamedNode]


class ORG(Vocabulary, iri="http://www.w3.org/ns/org#"):
    """The Organization Ontology."""

    FormalOrganization: ClassVar[NamedNode]
    OrganizationalUnit: ClassVar[NamedNode]
    OrganizationalCollaboration: ClassVar[NamedNode]
    Membership: ClassVar[NamedNode]
    Post: ClassVar[NamedNode]
    Role: ClassVar[NamedNode]
    unitOf: ClassVar[NamedNode]
    hasUnit: ClassVar[NamedNode]
    subOrganizationOf: ClassVar[NamedNode]
    classification: ClassVar[NamedNode]
    identifier: ClassVar[NamedNode]
    organization: ClassVar[NamedNode]
    member: ClassVar[NamedNode]
    role: ClassVar[NamedNode]
    postIn: ClassVar[NamedNode]
    holds: ClassVar[NamedNode]
    memberDuring: ClassVar[NamedNode]
    heldBy: ClassVar[NamedNode]


class SDO(Vocabulary, iri="https://schema.org/"):
    """schema.org."""

    GovernmentOrganization: ClassVar[NamedNode]
    Legislation: ClassVar[NamedNode]
    Project: ClassVar[NamedNode]
    CivicStructure: ClassVar[NamedNode]
    PropertyValue: ClassVar[NamedNode]
    name: ClassVar[NamedNode]
    description: ClassVar[NamedNode]
    text: ClassVar[NamedNode]
    value: ClassVar[NamedNode]
    position: ClassVar[NamedNode]
    address: ClassVar[NamedNode]
    additionalProperty: ClassVar[NamedNode]
    containedInPlace: ClassVar[NamedNode]
    legislationType: ClassVar[NamedNode]
    legislationDate: ClassVar[NamedNode]
    creativeWorkStatus: ClassVar[NamedNode]
    numberOfPages: ClassVar[NamedNode]
    encodingFormat: ClassVar[NamedNode]
    sha256: ClassVar[NamedNode]
    softwareVersion: ClassVar[NamedNode]
    sameAs: ClassVar[NamedNode]


class SKOS(Vocabulary, iri="http://www.w3.org/2004/02/skos/core#"):
    """SKOS, for areas, kinds and grades."""

    Concept: ClassVar[NamedNode]
    ConceptScheme: ClassVar[NamedNode]
    prefLabel: ClassVar[NamedNode]
    altLabel: ClassVar[NamedNode]
    hiddenLabel: ClassVar[NamedNode]
    exactMatch: ClassVar[NamedNode]
    closeMatch: ClassVar[NamedNode]
    definition: ClassVar[NamedNode]
    notation: ClassVar[NamedNode]
    broader: ClassVar[NamedNode]
    inScheme: ClassVar[NamedNode]
    topConceptOf: ClassVar[NamedNode]


class DCTERMS(Vocabulary, iri="http://purl.org/dc/terms/"):
    """Dublin Core terms."""

    PeriodOfTime: ClassVar[NamedNode]
    title: ClassVar[NamedNode]
    identifier: ClassVar[NamedNode]
    issued: ClassVar[NamedNode]
    valid: ClassVar[NamedNode]
    temporal: ClassVar[NamedNode]
    spatial: ClassVar[NamedNode]
    subject: ClassVar[NamedNode]
    source: ClassVar[NamedNode]
    references: ClassVar[NamedNode]
    isPartOf: ClassVar[NamedNode]
    isVersionOf: ClassVar[NamedNode]
    type: ClassVar[NamedNode]
    LicenseDocument: ClassVar[NamedNode]
    LinguisticSystem: ClassVar[NamedNode]
    Location: ClassVar[NamedNode]
    MediaType: ClassVar[NamedNode]
    MediaTypeOrExtent: ClassVar[NamedNode]
    creator: ClassVar[NamedNode]
    description: ClassVar[NamedNode]
    format: ClassVar[NamedNode]
    language: ClassVar[NamedNode]
    license: ClassVar[NamedNode]
    publisher: ClassVar[NamedNode]
    RightsStatement: ClassVar[NamedNode]
    accessRights: ClassVar[NamedNode]
    hasPart: ClassVar[NamedNode]
    modified: ClassVar[NamedNode]
    rights: ClassVar[NamedNode]


class DCAT(Vocabulary, iri="http://www.w3.org/ns/dcat#"):
    """The Data Catalog Vocabulary."""

    startDate: ClassVar[NamedNode]
    endDate: ClassVar[NamedNode]
    mediaType: ClassVar[NamedNode]
    Catalog: ClassVar[NamedNode]
    DataService: ClassVar[NamedNode]
    Dataset: ClassVar[NamedNode]
    Distribution: ClassVar[NamedNode]
    accessURL: ClassVar[NamedNode]
    byteSize: ClassVar[NamedNode]
    dataset: ClassVar[NamedNode]
    distribution: ClassVar[NamedNode]
    downloadURL: ClassVar[NamedNode]
    endpointURL: ClassVar[NamedNode]
    landingPage: ClassVar[NamedNode]
    servesDataset: ClassVar[NamedNode]
    service: ClassVar[NamedNode]
    theme: ClassVar[NamedNode]
    contactPoint: ClassVar[NamedNode]
    endpointDescription: ClassVar[NamedNode]
    keyword: ClassVar[NamedNode]


class DCAT3(Vocabulary, iri="http://www.w3.org/ns/dcat#"):
    """What version 3 adds to the Data Catalog Vocabulary."""

    DatasetSeries: ClassVar[NamedNode]
    inSeries: ClassVar[NamedNode]


class VCARD(Vocabulary, iri="http://www.w3.org/2006/vcard/ns#"):
    """How to reach somebody."""

    Organization: ClassVar[NamedNode]
    fn: ClassVar[NamedNode]
    hasEmail: ClassVar[NamedNode]


class FOAF(Vocabulary, iri="http://xmlns.com/foaf/0.1/"):
    """Documents and persons."""

    Document: ClassVar[NamedNode]
    Person: ClassVar[NamedNode]
    name: ClassVar[NamedNode]
    Agent: ClassVar[NamedNode]
    homepage: ClassVar[NamedNode]
    page: ClassVar[NamedNode]


class VOID(Vocabulary, iri="http://rdfs.org/ns/void#"):
    """Descriptions of RDF data sets."""

    Dataset: ClassVar[NamedNode]
    class_: ClassVar[NamedNode]
    classPartition: ClassVar[NamedNode]
    classes: ClassVar[NamedNode]
    dataDump: ClassVar[NamedNode]
    distinctObjects: ClassVar[NamedNode]
    distinctSubjects: ClassVar[NamedNode]
    documents: ClassVar[NamedNode]
    entities: ClassVar[NamedNode]
    exampleResource: ClassVar[NamedNode]
    feature: ClassVar[NamedNode]
    properties: ClassVar[NamedNode]
    property: ClassVar[NamedNode]
    propertyPartition: ClassVar[NamedNode]
    sparqlEndpoint: ClassVar[NamedNode]
    subset: ClassVar[NamedNode]
    triples: ClassVar[NamedNode]
    uriSpace: ClassVar[NamedNode]
    vocabulary: ClassVar[NamedNode]


class SD(Vocabulary, iri="http://www.w3.org/ns/sparql-service-description#"):
    """What a SPARQL service can do."""

    Dataset: ClassVar[NamedNode]
    Graph: ClassVar[NamedNode]
    NamedGraph: ClassVar[NamedNode]
    SPARQL11Query: ClassVar[NamedNode]
    Service: ClassVar[NamedNode]
    defaultDataset: ClassVar[NamedNode]
    defaultGraph: ClassVar[NamedNode]
    endpoint: ClassVar[NamedNode]
    name: ClassVar[NamedNode]
    namedGraph: ClassVar[NamedNode]
    resultFormat: ClassVar[NamedNode]
    supportedLanguage: ClassVar[NamedNode]


class SPDX(Vocabulary, iri="http://spdx.org/rdf/terms#"):
    """Checksums of files, as DCAT states them."""

    Checksum: ClassVar[NamedNode]
    ChecksumAlgorithm: ClassVar[NamedNode]
    algorithm: ClassVar[NamedNode]
    checksum: ClassVar[NamedNode]
    checksumAlgorithm_sha256: ClassVar[NamedNode]
    checksumValue: ClassVar[NamedNode]


class PROV(Vocabulary, iri="http://www.w3.org/ns/prov#"):
    """Provenance."""

    Plan: ClassVar[NamedNode]
    wasDerivedFrom: ClassVar[NamedNode]
    Activity: ClassVar[NamedNode]
    Bundle: ClassVar[NamedNode]
    Entity: ClassVar[NamedNode]
    SoftwareAgent: ClassVar[NamedNode]
    used: ClassVar[NamedNode]
    value: ClassVar[NamedNode]
    wasAssociatedWith: ClassVar[NamedNode]
    wasAttributedTo: ClassVar[NamedNode]
    wasGeneratedBy: ClassVar[NamedNode]
    wasQuotedFrom: ClassVar[NamedNode]
    generatedAtTime: ClassVar[NamedNode]
    Person: ClassVar[NamedNode]


class OA(Vocabulary, iri="http://www.w3.org/ns/oa#"):
    """The Web Annotation vocabulary, for where in a text something stands."""

    Annotation: ClassVar[NamedNode]
    SpecificResource: ClassVar[NamedNode]
    TextPositionSelector: ClassVar[NamedNode]
    TextQuoteSelector: ClassVar[NamedNode]
    hasBody: ClassVar[NamedNode]
    hasTarget: ClassVar[NamedNode]
    hasSource: ClassVar[NamedNode]
    hasSelector: ClassVar[NamedNode]
    start: ClassVar[NamedNode]
    end: ClassVar[NamedNode]
    exact: ClassVar[NamedNode]
    prefix: ClassVar[NamedNode]
    suffix: ClassVar[NamedNode]


class IC(Vocabulary, iri="http://imi.go.jp/ns/core/rdf#"):
    """The core vocabulary of IMI (Japan), as an additional typing only."""

    組織型: ClassVar[NamedNode]  # noqa: PLC2401  its own name
    活動型: ClassVar[NamedNode]  # noqa: PLC2401


class SACS(Vocabulary, iri="http://data.e-stat.go.jp/lod/terms/sacs#"):
    """The national statistics' terms for area codes; a code is no municipality."""

    StandardAreaCode: ClassVar[NamedNode]
    PlainStandardAreaCode: ClassVar[NamedNode]


class QB(Vocabulary, iri="http://purl.org/linked-data/cube#"):
    """The RDF Data Cube."""

    DataSet: ClassVar[NamedNode]
    Observation: ClassVar[NamedNode]
    dataSet: ClassVar[NamedNode]
    Attachable: ClassVar[NamedNode]
    AttributeProperty: ClassVar[NamedNode]
    ComponentSpecification: ClassVar[NamedNode]
    DataStructureDefinition: ClassVar[NamedNode]
    DimensionProperty: ClassVar[NamedNode]
    MeasureProperty: ClassVar[NamedNode]
    attribute: ClassVar[NamedNode]
    codeList: ClassVar[NamedNode]
    component: ClassVar[NamedNode]
    componentAttachment: ClassVar[NamedNode]
    componentRequired: ClassVar[NamedNode]
    dimension: ClassVar[NamedNode]
    measure: ClassVar[NamedNode]
    order: ClassVar[NamedNode]
    structure: ClassVar[NamedNode]


class SDMX(Vocabulary, iri="http://purl.org/linked-data/sdmx/2009/dimension#"):
    """SDMX dimensions of observations."""

    refArea: ClassVar[NamedNode]
    refPeriod: ClassVar[NamedNode]


class SDMX_ATTRIBUTE(Vocabulary, iri="http://purl.org/linked-data/sdmx/2009/attribute#"):  # noqa: N801
    """SDMX attributes of observations."""

    unitMeasure: ClassVar[NamedNode]
    unitMult: ClassVar[NamedNode]
    obsStatus: ClassVar[NamedNode]


OBSERVATION_STATUS = "http://purl.org/linked-data/sdmx/2009/code#obsStatus-"
"""SDMX codes of the status of an observation: F forecast, P provisional, E estimated."""

YEN = NamedNode("http://publications.europa.eu/resource/authority/currency/JPY")
"""The Japanese yen in the code list of currencies that DCAT profiles use."""

PREFIXES: dict[str, str] = {
    "dcat": DCAT.iri,
    "dcterms": DCTERMS.iri,
    "foaf": FOAF.iri,
    "ic": IC.iri,
    "oa": OA.iri,
    "org": ORG.iri,
    "prov": PROV.iri,
    "qb": QB.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "rk": RK.iri,
    "sac": "http://data.e-stat.go.jp/lod/sac/",
    "sacs": SACS.iri,
    "schema": SDO.iri,
    "sdmx-attribute": SDMX_ATTRIBUTE.iri,
    "sdmx-code": "http://purl.org/linked-data/sdmx/2009/code#",
    "sdmx-dimension": SDMX.iri,
    "skos": SKOS.iri,
    "xsd": XSD.iri,
}
"""The prefixes of every text that we write or read."""
