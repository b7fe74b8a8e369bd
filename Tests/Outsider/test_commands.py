"""Contract §2 and §4: what each command answers."""

from outsider import database, tokens
from outsider.bus import order
from outsider.case import OutsiderTest
from outsider.identity import order_id

UNKNOWN = "ord_" + "0" * 26


class CreateTests(OutsiderTest):
    def test_result_and_properties(self):
        body = order()
        traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        reply = self.bus.ask("create", body, headers={"request-id": "request-1234", "traceparent": traceparent})
        self.assertReply(reply, 201)
        identifier = order_id(tokens.TENANT, tokens.CLIENT, body["idempotencyKey"])
        self.assertEqual(set(reply.body), {"orderId", "status", "createdAt", "links"})
        self.assertEqual(reply.body["orderId"], identifier)
        self.assertEqual(reply.body["status"], "PENDING")
        self.assertRegex(reply.body["createdAt"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertEqual(reply.body["links"], {"self": f"/v1/orders/{identifier}"})
        self.assertEqual(reply.properties.type, "order.create.v1.reply")
        self.assertEqual(reply.properties.content_type, "application/json")
        self.assertEqual(reply.headers["request-id"], "request-1234")
        self.assertTrue(reply.headers["traceparent"].startswith(traceparent[:36]), reply.headers["traceparent"])
        self.assertIs(type(reply.headers["status"]), int)
        self.assertEqual(database.orders(identifier), 1)

    def test_direct_reply_to(self):
        self.assertReply(self.bus.ask("direct reply-to", order(), reply="direct"), 201)

    def test_refused_by_direct_reply_to(self):
        """Where a reply is all that becomes of a command, it must not become a dead letter as well."""
        reply = self.bus.ask("refused, direct reply-to", order(customerId=""), reply="direct")
        self.assertReply(reply, 400, "ORDER_VALIDATION_FAILED")

    def test_type_absent_means_routing_key(self):
        self.assertReply(self.bus.ask("no type", order(), properties={"type": None}), 201)
        self.assertReply(self.bus.ask("empty type", order(), properties={"type": ""}), 201)

    def test_key_in_the_header(self):
        key = order()["idempotencyKey"]
        reply = self.bus.ask("key in header", order(idempotencyKey=None), headers={"idempotency-key": key})
        self.assertReply(reply, 201)
        self.assertEqual(reply.body["orderId"], order_id(tokens.TENANT, tokens.CLIENT, key))

    def test_no_reply_to_is_stored(self):
        entry = self.bus.send("fire and forget", order(), reply=None)
        self.assertTrue(self.bus.wait(lambda: database.orders(entry.order_id) == 1))

    def test_reply_queue_that_is_not_there(self):
        entry = self.bus.send("reply queue gone", order(), reply="reply.nobody")
        self.assertTrue(self.bus.wait(lambda: database.orders(entry.order_id) == 1))
        entry.answered = False

    def test_unknown_fields_are_ignored(self):
        body = order(surprise={"a": [1, 2]}, items=[{"sku": "A", "quantity": 1, "colour": "red"}])
        self.assertReply(self.bus.ask("unknown fields", body), 201)

    def test_limits_are_inside(self):
        for label, changes in {
            "key of 10": {"idempotencyKey": order()["idempotencyKey"][:10]},
            "key of 255": {"idempotencyKey": order()["idempotencyKey"].ljust(255, "k")},
            "customer of 128": {"customerId": "c" * 128},
            "1000 items": {"items": [{"sku": str(n), "quantity": 1} for n in range(1000)]},
            "sku of 64": {"items": [{"sku": "s" * 64, "quantity": 1_000_000}]},
            "no unit prices": {"items": [{"sku": "A", "quantity": 7}], "totalAmount": {"currency": "EUR", "value": "0"}},
            "greatest value": {
                "items": [{"sku": "A", "quantity": 1, "unitPrice": "999999999999999.99"}],
                "totalAmount": {"currency": "USD", "value": "999999999999999.99"},
            },
            "a value that binary floating point would miss": {
                "items": [{"sku": "A", "quantity": 3, "unitPrice": "0.10"}],
                "totalAmount": {"currency": "USD", "value": "0.30"},
            },
            "value without decimals": {
                "items": [{"sku": "A", "quantity": 2, "unitPrice": "10"}],
                "totalAmount": {"currency": "USD", "value": "20.00"},
            },
            "metadata of 8 levels": {"metadata": {"a": {"a": {"a": {"a": {"a": {"a": {"a": {}}}}}}}}},
        }.items():
            with self.subTest(label):
                self.assertReply(self.bus.ask(label, order(**changes)), 201)

    def test_violations(self):
        item = {"sku": "A", "quantity": 1, "unitPrice": "25.50"}
        for field, changes in (
            ("idempotencyKey", {"idempotencyKey": "k" * 9}),
            ("idempotencyKey", {"idempotencyKey": "k" * 256}),
            ("idempotencyKey", {"idempotencyKey": "with a space in it"}),
            ("idempotencyKey", {"idempotencyKey": "schlüssel-0123456789"}),
            ("idempotencyKey", {"idempotencyKey": 1234567890}),
            ("customerId", {"customerId": None}),
            ("customerId", {"customerId": ""}),
            ("customerId", {"customerId": "c" * 129}),
            ("customerId", {"customerId": 7}),
            ("items", {"items": None}),
            ("items", {"items": []}),
            ("items", {"items": {}}),
            ("items", {"items": [item] * 1001}),
            ("items[0]", {"items": [1]}),
            ("items[0].sku", {"items": [{**item, "sku": ""}]}),
            ("items[0].sku", {"items": [{**item, "sku": "s" * 65}]}),
            ("items[0].quantity", {"items": [{**item, "quantity": 0}]}),
            ("items[0].quantity", {"items": [{**item, "quantity": -1}]}),
            ("items[0].quantity", {"items": [{**item, "quantity": 1_000_001}]}),
            ("items[0].quantity", {"items": [{**item, "quantity": 1.5}]}),
            ("items[0].quantity", {"items": [{**item, "quantity": "1"}]}),
            ("items[0].quantity", {"items": [{**item, "quantity": 10**30}]}),
            ("items[0].unitPrice", {"items": [{**item, "unitPrice": 25.5}]}),
            ("items[0].unitPrice", {"items": [{**item, "unitPrice": "25.5"}]}),
            ("items[0].unitPrice", {"items": [{**item, "unitPrice": "-25.50"}]}),
            ("items[0].unitPrice", {"items": [{**item, "unitPrice": "1" * 16}]}),
            ("totalAmount", {"totalAmount": None}),
            ("totalAmount.currency", {"totalAmount": {"currency": "usd", "value": "25.50"}}),
            ("totalAmount.currency", {"totalAmount": {"value": "25.50"}}),
            ("totalAmount.value", {"totalAmount": {"currency": "USD", "value": 25.5}}),
            ("totalAmount.value", {"totalAmount": {"currency": "USD", "value": "25,50"}}),
            ("totalAmount.value", {"totalAmount": {"currency": "USD", "value": "٢٥"}}),
            ("totalAmount.value", {"totalAmount": {"currency": "USD", "value": "25.51"}}),
            ("metadata", {"metadata": []}),
            ("metadata", {"metadata": {"a": "x" * 17_000}}),
            ("metadata", {"metadata": {"a": {"a": {"a": {"a": {"a": {"a": {"a": {"a": {}}}}}}}}}}),
        ):
            with self.subTest(field, changes=str(changes)[:60]):
                reply = self.bus.ask(f"violation of {field}", order(**changes))
                self.assertReply(reply, 400, "ORDER_VALIDATION_FAILED")
                self.assertTrue(any(name.startswith(field) for name in reply.fields), reply.fields)

    def test_unit_prices_on_all_items_or_none(self):
        reply = self.bus.ask("some unit prices", order(items=[
            {"sku": "A", "quantity": 1, "unitPrice": "25.50"}, {"sku": "B", "quantity": 1},
        ]))
        self.assertReply(reply, 400, "ORDER_VALIDATION_FAILED")
        self.assertTrue(any(field.startswith("items") for field in reply.fields), reply.fields)

    def test_all_violations_at_once(self):
        reply = self.bus.ask("many violations", order(
            customerId="", items=[{"sku": "", "quantity": 0}], totalAmount={"currency": "x", "value": "y"}
        ))
        self.assertReply(reply, 400, "ORDER_VALIDATION_FAILED")
        self.assertLessEqual(
            {"customerId", "items[0].sku", "items[0].quantity", "totalAmount.currency", "totalAmount.value"},
            set(reply.fields),
        )

    def test_key_is_required_and_must_agree(self):
        reply = self.bus.ask("no key", order(idempotencyKey=None))
        self.assertReply(reply, 400, "IDEMPOTENCY_KEY_REQUIRED")
        body = order()
        reply = self.bus.ask("keys disagree", body, headers={"idempotency-key": body["idempotencyKey"] + "x"})
        self.assertEqual(reply.status, 400)
        reply = self.bus.ask("keys agree", body, headers={"idempotency-key": body["idempotencyKey"]})
        self.assertReply(reply, 201)


class LaterCommandTests(OutsiderTest):
    def create(self, **changes):
        body = order(**changes)
        reply = self.bus.ask("create", body)
        self.assertReply(reply, 201)
        return body, reply.body

    def test_get_by_id_and_by_key(self):
        body, created = self.create()
        for question in ({"orderId": created["orderId"]}, {"idempotencyKey": body["idempotencyKey"]}):
            with self.subTest(question=list(question)[0]):
                reply = self.bus.ask("get", question, command="order.get.v1")
                self.assertReply(reply, 200)
                self.assertEqual({name: reply.body[name] for name in created}, created)
                for name in ("customerId", "totalAmount", "metadata"):
                    self.assertEqual(reply.body[name], body[name])
                self.assertEqual(reply.body["items"], body["items"])
                self.assertEqual(reply.body["version"], 1)
                self.assertIn("updatedAt", reply.body)
                self.assertEqual(reply.properties.type, "order.get.v1.reply")

    def test_get_of_nothing(self):
        _, created = self.create()
        stranger = f"Bearer {tokens.good(tenant='stranger')}"
        for label, body, token in (
            ("unknown id", {"orderId": UNKNOWN}, "good"),
            ("unknown key", {"idempotencyKey": "never-sent-before"}, "good"),
            ("another tenant's", {"orderId": created["orderId"]}, stranger),
        ):
            with self.subTest(label):
                reply = self.bus.ask(f"get {label}", body, command="order.get.v1", token=token)
                self.assertReply(reply, 404, "ORDER_NOT_FOUND")

    def test_get_of_nonsense(self):
        for body in ({}, {"orderId": 7}, {"orderId": "'; DROP TABLE orders; --"}, {"orderId": UNKNOWN[:-1]}):
            with self.subTest(body=body):
                reply = self.bus.ask("get nonsense", body, command="order.get.v1")
                self.assertIn(reply.status, (400, 404), reply.body)

    def test_cancel(self):
        body, created = self.create()
        question = {"orderId": created["orderId"], "reason": "changed my mind"}
        reply = self.bus.ask("cancel", question, command="order.cancel.v1")
        self.assertReply(reply, 200)
        self.assertEqual(reply.body["orderId"], created["orderId"])
        self.assertEqual(reply.body["status"], "CANCELLED")
        reply = self.bus.ask("get a cancelled one", {"orderId": created["orderId"]}, command="order.get.v1")
        self.assertEqual((reply.body["status"], reply.body["version"]), ("CANCELLED", 2))
        reply = self.bus.ask("create replayed after cancel", body)
        self.assertReply(reply, 201)
        self.assertEqual(reply.body, created)
        self.assertTrue(reply.replayed)

    def test_cancel_of_one_version(self):
        _, created = self.create()

        def cancel(label, version):
            question = {"orderId": created["orderId"], "expectedVersion": version}
            return self.bus.ask(label, question, command="order.cancel.v1")

        refused = cancel("cancel another version", 7)
        self.assertReply(refused, 412, "PRECONDITION_FAILED")
        self.assertIn("1", refused.body["error"]["details"][0]["message"])
        first, again = cancel("cancel one version", 1), cancel("cancel it again", 1)
        self.assertReply(first, 200)
        self.assertReply(again, 200)
        self.assertEqual((bool(first.replayed), again.replayed, again.body), (False, True, first.body))
        actual = cancel("cancel what is cancelled, in the version that it is in", 2)
        self.assertReply(actual, 200)
        self.assertEqual((actual.replayed, actual.body), (True, first.body))
        self.assertReply(cancel("cancel a version to come", 3), 412, "PRECONDITION_FAILED")

    def test_cancel_of_what_cannot_be_cancelled(self):
        _, created = self.create()
        stranger = f"Bearer {tokens.good(tenant='stranger')}"
        identifier = created["orderId"]
        for label, body, token in (("unknown", {"orderId": UNKNOWN}, "good"),
                                   ("another tenant's", {"orderId": identifier}, stranger)):
            with self.subTest(label):
                reply = self.bus.ask(f"cancel {label}", body, command="order.cancel.v1", token=token)
                self.assertReply(reply, 404, "ORDER_NOT_FOUND")
        for body in ({}, {"orderId": None}, {"orderId": identifier, "reason": 7}):
            with self.subTest(body=body):
                reply = self.bus.ask("cancel nonsense", body, command="order.cancel.v1")
                self.assertEqual(reply.status, 400, reply.body)

    def test_list_pages_newest_first(self):
        customer = f"customer-{order()['idempotencyKey']}"
        created = [self.create(customerId=customer)[1]["orderId"] for _ in range(5)]
        found, cursor = [], None
        for _ in range(4):
            question = {"customerId": customer, "limit": 2, "status": "PENDING"}
            if cursor is not None:
                question["cursor"] = cursor
            reply = self.bus.ask("list", question, command="order.list.v1")
            self.assertReply(reply, 200)
            found += [entry["orderId"] for entry in reply.body["orders"]]
            cursor = reply.body.get("nextCursor")
            if cursor is None:
                break
        self.assertEqual(found, created[::-1])

    def test_list_of_nothing_and_nonsense(self):
        reply = self.bus.ask("list of nothing", {"customerId": "nobody"}, command="order.list.v1")
        self.assertReply(reply, 200)
        self.assertEqual(reply.body, {"orders": []})
        for body in ({"limit": 0}, {"limit": 201}, {"limit": "5"}, {"status": "LOST"}, {"cursor": "x"}, {"cursor": 5}):
            with self.subTest(body=body):
                reply = self.bus.ask("list nonsense", body, command="order.list.v1")
                self.assertReply(reply, 400, "ORDER_VALIDATION_FAILED")

    def test_list_shows_only_the_tenants_own(self):
        customer = f"customer-{order()['idempotencyKey']}"
        self.create(customerId=customer)
        reply = self.bus.ask("list as a stranger", {"customerId": customer}, command="order.list.v1",
                             token=f"Bearer {tokens.good(tenant='stranger')}")
        self.assertEqual(reply.body, {"orders": []})
