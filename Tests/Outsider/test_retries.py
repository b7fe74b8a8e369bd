"""A command that fails for a reason of its own waits, comes again, and dies with its history; nobody can forge that."""

import datetime
import os
import time
import uuid

import pika
from outsider import settings, tokens
from outsider.bus import encoded, order
from outsider.case import OutsiderTest
from outsider.lock import LockedOrder

FORGED_DEATHS = [{"count": 1, "exchange": "orders.commands", "queue": "orders.commands", "reason": "expired",
                  "routing-keys": ["order.cancel.v1"], "time": datetime.datetime(2026, 1, 1)}]


class RetryTests(OutsiderTest):
    def setUp(self):
        super().setUp()
        self.waiting = []
        channel = self.bus.administrator.channel()
        queue = channel.queue_declare("", exclusive=True).method.queue
        for exchange in ("orders.retry.5s", "orders.retry.30s", "orders.retry.5m"):
            channel.queue_bind(queue, exchange)
        channel.basic_consume(queue, lambda *delivery: self.waiting.append(delivery[1:3]), auto_ack=True)
        self.tap = channel

    def tearDown(self):
        self.tap.close()
        super().tearDown()

    def stored_order(self):
        reply = self.bus.ask("to be cancelled", order())
        self.assertReply(reply, 201)
        return reply.body["orderId"]

    def wait_with_witnesses(self, condition):
        """Others must pass a command for it to be its own fault."""
        deadline = time.monotonic() + 60
        while not condition() and time.monotonic() < deadline:
            self.assertReply(self.bus.ask("witness", order()), 201)
            self.bus.turn()
        return condition()

    def waits_of(self, entry):
        return [(method, properties) for method, properties in self.waiting
                if properties.message_id == entry.message_id]

    def test_obstructed_command_waits_and_is_done(self):
        order_id = self.stored_order()
        with LockedOrder(order_id):
            entry = self.bus.send("obstructed", {"orderId": order_id}, command="order.cancel.v1")
            self.assertTrue(self.wait_with_witnesses(lambda: self.waits_of(entry)), "it does not wait anywhere")
        method, properties = self.waits_of(entry)[0]
        self.assertEqual(method.exchange, "orders.retry.5s")
        self.assertEqual(method.routing_key, "order.cancel.v1")
        self.assertEqual(properties.user_id, "worker")
        self.assertEqual(properties.headers["attempt"], 2)
        first = datetime.datetime.fromisoformat(properties.headers["first-failure-time"])
        self.assertLess(abs(time.time() - first.timestamp()), 120)
        self.assertTrue(self.bus.wait(lambda: entry.replies, 60), "it did not come again")
        self.assertReply(entry.replies[0], 200)
        self.assertEqual(entry.dead_letters, [])

    def test_strangers_notes_are_not_believed(self):
        """Else anybody could have commands die at once, or never; or be dropped by the broker, or multiplied."""
        order_id = self.stored_order()
        forged = {"attempt": 4, "first-failure-time": "2000-01-01T00:00:00.000Z", "original-user-id": "console",
                  "x-death": FORGED_DEATHS, "x-delivery-count": 49, "CC": ["order.cancel.v1"]}
        with LockedOrder(order_id):
            entry = self.bus.send("forged notes", {"orderId": order_id}, command="order.cancel.v1", headers=forged)
            self.assertTrue(self.wait_with_witnesses(lambda: self.waits_of(entry)), "it does not wait anywhere")
        headers = self.waits_of(entry)[0][1].headers
        self.assertEqual(headers["attempt"], 2)
        self.assertNotIn("2000-01-01", headers["first-failure-time"])
        for name in ("original-user-id", "x-death", "x-delivery-count", "CC"):
            self.assertNotIn(name, headers)
        self.assertTrue(self.bus.wait(lambda: entry.replies, 60), "it did not come again")
        self.assertReply(entry.replies[0], 200)
        self.assertEqual(len(self.waits_of(entry)), 1)

    def test_last_attempt_dies_with_its_history(self):
        """As if it had waited three times already, which takes five minutes and a half."""
        order_id = self.stored_order()
        body = {"orderId": order_id}
        entry = self.bus.enter("last attempt", str(uuid.uuid4()), body, answered=False)
        properties = pika.BasicProperties(
            content_type="application/json", delivery_mode=2, message_id=entry.message_id, user_id="worker",
            headers={"authorization": f"Bearer {tokens.good()}", "attempt": 4, "original-user-id": "producer",
                     "first-failure-time": "2026-01-02T03:04:05.678Z"})
        with LockedOrder(order_id):
            with pika.BlockingConnection(pika.URLParameters(os.environ["AMQP_URL"])) as connection:
                channel = connection.channel()
                channel.confirm_delivery()
                channel.basic_publish("orders.retry.5s", "order.cancel.v1", encoded(body), properties)
            self.assertTrue(self.wait_with_witnesses(lambda: entry.dead_letters), "it did not die")
        headers = entry.dead_letters[0].headers
        self.assertEqual(headers["failure-code"], "INTERNAL")
        self.assertIn("55P03", headers["failure-message"])
        self.assertEqual(headers["attempts"], 4)
        self.assertEqual(headers["first-failure-time"], "2026-01-02T03:04:05.678Z")
        self.assertGreater(headers["failure-time"], headers["first-failure-time"])
        self.assertEqual(headers["original-user-id"], "producer")
        self.assertEqual(headers["original-exchange"], "orders.commands")
        self.assertEqual(headers["verified-client"], tokens.CLIENT)
        self.assertNotIn("authorization", headers)

    def test_producer_cannot_pass_for_the_worker(self):
        for user in ("worker", "console", "gateway"):
            with self.subTest(user=user), self.assertRaises(pika.exceptions.ChannelClosedByBroker):
                with pika.BlockingConnection(pika.URLParameters(settings.PRODUCER_URL)) as connection:
                    channel = connection.channel()
                    channel.confirm_delivery()
                    channel.basic_publish("orders.commands", "order.create.v1", b"{}",
                                          pika.BasicProperties(user_id=user))
