"""A worker starts on the schema that it was built for, and on no other."""

import os
import subprocess
import unittest

from outsider import settings
from outsider.program import free_port


class SchemaTest(unittest.TestCase):
    def worker(self, schema):
        binary = os.environ.get("ORDERBUS_BINARY") or self.skipTest("ORDERBUS_BINARY names no program to start")
        separator = "&" if "?" in settings.DATABASE_URL else "?"
        url = f"{settings.DATABASE_URL}{separator}options=-csearch_path%3D{schema}"
        return subprocess.run([binary, "worker"], capture_output=True, text=True, timeout=60,
                              env={**os.environ, "DATABASE_URL": url, "ADMIN_PORT": str(free_port())}, check=False)

    def test_a_schema_without_our_tables_is_refused_and_the_remedy_named(self):
        ended = self.worker("nothing_here")
        self.assertNotEqual(ended.returncode, 0)
        self.assertIn("lacks migration 1", ended.stderr)
        self.assertIn("database migrate", ended.stderr)
        self.assertNotIn("Fatal", ended.stderr)


if __name__ == "__main__":
    unittest.main()
