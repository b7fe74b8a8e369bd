"""An operator's desk at a console: its HTTP API, by the standard library alone."""

import json
import os
import subprocess
import sys
import unittest
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.dont_write_bytecode = True

from outsider import tokens  # noqa: E402
from outsider.bus import Bus  # noqa: E402
from outsider.program import PATIENCE, wait_for  # noqa: E402

VERBS = ("read", "replay", "edit", "discard")
ENDED = ("finished", "stopped", "cancelled")


def operator(*verbs, **claims):
    """An operator's token; with no verb named, one that may do all."""
    scope = " ".join(f"orders:dead:{verb}" for verb in verbs or VERBS)
    return tokens.mint(**{"client_id": "ops", "sub": "ann", "scope": scope, **claims})


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.raw = response.read()
        is_json = self.headers.get("content-type", "") == "application/json"
        self.json = json.loads(self.raw) if is_json else None

    @property
    def code(self):
        return (self.json or {}).get("error", {}).get("code")


class Desk:
    def __init__(self, token=None, url=None):
        self.url = url or os.environ["CONSOLE_URL"]
        self.token = token or operator()

    def request(self, path, **options):
        return urllib.request.Request(self.url + path, **options)

    def call(self, method, path, body=None, *, headers=None, kind="application/json", is_signed=True):
        """Asks as the operator, or, not signed, as whoever the headers say."""
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        request = self.request(path, data=data, method=method, headers=headers or {})
        if is_signed:
            request.add_header("authorization", f"Bearer {self.token}")
        if data is not None:
            request.add_header("content-type", kind)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as response:
                return Answer(response)
        except urllib.error.HTTPError as error:
            return Answer(error)

    def ask(self, method, path, body=None, status=200, **options):
        """What is answered with this status."""
        answer = self.call(method, path, body, **options)
        if answer.status != status:
            raise AssertionError(f"{method} {path}: {answer.status} and not {status}: {answer.raw[:1000]}")
        return answer.json

    def letters(self, **filters):
        """All letters that fit, over all pages."""
        found, cursor = [], None
        while True:
            filters["cursor"] = cursor
            query = urllib.parse.urlencode({name: value for name, value in filters.items() if value is not None})
            page = self.ask("GET", f"/v1/dead/letters?{query}")
            found += page["letters"]
            if not (cursor := page["nextCursor"]):
                return found

    def letter(self, identifier):
        return self.ask("GET", f"/v1/dead/letters/{identifier}")

    def groups(self, **filters):
        return self.ask("GET", f"/v1/dead/groups?{urllib.parse.urlencode(filters)}")["groups"]

    def replay(self, selection, reason, status=201, **options):
        return self.ask("POST", "/v1/dead/replays", {"selection": selection, "reason": reason, **options}, status)

    def job(self, identifier):
        return self.ask("GET", f"/v1/dead/replays/{identifier}")

    def ended(self, job):
        """The job, once it does nothing more by itself."""
        def find():
            state = self.job(job["id"])
            return state["state"] in ENDED and state

        return wait_for(f"the replay {job['id']} ends", find)

    def messages(self, job, **filters):
        query = urllib.parse.urlencode({"limit": 1000, **filters})
        return self.ask("GET", f"/v1/dead/replays/{job['id']}/messages?{query}")["messages"]

    def audit(self, **filters):
        return self.ask("GET", f"/v1/audit?{urllib.parse.urlencode({'limit': 1000, **filters})}")["records"]


class ConsoleTest(unittest.TestCase):
    """A producer's bus and an operator's desk."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.bus = Bus()
        cls.addClassCleanup(cls.bus.close)

    def found(self, desk, **filters):
        """The one letter that fits, as soon as the console has it."""
        return wait_for(f"a letter with {filters}", lambda: desk.letters(**filters))[0]


def orderbus(*arguments, token=None, url=None, check=True, **environment):
    """The command line, as an operator uses it."""
    values = {**os.environ, **environment}
    if token:
        values["ORDERBUS_TOKEN"] = token
    if url:
        values["CONSOLE_URL"] = url
    command = [os.environ["ORDERBUS_BINARY"], *arguments]
    run = subprocess.run(command, env={name: value for name, value in values.items() if value is not None},
                         stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE)
    if check and run.returncode != 0:
        raise AssertionError(f"{' '.join(command)}: {run.returncode}: {run.stderr}")
    return run
