from __future__ import annotations

from datetime import date

from bot.evaluation.drafting.collection import Collection, SourceArticle
from bot.evaluation.drafting.names import read_names
from bot.evaluation.drafting.proposing import candidates, sources_of
from tests.bot.evaluation.drafting.asked import CONTEXT

TOLL = "At least 14 people were killed when the ferry Halcyon Tern capsized."
HIGHER = "At least 19 people were killed when the ferry Halcyon Tern capsized off Port Elden."


def sources(*articles: SourceArticle) -> dict[str, tuple[str, ...]]:
    """Return the questions about these articles, each with the sources that answer it alike."""
    collection = Collection([*articles, SourceArticle("context.txt", CONTEXT)])
    names = read_names([sentence.tokens for sentence in collection.sentences])
    return {each.proposal.question: sources_of(each, collection) for each in candidates(collection, names)}


def test_articles_that_say_the_same_are_all_sources() -> None:
    found = sources(SourceArticle("a.txt", TOLL), SourceArticle("b.txt", f"Boats came. {TOLL}"))
    assert found == {"How many people were killed when the ferry Halcyon Tern capsized?": ("b.txt", "a.txt")}


def test_a_question_with_two_answers_is_none() -> None:
    assert sources(SourceArticle("a.txt", TOLL), SourceArticle("b.txt", TOLL.replace("14", "19"))) == {}


def test_a_sentence_with_other_words_and_another_figure_contradicts() -> None:
    found = sources(SourceArticle("a.txt", TOLL), SourceArticle("b.txt", HIGHER))
    assert found["How many people were killed when the ferry Halcyon Tern capsized?"] == ()


def test_an_article_that_was_not_out_yet_does_not_contradict() -> None:
    first = SourceArticle("a.txt", TOLL, published=date(2024, 3, 12))
    second = SourceArticle("b.txt", HIGHER, published=date(2024, 3, 14))
    found = sources(first, second)
    assert found["How many people were killed when the ferry Halcyon Tern capsized?"] == ("a.txt",)
