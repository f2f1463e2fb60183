"""The providers of chat models: what each needs of LangChain's packages, of this package's extras, and for a key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Provider:
    """How one provider's models are made.

    `module` is that of LangChain's package for it, `extra` what installs that with Footnote, `key` the variable that
    holds the key; None: there are no keys. `options` are for LangChain's class: tokens are to be counted, and retries
    and limits of time are not its business. `elsewhere` are options for another server than the provider's own.
    `window` is the option, if there is one, by which the server is told how many tokens to read.
    """

    module: str
    extra: str
    key: str | None
    options: Mapping[str, object] = field(default_factory=dict)
    elsewhere: Mapping[str, object] = field(default_factory=dict)
    window: str | None = None


# One try is 0 retries to some and 1 to others; 0 is Google's word for its own default.
PROVIDERS: Mapping[str, Provider] = {
    "openai": Provider(
        "langchain_openai",
        "openai",
        "OPENAI_API_KEY",
        {"max_retries": 0, "stream_usage": True, "stream_chunk_timeout": None},
        # What "OpenAI-compatible" servers share is the older of OpenAI's two protocols.
        {"use_responses_api": False},
    ),
    "anthropic": Provider("langchain_anthropic", "anthropic", "ANTHROPIC_API_KEY", {"max_retries": 0}),
    "google_genai": Provider("langchain_google_genai", "google", "GOOGLE_API_KEY", {"max_retries": 1}),
    "mistralai": Provider(
        "langchain_mistralai", "mistral", "MISTRAL_API_KEY", {"max_retries": 1, "timeout": 3_600}
    ),
    "ollama": Provider("langchain_ollama", "ollama", None, window="num_ctx"),
}


def read_name(name: str) -> tuple[str, str]:
    """Return the provider and the model that "provider:model" names.

    Raises:
        SettingsError: it is not of that form, or there is no such provider.
    """
    provider, _, model = (part.strip() for part in name.partition(":"))
    if provider in PROVIDERS and model:
        return provider, model
    known = ", ".join(PROVIDERS)
    wrong = f"has no provider {provider!r}" if provider and model else "is not provider:model"
    raise SettingsError(
        f"The chat model {name!r} {wrong}.",
        f"Name it like openai:MODEL; the providers are {known}. A server that speaks OpenAI's protocol is openai, "
        "with its address as FOOTNOTE_CHAT_BASE_URL.",
    )
