"""What a reindex has to do: the files as they are now, held against what the catalogue knows of them."""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from index.articles import Draft
from index.catalogue.records import Entry, FileRecord, LiveVersion
from index.dates import believable
from index.discovery import Discovery, FoundFile, Problem
from index.errors import ReadError
from index.identity import canonical_url, claimed_identity, content_digest
from index.readers import READER_VERSION, read_file
from index.regular_files import opened
from index.spool import DraftSpool
from index.takedown.withdrawn import Withdrawn

_RACY_NS = 2_000_000_000
"""A file changed this shortly before it was read can change again without its time telling."""


class Progress(Protocol):
    """Is told how far a reindex is."""

    def begin(self, stage: str, total: int) -> None:
        """Say that a stage of `total` steps begins."""

    def advance(self, steps: float = 1, passages: int = 0) -> None:
        """Say that so many steps, or a part of one, are done, and how many passages were embedded for it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalogue knows before a reindex: files by path, entries, live versions by article."""

    files: Mapping[str, FileRecord]
    entries: Sequence[Entry]
    live: Mapping[str, LiveVersion]


@dataclass(frozen=True, slots=True)
class ToIndex:
    """An article to embed: its entry, and where its content is, a handle in the spool or a live version."""

    entry: Entry
    origin: str
    handle: int | None
    version_id: int | None


@dataclass(slots=True)
class Plan:
    """What a reindex will do, and what it found on the way.

    `added` and `changed` are the places of such articles. `to_index` are articles to embed, `removed`
    versions whose articles are gone, `origins` the new places of versions that only moved. `superseded`
    pairs places that claim one identity: (passed over, taken). `withdrawn` are the places of articles that
    were withdrawn, and stay away.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    to_index: list[ToIndex] = field(default_factory=list)
    removed: list[LiveVersion] = field(default_factory=list)
    origins: dict[int, str] = field(default_factory=dict)
    superseded: list[tuple[str, str]] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: list[FileRecord] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Placement:
    """An article just read: where, what identity it claims, by what, its digest, and its handle in the spool."""

    path: str
    line: int
    identity: str | None
    own_id: str | None
    url: str | None
    digest: str
    updated: float | None
    handle: int

    @property
    def place(self) -> str:
        return place_name(self.path, self.line)


def place_name(path: str, line: int) -> str:
    """Return how a place is written: the path, with ":LINE" behind it where the file holds several articles."""
    return f"{path}:{line}" if line else path


class Planner:
    """Reads what is new or changed, and settles which article is which.

    With `reread`, files are read even if they look unchanged. What is `withdrawn` is neither indexed nor forgotten.
    An article's date that no article can have at `now` is not known; its file has to be read again for it to be, once
    the day has come.
    """

    def __init__(
        self,
        known: Known,
        withdrawn: Withdrawn,
        spool: DraftSpool,
        progress: Progress,
        *,
        now: datetime,
        reread: bool = False,
    ) -> None:
        self._known = known
        self._withdrawn = withdrawn
        self._spool = spool
        self._progress = progress
        self._now = now
        self._reread = reread
        self._plan = Plan()
        self._placements: list[_Placement] = []
        self._kept: list[Entry] = []
        self._released: list[Entry] = []
        self._entries_of: dict[str, list[Entry]] = defaultdict(list)
        for entry in map(withdrawn.entry, known.entries):
            self._entries_of[entry.path].append(entry)

    def plan(self, discovery: Discovery, *, rebuild: bool) -> Plan:
        """Return what has to be done; with `rebuild`, every article is indexed anew."""
        self._plan.problems += discovery.problems
        self._sort_files(discovery)
        entries = self._kept + self._named()
        self._settle(entries, discovery, rebuild=rebuild)
        self._plan.removed += self._left(entries, discovery)
        return self._plan

    def _sort_files(self, discovery: Discovery) -> None:
        found = {file.key for file in discovery.files}
        for path, record in self._known.files.items():
            if path not in found:
                if discovery.covers(path):
                    self._released += self._entries_of[path]
                else:
                    self._kept += self._entries_of[path]
                    self._plan.files.append(record)
        self._progress.begin("Reading", len(discovery.files))
        for file in discovery.files:
            self._sort_file(file)
            self._progress.advance()

    def _sort_file(self, file: FoundFile) -> None:
        record = self._known.files.get(file.key)
        if record and not self._reread and record.reader_version == READER_VERSION:
            if (record.size, record.modified_ns) == (file.size, file.modified_ns):
                self._keep(file.key, record)
                return
            digest = _file_digest(file.path)
            if digest is not None and digest == record.digest:
                self._keep(file.key, _record(file, digest))
                return
        self._read(file)

    def _keep(self, key: str, record: FileRecord) -> None:
        self._kept += self._entries_of[key]
        self._plan.files.append(record)

    def _read(self, file: FoundFile) -> None:
        digest = _file_digest(file.path)
        failed: list[Problem] = []
        placements: list[_Placement] = []
        for line, result in self._read_articles(file.path):
            if isinstance(result, ReadError):
                failed.append(Problem(file.key, line, result.message, result.remedy))
            else:
                placements.append(self._place(file.key, line, result))
        self._placements += placements
        for entry in self._entries_of[file.key]:
            lost = _is_lost(entry, failed, placements)
            (self._kept if lost else self._released).append(entry)
        self._plan.problems += failed
        # A file with a problem is recorded as unproven, so that the next run reads and reports it again.
        self._plan.files.append(_record(file, "" if failed else digest or ""))

    def _read_articles(self, path: Path) -> Iterator[tuple[int, Draft | ReadError]]:
        for line, result in read_file(path):
            yield line, result if isinstance(result, ReadError) else _with_believable_dates(result, self._now)

    def _place(self, path: str, line: int, draft: Draft) -> _Placement:
        moment = draft.updated_at or draft.published_at
        return _Placement(
            path,
            line,
            claimed_identity(draft),
            draft.id or None,
            canonical_url(draft.url) if draft.url else None,
            content_digest(draft),
            moment.timestamp() if moment else None,
            self._spool.put(draft),
        )

    def _named(self) -> list[Entry]:
        """Give every article just read its id, and return the entries."""
        names = _Names(self._kept, self._released, self._known.entries, self._withdrawn.ids)
        named: dict[_Placement, str] = {}
        # What is known already comes before what only resembles something withdrawn, whose copies are other articles.
        for choose in (
            self._withdrawn_by_name,
            self._withdrawn_by_content,
            names.claimed_before,
            names.same_place,
            names.moved,
            self._withdrawn_by_place(named),
            names.claimed,
            names.edited,
            names.new,
        ):
            for placement in self._placements:
                if placement not in named:
                    name = choose(placement)
                    if name is not None:
                        named[placement] = name
        return [
            Entry(p.path, p.line, name, p.identity == name, p.digest, p.updated) for p, name in named.items()
        ]

    def _withdrawn_by_name(self, placement: _Placement) -> str | None:
        return self._withdrawn.named(placement.own_id, placement.url)

    def _withdrawn_by_content(self, placement: _Placement) -> str | None:
        return self._withdrawn.of_content(placement.digest)

    def _withdrawn_by_place(self, named: Mapping[_Placement, str]) -> Callable[[_Placement], str | None]:
        """Return what tells a withdrawn article that was edited where it lay, unless it was found elsewhere already."""

        def choose(placement: _Placement) -> str | None:
            if not self._withdrawn.lay_in(placement.path):
                return None
            found = {entry.article_id for entry in self._kept}.union(named.values())
            text = self._spool.get(placement.handle).text
            return self._withdrawn.edited(
                placement.path, text, claims=placement.identity is not None, found=found
            )

        return choose

    def _settle(self, entries: Sequence[Entry], discovery: Discovery, *, rebuild: bool) -> None:
        handles = {(p.path, p.line): p.handle for p in self._placements}
        paths = {file.key: file.path for file in discovery.files}
        places = {place_name(entry.path, entry.line) for entry in entries}
        by_article: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_article[entry.article_id].append(entry)
        for article_id, claims in by_article.items():
            if article_id in self._withdrawn.ids:
                self._keep_away(article_id, claims)
                continue
            winner, *others = sorted(claims, key=_precedence)
            self._plan.superseded += [
                (place_name(other.path, other.line), place_name(winner.path, winner.line)) for other in others
            ]
            if not self._decide(winner, handles, paths, rebuild=rebuild):
                live = self._known.live.get(winner.article_id)
                if live is not None and live.origin not in places and _covers(discovery, live.origin):
                    self._plan.removed.append(live)
                elif live is not None:
                    self._stay(winner, live, rebuild=rebuild)
        self._plan.entries = list(entries)

    def _keep_away(self, article_id: str, claims: Iterable[Entry]) -> None:
        self._plan.withdrawn += [place_name(entry.path, entry.line) for entry in claims]
        live = self._known.live.get(article_id)
        if live is not None:
            self._plan.removed.append(live)

    def _decide(
        self,
        entry: Entry,
        handles: Mapping[tuple[str, int], int],
        paths: Mapping[str, Path],
        *,
        rebuild: bool,
    ) -> bool:
        """Plan what `entry` needs; return False where its content is needed and cannot be read."""
        live = self._known.live.get(entry.article_id)
        origin = place_name(entry.path, entry.line)
        same = live is not None and live.digest == entry.digest
        if live is not None and same and not rebuild:
            self._plan.unchanged += 1
            if live.origin != origin:
                self._plan.origins[live.version_id] = origin
            return True
        handle = handles.get((entry.path, entry.line))
        version_id = live.version_id if live is not None and same else None
        if handle is None and version_id is None:
            handle = self._read_again(entry, paths.get(entry.path, Path(entry.path)))
            if handle is None:
                return False
        if live is None:
            self._plan.added.append(origin)
        elif same:
            self._plan.unchanged += 1
        else:
            self._plan.changed.append(origin)
        self._plan.to_index.append(ToIndex(entry, origin, handle, version_id))
        return True

    def _stay(self, entry: Entry, live: LiveVersion, *, rebuild: bool) -> None:
        """Go on with what is served of an article whose new content cannot be read."""
        self._plan.unchanged += 1
        if rebuild:
            kept = replace(entry, digest=live.digest)
            self._plan.to_index.append(ToIndex(kept, live.origin, None, live.version_id))

    def _left(self, entries: Sequence[Entry], discovery: Discovery) -> list[LiveVersion]:
        """Return the live versions whose articles are nowhere any more."""
        claimed = {entry.article_id for entry in entries}
        recorded = {entry.article_id for entry in self._known.entries}
        # Published by a run that was killed before it recorded where from: only a run over its place may judge.
        return [
            version
            for name, version in self._known.live.items()
            if name not in claimed and (name in recorded or _covers(discovery, version.origin))
        ]

    def _read_again(self, entry: Entry, path: Path) -> int | None:
        """Return a handle to an article that was passed over so far, because another claimed its identity."""
        for line, result in self._read_articles(path):
            if line == entry.line and isinstance(result, Draft) and content_digest(result) == entry.digest:
                return self._spool.put(result)
        self._plan.problems.append(
            Problem(entry.path, entry.line, "changed while it was read", "Run footnote reindex again.")
        )
        return None


class _Names:
    """Finds the ids of articles that no id or URL identifies, so that they keep them when they move."""

    def __init__(
        self,
        kept: Iterable[Entry],
        released: Sequence[Entry],
        known: Iterable[Entry],
        withdrawn: frozenset[str],
    ) -> None:
        self._taken = {entry.article_id for entry in kept} | withdrawn
        self._claimed_before = {entry.article_id for entry in known if entry.claimed}
        free = [entry for entry in released if not entry.claimed and entry.article_id not in withdrawn]
        self._by_place = {(entry.path, entry.line): entry for entry in free}
        self._by_digest: dict[str, list[Entry]] = defaultdict(list)
        for entry in free:
            self._by_digest[entry.digest].append(entry)

    def claimed_before(self, placement: _Placement) -> str | None:
        return placement.identity if placement.identity in self._claimed_before else None

    def claimed(self, placement: _Placement) -> str | None:
        return placement.identity

    def same_place(self, placement: _Placement) -> str | None:
        entry = self._by_place.get((placement.path, placement.line))
        is_same = entry is not None and entry.digest == placement.digest and placement.identity is None
        return self._take(entry) if entry is not None and is_same else None

    def moved(self, placement: _Placement) -> str | None:
        if placement.identity is not None:
            return None
        candidates = self._by_digest[placement.digest]
        return next((name for name in map(self._take, candidates) if name), None)

    def edited(self, placement: _Placement) -> str | None:
        entry = self._by_place.get((placement.path, placement.line))
        return self._take(entry) if entry else None

    def new(self, placement: _Placement) -> str:
        name = placement.place
        while name in self._taken:
            # The article that was first seen here has moved on and kept its name.
            name += "~"
        self._taken.add(name)
        return name

    def _take(self, entry: Entry) -> str | None:
        if entry.article_id in self._taken:
            return None
        self._taken.add(entry.article_id)
        return entry.article_id


def _is_lost(entry: Entry, failed: Sequence[Problem], placements: Sequence[_Placement]) -> bool:
    """Tell whether what `entry` held cannot be read now, and was not read in another place of the file either.

    Such an article stays as it was read before. Line 0 of a problem stands for the whole file.
    """
    unreadable = any(problem.line in (0, entry.line) for problem in failed)
    return unreadable and not any(
        placement.line == entry.line
        or placement.digest == entry.digest
        or placement.identity == entry.article_id
        for placement in placements
    )


def _with_believable_dates(draft: Draft, now: datetime) -> Draft:
    published, updated = believable(draft.published_at, now), believable(draft.updated_at, now)
    if (published, updated) == (draft.published_at, draft.updated_at):
        return draft
    return replace(draft, published_at=published, updated_at=updated)


def _covers(discovery: Discovery, origin: str) -> bool:
    return discovery.covers(origin) or discovery.covers(origin.rpartition(":")[0])


def _precedence(entry: Entry) -> tuple[float, str, int]:
    # The one updated later comes first; of two alike, always the same one, in whatever order they were read.
    return (-(entry.updated if entry.updated is not None else float("-inf")), entry.path, entry.line)


def _record(file: FoundFile, digest: str) -> FileRecord:
    racy = time.time_ns() - file.modified_ns < _RACY_NS
    proven = bool(digest) and not racy
    return FileRecord(file.key, file.size, file.modified_ns if proven else -1, digest, READER_VERSION)


def _file_digest(path: Path) -> str | None:
    try:
        with opened(path) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ReadError):
        return None
