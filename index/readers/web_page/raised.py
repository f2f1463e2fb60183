"""Raised and lowered characters: exponents, ordinals and formulas are text, the numbers of footnotes are not.

A footnote's number never runs into the figure beside it: 6,500<sup>1</sup> is 6,500.
"""

from __future__ import annotations

import re

from index.readers.superscripts import with_raised
from index.readers.web_page.names import Role, role_of
from index.readers.web_page.tree import DROPPED, Element, style_of, text_of

_LONGEST = 30
"""Characters of what is read as raised; beyond, a tag was not closed."""

_NOTE = r"\d{1,3}|[*†‡§¶#‖]{1,3}|[a-z]|[ivx]{1,4}|(?:note|fn|nb)\W?\d{1,3}"
_MARKER = re.compile(rf"(?:{_NOTE})(?:[,;–-](?:{_NOTE}))*", re.IGNORECASE)
_BRACKETED = re.compile(
    rf"[\[(]\s*(?:{_NOTE}|citation needed|who\?|when\?|clarification needed)\s*[\])]", re.IGNORECASE
)
_RETURN = re.compile(r"[↩↵⤴↑^\ufe0e\ufe0f\s]+")
_NOTE_ANCHOR = re.compile(r"#(?:.*(?:note|fn|ref|cite|ftn).*|[\w-]*\d+)$", re.IGNORECASE)

_NUMBER = re.compile(r"[+−–-]?\d{1,3}")
_POWER_OF_TEN = re.compile(r"(?<![\d.,])10$")
_TIMES_TEN = re.compile(r"[×x·*] ?10$")
_BEFORE_EXPONENT = re.compile(
    r"(?<![^\W_])(?:[kcmdnµμ]m|ft|yd|kg|sec|mc|[b-zB-HJ-ZΔπ])$|\d ?(?:m|in|mi|sq)$", re.IGNORECASE
)
_ISOTOPE = re.compile(
    r"(?:[1-3]H|[34]He|1[1-4]C|1[3-5]N|1[5-8]O|40K|60Co|90Sr|99Tc|1(?:2[3-9]|3[1-3])I|13[347]Cs|22[26]Ra"
    r"|222Rn"
    r"|23\dU|2(?:38|39|4\d)Pu|241Am)\b"
)
_JOINED = re.compile(
    r"st|nd|rd|th|e|er|re|ers|ère|ème|de|lle|me|le|o|os|a|as|º|ª|c|r|te|ste|mo|™|®|℠|tm|sm", re.IGNORECASE
)


def is_raised(element: Element) -> bool:
    """Tell whether the page shows `element` as a superscript."""
    if element.tag == "sup" or {"sup", "superscript"} & set((element.get("class") or "").lower().split()):
        return True
    return bool(element.get("style")) and style_of(element).get("vertical-align") == "super"


def is_reference(element: Element) -> bool:
    """Tell whether `element`, inside a line, is no more than the number or sign of a footnote, or the way back."""
    if element.tag not in ("a", "sup", "span", "small", "b", "cite"):
        return False
    role = role_of(element)
    raised_here = is_raised(element)
    if element.tag != "a" and not raised_here and Role.REFERENCE not in role:
        return False
    text = text_of(element)
    if not text or len(text) > _LONGEST:
        return False
    if element.get("role") == "doc-noteref" or "noteref" in (element.get("epub:type") or ""):
        return True
    if element.tag == "a":
        return _is_note_link(element, text, role)
    linked = next(element.iter("a"), None) is not None
    if Role.REFERENCE in role or linked:
        return bool(_MARKER.fullmatch(text) or _BRACKETED.fullmatch(text))
    return bool(_BRACKETED.fullmatch(text))


def _is_note_link(link: Element, text: str, role: Role) -> bool:
    target = link.get("href") or ""
    if _RETURN.fullmatch(text) and "#" in target:
        return True
    if not (_MARKER.fullmatch(text) or _BRACKETED.fullmatch(text)):
        return False
    wholly_raised = len(link) == 1 and is_raised(link[0]) and not (link.text or link[0].tail or "").strip()
    return bool(wholly_raised or _NOTE_ANCHOR.search(target) or Role.REFERENCE in role)


def raised(before: str, text: str, after: str) -> str:
    """Return what the raised `text` reads as between `before` and `after`."""
    if len(text) > _LONGEST:
        return DROPPED + text + DROPPED
    if re.match(r"\s*[/⁄](?:\d|$)", after) and re.fullmatch(r"\d{1,2}", text):
        return (" " if before[-1:].isdigit() else "") + text
    if text in ("o", "0", "°", "º") and before[-1:].isdigit() and re.match(r"\s?[CF]\b", after):
        return "°"
    if _NUMBER.fullmatch(text):
        return with_raised("", text) if _is_exponent(before, text, after) else DROPPED
    if text.upper() == "TM":
        return "™"
    if _JOINED.fullmatch(text) or _MARKER.fullmatch(text):
        return with_raised(before, text)[len(before) :] or DROPPED
    return DROPPED + text + DROPPED


def _is_exponent(before: str, number: str, after: str) -> bool:
    if _POWER_OF_TEN.search(before):
        return number != "1" or bool(_TIMES_TEN.search(before))
    if not before[-1:].strip() and _ISOTOPE.match(number + after):
        return True
    if not number[0].isdigit():
        return before[-1:].isalpha()
    return number in ("2", "3", "4") and bool(_BEFORE_EXPONENT.search(before))


def lowered(before: str, text: str, after: str) -> str:
    """Return what the lowered `text` reads as: "CO2", "3/4"; behind a figure it is dropped, as a note's number."""
    if re.search(r"\d\s*[/⁄]$", before) or (before[-1:].isalpha() and len(text) <= _LONGEST):
        return text + (DROPPED if text[-1:].isdigit() and after[:1].isdigit() else "")
    if text.isdigit() and before[-1:].isdigit():
        return DROPPED
    return DROPPED + text + DROPPED
