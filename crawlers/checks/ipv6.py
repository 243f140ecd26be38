"""IPv6: an AAAA record, and a connection where this machine has IPv6 itself. Without it nobody looked, and nothing is said of the site."""

import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress

from crawlers.checks.outside import Outside, closed
from crawlers.checks.record import Ipv6


def own_address(towards: str) -> str | None:
    """This machine's own IPv6 address on the way to another; None without a public one. A datagram socket is aimed, nothing is sent."""
    with suppress(OSError), socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as aimed:
        aimed.connect((towards, 443))
        own = str(aimed.getsockname()[0]).partition("%")[0]
        return own if ipaddress.ip_address(own).is_global else None
    return None


def check_ipv6(host: str, port: int, outside: Outside | None, own: Callable[[str], str | None] = own_address) -> Ipv6:
    """Ask for the AAAA record and connect. "No record" and "refused" are looked at twice; a connection that times out says nothing, as the fault may be on the way.

    `outside` None: nothing is asked.
    """
    if outside is None:
        return Ipv6(None, note="未检查：本机或模拟网站")
    with suppress(ValueError):
        return Ipv6(None, note="网站以 IP 地址访问，无域名可查" if ipaddress.ip_address(host) else "")
    addresses = outside.addresses(host, port, socket.AF_INET6) or outside.addresses(host, port, socket.AF_INET6)
    if addresses is None:
        return Ipv6(None, note="域名解析未能完成")
    if not addresses:
        if not outside.addresses(host, port, socket.AF_INET):
            return Ipv6(None, note="域名解析未能完成")
        return Ipv6(False, note="没有 AAAA 记录")
    if own(addresses[0]) is None:
        return Ipv6(True, None, f"AAAA {addresses[0]}；本机没有 IPv6，未能试连")
    results = [_connects(addresses, port, outside) for _ in range(2)]
    if True in results:
        return Ipv6(True, True, f"AAAA {addresses[0]}")
    if results == [False, False]:
        return Ipv6(True, False, f"AAAA {addresses[0]}；{port} 端口两次拒绝连接")
    return Ipv6(True, None, f"AAAA {addresses[0]}；未能连通，无法断定是网站还是线路的原因")


def _connects(addresses: list[str], port: int, outside: Outside) -> bool | None:
    refused = 0
    for address in addresses[:4]:
        try:
            closed(outside.connection(address, port))
        except ConnectionRefusedError:
            refused += 1
        except OSError:
            continue
        else:
            return True
    return False if refused == len(addresses[:4]) else None
