"""Receiving files: straight to disk, and no further once the request is larger than any promise."""

from typing import Any

from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler

# 10 files of 10 MB and the form around them; a bit of room so that one file too many is named, not cut.
MAX_REQUEST_BYTES = 130 * 1024 * 1024


class BoundedUpload(TemporaryFileUploadHandler):
    """Stops reading above MAX_REQUEST_BYTES; the view answers 413. Of a stranger no file is kept at all."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        # Forms are read before anybody asks who sends them: a stranger must not fill the disk.
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            raise SkipFile
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        # Counted for the whole request: several files share it.
        total = getattr(self.request, "received_bytes", 0) + len(raw_data)
        self.request.received_bytes = total  # type: ignore[union-attr]
        if total > MAX_REQUEST_BYTES:
            self.request.is_too_large = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)
