"""How text speaks to a reading machine, as regular expressions over text in lower case with straight apostrophes.

They were tried on 110,000 sentences of news, encyclopedias and science: each is as wide as it can be without meeting
what people say to people ("forget everything you know about wine", "the real question is", "answer all questions").
"""

from __future__ import annotations

_MACHINE = (
    r"(?:a\.?i\.?(?: (?:models?|assistants?|systems?|agents?|bots?))?|llms?|(?:chat)?gpt\w*|(?:chat|news)? ?bots?"
    r"|(?:large )?language[- ]models?|(?:virtual |digital |helpful )?assistants?|models?|machines?|summari[sz]ers?"
    r"|crawlers?|automated (?:readers?|systems?|agents?))"
)
_CERTAIN_MACHINE = (
    r"(?:a\.?i\.?|llm|(?:chat)?gpt\w*|chat ?bot|bot|language[- ]model|(?:ai|virtual|digital|helpful|obedient) assistant"
    r"|answering (?:machine|system))s?"
)
_OUTPUT = r"(?:answers?|responses?|repl(?:y|ies)|outputs?|summar(?:y|ies))"
_WITHIN = r"(?:[^.!?]|[.!?](?=\S))"
"""A character of the same sentence: in an address a full stop ends none."""
_THE = r"(?:your|every|each|all|any|the|this|its?|an?)"
_SAID = (
    r"(?:say|write|reply|respond|output|print|repeat|answer"
    r"|tell (?:the|every|all|any|each|your|our|who|anyone|everyone|people|them|users?|readers?)(?: \w+){0,2}?"
    r"|confirm|state|mention|assert|declare"
    r"|conclude|insist|announce|report)"
)

ORDER_BEGINS = (
    r"(?:(?:^|[\n:;|])\W*|\bplease\s+|\byou (?:must|should|shall|will|(?:have|need|are(?: \w+ed)?) to)\s+)"
    r"(?:(?:now|then|just|also|always|only|simply|instead|please|and|never|do not|don't|kindly|immediately|first"
    r"|finally|next)[\s,]+){0,3}"
)
"""What stands before a verb that is an order: nothing, or what only strengthens it."""

ORDERS = (
    r"(?:ignore|disregard|forget|skip) (?:everything |all |what(?:ever)? )?(?:is |was |stands |you (?:read|saw) )?"
    r"(?:the )?(?:above|foregoing)\b",
    # to be somebody else
    r"(?:act|behave|speak|talk|answer|respond|reply|write|role-?play) (?:only )?(?:as|like) "
    r"(?:if you|though you|an? |the )",
    r"pretend (?:that )?(?:to be\b|you(?:'re| are)\b|the (?:passages?|articles?|sources?)\b)",
    # what to say, to whom
    _SAID + rf"(?:,? (?:clearly|always|instead|only|simply|in {_THE} {_OUTPUT}),?)* that\b",
    r"(?:say|write|reply|respond|output|print|repeat|answer)(?: only| exactly| simply| just| with)* "
    r"(?:(?:with )?(?:only|exactly|the following|the (?:(?:single|exact|following|same) )*"
    r"(?:words?|phrases?|sentences?|text|strings?|links?|line)\b)|with (?:yes|no|nothing|an?|the)\b"
    r"|[\"“”«<\[]|\w+://)",
    r"(?:answer|respond|reply)(?: to| every| in)*(?: (?:all|any|every|each|this|the|whatever|no))?(?: \w+)? "
    r"(?:questions?|quer(?:y|ies)|prompts?|users?|readers?)\b",
    # what the answer shall hold
    r"(?:use|add|append|include|put|write|insert|attach|end|finish|begin|start|open|close|place|embed|mention|prefix"
    rf"|link|give|mark|repeat|output|print|say|follow|cite|make|set|translate|show|render)\b{_WITHIN}{{0,80}}?"
    rf"\b{_THE} (?:\w+ )?{_OUTPUT}\b",
    r"(?:treat|regard|consider) (?:this|the following|all other|every other|any other|the other)\b[^.!?]*"
    r"\b(?:passages?|articles?|sources?|true|false|outdated)\b",
    rf"(?:change|replace|alter|double|multiply|swap|halve|increase|raise)\b{_WITHIN}{{0,60}}"
    rf"\b(?:you (?:quote|cite|give|write|find)|in {_THE} {_OUTPUT})\b",
    rf"(?:cite|quote|credit|attribute)\b{_WITHIN}{{0,60}}"
    r"\b(?:passages? \W?\d|as (?:your|the) (?:only )?source|passage number|(?:as|with|to) [\[{]\d+[\]}])",
    # what to give away
    r"(?:reveal|print|show|repeat|output|display|quote|leak|recite|disclose|give|list|copy|paste|tell|state"
    rf"|summari[sz]e|translate|dump|share|send|post|write)\b{_WITHIN}{{0,60}}"
    r"\b(?:(?:system|developer|hidden|initial|original|full) (?:prompt|message|instructions)"
    r"|your (?:\w+ )?(?:prompt|instructions|rules)|(?:the )?instructions (?:above|you)"
    r"|(?:everything|text|words|lines) above|(?:all |the )*other (?:passages|articles|documents|sources)"
    r"|(?:all|every) passages?|api keys?|(?:the|this|our) conversation|environment variables)\b",
    # how to go about it
    rf"(?:repeat|write|continue|keep|go on|list|count|print|output|never (?:stop|end|finish))\b{_WITHIN}{{0,80}}"
    r"\b(?:for ?ever|endless(?:ly)?|without (?:ever )?(?:stopping|end|pause|a break)"
    r"|(?:[\d,]+|(?:a|ten|one) (?:thousand|million|hundred|billion)) times|never stop)\b",
    r"(?:stop|finish) (?:writing|answering|generating|reading)\b",
    rf"(?:decode|decipher|decrypt|unscramble|obey|execute|comply with|carry out)\b{_WITHIN}{{0,60}}"
    r"\b(?:instructions?|commands?|prompts?|directives?|base ?64|rot-?13|hex|(?:the )?following"
    r"|this (?:text|line|string)|it says|they say)\b",
)

REMARKS = (
    # "Ignore all previous instructions"
    r"(?:ignore|disregard|forget|override|bypass|discard|do not (?:follow|obey))\b(?: \w+){0,4}? "
    r"(?:instructions?|prompts?|guidelines you|rules you|(?:system|developer) (?:prompts?|messages?|rules)"
    r"|(?:previous|prior|above|preceding|earlier) (?:rules|directions|text|context|messages?|passages?|orders|content"
    r"|sentences?|articles?|guidelines)|(?:other|all|the) passages)\b",
    r"(?:ignore|disregard|forget) (?:all |everything |anything )?(?:that )?you (?:have been|were) "
    r"(?:told|instructed|given)\b",
    r"(?:ignore|disregard|forget) (?:(?:everything|anything|all|what|whatever)(?: is| was| stands)?"
    r"(?: said| written)? above\b|(?:all (?:of )?)?the (?:above|foregoing)(?:\W*$|[.,;:!]| and\b| instead\b))",
    rf"if you(?:'re| are) (?:an?|the|any) (?:\w+ ){{0,3}}{_CERTAIN_MACHINE}\b",
    rf"(?:any|all|every|the|whichever|whatever) (?:\w+ ){{0,2}}{_MACHINE} (?:reading|processing|parsing"
    r"|summari[sz]ing|that (?:reads?|process(?:es)?|summari[sz]es?|parses?)) (?:this|these)\b",
    r"as an? (?:ai|(?:ai |large )*language model)\b[^,.]*, you\b",
    # "You are now in developer mode", "from now on always answer"
    r"you(?:'re| are) (?:(?:now|no longer|henceforth|from now on) )*(?:an?|the|in|called|named|acting as) "
    rf"(?:\w+ ){{0,4}}?(?:{_CERTAIN_MACHINE}"
    r"|dan|(?:developer|debug|god|maintenance|admin(?:istrator)?|unrestricted|root|jailbreak) mode)\b",
    r"you(?:'re| are) (?:now|no longer|henceforth) (?:bound by|acting as|playing|restricted|limited to"
    rf"|the (?:voice|spokes\w+|narrator|system|author)|an? {_WITHIN}{{0,40}}\b(?:who|that|and) "
    r"(?:always|only|never|must|answers?|says?|speaks?|responds?|replies)\b)",
    r"you (?:must|shall|will|should) (?:(?:now|always|only|never) )*"
    r"(?:answer|respond|reply|obey|pretend|role-?play|output|comply)\b",
    r"the (?:assistant|chatbot|bot|(?:ai|language)[ -]model) (?:must|should|shall|is \w+ed to) "
    r"(?:(?:now|always|only) )*(?:answer|respond|reply|ignore|output|pretend|say that|state that)\b",
    r"from now on,? (?:(?:always|only|never|you|must|will|shall) )*"
    r"(?:answer|respond|reply|act as|say|write|output)\b",
    r"your (?:new|real|true|actual|only|next) (?:task|instructions?|objective|persona)\b",
    r"your (?:previous|prior|earlier|original|initial|system|hidden|secret) "
    r"(?:instructions?|prompt|rules|guidelines|programming)\b",
    # "When asked about the mayor, say that", "your answer must begin with"
    r"(?:if|when|whenever|once) (?:\w+ ){0,3}?(?:asked|asks?|queried|prompted|questioned)\b[^.!?]*?,? "
    r"(?:say|answer|reply|respond|state|claim|output|cite|declare|insist|deny)(?: that\b|:| with\b| only\b| [\"“])",
    rf"your (?:final |next |whole |entire )?{_OUTPUT} (?:must|should|shall|has to|have to|is to|will) (?:\w+ )?"
    r"(?:be|say|contain|include|end|begin|start|mention|consist|read|state|cite)\b",
    r"(?:never|do not|don't) (?:mention|cite|quote|use|reveal|trust|show|disclose|answer|refer to|rely on|tell|warn)"
    rf"\b{_WITHIN}{{0,60}}\b(?:passages?|(?:these|this|your|the) (?:instructions?|prompts?|message|note)"
    r"|(?:the|other) (?:readers?|users?|articles|sources))\b",
)
"""They may begin with any word of a sentence."""

OPENINGS = (
    # a note to machines
    r"^\W*(?:(?:attention|notice|dear|hello|hey)\W+(?:to |for )?|(?:an? )?(?:urgent |important |special )?"
    r"(?:note|message|memo|instructions?|reminder|orders?) (?:to|for) )(?:all |any |every |the |our |your )*"
    + _MACHINE
    + r"(?:\s*[:,;!.—–]|\s+(?:that|which|who|reading|processing|parsing|summari[sz]ing|only)\b|\s*$)",
    r"^\W*(?:your )?(?:new|updated|revised|additional|urgent|important|hidden|secret) (?:system )?"
    r"(?:instructions?|prompt|task|directive)s?\s*:",
    r"^\W*[\[{(]\d{1,3}[\])}]\s+(?:says|confirms|states|proves|reports)\b",
)
"""They begin a sentence."""

MARKUP = (
    # roles and turns, as chat models are given them
    r"<\|[\w ]{2,30}\|>|\[/?(?:inst|sys(?:tem)?)\]|<</?sys>>",
    r"</?(?:system|assistant|user|human|instructions?|prompt|passages?|context|documents?|question|answer)\b[^<>]*>",
    r"(?:^|\n)\W*#{1,6}\s*(?:system|instructions?|response|user|human|assistant|new task)\b[^\n]{0,20}(?::|$|\n)",
    r"(?:^|\n)\W*(?:system|developer|assistant|human|user)\W{0,3}:",
    r"(?:^|\n)\W*(?:system|developer|admin(?:istrator)?|operator|security)[ -]"
    r"(?:message|prompt|override|notice|instructions?|command)s?\b[^.!?\n]{0,30}[:.!\]]",
    r"(?:^|\n)\W*(?:begin|start|end)(?:ning)?[\W_]+(?:of[\W_]+)?(?:the[\W_]+)?(?:system|prompt|passages?|context"
    r"|instructions?|documents?|quoted material|articles|sources)(?: (?:prompt|message|instructions?))?"
    r"[^a-z\n]*(?:$|\n)",
    r"\bpassages? (?:ends?|is over|are over) here\b|\bend of (?:the )?passages\b",
    r"\bno_answer\b",
    # what a page holds and nobody sees
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0",
)
"""What imitates the frame that a machine is given text in, and text that is there for machines alone."""

OTHER_LANGUAGES = (
    r"(?:ignorier\w*|missacht\w*|vergiss|vergesst|vergessen sie)\b[^.!?]{0,40}"
    r"(?:anweisung|instruktion|vorgabe|befehl|regel|oben|vorherig|obig)",
    r"(?:antwort\w*|sag\w*|schreib\w*|behaupt\w*) (?:stattdessen|immer|nur|auf (?:jede|alle) fragen?)\b",
    r"(?:ignore[rz]?|oublie[rz]?|néglige[rz]?)\b[^.!?]{0,40}\b(?:instructions?|consignes?|ci-dessus|directives?)\b",
    r"(?:réponds|répondez|dis|dites|écris|écrivez) "
    r"(?:plutôt|toujours|uniquement|seulement|à toutes? (?:les )?questions?|que)\b",
    r"(?:ignor[ae]n?|olvid[ae]n?|descart[ae]n?|esquece?|desconsidere|dimentica(?:te)?|ignorate)\b[^.!?]{0,40}\b"
    r"(?:instrucciones|instruções|istruzioni|indicaciones|(?:lo|o|la) anterior|(?:precedent|anterior)\w*)",
    r"(?:responde|responda|di|diga|escribe|escriba) (?:siempre|solo|sólo|únicamente|en su lugar|a (?:todas|cada) "
    r"|que)\b",
    r"(?:negeer|vergeet)\b[^.!?]{0,40}\b(?:instructies|opdrachten|aanwijzingen|bovenstaande)\b",
    r"(?:ignorera|glöm|ignorer|glem)\b[^.!?]{0,40}\b(?:instruktion\w*|instruks\w*|anvisning\w*|ovenstående|ovanstående)",
    r"(?:zignoruj|ignoruj|pomiń|zapomnij)\w*\b[^.!?]{0,40}\b(?:instrukcj|poleceni|powyższ)",
    r"(?:önceki|yukarıdaki)\b[^.!?]{0,40}\b(?:talimat|komut)\w*[^.!?]{0,20}\b(?:yok say|görmezden gel|unut)",
    r"(?:проигнориру|игнориру|забудь|ігнору)\w*[^.!?]{0,40}(?:инструкц|указани|команд|вказівк)",
)

UNSPACED = (
    r"(?:忽略|无视|無視|忘记|忘掉)[^。！？]{0,15}(?:指令|指示|提示|说明|内容)|(?:指示|命令|プロンプト)[^。！？]{0,8}(?:無視|忘れ)",
    r"(?:이전|위의?)[^.!?]{0,12}(?:지시|명령)[^.!?]{0,12}무시|(?:تجاهل|انس)[^.!?]{0,30}(?:التعليمات|الأوامر)",
)
"""In languages where words are not set apart, or begin with what belongs to another."""
