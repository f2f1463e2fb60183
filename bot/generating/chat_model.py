"""A chat model that is asked within a limit of time, and tells what it writes piece by piece.

It is talked to on a loop in the background, where a request can be ended at any moment, whatever its server or its
provider's package does. Whoever asks waits for the pieces in a queue, and for no longer than the limit.
"""

from __future__ import annotations

import asyncio
import queue
import random
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.errors import ChatModelError
from bot.generating.background import background_loop
from bot.generating.client import Client, Piece
from bot.generating.failures import Explainer, Failure, read_failure
from bot.generating.providers import PROVIDERS, Provider, read_name
from bot.generating.tokens import estimate_tokens

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

PAUSES = (0.5, 1.0, 2.0)
"""Seconds before the second, third and fourth try, each shortened by up to a half at random."""

_WINDOW = 8_192
"""Tokens, at least, that the model is to read where its server has to be told."""

_BESIDE_PASSAGES = 2_048
"""Tokens of them for what is not passages: the prompt, and the reply."""

_NO_KEY = "none"
"""For servers of one's own: most want no key, but LangChain's packages insist on one."""


class ChatModel:
    """The chat model that "provider:model" names, for any number of threads at once.

    `base_url` is the address of another server that speaks the provider's protocol. `keys` are the providers' keys,
    by the variables that hold them. `context` is how many tokens the passages may take, `pauses` the seconds between
    tries.

    Raises:
        SettingsError: the name names no model.
        ChatModelError: the provider's package is not installed, or its key is missing.
    """

    def __init__(
        self,
        name: str,
        base_url: str | None = None,
        *,
        keys: Mapping[str, str] | None = None,
        context: int | None = None,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        provider_name, model = read_name(name)
        provider = PROVIDERS[provider_name]
        key = _key(provider, keys or {}, base_url)
        self._window = max(_WINDOW, (context or 0) + _BESIDE_PASSAGES) if provider.window else None
        options = _options(provider, key, base_url, self._window)
        self.name = f"{provider_name}:{model}"
        self._client = Client(provider_name, provider, model, options)
        self._explainer = Explainer(self.name, provider.key, None if key == _NO_KEY else key)
        self._pauses = tuple(pauses)

    @property
    def window(self) -> int | None:
        """How many tokens the model reads at most, where that is known; loads it.

        Raises:
            ChatModelError: it cannot be loaded.
        """
        return self._window or self._client.window

    def load(self) -> None:
        """Load now what is otherwise loaded for the first request, which takes a second or two.

        Raises:
            ChatModelError: it cannot be loaded.
        """
        self._client.load()

    def count_tokens(self, text: str) -> int:
        """Return how many tokens a text takes: an estimate, and rather too many than too few."""
        return estimate_tokens(text)

    def write(self, messages: Sequence[BaseMessage], until: float) -> Piece:
        """Return the whole reply to `messages`.

        Raises:
            ChatModelError: as for `stream`.
        """
        pieces = list(self.stream(messages, until))
        return Piece(
            "".join(piece.text for piece in pieces),
            _sum(piece.input_tokens for piece in pieces),
            _sum(piece.output_tokens for piece in pieces),
        )

    def stream(self, messages: Sequence[BaseMessage], until: float) -> Generator[Piece, None, None]:
        """Yield the reply to `messages` while it is written; at `until`, a moment of `time.monotonic`, all is over.

        What fails before the first piece is tried again where that may help. Closing the generator ends the request.

        Raises:
            ChatModelError: the model cannot be loaded or reached, refuses, writes nothing, or takes too long.
        """
        late = self._late(until - time.monotonic())
        self._client.load()
        told: queue.SimpleQueue[Piece | ChatModelError | None] = queue.SimpleQueue()
        request = self._ask(list(messages), until, told.put, late)
        asking = asyncio.run_coroutine_threadsafe(request, background_loop())
        try:
            while (piece := _next(told, until, late)) is not None:
                yield piece
        finally:
            asking.cancel()

    async def _ask(
        self,
        messages: Sequence[BaseMessage],
        until: float,
        tell: Callable[[Piece | ChatModelError | None], None],
        late: ChatModelError,
    ) -> None:
        """Tell each piece and then None, or what went wrong."""
        limit = asyncio.timeout(until - time.monotonic())
        try:
            async with limit:
                await self._try(messages, until, tell)
            tell(None)
        except ChatModelError as error:
            tell(error)
        except Exception as error:  # each provider's package raises its own; whoever asks waits to be told
            tell(late if limit.expired() else self._explainer.explain(read_failure(error)))

    async def _try(
        self, messages: Sequence[BaseMessage], until: float, tell: Callable[[Piece], None]
    ) -> None:
        """Ask until the model has begun to write, or there is no more sense in it."""
        pauses = iter(self._pauses)
        while True:
            wrote = False
            try:
                async for piece in self._client.stream(messages):
                    wrote = wrote or bool(piece.text)
                    tell(piece)
            except Exception as error:  # each provider's package raises its own
                pause = None if wrote else self._pause(read_failure(error), pauses)
                if pause is None or time.monotonic() + pause >= until:
                    raise
                await asyncio.sleep(pause)
            else:
                if not wrote:
                    raise ChatModelError(f"{self.name} wrote nothing.", "Choose another FOOTNOTE_CHAT_MODEL.")
                return

    def _pause(self, failure: Failure, pauses: Iterator[float]) -> float | None:
        """Return after how many seconds to try again; None: not at all."""
        if self._client.does_without(failure):
            return 0.0
        pause = next(pauses, None)
        if pause is None or not failure.passes:
            return None
        shortened = pause * random.uniform(0.5, 1)  # noqa: S311 - nothing that anybody should not guess
        return max(shortened, failure.wait or 0.0)

    def _late(self, seconds: float) -> ChatModelError:
        return ChatModelError(
            f"{self.name} was not done after {seconds:.0f} seconds.",
            "Raise FOOTNOTE_CHAT_DEADLINE, or choose a faster FOOTNOTE_CHAT_MODEL.",
        )


def _key(provider: Provider, keys: Mapping[str, str], base_url: str | None) -> str | None:
    if provider.key is None:
        return None
    key = keys.get(provider.key) or (_NO_KEY if base_url else None)
    if key is None:
        raise ChatModelError(f"{provider.key} is not set.", "Set it in the environment or in .env.")
    return key


def _options(
    provider: Provider, key: str | None, base_url: str | None, window: int | None
) -> dict[str, object]:
    options: dict[str, object] = {"temperature": 0.0, **provider.options}
    if key is not None:
        options["api_key"] = key
    if base_url is not None:
        options |= {"base_url": base_url, **provider.elsewhere}
    if provider.window is not None:
        options[provider.window] = window
    return options


def _next(
    told: queue.SimpleQueue[Piece | ChatModelError | None], until: float, late: ChatModelError
) -> Piece | None:
    """Return the next piece; None is the end. The limit is kept here too, should a package stop the loop."""
    try:
        each = told.get(timeout=max(0.0, until - time.monotonic()))
    except queue.Empty:
        raise late from None
    if isinstance(each, ChatModelError):
        raise each
    return each


def _sum(counts: Iterator[int | None]) -> int | None:
    counted = [count for count in counts if count is not None]
    return sum(counted) if counted else None
