"""What a producer's tool says and leaves behind when something is in its way."""

import json
import os
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

import pika.exceptions

from outsider import settings, tokens
from outsider.bus import order
from outsider.case import metric

PATIENCE = 60


class ToolTest(unittest.TestCase):
    def setUp(self):
        self.binary = os.environ.get("ORDERBUS_BINARY") or self.skipTest("ORDERBUS_BINARY names no program to start")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_tool(self, *arguments, text="", environment=None, **options):
        given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": {**os.environ, **(environment or {})},
                 **options}
        return subprocess.run([self.binary, *arguments], input=text, text=True, cwd=self.folder, timeout=PATIENCE,
                              check=False, **given)

    def files(self):
        return sorted(path.name for path in self.folder.iterdir())


class ToolOutputTest(ToolTest):
    def test_a_result_that_cannot_be_written_is_a_failure(self):
        for arguments in (["token", "keygen"], ["token", "mint"], ["order", "list"], ["doctor"], ["--help"]):
            with self.subTest(arguments), open("/dev/full", "w", encoding="utf-8") as full:
                ended = self.run_tool(*arguments, stdout=full)
                self.assertEqual(ended.returncode, 1, ended.stderr)
                self.assertIn("No space left on device", ended.stderr)

    def test_a_reader_that_has_enough_is_none(self):
        reading, writing = os.pipe()
        os.close(reading)
        ended = self.run_tool("token", "keygen", stdout=writing)
        os.close(writing)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))


class ToolCreateTest(ToolTest):
    def test_a_place_for_failures_that_is_taken_is_refused_before_anything_is_sent(self):
        (self.folder / "failed.ndjson").write_text("precious")
        ended = self.run_tool("order", "create", "--failures", "failed.ndjson", "-", text=json.dumps(order()))
        self.assertEqual((ended.returncode, ended.stdout), (2, ""))
        self.assertIn("failed.ndjson", ended.stderr)
        self.assertEqual(self.files(), ["failed.ndjson"])

    def test_an_input_without_an_order_is_not_done(self):
        ended = self.run_tool("order", "create", "-", text="\n")
        self.assertEqual((ended.returncode, ended.stdout), (2, ""))
        self.assertIn("no order in the input", ended.stderr)

    def test_how_long_its_commands_waited_can_be_told(self):
        name = "orderbus_command_queue_seconds_count"
        before = metric(name) or 0
        ended = self.run_tool("order", "create", "-", text=json.dumps(order()))
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertGreater(metric(name) or 0, before)

    def test_a_request_to_stop_finishes_what_is_in_hand_and_sums_up(self):
        for sent in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(sent), subprocess.Popen(
                [self.binary, "order", "create", "--output", "json", "-"], text=True, cwd=self.folder,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            ) as tool:
                tool.stdin.write(f"{json.dumps(order())}\nno order\n")
                tool.stdin.flush()
                lines = sorted(json.loads(tool.stdout.readline()).get("status") or 0 for _ in range(2))
                self.assertEqual(lines, [0, 201])
                tool.send_signal(sent)
                self.assertEqual(tool.wait(PATIENCE), 3)
                errors = tool.stderr.read()
                self.assertIn("failed orders are in", errors)
                self.assertIn("stopped before the end of the input", errors)


class ToolTokenTest(ToolTest):
    """Contract §6: reads one token, prints the principal or the rule that refuses it; exit 0 or 1."""

    def verify(self, token, *options):
        return self.run_tool("token", "verify", *options, text=f"{token}\n")

    def test_a_good_token_is_told_as_its_principal(self):
        token = tokens.mint(client_id="shop", tenant="globex", scope="orders:read")
        ended = self.verify(token, "--output", "json")
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        principal = json.loads(ended.stdout)
        self.assertEqual((principal["clientId"], principal["tenant"], principal["scopes"]),
                         ("shop", "globex", ["orders:read"]))
        table = self.verify(f"Bearer {token}")
        self.assertEqual(table.returncode, 0)
        self.assertEqual(table.stdout.splitlines()[0], "accepted")
        self.assertRegex(table.stdout, r"(?m)^client: +shop$")
        self.assertNotIn(token.split(".")[2], ended.stdout + table.stdout)

    def test_a_refused_token_is_told_by_the_rule(self):
        head, payload, _ = tokens.good().split(".")
        for token, rule in {
            tokens.mint(exp=1): "expired",
            tokens.mint(aud="another"): "audience-mismatch",
            tokens.sign(tokens.header(kid="other"), tokens.claims()): "key-unknown",
            f"{head}.{payload}.{tokens.base64url(b'x' * 256)}": "signature-invalid",
            f"{head}.{payload}": "not-three-segments",
        }.items():
            with self.subTest(rule):
                ended = self.verify(token)
                self.assertEqual((ended.returncode, ended.stdout.splitlines()[0]), (1, rule))

    def test_the_signature_alone_asks_for_no_claims(self):
        token = tokens.mint(exp=1, aud="another")
        ended = self.verify(token, "--signature-only", "--output", "json")
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        told = json.loads(ended.stdout)
        self.assertEqual((told["keyId"], told["algorithm"], told["claims"]["aud"]), ("dev", "RS256", "another"))
        table = self.verify(token, "--signature-only")
        self.assertIn("nothing else checked", table.stdout.splitlines()[0])
        forged = self.verify(token[:-4] + "AAAA", "--signature-only")
        self.assertEqual((forged.returncode, forged.stdout.splitlines()[0]), (1, "signature-invalid"))

    def test_no_token_is_wrong_usage(self):
        for options in ([], ["--signature-only"]):
            ended = self.verify("", *options)
            self.assertEqual((ended.returncode, ended.stdout), (2, ""))
            self.assertIn("no token in standard input", ended.stderr)


class ToolTopologyTest(ToolTest):
    def plan(self, *options, **environment):
        return self.run_tool("topology", "plan", *options, environment=environment)

    def test_a_broker_as_defined_needs_nothing(self):
        ended = self.plan("--output", "json")
        self.assertEqual((ended.returncode, json.loads(ended.stdout)), (0, []))
        self.assertIn("nothing to do", ended.stderr)

    def test_a_plan_tells_what_would_be_done_and_does_nothing(self):
        """A plan that was made is done, whatever is in it; `check` is the one that fails.

        The file need not list the virtual host, which is there.
        """
        queue = {"vhost": "/", "durable": True, "auto_delete": False}
        (self.folder / "more.json").write_text(json.dumps({"queues": [
            {**queue, "name": "orders.more", "arguments": {"x-queue-type": "quorum"}},
            {**queue, "name": "orders.dead", "arguments": {"x-queue-type": "classic"}},
        ]}))
        ended = self.plan("--definitions", "more.json", "--output", "json")
        self.assertEqual(ended.returncode, 0, ended.stderr)
        actions = {row["name"]: (row["action"], row["detail"]) for row in json.loads(ended.stdout)
                   if row["kind"] == "queue"}
        self.assertEqual(actions, {
            "orders.more": ("create", None),
            "orders.dead": ("cannot change", "x-queue-type: quorum → classic"),
        })
        table = self.plan("--definitions", "more.json")
        self.assertEqual(table.returncode, 0, table.stderr)
        self.assertEqual(table.stdout.split()[:4], ["ACTION", "KIND", "NAME", "DETAIL"])
        checked = self.run_tool("topology", "check", "--definitions", "more.json")
        self.assertEqual(checked.returncode, 1, checked.stdout)
        with pika.BlockingConnection(pika.URLParameters(settings.ADMINISTRATOR_URL)) as connection:
            with self.assertRaises(pika.exceptions.ChannelClosedByBroker) as closed:
                connection.channel().queue_declare("orders.more", passive=True)
            self.assertEqual(closed.exception.reply_code, 404)

    def test_a_broker_that_cannot_be_asked_is_a_failure(self):
        url = "http://admin:hunter2@127.0.0.1:1"
        ended = self.plan(AMQP_MANAGEMENT_URL=url)
        self.assertEqual((ended.returncode, ended.stdout), (1, ""))
        self.assertIn("what to do", ended.stderr)
        self.assertNotIn("hunter2", ended.stderr)


class ToolDatabaseTest(ToolTest):
    def status(self, *options, **environment):
        return self.run_tool("database", "status", *options, environment=environment)

    def test_a_schema_that_fits_is_done(self):
        ended = self.status("--output", "json")
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        rows = json.loads(ended.stdout)
        self.assertEqual([row["version"] for row in rows], list(range(1, len(rows) + 1)))
        self.assertEqual({row["state"] for row in rows}, {"applied"})
        table = self.status()
        self.assertEqual((table.returncode, table.stderr), (0, ""))
        self.assertEqual(len(table.stdout.splitlines()), 1 + len(rows))

    def test_a_schema_without_our_tables_is_a_failure_and_the_remedy_named(self):
        separator = "&" if "?" in settings.DATABASE_URL else "?"
        ended = self.status("--output", "json",
                            DATABASE_URL=f"{settings.DATABASE_URL}{separator}options=-csearch_path%3Dnothing_here")
        self.assertEqual(ended.returncode, 1)
        self.assertEqual({row["state"] for row in json.loads(ended.stdout)}, {"pending"})
        self.assertIn("orderbus database migrate", ended.stderr)

    def test_a_database_that_cannot_be_asked_is_a_failure(self):
        ended = self.status(DATABASE_URL="postgresql://orderbus:hunter2@127.0.0.1:1/orders")
        self.assertEqual((ended.returncode, ended.stdout), (1, ""))
        self.assertIn("cannot connect to the database", ended.stderr)
        self.assertNotIn("hunter2", ended.stderr)


class ToolBenchTest(ToolTest):
    def test_a_window_larger_than_what_a_connection_holds_is_sent_whole(self):
        """Refused by the worker, so that it is soon over: 17 MiB of orders, and each is answered."""
        count = 64_000
        ended = self.run_tool("bench", "--count", str(count), "--window", str(count), "--audience", "nobody",
                              "--output", "json")
        report = json.loads(ended.stdout)
        self.assertEqual((report["orders"], report["statuses"]), (count, {"401": count}), ended.stderr)

    def test_a_load_without_a_connection_ends_at_once_and_says_why(self):
        wrong = os.environ["PRODUCER_AMQP_URL"].replace("//producer:", "//producer:not-")
        ended = self.run_tool("bench", "--count", "1", "--window", "1", environment={"PRODUCER_AMQP_URL": wrong})
        self.assertEqual((ended.returncode, ended.stdout), (1, ""))
        self.assertIn("cannot connect to the broker", ended.stderr)
        self.assertIn("what to do: see that user and password", ended.stderr)


if __name__ == "__main__":
    unittest.main()
