"""What a producer's tool says and leaves behind when something is in its way."""

import json
import os
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

from outsider.bus import order
from outsider.case import metric

PATIENCE = 60


class ToolTest(unittest.TestCase):
    def setUp(self):
        self.binary = os.environ.get("ORDERBUS_BINARY") or self.skipTest("ORDERBUS_BINARY names no program to start")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_tool(self, *arguments, text="", **options):
        given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
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


class ToolBenchTest(ToolTest):
    def test_a_load_without_a_connection_ends_at_once_and_says_why(self):
        wrong = os.environ["PRODUCER_AMQP_URL"].replace("//producer:", "//producer:not-")
        ended = self.run_tool("bench", "--count", "1", "--window", "1", env={**os.environ, "PRODUCER_AMQP_URL": wrong})
        self.assertEqual((ended.returncode, ended.stdout), (1, ""))
        self.assertIn("cannot connect to the broker", ended.stderr)
        self.assertIn("what to do: see that user and password", ended.stderr)


if __name__ == "__main__":
    unittest.main()
