"""Amazon FSx: file systems."""

from __future__ import annotations

import time
from typing import Any

from aws.patching import replaces, symbol

FileSystemNotFound = symbol("moto.fsx.exceptions:FileSystemNotFound")


@replaces("moto.fsx.models:FileSystem.to_dict", "self")
def answer_lifecycle(original: Any, file_system: Any) -> dict[str, Any]:
    """A file system has no Lifecycle, so Terraform waits for it in vain. On AWS it becomes AVAILABLE."""
    return {"Lifecycle": "AVAILABLE", "CreationTime": time.time(), **original(file_system)}


@replaces("moto.fsx.models:FSxBackend.describe_file_systems", "self, file_system_ids")
def refuse_unknown_file_system(original: Any, backend: Any, *args: Any, **kwargs: Any) -> Any:
    """Describing a deleted file system answers an empty list. On AWS it is FileSystemNotFound."""
    for file_system_id in kwargs.get("file_system_ids") or []:
        if file_system_id not in backend.file_systems:
            raise FileSystemNotFound(file_system_id)
    return original(backend, *args, **kwargs)
