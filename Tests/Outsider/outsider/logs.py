"""Contract §5: a token is never logged. What all programs and servers of the deployment have written."""

import os
import re
import sys
from pathlib import Path

# Three segments, the first a JSON object in base64url; the signature may be none.
TOKEN = re.compile(rb"eyJ[\w-]{8,}\.[\w-]+\.[\w-]*")


def folder():
    return Path(os.environ.get("DEPLOYMENT") or Path(os.environ["OIDC_JWKS_FILE"]).parents[1])


def tokens_in(paths):
    """Where a token stands: file and line, and not the token."""
    for path in paths:
        with open(path, "rb") as lines:
            for number, line in enumerate(lines, 1):
                if TOKEN.search(line):
                    yield f"{path}:{number}"


def hold_no_token():
    """Whether there are logs and none holds a token; says where one does."""
    paths = sorted(folder().rglob("*.log"))
    found = list(tokens_in(paths))
    for place in found:
        print(f"logs: a token stands in {place}", file=sys.stderr)
    print(f"logs: {len(paths)} files searched for tokens, {len(found)} found")
    return bool(paths) and not found
