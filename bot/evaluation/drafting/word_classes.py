"""Words that hold sentences together, by what they do: short closed lists, without which no grammar can be read."""

from __future__ import annotations

from index.words import STOP_WORDS

BE = frozenset(("is", "are", "was", "were"))
HAVE = frozenset(("has", "have", "had"))
MODALS = frozenset(("will", "would", "can", "could", "may", "might", "must", "should", "shall"))
DO = frozenset(("do", "does", "did"))
AUXILIARIES = BE | HAVE | MODALS | DO

ARTICLES = frozenset(("a", "an", "the"))
POSSESSIVES = frozenset(("its", "their", "his", "her"))
DETERMINERS = (
    ARTICLES
    | POSSESSIVES
    | frozenset((
        "this", "that", "these", "those", "my", "our", "your", "some", "any", "no", "each", "every", "all", "both",
        "another", "either", "neither", "several", "many", "few", "most", "more", "such", "what", "which",
    ))
)  # fmt: skip
PREPOSITIONS = frozenset((
    "about", "above", "across", "against", "along", "alongside", "amid", "among", "around", "at", "behind", "below",
    "beneath", "beside", "between", "beyond", "by", "despite", "down", "during", "for", "from", "in", "inside", "into",
    "near", "of", "off", "on", "onto", "out", "outside", "over", "past", "per", "through", "throughout", "to",
    "toward", "towards", "under", "until", "up", "upon", "via", "with", "within", "without", "as", "than", "since",
    "after", "before", "like",
))  # fmt: skip
JOINING = frozenset((
    "when", "while", "after", "before", "because", "although", "though", "since", "as", "if", "unless", "whereas",
    "until", "once", "where", "amid", "following", "despite", "so", "saying", "citing",
))  # fmt: skip
"""Words that open what may be left off at the end of a sentence, or a clause of its own."""
RELATIVES = frozenset(
    ("who", "whom", "whose", "which", "that", "what", "where", "when", "why", "how", "whether")
)
CONJUNCTIONS = frozenset(("and", "or", "but", "nor", "yet"))
NEGATIONS = frozenset(
    ("not", "never", "no", "nobody", "none", "nothing", "neither", "nor", "hardly", "without")
)

CONTRACTIONS = ("n't", "n’t", "'ve", "’ve", "'re", "’re", "'ll", "’ll", "'d", "’d", "'m", "’m")

PRONOUNS = frozenset((
    "i", "me", "my", "mine", "we", "us", "our", "ours", "you", "your", "yours", "he", "him", "she", "it", "they",
    "them", "himself", "herself", "itself", "themselves", "myself", "ourselves", "yourself", "this", "these", "those",
    "hers", "theirs", "one", "ones", "others", "another", "everyone", "everybody", "someone", "somebody", "anyone",
    "anybody", "something", "anything", "everything", "there", "here", "such", "each", "both", "either", "neither",
    "former", "latter", "same", "let's", "it's", "he's", "she's", "they're", "we're", "i'm", "that's", "there's",
    "it’s", "he’s", "she’s", "they’re", "we’re", "i’m", "that’s", "there’s", "who’s", "who's",
))  # fmt: skip
"""What points at something said elsewhere, or at whoever speaks."""
RELATIVE_TIMES = frozenset((
    "today", "yesterday", "tomorrow", "tonight", "now", "currently", "ago", "recently", "earlier", "later",
    "already", "then", "so", "previously", "meanwhile", "nowadays", "soon", "just", "afterwards", "afterward",
    "still", "again", "also", "too", "instead", "however", "therefore", "thus", "further", "even",
))  # fmt: skip
"""What means something only beside the sentences around it, or on the day it was written."""
ADVERBS_LEFT_OUT = frozenset((
    "also", "then", "thus", "therefore", "now", "just", "already", "recently", "later", "still", "again", "since",
    "subsequently", "eventually", "meanwhile", "finally", "currently", "soon", "previously", "even", "once",
    "officially", "formally", "immediately", "initially",
))  # fmt: skip
"""Adverbs beside the verb, without which a question asks the same."""
OPENERS = frozenset((
    "but", "and", "so", "yet", "however", "meanwhile", "still", "also", "then", "moreover", "furthermore", "instead",
    "additionally", "separately", "overall", "nationally", "nationwide", "globally", "worldwide", "notably",
))  # fmt: skip
"""What may open a sentence and tie it to the one before."""

WEEKDAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
TIME_UNITS = frozenset((
    "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months",
    "year", "years", "decade", "decades", "century", "centuries",
))  # fmt: skip
FUNCTION_WORDS = (
    AUXILIARIES
    | CONJUNCTIONS
    | DETERMINERS
    | PREPOSITIONS
    | PRONOUNS
    | RELATIVES
    | RELATIVE_TIMES
    | OPENERS
    | STOP_WORDS
)
"""All words that no name begins with, and that are capitalised only where they open a sentence."""
