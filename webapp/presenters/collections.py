"""The collections that can be explored, described: what each is found by, and what its table shows.

One view, one presenter and one template serve them all (``webapp.presenters.explore``). Of each collection there are
two page queries: ``explore-NAME.rq``, whose answer are the rows that meet the filters, and ``explore-NAME-facts.rq``,
which says once for a data version by what every row can be found.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FacetOf:
    """A way to narrow a collection: its name in the address, its title, and where its values come from."""

    name: str
    title: str
    kind: str = ""
    """The kind of thing that its values are; "" for things of any other kind, of which those in use are offered."""
    words: tuple[tuple[str, str, int], ...] = ()
    """The values where they are no things: key, label, and how far it is indented."""
    whole: bool = False
    """Whether it holds of the row as a whole, and not of one sentence about it."""
    in_use: bool = False
    """Whether only values that some row has are offered: where a vocabulary knows far more than reports name."""
    unfolded: bool = False
    """Whether the panel shows its values before anything is chosen."""


@dataclass(frozen=True, slots=True)
class ColumnOf:
    """A column of the table: which values of a row it shows, and in which form."""

    name: str
    title: str
    facets: tuple[str, ...] = ()
    """Where its values come from: facets of the page, or others that the facts name; none: the evidence items."""
    form: str = "count"
    """"thing" (the row itself), "tags", "words", "count", "bar" (of evidence), "quote" or "areas" (items in each)."""
    where: tuple[str, str] | None = None
    """Only what such sentences say counts: a facet and a value."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection of things that are found in one way."""

    name: str
    """Its address without the slash, and its name in files."""
    kind: str
    """The kind of its things, for their signs."""
    one: str
    many: str
    subtitle: str
    search: str
    """What the search box within looks through."""
    facets: tuple[FacetOf, ...]
    columns: tuple[ColumnOf, ...]
    also: tuple[ColumnOf, ...] = ()
    """Columns that its files have beside those of the page."""
    noted: tuple[str, str, str] | None = None
    """A facet, a value and the words beside the name of a row that lacks it."""
    searched: tuple[str, ...] = ()
    """Facets whose labels the search box looks through too."""
    own_page: str = ""
    """The question of the catalogue that shows one of them, where they have no page of their own."""

    @property
    def title(self) -> str:
        """Its heading."""
        return self.many[:1].upper() + self.many[1:]

    @property
    def rows_query(self) -> str:
        """The page query whose answer are its rows."""
        return f"explore-{self.name}"

    @property
    def facts_query(self) -> str:
        """The page query that says by what its rows can be found."""
        return f"explore-{self.name}-facts"

    @property
    def file_columns(self) -> tuple[ColumnOf, ...]:
        """The columns of its files."""
        return self.columns + self.also

    @property
    def whole(self) -> frozenset[str]:
        """The facets that hold of a row as a whole."""
        return frozenset(facet.name for facet in self.facets if facet.whole)

    def facet(self, name: str) -> FacetOf | None:
        """Return the facet called ``name``, if there is one."""
        return next((facet for facet in self.facets if facet.name == name), None)


_THEME = FacetOf("theme", "Theme", "theme")
_AREA = FacetOf("lpa", "Local Policing Area", "lpa", unfolded=True)
_DISTRICT = FacetOf("district", "District", "district")
_PRIORITY = FacetOf("priority", "Priority", "priority", unfolded=True)
_COMMITMENT = FacetOf("commitment", "Commitment", "commitment")
_QUARTER = FacetOf("quarter", "Quarter", "quarter", in_use=True, unfolded=True)
_PARTNER_TYPE = FacetOf("partner-type", "Partner type", "partner-type")
_PARTNER = FacetOf("partner", "Partner", "partner", in_use=True)
_OPERATION = FacetOf("operation", "Operation", "operation", in_use=True)

OPERATIONS = Collection(
    name="operations",
    kind="operation",
    one="operation",
    many="operations",
    subtitle="Linked to partners, areas and the promises they serve",
    search="Name or partner",
    searched=("partner",),
    facets=(
        FacetOf(
            "partners",
            "Partners",
            words=(
                ("any", "Partner-linked", 0),
                ("others", "With partners besides volunteers", 1),
                ("volunteers", "With volunteers only", 1),
                ("none", "No partner found", 0),
            ),
            whole=True,
            unfolded=True,
        ),
        _AREA,
        _PRIORITY,
        _QUARTER,
        _THEME,
        _DISTRICT,
        _PARTNER_TYPE,
        _PARTNER,
        _COMMITMENT,
    ),
    columns=(
        ColumnOf("operation", "Operation", form="thing"),
        ColumnOf("themes", "Themes", ("tackles", "heading"), "words"),
        ColumnOf("areas", "Areas", ("lpa",), "tags"),
        ColumnOf("partners", "Partners", ("partner",)),
        ColumnOf("commitments", "Commitments", ("commitment",)),
        ColumnOf("evidence", "Evidence", form="bar"),
    ),
    also=(ColumnOf("districts", "Districts", ("district",)), ColumnOf("quarters", "Quarters", ("quarter",))),
)

PARTNERS = Collection(
    name="partners",
    kind="partner",
    one="partner",
    many="partners",
    subtitle="Bodies that reports say work with the police, or name",
    search="Name",
    noted=("role", "acts", "only named"),
    facets=(
        FacetOf(
            "role", "Role", words=(("acts", "Works with the police", 0), ("named", "Only named", 0)), unfolded=True
        ),
        FacetOf(
            "change",
            "Since the report before",
            words=(("new", "New", 0), ("continuing", "Continuing", 0), ("not-mentioned", "Not mentioned any more", 0)),
            whole=True,
            unfolded=True,
        ),
        _AREA,
        FacetOf("partner-type", "Type", "partner-type", whole=True, unfolded=True),
        _PRIORITY,
        _QUARTER,
        _THEME,
        _DISTRICT,
        _COMMITMENT,
        _OPERATION,
    ),
    columns=(
        ColumnOf("partner", "Partner", form="thing"),
        ColumnOf("type", "Type", ("partner-type",), "words"),
        ColumnOf("areas", "Areas", ("lpa",), "tags", ("role", "acts")),
        ColumnOf("operations", "Operations", ("operation",), where=("role", "acts")),
        ColumnOf("commitments", "Commitments", ("commitment",), where=("role", "acts")),
        ColumnOf("evidence", "Evidence", form="bar"),
    ),
    also=(
        ColumnOf("districts", "Districts", ("district",), where=("role", "acts")),
        ColumnOf("roles", "Roles", ("role",)),
        ColumnOf("quarters", "Quarters", ("quarter",)),
    ),
)

COLLECTIONS = {collection.name: collection for collection in (OPERATIONS, PARTNERS)}
