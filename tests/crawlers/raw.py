"""A server that sends exactly the bytes it is given, however wrong: for what http.server would not send."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

Bytes = bytes | Iterable[bytes]


class Raw:
    """`say(path)` gives the whole answer, in pieces or at once. `asked` keeps every request as it came; `pause` lies between pieces (seconds)."""

    def __init__(self, say: Callable[[str], Bytes], pause: float = 0.0, tls: ssl.SSLContext | None = None) -> None:
        self._say, self._pause, self._tls = say, pause, tls
        self.asked: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.netloc = f"127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def lines(self) -> list[str]:
        """Request lines without the protocol."""
        return [one.split(" HTTP/")[0] for one in self.asked]

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self._answer, args=(self._socket.accept()[0],), daemon=True).start()

    def _answer(self, link: socket.socket) -> None:
        with contextlib.suppress(OSError), link:
            if self._tls is not None:
                link = self._tls.wrap_socket(link, server_side=True)
            request = b""
            while b"\r\n\r\n" not in request:
                if not (piece := link.recv(65_536)):
                    return
                request += piece
            text = request.decode("latin-1")
            self.asked.append(text)
            answer = self._say(text.split()[1])
            for piece in (answer,) if isinstance(answer, bytes) else answer:
                link.sendall(piece)
                if self._pause:
                    time.sleep(self._pause)
            link.close()

    def close(self) -> None:
        self._socket.close()


@contextmanager
def serving(say: Callable[[str], Bytes], pause: float = 0.0, tls: ssl.SSLContext | None = None) -> Iterator[Raw]:
    """A `Raw` that has no rules for robots."""

    def answer(path: str) -> Bytes:
        return http(404) if path == "/robots.txt" else say(path)

    raw = Raw(answer, pause, tls)
    try:
        yield raw
    finally:
        raw.close()


def http(status: int, body: bytes = b"", **headers: str) -> bytes:
    """An ordinary answer; `_` in a header's name stands for `-`."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body
