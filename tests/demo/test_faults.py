"""The misbehaving sites misbehave."""

import socket
import time

import pytest
import requests

from tests.demo.faults import closed_port, misbehaving


def test_each_fault_is_what_it_says() -> None:
    with misbehaving(delay=0.5) as base:
        with pytest.raises(requests.exceptions.ReadTimeout):
            requests.get(f"{base}/slow", timeout=0.1)
        with pytest.raises(requests.exceptions.TooManyRedirects):
            requests.get(f"{base}/loop/a", timeout=2)
        with pytest.raises(requests.exceptions.ConnectionError):
            requests.get(f"{base}/reset", timeout=2)
        assert requests.get(f"{base}/error", timeout=2).status_code == 500
        assert "破损页面" in requests.get(f"{base}/broken", timeout=2).text
        with requests.get(f"{base}/endless", timeout=2, stream=True) as endless:
            started, read = time.monotonic(), 0
            for chunk in endless.iter_content(65_536):
                read += len(chunk)
                if read > 5_000_000:
                    break
        assert read > 5_000_000
        assert time.monotonic() - started < 10
        with requests.get(f"{base}/drip", timeout=2, stream=True) as drip:
            assert next(drip.iter_content(1)) == b"x"


def test_nothing_listens_on_the_closed_port() -> None:
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", closed_port()), timeout=1):
        pass
