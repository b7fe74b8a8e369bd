#!/usr/bin/env python3
"""Walks through the operators' page in headless Chromium as a person does.

Usage: browser.py [--screenshots FOLDER] [--axe AXE.MIN.JS] [--hostile LETTER]...

Needs selenium (PyPI), Debian's chromium and chromium-driver. With CONSOLE_URL and ORDERBUS_TOKEN it looks at that console,
whose first group must have letters that can be replayed; without, at a made-up one (fake.py). Ends with 1 at the first
error in the browser's console, resource from elsewhere, finding of axe, or hostile text that is more than text.
"""

import argparse
import json
import os
import pathlib
import sys
import threading
import urllib.parse

import fake
from selenium import webdriver
from selenium.common.exceptions import ElementNotInteractableException, StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

ASSETS = pathlib.Path(__file__).resolve().parents[3] / "Sources/OrderConsole/Page/Assets"


class Visitor:
    def __init__(self, base, token, options):
        self.base, self.token, self.options = base, token, options
        self.findings = []
        self.driver = self.browser()
        # The page renews its lists by itself, so what was found may be gone: it is looked for again.
        self.wait = WebDriverWait(self.driver, 30, ignored_exceptions=(StaleElementReferenceException,
                                                                       ElementNotInteractableException))
        if options.screenshots:
            pathlib.Path(options.screenshots).mkdir(parents=True, exist_ok=True)

    @staticmethod
    def browser():
        options = webdriver.ChromeOptions()
        for argument in ("--headless=new", "--no-sandbox", "--window-size=1280,900", "--disable-gpu", "--disable-dev-shm-usage"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))

    def find(self, selector):
        return self.wait.until(lambda driver: next(iter(driver.find_elements(By.CSS_SELECTOR, selector)), None))

    def until_text(self, text, selector="body"):
        self.wait.until(lambda driver: text in driver.find_element(By.CSS_SELECTOR, selector).text)

    def press(self, title):
        """Presses a button by its words, with the keyboard."""
        def press(driver):
            buttons = driver.find_elements(By.CSS_SELECTOR, "dialog[open] button") or driver.find_elements(By.TAG_NAME, "button")
            for button in buttons:
                if button.is_displayed() and button.is_enabled() and button.text.startswith(title):
                    button.send_keys(Keys.ENTER)
                    return True
            return False

        self.wait.until(press)

    def type(self, selector, *keys):
        """Sends keys to what may be renewed at any time."""
        def send(driver):
            driver.find_element(By.CSS_SELECTOR, selector).send_keys(*keys)
            return True

        self.wait.until(send)

    def follow(self, selector):
        """Follows a link with the keyboard."""
        self.type(selector, Keys.ENTER)

    def go(self, path):
        self.driver.get(self.base + path)
        self.find("h1")

    def look(self, name, colours=("light",)):
        """Takes pictures and lets axe look."""
        for colour in colours:
            self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": colour}]})
            if self.options.screenshots:
                self.driver.save_screenshot(f"{self.options.screenshots}/{name}-{colour}.png")
            self.axe(f"{name}, {colour}")
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "light"}]})

    def axe(self, name):
        if not self.options.axe:
            return
        # Through the debugger, which no content policy concerns.
        evaluate = {"awaitPromise": True, "returnByValue": True}
        self.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": pathlib.Path(self.options.axe).read_text() + ";0"})
        answer = self.driver.execute_cdp_cmd("Runtime.evaluate", evaluate | {"expression": "axe.run().then(result => JSON.stringify(result.violations.map("
                                             "each => [each.id, each.nodes.map(node => node.html.slice(0, 120))])))"})
        for rule, nodes in json.loads(answer["result"]["value"]):
            self.findings.append(f"axe on {name}: {rule}: {nodes[0]} ({len(nodes)} places)")

    def harmless(self, place):
        if self.driver.execute_script("return window.stolen"):
            self.findings.append(f"a script in a message ran on {place}")
        if self.driver.execute_script("return document.querySelectorAll('main script, main img').length"):
            self.findings.append(f"a message became elements on {place}")

    # MARK: The steps

    def sign_in(self):
        self.go("/")
        field = self.find("#token")
        self.look("sign-in", ("light", "dark"))
        field.send_keys("bad")
        self.press("Sign in")
        self.until_text("token", "[role=alert]")
        field.clear()
        field.send_keys(self.token)
        self.press("Sign in")
        self.find("table.rows tbody tr")

    def groups(self):
        self.until_text("live", "#live")
        self.look("groups", ("light", "dark"))
        self.harmless("groups")
        self.find("input[name=code]").send_keys("NOTHING_LIKE_THIS", Keys.ENTER)
        self.until_text("No group fits")
        assert "code=NOTHING_LIKE_THIS" in self.driver.current_url, "the filter is not in the address"
        self.driver.back()
        self.follow("table.rows tbody a.main")
        self.find("input[type=checkbox][id^=pick]")
        self.group = urllib.parse.urlsplit(self.driver.current_url).path
        self.look("group", ("light", "dark"))

    def letter(self):
        self.follow("table.rows tbody a.main")
        self.find("ol.timeline")
        self.press("Reveal the values")
        self.find("#reason").send_keys("to see the price", Keys.ENTER)
        self.find("#body")
        self.look("letter", ("light", "dark"))

    def edit(self):
        self.press("Edit…")
        edited = self.find("#edited")
        text = edited.get_property("value")
        edited.clear()
        edited.send_keys(text.replace("19.990", "19.99"))
        self.find("#reason").send_keys("price mended")
        self.look("edit")
        self.press("Keep as a revision")
        self.until_text("Revision 1")

    def replay(self):
        self.go(self.group)
        self.find("input[type=checkbox][id^=pick]")
        self.press("Replay the group")
        self.until_text("would be sent again", "dialog")
        self.find("#reason").send_keys("mended in 1.4.3")
        submit = self.find("dialog button.first")
        assert not submit.is_enabled(), "it can be sent without the count"
        self.look("replay-dialogue", ("light", "dark"))
        count = self.find("dialog b").text.split()[0].replace(",", "")
        self.find("#typed-count").send_keys(count)
        self.press("Replay")
        self.find("progress")
        self.look("replay-running")
        self.until_text("finished", "main .state")
        self.look("replay-finished", ("light", "dark"))

    def migrate(self):
        """Tries a mapping; what was not tried cannot be sent, and neither can what was changed since."""
        self.go("/?view=letters&state=kept")
        self.find("input[id^=pick]")
        self.press("Migrate all that match")
        self.find("#step-0-path").send_keys("$.customer")
        self.find("#step-0-value").send_keys("customerId")
        assert not self.find("#typed-count").is_enabled(), "it can be sent untried"
        self.press("Add a step")
        self.find("#step-1").send_keys("set")
        self.find("#step-1-path").send_keys("$.metadata")
        self.find("#step-1-value").send_keys("EUR")
        self.press("Try it")
        self.until_text("Step 2: EUR is not JSON", "dialog [role=alert]")
        self.find("#step-1-value").clear()
        self.find("#step-1-value").send_keys('{"by":"us"}')
        self.press("Try it")
        self.find("#typed-count:enabled")
        self.until_text("would change", "dialog")
        for summary in self.driver.find_elements(By.CSS_SELECTOR, "dialog summary"):
            summary.send_keys(Keys.ENTER)
        self.harmless("the migration")
        self.look("migrate-dialogue", ("light", "dark"))
        letters = self.find("dialog b").text
        self.find("#step-0-value").send_keys("s")
        assert not self.find("#typed-count").is_enabled(), "another mapping than was tried can be sent"
        self.find("#step-0-value").send_keys(Keys.BACKSPACE)
        self.press("Try it")
        self.find("#reason").send_keys("written by 1.3")
        self.find("#typed-count:enabled").send_keys(letters.split()[0].replace(",", ""))
        self.press("Migrate")
        self.until_text(f"{letters} migrated", "#news")

    def settle(self):
        self.go("/?view=letters&state=kept")
        self.type("input[id^=pick]", Keys.SPACE)
        self.press("Discard 1 chosen")
        self.find("#reason").send_keys("a test of ours")
        self.find("#typed-count:enabled").send_keys("1")
        self.look("discard")
        self.press("Discard")
        self.until_text("1 letter discarded", "#news")

    def others(self):
        for path, name in (("/replays", "replays"), ("/audit", "audit"), ("/?view=letters", "letters")):
            self.go(path)
            self.find("table.rows tbody tr")
            self.look(name)
        self.go("/audit")
        self.press("Check the chain")
        self.until_text("Unbroken")

    def hostile(self):
        for number, letter in enumerate(self.options.hostile):
            self.go(f"/letters/{letter}")
            self.harmless("a hostile letter")
            self.press("Reveal the values")
            self.find("#reason").send_keys("to see", Keys.ENTER)
            shown = self.find("#body").text
            assert "<script>" in shown, f"the body is not shown as text: {shown[:80]!r}"
            self.harmless("a hostile body")
            if number == 0:
                assert "[U+202E]" in shown, "marks of direction are not shown"
                self.look("hostile")

    def narrow(self):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 400, "height": 860, "deviceScaleFactor": 1, "mobile": True})
        self.go("/")
        self.find("table.rows tbody tr")
        for name in ("narrow-groups", "narrow-group", "narrow-letter"):
            if name != "narrow-groups":
                self.follow("table.rows tbody a.main")
                self.find("ol.timeline" if name == "narrow-letter" else "input[id^=pick]")
            self.look(name, ("light", "dark"))
            wide = self.driver.execute_script("return document.documentElement.scrollWidth")
            if wide > 400:
                self.findings.append(f"{name} is {wide} px wide")
        self.press("Replay")
        self.until_text("would be sent again", "dialog")
        self.look("narrow-dialogue")

    def sign_out(self):
        self.go("/")
        self.press("Sign out")
        self.find("#token")

    # MARK: What the browser says

    def judge(self):
        for entry in self.driver.get_log("browser"):
            # Asking who one is before signing in, and the wrong token, are answered 401.
            if entry["level"] in ("SEVERE", "WARNING") and "/session" not in entry["message"]:
                self.findings.append("console: " + entry["message"])
        own = urllib.parse.urlsplit(self.base).netloc
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if urllib.parse.urlsplit(url).netloc != own and not url.startswith(("data:", "blob:")):
                    self.findings.append("loaded from elsewhere: " + url)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--screenshots")
    parser.add_argument("--axe", default=os.environ.get("AXE_FILE"))
    parser.add_argument("--hostile", action="append", metavar="LETTER",
                        help="one whose body has <script>; the first has U+202E too")
    options = parser.parse_args()
    base, token = os.environ.get("CONSOLE_URL"), os.environ.get("ORDERBUS_TOKEN")
    is_fake = not base
    if is_fake:
        server = fake.serve(0, ASSETS)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base, token = f"http://127.0.0.1:{server.server_port}", "good"
        options.hostile = ["dl_" + f"06{number}".rjust(26, "0") for number in range(3)]
    visitor = Visitor(base.rstrip("/"), token, options)
    steps = ["sign_in", "groups", "letter", "replay", "migrate", "settle", "others", "narrow", "sign_out"]
    if not is_fake:
        # Behind it nothing would be left to migrate.
        steps[3:5] = ["migrate", "replay"]
    else:
        steps[3:3] = ["edit"]
    if options.hostile:
        steps[-2:-2] = ["hostile"]
    try:
        for step in steps:
            try:
                getattr(visitor, step)()
                print("done:", step, flush=True)
            except Exception as error:
                visitor.findings.append(f"{step} at {visitor.driver.current_url}: {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}")
                if options.screenshots:
                    visitor.driver.save_screenshot(f"{options.screenshots}/failed-{step}.png")
                break
        visitor.judge()
    finally:
        visitor.driver.quit()
    for finding in visitor.findings:
        print("found:", finding)
    sys.exit(1 if visitor.findings else 0)


if __name__ == "__main__":
    main()
