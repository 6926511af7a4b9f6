"""Settings of the clients that call the emulator."""

from __future__ import annotations

from typing import Any

from botocore.config import Config


def one_attempt(**more: Any) -> Config:
    """A client that makes each call once, directly and without a bucket in the host's name. The caller decides what to repeat."""
    return Config(
        retries={"max_attempts": 0, "total_max_attempts": 1},
        proxies={},
        s3={"addressing_style": "path"},
        **more,
    )
