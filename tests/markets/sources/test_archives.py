"""What is packed: read as a stream, and refused where it is made to do harm."""

import io
import zipfile
from pathlib import Path

import pytest

from markets.sources import archives
from markets.sources.archives import SourceError, check_packed, members


def written(folder: Path, content: bytes, name: str = "file.zip") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def zipped(**inside: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in inside.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_plain_file_is_its_own_member(tmp_path: Path) -> None:
    (only,) = members(written(tmp_path, b"abc", "plain.csv"), "plain.csv")

    with only.open() as file:
        assert (only.name, only.size, file.read()) == ("plain.csv", 3, b"abc")


def test_the_members_of_a_zip_are_read_as_streams(tmp_path: Path) -> None:
    found = members(written(tmp_path, zipped(one=b"1", two=b"22")), "file.zip")

    texts = []
    for each in found:
        with each.open() as file:
            texts.append(file.read())
    assert texts == [b"1", b"22"]


@pytest.mark.promise("B3")
def test_a_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    bomb = written(tmp_path, zipped(big=b"\0" * 50_000_000))

    with pytest.raises(SourceError, match="more than 150 times"):
        members(bomb, "file.zip")


@pytest.mark.promise("B3")
def test_a_file_that_unpacks_to_more_than_it_says_is_stopped() -> None:
    stream = archives.Counted(io.BytesIO(b"x" * 100), 10)

    with pytest.raises(SourceError, match="more than it says"):
        stream.read(100)


@pytest.mark.parametrize("inner", [zipped(deep=b"x"), b"\x1f\x8b\x08rest"])
def test_an_archive_within_an_archive_is_refused(tmp_path: Path, inner: bytes) -> None:
    (only,) = members(written(tmp_path, zipped(inner=inner)), "file.zip")

    with pytest.raises(SourceError, match="within an archive"):
        only.open()


def test_too_many_members_too_many_bytes_and_none_are_refused(tmp_path: Path) -> None:
    many = written(tmp_path, zipped(**{f"m{number}": b"" for number in range(51)}), "many.zip")
    large = written(tmp_path, zipped(one=b"12345"), "large.zip")
    empty = written(tmp_path, zipped(**{"folder/": b""}), "empty.zip")

    with pytest.raises(SourceError, match="51 files"):
        members(many, "many.zip")
    with pytest.raises(SourceError, match="at most 4 are read"):
        check_packed(large, "large.zip", most_bytes=4, most_members=5)
    with pytest.raises(SourceError, match="empty"):
        members(empty, "empty.zip")


def test_a_damaged_zip_and_other_packings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="damaged"):
        members(written(tmp_path, b"PK\x03\x04nonsense"), "file.zip")
    with pytest.raises(SourceError, match="Use zip"):
        members(written(tmp_path, b"\x1f\x8b\x08", "file.gz"), "file.gz")


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped(one=b"1"))
    content[6] |= 1
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1

    with pytest.raises(SourceError, match="password"):
        members(written(tmp_path, bytes(content)), "file.zip")
