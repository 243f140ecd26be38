"""Certificates made for a test and thrown away: an authority of its own and what it signs."""

import datetime
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Made:
    """A certificate and its key, as one PEM file."""

    certificate: x509.Certificate
    key: Key

    def write(self, path: Path) -> Path:
        """Certificate, then key."""
        private = self.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        path.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM) + private)
        return path


def made(name: str, *, by: Made | None = None, days: tuple[int, int] = (-30, 60), authority: bool = False) -> Made:
    """A certificate for a host name, valid from and until so many days from now; signed by itself when `by` is None."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + datetime.timedelta(days=days[0]))
        .not_valid_after(now + datetime.timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if not authority:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    if by is not None:
        builder = builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False)
    return Made(builder.sign((by or Made(builder.sign(key, hashes.SHA256()), key)).key, hashes.SHA256()), key)


@contextmanager
def serving(pem: Path) -> Iterator[int]:
    """A TLS server of this machine that shows a certificate; its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with listening(lambda client: context.wrap_socket(client, server_side=True).close()) as port:
        yield port


@contextmanager
def listening(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server of this machine that treats each connection as told; its port."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(8)

        def run() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                with suppress(OSError), client:
                    answer(client)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        try:
            yield int(server.getsockname()[1])
        finally:
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            server.close()
            thread.join(2)
