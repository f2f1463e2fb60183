"""What formatting applies to a run: its own, its styles', or the document's default."""

from __future__ import annotations

from functools import cache

from index.readers.word.package import Element, W, child_of, value_of

_DEEPEST = 20
"""Styles based on styles; a longer chain is a loop."""

_OFF = ("0", "false", "off", "none")
_HALF_POINTS = 20
"""Word's own size of text, in half-points, where a file names none."""


class Styles:
    """The styles of one document."""

    def __init__(self, part: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default_paragraph: str | None = None
        self._defaults: Element | None = None
        if part is not None:
            self._defaults = child_of(part, "docDefaults", "rPrDefault", "rPr")
            for style in part.iterchildren(W + "style"):
                identity = value_of(style, "styleId") or ""
                self._styles[identity] = style
                if value_of(style, "type") == "paragraph" and value_of(style, "default") in ("1", "true"):
                    self._default_paragraph = identity
        self._in_style = cache(self._find_in_style)

    def name(self, paragraph: Element) -> str:
        """Return the name of a paragraph's style in lower case; Word names its own in English everywhere."""
        identity = self._style_of(paragraph)
        style = self._styles.get(identity or "")
        return (
            (value_of(child_of(style, "name")) or "").lower()
            if style is not None
            else (identity or "").lower()
        )

    def find(self, run: Element, paragraph: Element, name: str) -> Element | None:
        """Return the property `name` that applies to a run, None where nothing sets it."""
        own = child_of(run, "rPr")
        if own is not None:
            direct = child_of(own, name)
            if direct is not None:
                return direct
            found = self._in_style(value_of(child_of(own, "rStyle")), name)
            if found is not None:
                return found
        found = self._in_style(self._style_of(paragraph), name)
        if found is None and self._defaults is not None:
            found = child_of(self._defaults, name)
        return found

    def is_on(self, run: Element, paragraph: Element, *names: str) -> bool:
        """Tell whether one of the properties is switched on for a run."""
        return any(is_on(self.find(run, paragraph, name)) for name in names)

    def half_points(self, run: Element, paragraph: Element) -> int:
        """Return the size of a run, in half-points."""
        value = value_of(self.find(run, paragraph, "sz")) or ""
        return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else _HALF_POINTS

    def _style_of(self, paragraph: Element) -> str | None:
        return value_of(child_of(paragraph, "pPr", "pStyle")) or self._default_paragraph

    def _find_in_style(self, identity: str | None, name: str) -> Element | None:
        for _ in range(_DEEPEST):
            style = self._styles.get(identity or "")
            if style is None:
                return None
            found = child_of(style, "rPr", name)
            if found is not None:
                return found
            identity = value_of(child_of(style, "basedOn"))
        return None


def is_on(switch: Element | None) -> bool:
    """Tell whether a switch such as <w:strike/> is on."""
    return switch is not None and (value_of(switch) or "1").lower() not in _OFF
