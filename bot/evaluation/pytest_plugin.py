"""A pytest plugin: every case of a `*.cases.yaml` file is a test.

A project registers it with one line in the `conftest.py` at its top:

    pytest_plugins = ["bot.evaluation.pytest_plugin"]

A test is named after its case (`pytest politics.cases.yaml::strength`), and `-k` selects cases by their tags. A case
with the tag `known-failure` is expected to fail, and shows as xfailed, or as xpassed once it does not. The cases are
asked as the settings say, which come from the environment unless the project gives others:

    from bot.settings import Settings

    def pytest_footnote_settings(config):
        return Settings(home=config.rootpath / "index", passages=12)

The articles that a file of cases names are indexed in pytest's cache folder, so that the next run need not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from bot.evaluation.cases import ENDING, CaseFile, QuestionCase, load_cases
from bot.evaluation.failure_text import failure_text
from bot.evaluation.results import CaseResult
from bot.visible import visible
from index.errors import FootnoteError

# What asks the cases takes seconds to import, so it is imported when the first of them runs.
if TYPE_CHECKING:
    from _pytest._code.code import TerminalRepr

    from bot.evaluation.evaluating import Asking
    from bot.settings import Settings

KNOWN_FAILURE = "known-failure"
"""The tag of a case that is known not to be as expected."""


class CaseWarning(pytest.PytestWarning):
    """What a person should know about a file of cases, although it does not fail one."""


class UnexpectedAnswerError(AssertionError):
    """What came of a case is not what its author expects."""

    def __init__(self, result: CaseResult) -> None:
        super().__init__(failure_text(result))
        self.faults = visible("; ".join(result.faults))


class Hooks:
    """The hooks that a project's conftest may implement."""

    @staticmethod
    @pytest.hookspec(firstresult=True)
    def pytest_footnote_settings(config: pytest.Config) -> Settings | None:
        """Return the settings to ask the cases with; None leaves it to the environment and the .env file."""


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Make the plugin's own hooks known."""
    pluginmanager.add_hookspecs(Hooks)


def pytest_configure(config: pytest.Config) -> None:
    """Prepare for the cases of a session; nothing is opened yet."""
    indexes = config.stash[_INDEXES] = _Indexes(config)
    config.add_cleanup(indexes.close)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect files of cases."""
    return QuestionFile.from_parent(parent, path=file_path) if file_path.name.endswith(ENDING) else None


class QuestionFile(pytest.File):
    """A file of cases. Its index is opened before the first of them runs, once, also where that fails."""

    cases: CaseFile
    asking: Asking

    def collect(self) -> Iterator[pytest.Item]:
        """Give the cases."""
        try:
            self.cases = load_cases(self.path)
        except FootnoteError as error:
            raise self.CollectError(_said(error)) from error
        for case in self.cases.cases:
            yield QuestionItem.from_parent(self, name=visible(case.id), case=case)

    def setup(self) -> None:
        """Open the index that the cases are asked of."""
        try:
            self.asking = self.config.stash[_INDEXES].opened(self.cases, self._warn)
        except _SPEAKING as error:
            raise pytest.fail.Exception(_said(error), pytrace=False) from None

    def _warn(self, line: str) -> None:
        self.warn(CaseWarning(visible(line)))


class QuestionItem(pytest.Item):
    """A case."""

    def __init__(self, *, parent: QuestionFile, case: QuestionCase, **more: Any) -> None:
        super().__init__(parent=parent, **more)
        self._file = parent
        self._case = case
        self.extra_keyword_matches.update(case.tags)
        if KNOWN_FAILURE in case.tags:
            # Only that the answer is not as expected is known, not that there is no index.
            self.add_marker(
                pytest.mark.xfail(
                    reason=f"tagged {KNOWN_FAILURE}", raises=UnexpectedAnswerError, strict=False
                )
            )

    def runtest(self) -> None:
        """Ask the question, and compare what comes with what is expected."""
        from bot.commands.progress import NoProgress
        from bot.evaluation.judging import unknown_sources

        asking = self._file.asking
        for _, source in unknown_sources([self._case], asking.collection):
            self.warn(CaseWarning(visible(f"No article that is asked is {source!r}.")))
        [result] = asking.results(self.path.name, [self._case], NoProgress())
        if not result.passed:
            raise UnexpectedAnswerError(result)

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None
    ) -> str | TerminalRepr:
        """Return what is shown of a failure: for a reader of articles, not of code."""
        if isinstance(excinfo.value, _SPEAKING):
            return _said(excinfo.value)
        if not isinstance(excinfo.value, UnexpectedAnswerError):
            return super().repr_failure(excinfo, style)
        shown = excinfo.getrepr(style="value")
        if shown.reprcrash:
            # The line of the short summary and of reports: the case's own place and fault, not those of this code.
            shown.reprcrash.path, shown.reprcrash.lineno = str(self.path), self._case.line or 1
            shown.reprcrash.message = excinfo.value.faults
        return shown

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return where the case stands, its line counted from 0, and what stands above its failure."""
        # Not how the node's id ends: pytest would take the dots in it for those of a module.
        return self.path, self._case.line and self._case.line - 1, f"{self.path.name}: {self.name}"


class _Indexes:
    """The indexes that are open, one for each set of articles, until the session ends."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._open: dict[tuple[Path, ...], Asking] = {}
        self._closing = ExitStack()

    def opened(self, file: CaseFile, say: Callable[[str], None]) -> Asking:
        """Return what asks the index of a file's articles; `say` is told of articles that cannot be read.

        Raises:
            FootnoteError: there is no such index, and none can be made.
        """
        if file.articles not in self._open:
            self._open[file.articles] = self._closing.enter_context(self._opening(file, say))
        return self._open[file.articles]

    def _opening(self, file: CaseFile, say: Callable[[str], None]) -> AbstractContextManager[Asking]:
        from bot.commands.progress import NoProgress
        from bot.evaluation.evaluating import Evaluator
        from bot.settings import load_settings

        settings = self._config.hook.pytest_footnote_settings(config=self._config) or load_settings()
        evaluator = Evaluator(settings, self._scratch(), NoProgress(), say)
        return evaluator.asking(evaluator.index_for(file))

    def _scratch(self) -> Path:
        if self._config.pluginmanager.hasplugin("cacheprovider"):
            return self._config.cache.mkdir("footnote")
        return Path(self._closing.enter_context(TemporaryDirectory(prefix="footnote-")))

    def close(self) -> None:
        """Close them."""
        self._closing.close()


_INDEXES = pytest.StashKey[_Indexes]()

_SPEAKING = (FootnoteError, CaseWarning)
"""What needs no traceback to be understood. A warning is raised where pytest is told to take it for an error."""


def _said(error: FootnoteError | CaseWarning) -> str:
    if isinstance(error, CaseWarning):
        return str(error)
    return f"{visible(error.message)}\n{visible(error.remedy)}"
