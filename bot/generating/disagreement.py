"""Articles that give different figures for the same thing: who says what, and which is later, is told in any case."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.amounts import is_year
from bot.answering.claims import Version, figures_in
from bot.answers import Citation, Claim
from bot.generating.same_thing import is_of_same_thing, opens_with_pronoun


class Disagreement:
    """The versions that articles give of what is asked, held against what a language model wrote of it.

    What is said of another year, the harvest of 2024 beside that of 2025, is no other version; nor is what is said of
    another ship, or of "she".
    """

    def __init__(self, versions: Sequence[Version]) -> None:
        said_of = [each for each in versions if not opens_with_pronoun(each.claim.text)]
        same = [each for each in said_of if _are_of_one_year(each, said_of[0])]
        self._versions = same if len(same) > 1 else []

    def note_on(self, text: str, citations: Sequence[Citation]) -> str | None:
        """Return which version a sentence gives, the later or an earlier one; None where it gives none, or several."""
        stated = self._stated(text, citations)
        return stated[0].note if len(stated) == 1 and self._others(stated[0]) else None

    def missing(self, claims: Sequence[Claim]) -> list[Version]:
        """Return the versions of what claims give versions of that no claim gives."""
        stated = [version for claim in claims for version in self._stated(claim.text, claim.citations)]
        others = [other for version in stated for other in self._others(version)]
        return [version for version in self._versions if version in others and version not in stated]

    def _stated(self, text: str, citations: Sequence[Citation]) -> list[Version]:
        figures = figures_in(text)
        return [
            version
            for version in self._versions
            if any(_is_from(version, each) for each in citations) and figures & self._figures_alone(version)
        ]

    def _others(self, version: Version) -> list[Version]:
        """Return what is said of the same thing otherwise."""
        figures = self._figures_alone(version)
        return [
            other
            for other in self._versions
            if other is not version
            and is_of_same_thing(version.claim.text, other.claim.text, figures, self._figures_alone(other))
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
