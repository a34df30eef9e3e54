"""How long the server listens to one connection: whoever sends too slowly is heard no more and holds no thread."""

import socket
from contextlib import suppress
from threading import Thread
from time import monotonic, sleep
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from .limits import OF_FILES

HEAD = 20.0  # seconds for the head of a request
RATE = 16 * 1024  # bytes a second, the slowest line that a body is taken over
LOOK = 1.0  # seconds between two looks


class Patient(ThreadWorker):  # type: ignore[misc]  # gunicorn brings no types
    """Gunicorn's threads, which by themselves wait for a slow sender for ever: as many of them, and nobody else is served."""

    def init_process(self) -> None:
        """Begin, and keep an eye on every connection that is being read."""
        self.until: dict[Any, float] = {}
        Thread(target=self._watch, daemon=True).start()
        super().init_process()

    def handle(self, conn: Any) -> Any:
        """Read a head and answer."""
        self.until[conn] = monotonic() + HEAD
        try:
            return super().handle(conn)
        finally:
            self.until.pop(conn, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer; the body may take as long as it takes over the slowest line."""
        said = next((value for name, value in req.headers if name == "CONTENT-LENGTH"), "0")
        self.until[conn] = monotonic() + HEAD + min(int(said), OF_FILES) / RATE
        return super().handle_request(req, conn)

    def _watch(self) -> None:
        while True:
            sleep(LOOK)
            for conn, until in list(self.until.items()):
                if monotonic() > until:
                    with suppress(OSError):
                        conn.sock.shutdown(socket.SHUT_RD)  # what is being answered still goes out
