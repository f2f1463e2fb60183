"""Lines that stand among an article's paragraphs and are not the article's, known by their words."""

from __future__ import annotations

import re

_TRAILING = r"[\s:.…»›>→▸!–—-]*"
_LONGEST = 600
"""Characters of the longest line that is looked at; consent notes reach it."""


def _any_of(*forms: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(forms)}){_TRAILING}", re.IGNORECASE)


_STORIES = (
    r"(?:stor(?:y|ies)|articles?|news|posts?|content|coverage|topics?|links?|reading|headlines?|reads?)"
)
_OTHER_STORIES = _any_of(
    rf"(?:related|recommended|more|other|top|latest|popular|trending|similar|featured"
    rf"|further) (?:to this )?{_STORIES}",
    r"related(?: to this)?|recommended(?: for you)?|trending(?: now)?|popular|latest|more|more to explore",
    r"most (?:read|popular|viewed|shared|commented|recent)(?: in .{1,30})?",
    r"(?:you )?(?:may|might) (?:also )?(?:like|be interested in|enjoy)|read (?:more|next|also|on)|also read"
    r"|see also|up next",
    r"(?:read )?more (?:from|on|in|about|like|stories from|news from) .{1,60}|(?:what|where) to read next"
    r"|keep reading",
    r"don['’]t miss|must[- ]reads?|in other news|editors?['’]?s?['’]? (?:picks?|choice)|on this (?:topic"
    r"|story)",
    r"in this section|elsewhere on .{1,40}|(?:from )?around the web|from the web"
    r"|(?:in case )?you missed(?: it)?",
    r"lesen sie auch|mehr zum thema|das könnte sie (?:auch )?interessieren|(?:à )?lire aussi"
    r"|sur le même sujet",
    r"leer más|lea también|te puede interesar|noticias relacionadas|leggi anche|leia (?:também|mais)"
    r"|lees ook",
)

_POINTER = re.compile(
    r"\W*(?:(?:read|see|watch|listen|look) (?:also|more|next|too)|also (?:read|see|watch)"
    r"|related(?: (?:story|stories|articles?|news))?"
    r"|more on this(?: story)?|recommended(?: (?:reading|stories|article))?|don['’]t miss|must[- ]read"
    r"|watch|listen|further reading"
    r"|more|read|you (?:may|might) also like|in pictures|explainer|opinion|analysis|lesen sie auch"
    r"|(?:à )?lire aussi|lea también"
    r"|leggi anche|leia (?:também|mais)|lees ook)\b\s*(?P<mark>[:|–—»›>→▸-]+)?\s*",
    re.IGNORECASE,
)

_AGENCIES = r"(?:getty images|afp|reuters|ap(?: photo)?|epa|shutterstock|alamy|istock)"
_NETWORKS = (
    r"(?:facebook|twitter|x|linkedin|reddit|whatsapp|telegram|pinterest|instagram|youtube|messenger|flipboard"
    r"|bluesky|threads|e-?mail)"
)
_FURNITURE = _any_of(
    # Advertisements
    r"advertise?ments?|sponsored content|(?:story|article) continues (?:below|after).{0,40}|report this ad"
    r"|skip (?:ad|advertisement)",
    r"scroll (?:down )?(?:for|to) (?:more|continue|read).{0,40}",
    # Sharing
    rf"(?:share|tweet|pin|post|send|follow|like|find) (?:this |it |us |me |him |her |them "
    rf"|full article )*(?:article |story |page )?(?:on|via|with|by|to) (?:{_NETWORKS}|friends|social media"
    rf"|google news).{{0,60}}",
    r"(?:share|tweet|e-?mail|print|save|bookmark|gift) (?:this|full) (?:article|story|page|post)?"
    r"|share (?:article|story|options)",
    r"copy (?:the )?(?:link|url)(?: to (?:clipboard|article))?|link copied(?: to clipboard)?|(?:click"
    r"|tap) (?:here )?to (?:share|tweet|print|e-?mail|subscribe|copy).{0,60}",
    rf"follow (?:us|@\w+)|view this post on {_NETWORKS}|a post shared by .{{1,80}}|\d+ (?:shares?|likes?"
    rf"|views|retweets)",
    # Comments
    r"\d+ comments?|comments? ?\(\d+\)|(?:leave|post|add|write) a (?:comment|reply)|(?:view|show|hide|load"
    r"|no) (?:all |more )?(?:\d+ )?comments(?: yet)?|join the (?:conversation|discussion)",
    # Reading and listening
    r"\d+ ?-?min(?:ute)?s?(?: read)?|read(?:ing)? time:? .{1,20}|(?:listen to|play"
    r"|watch) (?:this )?(?:article|story|audio|video).{0,20}|loading",
    # Newsletters and subscriptions
    r"sign up (?:now|here|today|to (?:our|the|receive|get)|for (?:our|the|free|daily|weekly"
    r"|breaking)).{0,200}|subscribe(?: (?:now|today|here|to|for|and) .{0,200}| now| today)?",
    r"(?:already|not) a (?:subscriber|member)\?.{0,80}|register (?:now|for free|to (?:read|continue)).{0,60}",
    r"(?:to )?(?:continue|keep) reading.{0,60}(?:subscribe|sign in|log in|subscription|register).{0,100}"
    r"|(?:subscribe|sign in|log in|register) to (?:continue|keep|read).{0,100}|continue reading(?: (?:this"
    r"|the|below) ?.{0,30})?",
    r"to (?:read|continue|access|view|unlock) .{0,80}(?:subscribe|sign in|log in|register).{0,60}",
    r"this (?:article|story|content) is (?:only )?(?:for|available (?:only )?to"
    r"|reserved for) (?:our )?(?:paying |paid )?(?:subscribers|members).{0,100}",
    r"get (?:the |our |all )?(?:latest|daily|top|breaking|best|morning|weekly).{0,100}(?:inbox|newsletters?"
    r"|e-?mail).{0,40}|.{0,80}(?:delivered|straight|directly?"
    r"|sent) (?:\w+ )?to your (?:e-?mail )?inbox.{0,40}",
    r"(?:enter )?your e-?mail(?: address)?|by (?:signing up|subscribing|clicking|continuing|submitting"
    r"|entering).{0,120}(?:you agree|our terms|privacy policy|terms of).{0,200}|you can unsubscribe .{0,80}",
    # Cookies and consent
    r"(?:we|this (?:web)?site|our (?:web)?site|our partners)(?: and (?:our"
    r"|\d+) .{0,30}?)? uses? (?:\w+ )?cookies\b.{0,500}|cookie (?:policy|settings|preferences|notice"
    r"|consent)",
    r"(?:accept|reject|allow|manage) (?:all )?(?:cookies|preferences|my choices)|accept all|reject all"
    r"|we (?:value|care about|respect) your privacy.{0,400}",
    # Copyright
    r"(?:©|\(c\)|copyright(?: ©| \(c\))?)\s*\d{4}.{0,200}|©.{0,160}"
    r"|(?:.{0,100}[.,|©\d] ?)?all rights reserved(?:\..{0,160})?",
    # Tags
    r"(?:tags?|filed under|categor(?:y|ies)|keywords?|posted in|tagged(?: with| as)?) ?:.{0,200}"
    r"|tagged with .{0,200}",
    # Credits of pictures
    r"(?:photo(?:graph)?s?|image|picture|pic|foto|illustration|file photo|screenshot)(?: (?:credit|courtesy"
    r"|source))?(?: of| by)? ?[:©/].{1,120}|\(?(?:photo|image|picture|photograph) (?:by|courtesy(?: of)?"
    r"|credit) .{1,100}\)?",
    rf"{_AGENCIES}(?: ?[/|] ?.{{1,60}})?|.{{1,50}}/ ?{_AGENCIES}(?: via .{{1,40}})?",
    r"image (?:copyright|caption|source),? .{1,120}|image (?:copyright|caption|source)",
    # The browser
    r"(?:please |you need to |you must )?(?:enable|turn on) javascript.{0,120}|javascript is (?:required"
    r"|disabled|not enabled).{0,120}|your browser (?:does not|doesn['’]t) support.{0,120}",
    r"skip to (?:main )?(?:content|navigation)|back to top",
)
# A word that is a button on its own, but could be all that a paragraph says.
_CONTROL = _any_of(
    rf"{_NETWORKS}|ads?|share|tweet|pin|print|save|bookmark|copied|comments?|reply|like|follow|next"
    rf"|prev(?:ious)?|close|menu|search|home",
    r"(?:show|see|view|read|load|learn) (?:more|all|less)|read the full story|expand|gallery|play|pause"
    r"|(?:sign|log) (?:up|in|out)|register|subscribe|donate",
    r"tags?|topics|categor(?:y|ies)|keywords|listen|watch|live|exclusive|opinion|analysis|sponsored|accept"
    r"|decline|reject|ok",
)

_ERROR_TITLE = _any_of(
    r"(?:error |http )*(?:40\d|41\d|429|50\d)(?: -| –|:)?(?: error)?(?: (?:page |file )?not found"
    r"| forbidden| bad (?:gateway|request)| unauthori[sz]ed"
    r"| (?:internal )?server error| service (?:temporarily )?unavailable| gateway time-?out"
    r"| too many requests| gone| access denied)?(?: error)?",
    r"(?:(?:this|the|sorry,?|oops!?) )*(?:page|file|article|content|document|url) (?:was |is |could "
    r"|can)?(?:not |cannot )(?:be )?found|not found|access denied|forbidden|just a moment|attention required",
    r"oops|sorry|error|(?:internal )?server error|service unavailable|this page (?:isn['’]t"
    r"|is not) (?:available|working)|are you a (?:human|robot)\??|redirecting",
)


def is_furniture_line(line: str) -> bool:
    """Tell whether the whole of `line` is about the page: sharing, subscribing, cookies, credits, copyright."""
    return len(line) <= _LONGEST and bool(_FURNITURE.fullmatch(line))


def is_control(line: str) -> bool:
    """Tell whether `line` is what buttons and labels say ("Print", "Show more")."""
    return len(line) <= _LONGEST and bool(_CONTROL.fullmatch(line))


def heads_other_stories(line: str) -> bool:
    """Tell whether `line` is what stands over a list of other stories ("Related", "More from Harbour")."""
    return len(line) <= 100 and bool(_OTHER_STORIES.fullmatch(line))


def is_error_title(title: str) -> bool:
    """Tell whether `title` is that of a page that a server sends when it has no article to send."""
    return len(title) <= 100 and bool(_ERROR_TITLE.fullmatch(title.split(" | ")[0]))


def points_elsewhere(line: str, link_start: int | None) -> bool:
    """Tell whether `line` only points to another story: "READ ALSO: Storm closes the port".

    `link_start` is where the line's only link begins, which reaches to its end; None where there is none.
    """
    found = _POINTER.match(line)
    if not found:
        return False
    if link_start is not None:
        return link_start <= found.end()
    label = line[: found.end()].strip()
    return (
        bool(found["mark"])
        and label.isupper()
        and len(line) < 200
        and not line.endswith((".", "”", "?", '"'))
    )
