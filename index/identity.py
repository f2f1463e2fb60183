"""What makes two readings the same article: its id, else its canonical URL, else where it lies."""

from __future__ import annotations

import hashlib
import json
import re
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from index.articles import Draft
from index.dates import format_date

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid"
    r"|_ga|_gl|_hsenc|_hsmi|mkt_tok|vero_id|oly_anon_id|oly_enc_id|wickedid",
    re.IGNORECASE,
)


def canonical_url(url: str) -> str:
    """Return `url` with its host in lower case, without fragment and tracking parameters.

    Nothing else is touched: what else two URLs may differ in can make them two articles. A text that is
    no URL is returned as it is.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    if not parts.scheme or not parts.netloc:
        return url
    credentials, at, host = parts.netloc.rpartition("@")
    return urlunsplit(
        (parts.scheme.lower(), credentials + at + host.lower(), parts.path, _kept(parts.query), "")
    )


def _kept(query: str) -> str:
    # Filtered as text, not decoded and encoded again: the order and spelling of the rest may matter.
    return "&".join(pair for pair in query.split("&") if not _is_tracking(pair))


def _is_tracking(pair: str) -> bool:
    return any(_TRACKING.fullmatch(name) for name, _ in parse_qsl(pair, keep_blank_values=True))


def claimed_identity(draft: Draft) -> str | None:
    """Return the identity that the draft itself claims, or None where only its place identifies it."""
    if draft.id:
        return draft.id
    return canonical_url(draft.url) if draft.url else None


def content_digest(draft: Draft) -> str:
    """Return the SHA-256 (hex) over everything that the draft says, where it lies left out."""
    said = [
        draft.id,
        draft.title,
        draft.url,
        draft.publisher,
        list(draft.authors),
        format_date(draft.published_at) if draft.published_at else None,
        format_date(draft.updated_at) if draft.updated_at else None,
        draft.language,
        draft.text,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
