"""Content types of what is served, the same on every machine; and what a browser may show itself.

What Python knows of them depends on files of the operating system.
"""

from __future__ import annotations

import codecs
from pathlib import PurePosixPath
from typing import IO

OFFICE = "application/vnd.openxmlformats-officedocument"
#: By extension. Without one of these a file is just bytes.
TYPES = {
    "avif": "image/avif",
    "csv": "text/csv",
    "doc": "application/msword",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "dps": "application/wps-office.dps",
    "et": "application/wps-office.et",
    "gif": "image/gif",
    "heic": "image/heic",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "m4v": "video/mp4",
    "mp4": "video/mp4",
    "ofd": "application/ofd",
    "pdf": "application/pdf",
    "png": "image/png",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "txt": "text/plain",
    "webm": "video/webm",
    "webp": "image/webp",
    "wps": "application/wps-office.wps",
    "xls": "application/vnd.ms-excel",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "zip": "application/zip",
}
UNKNOWN = "application/octet-stream"
#: What browsers show. All else is a download, under its name.
SHOWN = ("image/", "video/", "text/plain", "application/pdf")

MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
#: In which texts are written here. GB18030 holds GBK and GB2312.
CHARSETS = ("utf-8", "gb18030")
#: So many bytes of a text are read to know it; the first Chinese word may be far below.
READ = 4 * 1024 * 1024


def content_type(name: str) -> str:
    """That of the file `name`, without a charset."""
    return TYPES.get(PurePosixPath(name).suffix[1:].lower(), UNKNOWN)


def is_shown(kind: str) -> bool:
    """Whether browsers show the content type `kind`."""
    return kind.startswith(SHOWN)


def with_charset(kind: str, file: IO[bytes]) -> str:
    """The content type `kind` with the charset in which `file` is written, where it is a text."""
    if not kind.startswith("text/"):
        return kind
    charset = charset_of(file.read(READ))
    file.seek(0)
    return f"{kind}; charset={charset}" if charset else kind


def charset_of(text: bytes) -> str:
    """In which charset `text`, or the beginning of it, is written; empty where in none of ours."""
    for mark, charset in MARKS.items():
        if text.startswith(mark):
            return charset
    return next((charset for charset in CHARSETS if is_written_in(charset, text)), "")


def is_written_in(charset: str, text: bytes) -> bool:
    try:
        codecs.getincrementaldecoder(charset)().decode(text)
    except UnicodeDecodeError:
        return False
    return True
