"""``python -m aws -H 127.0.0.1 -p 0``: starts the embedded AWS. ``--self-test`` only checks that the corrections fit."""

from __future__ import annotations

import argparse
import os
import sys

def main(arguments: list[str]) -> int:
    options = _parse(arguments)
    _configure()
    from aws import accounts, corrections, patching

    try:
        accounts.use(os.environ.get("MOTO_ACCOUNT_ID", accounts.DEFAULT))
        corrections.apply()
    except patching.CorrectionsOutdated as outdated:
        print(f"corrections do not fit this moto:\n{outdated}", file=sys.stderr)
        return 1
    if options.self_test:
        print(f"{len(patching.installed)} corrections fit")
        return 0
    if options.table:
        print("| service | symbol of moto | what is wrong with it, and what AWS does |\n|---|---|---|")
        print("\n".join(f"| {c.service} | `{c.symbol}` | {c.why} |" for c in patching.installed))
        return 0

    from aws import server

    server.serve(options.host, options.port, stop_with_stdin=options.stop_with_stdin)
    return 0


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m aws", description=__doc__)
    parser.add_argument("-H", "--host", default="127.0.0.1")
    parser.add_argument("-p", "--port", type=int, default=0, help="0 takes a free one and prints it")
    parser.add_argument("--stop-with-stdin", action="store_true", help="stop when standard input closes")
    parser.add_argument("--self-test", action="store_true", help="check the corrections against the installed moto")
    parser.add_argument("--table", action="store_true", help="print the corrections as rows of a Markdown table")
    return parser.parse_args(arguments)


def _configure() -> None:
    """What moto reads from the environment at import."""
    # Without them attaching arn:aws:iam::aws:policy/... is a 404.
    os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
    # A CA bundle meant for the real AWS breaks boto3 when the file is absent here; all calls are plain HTTP.
    os.environ.pop("AWS_CA_BUNDLE", None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
