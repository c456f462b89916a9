"""Every prefix, every named graph, and how individuals get their addresses.

No other module holds the text of an IRI. Addresses are minted from a kind and a key, so
that the same thing has the same address in every report (docs/adr/0003-addresses.md).
"""

from __future__ import annotations

import os
import re
import unicodedata
from typing import Final

from rdflib import (
    DCAT,
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    QB,
    RDF,
    RDFS,
    SH,
    SKOS,
    TIME,
    VANN,
    VOID,
    XSD,
    Namespace,
    URIRef,
)

GT: Final = Namespace("https://w3id.org/golden-thread/ns#")
ONTOLOGY: Final = URIRef("https://w3id.org/golden-thread")
"""The ontology as a whole; its modules lie below it."""
GTS: Final = Namespace("https://w3id.org/golden-thread/shapes#")
DEFAULT_BASE: Final = "https://w3id.org/golden-thread/id/"
"""What the addresses of individuals begin with in our files, and in a store unless somebody chose otherwise."""


def is_base(text: str) -> bool:
    """Return whether individuals can have addresses that begin with ``text``: a web address that ends in a slash."""
    return re.fullmatch(r"https?://[A-Za-z0-9.:-]+(?:/[A-Za-z0-9._~-]+)*/", text) is not None


def _base() -> str:
    chosen = os.environ.get("GOLDENTHREAD_BASE", "")
    # What is no address is refused in one line where settings are read (graph/settings.py), not while modules load.
    return chosen if is_base(chosen) else DEFAULT_BASE


BASE: Final = _base()
"""What the addresses of individuals begin with in this process (GOLDENTHREAD_BASE, docs/adr/0014-linked-data.md)."""


def at_home(text: str) -> str:
    """Return Turtle or SPARQL of ours with its individuals where this process has them."""
    return text if BASE == DEFAULT_BASE else text.replace(DEFAULT_BASE, BASE)


OA: Final = Namespace("http://www.w3.org/ns/oa#")
SCHEMA: Final = Namespace("http://schema.org/")
GEO: Final = Namespace("http://www.opengis.net/ont/geosparql#")
SDMX_DIMENSION: Final = Namespace("http://purl.org/linked-data/sdmx/2009/dimension#")
SDMX_MEASURE: Final = Namespace("http://purl.org/linked-data/sdmx/2009/measure#")
SDMX_ATTRIBUTE: Final = Namespace("http://purl.org/linked-data/sdmx/2009/attribute#")
QUDT: Final = Namespace("http://qudt.org/schema/qudt/")
DQV: Final = Namespace("http://www.w3.org/ns/dqv#")
EARL: Final = Namespace("http://www.w3.org/ns/earl#")
STRATML: Final = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
"""Of StratML Part 2: the namespace of its XML, which is no RDF."""
RS: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
ENTAILMENT: Final = Namespace("http://www.w3.org/ns/entailment/")
FORMAT: Final = Namespace("http://www.w3.org/ns/formats/")
SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
MEDIA_TYPE: Final = Namespace("https://www.iana.org/assignments/media-types/")
XHV: Final = Namespace("http://www.w3.org/1999/xhtml/vocab#")

PREFIXES: Final[dict[str, str]] = {
    "gt": str(GT),
    "gts": str(GTS),
    "id": BASE,
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "owl": str(OWL),
    "xsd": str(XSD),
    "skos": str(SKOS),
    "dcterms": str(DCTERMS),
    "dcat": str(DCAT),
    "prov": str(PROV),
    "oa": str(OA),
    "org": str(ORG),
    "geo": str(GEO),
    "schema": str(SCHEMA),
    "time": str(TIME),
    "qb": str(QB),
    "sdmx-dimension": str(SDMX_DIMENSION),
    "sdmx-measure": str(SDMX_MEASURE),
    "sdmx-attribute": str(SDMX_ATTRIBUTE),
    "qudt": str(QUDT),
    "sh": str(SH),
    "dqv": str(DQV),
    "earl": str(EARL),
    "rs": str(RS),
    "void": str(VOID),
    "sd": str(SD),
    "foaf": str(FOAF),
    "vann": str(VANN),
    "xhv": str(XHV),
}

_NOT_KEY = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """Return the key part of an address for ``name``: lower case ASCII letters, digits and hyphens.

    ``&`` is read as "and"; apostrophes vanish, so that "St Vincent's" gives ``st-vincents``. A name
    with nothing left (all punctuation, or another script) gives its code points, so it is never empty.
    """
    folded = unicodedata.normalize("NFKD", name.replace("&", " and ").replace("'", "").replace("\u2019", ""))
    key = _NOT_KEY.sub("-", folded.encode("ascii", "ignore").decode().lower()).strip("-")
    return key or "-".join(f"u{ord(c):x}" for c in name.strip()) or "unnamed"


def force_key(name: str) -> str:
    """Return the key of a force that no vocabulary lists, by its name: "Owlshire Police" gives ``owlshire``."""
    return re.sub(r"-(police|constabulary)$", "", slug(name))


def mint(kind: str, key: str) -> URIRef:
    """Return the address of the individual of ``kind`` ("operation", "lpa", ...) with ``key``."""
    return URIRef(f"{BASE}{kind}/{key}")


def key_of(iri: str) -> str:
    """Return the last part of an address: ``.../operation/irish-lion`` gives ``irish-lion``."""
    return str(iri).rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def shortened(iri: str) -> str:
    """Return an address as people write it: ``gt:inArea``, ``id:lpa/essex-north``; whole where no prefix fits."""
    fits = [(prefix, space) for prefix, space in PREFIXES.items() if iri.startswith(space)]
    if not fits:
        return f"<{iri}>"
    prefix, space = max(fits, key=lambda pair: len(pair[1]))
    return f"{prefix}:{iri.removeprefix(space)}"


def with_short_addresses(text: str) -> str:
    """Return ``text`` with ours of the addresses that stand in it in < > as ``shortened`` writes them."""
    return re.sub(f"<({re.escape(BASE)}[^<>\\s]*)>", lambda found: shortened(found[1]), text)


def graph_name(key: str) -> URIRef:
    """Return the name of the named graph with ``key`` ("register", "themes", ...)."""
    return mint("graph", key)


def report_graph(report: str) -> URIRef:
    """Return the named graph that holds what report ``report`` (its key) says."""
    return graph_name(f"report/{report}")


def derived_graph(report: str) -> URIRef:
    """Return the named graph of the links that rules derived from report ``report`` (its key)."""
    return graph_name(f"derived/{report}")


DATASET: Final = mint("dataset", "golden-thread")
"""Everything that one store holds, as VoID and DCAT describe it."""
CATALOGUE: Final = mint("catalogue", "golden-thread")
"""What can be had of that dataset, as DCAT lists it."""
REGISTER: Final = graph_name("register")
RULES: Final = graph_name("rules")
SHAPES: Final = graph_name("shapes")
STATE: Final = graph_name("state")
"""In an endpoint: the graph that says of which version the others are, and which they are."""
