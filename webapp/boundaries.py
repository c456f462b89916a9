"""Boundaries of districts from a GeoJSON file (RFC 7946) that a setting names, drawn in place of tiles.

A feature belongs to the district whose ONS code it bears: as its ``id``, or else in the first of its properties that
looks like one. Which way rings are wound does not matter: holes are holes by the even-odd rule.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import GoldenThreadError

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read."""
WIDTH = 720.0
"""Width of a drawing, in its own units; a point is drawn to the nearest tenth of one."""
_CODE = re.compile(r"[ENSW]\d{8}")

Point = tuple[float, float]
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Boundary:
    """The rings of a district, outer ones and holes, in degrees of longitude and latitude."""

    rings: tuple[Ring, ...]
    label: Point | None = None
    """Where its name should stand, if the file says so (``label_lon``, ``label_lat``)."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The boundaries of a file by ONS code, and whom to thank for them."""

    districts: Mapping[str, Boundary]
    source: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A district as it is drawn."""

    path: str
    """Data of an SVG path, to be filled by the even-odd rule."""
    x: float
    y: float
    """The middle of its name."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Some districts on one sheet."""

    width: float
    height: float
    outlines: Mapping[str, Outline]


def read_boundaries(path: Path) -> Boundaries:
    """Read the boundaries in the file at ``path``.

    Raises: GoldenThreadError naming the file, the feature and the reason, if it is no GeoJSON of areas in degrees.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise _fault(path, f"is larger than {LARGEST // 1024 // 1024} MiB; take boundaries that are generalised")
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _fault(path, f"cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise _fault(path, f"is no JSON: {error}") from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise _fault(path, 'is no GeoJSON with a list of "features"')
    found: dict[str, Boundary] = {}
    for number, feature in enumerate(features, 1):
        try:
            code, boundary = _feature(feature)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _fault(path, f"feature {number}: {error}") from error
        if code in found:
            raise _fault(path, f"feature {number}: the code {code} is there twice")
        if code:
            found[code] = boundary
    if not found:
        raise _fault(path, "no feature bears an ONS code such as E07000071")
    attribution = content.get("attribution")
    return Boundaries(found, attribution if isinstance(attribution, str) else f"Boundaries: {path.name}")


def draw(boundaries: Mapping[str, Boundary]) -> Drawing:
    """Return ``boundaries`` (at least one) on a sheet: a degree of longitude as long as it is in their middle."""
    points = [p for boundary in boundaries.values() for ring in boundary.rings for p in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    narrowed = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / (((east - west) * narrowed) or 1)

    def at(point: Point) -> Point:
        return round((point[0] - west) * narrowed * scale, 1), round((north - point[1]) * scale, 1)

    return Drawing(WIDTH, at((west, south))[1], {code: _outline(b, at) for code, b in boundaries.items()})


def _outline(boundary: Boundary, at: Any) -> Outline:
    rings = [[at(point) for point in ring] for ring in boundary.rings]
    x, y = at(boundary.label) if boundary.label else _middle(max(rings, key=lambda ring: abs(_area(ring))))
    return Outline("".join(_path(ring) for ring in rings), round(x, 1), round(y, 1))


def _path(ring: Sequence[Point]) -> str:
    """Return a closed ring; points that fall on the same tenth of a unit as the one before are drawn once."""
    kept = [point for i, point in enumerate(ring) if i == 0 or point != ring[i - 1]]
    if len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept) + "Z"


def _area(ring: Sequence[Point]) -> float:
    """Return the area of a ring, positive or negative by the way it is wound."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def _middle(ring: Sequence[Point]) -> Point:
    """Return the centre of gravity of a ring; of one without an area, its first point."""
    area = _area(ring)
    if not area:
        return ring[0]
    pairs = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)]
    return (
        sum((a[0] + b[0]) * cross for a, b, cross in pairs) / (6 * area),
        sum((a[1] + b[1]) * cross for a, b, cross in pairs) / (6 * area),
    )


def _feature(feature: Any) -> tuple[str, Boundary]:
    properties = feature.get("properties") or {}
    values = (feature.get("id"), *properties.values())
    code = next((v for v in values if isinstance(v, str) and _CODE.fullmatch(v)), "")
    geometry = feature.get("geometry") or {}
    kind = geometry.get("type")
    if kind not in {"Polygon", "MultiPolygon"}:
        raise ValueError(f"its geometry is a Polygon or a MultiPolygon, not {kind!r}")
    polygons = [geometry["coordinates"]] if kind == "Polygon" else geometry["coordinates"]
    rings = tuple(_ring(ring) for polygon in polygons for ring in polygon)
    if not rings:
        raise ValueError("it has no ring")
    lon, lat = properties.get("label_lon"), properties.get("label_lat")
    label = (float(lon), float(lat)) if isinstance(lon, int | float) and isinstance(lat, int | float) else None
    return code, Boundary(rings, label)


def _ring(positions: Iterable[Any]) -> Ring:
    ring = tuple((float(position[0]), float(position[1])) for position in positions)
    if len(ring) < 4:
        raise ValueError("a ring has at least four positions")
    outside = next((p for p in ring if not (abs(p[0]) <= 180 and abs(p[1]) <= 90)), None)
    if outside:
        raise ValueError(f"{list(outside)} are no degrees of longitude and latitude (WGS 84)")
    return ring


def _fault(path: Path, reason: str) -> GoldenThreadError:
    return GoldenThreadError(f"{path}: {reason} (GOLDENTHREAD_BOUNDARIES)", path=str(path), reason=reason)
