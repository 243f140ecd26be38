"""Which encoding a page is in: its bytes say so better than its header."""

from w3lib.encoding import html_body_declared_encoding, html_to_unicode, http_content_type_encoding

BOM = b"\xef\xbb\xbf"


def decode(body: bytes, content_type: str) -> tuple[str, str]:
    """(encoding, text). Bytes that are valid UTF-8 are UTF-8 and bytes that are valid GB18030 are GB18030, whatever header or meta tag say; else w3lib decides."""
    try:
        return "utf-8", body.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(body) or "gb18030"
    if declared not in ("big5", "big5-hkscs", "shift_jis", "cp932", "euc-jp", "euc-kr"):  # bytes of those can pass for GB18030
        try:
            return "gb18030", body.decode("gb18030")
        except UnicodeDecodeError:
            pass
    encoding, text = html_to_unicode(content_type, body, default_encoding="utf-8")
    return encoding, text
