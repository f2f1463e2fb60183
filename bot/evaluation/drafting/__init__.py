"""Drafting: question cases proposed from the articles themselves, for a person to review.

No language model is asked. Sentences are read for a few patterns, each of which makes a question that is grammatical
by its making: "At least 19 people were killed in ..." becomes "How many people were killed in ...?". A sentence that
does not fit cleanly is passed over; better one good question in fifty sentences than one bad in ten.

    reading -> collection -> names -> proposing -> details, swapping -> drafts -> writing

`reading` gets the articles, `collection` cuts them into sentences and finds those with like words. `names` learns from
all of them what is a person, a place, a body. `proposing` reads each plain sentence: `clauses` takes it apart (with
`noun_phrases`, `verb_groups`, `predicates` and the words in `word_classes`, `verbs` and `name_words`), `about_figures`,
`about_dates` and `about_names` ask, and `questions` tells what can be asked by itself. What another sentence
contradicts is dropped. `swapping` makes near misses, by exchanging one of a question's `details`; `drafts` chooses, and
`writing` makes the file.
"""
