"""Encryption: certificates are always verified; old servers are read, and it is noted. Certificates are made on the spot."""

import ipaddress
import socket
import ssl
import threading
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.fetch import Fetcher, Policy
from crawlers.status import FetchStatus
from tests.crawlers.raw import http, serving

x509 = pytest.importorskip("cryptography.x509")
from cryptography.hazmat.primitives import hashes, serialization  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: E402


def certificate(folder: Path, address: str = "127.0.0.1", days: int = 1, bits: int = 2048) -> Path:
    """A self-signed certificate for an address, with its key, in one file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, address)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{address}{days}{bits}.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


def server(path: Path, *, old: bool = False) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if old:
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    context.load_cert_chain(path)
    return context


def fetcher(netloc: str, ca: Path | None) -> Fetcher:
    return Fetcher(Policy(rate=0, timeout=2, retries=0, local=frozenset({netloc})), ca=str(ca) if ca else "", wait=lambda seconds: None)


def test_a_verified_certificate_is_fine(tmp_path: Path) -> None:
    path = certificate(tmp_path)
    with serving(lambda path: http(200, b"ok"), tls=server(path)) as raw:
        response = fetcher(raw.netloc, path).get(f"https://{raw.netloc}/")
    assert (response.status, response.body, response.lenient) == (FetchStatus.OK, b"ok", False)


@pytest.mark.parametrize("trouble", ["unknown", "expired", "name"])
@pytest.mark.parametrize("old", [False, True])
def test_a_bad_certificate_is_tls_whatever_the_means(tmp_path: Path, trouble: str, old: bool) -> None:
    path = certificate(tmp_path, address="127.0.0.2" if trouble == "name" else "127.0.0.1", days=-1 if trouble == "expired" else 1)
    with serving(lambda path: http(200, b"ok"), tls=server(path, old=old)) as raw:
        response = fetcher(raw.netloc, None if trouble == "unknown" else path).get(f"https://{raw.netloc}/")
        assert (response.status, response.body) == (FetchStatus.TLS, b"")
        assert raw.asked == []


def test_an_old_server_is_read_by_old_means_and_it_is_noted(tmp_path: Path) -> None:
    path = certificate(tmp_path)
    with serving(lambda path: http(200, b"ok"), tls=server(path, old=True)) as raw:
        one = fetcher(raw.netloc, path)
        assert [(page.status, page.lenient) for page in (one.get(f"https://{raw.netloc}/{number}") for number in range(2))] == [(FetchStatus.OK, True)] * 2


def test_https_to_a_server_without_it_is_tls() -> None:
    def plain() -> None:
        for _ in range(2):
            link, _where = listener.accept()
            link.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            link.recv(65_536)
            link.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=plain, daemon=True).start()
        netloc = f"127.0.0.1:{listener.getsockname()[1]}"
        assert fetcher(netloc, None).get(f"https://{netloc}/").status is FetchStatus.TLS
