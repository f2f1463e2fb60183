"""Articles in a .jsonl file: one JSON object a line."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import NoReturn

from index.articles import Draft
from index.errors import ReadError
from index.readers.bounds import bounded
from index.readers.encoding import BYTE_ORDER_MARKS, UTF8_OR_WINDOWS, clean
from index.readers.failures import cannot_be_parsed
from index.readers.fields import draft_from_fields
from index.readers.packed import Source

LONGEST_LINE = 20_000_000
"""In bytes of UTF-8. No article is as long; a file of another format can be one line of any length."""

_MOST_REPORTED = 1_000
"""Lines of one file that are reported each; a file that is no .jsonl at all can have millions."""

_MOST_IN_A_ROW = 10_000
"""Lines without an article after which the rest of a file will hold none either."""

_CHUNK = 1 << 18


def read_json_lines(stream: Source) -> Iterator[tuple[int, Draft | ReadError]]:
    """Give the article on each line of `stream` with its line number, which counts from 1.

    A line that holds no article comes as the error that says why, and reading goes on. Blank lines are
    skipped. No more than a line is held in memory. Of the lines without an article the first thousand come
    each, the others together as line 0; after 10,000 in a row the rest is not read. What the stream itself
    raises is not caught.
    """
    failed = in_a_row = 0
    for number, result in _results(stream):
        if isinstance(result, Draft):
            in_a_row = 0
        else:
            failed, in_a_row = failed + 1, in_a_row + 1
        if in_a_row == 0 or failed <= _MOST_REPORTED:
            yield number, result
        if in_a_row == _MOST_IN_A_ROW:
            break
    if failed > _MOST_REPORTED:
        rest = f", and was not read beyond line {number:,}" if in_a_row == _MOST_IN_A_ROW else ""
        yield (
            0,
            ReadError(
                f"has {failed - _MOST_REPORTED:,} more lines that hold no article{rest}",
                "Check what it is: it should hold a JSON object on each line.",
            ),
        )


def _results(stream: Source) -> Iterator[tuple[int, Draft | ReadError]]:
    for number, line in enumerate(_lines(_in_utf8(stream)), start=1):
        if line is None:
            yield (
                number,
                ReadError(
                    f"is longer than {LONGEST_LINE // 1_000_000} MB",
                    "Put each article on a line of its own.",
                ),
            )
        elif line.strip():
            try:
                yield number, _read_line(line)
            except ReadError as error:
                yield number, error
            except Exception as error:  # or the lines below it would be lost with it
                yield number, cannot_be_parsed(error)


def _in_utf8(stream: Source) -> Iterator[bytes]:
    """Give what `stream` holds, piece by piece, in UTF-8 and without its byte order mark."""
    beginning = stream.read(_CHUNK)
    mark, encoding = next(
        ((mark, encoding) for mark, encoding in BYTE_ORDER_MARKS if beginning.startswith(mark)),
        (b"", "utf-8"),
    )
    piece = beginning[len(mark) :]
    if encoding == "utf-8":
        while piece:
            yield piece
            piece = stream.read(_CHUNK)
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    while piece:
        yield decoder.decode(piece).encode()
        piece = stream.read(_CHUNK)
    yield decoder.decode(b"", final=True).encode()


def _lines(pieces: Iterator[bytes]) -> Iterator[bytes | None]:
    """Give each line, None in place of one that is too long; of that, no more than a piece is held."""
    held: list[bytes] = []
    length = 0
    for piece in pieces:
        *ended, rest = piece.split(b"\n")
        for end in ended:
            yield None if length + len(end) > LONGEST_LINE else b"".join([*held, end])
            held, length = [], 0
        length += len(rest)
        if length > LONGEST_LINE:
            held = []
        elif rest:
            held.append(rest)
    if length:
        yield None if length > LONGEST_LINE else b"".join(held)


def _read_line(line: bytes) -> Draft:
    fields = _parsed(line)
    text = fields.get("text")
    if text is None:
        raise ReadError('has no "text"', 'Give each line a "text", the words of the article.')
    if not isinstance(text, str):
        raise ReadError('has a "text" that is not a string', 'Put the words of the article into "text".')
    # Offsets are counted in this text: it is not stripped, or whoever has the file would count otherwise.
    text = clean(text)
    if not text.strip():
        raise ReadError('has an empty "text"', "Put the words of the article there, or delete the line.")
    return bounded(draft_from_fields(fields, text))


def _parsed(line: bytes) -> dict[object, object]:
    try:
        value = json.loads(line.decode("utf-8", UTF8_OR_WINDOWS), parse_constant=_refuse)
    except RecursionError:
        raise ReadError("is nested too deeply", "Write the article as one flat JSON object.") from None
    except json.JSONDecodeError as error:
        raise ReadError(
            f"is not JSON ({error.msg[:1].lower()}{error.msg[1:]}, character {error.pos + 1})",
            "Write each article as one JSON object on one line.",
        ) from None
    except ValueError:
        # Python reads no number of more digits than sys.get_int_max_str_digits().
        raise ReadError(
            "is not JSON (it has a number of thousands of digits)",
            "Write a smaller number, or put it in quotes.",
        ) from None
    if not isinstance(value, dict):
        raise ReadError("is not a JSON object", 'Write each article as {"text": "...", "title": "..."}.')
    return value


def _refuse(constant: str) -> NoReturn:
    raise ReadError(f"is not JSON ({constant} is no value of it)", "Write null where something is not known.")
