"""YAML front matter: named fields between two lines of dashes above the text."""

from __future__ import annotations

import re

import yaml

from index.errors import ReadError
from index.readers.fields import field_name

_FENCED = re.compile(
    r"\s*?---[ \t]*\n(?P<fields>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_LONGEST = 100_000
"""In characters. YAML takes a second for so much, and no article has as much to say of itself."""

_LONGEST_NUMBER = 100
"""Characters. Python writes out no number of more than 4,300 digits, and YAML can make one of fewer characters."""


def split_front_matter(text: str) -> tuple[dict[object, object], str]:
    """Return the fields above a text, by their names in small letters, and the text below them.

    Without a closing line there is no front matter. Dates stay as they are written, for what YAML makes
    of one that does not exist is an error. Raises ReadError where the front matter is no mapping.
    """
    found = _FENCED.match(text)
    if not found:
        return {}, text
    if len(found["fields"]) > _LONGEST:
        raise _wrong("is too long")
    fields = _loaded(found["fields"])
    if fields is None:
        return {}, text[found.end() :]
    if not isinstance(fields, dict):
        raise _wrong("is not a list of names and values")
    return {field_name(str(key)): value for key, value in fields.items()}, text[found.end() :]


class _Loader(yaml.SafeLoader):
    """A safe loader that knows neither dates nor aliases: a few of these can stand for gigabytes, or for themselves."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the way PyYAML's classes declare it
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_yaml_int(self, node: yaml.ScalarNode) -> int:
        if len(str(node.value)) > _LONGEST_NUMBER:
            raise yaml.YAMLError("it has a number that is too long")
        return super().construct_yaml_int(node)

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("it has an alias")
        return super().compose_node(parent, index)


_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_yaml_int)


def _loaded(fields: str) -> object:
    try:
        return yaml.load(fields, _Loader)  # noqa: S506 - a subclass of the safe one
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 2}" if error.problem_mark else ""
        raise _wrong(f"is not YAML ({error.problem or 'it cannot be parsed'}{line})") from None
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, KeyError, OverflowError) as error:
        # PyYAML lets some of Python's own errors through, for a number that is none, say.
        raise _wrong(f"is not YAML ({' '.join(str(error).split())[:100]})") from None
    except RecursionError:
        raise _wrong("is nested too deeply") from None


def _wrong(reason: str) -> ReadError:
    return ReadError(
        f"has a front matter that {reason}", 'Write it as lines like "title: ...", or delete it.'
    )
