"""Sites that misbehave, for tests: each must cost only itself."""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BROKEN = (
    "<html><head><title>破损页面</title><body><div><ul><li><a href=/a/100001.html>未闭合的链接<span>2026-03-02</span><li><a href='/b/>少一个引号"
    '</b></table><a href="http://[::1">坏地址</a><p>&#xFFFFFFFF;&nbsp<script>if(a<b){<!--'
)


class _Fault(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Misbehave as the first part of the path says."""
        with suppress(OSError):
            match self.path.strip("/").split("/")[0]:
                case "slow":
                    time.sleep(self.server.delay)  # type: ignore[attr-defined]
                    self._send(200, "慢".encode())
                case "drip":
                    self._drip()
                case "loop":
                    self._send(302, b"", Location="/loop/" + ("b" if self.path.endswith("a") else "a"))
                case "badhost":
                    self._send(302, b"", Location="http://[::1")
                case "longlabel":
                    self._send(302, b"", Location=f"http://{'x' * 70}.example.invalid/")
                case "twodots":
                    self._send(302, b"", Location="http://x..example.invalid/")
                case "endless":
                    self._endless()
                case "broken":
                    self._send(200, BROKEN.encode())
                case "reset":
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    self.connection.close()
                    self.close_connection = True
                case "error":
                    self._send(500, b"Internal Server Error")
                case "login":
                    self._send(200, "<html><title>登录</title><form>用户名<input name=u>密码<input type=password></form></html>".encode())
                case _:
                    self._send(404, b"not found")

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _endless(self) -> None:
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        chunk = b"<p>" + b"x" * 65_533
        for _ in range(16_384):  # 1 GB
            self.wfile.write(chunk)

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", "600")
        self.end_headers()
        for _ in range(600):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(self.server.delay / 10)  # type: ignore[attr-defined]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Silence."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    delay: float = 5.0

    def handle_error(self, request: object, client_address: object) -> None:
        """Breaking off is what these sites are for."""


@contextmanager
def misbehaving(delay: float = 5.0) -> Iterator[str]:
    """Serves `/slow /drip /loop/a /endless /broken /reset /error /login`; yields `http://127.0.0.1:PORT`. `delay`: seconds of `/slow`."""
    server = _Server(("127.0.0.1", 0), _Fault)
    server.delay = delay
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def closed_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
