"""The parties of a document: the partnership, who takes part in it as what, and who signed."""

from pyoxigraph import NamedNode

from graph import vocabulary
from graph.namespaces import DCTERMS, FOAF, ORG, RDFS, RK, SDO
from graph.statements.writer import Node, Writer
from ingest.records import PartyRecord, Signatory


def party(writer: Writer, record: PartyRecord) -> None:
    """Write a municipality's membership in the partnership that the document is of."""
    municipality = writer.municipality(record.municipality)
    partnership = NamedNode(writer.ids.make("partnership", writer.document_id))
    writer.typed(partnership, ORG.OrganizationalCollaboration)
    writer.add(partnership, DCTERMS.source, writer.document)
    writer.text(partnership, RDFS.label, "・".join(writer.municipalities.parties))
    capacity = record.capacity or record.symbol or "当事者"
    node = writer.node(record, ORG.Membership, label=f"{record.municipality}（{capacity}）")
    writer.add(node, ORG.organization, partnership)
    writer.add(node, ORG.member, municipality)
    writer.text(node, RK.partySymbol, record.symbol)
    writer.text(node, RK.capacity, record.capacity)
    writer.text(node, SDO.address, record.address)
    if record.capacity:
        writer.concept(node, ORG.role, vocabulary.concept("Capacities", record.capacity))
    if record.signatory:
        writer.add(node, RK.signedBy, _signatory(writer, record, municipality, record.signatory))


def _signatory(writer: Writer, record: PartyRecord, municipality: Node, signatory: Signatory) -> Node:
    """Write the office, and the person who held it when the document was signed where a name is printed."""
    key = writer.municipalities.find(record.municipality).key
    post = writer.typed(NamedNode(writer.ids.make("post", key, signatory.office)), ORG.Post)
    writer.text(post, RDFS.label, signatory.office)
    writer.add(post, ORG.postIn, municipality)
    if not signatory.name:
        return post
    person = writer.typed(NamedNode(writer.ids.make("person", writer.document_id, key)), FOAF.Person)
    writer.text(person, FOAF.name, signatory.name)
    writer.text(person, RDFS.label, signatory.name)
    writer.add(person, ORG.holds, post)
    return person
