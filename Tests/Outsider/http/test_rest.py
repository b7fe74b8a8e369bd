"""What a caller of the running adapter sees; needs `scripts/run --detach` and `source .run/env`."""

import concurrent.futures
import json
import os
import re
import socket
import threading
import unittest
import urllib.request

from rest import URL, Caller, new_key, order  # Finds the package of the next two.
from outsider.identity import order_id
from outsider.tokens import CLIENT, TENANT


def orders_created():
    """The adapter's counters, by outcome."""
    with urllib.request.urlopen(f"{os.environ['HTTP_ADMIN_URL']}/metrics", timeout=10) as response:
        text = response.read().decode()
    return {outcome: float(value) for outcome, value
            in re.findall(r'(?m)^orders_created_total\{outcome="(\w+)"\} (\S+)', text)}


class CreationTests(unittest.TestCase):
    def test_order_is_created_once_and_answered_alike(self):
        caller, key = Caller(), new_key()
        first, again = caller.create(key), caller.create(f'"{key}"')
        self.assertEqual((first.status, again.status), (201, 201))
        self.assertEqual(first.body, again.body)
        self.assertEqual(first.json["orderId"], order_id(TENANT, CLIENT, key))
        self.assertEqual(first.fields["Location"], f"/v1/orders/{first.json['orderId']}")
        self.assertEqual(first.fields["ETag"], '"1"')
        self.assertIsNone(first.fields["Idempotent-Replayed"])
        self.assertEqual(again.fields["Idempotent-Replayed"], "true")

    def test_key_used_for_other_content_is_a_conflict(self):
        caller, key = Caller(), new_key()
        self.assertEqual(caller.create(key).status, 201)
        other = caller.create(key, order(customerId="cust_other"))
        self.assertEqual((other.status, other.code), (409, "IDEMPOTENCY_KEY_REUSED"))

    def test_fifty_at_one_moment_are_one_order(self):
        key, barrier = new_key(), threading.Barrier(50)

        def create(_):
            caller = Caller()
            caller.connection.connect()
            barrier.wait()
            answer = caller.create(key)
            return answer.status, answer.body, answer.fields["Idempotent-Replayed"]

        with concurrent.futures.ThreadPoolExecutor(50) as pool:
            answers = list(pool.map(create, range(50)))
        self.assertEqual({status for status, _, _ in answers}, {201})
        self.assertEqual(len({body for _, body, _ in answers}), 1)
        self.assertEqual([replayed for _, _, replayed in answers].count(None), 1)

    def test_attempts_are_counted_by_what_became_of_them(self):
        if "HTTP_ADMIN_URL" not in os.environ:
            self.skipTest("HTTP_ADMIN_URL, the adapter's admin listener, is not set")
        before, caller, key = orders_created(), Caller(), new_key()
        self.assertEqual([caller.create(key).status for _ in range(2)], [201, 201])
        self.assertEqual(caller.create(key, order(customerId="cust_other")).status, 409)
        self.assertEqual(caller.create(new_key(), order(customerId="")).status, 400)
        after = orders_created()
        grown = {outcome: after[outcome] - before[outcome] for outcome in after if after[outcome] != before[outcome]}
        self.assertEqual(grown, {"created": 1, "replayed": 1, "conflict": 1, "refused": 1})

    def test_every_violation_is_named(self):
        answer = Caller().create(new_key(), {"items": [{"quantity": 0}], "totalAmount": {}})
        self.assertEqual((answer.status, answer.code), (400, "ORDER_VALIDATION_FAILED"))
        fields = {detail["field"] for detail in answer.json["error"]["details"]}
        self.assertLessEqual({"customerId", "items[0].sku", "items[0].quantity", "totalAmount.currency"}, fields)

    def test_every_violation_is_named_beside_a_key_that_is_none(self):
        from outsider.bus import Bus

        body, bus = {"items": [{"quantity": 0}], "totalAmount": {}}, Bus()
        try:
            reply = bus.ask("an order without a key, and with more that is wrong", body)
        finally:
            bus.close()
        answer = Caller().create(None, body)
        self.assertEqual(answer.code, "IDEMPOTENCY_KEY_REQUIRED")
        self.assertEqual(answer.json["error"]["details"], reply.body["error"]["details"])
        wrong = Caller().create("short", body)
        fields = [detail["field"] for detail in wrong.json["error"]["details"]]
        self.assertEqual(fields, ["Idempotency-Key"] + [one["field"] for one in reply.body["error"]["details"][1:]])

    def test_promise_at_once_is_kept(self):
        caller, key = Caller(), new_key()
        taken = caller.create(key, Prefer="respond-async")
        self.assertEqual((taken.status, taken.fields["Preference-Applied"]), (202, "respond-async"))
        outcome = caller.create(key)
        self.assertEqual(outcome.status, 201)
        self.assertEqual(outcome.fields["Location"], taken.fields["Location"])


class ReadingTests(unittest.TestCase):
    def test_order_is_read_and_known_versions_are_not_sent_again(self):
        caller = Caller()
        path = caller.create(new_key()).fields["Location"]
        read = caller.send("GET", path)
        self.assertEqual((read.status, read.fields["ETag"], read.json["version"]), (200, '"1"', 1))
        self.assertEqual(caller.send("GET", path, If_None_Match='W/"1"').status, 304)
        self.assertEqual(caller.send("GET", path, If_None_Match='"2"').status, 200)
        head = caller.send("HEAD", path)
        self.assertEqual((head.status, head.body), (200, b""))

    def test_order_of_another_tenant_is_not_there(self):
        path = Caller().create(new_key()).fields["Location"]
        other = Caller(tenant="globex", client="spy")
        self.assertEqual((other.send("GET", path).status, other.send("POST", path + "/cancel").status), (404, 404))

    def test_pages_follow_their_links(self):
        customer = new_key()
        caller = Caller()
        made = {caller.create(new_key(), order(customerId=customer)).json["orderId"] for _ in range(5)}
        path, found = f"/v1/orders?customerId={customer}&limit=2", []
        while path:
            answer = caller.send("GET", path)
            self.assertEqual(answer.status, 200)
            found += [one["orderId"] for one in answer.json["orders"]]
            link = answer.fields["Link"]
            path = link.split(">")[0].removeprefix("<") if link else None
        self.assertEqual((len(found), set(found)), (5, made))


class CancellationTests(unittest.TestCase):
    def test_cancelled_order_stays_cancelled(self):
        caller = Caller()
        path = caller.create(new_key()).fields["Location"] + "/cancel"
        first, again = caller.send("POST", path, {"reason": "twice"}), caller.send("POST", path)
        self.assertEqual((first.status, first.json["status"], first.fields["ETag"]), (200, "CANCELLED", '"2"'))
        self.assertEqual((again.status, again.fields["Idempotent-Replayed"]), (200, "true"))

    def test_order_in_another_version_is_left_alone(self):
        caller = Caller()
        path = caller.create(new_key()).fields["Location"]
        refused = caller.send("POST", path + "/cancel", If_Match='"7"')
        self.assertEqual((refused.status, refused.code), (412, "PRECONDITION_FAILED"))
        self.assertEqual(caller.send("GET", path).json["status"], "PENDING")
        first = caller.send("POST", path + "/cancel", If_Match='"1"')
        self.assertEqual(first.status, 200)
        # The version before and the one that it is in: neither precondition is false.
        for version in ('"1"', '"2"'):
            again = caller.send("POST", path + "/cancel", If_Match=version)
            self.assertEqual((again.status, again.body), (200, first.body))


class HeadTests(unittest.TestCase):
    def ask(self, head):
        with socket.create_connection((URL.hostname, URL.port), timeout=30) as connection:
            connection.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n")
            return int(connection.recv(4096).split(b" ")[1])

    @unittest.skipIf(URL.scheme == "https", "speaks plain HTTP")
    def test_heads_that_go_no_further(self):
        for status, head in (
            (400, "GET /docs HTTP/1.1"), (400, "GET /docs HTTP/1.1\nHost: a\nHost: b"), (400, "GET /docs HTTP/1.1\nHost:"),
            (400, "GET /docs HTTP/1.1\nHost: a b"), (501, "FOO /docs HTTP/1.1\nHost: a"),
            (501, "POST /v1/orders HTTP/1.1\nHost: a\nTransfer-Encoding: gzip, chunked"),
            (200, "GET /docs HTTP/1.1\nHost: a:1"), (200, "GET /docs HTTP/1.0"),
        ):
            with self.subTest(head):
                self.assertEqual(self.ask(head), status)

    def test_another_scheme_is_no_token(self):
        for authorization in ("Basic YTpi", "", "Bearer"):
            answer = Caller().send("GET", "/v1/orders", Authorization=authorization)
            self.assertEqual((answer.status, answer.code), (401, "UNAUTHORIZED"))
            self.assertNotIn("error", answer.fields["WWW-Authenticate"])
        caller = Caller()
        self.assertEqual(caller.send("GET", "/v1/orders", Authorization=f"bearer  {caller.token}").status, 200)


class BothWaysTests(unittest.TestCase):
    def test_key_used_over_amqp_answers_the_same_over_rest(self):
        from outsider.bus import Bus

        bus, key = Bus(), new_key()
        try:
            reply = bus.ask("the same order both ways", order(idempotencyKey=key))
            answer = Caller().create(key)
            self.assertEqual((answer.status, answer.fields["Idempotent-Replayed"]), (201, "true"))
            # Members in the same order too: the same bytes.
            self.assertEqual(json.dumps(answer.json), json.dumps(reply.body))
        finally:
            bus.close()


if __name__ == "__main__":
    unittest.main()
