"""Rendered once through LibreOffice: every Office file opens and has the pages it should. Looked at by eye when the templates were made."""

import shutil
import subprocess
from pathlib import Path

import pdfplumber
import pytest

from scoring.model import Role
from scoring.services.report import build
from scoring.services.report.kinds import Kind
from scoring.services.workspace import Workspace
from tests.conftest import Built

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
A4 = (595, 842)


@pytest.mark.xdist_group("demo")
@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice here: reports are not rendered (apt-get install libreoffice-writer libreoffice-impress)")
def test_libreoffice_opens_what_was_written(built: Built, tmp_path: Path) -> None:
    press = build.Press(Workspace.open(built.home, write=False), "latest", Role.EVALUATOR)
    files = press.make(Kind.CIRCULAR) | press.make(Kind.UNIT, "wangshu") | press.make(Kind.SLIDES)
    names = [tmp_path / Path(name).name for name in files]
    for path, content in zip(names, files.values(), strict=True):
        path.write_bytes(content)
    command = [
        str(SOFFICE),
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        *map(str, names),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180)
    pdfs = {path.suffix: pdfplumber.open(path.with_suffix(".pdf")).pages for path in names if path.with_suffix(".pdf").is_file()}
    assert len(pdfs) == 2, done.stdout + done.stderr
    assert len(pdfs[".pptx"]) == 1 + 1 + 5 * len(press.facts) + 2
    for page in pdfs[".docx"]:
        assert (round(page.width), round(page.height)) == A4
    text = "".join(page.extract_text() for page in pdfs[".docx"])
    assert "望舒区" in text
    foot = pdfs[".docx"][0].crop((0, A4[1] * 0.85, *A4), strict=False).extract_text()
    assert sorted(foot.split()) == ["1", "—", "—"]
