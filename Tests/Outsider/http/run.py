#!/usr/bin/env python3
"""Runs the HTTP suites, each against an adapter of its own; see usage below.

Usage: run.py [SUITE]...

All suites without an argument. Needs the deployment's settings (scripts/test sets them), ORDERBUS_BINARY and the
packages of requirements.txt; `contract` needs no deployment.
"""

import os
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
sys.dont_write_bytecode = True

from outsider import ending  # noqa: E402
from outsider.program import Program  # noqa: E402

# What is run, and the settings of the adapter that it is run against; `None` for those that need none or start some.
SUITES = {
    "contract": (["test_contract.py"], None),
    "rest": (["test_rest.py"], {}),
    "agreement": (["test_agreement.py"], {"HTTP_CLIENT_RATE": "off"}),
    "slow": (["test_slow.py"], {"HTTP_HEAD_TIMEOUT": "2s", "HTTP_BODY_TIMEOUT": "2s", "HTTP_IDLE_TIMEOUT": "4s"}),
    "fuzz": (["fuzz.py", "25"], {"HTTP_FAILURE_RATE": "off", "HTTP_CLIENT_RATE": "off"}),
    "browser": (["browser.py"], {}),
    "trouble": (["test_trouble.py"], None),
    "binding": (["test_binding.py"], None),
    "provider": (["test_provider.py"], None),
}


def run(command, environment):
    return ending.run([sys.executable, "-B", *command], cwd=HERE, env=environment) == 0


def passes(command, settings):
    if settings is None:
        # Those ask the programs that they start, and no other worker.
        return run(command, {**os.environ, "WORKER_ADMIN_URL": "http://127.0.0.1:0"})
    with Program("worker") as worker, Program("http", **settings) as adapter:
        addresses = {"HTTP_URL": adapter.url, "HTTP_ADMIN_URL": adapter.admin_url, "WORKER_ADMIN_URL": worker.admin_url}
        return run(command, {**os.environ, **addresses})


def are_discreet():
    from outsider import logs  # asks for the deployment, which `contract` does without

    return logs.hold_no_token()


def main():
    names = sys.argv[1:] or list(SUITES)
    if strangers := set(names) - set(SUITES):
        sys.exit(f"no suite has the name {', '.join(sorted(strangers))}; there are {', '.join(SUITES)}")
    failed = []
    for name in names:
        started = time.monotonic()
        if not passes(*SUITES[name]):
            failed.append(name)
        print(f"{'FAIL' if name in failed else 'PASS'} {name} ({time.monotonic() - started:.0f} s)", flush=True)
    print(f"{len(names) - len(failed)} suites passed, {len(failed)} failed")
    sys.exit(0 if (names == ["contract"] or are_discreet()) and not failed else 1)


if __name__ == "__main__":
    main()
