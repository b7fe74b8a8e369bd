"""The queue goes into files when there is nothing but the broker, and comes back to a console byte for byte."""

import base64
import datetime
import json
import os
import tempfile
import unittest
import urllib.parse
import uuid
from pathlib import Path

from desk import ConsoleTest, Desk, orderbus  # Finds the package of the next ones.
from outsider.bus import order
from outsider.program import Program, wait_for

HOSTILE = (
    b"<script>alert(1)</script>",
    b'{"text": "\xff\xfe \x00 and \x1b[31m red"}',
    "\u202egnirts \u2066 {\"a\": 1}".encode(),
    b"",
    b'{"' + b"long " * 50_000 + b'": 1}',
    json.dumps(order(customerId=7)).encode() + b"\n\n",
)
TIME = datetime.datetime(2026, 1, 2, 3, 4, 5)
HEADERS = {"text": "\u202e\x1b[31m", "small": 1, "large": 2**40, "negative": -7, "yes": True,
           "time": TIME, "table": {"a": {"b": "c"}}, "list": [1, None, ["three"]], "bytes": b"\x00\xff"}
# No broker's administrator, no database, no identity provider: all that is left in an emergency.
NOTHING_ELSE = dict.fromkeys(
    ("DATABASE_URL", "CONSOLE_URL", "ORDERBUS_TOKEN", "OIDC_ISSUER", "OIDC_AUDIENCE", "OIDC_JWKS_FILE",
     "AMQP_MANAGEMENT_URL", "AMQP_URL", "DEVELOPMENT_KEY_FILE"))


class DrainTests(ConsoleTest):
    def die(self):
        """Hostile bodies, each by its message id."""
        sent = {}
        with Program("worker"):
            for body in HOSTILE:
                entry = self.bus.send("hostile", body, reply=None, headers=HEADERS,
                                      properties={"priority": 3, "app_id": "drain", "timestamp": 1_767_323_045})
                sent[entry.message_id] = entry
            entries = list(sent.values())
            self.assertTrue(self.bus.wait(lambda: all(each.dead_letters for each in entries), 60))
        return sent

    def drain(self, folder):
        run = orderbus("dead", "drain", "--directory", folder, "--patience", "1s", "--output", "json", **NOTHING_ELSE)
        told = json.loads(run.stdout)
        lines = [json.loads(line) for line in Path(told["file"]).read_bytes().splitlines()]
        self.assertEqual(told["count"], len(lines))
        self.assertEqual(Path(told["file"]).stat().st_mode & 0o077, 0, "others can read what customers wrote")
        return told["file"], lines

    def test_drained_letters_come_back_byte_for_byte(self):
        sent = self.die()
        with tempfile.TemporaryDirectory() as folder:
            file, lines = self.drain(folder)
            again = orderbus("dead", "drain", "--directory", folder, "--patience", "1s", **NOTHING_ELSE)
            self.assertIn("empty", again.stdout)
            self.assertEqual([path.name for path in Path(folder).iterdir()], [Path(file).name])
            with Program("console") as console:
                desk = Desk(url=console.url)
                self.bring_back(desk, file, len(lines))
                self.compare(desk, lines, sent)
                self.bring_back(desk, file, 0)

    def test_broker_that_refuses_is_no_empty_queue(self):
        for url, advice in (("amqp://nobody:wrong@127.0.0.1:1", "broker runs"), (self.wrong_password(), "password")):
            with tempfile.TemporaryDirectory() as folder:
                run = orderbus("dead", "drain", "--directory", folder, check=False,
                               **{**NOTHING_ELSE, "CONSOLE_AMQP_URL": url})
                self.assertEqual((run.returncode, run.stdout), (1, ""), run.stderr)
                self.assertIn(advice, run.stderr)
                self.assertEqual(list(Path(folder).iterdir()), [])

    def wrong_password(self):
        parts = urllib.parse.urlsplit(os.environ["CONSOLE_AMQP_URL"])
        return parts._replace(netloc=f"{parts.username}:wrong@{parts.hostname}:{parts.port}").geturl()

    def bring_back(self, desk, file, new):
        run = orderbus("dead", "import", file, "--output", "json", token=desk.token, url=desk.url)
        told = json.loads(run.stdout)
        self.assertEqual((told["imported"], told["refused"]), (new, []), told)

    def compare(self, desk, lines, sent):
        before = {line["id"]: line for line in lines}
        answer = desk.call("GET", "/v1/dead/export?state=kept")
        after = {line["id"]: line for line in map(json.loads, answer.raw.splitlines()) if line["id"] in before}
        self.assertEqual(set(after), set(before))
        for identifier, line in before.items():
            for name, value in line.items():
                self.assertEqual(after[identifier][name], value, f"{name} of {identifier}")
        found = [letter for letter in map(desk.letter, before) if letter["properties"].get("messageId") in sent]
        self.assertEqual(len(found), len(sent))
        for letter in found:
            self.compare_with_sent(desk, letter, sent[letter["properties"]["messageId"]])

    def compare_with_sent(self, desk, letter, entry):
        shown = desk.ask("POST", f"/v1/dead/letters/{letter['id']}/reveal", {"reason": "to compare"})
        self.assertEqual(base64.b64decode(shown["bodyBase64"]), entry.body)
        headers = {header["name"]: header for header in letter["headers"]}
        died = entry.dead_letters[0]
        self.assertEqual(set(headers), set(died.headers))
        self.assertNotIn("authorization", headers)
        self.assertEqual({name: headers[name]["type"] for name in ("text", "yes", "time", "table", "list", "bytes")}, {
            "text": "string", "yes": "bool", "time": "timestamp", "table": "table", "list": "array", "bytes": "bytes"})
        self.assertEqual([element["type"] for element in headers["list"]["value"]], ["int32", "void", "array"])
        self.assertEqual((headers["text"]["value"], headers["yes"]["value"]), (HEADERS["text"], True))
        self.assertEqual([int(headers[name]["value"]) for name in ("small", "large", "negative")], [1, 2**40, -7])
        self.assertEqual(letter["properties"]["appId"], "drain")
        self.assertEqual(letter["tenant"], "acme")


if __name__ == "__main__":
    unittest.main()
