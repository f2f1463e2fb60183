"""What the names that a page gives its elements (class, id, aria-label) say about what is in them.

A name is believed when every word of it is known: "related-stories" is a list of other stories,
"share-holders-report", "has-sidebar" and "content-sidebar-wrap" are not what a word of them says.
"""

from __future__ import annotations

import re
from enum import Flag, auto
from functools import lru_cache

from index.readers.web_page.tree import Element


class Role(Flag):
    """What is in an element by its name; a name can say several things."""

    NONE = 0
    FURNITURE = auto()
    """Not the article's: other stories, sharing, comments, advertisements, navigation, prompts."""
    CAPTION = auto()
    """The words and the credit under a picture."""
    BYLINE = auto()
    """Who wrote it and when."""
    AUTHOR = auto()
    """Who wrote it."""
    BODY = auto()
    """The article's text."""
    ARTICLE = auto()
    """The article with its headline."""
    STANDFIRST = auto()
    """The lead under the headline."""
    REFERENCE = auto()
    """A footnote's number."""
    PUBLISHED = auto()
    """When it was published."""
    UPDATED = auto()
    """When it was last changed."""
    HEADLINE = auto()
    """The article's title."""


_FURNITURE_WORDS = """
    ad advert advertisement advertising advertorial action alsoread bio breadcrumb comment consent cookie copyright
    donate donation eyebrow feedback follow footer gdpr kicker login logo lightbox masthead menu modal morestories
    mostpopular mostread nav navigation newsletter overlay overline pager pagination popular popup privacy promo rail
    reaction readalso readingtime readmore readnext readtime recirc recirculation recommendation recommended register
    related search share sharing sidebar signin signup skip social socialmedia sponsor sponsored subscribe subscription
    tag teaser toast toc toolbar tooltip trending interstitial upnext upsell utility vote"""
_ENDING = (
    r"(?:s|bar|box|list|links?|buttons?|btn|tools?|posts?|articles?|stor(?:y|ies)|items?|content|wrap(?:per)?"
    r"|widget|block|area|section|form|icons?|module|panel)?"
)
# Services that fill parts of pages, and names that frameworks give such parts.
_SERVICES = (
    "addthis|addtoany|adsbygoogle|adsense|cmp|dfp|dianomi|didomi|disqus|gpt|livefyre|onetrust|outbrain|sharedaddy"
    "|sharethis|spotim|taboola|viafoura|yarpp|zergnet|respond|offcanvas|hamburger|navbar|topbar|hashtags?"
)
_FURNITURE = re.compile(rf"(?:{'|'.join(_FURNITURE_WORDS.split())}){_ENDING}|{_SERVICES}")
_CAPTION = re.compile(
    r"(?:image|photo|picture|img|media|figure|gallery)?(?:captions?|cutlines?|credits?)(?:text|box)?"
    r"|photographer|courtesy"
)
_BYLINE = re.compile(
    r"by-?lines?|authors?|(?:author|byline)(?:s|name|info|block|link)|writer|contributors?|datelines?"
    r"|dates?|datetime|times?|timestamps?"
    r"|published|publish|pubdate|publication|posted|postdate|postmeta|entrymeta|meta|metadata|modified"
    r"|updated"
)
_NEUTRAL_WORDS = """
    a above after align article articles at automatic b banner bar bars before below bg blk block bottom box brand
    bt btn btns button buttons by c card cards carousel center col column comp component container count counter
    css custom data default desktop details dropdown el element embed embedded end entry featured figure fixed
    flex float floating footer for g gallery global grid group head header heading headline hero horizontal hp
    html icon icons id image images img in info inline inner instance item items jp js l label large latest layout
    lead left lg li link links list lists lower m main md media message mid middle mobile mod module modules more
    mpu name native new news no notice o of offer outer p page panel part photo photos picture placeholder plugin
    post posts primary prompt r region right row s sc secondary section sections set single site size slot sm
    small source standard sticky stories story strip style styles sub submit tablet td template text the theme
    this title to toggle tool tools top ui ul unit upper us v vertical video view w web widget widgets wp wrap
    wrapper x xl xs your"""
_NEUTRAL = frozenset(_NEUTRAL_WORDS.split())
# Said of two words together; each alone is said of anything.
_PHRASES = re.compile(
    r"(?<![a-z])(?:"
    r"(?:most|also|top|more)-(?:read|viewed|shared|commented|popular|stories|articles|news|posts|from|on)"
    r"|read-(?:more|next|also|on)|(?:more|next|other|latest)-(?:stories|articles|news|posts|headlines"
    r"|from-\w+)"
    r"|(?:you-)?(?:may|might)-(?:also-)?(?:like|enjoy)|sign-(?:up|in)|log-in|up-next|skip-(?:link|to-\w+)"
    r"|table-of-contents|about-(?:the-)?authors?|author-(?:bio|box|card|profile|description|about|details)"
    r"|(?:site|global|page)-(?:header|head|footer|nav)|reading-time|read-time|min-read|time-to-read"
    r"|paywall-(?:prompt|banner|overlay|message|box|cta|offer|wall)|cat-links|posted-in|filed-under"
    r"|(?:post|article|entry)-(?:footer|categories|navigation)|widget-area|call-to-action|cta|print-only"
    r"|see-also|follow-us|contact-us|join-us|stay-(?:connected|informed)|get-the-app|back-to-top"
    r")(?![a-z])"
)
_BODY = re.compile(
    r"(?:article|story|post|entry|news|blog|td-post|node|single|detail)-?(?:body|content|text|main|copy"
    r"|maintext|bodytext)"
    r"(?:-(?:text|content|copy|inner|main|wrapper|container|body))?|(?:main|body)-(?:text|copy|content)"
    r"|body-?copy|articlebody|storybody"
    r"|storytext|story-?copy|articletext|article-page|article-?main|c-entry-content|wysiwyg"
    r"|rich-text(?:-body)?|the-content"
)
_ARTICLE = re.compile(
    r"(?:news|single|main|full)?-?(?:article|story|post|entry|hentry|h-entry)(?:-(?:page|wrapper|container"
    r"|detail|main))?"
)
_STANDFIRST = re.compile(
    r"(?:(?:article|story|post|entry|news|c|page)-)?(?:header-)?(?:stand-?first|lead|lede|dek|deck|intro"
    r"|introduction|sub-?(?:title|head|headline|heading)"
    r"|excerpt|summary|description|abstract|chapeau|vorspann|entradilla|bajada|strap-?line"
    r"|strap)(?:-(?:text|paragraph|p))?"
)
_REFERENCE = re.compile(
    r"(?:foot|end)?-?note-?ref(?:erence)?s?|footnotes?|footnote-?(?:link|anchor|marker|number|ref)|fn-?ref"
    r"|fn|noteref|reference|cite-?ref"
    r"|ref|easy-footnote|sup-?ref|mw-ref"
)
_AUTHOR = re.compile(
    r"(?:(?:article|post|story|entry|news|c|p|meta)-)*(?:by-?lines?|authors?|author-?names?"
    r"|by-?line-?(?:name|author)s?|writer)"
)
_PUBLISHED = re.compile(
    r"(?:dt-|date-?|time-?|entry-|post-|article-|story-)?(?:published|pub-?date|publish-?date"
    r"|publication-?date|posted)(?:-?(?:on|at|date|time))?"
    r"|(?:entry|post|article|story)-date|date-?(?:published|posted|created)"
)
_UPDATED = re.compile(
    r"(?:dt-|date-?|time-?|last-?)?(?:updated|modified)(?:-?(?:on|at|date|time))?|(?:update"
    r"|modification)-date"
)
_HEADLINE = re.compile(
    r"(?:(?:article|story|post|entry|news|page|c|p|node)-)*(?:title|headline|heading)|p-name|(?:article"
    r"|story|post|entry)title"
)
_SHAPES = (
    (_BODY, Role.BODY),
    (_AUTHOR, Role.AUTHOR),
    (_ARTICLE, Role.ARTICLE),
    (_STANDFIRST, Role.STANDFIRST),
    (_REFERENCE, Role.REFERENCE),
    (_PUBLISHED, Role.PUBLISHED),
    (_UPDATED, Role.UPDATED),
    (_HEADLINE, Role.HEADLINE),
)
_NAMING = ("id", "data-component", "data-testid", "data-module", "data-block", "aria-label")
_LONGEST_CLASS = 4_000
"""Characters of an element's class that are read; a hundred names of utility style sheets are fewer."""

_HASH = re.compile(r"__(?=\w*(?:\d|[a-z][A-Z]))\w{5,6}$")


def role_of(element: Element) -> Role:
    """Return what the names of `element` say is in it."""
    role = Role.NONE
    for name in (element.get("class") or "")[:_LONGEST_CLASS].split():
        role |= _role(name)
    for attribute in _NAMING:
        if value := element.get(attribute):
            role |= _role(value[:60])
    if "-" in element.tag:
        role |= _role(element.tag)
    return role


@lru_cache(maxsize=65536)
def _role(name: str) -> Role:
    words = _words(name)
    joined = "-".join(words)
    role = Role.NONE
    for pattern, meant in _SHAPES:
        if pattern.fullmatch(joined):
            role |= meant
    return role | _told_by_every_word(joined)


def _words(name: str) -> list[str]:
    """Split "relatedStories-list__3xYz1" into its words, what a build tool added left out."""
    name = re.sub(r"([a-z])([A-Z])", r"\1-\2", _HASH.sub("", name)).lower()
    return [word for word in re.split(r"[^a-z0-9]+", name) if word and not re.search(r"\d", word)]


def _told_by_every_word(joined: str) -> Role:
    role = Role.NONE
    for word in _PHRASES.sub("related", joined).split("-"):
        if _FURNITURE.fullmatch(word):
            role |= Role.FURNITURE
        elif _CAPTION.fullmatch(word):
            role |= Role.CAPTION
        elif _BYLINE.fullmatch(word):
            role |= Role.BYLINE
        elif word not in _NEUTRAL:
            return Role.NONE
    return role
