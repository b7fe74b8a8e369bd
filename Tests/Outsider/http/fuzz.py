#!/usr/bin/env python3
"""Runs schemathesis with every check against the running adapter; see usage below.

Usage: fuzz.py [SECONDS]

Needs schemathesis (PyPI), HTTP_URL, and an adapter started with HTTP_FAILURE_RATE=off: its authentication checks send
thousands of requests without a good token.
"""

import os
import pathlib
import subprocess
import sys

import rest
from outsider import tokens

HERE = pathlib.Path(__file__).resolve().parent


def main():
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "fuzz_hooks", "PYTHONPATH": str(HERE)}
    url = f"{rest.URL.geturl().rstrip('/')}/openapi.json"
    # Beside the interpreter of the environment that it was installed into.
    program = pathlib.Path(sys.executable).with_name("st")
    command = [program, "--config-file", str(HERE / "schemathesis.toml"), "run", url, "--checks", "all", "--no-color"]
    command += ["--header", f"Authorization: Bearer {tokens.good()}", "--max-time", seconds, "--continue-on-failure"]
    result = subprocess.run(command, env=environment, check=False, stdout=subprocess.PIPE, text=True)
    print(result.stdout if result.returncode else "\n".join(result.stdout.splitlines()[-16:]))
    sys.exit(result.returncode)


if __name__ == "__main__":
    main()
