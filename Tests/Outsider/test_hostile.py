"""What no honest producer sends. Each ends in one way, and the worker lives."""

import base64
import datetime
import decimal
import uuid

import pika.exceptions

from outsider import raw, tokens
from outsider.bus import Bus, encoded, order
from outsider.case import OutsiderTest, metric

VIOLATION, MALFORMED = "ORDER_VALIDATION_FAILED", "MALFORMED_MESSAGE"


class BodyTests(OutsiderTest):
    def test_bodies_that_are_no_json_object(self):
        for label, body in {
            "empty": b"",
            "white space": b" \n",
            "not JSON": b"hello",
            "bad UTF-8": b'{"customerId": "\xff\xfe"}',
            "overlong UTF-8": b'{"customerId": "\xc0\xaf"}',
            "surrogate in UTF-8": b'{"customerId": "\xed\xa0\x80"}',
            "NUL": b"\x00" * 10,
            "byte order mark": b'\xef\xbb\xbf{}',
            "UTF-16": '{"a": 1}'.encode("utf-16"),
            "cut off": b'{"customerId": "cust_1',
            "two values": b"{}{}",
            "trailing comma": b'{"a": 1,}',
            "a list": b"[]",
            "a string": b'"order"',
            "a number": b"1e999",
            "null": b"null",
            "NaN": b'{"a": NaN}',
            "a bomb of brackets": b"[" * 200_000,
            "a bomb of objects": b'{"a":' * 40_000,
            "binary": bytes(range(256)),
        }.items():
            with self.subTest(label):
                reply = self.bus.ask(f"body: {label}", body, headers={"idempotency-key": str(uuid.uuid4())})
                self.assertReply(reply, 400, MALFORMED)

    def test_malformed_without_a_reply_is_a_dead_letter_with_its_code(self):
        for label, body in (("empty", b""), ("not JSON", b"x"), ("bad UTF-8", b"{\xff}")):
            with self.subTest(label):
                letter = self.bus.bury(f"no reply-to, body {label}", body, reply=None)
                self.assertEqual(letter.headers["failure-code"], MALFORMED)

    def test_bodies_over_the_limit(self):
        for label, size in (("just over", 256 * 1024 + 1), ("1 MiB", 1 << 20), ("20 MiB", 20 << 20)):
            with self.subTest(label):
                body = encoded(order()).ljust(size)
                self.assertReply(self.bus.ask(f"body {label}", body), 413, "PAYLOAD_TOO_LARGE")
        with self.subTest("no reply-to"):
            letter = self.bus.bury("body over the limit, no reply-to", b" " * (256 * 1024 + 1), reply=None)
            self.assertEqual(letter.headers["failure-code"], "PAYLOAD_TOO_LARGE")

    def test_body_at_the_limit(self):
        body = encoded(order()).ljust(256 * 1024)
        self.assertReply(self.bus.ask("body at the limit", body), 201)

    def test_duplicate_members(self):
        good = encoded(order())
        for label, body in {
            "of the order": good[:-1] + b', "customerId": "another"}',
            "of its metadata": encoded(order(metadata={"a": 1})).replace(b'{"a": 1}', b'{"a": 1, "a": 2}'),
            "unknown ones": good[:-1] + b', "unknown": 1, "unknown": 2}',
        }.items():
            with self.subTest(label):
                self.assertReply(self.bus.ask(f"duplicate members {label}", body), 400, MALFORMED)

    def test_hostile_text_in_fields(self):
        """Text is text; a NUL, which no database column holds, and half a character are none."""
        for label, text, status, code in (
            ("SQL", "'; DROP TABLE orders; --", 201, None),
            ("NUL", "a\x00b", 400, VIOLATION),
            ("escape", "\x1b[31m", 201, None),
            ("bidi", "\u202eabc", 201, None),
            ("astral", "😀" * 10, 201, None),
            ("lone surrogate", "\ud800", 400, MALFORMED),
        ):
            with self.subTest(label):
                reply = self.bus.ask(f"text: {label}", order(customerId=text, metadata={"text": text}))
                self.assertReply(reply, status, code)
                if status == 201:
                    identifier = {"orderId": reply.body["orderId"]}
                    got = self.bus.ask("get it back", identifier, command="order.get.v1")
                    self.assertEqual((got.body["customerId"], got.body["metadata"]), (text, {"text": text}))


class PropertyTests(OutsiderTest):
    def test_unknown_commands(self):
        for label, options in {
            "version": {"command": "order.create.v9"},
            "version on the queries": {"command": "order.get.v9"},
            "type alone": {"command": "order.explode.v1", "routing_key": "order.create.v1"},
            "a write among the questions": {"command": "order.create.v1", "routing_key": "order.get.v1"},
            "type long": {"command": "t" * 255, "routing_key": "order.create.v1"},
            "type of another case": {"command": "Order.Create.V1", "routing_key": "order.create.v1"},
        }.items():
            with self.subTest(label):
                self.assertReply(self.bus.ask(f"unknown command: {label}", order(), **options), 400,
                                 "UNSUPPORTED_COMMAND")

    def test_type_names_the_command(self):
        created = self.bus.ask("create", order()).body["orderId"]
        reply = self.bus.ask("type over routing key", {"orderId": created}, command="order.cancel.v1",
                             routing_key="order.create.v1")
        self.assertReply(reply, 200)

    def test_mistyped_routing_keys_lose_nothing(self):
        for key in ("", "order", "order.create", "order.create.v1.x", "ordr.create.v1", "*", "#", "k" * 255):
            with self.subTest(key=key):
                self.bus.bury("mistyped routing key", order(), routing_key=key)

    def test_binary_correlation_ids_come_back_untouched(self):
        for label, identifier in {
            "every byte but the last": bytes(range(255)),
            "high bytes": b"\xff" * 255,
            "zeros": b"\x00" * 255,
            "one byte": b"\x80",
        }.items():
            with self.subTest(label):
                text = identifier.decode("utf-8", "surrogateescape")
                entry = self.bus.send(f"correlation id: {label}", order(),
                                      properties={"correlation_id": identifier})
                entry.correlation = text
                self.bus.wait(lambda: entry.replies)
                self.assertEqual(entry.replies[0].properties.correlation_id, text)

    def test_properties_left_out(self):
        for name in ("correlation_id", "message_id", "content_type", "delivery_mode"):
            with self.subTest(name):
                self.assertReply(self.bus.ask(f"no {name}", order(), properties={name: None}), 201)

    def test_odd_properties(self):
        """What says that the body is no plain JSON is believed; the rest is the sender's own business."""
        for label, properties, status, code in (
            ("content type of XML", {"content_type": "text/xml"}, 400, MALFORMED),
            ("content type with charset", {"content_type": "application/json; charset=utf-8"}, 201, None),
            ("content encoding", {"content_encoding": "gzip"}, 400, MALFORMED),
            ("transient", {"delivery_mode": 1}, 201, None),
            ("priority 255", {"priority": 255}, 201, None),
            ("timestamp of the far future", {"timestamp": 2**63 - 1}, 201, None),
            ("timestamp 0", {"timestamp": 0}, 201, None),
            ("app id", {"app_id": "a" * 255}, 201, None),
            ("cluster id", {"cluster_id": "c" * 255}, 201, None),
            ("message id with control characters", {"message_id": "\x00\x1b[31m\r\n"}, 201, None),
            ("our own user id", {"user_id": "producer"}, 201, None),
            ("expiration of a day", {"expiration": "86400000"}, 201, None),
        ):
            with self.subTest(label):
                entry = self.bus.send(f"property: {label}", order(), properties=properties)
                entry.message_id = properties.get("message_id", entry.message_id)
                self.bus.wait(entry.ended)
                self.assertTrue(entry.replies, entry.dead_letters)
                self.assertReply(entry.replies[0], status, code)

    def test_what_the_broker_itself_refuses(self):
        """A forged user id and properties out of their range never become a command."""
        for properties in ({"user_id": "worker"}, {"expiration": "soon"}, {"delivery_mode": 9}):
            with self.subTest(properties=properties):
                bus = Bus()
                with self.assertRaises(pika.exceptions.AMQPChannelError):
                    bus.send("refused by the broker", order(), properties=properties)
                    bus.wait(lambda: False, 2)
                bus.close()

    def test_replies_to_odd_places(self):
        for name in ("", "reply.nobody", "orders.commands", "amq.rabbitmq.reply-to.forged", "r" * 255, "ö", "\x00"):
            with self.subTest(name=name):
                entry = self.bus.send(f"reply to '{name[:30]}'", order(), reply=name)
                self.assertTrue(self.bus.wait(lambda: self.bus.is_stored(entry)))
                entry.answered = False
        self.assertReply(self.bus.ask("the worker still answers", order()), 201)

    def test_replies_into_queues_of_orderbus(self):
        """The worker may write there and the sender may not: nothing arrives, and it is counted."""
        names = ("orders.commands", "orders.queries", "orders.dead", "orders.retry.5s", "orders.retry.30s", "orders.retry.5m")
        before = metric("orderbus_replies_undeliverable_total") or 0
        for name in names:
            entry = self.bus.send(f"reply to {name}", order(), reply=name)
            self.assertTrue(self.bus.wait(lambda: self.bus.is_stored(entry)))
            entry.answered = False
        self.assertTrue(self.bus.wait(
            lambda: (metric("orderbus_replies_undeliverable_total") or 0) - before >= len(names)))
        letter = self.bus.bury("refused, reply into orders.dead", b"x", reply="orders.dead")
        self.assertEqual(letter.headers["failure-code"], MALFORMED)

    def test_direct_replies_to_forged_addresses(self):
        """RabbitMQ 3.10 ends the connection that brings it one of these: nobody else may suffer from that."""
        pid = bytes([131, 88, 119, 7]) + b"reply@1" + bytes(12)  # in the broker's own form, and of no node
        suffixes = ("forged", "", "AAAA.x", "....", f"{base64.b64encode(pid).decode()}.a2V5", "%.x")
        for suffix in suffixes:
            address = f"amq.rabbitmq.reply-to.{suffix}"
            with self.subTest(address=address):
                letter = self.bus.bury(f"refused, {address}", b"x", reply=address)
                self.assertEqual(letter.headers["failure-code"], MALFORMED)
                entry = self.bus.send(f"direct reply to {address}", order(), reply=address)
                self.assertTrue(self.bus.wait(lambda: self.bus.is_stored(entry)))
                entry.answered = False
                self.assertReply(self.bus.ask("the others are answered", order()), 201)
                self.assertReply(self.bus.ask("and refused", b"x"), 400, MALFORMED)
                self.assertEqual(metric("orderbus_connection_up", connection="publisher"), 1)
                self.assertEqual(metric("orderbus_connection_up", connection="events"), 1)

    def test_a_refusal_that_reaches_nobody_is_a_dead_letter(self):
        letter = self.bus.bury("refused, reply queue gone", b"x", reply="reply.nobody")
        self.assertEqual(letter.headers["failure-code"], MALFORMED)


class HeaderTests(OutsiderTest):
    VALUES = {
        "number": 7,
        "negative": -(2**63),
        "boolean": True,
        "float": 1.5,
        "null": None,
        "decimal": decimal.Decimal("1.50"),
        "time": datetime.datetime(2026, 1, 1),
        "bytes": b"\xff\x00\xfe",
        "list": [1, "two", [3]],
        "table": {"a": {"b": "c"}},
        "empty": "",
        "long text": "x" * 60_000,
    }

    def values(self, name, kinds=VALUES):
        for kind, value in kinds.items():
            properties = {"raw": raw.with_fields(raw.short(name) + field_of(value))}
            yield kind, properties

    def test_authorization_of_a_wrong_type(self):
        for kind, properties in self.values("authorization"):
            with self.subTest(kind):
                reply = self.bus.ask(f"authorization: {kind}", order(), token=None, properties=properties)
                self.assertReply(reply, 401, "UNAUTHORIZED" if kind == "empty" else "INVALID_TOKEN")

    def test_idempotency_key_of_a_wrong_type(self):
        for kind, properties in self.values("idempotency-key"):
            with self.subTest(kind):
                reply = self.bus.ask(f"idempotency-key: {kind}", order(idempotencyKey=None), properties=properties)
                self.assertReply(reply, 400, VIOLATION)
                self.assertEqual(reply.fields, ["idempotencyKey"])

    def test_other_headers_of_a_wrong_type(self):
        """They are as good as absent: no order fails for them."""
        for name in ("traceparent", "tracestate", "unknown", "status", "x-death", "x-first-death-queue",
                     "x-delivery-count", "idempotent-replayed"):
            for kind, properties in self.values(name):
                with self.subTest(name=name, kind=kind):
                    self.assertReply(self.bus.ask(f"{name}: {kind}", order(), properties=properties), 201)

    def test_request_id_of_a_wrong_type_is_replaced(self):
        for kind, properties in self.values("request-id"):
            with self.subTest(kind):
                reply = self.bus.ask(f"request-id: {kind}", order(), headers={"request-id": None},
                                     properties=properties)
                self.assertReply(reply, 201)
                self.assertEqual(str(uuid.UUID(reply.headers["request-id"])), reply.headers["request-id"])

    def test_two_of_a_kind(self):
        """Whichever stands first: nobody knows which of the two was meant."""
        good = f"Bearer {tokens.good()}"
        for first, second in ((good, "Bearer x"), ("Bearer x", good), (good, good)):
            more = raw.with_fields(raw.text_field("authorization", second))
            reply = self.bus.ask("two authorizations", order(), token=first, properties={"raw": more})
            self.assertReply(reply, 401, "INVALID_TOKEN")
        more = raw.with_fields(raw.text_field("idempotency-key", str(uuid.uuid4())))
        reply = self.bus.ask("two keys", order(idempotencyKey=None), headers={"idempotency-key": str(uuid.uuid4())},
                             properties={"raw": more})
        self.assertReply(reply, 400, VIOLATION)
        self.assertEqual(reply.fields, ["idempotencyKey"])

    def test_nested_tables(self):
        for depth in (2, 10, 100, 1_000, 10_000, 18_000):
            for label, field in (("tables", raw.nested_tables(depth)), ("arrays", raw.nested_arrays(depth))):
                with self.subTest(label, depth=depth):
                    reply = self.bus.ask(f"{depth} nested {label}", order(),
                                         properties={"raw": raw.with_fields(field)})
                    self.assertReply(reply, 201)

    def test_thousands_of_headers(self):
        headers = {f"h{number}": "v" for number in range(9_000)}
        self.assertReply(self.bus.ask("9000 headers", order(), headers=headers), 201)

    def test_flow_of_good_neighbours(self):
        """Between bad ones, all at once, every good one is stored."""
        entries = []
        for number in range(200):
            bad = number % 5 == 0
            entries.append(self.bus.send("bad neighbour" if bad else "good neighbour", b"x" if bad else order(),
                                         reply="direct" if number % 2 else "queue"))
        self.bus.wait(lambda: all(entry.replies for entry in entries))
        statuses = [entry.replies[0].status for entry in entries]
        self.assertEqual(statuses, [400 if number % 5 == 0 else 201 for number in range(200)])


def field_of(value):
    """AMQP 0-9-1 §4.2.5, with RabbitMQ's letters: a value with its type."""
    match value:
        case None:
            return b"V"
        case bool():
            return b"t" + bytes([value])
        case int():
            return b"l" + value.to_bytes(8, "big", signed=True)
        case float():
            return b"d" + b"\x3f\xf8" + bytes(6)
        case decimal.Decimal():
            return b"D" + b"\x02" + (150).to_bytes(4, "big")
        case datetime.datetime():
            return b"T" + (1767225600).to_bytes(8, "big")
        case bytes():
            return b"x" + raw.long(value)
        case str():
            return b"S" + raw.long(value.encode())
        case list():
            return b"A" + raw.long(b"".join(field_of(each) for each in value))
        case dict():
            return b"F" + raw.long(b"".join(raw.short(name) + field_of(each) for name, each in value.items()))
