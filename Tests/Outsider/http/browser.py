#!/usr/bin/env python3
"""Looks at /docs in headless Chromium: no console error, nothing loaded from elsewhere, the keyboard suffices.

Usage: browser.py [SCREENSHOT.png]

Needs selenium (PyPI), Debian's chromium and chromium-driver, and HTTP_URL.
"""

import json
import sys
import urllib.parse

import rest
from outsider import tokens
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait


def browser():
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--window-size=1100,1400", "--disable-gpu"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))


def foreign_requests(driver):
    """Addresses that the page asked for and that are not the adapter's."""
    asked = []
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            asked.append(message["params"]["request"]["url"])
    own = rest.URL.netloc
    return [url for url in asked if urllib.parse.urlsplit(url).netloc != own and not url.startswith("data:")]


def tab_to(driver, wanted, limit=60):
    """Goes on with the tab key until the element has the focus."""
    for _ in range(limit):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        if driver.switch_to.active_element == wanted:
            return
    raise AssertionError("the tab key does not lead there")


def main():
    driver = browser()
    try:
        driver.get(f"{rest.URL.geturl().rstrip('/')}/docs")
        wait = WebDriverWait(driver, 10)
        wait.until(lambda _: len(driver.find_elements(By.TAG_NAME, "details")) >= 4)
        driver.find_element(By.ID, "token").send_keys(tokens.good())
        operation = driver.find_element(By.ID, "createOrder")
        button = operation.find_element(By.CSS_SELECTOR, "button[type=submit]")
        summary = operation.find_element(By.TAG_NAME, "summary")
        if not operation.get_attribute("open"):
            tab_to(driver, summary)
            summary.send_keys(Keys.ENTER)
        tab_to(driver, button)
        button.send_keys(Keys.ENTER)
        output = operation.find_element(By.TAG_NAME, "pre")
        wait.until(lambda _: output.text)
        if sys.argv[1:]:
            driver.save_screenshot(sys.argv[1])
        errors = [entry for entry in driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
        foreign = foreign_requests(driver)
        print(output.text.splitlines()[0])
        for entry in errors:
            print("console:", entry["message"])
        for url in foreign:
            print("loaded from elsewhere:", url)
        sys.exit(1 if errors or foreign or "HTTP 201" not in output.text else 0)
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
