#!/usr/bin/python3
"""A person's story, over AMQP and HTTP alone: a command dies, is found, mended, replayed, and the audit tells it.

With python3-pika, beside a running worker and console, CONSOLE_URL set: Tests/Outsider/console/story.py [NAME...]
"""

import base64
import json
import os
import sys
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.dont_write_bytecode = True

from outsider import database, identity, tokens  # noqa: E402
from outsider.bus import Bus, order  # noqa: E402

CONSOLE_URL = os.environ["CONSOLE_URL"]
PATIENCE = 60  # seconds for anything that must happen
ALL = "orders:dead:read orders:dead:replay orders:dead:edit orders:dead:discard"


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


def call(method, path, body=None, token=None, headers=None, kind="application/json"):
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    request = urllib.request.Request(CONSOLE_URL + path, data=data, method=method, headers=headers or {})
    if token:
        request.add_header("authorization", f"Bearer {token}")
    if data is not None:
        request.add_header("content-type", kind)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return Answer(response)
    except urllib.error.HTTPError as error:
        return Answer(error)


def operator(scope=ALL, **claims):
    return tokens.mint(client_id="ops", sub="ann", scope=scope, **claims)


def wait(condition):
    deadline = time.monotonic() + PATIENCE
    while not (found := condition()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return found


class ConsoleStory(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.bus = Bus()
        cls.token = operator()

    @classmethod
    def tearDownClass(cls):
        cls.bus.close()

    def ask(self, method, path, body=None, status=200, **options):
        answer = call(method, path, body, **{"token": self.token, **options})
        self.assertEqual(answer.status, status, answer.raw[:1000])
        return answer.json

    def dead_letter(self, body, **options):
        """A command that dies, as the console lists it."""
        mark = f"mark-{uuid.uuid4()}"
        self.bus.bury("dies", body.replace(b"MARK", mark.encode()), reply=None, **options)

        def find():
            found = self.ask("GET", f"/v1/dead/letters?{urllib.parse.urlencode({'text': mark})}")["letters"]
            return found and found[0]

        letter = wait(find)
        self.assertTrue(letter, "the console does not have it")
        return letter

    def mended(self, letter):
        key = str(uuid.uuid4())
        body = json.dumps(order(idempotencyKey=key))
        self.ask("POST", f"/v1/dead/letters/{letter['id']}/revisions",
                 {"basedOn": letter["revision"], "body": body, "reason": "a field was wrong"}, status=201)
        return identity.order_id(tokens.TENANT, tokens.CLIENT, key)

    def finished(self, job):
        def find():
            state = self.ask("GET", f"/v1/dead/replays/{job}")
            return state if state["state"] not in ("running", "paused") else None

        return wait(find)

    def test_dead_letter_is_found_mended_and_replayed_once(self):
        letter = self.dead_letter(b'{"idempotencyKey": "MARK", "customerId": 7}')
        self.assertEqual((letter["state"], letter["tenant"], letter["clientId"]),
                         ("kept", tokens.TENANT, tokens.CLIENT))
        groups = self.ask("GET", "/v1/dead/groups")["groups"]
        self.assertIn(letter["groupId"], [group["id"] for group in groups])
        page = self.ask("GET", f"/v1/dead/letters/{letter['id']}")
        self.assertIsNone(page["body"])
        self.assertNotIn("mark-", page["bodyMasked"])
        self.assertNotIn("eyJ", json.dumps(page), "a token is shown")

        refused = self.ask("POST", f"/v1/dead/letters/{letter['id']}/revisions",
                           {"basedOn": 0, "body": '{"customerId": 8}', "reason": "a guess"}, status=422)
        self.assertTrue(refused["error"]["code"])
        order_id = self.mended(letter)
        self.ask("POST", f"/v1/dead/letters/{letter['id']}/revisions",
                 {"basedOn": 0, "body": json.dumps(order()), "reason": "too late"}, status=409)

        plan = {"selection": {"ids": [letter["id"]]}, "reason": "mended by hand", "ratePerSecond": 10,
                "canary": [1, 5, 25, 125]}
        preview = self.ask("POST", "/v1/dead/replays", {**plan, "dryRun": True})
        self.assertEqual((preview["count"], preview["skipped"]), (1, 0))
        first = self.ask("POST", "/v1/dead/replays", plan, status=201)
        again = self.ask("POST", "/v1/dead/replays", {**plan, "id": first["id"]}, status=201)
        self.assertEqual(first["id"], again["id"], "a double click made two jobs")
        other = self.ask("POST", "/v1/dead/replays", plan, status=201)
        self.assertEqual(other["counts"]["total"], 0, "another job has the letter too")

        job = self.finished(first["id"])
        self.assertEqual(job["state"], "finished", job)
        self.assertEqual(job["counts"]["succeeded"], 1, self.ask("GET", f"/v1/dead/replays/{job['id']}/messages"))
        self.assertEqual(database.orders(order_id), 1)
        page = self.ask("GET", f"/v1/dead/letters/{letter['id']}")
        self.assertEqual(page["state"], "replayed")
        self.assertIn("succeeded", [event["what"] for event in page["timeline"]])

        records = self.ask("GET", f"/v1/audit?target={job['id']}")["records"]
        self.assertEqual({record["clientId"] for record in records} - {"orderbus console"}, {"ops"})
        self.assertIn("replay.order", [record["action"] for record in records])
        self.assertIsNone(self.ask("GET", "/v1/audit/verify")["breach"])

    def test_replay_of_what_fails_again_stops_at_the_first_step(self):
        marked = [self.dead_letter(b'{"idempotencyKey": "MARK", "totalAmount": 1}') for _ in range(3)]
        job = self.ask("POST", "/v1/dead/replays",
                       {"selection": {"ids": [letter["id"] for letter in marked]}, "reason": "perhaps it works now",
                        "canary": [1, 5]}, status=201)
        job = self.finished(job["id"])
        self.assertEqual((job["state"], job["counts"]["failed"]), ("stopped", 1), job)
        self.ask("POST", f"/v1/dead/replays/{job['id']}/cancel", {})

    def test_each_verb_needs_its_scope_and_the_audit_has_the_refusals(self):
        letter = self.dead_letter(b'{"idempotencyKey": "MARK"}')
        selection = {"selection": {"ids": [letter["id"]]}, "reason": "no right to"}
        verbs = [
            ("", "GET", "/v1/dead/groups", None),
            ("", "GET", "/v1/dead/letters", None),
            ("", "GET", f"/v1/dead/letters/{letter['id']}", None),
            ("", "POST", f"/v1/dead/letters/{letter['id']}/reveal", {"reason": "curious"}),
            ("", "GET", "/v1/dead/export", None),
            ("", "GET", "/v1/audit", None),
            ("", "GET", "/v1/events", None),
            ("orders:dead:read", "POST", "/v1/dead/replays", selection),
            ("orders:dead:read", "POST", "/v1/dead/discard", selection),
            ("orders:dead:read", "POST", "/v1/dead/restore", selection),
            ("orders:dead:read", "POST", f"/v1/dead/letters/{letter['id']}/revisions", {}),
            ("orders:dead:read", "PUT", f"/v1/dead/groups/{letter['groupId']}/note", {"text": "x"}),
        ]
        client = f"intruder-{uuid.uuid4()}"
        for scope, method, path, body in verbs:
            token = tokens.mint(client_id=client, scope=scope or "orders:read")
            answer = call(method, path, body, token=token)
            self.assertEqual((answer.status, answer.code), (403, "INSUFFICIENT_SCOPE"), (method, path))
        records = self.ask("GET", f"/v1/audit?clientId={client}&outcome=refused")["records"]
        self.assertEqual(len(records), len(verbs))

    def test_letters_of_another_tenant_do_not_exist(self):
        letter = self.dead_letter(b'{"idempotencyKey": "MARK"}')
        stranger = operator(tenant="globex")
        self.assertEqual(call("GET", f"/v1/dead/letters/{letter['id']}", token=stranger).status, 404)
        self.assertEqual(call("GET", f"/v1/dead/groups/{letter['groupId']}", token=stranger).status, 404)
        answer = call("POST", "/v1/dead/discard", {"selection": {"ids": [letter["id"]]}, "reason": "not mine"},
                      token=stranger)
        self.assertEqual(answer.json, {"count": 0, "skipped": 0})

    def test_hostile_bodies_are_data(self):
        for hostile in (b"<script>alert(1)</script> MARK", b"MARK \x00 \xff\xfe", "MARK \u202e evil".encode()):
            letter = self.dead_letter(hostile)
            shown = self.ask("POST", f"/v1/dead/letters/{letter['id']}/reveal", {"reason": "to look at it"})
            body = base64.b64decode(shown["bodyBase64"])
            for part in hostile.split(b"MARK"):
                self.assertIn(part, body)
            self.assertEqual(shown["isText"], b"\xff" not in hostile)

    def test_discarded_letters_come_back(self):
        letter = self.dead_letter(b'{"idempotencyKey": "MARK"}')
        selection = {"selection": {"ids": [letter["id"]]}, "reason": "a test"}
        self.assertEqual(self.ask("POST", "/v1/dead/discard", {**selection, "dryRun": True})["count"], 1)
        self.assertEqual(self.ask("POST", "/v1/dead/discard", selection)["count"], 1)
        self.assertEqual(self.ask("GET", f"/v1/dead/letters/{letter['id']}")["state"], "discarded")
        self.assertEqual(self.ask("POST", "/v1/dead/restore", selection)["count"], 1)
        self.assertEqual(self.ask("GET", f"/v1/dead/letters/{letter['id']}")["state"], "kept")

    def test_export_gives_every_byte_back(self):
        letter = self.dead_letter(b'{"MARK": "\xff"}')
        answer = call("GET", f"/v1/dead/export?group={letter['groupId']}", token=self.token)
        lines = [json.loads(line) for line in answer.raw.splitlines()]
        line = next(line for line in lines if line["id"] == letter["id"])
        self.assertIn(b"\xff", base64.b64decode(line["body"]))
        back = self.ask("POST", "/v1/dead/import", answer.raw, kind="application/x-ndjson")
        self.assertEqual((back["imported"], back["duplicates"], back["refused"]), (0, len(lines), []))

    def test_session_is_strict(self):
        answer = call("POST", "/session", {"token": self.token})
        self.assertEqual(answer.status, 204)
        cookie = answer.headers["set-cookie"]
        for part in ("__Host-orderbus-session=", "Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
            self.assertIn(part, cookie)
        own = {"cookie": cookie.split(";")[0]}
        self.assertEqual(call("GET", "/session", headers=own).json["clientId"], "ops")
        body = {"selection": {"ids": ["dl_" + "0" * 26]}, "reason": "from elsewhere"}
        for elsewhere in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
            answer = call("POST", "/v1/dead/discard", body, headers={**own, **elsewhere})
            self.assertEqual(answer.status, 403)
        same = {**own, "origin": CONSOLE_URL}
        self.assertEqual(call("POST", "/v1/dead/discard", body, headers=same).status, 200)
        self.assertEqual(call("DELETE", "/session", headers=own).status, 204)
        self.assertEqual(call("GET", "/session", headers=own).status, 401)

    def test_page_allows_nothing_inline_and_nothing_from_elsewhere(self):
        for path in ("/", "/groups/x", "/letters/x", "/replays", "/replays/x", "/audit", "/assets/console.js"):
            answer = call("GET", path)
            self.assertEqual(answer.status, 200, path)
            policy = answer.headers["content-security-policy"]
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)

    def test_what_is_not_known_is_refused(self):
        for path in ("/v1/dead/letters?what=1", "/v1/dead/groups?limit=0", "/v1/dead/letters?from=yesterday"):
            self.ask("GET", path, status=400)
        self.ask("POST", "/v1/dead/discard", {"selection": {"filter": {"x": "y"}}, "reason": "typing"}, status=400)
        self.ask("POST", "/v1/dead/discard", b"not JSON", status=400)
        self.assertEqual(call("GET", "/v1/dead/letters").status, 401)

    def test_changes_are_told_as_they_happen(self):
        request = urllib.request.Request(CONSOLE_URL + "/v1/events",
                                         headers={"authorization": f"Bearer {self.token}"})
        with urllib.request.urlopen(request, timeout=PATIENCE) as stream:
            self.assertEqual(stream.headers["content-type"], "text/event-stream")
            stream.readline()
            time.sleep(3)
            self.dead_letter(b'{"idempotencyKey": "MARK"}')
            line = stream.readline()
            while not line.startswith(b"event:"):
                line = stream.readline()
            self.assertEqual(line, b"event: groups\n")


if __name__ == "__main__":
    unittest.main()
