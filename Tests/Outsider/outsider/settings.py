"""Where the deployment under test is, from the environment that scripts/test or .run/env sets."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit


def required(name):
    value = os.environ.get(name)
    if not value:
        sys.exit(f"{name} is not set; source .run/env after scripts/run, or run scripts/test")
    return value


def administrator_url():
    """The broker's administrator over AMQP: given, or put together from the management API's user."""
    if url := os.environ.get("AMQP_ADMIN_URL"):
        return url
    user = urlsplit(required("AMQP_MANAGEMENT_URL")).netloc.rpartition("@")[0]
    broker = urlsplit(required("AMQP_URL"))
    return urlunsplit(broker._replace(netloc=f"{user}@{broker.netloc.rpartition('@')[2]}"))


def key_file():
    given = os.environ.get("DEVELOPMENT_KEY_FILE")
    return Path(given) if given else Path(required("OIDC_JWKS_FILE")).with_name("private.pem")


PRODUCER_URL = required("PRODUCER_AMQP_URL")
ADMINISTRATOR_URL = administrator_url()
WORKER_ADMIN_URL = required("WORKER_ADMIN_URL")
DATABASE_URL = required("DATABASE_URL")
ISSUER = required("OIDC_ISSUER")
AUDIENCE = required("OIDC_AUDIENCE")
KEY_FILE = key_file()
