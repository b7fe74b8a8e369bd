"""A bad release refuses good orders: they die, are found, and are sent again when it is mended, on real servers."""

import collections
import time
import unittest
import uuid

from desk import ConsoleTest, Desk, operator, orderbus  # Finds the package of the next ones.
from outsider import database
from outsider.program import Program, wait_for
from release import Order, bad_release

LEEWAY = 60  # seconds that a token is good after its end
LIVES = (10, 30, 90)  # seconds that a token is good for; more for each try on a machine that is slower than thought
PLATFORM = "platform"  # whose operators look after all tenants
PRODUCERS = (("acme", "shop"), ("acme", "market"), ("globex", "outlet"))
EACH = 8  # orders of each producer that the release refuses


def setUpModule():
    global console
    console = Program("console", CONSOLE_OPERATING_TENANT=PLATFORM)
    unittest.addModuleCleanup(console.stop)


def desk(tenant, client="ops", *verbs):
    return Desk(operator(*verbs, tenant=tenant, client_id=client), console.url)


class StoryTests(ConsoleTest):
    def setUp(self):
        self.customer = f"cust-{uuid.uuid4()}"
        self.platform = desk(PLATFORM, "platform-ops")

    def letters(self, **filters):
        return self.platform.letters(customer=self.customer, limit=1000, **filters)

    def stored(self):
        """The orders that there are, with whose they are."""
        rows = database.rows("SELECT order_id, tenant, client_id FROM order_overview WHERE customer_id = :'customer'",
                             customer=self.customer)
        return collections.Counter((row["order_id"], row["tenant"], row["client_id"]) for row in rows)

    def assertStoredOnce(self, orders):
        self.assertEqual(self.stored(), collections.Counter((each.id, each.tenant, each.client) for each in orders))

    def die(self, orders):
        """Sends them with tokens that end soon, until all have died of the release; says when the last token ends."""
        for life in LIVES:
            ending = int(time.time()) - LEEWAY + life
            before = len(self.letters())
            producers = {(each.tenant, each.client): each.token(ending) for each in orders}
            for each in orders:
                each.send(self.bus, producers[each.tenant, each.client])
            wait_for("all have died", lambda count=len(orders): len(self.letters()) == before + count)
            done = {letter["orderId"] for letter in self.letters(code="INTERNAL")}
            orders = [each for each in orders if each.id not in done]
            if not orders:
                return ending
        raise AssertionError(f"{len(orders)} orders did not die of the release")

    def test_good_orders_survive_a_bad_release(self):
        with Program("worker"):
            refused = [Order(producer, self.customer) for producer in PRODUCERS for _ in range(EACH)]
            passing = [Order(producer, self.customer, "USD") for producer in PRODUCERS]
            acme = desk("acme")
            with bad_release() as self.rule:
                for each in passing:
                    each.send(self.bus)
                ending = self.die(refused)
                wait_for("what the release takes is stored", lambda: len(self.stored()) == len(passing))
                group = self.found_group(acme, 2 * EACH)
                self.replay_in_vain(acme, group)
            self.tokens_end(refused[0], ending)
            job = self.replay_with_canary(acme, group, 2 * EACH)
            self.assertStoredOnce(passing + [each for each in refused if each.tenant == "acme"])
            self.assertAuditTells(acme, job)

            globex = desk("globex", "their-ops")
            others = self.found_group(globex, EACH)
            self.assertNotEqual(others["id"], group["id"])
            self.replay_with_canary(globex, others, EACH)
            self.assertStoredOnce(passing + refused)
            self.assertEqual({letter["state"] for letter in self.letters(code="INTERNAL")}, {"replayed"})
            self.replay_nothing(acme, group)
        self.assertNoTokenKept()

    def found_group(self, desk, count):
        found = [group for group in desk.groups(code="INTERNAL") if self.rule in group["message"]]
        self.assertEqual([group["kept"] for group in found], [count], found)
        self.assertEqual(sum(found[0]["inflow"]), count)
        return found[0]

    def replay_in_vain(self, desk, group):
        """While the release is still bad: one letter of the first step shows it, and all others are spared."""
        job = desk.ended(desk.replay({"group": group["id"]}, "perhaps it passed", ratePerSecond=100, canary=[1, 5, 25]))
        self.assertEqual((job["state"], job["counts"]["failed"], job["counts"]["succeeded"]), ("stopped", 1, 0), job)
        self.assertEqual(job["counts"]["waiting"], group["kept"] - 1)
        failed = desk.messages(job, outcome="failed")
        self.assertIn("INTERNAL", failed[0]["text"])
        desk.ask("POST", f"/v1/dead/replays/{job['id']}/cancel", {})
        after = desk.ask("GET", f"/v1/dead/groups/{group['id']}")
        self.assertEqual((after["kept"], after["repeatFailures"]), (group["kept"], 1))
        self.assertEqual([letter["id"] for letter in desk.letters(group=group["id"], failedAgain="true")],
                         [failed[0]["letterId"]])

    def tokens_end(self, order, ending):
        """As hours later: what the producers signed with is worth nothing any more."""
        time.sleep(max(0, ending + LEEWAY + 1 - time.time()))
        reply = self.bus.ask("the same order, later", order.body, token=order.token(ending))
        self.assertEqual((reply.status, reply.code), (401, "INVALID_TOKEN"))

    def replay_with_canary(self, desk, group, count):
        plan = {"ratePerSecond": 500, "canary": [1, 5, 25], "stopAbove": 0}
        preview = desk.replay({"group": group["id"]}, "release 1.5.1 takes francs", 200, **plan, dryRun=True)
        self.assertEqual((preview["count"], preview["skipped"], preview["withoutCaller"]), (count, 0, 0))
        self.assertEqual({letter["tenant"] for letter in preview["sample"]}, {group["tenant"]})
        job = desk.ended(desk.replay({"group": group["id"]}, "release 1.5.1 takes francs", **plan))
        self.assertEqual((job["state"], job["counts"]["succeeded"], job["counts"]["total"]), ("finished", count, count), job)
        steps = collections.Counter(message["step"] for message in desk.messages(job))
        self.assertEqual([steps[step] for step in sorted(steps)][:2], [1, 5])
        return job

    def replay_nothing(self, desk, group):
        preview = desk.replay({"group": group["id"]}, "once more", 200, dryRun=True)
        self.assertEqual((preview["count"], preview["skipped"]), (0, group["kept"]))
        desk.replay({"group": group["id"]}, "once more", 409)

    def assertAuditTells(self, desk, job):
        """Who, what, why, in whose name, how it ended; and nobody has changed a word of it."""
        records = {record["action"]: record for record in desk.audit(target=job["id"])}
        self.assertEqual(set(records), {"replay.order", "replay.send", "replay.finish"})
        order, send = records["replay.order"], records["replay.send"]
        self.assertEqual((order["clientId"], order["subject"], order["tenant"], order["reason"]),
                         ("ops", "ann", "acme", "release 1.5.1 takes francs"))
        names = [detail["value"] for record in desk.audit(target=job["id"], action="replay.send")
                 for detail in record["details"] if detail["name"] == "on-behalf-of"]
        self.assertEqual({name for value in names for name in value.split()}, {"acme/shop", "acme/market"})
        self.assertEqual(send["clientId"], "ops")
        self.assertEqual(records["replay.finish"]["clientId"], "orderbus console")
        self.assertIsNone(self.platform.ask("GET", "/v1/audit/verify")["breach"])
        orderbus("audit", "verify", token=self.platform.token, url=console.url)

    def assertNoTokenKept(self):
        kept = database.rows("SELECT count(*) FROM dead_letter_messages WHERE position('eyJ'::bytea IN head) > 0")
        self.assertEqual(kept, [{"count": 0}])

    def test_orders_whose_senders_nobody_proved_get_their_names_from_an_operator(self):
        """A worker with the wrong audience believes no token, so that nobody knows whose the orders are."""
        orders = [Order(("acme", "shop"), self.customer, "USD") for _ in range(3)]
        with Program("worker", OIDC_AUDIENCE="orderbus-of-tomorrow"):
            for each in orders:
                each.send(self.bus)
            letters = wait_for("all have died", lambda: len(found := self.letters()) == len(orders) and found)
        self.assertEqual({(letter["code"], letter["tenant"]) for letter in letters}, {("INVALID_TOKEN", None)})
        acme = desk("acme")
        self.assertEqual(acme.letters(customer=self.customer), [], "nobody proved that they are theirs")
        ids = [letter["id"] for letter in letters]
        preview = self.platform.replay({"ids": ids}, "the worker is right again", 200, dryRun=True)
        self.assertEqual((preview["count"], preview["withoutCaller"]), (3, 3))
        for identifier in ids:
            self.platform.ask("POST", f"/v1/dead/letters/{identifier}/revisions", {
                "basedOn": 0, "reason": "the shop says that they are its own",
                "caller": {"tenant": "acme", "clientId": "shop", "scopes": ["orders:write"]}}, 201)
        with Program("worker"):
            job = acme.ended(acme.replay({"ids": ids}, "the worker is right again"))
        self.assertEqual((job["state"], job["counts"]["succeeded"]), ("finished", 3), job)
        self.assertStoredOnce(orders)


if __name__ == "__main__":
    unittest.main()
