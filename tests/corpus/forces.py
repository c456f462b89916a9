"""Invented forces: names, areas, districts, bodies and operations, and the folder of Turtle that each is given as.

Nothing here is of a real force; bodies that work everywhere have the names of the shared vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random

from rdflib import ORG, RDF, SKOS, Graph, Literal, URIRef

from graph.namespaces import GEO, GT, PREFIXES, mint, slug

STEMS = (
    "Aldro Bexle Calvo Dunmer Elver Farrow Garsi Hesle Ivelo Jorda Kelvo Larko Mendri Norra Ovelo Pelda Quarro Rusko "
    "Selwi Tarndo Ulver Venno Wenslo Yarro Zeldo Ambro Brando Corvi Dreda Endri Flaxo Grendo Hulme Inglo Jessa Kirro "
    "Lodda Marra Nettle Osmo Pryda Ribble Sarko Thurlo Umbra Velda Withy Yelve Arlo Birko Cresso Dovra Eskel Fenno"
).split()
TAILS = (
    "by dale den don fell ford gate ham holm hurst land ley mere mont ness port ridge stead stoke thorpe ton well wick"
).split()
SHIRES = (
    "Alderweald Bramblemarch Cindervale Dapplemoor Elmsweir Foxholt Gorsewold Hollinsward Ironvale Junipershaw "
    "Kestrelmoor Larkenfell Mossward Nighthollow Oakenweir Pinemarch Quillmoor Rookshaw Silverwold Tansyfell "
    "Umberholt Vixenmoor Willowmarch Yewvale Ashenfold Birchmarch Cloverweald Drakemoor Emberfold Fernward "
    "Goldenmarch Heronweald Ivywold Jackdawfell Knappingshaw Lindenmoor Mistvale Nettleward Otterfold Peatmarch "
    "Quarryholt Ravenweald Sedgefold Thistlemarch Ullenwold Vetchmoor Wrenward Yarrowshaw Amberfell Brackenholt"
).split()
AREAS = ("North", "South", "East", "West", "Central", "Coastal", "Valley", "Upland")
AREA_WORDS = ("Hub", "Division", "Local Policing Area", "Sector")
BODIES = (
    ("Haven Trust", "charity"), ("Community Church", "faith"), ("Street Pastors", "volunteer"),
    ("Housing Association", "housing"), ("Business Forum", "business"), ("College", "education"),
    ("Youth Project", "charity"), ("Residents Association", "community-group"), ("Refuge", "charity"),
    ("Hospital Trust", "health"), ("Watch Volunteers", "volunteer"), ("Academy", "education"),
)  # fmt: skip
EVERYWHERE = (
    "Victim Support", "Crimestoppers", "British Transport Police", "Border Force", "Crown Prosecution Service",
    "Citizens Advice", "Action Fraud", "British Red Cross",
)  # fmt: skip
UNITS = ("Road Safety Team", "Rural Engagement Team", "Youth Offending Team", "Cyber Protect Team", "Harbour Unit")
COLOURS = (
    "AMBER BRONZE COPPER CRIMSON DAMSON EBONY FLINT GRANITE HAZEL INDIGO JASPER LILAC MARBLE NICKEL "
    "OCHRE PEWTER RUSSET "
    "SAFFRON TOPAZ UMBER VIOLET WALNUT"
).split()
NOUNS = (
    "ANVIL BASKET CANDLE DRUMMER EAGLE FALCON GARLAND HAMMER ISLAND JUGGLER KETTLE LANTERN MEADOW NEEDLE "
    "ORCHARD PADDLE "
    "QUIVER RAFTER SADDLE THIMBLE URCHIN VESSEL WAGON YEOMAN ZEPHYR BUTTRESS CHISEL DOLPHIN FIDDLE GOBLET"
).split()
_CODE = 80_000
"""Districts are numbered from here: beyond the codes that the statistics office has given."""


@dataclass(frozen=True, slots=True)
class District:
    """A district of an invented force."""

    name: str
    code: str
    area: str


@dataclass(frozen=True, slots=True)
class Body:
    """A partner; ``type`` is its key, and ``district`` a code, where the force's own folder has to say so."""

    name: str
    type: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class MadeForce:
    """An invented force and all it can name."""

    key: str
    name: str
    areas: tuple[str, ...]
    """Short names, as gold files and headings use them."""
    area_word: str
    districts: tuple[District, ...]
    places: tuple[tuple[str, str], ...]
    """Name, and the code of the district it lies in."""
    bodies: tuple[Body, ...]
    """Most often named first."""
    units: tuple[str, ...]
    operations: tuple[str, ...]
    """Every name it will ever use, in the order of their first use."""

    def turtle(self) -> dict[str, Graph]:
        """Return the files of its folder: name to graph."""
        return {"force": self._force(), "areas": self._areas(), "partners": self._partners(),
                "places": self._places(), "units": self._units()}  # fmt: skip

    def _force(self) -> Graph:
        graph, node = _graph(), mint("force", self.key)
        _named(graph, node, GT.PoliceForce, self.name)
        return graph

    def _areas(self) -> Graph:
        graph = _graph()
        for area in self.areas:
            node = self._area(area)
            _named(graph, node, GT.PolicingArea, f"{area} {self.area_word}")
            graph.add((node, SKOS.notation, Literal(area)))
            graph.add((node, GEO.sfWithin, mint("force", self.key)))
        for district in self.districts:
            node = mint("district", district.code)
            _named(graph, node, GT.District, district.name)
            graph.add((node, SKOS.notation, Literal(district.code)))
            graph.add((node, GEO.sfWithin, self._area(district.area)))
        return graph

    def _partners(self) -> Graph:
        graph = _graph()
        for body in self.bodies:
            if body.type:
                node = mint("partner", f"{self.key}-{slug(body.name)}")
                _named(graph, node, GT.Partner, body.name)
                graph.add((node, ORG.classification, mint("partner-type", body.type)))
                graph.add((node, GT.ofDistrict, mint("district", body.district)))
        return graph

    def _places(self) -> Graph:
        graph = _graph()
        for name, district in self.places:
            node = mint("place", f"{self.key}-{slug(name)}")
            _named(graph, node, GT.Place, name)
            graph.add((node, GT.placeKind, mint("place-kind", "locality")))
            graph.add((node, GEO.sfWithin, mint("district", district)))
        return graph

    def _units(self) -> Graph:
        graph = _graph()
        for name in self.units:
            node = mint("unit", f"{self.key}-{slug(name)}")
            _named(graph, node, GT.PoliceUnit, name)
            graph.add((node, ORG.classification, mint("unit-kind", "unit" if name.endswith("Unit") else "team")))
            graph.add((node, ORG.unitOf, mint("force", self.key)))
        return graph

    def _area(self, area: str) -> URIRef:
        return mint("lpa", f"{self.key}-{slug(area)}")


def made_forces(count: int, seed: int) -> list[MadeForce]:
    """Return the first ``count`` forces of ``seed``; more of them never change those before. At most "
    "``len(SHIRES)``."""
    if not 1 <= count <= len(SHIRES):
        raise ValueError(f"there are names for 1 to {len(SHIRES)} forces, not for {count}")
    names = [stem + tail for stem, tail in product(STEMS, TAILS)]
    Random(f"names {seed}").shuffle(names)  # noqa: S311 the same for the same seed is what it is for
    codes = iter(range(_CODE, _CODE + 20_000))
    return [_force(shire, iter(names[n * 25 : n * 25 + 25]), codes, seed) for n, shire in enumerate(SHIRES[:count])]


def _force(shire: str, names: Iterator[str], codes: Iterator[int], seed: int) -> MadeForce:
    chance = Random(f"force {shire} {seed}")  # noqa: S311
    areas = AREAS[: chance.randint(2, 8)]
    within = [*areas, *chance.choices(areas, k=chance.randint(2, 6))]
    districts = tuple(District(next(names), f"E07{next(codes):06}", area) for area in within)
    places = tuple((f"{name} {chance.choice(('Quay', 'Green', 'Cross'))}", chance.choice(districts).code)
                   for name in [next(names) for _ in range(10)])  # fmt: skip
    councils = [Body(f"{d.name} Borough Council", "local-authority", d.code) for d in districts]
    local = [Body(f"{d.name} {noun}", kind, d.code) for d in districts for noun, kind in chance.sample(BODIES, 4)]
    bodies = [*councils, *local, *(Body(name) for name in EVERYWHERE)]
    chance.shuffle(bodies)
    operations = [f"{colour} {noun}" for colour, noun in product(COLOURS, NOUNS)]
    chance.shuffle(operations)
    word = chance.choice(AREA_WORDS)
    suffix = chance.choice(("Police", "Constabulary"))
    units = tuple(f"{shire} {unit}" for unit in UNITS)
    return MadeForce(slug(shire), f"{shire} {suffix}", areas, word, districts, places, tuple(bodies), units,
                     tuple(operations))  # fmt: skip


def write_forces(folder: Path, forces: Sequence[MadeForce]) -> Path:
    """Write a folder for each force into ``folder``, as GOLDENTHREAD_FORCES takes it, and return it."""
    for force in forces:
        own = folder / force.key
        own.mkdir(parents=True, exist_ok=True)
        for name, graph in force.turtle().items():
            (own / f"{name}.ttl").write_text(graph.serialize(format="turtle"), encoding="utf-8")
    return folder


def _graph() -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix in ("geo", "gt", "org", "skos"):
        graph.bind(prefix, PREFIXES[prefix])
    return graph


def _named(graph: Graph, node: URIRef, class_: URIRef, name: str) -> None:
    graph.add((node, RDF.type, class_))
    graph.add((node, SKOS.prefLabel, Literal(name, lang="en")))
