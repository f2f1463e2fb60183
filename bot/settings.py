"""The settings, from the environment or a `.env` file in the working directory; `.env.example` explains each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, NoDecode, SettingsConfigDict

from bot.errors import SettingsError
from index.model_files import DEFAULT_MODEL

PREFIX = "FOOTNOTE_"


Names = Annotated[tuple[str, ...], NoDecode]
"""Names in a list, separated by commas or spaces."""


class Settings(BaseSettings):
    """Every setting, with its default."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    home: Path = Field(
        default_factory=lambda: user_data_path("footnote"), description="Where the index lives."
    )
    articles: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(), description="Folders and files that a bare `footnote reindex` reads."
    )
    embedding_model: str = Field(
        default=DEFAULT_MODEL, description="A sentence-transformers model: a folder, or a name."
    )
    passages: int = Field(default=8, ge=1, le=100, description="How many passages are answered from.")
    calibration: Path | None = Field(
        default=None, description="The file that `footnote calibrate` wrote; it says from where on to answer."
    )
    lexical_weight: float = Field(
        default=0.4, ge=0, le=1, description="The share of words, beside meaning, in a passage's score."
    )

    chat_model: str | None = Field(default=None, description="Who writes the answers, as provider:model.")
    chat_base_url: str | None = Field(
        default=None, pattern=r"^https?://", description="Another server than the provider's own."
    )
    chat_deadline: float = Field(
        default=60, gt=0, le=3_600, allow_inf_nan=False, description="Seconds for writing an answer, at most."
    )
    chat_context: int | None = Field(
        default=None, ge=500, description="Tokens that the passages may take; none: what the model can read."
    )
    prompts: Path | None = Field(default=None, description="A folder of prompts in place of Footnote's own.")
    verifier_model: str | None = Field(
        default=None, description="A cross-encoder that checks sentences as well: a folder, or a name."
    )
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    anthropic_api_key: SecretStr | None = Field(default=None, validation_alias="ANTHROPIC_API_KEY")
    google_api_key: SecretStr | None = Field(default=None, validation_alias="GOOGLE_API_KEY")
    mistral_api_key: SecretStr | None = Field(default=None, validation_alias="MISTRAL_API_KEY")

    follow_threads: bool = Field(
        default=False, description="In threads where the bot has answered, every reply is a question."
    )
    allowed_workspaces: Names = Field(default=(), description="Whose questions are answered; empty: all.")
    allowed_channels: Names = Field(
        default=(), description="Where questions are answered; empty: everywhere."
    )
    allowed_users: Names = Field(default=(), description="Whose questions are answered; empty: all members'.")
    allow_guests: bool = Field(
        default=False, description="Answer guests and people of other organisations as well."
    )
    questions_per_minute: int = Field(default=10, ge=0, description="By one person; 0 is no bound.")
    queue: int = Field(default=200, ge=0, description="Questions that may wait; 0 is no bound.")
    retention_days: int = Field(
        default=90, ge=0, description="How long questions and answers are kept; 0: for ever."
    )
    log_format: Literal["text", "json"] = Field(default="text", description="How log lines are written.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="What is logged; debug holds the text of questions."
    )
    slack_bot_token: SecretStr | None = Field(default=None, validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(default=None, validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(default=None, validation_alias="SLACK_SIGNING_SECRET")
    slack_api_url: str = Field(
        default="https://slack.com/api/", pattern=r"^https?://", validation_alias="SLACK_API_URL"
    )

    @field_validator("allowed_workspaces", "allowed_channels", "allowed_users", mode="before")
    @classmethod
    def _names(cls, value: object) -> object:
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("slack_api_url", mode="after")
    @classmethod
    def _with_slash(cls, value: str) -> str:
        return value.rstrip("/") + "/"

    @field_validator("home", "calibration", "prompts", mode="after")
    @classmethod
    def _without_tilde(cls, value: Path | None) -> Path | None:
        return value and _expanded(value)

    @field_validator("articles", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(_expanded(Path(part)) for part in value.split(os.pathsep) if part.strip())
        return value


def _expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ValueError("nobody here has that home folder") from error


def chat_keys(settings: Settings) -> dict[str, str]:
    """Return the providers' keys that are set, by the variables that hold them."""
    found = {
        name.upper(): revealed(getattr(settings, name)) for name in Settings.model_fields if _is_key(name)
    }
    return {variable: key for variable, key in found.items() if key}


def _is_key(field: str) -> bool:
    return field.endswith("_api_key")


def revealed(secret: SecretStr | None) -> str | None:
    """Return what a secret says; None where it is not set, or blank."""
    return None if secret is None else secret.get_secret_value().strip() or None


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        SettingsError: a value makes no sense; the message names the variable.
    """
    try:
        with _env_file_errors_translated():
            return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper()
        name = name if name.startswith("SLACK_") else PREFIX + name
        raise SettingsError(
            f"{name} is {_said(name, first['input'])}: {first['msg']}.",
            "Correct it in the environment or in .env.",
        ) from error


@contextmanager
def _env_file_errors_translated() -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError as error:
        raise SettingsError("The file .env is not UTF-8 text.", "Save it as UTF-8.") from error
    except OSError as error:
        raise SettingsError(
            f"The file .env cannot be read: {error.strerror}.", "Give this user access to it, or remove it."
        ) from error


def _said(name: str, value: object) -> str:
    return "not what it should be" if name.endswith(("TOKEN", "SECRET")) else repr(value)


def unknown_variables() -> list[str]:
    """Return the variables, of the environment and of .env, that have the settings' prefix and are none of theirs.

    Raises:
        SettingsError: .env cannot be read.
    """
    with _env_file_errors_translated():
        given = {*os.environ, *DotEnvSettingsSource(Settings).env_vars}
    known = {PREFIX + name for name in setting_names()}
    return sorted({name.upper() for name in given if name.upper().startswith(PREFIX)} - known)


def setting_names() -> list[str]:
    """Return the names of the settings that have the prefix, without it."""
    return [name.upper() for name, field in Settings.model_fields.items() if field.validation_alias is None]


def cache_folder() -> Path:
    """Return the per-user folder for what can be made again at any time."""
    return user_cache_path("footnote")
