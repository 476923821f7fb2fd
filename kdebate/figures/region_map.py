"""A map of the region with an inset of the peninsula: a few places of the lesson, and where they lie."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, radians
from typing import Any

from kdebate import words
from kdebate.figures.picture import Picture, Table, day, links, marked, rows


@dataclass(frozen=True)
class _Window:
    """A piece of the globe as it is drawn: degrees, and how wide in units of the drawing."""

    west: float
    east: float
    south: float
    north: float
    width: float

    @property
    def squeeze(self) -> float:
        """How much narrower a degree of longitude is than one of latitude, at the middle of the window."""
        return cos(radians((self.south + self.north) / 2))

    @property
    def scale(self) -> float:
        """Units for a degree of latitude."""
        return self.width / ((self.east - self.west) * self.squeeze)

    @property
    def height(self) -> float:
        """In units of the drawing."""
        return (self.north - self.south) * self.scale

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point of the globe lies in the drawing."""
        return (lon - self.west) * self.squeeze * self.scale, (self.north - lat) * self.scale

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a point lies in it."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    def meets(self, corners: Sequence[tuple[float, float]]) -> bool:
        """Whether an outline may reach into it, by the box around the outline."""
        lons, lats = zip(*corners, strict=True)
        beside = max(lons) < self.west or min(lons) > self.east
        return not (beside or max(lats) < self.south or min(lats) > self.north)


REGION = _Window(west=97, east=146, south=-3, north=45, width=400)
INSET = _Window(west=123.4, east=131.4, south=36.7, north=43, width=400)
# Where a label stands beside its dot, in units: right and down from it, and which end of the text lies there.
_BESIDE = {"PL08": (-10, 22, "start"), "PL07": (-14, -12, "end")}
_USUAL = (12, 5, "start")
_NAMED = {"REGION": ("China", "Japan"), "INSET": ("North Korea", "South Korea", "China")}
_NAMED_AT = {
    "REGION": {"China": (108, 33), "Japan": (137.2, 33.2)},
    "INSET": {"North Korea": (127.4, 40.35), "South Korea": (128.2, 37), "China": (126, 42.3)},
}


def region_map(until: str = "2019-04-20") -> Picture:
    """
    Draw the places of the lesson's beginning.

    Parameters
    ----------
    until : str, default "2019-04-20"
        Titles of sources that name a later day are not shown.

    Returns
    -------
    Picture
        The region from Singapore to Japan, the peninsula beside it, and the places as a table.
    """
    said, last = words.of("region_map"), day(until)
    places = _places(said)
    inside = [place for place in places if INSET.holds(place["lon"], place["lat"])]
    outside = [place for place in places if place not in inside]
    listed = {
        key: ", ".join(f"{place['name']} ({place['says']})" for place in found)
        for key, found in (("region", outside), ("inset", inside))
    }
    alt = said["alt"].format(**listed)
    region = _map(REGION, "REGION", outside, _frame(said))
    return Picture(
        title=said["title"],
        alt=alt,
        drawing=(
            f'<div class="kdp-maps" role="img" aria-label="{html.escape(alt)}">{region}{_map(INSET, "INSET", inside, "")}</div>'
        ),
        tables=(_table(said, places, last),),
        note=said["note"],
    )


def _places(said: dict[str, Any]) -> list[dict[str, Any]]:
    known = {row["place_id"]: row for row in rows("places")}
    return [
        known[name]
        | {"says": says, "lon": float(known[name]["lon_deg"]), "lat": float(known[name]["lat_deg"])}
        for name, says in said["place"].items()
    ]


def _map(window: _Window, name: str, places: Sequence[dict[str, Any]], more: str) -> str:
    land = "".join(_outline(window, row) for row in rows("map_outlines"))
    names = "".join(
        _text(*window.at(*where), country, "kdp-country", "middle")
        for country, where in _NAMED_AT[name].items()
    )
    dots = "".join(_place(window, place) for place in places)
    box = f"0 0 {window.width:.0f} {window.height:.0f}"
    return f'<svg viewBox="{box}" aria-hidden="true">{land}{names}{more}{dots}</svg>'


def _outline(window: _Window, row: dict[str, Any]) -> str:
    pairs = (corner.split() for corner in row["points"].split(";"))
    corners = [(float(lon), float(lat)) for lon, lat in pairs]
    if not window.meets(corners):
        return ""
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in (window.at(lon, lat) for lon, lat in corners))
    both = {"North Korea", "South Korea"}
    kind = "kdp-korea" if row["country"] in both else "kdp-land"
    return f'<path class="{kind}" d="M{path}Z"/>'


def _place(window: _Window, place: dict[str, Any]) -> str:
    x, y = window.at(place["lon"], place["lat"])
    right, down, anchor = _BESIDE.get(place["place_id"], _USUAL)
    name = html.escape(place["name"])
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
        + _text(x + right, y + down, name, "kdp-place", anchor)
        + _text(x + right, y + down + 19, html.escape(place["says"]), "kdp-says", anchor)
    )


def _text(x: float, y: float, said: str, kind: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{said}</text>'


def _frame(said: dict[str, Any]) -> str:
    """The window of the second map on the first, and the way to Washington."""
    x, y = REGION.at(INSET.west, INSET.north)
    right, down = REGION.at(INSET.east, INSET.south)
    edge, level = REGION.at(REGION.east, 22)
    return (
        f'<rect class="kdp-frame" x="{x:.1f}" y="{y:.1f}" width="{right - x:.1f}" height="{down - y:.1f}"/>'
        f'<path class="kdp-far" d="M{edge - 62:.1f} {level:.1f}h52m-8 -6l8 6l-8 6"/>'
        + _text(edge - 10, level + 20, said["far"], "kdp-says", "end")
    )


def _table(said: dict[str, Any], places: Sequence[dict[str, Any]], last: date) -> Table:
    return Table(
        said["table"]["heading"],
        said["table"]["head"],
        [
            [
                html.escape(place["name"]),
                html.escape(place["says"]),
                marked(f"{place['lat']:.2f}, {place['lon']:.2f}", place, "lat_deg"),
                links(place["source_ids"], last),
            ]
            for place in places
        ],
    )
