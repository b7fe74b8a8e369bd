"""What a caller of the running adapter sees; needs `scripts/run --detach` and `source .run/env`."""

import concurrent.futures
import json
import threading
import unittest

from rest import Caller, new_key, order  # Finds the package of the next two.
from outsider.identity import order_id
from outsider.tokens import CLIENT, TENANT


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

    def test_every_violation_is_named(self):
        answer = Caller().create(new_key(), {"items": [{"quantity": 0}], "totalAmount": {}})
        self.assertEqual((answer.status, answer.code), (400, "ORDER_VALIDATION_FAILED"))
        fields = {detail["field"] for detail in answer.json["error"]["details"]}
        self.assertLessEqual({"customerId", "items[0].sku", "items[0].quantity", "totalAmount.currency"}, fields)

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
        self.assertEqual(caller.send("POST", path + "/cancel", If_Match='"1"').status, 200)


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
