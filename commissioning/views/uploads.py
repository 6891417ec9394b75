"""Stops keeping what is sent as files once it is more than any page takes, so that nobody can fill the disk."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from commissioning.core.file_kinds import MOST_BYTES


class BoundedUpload(FileUploadHandler):
    """Let the files of one request through up to a little more than the largest allowed; drop the rest unread.

    What came through is then too large for the form, which says so in words.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.taken > MOST_BYTES:
            return None
        self.taken += len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that follow."""
