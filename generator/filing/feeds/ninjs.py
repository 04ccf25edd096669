"""An item as ninjs 3.1, the IPTC's news in JSON."""

from __future__ import annotations

import datetime

from generator.filing.encoded import as_json
from generator.filing.feeds.body import body_html, body_text
from generator.filing.feeds.item import DIGITAL_SOURCE, TOPICS, Item

NINJS = "ninjs.json"
_LANGUAGE = "en-GB"


def ninjs(item: Item) -> bytes:
    """Write an item. What is not in it is unknown: nothing is empty."""
    said: dict[str, object] = {
        "uri": item.uri,
        "standard": {
            "name": "ninjs",
            "version": "3.1",
            "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
        },
        "type": "text",
        "version": str(item.version),
        "firstCreated": stamp(item.created),
        "versionCreated": stamp(item.changed),
        "embargoedUntil": stamp(item.embargo) if item.embargo else None,
        "pubStatus": item.status.value,
        "edNote": " ".join(item.notes),
        "language": _LANGUAGE,
        "slugline": item.slug,
        "headlines": [{"value": item.copy.headline, "contentType": "text/plain"}],
        "bodies": [
            {"role": "main", "contentType": "text/html", "value": body_html(item.copy)},
            {"role": "plain", "contentType": "text/plain", "value": body_text(item.copy)},
        ],
        "organisations": [{"name": item.provider, "rel": "provider"}],
        "infoSources": [{"name": item.source}],
        "places": [{"name": name} for name in dict.fromkeys((item.area, item.region)) if name],
        "subjects": [
            {"name": name, "uri": f"http://cv.iptc.org/newscodes/mediatopic/{code}"}
            for code, name in TOPICS.items()
        ],
        "digitalSourceType": {"uri": DIGITAL_SOURCE},
    }
    return as_json({key: value for key, value in said.items() if value})


def stamp(moment: datetime.datetime) -> str:
    """Return a moment in UTC, to the second: 2021-05-13T08:30:00Z."""
    return f"{moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"
