"""An article as schema.org has it, for whatever reads the page without seeing it."""

from __future__ import annotations

from generator.filing.charts import PNG, Picture
from generator.filing.feeds import Item
from generator.filing.feeds.body import body_text
from generator.filing.feeds.item import DIGITAL_SOURCE
from generator.model import Release

_CONTEXT = "https://schema.org"


def news_article(item: Item, release: Release, picture: Picture | None) -> dict[str, object]:
    """Return a draft as a NewsArticle; what is not known is left out.

    It is called a draft and has no date of publication: the page is filed before anybody has
    decided on it. Where it is withdrawn afterwards, the page has it say so (see `heads`).
    """
    dataset = {
        "@type": "Dataset",
        "name": release.title,
        "url": release.source,
        "license": release.licence,
        "creator": {"@type": "Organization", "name": release.publisher},
        "datePublished": release.published.isoformat() if release.published else "",
    }
    image = {"@type": "ImageObject", "contentUrl": PNG, "caption": picture.alt} if picture else None
    said: dict[str, object] = {
        "@context": _CONTEXT,
        "@type": "NewsArticle",
        "identifier": item.uri,
        "headline": item.copy.headline,
        "articleBody": body_text(item.copy),
        "creativeWorkStatus": "Sample: not for publication" if release.sample else "Draft",
        "inLanguage": "en-GB",
        "contentLocation": {"@type": "Place", "name": item.area},
        "publisher": {"@type": "Organization", "name": item.provider},
        "isBasedOn": {key: value for key, value in dataset.items() if value},
        "digitalSourceType": DIGITAL_SOURCE,
        "image": image,
    }
    return {key: value for key, value in said.items() if value}
