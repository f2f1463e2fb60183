from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import Draft
from index.identity import canonical_url, claimed_identity, content_digest


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://News.Example.ORG/Path", "https://news.example.org/Path"),
        ("HTTPS://news.example.org/a", "https://news.example.org/a"),
        ("https://news.example.org/a#part-2", "https://news.example.org/a"),
        ("https://news.example.org/a?utm_source=x&utm_medium=y", "https://news.example.org/a"),
        ("https://news.example.org/a?id=3&fbclid=abc", "https://news.example.org/a?id=3"),
        ("https://news.example.org/a?b=2&a=1", "https://news.example.org/a?b=2&a=1"),
        ("https://news.example.org/a?q=a%20b+c&gclid=1", "https://news.example.org/a?q=a%20b+c"),
        ("https://news.example.org/a?flag&x=", "https://news.example.org/a?flag&x="),
        ("https://news.example.org/a/", "https://news.example.org/a/"),
        ("http://news.example.org/a", "http://news.example.org/a"),
        ("https://www.news.example.org:8443/a", "https://www.news.example.org:8443/a"),
        ("https://Me:Pw@News.example.org/a", "https://Me:Pw@news.example.org/a"),
        ("not a url", "not a url"),
        ("https://[broken/a", "https://[broken/a"),
    ],
)
def test_the_canonical_form_drops_only_what_does_not_identify(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@given(st.text())
def test_the_canonical_form_is_its_own(url: str) -> None:
    assert canonical_url(canonical_url(url)) == canonical_url(url)


@pytest.mark.parametrize(
    ("draft", "identity"),
    [
        (Draft("t", id="7", url="https://a.example.org/x"), "7"),
        (Draft("t", url="https://A.example.org/x#y"), "https://a.example.org/x"),
        (Draft("t"), None),
    ],
    ids=["its id", "else its URL", "else none of its own"],
)
def test_an_article_claims(draft: Draft, identity: str | None) -> None:
    assert claimed_identity(draft) == identity


def test_the_digest_covers_every_field() -> None:
    draft = Draft("text")
    other = {
        "authors": ("A",),
        "published_at": datetime(2024, 1, 1, tzinfo=UTC),
        "updated_at": datetime(2024, 1, 1, tzinfo=UTC),
    }
    changed = [replace(draft, **{f.name: other.get(f.name, "other")}) for f in fields(Draft)]  # type: ignore[arg-type]
    assert len({content_digest(each) for each in [draft, *changed]}) == len(fields(Draft)) + 1
