"""Builds the objects from the settings; everything else is given its collaborators.

What answers and verifies is imported where it is built: that takes a second, and `footnote reindex` needs none of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.errors import SettingsError
from bot.records.quotes import RecordedQuotes
from bot.settings import Settings, chat_keys
from index.catalogue.reading import CatalogueReader
from index.embedding import Embedder
from index.home import Home
from index.model_files import locate_model
from index.planning import Progress
from index.ranking import Weights
from index.reindexing import Reindexer
from index.retrieval import Retriever
from index.soundness import Soundness
from index.vectors import VectorReader
from prompts.errors import PromptError

if TYPE_CHECKING:
    from bot.answering.extractive import ExtractiveAnswerer
    from bot.answering.model import Fitted
    from bot.generating.chat_model import ChatModel
    from bot.generating.generative import GenerativeAnswerer
    from bot.records.database import Database
    from bot.records.inbox import Inbox
    from bot.records.retractions import Retractions
    from bot.verifying.sources import SentenceVerifier
    from prompts.loading import Prompts

PASSAGE_SIZE = 800
"""Characters; measured in the design against smaller and larger ones."""


def home(settings: Settings) -> Home:
    """Return the folder that holds the index."""
    return Home(settings.home)


def catalogue(settings: Settings) -> CatalogueReader:
    """Return a reader of the catalogue."""
    return CatalogueReader(home(settings).catalogue)


def soundness(settings: Settings) -> Soundness:
    """Return what tells whether the vectors are sound."""
    return Soundness(home(settings).vectors)


def bot_lock(settings: Settings) -> Path:
    """Return the file that the one process holds that answers in Slack."""
    return home(settings).folder.absolute() / "bot.lock"


def records_file(settings: Settings) -> Path:
    """Return the file with what was asked and answered."""
    return home(settings).folder.absolute() / "records.sqlite3"


@contextmanager
def records(settings: Settings) -> Iterator[Database]:
    """Give the records of what was asked and answered, made where there are none.

    Raises:
        RecordsError: they cannot be used.
    """
    from bot.records.database import Database

    database = Database(records_file(settings))
    try:
        yield database
    finally:
        database.close()


@contextmanager
def inbox(settings: Settings) -> Iterator[Inbox]:
    """Give the questions in the records; raises what `records` does."""
    from bot.records.inbox import Inbox

    with records(settings) as database:
        yield Inbox(database)


def retractions(database: Database) -> Retractions:
    """Return what takes answers in the records back."""
    from bot.records.retractions import Retractions

    return Retractions(database, _retraction)


def quotes(settings: Settings) -> RecordedQuotes:
    """Return the records as something that quotes articles; they are opened when it comes to that."""
    return RecordedQuotes(records_file(settings), _retraction)


def _retraction(withdrawn_at: datetime) -> Mapping[str, Any]:
    # It imports Slack's library, which a reindex can do without.
    from bot.slack.blocks import retraction

    return retraction(withdrawn_at).to_json()


def require_index(settings: Settings) -> None:
    """Check that there is an index to search, before the model is loaded for nothing.

    Raises:
        IndexMissingError: there is none, or it holds no article.
        FootnoteError: it cannot be read.
    """
    reader = catalogue(settings)
    with reader.snapshot() as snapshot:
        snapshot.require_articles()
    reader.close()


def reindexer(settings: Settings, progress: Progress, embedder: Embedder | None = None) -> Reindexer:
    """Return what brings the index in line with the files; `embedder` is the embedding model if it is made already."""
    embedder = embedder or embedding_model(settings)
    return Reindexer(
        home(settings), embedder, passage_size=PASSAGE_SIZE, progress=progress, quotes=quotes(settings)
    )


Answerer: TypeAlias = "ExtractiveAnswerer | GenerativeAnswerer"


@dataclass(frozen=True, slots=True)
class Engine:
    """What searches an index, and what answers from it; both with the same model, loaded once."""

    retriever: Retriever
    answerer: Answerer

    @property
    def is_written(self) -> bool:
        """Whether a language model writes the answers."""
        from bot.generating.generative import GenerativeAnswerer

        return isinstance(self.answerer, GenerativeAnswerer)


@contextmanager
def engine(settings: Settings, fitted: Fitted | None = None) -> Iterator[Engine]:
    """Give both, with the index open. Where FOOTNOTE_CHAT_MODEL names a language model, it writes the answers.

    `fitted` are other numbers to answer by than those that the settings name; then the answers are extractive.

    Raises:
        SettingsError: FOOTNOTE_CALIBRATION names a file that is none, or is for other numbers, FOOTNOTE_CHAT_MODEL
            names no model, or FOOTNOTE_PROMPTS a folder that holds no prompts, or wrong ones.
        ChatModelError: the language model's package or key is missing.
        ModelError: FOOTNOTE_VERIFIER_MODEL names no cross-encoder.
    """
    from bot.answering.extractive import ExtractiveAnswerer

    numbers = fitted or fitted_numbers(settings)
    parts = _chat_parts(settings) if fitted is None else None
    if parts is None:
        with retriever(settings) as found:
            yield Engine(found, ExtractiveAnswerer(found, passages=settings.passages, fitted=numbers))
        return
    embedder = embedding_model(settings)
    with retriever(settings, embedder) as found:
        extractive = ExtractiveAnswerer(found, passages=settings.passages, fitted=numbers)
        yield Engine(found, _generative(settings, extractive, *parts, verifier(settings, embedder)))


def embedding_model(settings: Settings) -> Embedder:
    """Return the embedding model, which is loaded when the first text comes."""
    return Embedder(locate_model(settings.embedding_model))


def verifier(settings: Settings, embedder: Embedder) -> SentenceVerifier:
    """Return what verifies sentences: rules, and the cross-encoder that FOOTNOTE_VERIFIER_MODEL names; loaded lazily.

    Raises:
        ModelError: it names none.
    """
    from bot.verifying.cross_encoder import CrossEncoderModel, locate_cross_encoder
    from bot.verifying.entailment import EntailmentVerifier
    from bot.verifying.syntax import SpacyParser
    from bot.verifying.verifier import Verifier

    rules = Verifier(embedder, SpacyParser())
    if settings.verifier_model is None:
        return rules
    return EntailmentVerifier(rules, CrossEncoderModel(locate_cross_encoder(settings.verifier_model)))


def loaded_prompts(settings: Settings) -> Prompts:
    """Return the words for language models, a user's own among them.

    Raises:
        SettingsError: FOOTNOTE_PROMPTS names a folder that holds no prompts, or wrong ones.
    """
    from prompts.loading import load_prompts

    try:
        return load_prompts(settings.prompts)
    except PromptError as error:
        raise SettingsError(error.message, error.remedy) from error


def _chat_parts(settings: Settings) -> tuple[ChatModel, Prompts] | None:
    """Return the language model and its prompts, checked before anything is loaded; None where there is none."""
    if settings.chat_model is None:
        return None
    from bot.generating.chat_model import ChatModel

    prompts = loaded_prompts(settings)
    keys = chat_keys(settings)
    model = ChatModel(settings.chat_model, settings.chat_base_url, keys=keys, context=settings.chat_context)
    return model, prompts


def _generative(
    settings: Settings,
    extractive: ExtractiveAnswerer,
    model: ChatModel,
    prompts: Prompts,
    verifier: SentenceVerifier,
) -> GenerativeAnswerer:
    from bot.generating.generative import GenerativeAnswerer

    return GenerativeAnswerer(
        extractive,
        model,
        prompts,
        verifier,
        deadline=settings.chat_deadline,
        budget=settings.chat_context,
        reads_other_languages=settings.verifier_model is not None,
    )


@contextmanager
def retriever(settings: Settings, embedder: Embedder | None = None) -> Iterator[Retriever]:
    """Give what searches the index, with the index open; `embedder` is the embedding model if it is made already."""
    place = home(settings)
    embedder = embedder or embedding_model(settings)
    reader, vectors = CatalogueReader(place.catalogue), VectorReader(place.vectors)
    try:
        yield Retriever(reader, vectors, embedder, Weights(lexical=settings.lexical_weight))
    finally:
        vectors.close()
        reader.close()


@contextmanager
def answerer(settings: Settings) -> Iterator[Answerer]:
    """Give what answers questions, with the index open; raises what `engine` does."""
    with engine(settings) as opened:
        yield opened.answerer


def fitted_numbers(settings: Settings) -> Fitted:
    """Return the numbers to answer by: those that Footnote comes with, and the threshold that was calibrated.

    Raises:
        SettingsError: FOOTNOTE_CALIBRATION names a file that is none, or is for other numbers.
    """
    from bot.answering.calibration import calibrated
    from bot.answering.choice import SIGNS
    from bot.answering.evidence import FEATURES
    from bot.answering.model import load_fitted

    numbers = load_fitted(FEATURES, SIGNS)
    return numbers if settings.calibration is None else calibrated(numbers, settings.calibration)
