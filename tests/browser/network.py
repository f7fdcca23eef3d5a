"""The network between a phone and the server, which can be gone, lose an answer, or fail at one request."""

from __future__ import annotations

import gzip
import http.client
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

#: Says of a request (method, path): "pass", "gone" (never arrives), "lost" (the server does it, the answer is lost).
Rule = Callable[[str, str], str]


def through(method: str, path: str) -> str:
    """All is well."""
    return "pass"


def nowhere(method: str, path: str) -> str:
    """No network."""
    return "gone"


def lose_answers(method: str, path: str) -> str:
    """What is posted arrives, and the phone never hears of it."""
    return "lost" if method == "POST" else "pass"


class Network:
    """A door in front of the live server. `rule` may change at any time.

    `seen` is what came, `done` what the server did with it, `sizes` what went back.

    A size is that of the compressed content: what a phone pays for behind a server that compresses.
    """

    def __init__(self, server: str) -> None:
        self.rule: Rule = through
        self.seen: list[tuple[str, str]] = []
        self.done: list[tuple[str, str, int]] = []
        self.sizes: list[tuple[str, int]] = []
        self._target = urlsplit(server).netloc
        door = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                door.carry(self)

            do_POST = do_GET

            def log_message(self, *args: object) -> None:
                """Silent."""

        self._door = ThreadingHTTPServer(("localhost", 0), Handler)
        self._door.daemon_threads = True
        self.url = f"http://localhost:{self._door.server_port}"
        threading.Thread(target=self._door.serve_forever, daemon=True).start()

    def carry(self, handler: BaseHTTPRequestHandler) -> None:
        """One request there and, unless it is lost, its answer back. The phone's connection ends with it."""
        handler.close_connection = True
        method, path = handler.command, handler.path
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        fate = self.rule(method, path)
        self.seen.append((method, path))
        if fate == "gone":
            return
        link = http.client.HTTPConnection(self._target, timeout=30)
        headers = {k: v for k, v in handler.headers.items() if k.lower() != "connection"}
        link.request(method, path, body, {**headers, "Connection": "close"})
        answer = link.getresponse()
        data = answer.read()
        link.close()
        self.done.append((method, path, answer.status))
        if fate == "lost":
            return
        self.sizes.append((path, len(gzip.compress(data, 6))))
        handler.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in {"connection", "transfer-encoding", "content-length"}:
                handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(data)))
        # The phone may have left meanwhile.
        with suppress(ConnectionError):
            handler.end_headers()
            handler.wfile.write(data)

    def has_done(self, method: str, end: str, status: int) -> bool:
        """Whether the server answered so; the tests ask this, since a look into its database would be in its way."""
        return any((m, s) == (method, status) and end in path for m, path, s in self.done)

    def close(self) -> None:
        """The end of the test."""
        self._door.shutdown()
        self._door.server_close()
