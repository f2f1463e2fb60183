"""Serves a language model from a file until its standard input ends: `python -m bot.evaluation.model_server FILE`.

llama.cpp's own server does it, as xllamacpp carries it, with OpenAI's API on the loopback interface. The first line of
standard output is its address. It is a process of its own because the library it is made of ends the process where a
file is no model.
"""

from __future__ import annotations

import os
import sys

import xllamacpp

_NAME = "smollm2"
_WINDOW = 8192
"""Tokens that the model was trained to read."""
_LONGEST_REPLY = 120
"""Tokens. A very small model does not stop by itself."""


def main() -> None:
    """Load the model, tell the address, and serve until nobody holds the other end of standard input."""
    server = xllamacpp.Server(_parameters(sys.argv[1]))
    sys.stdout.write(f"{server.listening_address}/v1\n")
    sys.stdout.flush()
    sys.stdin.read()


def _parameters(file: str) -> xllamacpp.CommonParams:
    parameters = xllamacpp.CommonParams()
    parameters.model.path = file
    parameters.model_alias = {_NAME}
    parameters.hostnames, parameters.port = ["127.0.0.1"], 0
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
