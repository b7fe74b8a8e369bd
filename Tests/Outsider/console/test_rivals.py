"""Two consoles on one database, and a console that is killed: still every letter is one entry, and is sent once."""

import collections
import os
import sys
import threading
import unittest
import uuid

from desk import ConsoleTest, Desk  # Finds the package of the next ones.
from outsider import database
from outsider.program import ROOT, Program, through, wait_for
from release import Order, bad_release

sys.path.append(str(ROOT / "Tests/Fault"))
from fault.proxy import Proxy  # noqa: E402

PRODUCER = ("acme", "shop")
RIVALS = 6  # that press the button at the same moment


def at_once(actions):
    """Their results, all begun together."""
    start, results = threading.Barrier(len(actions)), [None] * len(actions)

    def run(number, action):
        start.wait()
        results[number] = action()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


class RivalTests(ConsoleTest):
    def setUp(self):
        self.customer = f"cust-{uuid.uuid4()}"

    def die(self, count):
        """Good orders that die of a release, which is mended then."""
        orders = [Order(PRODUCER, self.customer) for _ in range(count)]
        token = orders[0].token()
        with bad_release(), Program("worker"):
            entries = [each.send(self.bus, token) for each in orders]
            self.assertTrue(self.bus.wait(lambda: all(each.dead_letters for each in entries), 60))
        return orders

    def kept(self, desk, count):
        return wait_for("all letters are kept", lambda: len(found := desk.letters(customer=self.customer)) == count and found)

    def watch_commands(self):
        """How often each letter has been sent: what came through the exchange of commands."""
        sent = collections.Counter()
        channel = self.bus.administrator.channel()
        queue = channel.queue_declare("", exclusive=True).method.queue
        channel.queue_bind(queue, "orders.commands", "#")

        def seen(channel, method, properties, body):
            sent[(properties.headers or {}).get("dead-letter-id")] += 1

        channel.basic_consume(queue, seen, auto_ack=True)
        self.addCleanup(channel.close)
        return sent

    def assertSentOnce(self, sent, letters):
        self.bus.wait(lambda: sum(sent.values()) >= len(letters), 60)
        self.bus.wait(lambda: False, 0.5)
        self.assertEqual(sent, collections.Counter(letter["id"] for letter in letters))

    def test_two_consoles_send_a_letter_once(self):
        orders = self.die(5 + 20)
        with Program("console") as first, Program("console") as second, Program("worker"):
            desks = [Desk(url=console.url) for console in (first, second)]
            letters = self.kept(desks[0], len(orders))
            sent = self.watch_commands()
            for letter in letters[:5]:
                self.one_by_one(desks, letter)
            jobs = self.by_group(desks, letters[0]["groupId"], letters[5:])
            self.assertSentOnce(sent, letters)
            states = {letter["state"] for letter in desks[1].letters(customer=self.customer)}
            self.assertEqual(states, {"replayed"})
            records = [record for job in jobs for record in desks[0].audit(target=job["id"], action="replay.order")]
            self.assertEqual(len(records), len(jobs))
        rows = database.rows("SELECT order_id FROM order_overview WHERE customer_id = :'customer'",
                             customer=self.customer)
        self.assertEqual(sorted(row["order_id"] for row in rows), sorted(each.id for each in orders))

    def one_by_one(self, desks, letter):
        plan = {"selection": {"ids": [letter["id"]]}, "reason": "mine", "ratePerSecond": 100}
        answers = at_once([lambda desk=desks[number % 2]: desk.call("POST", "/v1/dead/replays", plan)
                           for number in range(RIVALS)])
        self.assertEqual(sorted(answer.status for answer in answers), [201] + [409] * (RIVALS - 1))
        for answer in answers:
            if answer.status == 409:
                self.assertEqual(answer.code, "LETTER_STATE_CONFLICT")
                # Being replayed, or so quickly done that it is over.
                self.assertRegex(answer.json["error"]["message"], "1 (in another replay|replayed or discarded already)")
            else:
                self.assertEqual(answer.json["counts"]["total"], 1)
                self.assertEqual(desks[0].ended(answer.json)["counts"]["succeeded"], 1)

    def by_group(self, desks, group, letters):
        """Whoever is first has all of them, and a click that is repeated orders nothing more."""
        plan = {"selection": {"group": group}, "reason": "all of them", "ratePerSecond": 500}
        answers = at_once([lambda desk=desks[number % 2]: desk.call("POST", "/v1/dead/replays", plan)
                           for number in range(RIVALS)])
        self.assertEqual(sorted(answer.status for answer in answers), [201] + [409] * (RIVALS - 1))
        job = next(answer.json for answer in answers if answer.status == 201)
        again = desks[1].replay(**plan, id=job["id"])
        self.assertEqual((again["id"], again["counts"]["total"]), (job["id"], len(letters)))
        self.assertEqual(desks[1].ended(job)["counts"]["succeeded"], len(letters))
        return [job]

    def test_keeper_that_is_killed_before_it_acknowledges_leaves_one_entry(self):
        with Program("console"):
            wait_for("nothing of other tests is in the queue", lambda: self.queued() == 0)
        url = os.environ["CONSOLE_AMQP_URL"]
        proxy = Proxy(int(url.rsplit(":", 1)[1].split("/")[0]))
        orders = self.die_behind(proxy, through(url, proxy.port))
        with Program("console") as console:
            wait_for("the queue is empty", lambda: self.queued() == 0)
            desk = Desk(url=console.url)
            group = desk.ask("GET", f"/v1/dead/groups/{desk.letters(customer=self.customer)[0]['groupId']}")
            self.assertEqual((group["kept"], sum(group["inflow"])), (len(orders), len(orders)), "the counters agree")
        self.assertEqual(self.queued(), 0, "what it was given again is not acknowledged")
        rows = database.rows("SELECT order_reference(order_id) AS id, arrivals FROM dead_letters"
                             " WHERE customer_id = :'customer'", customer=self.customer)
        self.assertEqual(sorted(row["id"] for row in rows), sorted(each.id for each in orders))
        self.assertEqual({row["arrivals"] for row in rows}, {1})

    def die_behind(self, proxy, url):
        """Letters that a console keeps in the database, and cannot acknowledge before it is killed."""
        console = Program("console", CONSOLE_AMQP_URL=url)
        try:
            proxy.swallowing = "to broker"
            orders = self.die(10)
            self.kept(Desk(url=console.url), len(orders))
            wait_for("the acknowledgement is swallowed", lambda: proxy.swallowed > 0)
        finally:
            console.kill()
        wait_for("the broker has all of them back", lambda: self.queued() == len(orders))
        return orders

    def queued(self):
        channel = self.bus.administrator.channel()
        try:
            return channel.queue_declare("orders.dead", passive=True).method.message_count
        finally:
            channel.close()


if __name__ == "__main__":
    unittest.main()
