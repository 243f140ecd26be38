"""The Word templates that ship are what `make templates` writes, and each holds only marks that reports fill in."""

import io
import zipfile

import pytest

from tests.project.word_templates import FOLDER, TEMPLATES


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_what_the_script_makes(name: str) -> None:
    with zipfile.ZipFile(FOLDER / name) as shipped, zipfile.ZipFile(io.BytesIO(TEMPLATES[name]())) as made:
        assert shipped.namelist() == made.namelist()
        assert not [part for part in made.namelist() if shipped.read(part) != made.read(part)], "run: make templates"
