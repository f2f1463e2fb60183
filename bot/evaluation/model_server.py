"""Serves a language model from a file until its standard input ends: `python -m bot.evaluation.model_server FILE`.

llama.cpp's own server does it, as xllamacpp carries it, with OpenAI's API on the loopback interface. The first line of
standard output is its address. It is a process of its own because the library it is made of ends the process where a
file is no model.

A very small model hardly ever keeps to a form that it is told. So that what it says is tested, and not only that it
cites nothing, a relay before the server adds a grammar to each request: sentences that end with a marker. Which
marker, and what stands before it, is the model's.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import xllamacpp

NAME = "smollm2"
"""What the model is called there."""

GRAMMAR = r"""
root ::= "NO_ANSWER" | sentence (" " sentence){0,3}
sentence ::= [A-Z“] piece+ ". [" [1-3] "]"
piece ::= [^.\[\]\n<>?!0-9] | [0-9]+ ("." [0-9]+)?
"""

_WINDOW = 8192
"""Tokens that the model was trained to read."""
_LONGEST_REPLY = 160
"""Tokens. A very small model does not stop by itself."""
_HOST = "127.0.0.1"


class _Relay(BaseHTTPRequestHandler):
    """Passes a request on with the grammar, and the reply back, piece by piece."""

    behind: str
    """The server's host and port."""

    def do_POST(self) -> None:
        """Pass one request on."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        behind = HTTPConnection(self.behind)
        try:
            body = json.dumps({**asked, "grammar": GRAMMAR})
            behind.request("POST", self.path, body, {"Content-Type": "application/json"})
            reply = behind.getresponse()
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.headers["Content-Type"])
            self.end_headers()
            while piece := reply.read1():
                self.wfile.write(piece)
        except ConnectionError:
            # Whoever asked has gone; closing the connection ends the writing, too.
            self.close_connection = True
        finally:
            behind.close()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    """Load the model, tell the address, and serve until nobody holds the other end of standard input."""
    server = xllamacpp.Server(_parameters(sys.argv[1]))
    _Relay.behind = server.listening_address.removeprefix("http://")
    with ThreadingHTTPServer((_HOST, 0), _Relay) as relay:
        threading.Thread(target=relay.serve_forever, daemon=True).start()
        sys.stdout.write(f"http://{_HOST}:{relay.server_address[1]}/v1\n")
        sys.stdout.flush()
        sys.stdin.read()
        relay.shutdown()


def _parameters(file: str) -> xllamacpp.CommonParams:
    parameters = xllamacpp.CommonParams()
    parameters.model.path = file
    parameters.model_alias = {NAME}
    parameters.hostnames, parameters.port = [_HOST], 0
    parameters.ui = False
    # One request at a time, whose beginning is kept for the next: prompts begin alike.
    parameters.n_parallel, parameters.n_ctx = 1, _WINDOW
    parameters.n_predict = _LONGEST_REPLY
    # Its threads wait for one another in a busy loop: one too many, beside whoever asks, makes it ten times slower.
    threads = max(1, (os.cpu_count() or 1) - 1)
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = threads
    return parameters


if __name__ == "__main__":
    main()
