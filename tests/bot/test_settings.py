from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.generating.providers import PROVIDERS
from bot.settings import PREFIX, Settings, chat_keys, load_settings, revealed
from tests.conftest import PROJECT

EXAMPLE = (PROJECT / ".env.example").read_text(encoding="utf-8")
DOCUMENTED = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))


KEYS = {provider.key: f"sk-{name}-89ab" for name, provider in PROVIDERS.items() if provider.key}


@pytest.fixture(autouse=True)
def _no_keys_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)


def variable(field: str) -> str:
    others = field.startswith("slack_") or field.endswith("_api_key")
    return field.upper() if others else PREFIX + field.upper()


def test_every_setting_is_documented_and_everything_documented_is_a_setting() -> None:
    assert set(DOCUMENTED) == {variable(field) for field in Settings.model_fields}


@pytest.mark.parametrize("field", Settings.model_fields)
def test_the_documented_default_is_the_default(monkeypatch: pytest.MonkeyPatch, field: str) -> None:
    if field == "home" and sys.platform != "linux":
        pytest.skip("the file names the folder that Linux uses")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    default = getattr(Settings(), field)
    monkeypatch.setenv(variable(field), DOCUMENTED[variable(field)])
    assert getattr(load_settings(), field) == default


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_commented_out_under_its_explanation(field: str) -> None:
    assert re.search(rf"^# .+\n#{variable(field)}=", EXAMPLE, re.MULTILINE)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("news", ["news"], id="one"),
        pytest.param(f"news{os.pathsep}/var/wire.jsonl", ["news", "/var/wire.jsonl"], id="two"),
        pytest.param("my news", ["my news"], id="space"),
        pytest.param(f"a{os.pathsep}{os.pathsep}b{os.pathsep}", ["a", "b"], id="nothing between"),
        pytest.param("  ", [], id="blank"),
        pytest.param('["a"]', ['["a"]'], id="no JSON"),
        pytest.param(f"~/a{os.pathsep}~/b", [Path.home() / "a", Path.home() / "b"], id="home folder"),
    ],
)
def test_articles_are_paths_with_separators(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: list[str | Path]
) -> None:
    monkeypatch.setenv("FOOTNOTE_ARTICLES", value)
    assert load_settings().articles == tuple(map(Path, expected))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FOOTNOTE_PASSAGES", "many"),
        ("FOOTNOTE_PASSAGES", "0"),
        ("FOOTNOTE_PASSAGES", "101"),
        ("FOOTNOTE_PASSAGES", "2.5"),
        ("FOOTNOTE_LEXICAL_WEIGHT", "half"),
        ("FOOTNOTE_LEXICAL_WEIGHT", "-0.1"),
        ("FOOTNOTE_LEXICAL_WEIGHT", "1.1"),
        ("FOOTNOTE_LEXICAL_WEIGHT", "nan"),
        ("FOOTNOTE_HOME", "~nobody-of-that-name/footnote"),
        ("FOOTNOTE_ARTICLES", f"news{os.pathsep}~nobody-of-that-name"),
        ("FOOTNOTE_FOLLOW_THREADS", "sometimes"),
        ("FOOTNOTE_ALLOW_GUESTS", "2"),
        ("FOOTNOTE_QUESTIONS_PER_MINUTE", "-1"),
        ("FOOTNOTE_QUEUE", "1.5"),
        ("FOOTNOTE_RETENTION_DAYS", "for ever"),
        ("FOOTNOTE_LOG_FORMAT", "xml"),
        ("FOOTNOTE_LOG_LEVEL", "loud"),
        ("FOOTNOTE_CHAT_BASE_URL", "127.0.0.1:8080"),
        ("FOOTNOTE_CHAT_BASE_URL", "file:///etc/passwd"),
        ("FOOTNOTE_CHAT_DEADLINE", "0"),
        ("FOOTNOTE_CHAT_DEADLINE", "-1"),
        ("FOOTNOTE_CHAT_DEADLINE", "nan"),
        ("FOOTNOTE_CHAT_DEADLINE", "inf"),
        ("FOOTNOTE_CHAT_DEADLINE", "a minute"),
        ("FOOTNOTE_CHAT_CONTEXT", "499"),
        ("FOOTNOTE_CHAT_CONTEXT", "1.5"),
        ("FOOTNOTE_PROMPTS", "~nobody-of-that-name/prompts"),
        ("SLACK_API_URL", "slack.com/api/"),
        ("SLACK_API_URL", "file:///etc/passwd"),
    ],
)
def test_a_value_that_makes_no_sense_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as error:
        load_settings()
    assert name in error.value.message
    assert value in error.value.message
    assert error.value.remedy


LISTS = ["allowed_workspaces", "allowed_channels", "allowed_users"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("C0NEWS", ("C0NEWS",), id="one"),
        pytest.param("C0NEWS,C0DESK", ("C0NEWS", "C0DESK"), id="commas"),
        pytest.param("C0NEWS C0DESK", ("C0NEWS", "C0DESK"), id="spaces"),
        pytest.param(" C0NEWS ,\tC0DESK,, ", ("C0NEWS", "C0DESK"), id="both, and nothing between"),
        pytest.param(" , ", (), id="nothing"),
        pytest.param('["C0NEWS"]', ('["C0NEWS"]',), id="no JSON"),
    ],
)
@pytest.mark.parametrize("field", LISTS)
def test_names_are_separated_by_commas_or_spaces(
    monkeypatch: pytest.MonkeyPatch, field: str, value: str, expected: tuple[str, ...]
) -> None:
    monkeypatch.setenv(variable(field), value)
    assert getattr(load_settings(), field) == expected
    Path(".env").write_text(f"{variable(field)}='{value}'\n")
    monkeypatch.delenv(variable(field))
    assert getattr(load_settings(), field) == expected


def test_the_folder_of_prompts_may_be_in_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_PROMPTS", "~/prompts")
    assert load_settings().prompts == Path.home() / "prompts"


@pytest.mark.parametrize("place", ["environment", ".env"])
def test_the_keys_of_the_providers_are_read_from_both_places(
    monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    if place == "environment":
        for name, key in KEYS.items():
            monkeypatch.setenv(name, key)
    else:
        Path(".env").write_text("".join(f"{name}={key}\n" for name, key in KEYS.items()))
    assert chat_keys(load_settings()) == KEYS


def test_a_key_that_is_not_set_or_blank_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "  ")
    monkeypatch.setenv("MISTRAL_API_KEY", " sk-1 ")
    assert chat_keys(load_settings()) == {"MISTRAL_API_KEY": "sk-1"}


SECRETS = KEYS | {
    "SLACK_BOT_TOKEN": "xoxb-12-34-AbCd",
    "SLACK_APP_TOKEN": "xapp-1-A0-99-ffee",
    "SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5",
}


def test_secrets_are_shown_to_nobody_who_does_not_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, secret in SECRETS.items():
        monkeypatch.setenv(name, f" {secret}\n")
    settings = load_settings()
    shown = (repr(settings), str(settings), settings.model_dump_json(), repr(settings.model_dump()))
    assert not [secret for secret in SECRETS.values() for text in shown if secret in text]
    found = (settings.slack_bot_token, settings.slack_app_token, settings.slack_signing_secret)
    slack = [secret for name, secret in SECRETS.items() if name.startswith("SLACK_")]
    assert list(map(revealed, found)) == slack


def test_secrets_are_not_shown_where_another_value_makes_no_sense(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, secret in SECRETS.items():
        monkeypatch.setenv(name, secret)
    monkeypatch.setenv("FOOTNOTE_QUEUE", "long")
    with pytest.raises(SettingsError) as error:
        load_settings()
    texts = (str(error.value), repr(error.value), str(error.value.__cause__), repr(error.value.__cause__))
    assert not [secret for secret in SECRETS.values() for text in texts if secret in text]


@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_blank_secret_is_none(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    if value is not None:
        monkeypatch.setenv("SLACK_BOT_TOKEN", value)
    assert revealed(load_settings().slack_bot_token) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://slack.com/api/", "https://slack.com/api/"),
        ("https://slack.com/api", "https://slack.com/api/"),
        ("http://127.0.0.1:8080/api//", "http://127.0.0.1:8080/api/"),
    ],
)
def test_the_address_of_slack_ends_with_a_slash(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: str
) -> None:
    monkeypatch.setenv("SLACK_API_URL", value)
    assert load_settings().slack_api_url == expected


@pytest.mark.parametrize("field", Settings.model_fields)
@pytest.mark.parametrize("place", ["environment", ".env"])
def test_an_empty_value_is_the_default(monkeypatch: pytest.MonkeyPatch, field: str, place: str) -> None:
    default = getattr(Settings(), field)
    if place == "environment":
        monkeypatch.setenv(variable(field), "")
    else:
        Path(".env").write_text(f"{variable(field)}=\n")
    assert getattr(load_settings(), field) == default


def test_the_file_in_the_working_directory_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text(
        "FOOTNOTE_PASSAGES=5\nFOOTNOTE_HOME=~/elsewhere\nFOOTNOTE_NO_SETTING=1\nOTHER=2\n"
    )
    monkeypatch.setenv("FOOTNOTE_PASSAGES", "6")
    assert load_settings().passages == 6
    assert load_settings().home == Path.home() / "elsewhere"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"FOOTNOTE_PASSAGES=5\n# caf\xe9\n", id="Latin-1"),
        pytest.param("FOOTNOTE_PASSAGES=5\n".encode("utf-16"), id="UTF-16"),
    ],
)
def test_a_file_that_is_not_utf_8_is_named(content: bytes) -> None:
    Path(".env").write_bytes(content)
    with pytest.raises(SettingsError, match=r"\.env is not UTF-8"):
        load_settings()


def test_a_byte_order_mark_hides_no_setting() -> None:
    Path(".env").write_bytes(b"\xef\xbb\xbfFOOTNOTE_PASSAGES=5\n")
    assert load_settings().passages == 5


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_named() -> None:
    Path(".env").write_text("FOOTNOTE_PASSAGES=5\n")
    Path(".env").chmod(0)
    with pytest.raises(SettingsError, match=r"\.env cannot be read"):
        load_settings()
