"""Words that tell what a name names: offices and trades of persons, what bodies call themselves."""

from __future__ import annotations

UNIQUE_OFFICES = frozenset((
    "president", "ceo", "chief", "director", "head", "chair", "chairman", "chairwoman", "chairperson", "mayor",
    "governor", "premier", "minister", "chancellor", "secretary", "secretary-general", "founder", "co-founder",
    "owner", "leader", "commander", "coach", "captain", "superintendent", "principal", "dean", "commissioner",
    "speaker", "king", "queen", "pope", "editor", "coroner", "ombudsman", "executive", "cfo", "coo", "cto",
    "general", "prosecutor", "attorney", "sheriff", "treasurer", "governor-general", "whip", "rector", "curator",
    "chancellor", "champion", "emperor", "publisher", "conductor", "archbishop", "director-general",
))  # fmt: skip
"""Offices that one person holds at a time, where it is said of what."""
TITLES = UNIQUE_OFFICES | frozenset((
    "mr", "mrs", "ms", "miss", "dr", "doctor", "professor", "prof", "sir", "lord", "lady", "dame", "prince", "princess",
    "saint", "gen", "lt", "lieutenant", "major", "maj", "col", "colonel", "capt", "sgt", "sergeant", "adm", "admiral",
    "gov", "sen", "sens", "senator", "rep", "reps", "representative", "congressman", "congresswoman", "justice",
    "judge", "ambassador", "rev", "reverend", "officer", "detective", "inspector", "spokesman", "spokeswoman",
    "spokesperson", "analyst", "economist", "lawyer", "actor", "actress", "singer", "councillor", "councilman",
    "councilwoman", "deputy", "manager", "vice", "first", "cardinal", "bishop", "rabbi", "imam", "sheikh", "hon",
    "quarterback", "guard", "forward", "pitcher", "goalkeeper", "author", "journalist", "reporter", "correspondent",
    "democrat", "republican", "agent", "trooper", "corporal", "private", "constable", "brigadier", "midfielder",
    "striker", "defender", "researcher", "scientist", "director", "filmmaker", "musician", "rapper", "comedian",
    "billionaire", "nominee", "candidate", "activist", "attorney",
))  # fmt: skip
PERSON_NOUNS = TITLES | frozenset((
    "member", "man", "woman", "lawmaker", "mp", "expert", "chemist", "physician", "surgeon", "historian", "captain",
    "resident", "nurse", "teacher", "student", "player", "writer", "artist", "aide", "adviser", "advisor", "official",
    "strategist", "fellow", "partner", "veteran", "epidemiologist", "biologist", "designer", "producer", "son",
    "daughter", "wife", "husband", "widow", "mother", "father", "brother", "sister", "driver", "pilot", "engineer",
    "farmer", "volunteer", "host", "columnist", "politician", "diplomat", "soldier", "poet", "novelist", "composer",
))  # fmt: skip
_BODIES = {
    "authority": "authority agency bureau ministry department commission committee council office administration"
    " service board",
    "company": "bank airline company corp corp. inc inc. ltd ltd. co. airlines airways motors pharmaceuticals energy"
    " steel line lines technologies",
    "association": "association union institute foundation federation league society trust alliance coalition mission"
    " organization organisation fund club group",
    "school": "university college school",
    "court": "court",
    "parliament": "senate assembly parliament",
    "party": "party",
    "house": "hospital museum",
    "press": "newspaper",
    "force": "guard",
}
"""Words that bodies are named by, in groups: what may stand for one another in a near miss."""
BODY_NOUNS = {noun: group for group, nouns in _BODIES.items() for noun in nouns.split()}
"""The group of a body by the last word of its name."""
ASKED_AS = {
    "corp": "company", "corp.": "company", "inc": "company", "inc.": "company", "ltd": "company", "ltd.": "company",
    "co.": "company", "airlines": "airline", "airways": "airline", "motors": "company", "pharmaceuticals": "company",
    "energy": "company", "steel": "company", "line": "company", "lines": "company", "technologies": "company",
    "guard": "",
}  # fmt: skip
"""What a question calls a body, where that is not the last word of its name; "" where there is no such word."""
