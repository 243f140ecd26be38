"""Small attachments that open as what their names say."""

import io
import zipfile

from crawlers.demo.pages import Reply

TYPES = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def report(name: str, body: bytes) -> Reply:
    """The file of an annual report; what is no file of its kind goes out as the page that it is."""
    return Reply(200, body, "text/html; charset=utf-8" if body.startswith(b"<!DOCTYPE") else TYPES[name[name.rindex(".") :]])


def attachment(name: str) -> Reply:
    """A file for this name; the kinds of TYPES only."""
    suffix = name[name.rindex(".") :]
    match suffix:
        case ".pdf":
            body = _PDF
        case ".doc":
            body = b"{\\rtf1\\ansi\\ansicpg936 Demo form}"
        case ".docx" | ".xlsx":
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as archive:
                archive.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
            body = packed.getvalue()
        case _:
            raise ValueError(suffix)
    return Reply(200, body, TYPES[suffix])
