"""What a page says about its article outside the text that it shows: meta elements, JSON-LD, links in its head."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from index.readers.bounds import LONGEST_TITLE
from index.readers.web_page.json_ld import Node, names_in, read_json_ld, site_names
from index.readers.web_page.tree import Element, attribute_text, text_of

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Facts:
    """The page's statements about itself, as they stand there."""

    metas: dict[str, list[str]]
    """By name, in small letters without marks ("article:published_time" is "articlepublishedtime")."""
    nodes: list[Node]
    title: str
    """The text of the title element, "" where it is too long for a title."""
    language: str
    canonical: list[str]
    """The addresses that it calls its own."""

    def meta(self, *names: str) -> str:
        """Return the first value that any of the meta elements `names` has, "" for none."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), "")


def read_facts(root: Element) -> Facts:
    """Return what the page under `root`, still with its scripts, says about itself."""
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for name in (meta.get(attribute) or "").split():
                metas.setdefault(_key(name), []).append(attribute_text(meta.get("content")))
    title = next((element for element in root.iter("title") if not _in_drawing(element)), None)
    tab = "" if title is None else text_of(title)
    html = root if root.tag == "html" else next(root.iter("html"), root)
    return Facts(
        metas=metas,
        nodes=read_json_ld(root),
        title=tab if len(tab) <= LONGEST_TITLE else "",
        language=html.get("lang") or html.get("xml:lang") or "",
        canonical=[
            (link.get("href") or "").strip()
            for link in root.iter("link")
            if "canonical" in (link.get("rel") or "").lower().split()
        ],
    )


def url_of(facts: Facts) -> str | None:
    """Return the article's address as the page gives it, None where it gives none that is whole.

    A site's front page is never an article's address: pages that name it would all be one article.
    """
    addresses: list[str] = [*facts.canonical, *facts.metas.get("ogurl", ())]
    for address in addresses:
        if re.search(r"\s", address):
            continue
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname and (parts.path.strip("/") or parts.query):
            return address
    return None


def language_of(facts: Facts, article: Node) -> str | None:
    """Return the primary subtag of the page's language ("en"), None where it names none."""
    told = names_in(article.get("inLanguage"))
    told += [str(item.get("alternateName")) for item in [article.get("inLanguage")] if isinstance(item, dict)]
    for value in (
        facts.language,
        facts.meta("oglocale"),
        *told,
        facts.meta("contentlanguage", "language", "dclanguage"),
    ):
        if found := _LANGUAGE.fullmatch(value.strip()):
            return found[1].lower()
    return None


def publisher_of(facts: Facts, article: Node) -> str | None:
    """Return the name of the site or publisher that the page gives, None where it gives none."""
    told = [
        facts.meta("ogsitename"),
        *names_in(article.get("publisher")),
        *site_names(facts.nodes),
        facts.meta("dcpublisher", "dctermspublisher", "publisher", "applicationname", "citationpublisher"),
    ]
    return next((name for name in told if name and not re.match(r"https?:|www\.|@", name)), None)


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _in_drawing(element: Element) -> bool:
    return any(ancestor.tag == "svg" for ancestor in element.iterancestors())
