"""Opens what people bring, packed or plain, and refuses archives made to fill a memory or a disk.

Nothing is ever unpacked to disk: a member is read as a stream, and counted as it is read.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MOST_MEMBERS = 50
MOST_BYTES = 6 * 1024**3
#: Unpacked bytes for each packed one. The registers' own files stay under 40; a bomb has a thousand.
MOST_RATIO = 150
#: Small members may be packed as tightly as they like.
FREE_BYTES = 10 * 1024**2
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")
_ENCRYPTED = 0x1


class SourceError(ValueError):
    """The file cannot be read at all, or is not what it is said to be; the text says why, for whoever brought it."""


@dataclass(frozen=True)
class Member:
    """One file to read: its name, its unpacked size, and how to open it."""

    name: str
    size: int
    open: Callable[[], BinaryIO]


class Counted(io.RawIOBase):
    """A stream that refuses to give more than was announced, and tells how much it gave."""

    def __init__(self, inner: BinaryIO, most: int) -> None:
        self.inner, self.most, self.given = inner, most, 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Give the next bytes."""
        part = self.inner.read(len(buffer))
        self.given += len(part)
        if self.given > self.most:
            raise SourceError("The file unpacks to more than it says. It was not read.")
        buffer[: len(part)] = part
        return len(part)

    def close(self) -> None:
        """Close the file behind it too."""
        self.inner.close()
        super().close()


def members(path: Path, name: str) -> list[Member]:
    """Give the files that stand at a path: the members of a zip, or the file itself."""
    with path.open("rb") as file:
        start = file.read(8)
    if not start.startswith(b"PK\x03\x04") or name.lower().endswith(".xlsx"):
        if start.startswith(_PACKED) and not name.lower().endswith(".xlsx"):
            raise SourceError(f"{name} is packed in a way that is not read here. Use zip, or unpack it first.")
        size = path.stat().st_size
        return [Member(name, size, lambda: _buffered(path.open("rb"), size))]
    return _unpacked(path, name)


def check_packed(path: Path, name: str, *, most_bytes: int, most_members: int) -> None:
    """Refuse a zip by what its list of contents says, before anything of it is read."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive.infolist(), name, most_bytes, most_members)
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise SourceError(f"{name} is damaged: it cannot be opened.") from error


def _unpacked(path: Path, name: str) -> list[Member]:
    check_packed(path, name, most_bytes=MOST_BYTES, most_members=MOST_MEMBERS)
    with zipfile.ZipFile(path) as archive:
        inside = [each for each in archive.infolist() if not each.is_dir()]
    if not inside:
        raise SourceError(f"{name} is empty.")
    return [Member(each.filename, each.file_size, _opener(path, each)) for each in inside]


def _check(inside: list[zipfile.ZipInfo], name: str, most_bytes: int, most_members: int) -> None:
    if len(inside) > most_members:
        raise SourceError(f"{name} holds {len(inside):,} files; at most {most_members} are read.")
    total = sum(each.file_size for each in inside)
    if total > most_bytes:
        raise SourceError(f"{name} unpacks to {total:,} bytes; at most {most_bytes:,} are read.")
    packed = sum(each.compress_size for each in inside)
    if total > FREE_BYTES and total > MOST_RATIO * max(packed, 1):
        raise SourceError(f"{name} unpacks to more than {MOST_RATIO} times its size, as no register does.")
    if any(each.flag_bits & _ENCRYPTED for each in inside):
        raise SourceError(f"{name} is locked with a password.")


def _opener(path: Path, info: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    def open_member() -> BinaryIO:
        with zipfile.ZipFile(path) as archive:
            opened = archive.open(info)  # keeps the archive open for as long as itself
        stream = _buffered(opened, info.file_size)  # type: ignore[arg-type]
        if stream.peek(8).startswith(_PACKED):  # type: ignore[attr-defined]
            stream.close()
            raise SourceError(f"{info.filename} is an archive within an archive, which is not read.")
        return stream

    return open_member


def _buffered(file: BinaryIO, most: int) -> BinaryIO:
    return io.BufferedReader(Counted(file, most), 1 << 18)
