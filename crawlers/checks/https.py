"""HTTPS: whether a site answers with a certificate that a browser would accept. What may be this machine's own lack is None, never a fault of the site."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from crawlers.checks.outside import Outside, closed
from crawlers.checks.record import Https

_HERE = ZoneInfo("Asia/Shanghai")
_NO_CHECK_TIME = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME, which `ssl` has no name for."""
_FAULTS = {9: "证书尚未生效", 10: "证书已过期", 18: "证书为自签名，不受信任", 23: "证书已被吊销", 62: "证书与域名不符", 64: "证书与地址不符"}
_EXPIRED, _OTHER_NAME = 10, (62, 64)


@dataclass(frozen=True, slots=True)
class _Seen:
    valid: bool | None
    expires: date | None
    note: str


def check_https(host: str, port: int, outside: Outside | None, redirects: bool | None) -> Https:
    """Connect to the host; what looks wrong is looked at twice. `redirects`: whether plain HTTP was seen to lead to HTTPS. `outside` None: nothing is asked."""
    if outside is None:
        return Https(None, redirects=redirects, note="未检查：本机或模拟网站")
    seen = _look(host, port, outside)
    if seen.valid is False and (again := _look(host, port, outside)) != seen:
        seen = again if again.valid else _Seen(None, again.expires, "两次查看结果不一致")
    return Https(seen.valid, seen.expires, redirects, seen.note)


def _look(host: str, port: int, outside: Outside) -> _Seen:
    addresses = outside.addresses(host, port)
    if not addresses:
        return _Seen(None, None, "域名无法解析或地址不在允许范围")
    refused = 0
    for address in addresses[:4]:
        try:
            certificate = _handshake(host, address, port, outside, _as_is)
        except ssl.SSLCertVerificationError as error:
            fault = _FAULTS.get(error.verify_code)
            expires = _expiry_despite(error.verify_code, host, address, port, outside)
            if fault is None:
                return _Seen(None, expires, "证书链无法在本机验证（可能缺中间证书或根证书），未作结论")
            return _Seen(False, expires, fault)
        except ConnectionRefusedError:
            refused += 1
        except TimeoutError:
            return _Seen(None, None, "连接超时，未作结论")
        except (OSError, ValueError):
            # An old protocol, a national cipher, a shield: what this program cannot speak a browser may.
            return _Seen(None, None, "加密连接未能建立，未作结论")
        else:
            return _Seen(True, _expiry(certificate), "")
    return _Seen(False, None, f"{port} 端口拒绝连接") if refused else _Seen(None, None, "未能连接")


def _as_is(context: ssl.SSLContext) -> None:
    """Every check of a browser."""


def _any_day(context: ssl.SSLContext) -> None:
    context.verify_flags = ssl.VerifyFlags(context.verify_flags | _NO_CHECK_TIME)


def _any_name(context: ssl.SSLContext) -> None:
    context.check_hostname = False


def _handshake(host: str, address: str, port: int, outside: Outside, loosen: Callable[[ssl.SSLContext], None]) -> dict[str, Any]:
    context = outside.trust()
    loosen(context)
    connection = outside.connection(address, port)
    try:
        with context.wrap_socket(connection, server_hostname=host) as secured:
            return dict(secured.getpeercert() or {})
    finally:
        closed(connection)


def _expiry_despite(code: int, host: str, address: str, port: int, outside: Outside) -> date | None:
    """The last day of a certificate that failed for its day or name alone: a second handshake leaves that one check out; nothing is sent over it."""
    loosen = _any_day if code == _EXPIRED else _any_name if code in _OTHER_NAME else None
    if loosen is None:
        return None
    try:
        return _expiry(_handshake(host, address, port, outside, loosen))
    except (OSError, ValueError):
        return None


def _expiry(certificate: dict[str, Any]) -> date | None:
    until = certificate.get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(until), UTC).astimezone(_HERE).date() if isinstance(until, str) else None
