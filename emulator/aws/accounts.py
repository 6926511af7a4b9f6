"""Which account a request belongs to: the one of the role its access key was assumed for, else the default one."""

from __future__ import annotations

import os
import sys

from aws.patching import CorrectionsOutdated, symbol

DEFAULT = "111122223333"
CONSTANT = "DEFAULT_ACCOUNT_ID"


def use(account: str) -> None:
    """moto's own variable MOTO_ACCOUNT_ID would force one account on every request, assumed roles included.

    So the constant behind it is changed instead, before the services' modules copy it.
    """
    os.environ.pop("MOTO_ACCOUNT_ID", None)
    original = symbol(f"moto.core.models:{CONSTANT}")
    loaded = [name for name in sys.modules if name.startswith("moto.")]
    if "moto.iam.models" in loaded:
        raise CorrectionsOutdated(f"moto.core.models:{CONSTANT}: moto.core now loads the services, too early to change it")
    for name in ["moto.core", *loaded]:
        if getattr(sys.modules[name], CONSTANT, None) == original:
            setattr(sys.modules[name], CONSTANT, account)
