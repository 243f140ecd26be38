"""A folder served on many loopback ports by a process that is not measured: nginx where it is installed, else Python with every page in memory. Both count requests by port."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.served.pages import SITE

_NGINX = """daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log crit;
events {{ worker_connections 8192; }}
http {{
  types {{ text/html html; text/plain txt; }} charset utf-8; sub_filter {SITE} $server_port; sub_filter_once off; keepalive_requests 1000000; keepalive_timeout 600s; open_file_cache max=20000;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
  log_format port '$server_port'; access_log {folder}/ports.log port buffer=64k flush=1s;
  server {{ {listens} root {root}; }}
}}
"""


@dataclass(frozen=True)
class Served:
    """`netlocs`: host:port of each site. `by`: the server's name."""

    netlocs: tuple[str, ...]
    by: str
    log: Path

    def requests(self) -> Counter[str]:
        """Requests each port has had; complete a second or two after the last."""
        return Counter(f"127.0.0.1:{port}" for port in self.log.read_text().split())


@contextmanager
def serve(root: Path, hosts: int) -> Iterator[Served]:
    """Serve `root` on `hosts` free ports."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ports = _free(hosts)
        log = folder / "ports.log"
        log.touch()
        nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
        if nginx:
            listens = " ".join(f"listen 127.0.0.1:{port} backlog=512;" for port in ports)
            (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, listens=listens, root=root, SITE=SITE))
            command = [nginx, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
        else:
            command = [sys.executable, "-m", "benchmarks.served.server", str(root), str(log), *map(str, ports)]
        with subprocess.Popen(command) as process:
            try:
                _wait_for(ports[-1], process)
                yield Served(tuple(f"127.0.0.1:{port}" for port in ports), "nginx" if nginx else "Python, pages in memory", log)
            finally:
                process.send_signal(signal.SIGTERM)


def _free(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the benchmark's server did not start")


async def _listen(root: Path, log: Path, ports: list[int]) -> None:
    pages = {"/" + path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.html")}
    pages["/"] = pages["/index.html"]
    missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

    with log.open("a", buffering=1) as lines:

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            port = writer.get_extra_info("sockname")[1]
            try:
                while request := await reader.readuntil(b"\r\n\r\n"):
                    lines.write(f"{port}\n")
                    page = pages.get(request.split(b" ", 2)[1].decode("latin-1").partition("?")[0])
                    body = page.replace(SITE.encode(), str(port).encode()) if page is not None else b""
                    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode()
                    writer.write(head + body if page is not None else missing)
            except (asyncio.IncompleteReadError, ConnectionError):
                writer.close()

        for port in ports:
            await asyncio.start_server(answer, "127.0.0.1", port, backlog=512)
        await asyncio.Event().wait()


if __name__ == "__main__":
    os.setpgrp()
    asyncio.run(_listen(Path(sys.argv[1]), Path(sys.argv[2]), [int(port) for port in sys.argv[3:]]))
