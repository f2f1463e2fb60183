"""Lines around an article that are not its text: by-lines, photo credits, dates, sources, copyright."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from index.dates import parse_date

_LONGEST = 300

_PHOTO = re.compile(
    r"""[(\[]?\s*(?:
        (?:file\s+)?(?:photo|photograph|image|picture|pic|illustration|graphic|foto|video)s?
            (?:\s+(?:credits?|by|source|via|caption|courtesy(?:\s+of)?))?\s*:.*
      | (?:photo|photograph|image|picture|illustration|graphic|video)s?\s+(?:by|via|courtesy(?:\s+of)?)\s.*
      | (?:credits?|courtesy|caption)\s*:.* | image\s+(?:source|caption|credit)\s*,.*
      | (?:file|ap|reuters)\s+(?:photo|picture|image|pic)s?
      | (?:.{0,80}(?:/|,|\bvia|[–—|©-]|\bby)\s*)?(?:getty\s+images|shutterstock|alamy(?:\s+stock\s+photo)?|epa-efe
            |istock(?:photo)?|ap\s+photo|wikimedia\s+commons|unsplash|pexels)(?:\s*/\s*[\w\s.'’-]{1,40})?
      | (?:reuters|afp|ap\s+photo|ap|epa|nasa|xinhua|usa\s+today\s+sports)\s*/\s*[\w.'’-]+(?:,?\s[\w.'’/-]+){0,4}
      | image|photo|credit|advertisement|caption
    )\s*[)\]]?""",
    re.VERBOSE | re.IGNORECASE,
)
_CLOSING = re.compile(
    r"""[(\[]?\s*(?:
        \#\#\#+ | -+\s*30\s*-+ | [-–—*]*\s*(?:ends?|fin)\s*[-–—*]+ | \*\ \*\ \*
      | (?:©|\(c\)|copyright\b|℗).{0,300} | .{0,100}\ball\ rights\ reserved\b.{0,200}
      | (?:additional\ |further\ )?(?:reporting|writing|editing|compiled|edited|written|translated|produced)\ by\b
            (?=.*[A-Z]).{0,300}
      | enditem | .{0,200}\bcontributed\ to\ this\ (?:report|story|article)\.?
      | (?:first\ )?published(?:\ on)? | (?:last\ )?updated(?:\ on)? | our\ standards:.*
      | read\ (?:more|next|also)\s*:.* | related(?:\ (?:stories|articles?|coverage))?\s*:.*
      | follow\ \S+.{0,60}\ on\ (?:twitter|facebook|x|instagram|bluesky|mastodon).{0,60}
    )\s*[)\]]?""",
    re.VERBOSE | re.IGNORECASE,
)

_NAME_WORD = r"(?:[^\W\d_a-zß-ÿ][\w.'’-]*|d['’][A-Z]\w+|[a-z]{1,3}-?[A-Z]\w+)"
_PARTICLE = r"(?:al|ap|bin|bint|da|das|de|del|della|den|der|di|do|dos|du|e|el|ibn|la|le|van|vom|von|y|zu)"
_NAME = rf"{_NAME_WORD}(?:[ -](?:{_PARTICLE} )*{_NAME_WORD}){{0,4}}"
_PERSON = re.compile(rf"{_NAME_WORD}(?: (?:{_PARTICLE} )*{_NAME_WORD}){{1,3}}")
_NAMES = re.compile(rf"{_NAME}(?:(?:\s*,\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*|\s*;\s*){_NAME})*")
_BETWEEN_NAMES = re.compile(r"\s*[,;&]\s*(?:and\s+|&\s*)?|\s+and\s+", re.IGNORECASE)
_BY = re.compile(
    r"(?:(?:story|text|words|written|report|analysis|opinion|reported|posted|published|commentary)\s+)?(?:by|von|par|por)\s*:?\s+",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"""\b(?:staff|writers?|reporters?|correspondents?|editors?|columnists?|contributors?|contributing|special\ to
    |bureau|chief|producer|journalists?|analysts?|for\ the|of\ the|in\ [A-Z]\w+|newsroom|desk|service|freelance)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_REPORTED = re.compile(
    rf"[(\[]?\s*(?:Reporting|Written|Writing) by\s+(?P<names>{_NAMES.pattern})(?=\s+in\s|\s*[;,)\]]|$)"
)
_NOBODY = re.compile(
    r"(?:our |the |a )?(?:(?:staff|special|own|web|news|online)\s+)*(?:staff|reporters?|writers?|correspondents?|desk"
    r"|news ?desk|editors?|editorial(?: board| team)?|team|newsroom|admin)",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|Today|Yesterday|Tomorrow|Now|The Numbers|Contrast|Comparison|Then|Law|Default)",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"(?:The )?Associated Press|AP|Reuters|Agence France-Presse|AFP|Bloomberg(?: News)?|Xinhua|TASS|CNN(?: Business)?"
    r"|BBC(?: News)?|UPI|dpa|EFE|ANSA|Kyodo(?: News)?|Yonhap|PTI|ANI|IANS|Interfax|Anadolu(?: Agency)?|NPR|VOA|RFE/RL",
    re.IGNORECASE,
)
# What people are called too (Post, Press, Star) needs its article.
_OUTLET = re.compile(
    r"The (?:[\w&'’.-]+ ){0,4}(?:Post|Press|Star|Record|Standard|Sun|Mirror|Express|Citizen|World|Globe)"
    r"|(?:[\w&'’.-]+ ){1,5}(?:News|Newspaper|News Agency|Times|Courier|Mail|Tribune|Herald|Observer|Gazette|Chronicle"
    r"|Journal|Review|Ledger|Guardian|Telegraph|Examiner|Inquirer|Dispatch|Zeitung|Allgemeine|Tagblatt)"
)
_LABEL = re.compile(
    r"(?P<label>(?:first |originally )?(?:published|posted|released)|(?:last )?(?:updated|modified|edited)|date"
    r"|source|url|link|original|publisher|publication|authors?|writers?|via|language)"
    r"(?P<colon>\s*:\s*|\s+(?:on|at)\s+|\s+)(?P<value>\S.*)",
    re.IGNORECASE,
)
_URL = re.compile(r"<?(?P<url>https?://[^\s<>]+)>?")
_DATE_SHAPE = re.compile(r"(?=.*\d)[\w\s.,:/+-]{6,60}")
_ENGLISH_DATE_WORD = re.compile(
    r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|a|p|m|am|pm|t|z|utc|gmt|[ecmp][sd]?t|c?e[sd]t|bst|ist|at|on|of|the|st|nd|rd|th",
    re.IGNORECASE,
)
_FOREIGN_DATE = re.compile(r"(?:(?:[^\W\d_]+,|le|den|el)\s+)?\d{1,4}\D")
_NUMERIC_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}")
_READING_TIME = re.compile(r"\d+\s*-?\s*min(?:ute)?s?(?:\s+read)?", re.IGNORECASE)
_PART = re.compile(r"\s*[|·•]\s*|\s+[–—-]\s+|\s{3,}|\t+")


@dataclass(frozen=True, slots=True)
class CreditLine:
    """What a line around the article says of it; nothing known of one that is only to be left out."""

    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None
    url: str | None = None
    publisher: str | None = None
    is_date: bool = False


def read_credit_line(line: str) -> CreditLine | None:
    """Return what `line` says of the article, or None where it is a line of the article.

    A line that says several things ("Ada Brook | 3 March 2023") counts where each part is understood.
    """
    line = line.strip()
    if not line or len(line) > _LONGEST:
        return None
    if is_photo_credit(line):
        return CreditLine()
    if _CLOSING.fullmatch(line):
        reported = _REPORTED.match(line)
        return CreditLine(authors=split_names(reported["names"]) if reported else ())
    if whole := _part(line):
        return whole
    parts = [part.strip() for part in _PART.split(line) if part.strip()]
    found = [_part(part) for part in parts]
    sure = [credit for credit in found if credit]
    names = [part for part, credit in zip(parts, found, strict=True) if not credit]
    if len(parts) < 2 or not sure or len(names) > 1 or not all(_PERSON.fullmatch(name) for name in names):
        return None
    return _together([*sure, CreditLine(authors=tuple(names))])


def is_photo_credit(line: str) -> bool:
    """Tell whether `line` says whose a picture is, or what it shows."""
    return len(line) <= _LONGEST and bool(_PHOTO.fullmatch(line.strip()))


def is_name(line: str) -> bool:
    """Tell whether `line` is nothing but what a person's name looks like."""
    return bool(_PERSON.fullmatch(line.strip())) and len(line) < 50


def split_names(names: str) -> tuple[str, ...]:
    """Return the persons in "Ada Brook, Bo Lee and Cy Ott"; a name turned round ("Brook, Ada") stays whole."""
    names = " ".join(names.split())
    parts = [part for part in _BETWEEN_NAMES.split(names) if part]
    return tuple(parts) if all(" " in part for part in parts) else (names,) if names else ()


def _together(credits_: list[CreditLine]) -> CreditLine:
    return CreditLine(
        authors=tuple(name for credit in credits_ for name in credit.authors),
        published_at=next((credit.published_at for credit in credits_ if credit.published_at), None),
        updated_at=next((credit.updated_at for credit in credits_ if credit.updated_at), None),
        url=next((credit.url for credit in credits_ if credit.url), None),
        publisher=next((credit.publisher for credit in credits_ if credit.publisher), None),
        is_date=any(credit.is_date for credit in credits_),
    )


def _part(part: str) -> CreditLine | None:
    bare = part.strip("()[] ")
    if _AGENCY.fullmatch(bare):
        return CreditLine(publisher=bare.title() if bare.isupper() and len(bare) > 5 else bare)
    if found := _URL.fullmatch(part):
        return CreditLine(url=found["url"])
    if _READING_TIME.fullmatch(part):
        return CreditLine()
    return _by_line(part) or _labelled(part) or _date(part)


def _by_line(part: str) -> CreditLine | None:
    by = _BY.match(part)
    if not by or (re.search(r"[.!?:…]$", part) and not re.search(r"\b(?:Jr|Sr|[A-Z])\.$", part)):
        return None
    rest = re.sub(r"\s*\([^)]*\)$", "", part[by.end() :]).strip()
    pieces = re.split(r"\s*,\s*", rest)
    while len(pieces) > 1 and (_ROLE.search(pieces[-1]) or _AGENCY.fullmatch(pieces[-1])):
        pieces.pop()
    outlet = pieces.pop() if len(pieces) > 1 and _OUTLET.fullmatch(pieces[-1]) else None
    names = re.sub(r"\s+(?:in|of|for|at) [A-Z].*$", "", ", ".join(pieces))
    if outlet and _NOBODY.fullmatch(names):
        return CreditLine(publisher=outlet)
    if not _NAMES.fullmatch(names) or _NOT_A_NAME.match(names):
        return None
    is_someone = " " in names or names.isupper() or _AGENCY.fullmatch(names) or _NOBODY.fullmatch(names)
    if len(names.split()) > 16 or not is_someone:
        return None
    authors = tuple(name for name in split_names(names) if not _NOBODY.fullmatch(name))
    return CreditLine(authors=authors, publisher=outlet)


def _labelled(part: str) -> CreditLine | None:
    found = _LABEL.fullmatch(part)
    if not found:
        return None
    label, value, colon = found["label"].lower(), found["value"].strip(), ":" in found["colon"]
    if re.search(r"published|posted|released|updated|modified|edited|date", label):
        return _labelled_date(label, value, colon)
    if not colon or len(value) > 200:
        return None
    if url := _URL.fullmatch(value):
        return CreditLine(url=url["url"])
    if label in ("source", "publisher", "publication", "via") and len(value) <= 60:
        return CreditLine(publisher=value.rstrip("."))
    if "author" in label or "writer" in label:
        return CreditLine(authors=split_names(value))
    return CreditLine() if label in ("url", "link", "original", "language") else None


def _labelled_date(label: str, value: str, colon: bool) -> CreditLine | None:
    value = re.sub(r"^(?:on|at)\s+", "", value, flags=re.IGNORECASE)
    moment = parse_date(value) if _may_be_date(value) else None
    if moment is None and not (colon and _DATE_SHAPE.fullmatch(value)):
        return None
    if re.search(r"updated|modified|edited", label):
        return CreditLine(updated_at=moment, is_date=True)
    return CreditLine(published_at=moment, is_date=True)


def _date(part: str) -> CreditLine | None:
    if _NUMERIC_DATE.fullmatch(part):
        return CreditLine(published_at=parse_date(part), is_date=True)
    moment = parse_date(part) if _may_be_date(part) else None
    return CreditLine(published_at=moment, is_date=True) if moment else None


def _may_be_date(part: str) -> bool:
    """Tell whether it is worth asking what date this is: a text that is none costs seconds, the first time."""
    if not _DATE_SHAPE.fullmatch(part) or len(part.split()) > 9:
        return False
    others = [word for word in re.findall(r"[^\W\d_]+", part) if not _ENGLISH_DATE_WORD.fullmatch(word)]
    return not others or (len(others) <= 4 and bool(_FOREIGN_DATE.match(part)))
