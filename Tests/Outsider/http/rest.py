"""A REST caller that is not of this project: the standard library alone."""

import http.client
import json
import os
import sys
import urllib.parse
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.dont_write_bytecode = True

from outsider import tokens  # noqa: E402

URL = urllib.parse.urlsplit(os.environ.get("HTTP_URL", ""))  # Of the adapter under test, where there is one.


def new_key():
    return f"rest-{uuid.uuid4()}"


def order(**changes):
    return {
        "customerId": "cust_rest",
        "items": [{"sku": "ABC-001", "quantity": 2, "unitPrice": "10.00"}],
        "totalAmount": {"currency": "USD", "value": "20.00"},
        **changes,
    }


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.fields = response.headers
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        return self.json["error"]["code"]


class Caller:
    """One connection, one token."""

    def __init__(self, token=None, url=None, context=None, **claims):
        self.token = token or tokens.good(**claims)
        at = urllib.parse.urlsplit(url) if url else URL
        if at.scheme == "https":
            self.connection = http.client.HTTPSConnection(at.hostname, at.port, timeout=90, context=context)
        else:
            self.connection = http.client.HTTPConnection(at.hostname, at.port, timeout=90)

    def __del__(self):
        self.connection.close()

    def send(self, method, path, body=None, **fields):
        headers = {"Authorization": f"Bearer {self.token}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        headers.update({name.replace("_", "-"): value for name, value in fields.items()})
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        self.connection.request(method, path, body=data, headers={k: v for k, v in headers.items() if v is not None})
        return Answer(self.connection.getresponse())

    def create(self, key, body=None, **fields):
        return self.send("POST", "/v1/orders", order() if body is None else body, Idempotency_Key=key, **fields)
