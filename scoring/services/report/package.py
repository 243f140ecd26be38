"""Office files without the time of day: the same content gives the same bytes."""

import io
import re
import zipfile
from datetime import datetime

_ONCE = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:)")


def settled(content: bytes, at: datetime | None) -> bytes:
    """An Office file (zip) with its members' times fixed and its own dates set to `at`; workbooks inside it likewise."""
    stamp = (at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else "1980-01-01T00:00:00Z").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            part = given.read(name)
            if name.endswith(".xlsx"):
                part = settled(part, at)
            elif name == "docProps/core.xml":
                part = _STAMP.sub(rb"\g<1>" + stamp + rb"\g<3>", part)
            info = zipfile.ZipInfo(name, _ONCE)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, part)
    return out.getvalue()
