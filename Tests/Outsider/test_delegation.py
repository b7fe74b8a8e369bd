"""Only the console, with an operator's good token, may send a command in the name of who sent it first."""

import os
import time
import uuid

import pika
from outsider import tokens
from outsider.bus import encoded, order
from outsider.case import OutsiderTest
from outsider.identity import order_id

FIRST_SENDER = "first-sender"


def operator(**claims):
    values = {"client_id": "operators", "sub": "olga", "scope": "orders:dead:replay", **claims}
    return f"Bearer {tokens.mint(**values)}"


def names(**changes):
    headers = {
        "on-behalf-of-tenant": tokens.TENANT,
        "on-behalf-of-client": FIRST_SENDER,
        "on-behalf-of-subject": "somebody",
        "on-behalf-of-scopes": "orders:write orders:read",
        "replay-id": "rpl_outsider",
        "dead-letter-id": "ltr_outsider",
    }
    headers.update({name.replace("_", "-"): value for name, value in changes.items()})
    return {name: value for name, value in headers.items() if value is not None}


class DelegationTests(OutsiderTest):
    @classmethod
    def setUpClass(cls):
        cls.console = pika.BlockingConnection(pika.URLParameters(os.environ["CONSOLE_AMQP_URL"]))
        cls.channel = cls.console.channel()
        cls.channel.confirm_delivery()

    @classmethod
    def tearDownClass(cls):
        cls.console.close()

    def replay(self, label, body, token, headers, user="console"):
        """As the console does it: with its own name, which the broker checks."""
        entry = self.bus.enter(label, str(uuid.uuid4()), body, headers)
        entry.order_id = order_id(tokens.TENANT, FIRST_SENDER, body["idempotencyKey"])
        properties = pika.BasicProperties(
            content_type="application/json", delivery_mode=2, message_id=entry.message_id, user_id=user,
            correlation_id=entry.correlation, reply_to=self.bus.reply_queue,
            headers={"authorization": token, **headers})
        self.channel.basic_publish("orders.commands", "order.create.v1", encoded(body), properties)
        self.assertTrue(self.bus.wait(lambda: entry.replies, 60), f"{label}: no reply")
        return entry.replies[0]

    def test_console_acts_for_the_first_sender(self):
        body = order()
        reply = self.replay("replay", body, operator(), names())
        self.assertReply(reply, 201)
        expected = order_id(tokens.TENANT, FIRST_SENDER, body["idempotencyKey"])
        self.assertEqual(reply.body["orderId"], expected, "the order is the first sender's")
        again = self.bus.ask("the first sender again", body,
                             token=f"Bearer {tokens.good(client=FIRST_SENDER)}")
        self.assertReply(again, 201)
        self.assertEqual(again.body["orderId"], expected)
        self.assertTrue(again.replayed)

    def test_refused_replay_names_both(self):
        """Without a reply-to it dies again, under the first sender's name and with the operator's beside it."""
        entry = self.bus.enter("replay that fails", str(uuid.uuid4()), {}, answered=False)
        self.channel.basic_publish("orders.commands", "order.create.v1", b"{}", pika.BasicProperties(
            message_id=entry.message_id, user_id="console", headers={"authorization": operator(), **names()}))
        self.assertTrue(self.bus.wait(lambda: entry.dead_letters, 60), "no dead letter")
        headers = entry.dead_letters[0].headers
        self.assertEqual(headers["verified-client"], FIRST_SENDER)
        self.assertEqual(headers["replayed-by-client"], "operators")
        self.assertEqual(headers["replayed-by-subject"], "olga")
        self.assertEqual(headers["original-user-id"], "console")
        self.assertEqual(headers["replay-id"], "rpl_outsider")
        self.assertEqual(headers["attempts"], 1)
        self.assertNotIn("authorization", headers)

    def test_producer_is_refused_whatever_its_token(self):
        scope = "orders:dead:replay orders:write orders:read"
        for label, properties in (("no user-id", {}), ("its own user-id", {"user_id": "producer"})):
            with self.subTest(label):
                reply = self.bus.ask(f"forged replay, {label}", order(), token=operator(scope=scope),
                                     headers=names(original_user_id="console", replayed_by_client="operators"),
                                     properties=properties)
                self.assertReply(reply, 403, "INSUFFICIENT_SCOPE")

    def test_refused_stranger_is_named_in_the_dead_letter(self):
        scope = "orders:dead:replay orders:write"
        letter = self.bus.bury("forged replay, nobody asks", order(), token=operator(scope=scope), headers=names(),
                               reply=None)
        self.assertEqual(letter.headers["failure-code"], "INSUFFICIENT_SCOPE")
        self.assertEqual(letter.headers["verified-client"], "operators", "who really sent it")
        self.assertNotIn("replayed-by-client", letter.headers)

    def test_console_without_its_user_id_is_nobody(self):
        self.assertReply(self.replay("no user-id", order(), operator(), names(), user=None), 403, "INSUFFICIENT_SCOPE")

    def test_operators_token_must_be_good(self):
        now = int(time.time())
        for label, token, status, code in (
            ("no scope", operator(scope="orders:write orders:read orders:dead:read"), 403, "INSUFFICIENT_SCOPE"),
            ("other tenant", operator(tenant="other"), 403, "INSUFFICIENT_SCOPE"),
            ("expired", operator(iat=now - 7200, exp=now - 3600), 401, "INVALID_TOKEN"),
            ("forged", operator()[:-8] + "AAAAAAAA", 401, "INVALID_TOKEN"),
        ):
            with self.subTest(label):
                self.assertReply(self.replay(f"operator, {label}", order(), token, names()), status, code)

    def test_names_must_be_right(self):
        for headers, field in (
            (names(on_behalf_of_tenant=None), "on-behalf-of-tenant"),
            (names(on_behalf_of_client=7), "on-behalf-of-client"),
            (names(on_behalf_of_client=""), "on-behalf-of-client"),
            (names(on_behalf_of_subject={"a": 1}), "on-behalf-of-subject"),
            (names(on_behalf_of_scopes=["orders:write"]), "on-behalf-of-scopes"),
            (names(replay_id=True), "replay-id"),
            (names(dead_letter_id="x" * 256), "dead-letter-id"),
        ):
            with self.subTest(field):
                reply = self.replay(f"wrong {field}", order(), operator(), headers)
                self.assertReply(reply, 400, "ORDER_VALIDATION_FAILED")
                self.assertEqual(reply.fields, [field])

    def test_scopes_are_the_first_senders(self):
        reply = self.replay("no scopes", order(), operator(scope="orders:dead:replay orders:write"),
                            names(on_behalf_of_scopes="orders:read"))
        self.assertReply(reply, 403, "INSUFFICIENT_SCOPE")
