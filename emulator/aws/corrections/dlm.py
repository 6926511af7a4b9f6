"""Amazon Data Lifecycle Manager: moto has no such service; it is added in ``aws/services/dlm``."""

from __future__ import annotations

import pathlib
import re

from aws.patching import symbol

# moto finds a service as the package moto.<name>, by the host its requests would go to.
symbol("moto:__path__").append(str(pathlib.Path(__file__).parent.parent / "services"))
symbol("moto.backend_index:backend_url_patterns").append(("dlm", re.compile(r"https?://dlm\.(.+)\.amazonaws\.com")))
