"""The schema, judged by a validator that is not of this project, and the running adapter must agree on every body.

Random bodies, good ones and such as are wrong in one place. AGREEMENT_SEED and AGREEMENT_COUNT repeat a run and say how
many bodies are tried.
"""

import decimal
import json
import os
import random
import time
import unittest

import jsonschema_rs

import bodies
from rest import Caller, new_key
from test_contract import SCHEMAS

SEED = int(os.environ.get("AGREEMENT_SEED") or random.SystemRandom().randrange(1_000_000))
COUNT = int(os.environ.get("AGREEMENT_COUNT", "1500"))
# A schema cannot add, count bytes of JSON or how deep it goes; descriptions say these rules.
METADATA_BYTES, METADATA_LEVELS = 16 * 1024, 8


def levels(value):
    """How many objects and arrays lie in each other."""
    if isinstance(value, (dict, list)):
        return 1 + max((levels(one) for one in (value.values() if isinstance(value, dict) else value)), default=0)
    return 0


def sum_agrees(order):
    """Whether the prices, if there are any, add up to the total."""
    prices = [item.get("unitPrice") for item in order["items"]]
    if None in prices:
        return True
    total = sum(decimal.Decimal(price) * int(item["quantity"]) for price, item in zip(prices, order["items"]))
    return total == decimal.Decimal(order["totalAmount"]["value"])


def beyond_schema(order):
    """Whether an order that the schema allows also keeps the rules that a schema cannot say."""
    metadata = order.get("metadata", {})
    # As it is sent.
    return len(json.dumps(metadata)) <= METADATA_BYTES and levels(metadata) <= METADATA_LEVELS and sum_agrees(order)


def judge(name):
    # Patterns as JSON Schema has them (ECMA 262); to Python's `re`, `$` stands before a last line feed too.
    return jsonschema_rs.validator_for(SCHEMAS[name])


class AgreementTests(unittest.TestCase):
    def setUp(self):
        self.random = random.Random(SEED)
        print(f"seed {SEED}, {COUNT} bodies")

    def sent(self, send):
        """The answer; a bus that is away for a moment says nothing about the body."""
        deadline = time.monotonic() + 60
        while (answer := send()).status == 503 and time.monotonic() < deadline:
            time.sleep(1)
        return answer

    def compare(self, kind, allowed, answer, body):
        """One body's verdicts; what it takes to be accepted besides is the caller's."""
        # The rules come before the key's history.
        accepted = answer.status // 100 == 2 or (answer.status, answer.code) == (409, "IDEMPOTENCY_KEY_REUSED")
        refused = answer.status == 400 and answer.code in ("ORDER_VALIDATION_FAILED", "IDEMPOTENCY_KEY_REQUIRED")
        self.assertTrue(accepted or refused, f"{answer.status} {answer.body[:300]} for {json.dumps(body)[:2000]}")
        self.assertEqual(accepted, allowed, f"seed {SEED}, {kind}: the schema says {allowed}, the adapter answers"
                                            f" {answer.status} {answer.body[:500]} to {json.dumps(body)[:2000]}")

    def test_orders(self):
        caller, schema, counts = Caller(), judge("order-create.json"), {True: 0, False: 0}
        for _ in range(COUNT):
            kind, body = bodies.order(self.random)
            allowed = schema.is_valid(body) and beyond_schema(body)
            # The key stands in the body or in the field; without either, the schema of the body is not to blame.
            key = None if "idempotencyKey" in body else new_key()
            self.compare(kind, allowed, self.sent(lambda: caller.create(key, body)), body)
            counts[allowed] += 1
        print(f"{counts[True]} good orders, {counts[False]} bad ones")
        self.assertGreater(min(counts.values()), COUNT // 5)

    def test_cancellations(self):
        caller, schema, counts = Caller(), judge("order-cancellation.json"), {True: 0, False: 0}
        path = caller.create(new_key()).fields["Location"]
        for _ in range(COUNT // 10):
            kind, body = bodies.cancellation(self.random)
            allowed = schema.is_valid(body)
            self.compare(kind, allowed, self.sent(lambda: caller.send("POST", f"{path}/cancel", body)), body)
            counts[allowed] += 1
        print(f"{counts[True]} good cancellations, {counts[False]} bad ones")
        self.assertTrue(all(counts.values()))


if __name__ == "__main__":
    unittest.main()
