"""The items of a large JSON file, one at a time: an array, a package of releases or grants, or one object a line."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from .archives import SourceError

MOST_ITEM = 20_000_000
_CHUNK = 1 << 18
_MOST_BEFORE = 4 << 20
_ARRAY = re.compile(r'"(?:releases|records|grants)"\s*:\s*\[')


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number any sum can use")


_decoder = json.JSONDecoder(parse_constant=_no_constant)


class _Text:
    """A window on the file's text that moves on, and knows in which line it stands."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.decoder = file, codecs.getincrementaldecoder("utf-8-sig")("replace")
        self.held, self.place, self.line, self.is_done = "", 0, 1, False

    def more(self) -> bool:
        """Read on; False where there is nothing more."""
        raw = self.file.read(_CHUNK)
        self.line += self.held.count("\n", 0, self.place)
        self.held = self.held[self.place :] + self.decoder.decode(raw, final=not raw)
        self.place, self.is_done = 0, not raw
        return bool(raw)

    def skip(self, letters: str) -> str:
        """Pass over these letters and give the next one, or nothing at the end."""
        while True:
            while self.place < len(self.held) and self.held[self.place] in letters:
                self.place += 1
            if self.place < len(self.held) or not self.more():
                return self.held[self.place : self.place + 1]

    def here(self) -> int:
        """Give the line of the window's place."""
        return self.line + self.held.count("\n", 0, self.place)


def items(file: BinaryIO) -> Iterator[tuple[int, Any]]:
    """Give each item with the line it begins in; raise SourceError where the file is not JSON."""
    window = _Text(file)
    is_array = _enter(window)
    while True:
        letter = window.skip(" \t\r\n,")
        if letter in ("", "]"):
            if is_array and not letter:
                raise SourceError(f"The file ends in the middle, at line {window.here():,}. Nothing was changed.")
            return
        line = window.here()
        yield line, _item(window, line)


def _enter(window: _Text) -> bool:
    """Go to the first item; tell whether the items stand in an array."""
    first = window.skip(" \t\r\n")
    if first == "[":
        window.place += 1
        return True
    while not (found := _ARRAY.search(window.held)) and len(window.held) < _MOST_BEFORE and window.more():
        pass
    if found:
        window.place = found.end()
        return True
    if first != "{":
        raise SourceError("The file is not JSON.")
    return False


def _item(window: _Text, line: int) -> Any:
    while True:
        try:
            value, window.place = _decoder.raw_decode(window.held, window.place)
            return value
        except RecursionError:
            raise SourceError(f"Line {line:,} is nested too deeply to be read.") from None
        except ValueError:
            if len(window.held) - window.place > MOST_ITEM or window.is_done or not window.more():
                raise SourceError(f"What begins in line {line:,} is not JSON. Nothing was changed.") from None
