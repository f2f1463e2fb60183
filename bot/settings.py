"""The settings, from the environment or a `.env` file in the working directory; `.env.example` explains each."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError
from index.model_files import DEFAULT_MODEL

PREFIX = "FOOTNOTE_"


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
    lexical_weight: float = Field(
        default=0.4, ge=0, le=1, description="The share of words, beside meaning, in a passage's score."
    )

    @field_validator("home", mode="after")
    @classmethod
    def _without_tilde(cls, value: Path) -> Path:
        return _expanded(value)

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


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        SettingsError: a value makes no sense; the message names the variable.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise SettingsError(
            f"{name} is {first['input']!r}: {first['msg']}.", "Correct it in the environment or in .env."
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError("The file .env is not UTF-8 text.", "Save it as UTF-8.") from error
    except OSError as error:
        raise SettingsError(
            f"The file .env cannot be read: {error.strerror}.", "Give this user access to it, or remove it."
        ) from error


def cache_folder() -> Path:
    """Return the per-user folder for what can be made again at any time."""
    return user_cache_path("footnote")
