"""An item as NewsML-G2 2.35, for systems that take their news as XML."""

from __future__ import annotations

from lxml import etree

from generator.filing.feeds.body import XHTML, body_elements
from generator.filing.feeds.item import DIGITAL_SOURCE, TOPICS, Item
from generator.filing.feeds.ninjs import stamp

NEWSML = "newsml.xml"
_NAR = "http://iptc.org/std/nar/2006-10-01/"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml"
_LANGUAGE = "en-GB"


def newsml(item: Item) -> bytes:
    """Write an item."""
    root = etree.Element(
        f"{{{_NAR}}}newsItem",
        {
            "guid": item.uri,
            "version": str(item.version),
            "standard": "NewsML-G2",
            "standardversion": "2.35",
            "conformance": "power",
            f"{_XML}lang": _LANGUAGE,
        },
        nsmap={None: _NAR},
    )
    _add(root, "catalogRef", href=_CATALOG)
    _add_item_meta(_add(root, "itemMeta"), item)
    _add_content_meta(_add(root, "contentMeta"), item)
    inline = _add(_add(root, "contentSet"), "inlineXML", contenttype="application/xhtml+xml")
    html = etree.SubElement(inline, f"{{{XHTML}}}html", nsmap={None: XHTML})
    head = etree.SubElement(html, f"{{{XHTML}}}head")
    etree.SubElement(head, f"{{{XHTML}}}title").text = item.copy.headline
    etree.SubElement(html, f"{{{XHTML}}}body").extend(body_elements(item.copy))
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _add_item_meta(meta: etree._Element, item: Item) -> None:
    """Add what is said of the item; the standard wants it in this order."""
    _add(meta, "itemClass", qcode="ninat:text")
    _add(_add(meta, "provider"), "name", item.provider)
    _add(meta, "versionCreated", stamp(item.changed))
    _add(meta, "firstCreated", stamp(item.created))
    if item.embargo:
        _add(meta, "embargoed", stamp(item.embargo))
    _add(meta, "pubStatus", qcode=f"stat:{item.status.value}")
    for note in item.notes:
        _add(meta, "edNote", note)


def _add_content_meta(meta: etree._Element, item: Item) -> None:
    """Add what is said of the text."""
    _add(meta, "contentCreated", stamp(item.created))
    _add(meta, "digitalSourceType", uri=DIGITAL_SOURCE)
    _add(_add(meta, "infoSource"), "name", item.source)
    _add(meta, "language", tag=_LANGUAGE)
    for code, name in TOPICS.items():
        _add(_add(meta, "subject", qcode=f"medtop:{code}"), "name", name)
    for name in filter(None, dict.fromkeys((item.area, item.region))):
        _add(_add(meta, "subject", type="cpnat:geoArea"), "name", name)
    _add(meta, "slugline", item.slug)
    _add(meta, "headline", item.copy.headline)


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_NAR}}}{name}", attributes)
    element.text = text or None
    return element
