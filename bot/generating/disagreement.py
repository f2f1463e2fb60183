"""Articles that give different figures for the same thing: who says what, and which is later, is told in any case."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.amounts import is_year
from bot.answering.claims import Version, figures_in
from bot.answers import Citation, Claim


class Disagreement:
    """The versions that articles give of what is asked, held against what a language model wrote of it.

    What is said of another year, the harvest of 2024 beside that of 2025, is no other version.
    """

    def __init__(self, versions: Sequence[Version]) -> None:
        same = [each for each in versions if _are_of_one_year(each, versions[0])]
        self._versions = same if len(same) > 1 else []

    def note_on(self, text: str, citations: Sequence[Citation]) -> str | None:
        """Return which version a sentence gives, the later or an earlier one; None where it gives none, or several."""
        stated = self._stated(text, citations)
        return stated[0].note if len(stated) == 1 else None

    def missing(self, claims: Sequence[Claim]) -> list[Version]:
        """Return the versions that no claim gives; none where no claim gives any."""
        stated = [version for claim in claims for version in self._stated(claim.text, claim.citations)]
        return [version for version in self._versions if version not in stated] if stated else []

    def _stated(self, text: str, citations: Sequence[Citation]) -> list[Version]:
        figures = figures_in(text)
        return [
            version
            for version in self._versions
            if any(_is_from(version, each) for each in citations) and figures & self._figures_alone(version)
        ]

    def _figures_alone(self, version: Version) -> set[str]:
        """Return the figures of a version that no other has."""
        others = [other.figures for other in self._versions if other is not version]
        return set(version.figures).difference(*others)


def _are_of_one_year(one: Version, other: Version) -> bool:
    years = [max(filter(is_year, each.figures), default=None) for each in (one, other)]
    return None in years or years[0] == years[1]


def _is_from(version: Version, citation: Citation) -> bool:
    return any(each.article.id == citation.article.id for each in version.claim.citations)
