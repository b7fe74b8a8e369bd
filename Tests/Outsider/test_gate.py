"""scripts/check can fail: each of its rules, broken by one file, is found by name."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOOD = "/// A good file.\nstruct Good {}\n"


@unittest.skipUnless(shutil.which("swift"), "no Swift toolchain")
class GateTests(unittest.TestCase):
    def check(self, files):
        """Exit code and output of scripts/check over a package of these files."""
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(ROOT / ".swift-format", folder)
            for name, text in {"Sources/Orders/Good.swift": GOOD, **files}.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            run = subprocess.run([ROOT / "scripts/check", folder], capture_output=True, text=True,
                                 env={**os.environ, "CDPATH": "/"})
            return run.returncode, run.stdout + run.stderr

    def assertFound(self, words, files):
        status, output = self.check(files)
        self.assertEqual(status, 1, output)
        self.assertIn(words, output)

    def test_a_good_package_passes(self):
        status, output = self.check({"Sources/AMQP/Handle.swift": "internal import CRabbitMQ\n"})
        self.assertEqual((status, output), (0, ""))

    def test_format(self):
        self.assertFound("Good.swift:1", {"Sources/Orders/Good.swift": "struct   Good {}\n"})

    def test_size(self):
        self.assertFound("501 lines", {"Sources/Orders/Long.swift": "// x\n" * 501})
        self.assertFound("501 lines", {"Tests/OrdersTests/Long.swift": "// x\n" * 501})

    def test_arrows(self):
        for room, line in (
            ("Orders", "import AMQP"),
            ("Orders", "package import Postgres"),
            ("OrderWorker", "internal import OrderStorage"),
            ("OrderWorker", "@preconcurrency import OrderMessaging"),
            ("OrderMessaging", "private import struct Postgres.Connection"),
            ("orderbus", "internal import OrderTestKit"),
            ("orderbus", "internal import CRabbitMQ"),
            ("Postgres", "internal import CRabbitMQ"),
        ):
            with self.subTest(room=room, line=line):
                self.assertFound(f"{room} must not import", {f"Sources/{room}/Bad.swift": f"{line}\n"})

    def test_unknown_rooms(self):
        self.assertFound("a room without arrows", {"Sources/Utilities/Good.swift": GOOD})

    def test_access(self):
        self.assertFound("use package", {"Sources/Orders/Bad.swift": "public struct Bad {}\n"})
