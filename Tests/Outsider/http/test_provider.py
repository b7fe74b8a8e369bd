"""Tokens of a provider that is not of this project, which changes its keys while callers work: Debian's Glewlwyd."""

import collections
import threading
import time
import unittest

from rest import Caller, new_key, order  # Finds the package of the next ones.
from outsider.bus import Bus
from outsider.program import PATIENCE, Program, wait_for
from provider import AUDIENCE, Provider, signing_key

CALLERS = 6


class Load:
    """Callers that create orders, each with the token that is the newest when it sends."""

    def __init__(self, url, token):
        self.url, self.token = url, token
        self.answers = collections.Counter()
        self.running = True
        self.threads = [threading.Thread(target=self.run) for _ in range(CALLERS)]
        for thread in self.threads:
            thread.start()

    def run(self):
        caller = Caller(token=self.token, url=self.url)
        while self.running:
            caller.token = self.token
            answer = caller.create(new_key())
            self.answers[answer.status, "" if answer.status < 400 else answer.code] += 1
            time.sleep(0.01)

    @property
    def count(self):
        return sum(self.answers.values())

    def go_on(self, count=100):
        """Returns when so many more have been answered."""
        target = self.count + count
        wait_for("the load goes on", lambda: self.count >= target)

    def end(self):
        self.running = False
        for thread in self.threads:
            thread.join(PATIENCE)


class RotationTests(unittest.TestCase):
    def setUp(self):
        self.keys = [signing_key(name) for name in ("first", "second", "third")]
        self.provider = Provider(self.keys[:1])
        self.addCleanup(self.provider.stop)
        self.secret = self.provider.add_client("shop")
        settings = {"OIDC_ISSUER": self.provider.issuer, "OIDC_AUDIENCE": AUDIENCE,
                    "OIDC_JWKS_URL": self.provider.jwks_url, "OIDC_JWKS_FILE": None}
        self.worker = Program("worker", **settings)
        self.addCleanup(self.worker.stop)
        self.adapter = Program("http", HTTP_CLIENT_RATE="off", **settings)
        self.addCleanup(self.adapter.stop)

    def token(self):
        return self.provider.token("shop", self.secret)

    def create(self, token):
        answer = Caller(token=token, url=self.adapter.url).create(new_key())
        return answer.status, None if answer.status == 201 else answer.code

    def publish(self, token):
        """The same question to the worker, past the adapter."""
        bus = Bus()
        try:
            reply = bus.ask("an order with a provider's token", order(idempotencyKey=new_key()), token=f"Bearer {token}")
            return reply.status, reply.code
        finally:
            bus.close()

    def test_rotation_refuses_no_valid_call_and_honours_no_removed_key(self):
        first, second, third = self.keys
        old = self.token()
        self.assertEqual(self.create(old), (201, None))
        load = Load(self.adapter.url, old)
        try:
            load.go_on()
            self.provider.rotate([second, first])
            self.assertEqual(self.provider.published(), ["second", "first"])
            load.token = new = self.token()
            load.go_on()
            self.assertEqual((self.create(old), self.publish(old)), ((201, None), (201, None)), "the old key is valid still")
            load.go_on()
            self.provider.rotate([third, second])
            load.token = self.token()
            load.go_on()
        finally:
            load.end()
        print(f"{load.count} calls: {dict(load.answers)}")
        self.assertLessEqual({status for status, _ in load.answers}, {201, 202})
        # The third key made both programs fetch the set that lacks the first.
        refused = (401, "INVALID_TOKEN")
        self.assertEqual((self.create(old), self.publish(old)), (refused, refused))
        self.assertEqual((self.create(new), self.publish(new)), ((201, None), (201, None)))

    def test_provider_that_is_away_changes_nothing_for_known_keys(self):
        token = self.token()
        self.assertEqual(self.create(token), (201, None))
        self.provider.process.terminate()
        self.provider.process.wait(PATIENCE)
        self.assertEqual((self.create(token), self.publish(token)), ((201, None), (201, None)))


if __name__ == "__main__":
    unittest.main()
