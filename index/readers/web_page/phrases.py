"""Lines that stand among an article's paragraphs and are not the article's, known by their words."""

from __future__ import annotations

import re

_END = r"[\s:.…»›>→▸!–—-]*"

OTHER_STORIES = re.compile(
    rf"""(?:\W*(?:
        (?:related|recommended|more|other|top|latest|popular|trending|similar|featured|further)\s+(?:to\ this\s+)?
            (?:stor(?:y|ies)|articles?|news|posts?|content|coverage|topics?|links?|reading|headlines?|reads?|stories\ .{{1,40}})
        |related(?:\s*:.{{0,40}})?|recommended(?:\ for\ you)?|trending(?:\ now)?|most\ (?:read|popular|viewed|shared|commented|recent)
        |(?:you\ )?(?:may|might)\ (?:also\ )?(?:like|be\ interested\ in|enjoy)|read\ (?:more|next|also|on)|also\ read|see\ also|up\ next
        |more\ (?:from|on|in|about|like)\ .{{1,60}}|(?:what|where)\ to\ read\ next|don['’]t\ miss|must\ reads?|in\ other\ news
        |editors?['’]?s?['’]?\ (?:picks?|choice)|keep\ reading|on\ this\ (?:topic|story)|in\ this\ section|popular|latest|more
        |elsewhere\ on\ .{{1,40}}|from\ (?:around\ )?the\ web|you\ missed|in\ case\ you\ missed\ it|read\ more\ (?:on|about|from)\b.{{0,60}}
        |(?:lesen\ sie\ auch|mehr\ zum\ thema|das\ könnte\ sie\ (?:auch\ )?interessieren|à\ lire\ aussi|lire\ aussi|sur\ le\ même\ sujet
        |leer\ más|lea\ también|te\ puede\ interesar|noticias\ relacionadas|leggi\ anche|leia\ (?:também|mais)|lees\ ook)
    )){_END}""",
    re.VERBOSE | re.IGNORECASE,
)
"""The whole of a heading over links to other stories."""

POINTER = re.compile(
    r"""\W*(?:(?:read|see|watch|listen|look)\s+(?:also|more|next|too)|also\s+(?:read|see|watch)|related(?:\s+(?:story|stories|article|articles|news))?
    |more\s+on\s+this(?:\s+story)?|recommended(?:\s+(?:reading|stories|article))?|don['’]t\s+miss|must\s+read|watch|listen|further\s+reading|more|read
    |you\s+may\s+also\s+like|in\s+pictures|explainer|opinion|analysis|lesen\s+sie\s+auch|lire\s+aussi|à\s+lire\s+aussi|lea\s+también|leggi\s+anche
    |leia\s+(?:também|mais)|lees\s+ook)\s*(?P<mark>[:|–—»›>→▸-]+)?\s*""",
    re.VERBOSE | re.IGNORECASE,
)
"""What begins a line that points to another story: "READ ALSO:"."""

_FURNITURE = re.compile(
    rf"""\W*(?:
        advertise?ments?|advert|ad|ads|sponsored(?:\ content)?|(?:story|article)\ continues\ (?:below|after)(?:\ (?:the\ )?(?:ad\w*|this\ ad\w*))?
        |(?:continue|keep)\ reading(?:\ .{{0,40}})?|scroll\ (?:down\ )?(?:for|to)\ .{{1,40}}|report\ this\ ad|skip\ (?:to|past|ad\w*|newsletter)\b.{{0,60}}
        |share(?:\ (?:this|it|on|via|with|by|to|full|the)\b.{{0,40}})?|(?:tweet|pin|post|whatsapp|facebook|twitter|linkedin|reddit|e-?mail|telegram|copy\ (?:the\ )?(?:link|url)
            |copied|link\ copied|print|save|bookmark|flipboard|messenger|pinterest|instagram|youtube|x|bluesky|threads)(?:\ (?:this|it|article|story|page|link))*
        |email\ (?:this|a\ link)\b.{{0,40}}|print\ (?:this|friendly)\b.{{0,40}}|save\ (?:this|for\ later)\b.{{0,40}}|(?:click|tap)\ (?:here\ )?to\ (?:share|tweet|print|email|subscribe|copy)\b.{{0,60}}
        |follow\ (?:us|him|her|them|@?\w+)(?:\ on\ .{{1,60}})?|like\ us\ on\ .{{1,40}}|find\ us\ on\ .{{1,40}}|join\ (?:us|our|the\ conversation)\b.{{0,80}}
        |view\ this\ post\ on\ \w+|a\ post\ shared\ by\ .{{1,80}}
        |(?:\d+\ )?comments?(?:\ \(\d+\))?|(?:leave|post|add|write)\ a\ (?:comment|reply)|view\ (?:all\ )?(?:\d+\ )?comments|(?:no|show|hide|load)\ (?:more\ )?comments.{{0,30}}|log\ ?in\ to\ .{{1,40}}
        |\d+\ (?:shares?|likes?|views|retweets)|loading.{{0,20}}|(?:listen|play|watch)\ (?:to\ )?(?:this\ )?(?:article|story|audio|video|now).{{0,20}}|(?:\d+\ ?-?\ ?min(?:ute)?s?\ read|read(?:ing)?\ time:?\ .{{1,20}})
        |(?:sign|log)\ (?:up|in)|sign\ up\ (?:for|to|now|here|today)\b.{{0,200}}|subscribe(?:\ (?:now|today|here|to|for|and)\b.{{0,200}})?|(?:already|not)\ a\ (?:subscriber|member)\?.{{0,80}}|register\ (?:now|for\ free|to\ (?:read|continue)\b.{{0,60}})
        |(?:to\ )?(?:continue|read|keep)\ (?:reading\ )?(?:this|the\ (?:full|rest)\b)?.{{0,40}}(?:subscribe|sign\ in|log\ in|subscription|register).{{0,100}}
        |this\ (?:article|story|content)\ is\ (?:for|only\ for|available\ (?:only\ )?to|reserved\ for)\ (?:our\ )?(?:paying\ |paid\ )?(?:subscribers|members).{{0,100}}
        |get\ (?:the\ )?(?:latest|our|daily|top|breaking)\b.{{0,80}}(?:inbox|newsletters?|email|e-mail).{{0,40}}|.{{0,60}}(?:delivered|straight|direct|sent)\ (?:\w+\ )?to\ your\ (?:e-?mail\ )?inbox.{{0,40}}
        |(?:enter|your)\ (?:your\ )?e-?mail(?:\ address)?.{{0,20}}|by\ (?:signing\ up|subscribing|clicking|continuing|submitting)\b.{{0,300}}|you\ can\ unsubscribe\ .{{0,80}}
        |(?:we|this\ (?:web)?site|our\ (?:web)?site|our\ partners)(?:\ and\ (?:our|\d+)\ .{{0,30}})?\ uses?\ (?:\w+\ )?cookies\b.{{0,400}}|(?:accept|reject|manage)\ (?:all\ )?(?:cookies|preferences|settings|choices)?|cookie\ (?:policy|settings|preferences|notice|consent)|your\ privacy\b.{{0,60}}|we\ (?:value|care\ about|respect)\ your\ privacy.{{0,400}}
        |(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:\d{{4}}|[A-Z]).{{0,160}}|.{{0,100}}all\ rights\ reserved.{{0,160}}
        |(?:tags?|topics?|filed\ under|categor(?:y|ies)|keywords?|posted\ in|tagged(?:\ (?:with|as))?)\s*:.{{0,200}}|(?:tags?|topics|filed\ under|categor(?:y|ies)|keywords)
        |(?:photo(?:graph)?s?|image|picture|pic|foto|video|illustration|graphic|file\ photo|screenshot)(?:\ (?:credit|courtesy(?:\ of)?|by|source))?\s*(?:[:©]|\ by\ |/).{{1,120}}|\(?(?:photo|image|picture)\ by\ .{{1,100}}\)?|(?:getty\ images|afp|reuters|ap\ photo|shutterstock|istock|alamy)(?:\s*[/|]\s*.{{1,60}})?|.{{1,50}}/\s*(?:getty\ images|afp|reuters|ap(?:\ photo)?|epa|shutterstock|alamy)(?:\ via\ .{{1,40}})?
        |(?:back\ to\ top|top\ of\ page|next|previous|prev|close|menu|search|home|more|show\ more|see\ more|view\ more|read\ more|read\ the\ full\ story|expand|gallery|play|pause)
        |(?:please\ )?(?:enable|turn\ on)\ javascript\b.{{0,120}}|(?:you\ need\ to|please)\ enable\ javascript\b.{{0,120}}|javascript\ is\ (?:required|disabled).{{0,120}}|your\ browser\ (?:does\ not|doesn['’]t)\ support\b.{{0,120}}
        |related\ (?:stories|articles|topics|news|posts|content)|most\ (?:read|popular|viewed)|recommended(?:\ for\ you)?|trending(?:\ now)?
    ){_END}""",
    re.VERBOSE | re.IGNORECASE,
)

ERROR_PAGE = re.compile(
    r"""\W*(?:error\s*)?(?:(?:40[0-9]|41[0-9]|429|50[0-9])\b.{0,5}(?:error|(?:page\ |file\ )?not\ found|forbidden|bad\ (?:gateway|request)|unauthori[sz]ed
        |(?:internal\ )?server\ error|service\ (?:temporarily\ )?unavailable|gateway\ time-?out|too\ many\ requests|gone|access\ denied)?
    |(?:page|file|article|content|document)\ (?:not|cannot\ be|can['’]t\ be)\ found|not\ found|access\ denied|forbidden|just\ a\ moment|attention\ required!?|oops!?|sorry|error
    |(?:internal\ )?server\ error|service\ unavailable|this\ page\ (?:isn['’]t|is\ not)\ (?:available|working)|are\ you\ a\ (?:human|robot)\??|redirecting)
    \W*(?:[-|–—:].{0,60})?""",
    re.VERBOSE | re.IGNORECASE,
)
"""The whole title of a page that a server sends when it has no article to send."""


def is_furniture_line(line: str) -> bool:
    """Tell whether the whole of `line` is about the page: sharing, subscribing, cookies, credits, copyright."""
    return bool(_FURNITURE.fullmatch(line[:600])) and len(line) <= 600


def points_elsewhere(line: str, linked_from: int | None) -> bool:
    """Tell whether `line` only points to another story; `linked_from` is where its link begins, None for none."""
    found = POINTER.match(line)
    if not found or not found.end():
        return False
    if linked_from is not None:
        return abs(linked_from - found.end()) <= 3 or (linked_from <= 2 and bool(found["mark"]))
    label = line[: found.end()].strip()
    return bool(found["mark"]) and label.isupper() and len(line) < 200 and not line.rstrip().endswith((".", "”", "?"))
