"""Signs JSON Web Tokens with openssl, good ones and every kind of bad one."""

import base64
import functools
import hashlib
import hmac
import json
import subprocess
import time

from . import settings

TENANT = "acme"
CLIENT = "outsider"


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def openssl(*arguments, data=b""):
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True).stdout


@functools.cache
def public_key():
    return openssl("pkey", "-in", str(settings.KEY_FILE), "-pubout")


@functools.cache
def stranger_key(tmp="/dev/stdout"):
    return openssl("genrsa", "2048")


def signature(algorithm, signed):
    if algorithm == "HS256":
        return hmac.new(public_key(), signed, hashlib.sha256).digest()
    if algorithm == "none":
        return b""
    return openssl("dgst", "-sha256", "-sign", str(settings.KEY_FILE), data=signed)


def claims(**changes):
    """What a good token says; a change to None leaves the claim out."""
    now = int(time.time())
    values = {
        "iss": settings.ISSUER,
        "aud": settings.AUDIENCE,
        "sub": CLIENT,
        "client_id": CLIENT,
        "tenant": TENANT,
        "scope": "orders:write orders:read",
        "iat": now,
        "exp": now + 3600,
    }
    values.update(changes)
    return {name: value for name, value in values.items() if value is not None}


def sign(header, payload, algorithm="RS256"):
    """Signs as given: header and payload are JSON values, or bytes to be taken as they are."""
    parts = [part if isinstance(part, bytes) else json.dumps(part).encode() for part in (header, payload)]
    signed = ".".join(base64url(part) for part in parts)
    return f"{signed}.{base64url(signature(algorithm, signed.encode()))}"


def header(**changes):
    values = {"alg": "RS256", "kid": "dev", "typ": "at+jwt"}
    values.update(changes)
    return {name: value for name, value in values.items() if value is not None}


def mint(**changes):
    return sign(header(), claims(**changes))


@functools.cache
def good(tenant=TENANT, client=CLIENT, scope="orders:write orders:read"):
    return mint(tenant=tenant, client_id=client, sub=client, scope=scope)
