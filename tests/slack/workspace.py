"""A Slack workspace on this machine, for end-to-end tests of the bot.

The bot is given `api_url` as its base address, `bot_token`, `app_token` and `signing_secret`; it connects over
Socket Mode, or is sent signed requests after `deliver_to`. Messages, events, limits and errors are Slack's, as far as
a bot that posts answers meets them; where Slack is lenient and a bot should not rely on it, this is strict.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from copy import deepcopy
from types import TracebackType
from typing import TypeVar

from tests.slack.delivery import Courier, Delivery, SignedHttp
from tests.slack.faults import Fault, Faults
from tests.slack.feed import Feed
from tests.slack.markup import links_of
from tests.slack.method_site import Site
from tests.slack.people import People, direct_id
from tests.slack.rates import Rates
from tests.slack.server import Server
from tests.slack.socket_mode import SocketMode
from tests.slack.state import (
    APP,
    APP_TOKEN,
    BOT,
    BOT_TOKEN,
    BOT_USER,
    ELSEWHERE,
    SIGNING_SECRET,
    SUBSCRIPTIONS,
    TEAM,
    Channel,
    Message,
    State,
    User,
    is_own,
)
from tests.slack.web_api import Call, WebApi

Found = TypeVar("Found")
_GLANCE = 0.02
"""Seconds between two looks at a condition of which nobody tells the workspace."""


class Workspace(People):
    """The workspace; runs from __enter__ to __exit__. Its methods may be called from any thread.

    It begins with two people, U0ANNA and U0BEN, their direct conversations with the bot, D0ANNA and D0BEN, and a
    public channel, C0NEWS, that all are in. `retry_delays` are the seconds before the second and the third retry
    of an event, `patience` those until an event counts as not acknowledged; `post_burst` is how many messages a
    channel takes at once when `rate_limited`, `stream_seconds` how long a stream stays open.
    """

    team, bot_user, bot_id, app_id = TEAM, BOT_USER, BOT, APP
    bot_token, app_token, signing_secret = BOT_TOKEN, APP_TOKEN, SIGNING_SECRET

    def __init__(
        self,
        *,
        retry_delays: Sequence[float] = (60.0, 300.0),
        patience: float = 3.0,
        post_burst: int = 3,
        stream_seconds: float = 300.0,
        subscriptions: Collection[str] = SUBSCRIPTIONS,
    ) -> None:
        state = State(subscriptions=set(subscriptions), stream_seconds=stream_seconds)
        self._sockets = SocketMode(state)
        self._courier = Courier(state, self._sockets, retry_delays, patience)
        super().__init__(state, Feed(state, self._courier.take))
        self._patience = patience
        self._faults = Faults()
        self._rates = Rates(post_burst)
        site = Site("", state, self._feed, self._sockets.new_url)
        self._api = WebApi(site, self._faults, self._rates)
        self._server = Server(self._api, self._sockets)
        self.api_url = self._server.api_url
        self.scopes = state.scopes
        self.subscriptions = state.subscriptions
        self.users = state.users
        self.channels = state.channels
        self.pings = state.pings
        self.warnings = state.warnings
        self.statuses = state.statuses
        self.prompts = state.prompts
        self.calls: list[Call] = self._api.calls
        self.deliveries: list[Delivery] = self._courier.deliveries
        self.add_user("U0ANNA", "anna")
        self.add_user("U0BEN", "ben")
        self.add_channel("C0NEWS", "news", members=("U0ANNA", "U0BEN"))

    def __enter__(self) -> Workspace:
        self._server.start()
        self._courier.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._state.stopping.set()
        with self._state.changed:
            self._state.changed.notify_all()
        self._sockets.cut()
        self._courier.stop()
        self._server.stop()

    # Who and what is there.

    def add_user(
        self,
        user: str,
        name: str,
        *,
        guest: bool = False,
        single_channel: bool = False,
        stranger: bool = False,
    ) -> str:
        """Add somebody, and their direct conversation with the bot; returns that one's id.

        A guest is restricted, one of a single channel ultra-restricted, too; a stranger is of another workspace.
        """
        direct = direct_id(user)
        with self._state.changed:
            self.users[user] = User(
                user,
                name,
                team_id=ELSEWHERE if stranger else TEAM,
                is_restricted=guest or single_channel,
                is_ultra_restricted=single_channel,
                is_stranger=stranger,
            )
            self.channels[direct] = Channel(direct, name, "im", stranger, {user, BOT_USER})
        return direct

    def add_channel(
        self,
        channel: str,
        name: str,
        *,
        members: Collection[str] = (),
        private: bool = False,
        ext_shared: bool = False,
        with_bot: bool = True,
    ) -> None:
        """Add a channel with some members, among them the bot or not."""
        everybody = {*members, *([BOT_USER] if with_bot else [])}
        with self._state.changed:
            self.channels[channel] = Channel(
                channel, name, "group" if private else "channel", ext_shared, everybody
            )

    def invite_bot(self, channel: str) -> None:
        """Make the bot a member of a channel."""
        with self._state.changed:
            self.channels[channel].members.add(BOT_USER)

    def remove_bot(self, channel: str) -> None:
        """Take the bot out of a channel: it can no longer post there, and hears nothing."""
        with self._state.changed:
            self.channels[channel].members.discard(BOT_USER)

    # What goes wrong.

    @property
    def rate_limited(self) -> bool:
        """Whether calls beyond Slack's rates are refused."""
        return self._rates.enforced

    @rate_limited.setter
    def rate_limited(self, enforced: bool) -> None:
        self._rates.enforced = enforced

    def fail(self, method: str, *faults: Fault, times: int | None = 1) -> None:
        """Let the next calls of a method go wrong: all the faults in turn, `times` over; None is for ever."""
        with self._state.changed:
            self._faults.add(method, faults, times)

    def heal(self, method: str) -> None:
        """Let a method work again."""
        with self._state.changed:
            self._faults.clear(method)
            self._faults.lacking.discard(method)

    def lacks(self, *methods: str) -> None:
        """Be a workspace that does not have these methods."""
        with self._state.changed:
            self._faults.lacking.update(methods)

    def disconnect(self) -> None:
        """Ask the app to connect anew, as Slack does every few hours, and close its connections."""
        self._sockets.disconnect()

    def drop_sockets(self) -> None:
        """Cut the app's connections, as a failing network does."""
        self._sockets.cut()

    def deafen(self) -> None:
        """Keep the app's connections, but send nothing more over them; a new connection works."""
        self._sockets.deafen()

    def deliver_to(self, url: str | None) -> None:
        """Send events to an URL of the app from now on; with None, over Socket Mode."""
        self._courier.way = self._sockets if url is None else SignedHttp(url, self._patience)

    def resend(self, event_id: str) -> None:
        """Send an event again, as a retry, though it may have been acknowledged."""
        self._courier.send_again(event_id)

    # What is to be seen.

    @property
    def connections(self) -> int:
        """How many Socket Mode connections are open."""
        with self._state.changed:
            return len(self._sockets.open_links)

    links_of = staticmethod(links_of)

    def thread(self, channel: str, ts: str) -> list[Message]:
        """Return the thread of a message as it stands now, oldest first; what was deleted is not in it."""
        with self._state.changed:
            found = self.channels[channel]
            return deepcopy(found.thread(found.root_of(ts)))

    def channel_messages(self, channel: str) -> list[Message]:
        """Return what stands in a channel outside of threads, oldest first."""
        with self._state.changed:
            return deepcopy(self.channels[channel].top_level())

    def message(self, channel: str, ts: str) -> Message | None:
        """Return a message as it stands now, None where it is gone."""
        with self._state.changed:
            return deepcopy(self.channels[channel].messages.get(ts))

    def is_streaming(self, channel: str, ts: str) -> bool:
        """Return whether a message is a stream that is still open."""
        with self._state.changed:
            return self._state.is_streaming(self.channels[channel], ts)

    def expire_streams(self) -> None:
        """Let the time of all open streams be over."""
        with self._state.changed:
            self._state.streams.clear()

    def ephemerals(self, user: str) -> list[Message]:
        """Return what the bot has shown to somebody alone; each says in which `channel`."""
        with self._state.changed:
            return deepcopy(self._state.ephemerals.get(user, []))

    def calls_of(self, method: str) -> list[Call]:
        """Return the calls of a method, in order."""
        with self._state.changed:
            return [call for call in self.calls if call.method == method]

    def deliveries_about(self, ts: str) -> list[Delivery]:
        """Return the events that tell of the message with this ts being there, in order."""
        with self._state.changed:
            return [each for each in self.deliveries if each.payload["event"].get("ts") == ts]

    def wait_for(self, predicate: Callable[[], Found], seconds: float = 5.0) -> Found:
        """Return what the predicate returns once that is true, or raise TimeoutError.

        The predicate may ask the workspace.
        """
        deadline = time.monotonic() + seconds
        with self._state.changed:
            while not (found := predicate()):
                if time.monotonic() > deadline:
                    raise TimeoutError(f"not so after {seconds} s")
                self._state.changed.wait(_GLANCE)
            return found

    def wait_for_answer(
        self, channel: str, ts: str, seconds: float = 20.0, *, settled: Callable[[Message], bool]
    ) -> list[Message]:
        """Return what the bot has written in the thread of a message since, once its last message is `settled`."""

        def answer() -> list[Message]:
            said = [each for each in self.thread(channel, ts) if is_own(each) and each["ts"] > ts]
            return said if said and settled(said[-1]) else []

        return self.wait_for(answer, seconds)
