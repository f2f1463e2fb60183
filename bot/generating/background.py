"""The event loop on which all chat models are talked to, in a thread of its own.

It is one for the whole process, the only thing here that is: LangChain's packages keep one pool of connections for all
clients of the same server, and a connection can only be used on the loop that it was opened on.
"""

from __future__ import annotations

import asyncio
import threading
from functools import cache

_lock = threading.Lock()


def background_loop() -> asyncio.AbstractEventLoop:
    """Return the loop, started when it is first asked for."""
    with _lock:
        return _started()


@cache
def _started() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="chat-models", daemon=True).start()
    return loop
