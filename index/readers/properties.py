"""A file's own properties, which programs fill in as often as people do: what of them can be believed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.readers.credit_lines import is_name, split_names

_FILE_NAME = re.compile(
    r".*\.(?:docx?|dotx?|docm|pdf|indd|qxd|qxp|tex|dvi|html?|odt|rtf|txt|md|pages|pub|pptx?|xlsx?|ps|eps|ai|jpe?g|png|tiff?)",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"\(?untitled\)?.*|\(?(?:anonymous|unspecified|none|null|unknown|title|headline)\)?"
    r"|(?:new |blank )?(?:document|presentation|page|file|text|article|template|layout|slide|print|scan|image|book)"
    r"[ _-]*\d*|(?:microsoft|libreoffice|openoffice)\s.*|word document|powerpoint presentation|about:blank"
    r"|(?:https?|file)://.*|[a-z]:[\\/].*|(?:draft|final|copy|test|temp|tmp|scanned? ?\w*)(?:[ _-]?v?\d+)*",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"\(?(?:anonymous|unspecified|unknown|none|null|author|owner|default)\)?|.*\buser\b.*|\w*user\d*|admin\w*|root|guest"
    r"|python-docx|.*\b(?:microsoft|adobe|indesign|acrobat|word|libreoffice|openoffice|latex|pdftex|quarkxpress|chrome"
    r"|windows|office|scanner|xerox|canon|hp|dell|lenovo|laptop|desktop|pc)\b.*|.*@.*|.*[\\_].*",
    re.IGNORECASE,
)


def believable_title(title: str | None) -> str | None:
    """Return a title that somebody wrote, with its spaces in order; None for the ones programs leave."""
    text = " ".join((title or "").replace("\x00", "").split())
    if len([character for character in text if character.isalpha()]) < 3:
        return None
    if _NO_TITLE.fullmatch(text) or _FILE_NAME.fullmatch(text):
        return None
    single = " " not in text
    return None if single and (re.search(r"[_\d]", text) or text.islower()) else text


def believable_authors(author: str | None) -> tuple[str, ...]:
    """Return the people that a file's author property names; none for user names and programs."""
    text = " ".join((author or "").replace("\x00", "").split())
    if not text or _NO_AUTHOR.fullmatch(text):
        return ()
    surname_first = re.fullmatch(r"([^\s,;]+), ([^\s,;]+(?: [^\s,;]+)?)", text)
    if surname_first:
        return (f"{surname_first[2]} {surname_first[1]}",)
    return tuple(name for name in split_names(text) if is_name(name))


def choose_title(property_: str, shown: Sequence[str], headline: int) -> tuple[str | None, int]:
    """Return the title, and the place among the paragraphs `shown` that shows it (-1 where none does).

    What the property says comes first, where somebody wrote it; a headline (at that place; -1 for none) that
    is a part of it, as where a site's name follows, or that contains it is the title as the reader sees it.
    """
    title = believable_title(property_)
    if title is None:
        return (shown[headline], headline) if headline >= 0 else (None, -1)
    wanted = _letters(title)
    for place, text in enumerate(shown):
        letters = _letters(text)
        part_of = place == headline and letters and (letters in wanted or wanted in letters)
        if letters == wanted or part_of:
            return text, place
    return title, -1


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
