"""Contract §3: same key, same command, one order."""

import json
import threading
import uuid

from outsider import database, tokens
from outsider.bus import Bus, order
from outsider.case import OutsiderTest
from outsider.identity import order_id


class IdempotencyTests(OutsiderTest):
    def test_replay_answers_as_the_first_time(self):
        body = order()
        first = self.bus.ask("first", body)
        again = self.bus.ask("again", body)
        self.assertReply(first, 201)
        self.assertReply(again, 201)
        self.assertFalse(first.replayed)
        self.assertIs(again.replayed, True)
        self.assertEqual(again.body, first.body)

    def test_white_space_and_order_of_members_do_not_matter(self):
        body = order()
        first = self.bus.ask("first", body)
        other = json.dumps(dict(reversed(body.items())), indent=3).encode() + b"\n"
        again = self.bus.ask("written another way", other)
        self.assertReply(again, 201)
        self.assertTrue(again.replayed)
        self.assertEqual(again.body, first.body)

    def test_key_in_header_or_body_is_the_same_key(self):
        body = order()
        self.bus.ask("key in body", body)
        key = body.pop("idempotencyKey")
        again = self.bus.ask("key in header", body, headers={"idempotency-key": key})
        self.assertReply(again, 201)
        self.assertTrue(again.replayed)

    def test_other_content_is_a_conflict(self):
        body = order()
        self.assertReply(self.bus.ask("first", body), 201)
        for label, changes in {
            "customer": {"customerId": "another"},
            "items": {"items": body["items"][::-1]},
            "metadata": {"metadata": {"sourceSystem": "another"}},
        }.items():
            with self.subTest(label):
                reply = self.bus.ask(f"same key, other {label}", {**body, **changes})
                self.assertReply(reply, 409, "IDEMPOTENCY_KEY_REUSED")
        self.assertTrue(self.bus.ask("the first still stands", body).replayed)

    def test_conflict_without_a_reply_is_a_dead_letter(self):
        body = order()
        self.assertReply(self.bus.ask("first", body), 201)
        letter = self.bus.bury("conflict, no reply-to", {**body, "customerId": "another"}, reply=None)
        self.assertEqual(letter.headers["failure-code"], "IDEMPOTENCY_KEY_REUSED")

    def test_same_key_of_others_is_another_order(self):
        body = order()
        identifiers = set()
        for tenant, client in (("acme", "outsider"), ("acme", "another"), ("another", "outsider")):
            token = f"Bearer {tokens.good(tenant=tenant, client=client)}"
            reply = self.bus.ask("same key, others", body, token=token)
            self.assertReply(reply, 201)
            self.assertFalse(reply.replayed)
            identifiers.add(reply.body["orderId"])
        self.assertEqual(len(identifiers), 3)

    def test_a_refused_command_takes_no_key(self):
        body = order()
        refused = self.bus.ask("refused", {**body, "customerId": ""})
        self.assertReply(refused, 400, "ORDER_VALIDATION_FAILED")
        mended = self.bus.ask("mended", body)
        self.assertReply(mended, 201)
        self.assertFalse(mended.replayed)

    def test_three_producers_at_once(self):
        """Ten keys, each from three connections, in bursts: one order each, everyone gets it, one of them first."""
        bodies = [order() for _ in range(10)]
        buses = [Bus() for _ in range(3)]
        tokens.good()  # signed before the race
        barrier = threading.Barrier(len(buses))
        failures = []

        def produce(bus):
            try:
                barrier.wait(10)
                for body in bodies:
                    bus.send("race", body)
                bus.wait(lambda: all(entry.replies for entry in bus.ledger))
            except Exception as error:  # shown by the main thread
                failures.append(error)

        threads = [threading.Thread(target=produce, args=(bus,)) for bus in buses]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertEqual(failures, [])
        for number, body in enumerate(bodies):
            replies = [bus.ledger[number].replies for bus in buses]
            self.assertEqual([len(each) for each in replies], [1, 1, 1])
            results = [each[0] for each in replies]
            self.assertEqual([reply.status for reply in results], [201] * 3)
            self.assertEqual(len({json.dumps(reply.body, sort_keys=True) for reply in results}), 1)
            self.assertEqual(sum(1 for reply in results if not reply.replayed), 1)
            identifier = order_id(tokens.TENANT, tokens.CLIENT, body["idempotencyKey"])
            self.assertEqual(database.orders(identifier), 1)
        for bus in buses:
            self.bus.ledger.extend(bus.ledger)
            bus.close()

    def test_a_burst_of_one_key(self):
        """A hundred copies in one batch make one order, and of two contents only one wins."""
        body = order()
        other = {**body, "customerId": f"other-{uuid.uuid4()}"}
        entries = [self.bus.send("burst", other if number % 2 else body) for number in range(100)]
        self.bus.wait(lambda: all(entry.replies for entry in entries))
        replies = [entry.replies[0] for entry in entries]
        created = [reply for reply in replies if reply.status == 201]
        self.assertEqual(len(created), 50)
        self.assertEqual(sum(1 for reply in created if not reply.replayed), 1)
        self.assertEqual({reply.code for reply in replies if reply.status != 201}, {"IDEMPOTENCY_KEY_REUSED"})
        self.assertEqual(database.orders(created[0].body["orderId"]), 1)
