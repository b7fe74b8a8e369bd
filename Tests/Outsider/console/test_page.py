"""A person's way through the operators' page, in headless Chromium, at a real console: see browser.py."""

import importlib.util
import os
import subprocess
import sys
import unittest
import uuid
from pathlib import Path

from desk import ConsoleTest, Desk, operator  # Finds the package of the next ones.
from outsider import tokens
from outsider.bus import order
from outsider.program import wait_for

COUNT = 12  # letters that a mapping mends
HOSTILE = (
    "{\"text\": \"\u202e <script>window.stolen = 1</script>\"}".encode(),
    b'<script>window.stolen = 1</script> \xff\xfe \x00<img src=x onerror="window.stolen = 1">',
    b'{"long": "<script>window.stolen = 1</script>' + b"x" * 200_000 + b'"}',
)

AXE = Path(importlib.util.find_spec("axe_playwright_python").origin).with_name("axe.min.js")


class PageTests(ConsoleTest):
    """In a tenant of its own, so that the first group is the one that is meant."""

    def setUp(self):
        self.tenant = f"page-{uuid.uuid4()}"
        self.desk = Desk(operator(tenant=self.tenant))

    def die(self, body):
        token = f"Bearer {tokens.good(tenant=self.tenant)}"
        return self.bus.send("for the page", body, reply=None, token=token)

    def test_person_finds_mends_and_replays(self):
        for number in range(COUNT):
            body = order(customerId=None, metadata=None)
            self.die({**body, "customer": f"cust_{number}"})
        hostile = [self.die(body) for body in HOSTILE]
        letters = wait_for("all are kept", lambda: len(found := self.desk.letters()) == COUNT + len(hostile) and found)
        by_size = {letter["bodyBytes"]: letter["id"] for letter in letters}
        arguments = [argument for body in HOSTILE for argument in ("--hostile", by_size[len(body)])]
        run = subprocess.run([sys.executable, "-B", "browser.py", "--axe", str(AXE), *arguments], timeout=600, text=True,
                             env={**os.environ, "ORDERBUS_TOKEN": self.desk.token},
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(run.returncode, 0, run.stdout)
        states = [letter["state"] for letter in self.desk.letters()]
        self.assertEqual((states.count("replayed"), states.count("discarded")), (COUNT, 1), run.stdout)


if __name__ == "__main__":
    unittest.main()
