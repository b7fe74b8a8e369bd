"""What an operator sees and does at a console, over its HTTP API alone, beside a real worker."""

import base64
import json
import os
import socket
import tempfile
import time
import unittest
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

from desk import ConsoleTest, Desk, operator, orderbus  # Finds the package of the next ones.
from outsider import database, identity, promises, tokens
from outsider.bus import order
from outsider.program import PATIENCE


class ConsoleTests(ConsoleTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk = Desk()

    def ask(self, *arguments, **options):
        return self.desk.ask(*arguments, **options)

    def dead_letter(self, body, **options):
        """A command that dies, as the console lists it."""
        mark = f"mark-{uuid.uuid4()}"
        self.bus.bury("dies", body.replace(b"MARK", mark.encode()), reply=None, **options)
        return self.found(self.desk, text=mark)

    def mended(self, letter):
        key = str(uuid.uuid4())
        body = json.dumps(order(idempotencyKey=key))
        self.ask("POST", f"/v1/dead/letters/{letter['id']}/revisions",
                 {"basedOn": letter["revision"], "body": body, "reason": "a field was wrong"}, status=201)
        return identity.order_id(tokens.TENANT, tokens.CLIENT, key)

    def test_dead_letter_is_found_mended_and_replayed_once(self):
        letter = self.dead_letter(b'{"idempotencyKey": "MARK", "customerId": 7}')
        self.assertEqual((letter["state"], letter["tenant"], letter["clientId"]),
                         ("kept", tokens.TENANT, tokens.CLIENT))
        groups = self.ask("GET", "/v1/dead/groups")["groups"]
        self.assertIn(letter["groupId"], [group["id"] for group in groups])
        page = self.desk.letter(letter["id"])
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
        self.ask("POST", "/v1/dead/replays", plan, status=409)

        job = self.desk.ended(first)
        self.assertEqual(job["state"], "finished", job)
        self.assertEqual(job["counts"]["succeeded"], 1, self.ask("GET", f"/v1/dead/replays/{job['id']}/messages"))
        self.assertEqual(database.orders(order_id), 1)
        page = self.desk.letter(letter["id"])
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
        job = self.desk.ended(job)
        self.assertEqual((job["state"], job["counts"]["failed"]), ("stopped", 1), job)
        letter = next(letter for letter in map(self.desk.letter, [letter["id"] for letter in marked])
                      if letter["repeatFailures"])
        self.assertIn("totalAmount", [rule["field"] for rule in letter["details"]], "the broken rules are not told")
        self.ask("POST", f"/v1/dead/replays/{job['id']}/cancel", {})

    def test_replay_that_cannot_be_routed_again_stops(self):
        """The broker gives what it cannot route no time: it was taken for the same letter, and sent for minutes."""
        channel = self.bus.administrator.channel()
        self.addCleanup(channel.close)
        binding = ("orders.queries", "orders.commands", "order.get.*")
        channel.queue_unbind(*binding)
        self.addCleanup(channel.queue_bind, *binding)
        mark = f"mark-{uuid.uuid4()}"
        body = {"orderId": "ord_" + "0" * 26, "mark": mark}
        self.bus.send("goes nowhere", body, command="order.get.v1", reply=None)
        letter = self.found(self.desk, text=mark)
        caller = {"tenant": tokens.TENANT, "clientId": tokens.CLIENT, "scopes": ["orders:read"]}
        self.ask("POST", f"/v1/dead/letters/{letter['id']}/revisions",
                 {"basedOn": 0, "caller": caller, "reason": "it is the shop's"}, status=201)
        begin = time.monotonic()
        job = self.desk.ended(self.desk.replay({"ids": [letter["id"]]}, "perhaps there is a queue now"))
        self.assertEqual((job["state"], job["counts"]["failed"]), ("stopped", 1), job)
        self.assertLess(time.monotonic() - begin, 60)
        self.assertIn("died again", self.desk.messages(job)[0]["text"])
        self.assertEqual(self.desk.letter(letter["id"])["state"], "kept")

    def redirected(self, letter, queue):
        job = self.desk.ended(self.desk.replay({"ids": [letter["id"]]}, "somebody else is to see it", redirectTo=queue))
        return self.desk.messages(job)[0]

    def test_letter_goes_to_another_queue_as_it_was_and_without_a_token(self):
        letter = self.dead_letter(b'{"MARK": "\xff"}')
        channel = self.bus.administrator.channel()
        self.addCleanup(channel.close)
        queue = channel.queue_declare("", exclusive=True).method.queue
        # Only queues that somebody with the broker's rights has opened so are reached.
        channel.queue_bind(queue, "orders.redirect", queue)
        self.assertEqual(self.redirected(letter, queue)["outcome"], "redirected")
        method, properties, body = channel.basic_get(queue, auto_ack=True)
        self.assertIn(b"\xff", body)
        self.assertEqual(len(body), letter["bodyBytes"])
        self.assertEqual(properties.headers["dead-letter-id"], letter["id"])
        self.assertNotIn("authorization", properties.headers)

    def test_letter_cannot_be_put_behind_the_workers_back(self):
        message = self.redirected(self.dead_letter(b'{"idempotencyKey": "MARK"}'), "orders.commands")
        self.assertEqual(message["outcome"], "not-sent")

    def test_queue_that_is_not_there_is_no_trouble_of_others(self):
        message = self.redirected(self.dead_letter(b'{"idempotencyKey": "MARK"}'), f"nowhere-{uuid.uuid4()}")
        self.assertEqual((message["state"], message["outcome"]), ("failed", "not-sent"))
        self.assertIn("no queue", message["text"])

    def verbs(self, letter):
        """What an operator may not do who has no scope at all, and who may only read."""
        selection = {"selection": {"ids": [letter["id"]]}, "reason": "no right to"}
        job = self.ask("POST", "/v1/dead/replays", selection, status=201)["id"]
        letters, group = f"/v1/dead/letters/{letter['id']}", f"/v1/dead/groups/{letter['groupId']}"
        nothing = [
            ("GET", "/v1/dead/statistics", None),
            ("GET", "/v1/dead/groups", None),
            ("GET", group, None),
            ("GET", "/v1/dead/letters", None),
            ("GET", letters, None),
            ("POST", f"{letters}/reveal", {"reason": "curious"}),
            ("GET", "/v1/dead/replays", None),
            ("GET", f"/v1/dead/replays/{job}", None),
            ("GET", f"/v1/dead/replays/{job}/messages", None),
            ("GET", "/v1/dead/export", None),
            ("GET", "/v1/audit", None),
            ("GET", "/v1/audit/verify", None),
            ("GET", "/v1/events", None),
        ]
        reading = [
            ("POST", "/v1/dead/replays", selection),
            ("POST", "/v1/dead/replays", {**selection, "dryRun": True}),
            *(("POST", f"/v1/dead/replays/{job}/{verb}", {}) for verb in ("pause", "resume", "cancel")),
            ("POST", "/v1/dead/discard", selection),
            ("POST", "/v1/dead/restore", selection),
            ("POST", f"{letters}/revisions", {}),
            ("POST", "/v1/dead/migrate", {**selection, "mapping": [{"remove": "$.a"}]}),
            ("POST", "/v1/dead/import", b"{}\n"),
            ("PUT", f"{group}/note", {"text": "x"}),
        ]
        return {("nothing",): nothing, ("read",): reading}

    def test_each_verb_needs_its_scope_and_the_audit_has_the_refusals(self):
        """By the interface, and with the session that the page has."""
        letter = self.dead_letter(b'{"idempotencyKey": "MARK"}')
        client = f"intruder-{uuid.uuid4()}"
        count = 0
        for scopes, verbs in self.verbs(letter).items():
            desk = Desk(operator(*scopes, client_id=client))
            signed_in = desk.call("POST", "/session", {"token": desk.token}, is_signed=False)
            ways = [{}]
            if signed_in.status == 204:
                ways.append({"cookie": signed_in.headers["set-cookie"].split(";")[0], "sec-fetch-site": "same-origin"})
            else:
                self.assertEqual((signed_in.status, scopes), (403, ("nothing",)))
                count += 1
            for method, path, body in verbs:
                kind = "application/x-ndjson" if path.endswith("import") else "application/json"
                for session in ways:
                    answer = desk.call(method, path, body, headers=session, kind=kind, is_signed=not session)
                    self.assertEqual((answer.status, answer.code), (403, "INSUFFICIENT_SCOPE"), (method, path))
                    count += 1
        records = self.desk.audit(clientId=client, outcome="refused")
        self.assertEqual(len(records), count)
        self.assertEqual(self.desk.letter(letter["id"])["revision"], 0)

    def test_command_line_finds_letters_by_their_contents(self):
        letter = self.dead_letter(b'{"idempotencyKey": "MARK", "peculiar": {"place": "here"}}')
        for content in (("--path", "$.peculiar.place"), ("--path", "$.peculiar.place", "--value", "here"), ("--text", "}}")):
            run = orderbus("dead", "list", *content, "--output", "json", token=self.desk.token)
            self.assertIn(letter["id"], [found["id"] for found in json.loads(run.stdout)["letters"]], content)
        run = orderbus("dead", "list", "--value", "here", token=self.desk.token, check=False)
        self.assertEqual(run.returncode, 2, run.stderr)
        self.assertIn("--path", run.stderr)

    def test_command_line_tells_wrong_usage_before_anything_is_sent(self):
        why, letter = ("--reason", "a test"), "dl_" + "0" * 26
        for line in (
            ("discard", "--before", "", *why), ("restore", "--group", "", *why), ("replay", "--code", "", *why),
            ("list", "--state", "bogus"), ("list", "--text", ""), ("replay", "--everything", "--canary", "5,1", *why),
            ("discard", letter, "--reason", "x"), ("discard", "dl_1", *why), ("show", "letter"), ("jobs", "rj_1"),
            ("note", "dg_" + "0" * 26), ("export", "--from", ""),
        ):
            run = orderbus("dead", *line, token=self.desk.token, check=False, CONSOLE_URL="http://127.0.0.1:1")
            self.assertEqual(run.returncode, 2, (line, run.stdout, run.stderr))
            self.assertNotIn("cannot be reached", run.stderr, line)
        run = orderbus("dead", "list", "--from", "yesterday", token=self.desk.token, check=False)
        self.assertEqual(run.returncode, 2, run.stderr)

    def test_command_line_counts_what_it_left_out(self):
        letter, unknown = self.dead_letter(b'{"idempotencyKey": "MARK"}')["id"], "dl_" + "0" * 26
        why = ("--reason", "a test")
        for line, status, words in (
            (("replay", letter, unknown, *why, "--dry-run"), 0, "1 left out (1 not known)"),
            (("discard", letter, unknown, *why), 3, "1 letters discarded, 1 left out"),
            (("discard", letter, *why), 1, "0 letters discarded, 1 left out"),
            (("restore", letter, *why), 0, "1 letters restored, 0 left out"),
        ):
            run = orderbus("dead", *line, token=self.desk.token, check=False)
            self.assertEqual(run.returncode, status, (line, run.stdout, run.stderr))
            self.assertIn(words, run.stdout)

    def test_export_that_is_refused_leaves_no_file(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "letters.ndjson"
            run = orderbus("dead", "export", "--from", "yesterday", "--file", str(file), token=self.desk.token, check=False)
            self.assertEqual(run.returncode, 2, run.stderr)
            self.assertFalse(file.exists())

    def test_command_line_needs_the_same_scopes(self):
        letter = self.dead_letter(b'{"idempotencyKey": "MARK"}')
        client = f"intruder-{uuid.uuid4()}"
        nothing, reader = operator("nothing", client_id=client), operator("read", client_id=client)
        why = ("--reason", "no right to")
        commands = {
            nothing: [("dead", "groups"), ("dead", "list"), ("dead", "show", letter["id"]), ("dead", "jobs"),
                      ("dead", "export"), ("audit", "list"), ("audit", "verify")],
            reader: [("dead", "replay", letter["id"], *why), ("dead", "replay", letter["id"], *why, "--dry-run"),
                     ("dead", "discard", letter["id"], *why), ("dead", "restore", letter["id"], *why),
                     ("dead", "edit", letter["id"], "--tenant", "acme", "--client-id", "x", *why),
                     ("dead", "note", letter["groupId"], "--text", "x")],
        }
        for token, lines in commands.items():
            for line in lines:
                run = orderbus(*line, token=token, check=False)
                self.assertEqual(run.returncode, 1, (line, run.stdout, run.stderr))
                self.assertIn("orders:dead:", run.stderr, line)
        records = self.desk.audit(clientId=client, outcome="refused")
        self.assertEqual(len(records), sum(map(len, commands.values())))

    def test_letters_of_another_tenant_do_not_exist(self):
        letter = self.dead_letter(b'{"idempotencyKey": "MARK"}')
        stranger = Desk(operator(tenant="globex"))
        stranger.ask("GET", f"/v1/dead/letters/{letter['id']}", status=404)
        stranger.ask("GET", f"/v1/dead/groups/{letter['groupId']}", status=404)
        answer = stranger.ask("POST", "/v1/dead/discard", {"selection": {"ids": [letter["id"]]}, "reason": "not mine"})
        self.assertEqual(answer, {"count": 0, "skipped": 1})

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
        self.assertEqual(self.desk.letter(letter["id"])["state"], "discarded")
        self.assertEqual(self.ask("POST", "/v1/dead/restore", selection)["count"], 1)
        page = self.desk.letter(letter["id"])
        self.assertEqual(page["state"], "kept")
        told = {event["what"]: event["text"] for event in page["timeline"]}
        self.assertEqual((told["discarded"], told["restored"]), ("by ann (ops): a test",) * 2)

    def test_export_gives_every_byte_back(self):
        letter = self.dead_letter(b'{"MARK": "\xff"}')
        answer = self.desk.call("GET", f"/v1/dead/export?group={letter['groupId']}")
        lines = [json.loads(line) for line in answer.raw.splitlines()]
        line = next(line for line in lines if line["id"] == letter["id"])
        self.assertIn(b"\xff", base64.b64decode(line["body"]))
        back = self.ask("POST", "/v1/dead/import", answer.raw, kind="application/x-ndjson")
        self.assertEqual((back["imported"], back["duplicates"], back["refused"]), (0, len(lines), []))

    def test_session_is_strict(self):
        def call(*arguments, **options):
            return self.desk.call(*arguments, is_signed=False, **options)

        answer = call("POST", "/session", {"token": self.desk.token})
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
        same = {**own, "origin": self.desk.url}
        self.assertEqual(call("POST", "/v1/dead/discard", body, headers=same).status, 200)
        self.assertEqual(call("DELETE", "/session", headers=own).status, 204)
        self.assertEqual(call("GET", "/session", headers=own).status, 401)

    def test_half_sent_sign_ins_shut_nobody_out(self):
        """Anybody can send them: they held every place of the console for a minute."""
        address = urllib.parse.urlsplit(self.desk.url)
        head = "POST /session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
        stalled = [socket.create_connection((address.hostname, address.port), PATIENCE) for _ in range(250)]
        for connection in stalled:
            self.addCleanup(connection.close)
            connection.sendall(head.encode())
        self.ask("GET", "/v1/dead/groups")
        statuses = [connection.recv(12).decode() for connection in stalled]
        self.assertEqual(set(statuses), {"HTTP/1.1 408", "HTTP/1.1 503"})
        self.assertLess(statuses.count("HTTP/1.1 408"), 20)
        self.ask("GET", "/v1/dead/groups")

    def test_page_allows_nothing_inline_and_nothing_from_elsewhere(self):
        for path in ("/", "/groups/x", "/letters/x", "/replays", "/replays/x", "/audit", "/assets/console.js"):
            answer = self.desk.call("GET", path, is_signed=False)
            self.assertEqual(answer.status, 200, path)
            policy = answer.headers["content-security-policy"]
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)

    def test_what_is_not_known_is_refused(self):
        for path in ("/v1/dead/letters?what=1", "/v1/dead/groups?limit=0", "/v1/dead/letters?from=yesterday"):
            self.ask("GET", path, status=400)
        self.ask("POST", "/v1/dead/discard", {"selection": {"filter": {"x": "y"}}, "reason": "typing"}, status=400)
        self.ask("POST", "/v1/dead/discard", b"not JSON", status=400)
        self.ask("GET", "/v1/dead/letters", status=401, is_signed=False)

    def test_every_metric_that_is_promised_is_there(self):
        with urllib.request.urlopen(os.environ["CONSOLE_ADMIN_URL"] + "/metrics", timeout=PATIENCE) as answer:
            told = promises.told(answer.read().decode())
        for place in promises.PLACES:
            named = promises.of_console(place)
            self.assertTrue(named, place)
            self.assertEqual(named - told, set(), place)

    def test_changes_are_told_as_they_happen(self):
        request = self.desk.request("/v1/events", headers={"authorization": f"Bearer {self.desk.token}"})
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
