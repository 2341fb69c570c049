"""The parties of a document: the partnership, who takes part in it as what, and who signed."""

from pyoxigraph import NamedNode

from graph import vocabulary
from graph.namespaces import FOAF, ORG, RDFS, RK, SDO
from graph.statements.writer import Node, Writer
from ingest.records import PartyRecord, Signatory


def party(writer: Writer, record: PartyRecord) -> None:
    """Write a municipality's membership in the partnership that the document is of."""
    municipality = writer.municipality(record.municipality)
    capacity = record.capacity or record.symbol or "当事者"
    node = writer.node(record, ORG.Membership, label=f"{record.municipality}（{capacity}）")
    writer.add(node, ORG.organization, writer.partnership())
    writer.add(node, ORG.member, municipality)
    writer.text(node, RK.partySymbol, record.symbol)
    writer.text(node, RK.capacity, record.capacity)
    writer.text(node, SDO.address, record.address)
    writer.add(node, ORG.memberDuring, writer.period)
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
    writer.add(post, ORG.heldBy, person)
    return person
