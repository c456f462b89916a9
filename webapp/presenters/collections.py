"""The collections that can be explored, described: what each is found by, and what its table shows.

One view, one presenter and one template serve them all (``webapp.presenters.explore``). Of each collection there are
two page queries: ``explore-NAME.rq``, whose answer are the rows that meet the filters, and ``explore-NAME-facts.rq``,
which says once for a data version by what every row can be found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


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
    """"thing" (the row itself), "tags", "words", "linked" (the first, with its page), "quote", "areas" (evidence in
    each), "bar" (of evidence), "count" (how many; files have names), "number" (how many) or "value" (a number)."""
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
    order: str = ""
    """The sorting it has by itself, as an address names it ("-figures"), if not by name; of a column of numbers."""
    blueprint: str = ""
    """Where its pages are registered, if not under its name."""
    read: bool = True
    """Whether each row leads to the first sentence about it; not where the row is that sentence."""
    beside: tuple[tuple[str, str], ...] = ()
    """Pages that go on from here: the words of the link and the endpoint."""

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
    def by_itself(self) -> str:
        """The sorting that its address need not name."""
        return self.order or self.columns[0].name

    @property
    def file_columns(self) -> tuple[ColumnOf, ...]:
        """The columns of its files."""
        return self.columns + self.also

    @property
    def named(self) -> frozenset[str]:
        """The facets whose values are shown by name, on the page or in files."""
        numbers = {"number", "value"}
        columns = (column.facets for column in self.file_columns if column.form not in numbers)
        return frozenset({*(facet.name for facet in self.facets), *self.searched, *(f for fs in columns for f in fs)})

    @property
    def whole(self) -> frozenset[str]:
        """The facets that hold of a row as a whole."""
        return frozenset(facet.name for facet in self.facets if facet.whole)

    @property
    def endpoint(self) -> str:
        """The blueprint of its pages."""
        return self.blueprint or self.name

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

COMMITMENTS = Collection(
    name="commitments",
    kind="commitment",
    one="commitment",
    many="commitments",
    subtitle="What the plan promises, and how many sentences of evidence each area has for it",
    search="Number or wording",
    beside=(
        ("Coverage: where there is no evidence", "coverage.index"),
        ("Compare two quarters", "compare.index"),
    ),
    facets=(
        FacetOf(
            "told",
            "Evidence",
            words=(("areas", "From some area", 0), ("force-wide", "Force-wide only", 0), ("none", "None found", 0)),
            whole=True,
            unfolded=True,
        ),
        replace(_PRIORITY, whole=True),
        _AREA,
        _QUARTER,
        _THEME,
        _DISTRICT,
        _PARTNER_TYPE,
        _PARTNER,
        _OPERATION,
    ),
    columns=(
        ColumnOf("commitment", "Commitment", form="thing"),
        ColumnOf("by-area", "Evidence by area", form="areas"),
        ColumnOf("operations", "Operations", ("operation",)),
        ColumnOf("partners", "Partners", ("partner",)),
        ColumnOf("figures", "Figures", ("figure",), "number"),
        ColumnOf("evidence", "Evidence", form="bar"),
    ),
    also=(
        ColumnOf("priority", "Priority", ("priority",)),
        ColumnOf("told", "Told", ("told",)),
        ColumnOf("areas", "Areas", ("lpa",)),
        ColumnOf("districts", "Districts", ("district",)),
        ColumnOf("quarters", "Quarters", ("quarter",)),
    ),
)

MEASURES = Collection(
    name="measures",
    kind="measure",
    one="measure",
    many="measures",
    subtitle="What reports count again and again, and whether the numbers add up",
    search="Name",
    facets=(
        FacetOf(
            "figures",
            "Figures",
            words=(("yes", "With figures", 0), ("no", "None found", 0)),
            whole=True,
            unfolded=True,
        ),
        FacetOf(
            "checks",
            "Checks",
            words=(("fail", "Some ask for a look", 0), ("agree", "Some agree", 0), ("none", "Not checked", 0)),
            unfolded=True,
        ),
        _AREA,
        _PRIORITY,
        _QUARTER,
        _THEME,
        _DISTRICT,
        _COMMITMENT,
    ),
    columns=(
        ColumnOf("measure", "Measure", form="thing"),
        ColumnOf("unit", "Unit", ("unit",), "words"),
        ColumnOf("better", "Better when", ("better",), "words"),
        ColumnOf("areas", "Areas", ("lpa",), "tags"),
        ColumnOf("commitments", "Commitments", ("commitment",)),
        ColumnOf("figures", "Figures", ("figure",), "number"),
        ColumnOf("failing", "To look at", ("failing",), "number"),
        ColumnOf("evidence", "Evidence", form="bar"),
    ),
    # The vocabulary knows more measures than a report has figures of: those come last.
    order="-figures",
    also=(ColumnOf("districts", "Districts", ("district",)), ColumnOf("quarters", "Quarters", ("quarter",))),
)

EVIDENCE = Collection(
    name="evidence",
    kind="item",
    one="evidence item",
    many="evidence items",
    subtitle="Every sentence that a report gives as evidence, in its own words",
    search="Words of the report",
    searched=("quote",),
    facets=(
        _AREA,
        _PRIORITY,
        _QUARTER,
        FacetOf("figure", "Kind of figure", unfolded=True),
        FacetOf("check", "Check of its figures", unfolded=True),
        _THEME,
        _DISTRICT,
        _COMMITMENT,
        _OPERATION,
        _PARTNER,
    ),
    columns=(
        ColumnOf("item", "Item", form="thing"),
        ColumnOf("quote", "In the report's words", ("quote",), "quote"),
        ColumnOf("areas", "Area", ("lpa",), "tags"),
        ColumnOf("commitment", "Commitment", ("commitment",), "linked"),
        ColumnOf("figures", "Figures", ("stated",), "number"),
    ),
    also=(
        ColumnOf("report", "Report", ("report",)),
        ColumnOf("start", "Start", ("start",), "value"),
        ColumnOf("end", "End", ("end",), "value"),
        ColumnOf("districts", "Districts", ("district",)),
        ColumnOf("themes", "Themes", ("theme",)),
        ColumnOf("operations", "Operations", ("operation",)),
        ColumnOf("partners", "Partners", ("partner",)),
        ColumnOf("figureKinds", "Kinds of figures", ("figure",)),
        ColumnOf("checks", "Checks", ("check",)),
        ColumnOf("quarters", "Quarters", ("quarter",)),
    ),
    read=False,
    blueprint="items",
)

COLLECTIONS = {collection.name: collection for collection in (OPERATIONS, PARTNERS, COMMITMENTS, MEASURES, EVIDENCE)}
