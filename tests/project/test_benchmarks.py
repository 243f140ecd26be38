"""The benchmarks run, tiny and without the peer: what they print is measured elsewhere."""

import pytest

from benchmarks import judging, polite, throughput


def test_throughput_reads_every_page(capsys: pytest.CaptureFixture[str]) -> None:
    throughput.main(["--hosts", "2", "--pages", "40", "--no-peer"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("2 hosts × 40 pages")
    assert [line.split()[:7] for line in lines[1:]] == [["ours,", str(pages), "pages", "a", "host", str(2 * pages), "pages"] for pages in (10, 20, 40)]


def test_polite_keeps_to_the_pace(capsys: pytest.CaptureFixture[str]) -> None:
    polite.main(["--hosts", "4", "--pages", "6", "--rate", "20"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("4 hosts at 20 a second each")
    assert lines[1].startswith("read in full: 24 pages")
    assert all("-" not in lines[number].rpartition(":")[2] for number in (2, 4)), "faster than politeness allows"
    assert lines[5].endswith("not observed: 0")


def test_judging_prints_a_rate(capsys: pytest.CaptureFixture[str]) -> None:
    judging.main(2)
    assert capsys.readouterr().out.strip().endswith("findings a second and core")
