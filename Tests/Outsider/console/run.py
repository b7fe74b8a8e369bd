#!/usr/bin/env python3
"""Runs the console's suites, each against a worker and a console of its own; see usage below.

Usage: run.py [SUITE]... [-- ARGUMENT...]

All suites without an argument; what follows -- goes to each of them. Needs the deployment's settings (scripts/test sets
them), ORDERBUS_BINARY, python3-pika, and for `page` the packages of ../http/requirements.txt.
"""

import os
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.dont_write_bytecode = True

from outsider import ending, logs  # noqa: E402
from outsider.program import Program  # noqa: E402

# Those that start no programs themselves are run against a worker and a console.
SUITES = {"console": True, "page": True, "story": False, "rivals": False, "drain": False}


def run(suite, arguments, **addresses):
    command = [sys.executable, "-B", f"test_{suite}.py", *arguments]
    environment = {**os.environ, "WORKER_ADMIN_URL": "http://127.0.0.1:0", **addresses}
    return ending.run(command, cwd=HERE, env=environment) == 0


def passes(suite, arguments):
    if not SUITES[suite]:
        return run(suite, arguments)
    with Program("worker") as worker, Program("console") as console:
        addresses = {"CONSOLE_URL": console.url, "CONSOLE_ADMIN_URL": console.admin_url}
        return run(suite, arguments, WORKER_ADMIN_URL=worker.admin_url, **addresses)


def main():
    end = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    names, arguments = sys.argv[1:end] or list(SUITES), sys.argv[end + 1:]
    if strangers := set(names) - set(SUITES):
        sys.exit(f"no suite has the name {', '.join(sorted(strangers))}; there are {', '.join(SUITES)}")
    failed = []
    for name in names:
        started = time.monotonic()
        if not passes(name, arguments):
            failed.append(name)
        print(f"{'FAIL' if name in failed else 'PASS'} {name} ({time.monotonic() - started:.0f} s)", flush=True)
    print(f"{len(names) - len(failed)} suites passed, {len(failed)} failed")
    sys.exit(0 if logs.hold_no_token() and not failed else 1)


if __name__ == "__main__":
    main()
