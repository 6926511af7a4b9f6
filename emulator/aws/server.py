"""moto's application on a port of its own."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from typing import Any

from moto.core.config import default_user_config
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server


def serve(host: str, port: int, stop_with_stdin: bool) -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    # State machines are executed, not only stored.
    default_user_config["stepfunctions"] = {"execute_state_machine": True}
    application = DomainDispatcherApplication(create_backend_app)
    application.debug = True  # type: ignore[attr-defined]  # read by werkzeug: faults come back as text, not as 500 alone
    server = make_server(host, port, application, threaded=True, request_handler=MotoRequestHandler)
    # moto calls itself under this port.
    os.environ["MOTO_PORT"] = str(server.port)
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    if stop_with_stdin:
        threading.Thread(target=_stop_when_stdin_closes, daemon=True).start()
    print(f"listening on http://{host}:{server.port}", flush=True)
    server.serve_forever()


def _stop(_signal: int, _frame: Any) -> None:
    os._exit(0)


def _stop_when_stdin_closes() -> None:
    """The parent holds the other end. When it dies in any way, no program uses this server any more."""
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)
