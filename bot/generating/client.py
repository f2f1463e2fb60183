"""The seam to LangChain: a chat model of any provider, made when it is first needed, and what it writes as `Piece`s."""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from bot.errors import ChatModelError
from bot.generating.failures import Failure
from bot.generating.providers import Provider

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk, BaseMessage

_NEEDLESS = {"temperature": "temperature", "stream_usage": "stream_options"}
"""Options that some models refuse, and what their refusals call them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of what a model writes, and the tokens counted with it: those of a reply are the sum over its pieces.

    Tokens are None where nothing was counted. The text may be empty where something was.
    """

    text: str
    input_tokens: int | None = None
    output_tokens: int | None = None


class Client:
    """LangChain's client for a provider's `model`, made with `options`, shared by all threads.

    Raises:
        ChatModelError: the provider's package is not installed.
    """

    def __init__(
        self, provider_name: str, provider: Provider, model: str, options: Mapping[str, object]
    ) -> None:
        self._provider_name = provider_name
        self._provider = provider
        self._model = model
        self._options = dict(options)
        self._lock = threading.Lock()
        self._made: BaseChatModel | None = None
        for module in ("langchain", provider.module):
            if importlib.util.find_spec(module) is None:
                raise self._missing(module)

    def load(self) -> BaseChatModel:
        """Return LangChain's model; importing what it takes is a second or two, once.

        Raises:
            ChatModelError: it cannot be made.
        """
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    @property
    def window(self) -> int | None:
        """How many tokens the model reads, where LangChain knows it."""
        tokens = (self.load().profile or {}).get("max_input_tokens")
        return tokens if isinstance(tokens, int) else None

    async def stream(self, messages: Sequence[BaseMessage]) -> AsyncIterator[Piece]:
        """Yield what the model writes; whatever the provider's package raises comes through."""
        # Left early, a generator that is not closed keeps its connection until it is collected.
        chunks = cast("AsyncGenerator[AIMessageChunk]", self.load().astream(list(messages)))
        async with aclosing(chunks):
            async for chunk in chunks:
                piece = _piece(chunk)
                if piece is not None:
                    yield piece

    def does_without(self, failure: Failure) -> bool:
        """Tell whether a request was refused for an option that is not needed, and leave that out from now on."""
        if failure.status not in {400, 422}:
            return False
        with self._lock:
            refused = [
                name for name, said in _NEEDLESS.items() if name in self._options and said in failure.said
            ]
            for name in refused:
                del self._options[name]
                self._made = None
            return bool(refused)

    def _make(self) -> BaseChatModel:
        # It takes a second, which nobody without a chat model should wait.
        from langchain.chat_models import init_chat_model

        options: dict[str, Any] = self._options
        try:
            made: BaseChatModel = init_chat_model(self._model, model_provider=self._provider_name, **options)
        except ImportError as error:
            raise self._missing(error.name or self._provider.module) from error
        except Exception as error:
            # Its packages raise pydantic's errors and their own; the one for an option may quote the key.
            raise ChatModelError(
                f"The chat model {self._provider_name}:{self._model} cannot be made ({type(error).__name__}).",
                "Check FOOTNOTE_CHAT_MODEL and FOOTNOTE_CHAT_BASE_URL.",
            ) from None
        return made

    def _missing(self, module: str) -> ChatModelError:
        return ChatModelError(
            f"The package {module.partition('.')[0].replace('_', '-')} is not installed.",
            f"pip install 'footnote-news-bot[{self._provider.extra}]'",
        )


def _piece(chunk: AIMessageChunk) -> Piece | None:
    """Return the text of a chunk, which leaves out what a reasoning model thinks, and its tokens."""
    text, usage = str(chunk.text), chunk.usage_metadata
    if usage is not None:
        return Piece(text, usage["input_tokens"], usage["output_tokens"])
    return Piece(text) if text else None
