"""What `orderbus doctor` says of a deployment that is not as it should be."""

import json
import os
import subprocess
import unittest

PATIENCE = 60


class DoctorTest(unittest.TestCase):
    def setUp(self):
        self.binary = os.environ.get("ORDERBUS_BINARY") or self.skipTest("ORDERBUS_BINARY names no program to start")

    def examine(self, **settings):
        """The checks by name, of the deployment with these settings instead."""
        ended = subprocess.run([self.binary, "doctor", "--output", "json"], env={**os.environ, **settings}, text=True,
                               stdout=subprocess.PIPE, timeout=PATIENCE, check=False)
        return {check["check"]: check for check in json.loads(ended.stdout)}

    def test_a_user_who_may_not_do_the_workers_work(self):
        self.assertEqual(self.examine()["broker permissions"]["state"], "ok")
        producer = os.environ.get("PRODUCER_AMQP_URL") or self.skipTest("PRODUCER_AMQP_URL is not set")
        check = self.examine(AMQP_URL=producer)["broker permissions"]
        self.assertEqual(check["state"], "failed")
        self.assertIn("read orders.commands, orders.queries nor write amq.default", check["finding"])
        self.assertIn("rabbitmqctl set_permissions", check["advice"])

    def test_one_broker_of_several_that_is_away(self):
        checks = self.examine(AMQP_URL=os.environ["AMQP_URL"] + ",amqp://127.0.0.1:1")
        brokers = {name: check["state"] for name, check in checks.items() if name.startswith("broker amqp://")}
        self.assertEqual(sorted(brokers.values()), ["failed", "ok"])
        self.assertEqual([state for name, state in brokers.items() if name.endswith(":1/")], ["failed"])

    def test_settings_that_only_it_reads(self):
        checks = self.examine(AMQP_MANAGEMENT_URL="foo", WORKER_ADMIN_URL="foo")
        for name in ("setting AMQP_MANAGEMENT_URL", "setting WORKER_ADMIN_URL"):
            self.assertEqual(checks[name]["state"], "failed")


if __name__ == "__main__":
    unittest.main()
