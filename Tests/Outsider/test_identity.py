from outsider import tokens
from outsider.bus import order
from outsider.case import OutsiderTest
from outsider.identity import order_id


class IdentityTests(OutsiderTest):
    def test_contract_example(self):
        self.assertEqual(
            order_id("acme", "loadgen", "9d0c2c1b-27e7-4e65-8a1b-43f684c2d7a9"), "ord_546vf04tk1w38tdmn7erqn46zv"
        )

    def test_worker_derives_the_same_id(self):
        body = order()
        reply = self.bus.ask("derived id", body)
        self.assertReply(reply, 201)
        self.assertEqual(reply.body["orderId"], order_id(tokens.TENANT, tokens.CLIENT, body["idempotencyKey"]))

    def test_id_of_every_tenant_and_client(self):
        key = order()["idempotencyKey"]
        found = set()
        for tenant, client in (("a", "bc"), ("ab", "c"), ("größe", "клиент"), ("t" * 64, "c" * 64)):
            with self.subTest(tenant=tenant, client=client):
                token = f"Bearer {tokens.good(tenant=tenant, client=client)}"
                reply = self.bus.ask("tenant and client", order(idempotencyKey=key), token=token)
                self.assertReply(reply, 201)
                self.assertEqual(reply.body["orderId"], order_id(tenant, client, key))
                found.add(reply.body["orderId"])
        self.assertEqual(len(found), 4)

    def test_client_is_client_id_then_azp_then_sub_and_tenant_defaults_to_it(self):
        for claims, client in (
            ({"client_id": "one", "azp": "two", "sub": "three"}, "one"),
            ({"client_id": None, "azp": "two", "sub": "three"}, "two"),
            ({"client_id": None, "sub": "three"}, "three"),
        ):
            with self.subTest(client=client):
                body = order()
                token = f"Bearer {tokens.mint(tenant=None, **claims)}"
                reply = self.bus.ask("no tenant claim", body, token=token)
                self.assertReply(reply, 201)
                self.assertEqual(reply.body["orderId"], order_id(client, client, body["idempotencyKey"]))
