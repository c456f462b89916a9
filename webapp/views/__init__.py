"""One module for each family of pages; each view asks, presents and renders, and no more."""

from __future__ import annotations

from flask import Flask

from webapp.views import (
    about,
    api,
    appearance,
    areas,
    ask,
    audit,
    briefings,
    commitments,
    compare,
    coverage,
    dataset,
    editor,
    evidence,
    explain,
    guide,
    health,
    home,
    items,
    linked_data,
    maps,
    measures,
    network,
    operations,
    partners,
    proof,
    questions,
    reports,
    search,
    sparql,
    terms,
    themes,
    why,
)

BLUEPRINTS = (
    home.pages,
    operations.pages,
    partners.pages,
    commitments.pages,
    areas.pages,
    maps.pages,
    network.pages,
    themes.pages,
    measures.pages,
    reports.pages,
    audit.pages,
    why.pages,
    proof.pages,
    coverage.pages,
    compare.pages,
    questions.pages,
    ask.pages,
    editor.pages,
    search.pages,
    items.pages,
    evidence.pages,
    explain.pages,
    briefings.pages,
    sparql.pages,
    linked_data.pages,
    terms.pages,
    dataset.pages,
    about.pages,
    guide.pages,
    api.pages,
    appearance.pages,
    health.pages,
)


def register(app: Flask) -> None:
    """Give ``app`` all pages."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
