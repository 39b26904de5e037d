"""The system's Chromium, and the review page open in it."""

import shutil
import time

import pytest
from selenium.webdriver import ActionChains, Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from extractor.review import write_page

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
WIDE, NARROW = (1440, 900), (420, 900)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    """One browser for all tests, with a profile of its own."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (browser and driver):
        pytest.skip("needs chromium and chromedriver (on Debian: apt-get install chromium chromium-driver)")
    options = ChromeOptions()
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with Chrome(options=options, service=Service(driver)) as chrome:
        yield chrome


class Page:
    """The review page as a person has it before them."""

    def __init__(self, chrome, folder):
        self.chrome = chrome
        self.folder = folder
        self.messages = []
        self.look(*WIDE)
        chrome.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)}
        )

    def open(self, results, *, folder=False, name="review"):
        """Make the page of some results and open it."""
        path = self.folder / (name if folder else f"{name}.html")
        write_page(results, path, folder=folder, force=True)
        self.chrome.get("about:blank")
        self.errors()
        self.messages = []
        self.chrome.get((path / "index.html" if folder else path).as_uri())
        return self.ready()

    def ready(self):
        self.wait(lambda: self.js("return document.documentElement.dataset.ready") or self._failed())
        return self

    def _failed(self):
        if any("Uncaught" in message for message in self.errors()):
            raise AssertionError(self.messages)

    def reload(self):
        self.chrome.refresh()
        return self.ready()

    def look(self, width, height, *, scheme="light"):
        """Set the window's size and the colour scheme."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})

    def js(self, script, *arguments):
        return self.chrome.execute_script(script, *arguments)

    def wait(self, condition, seconds=10):
        return WebDriverWait(self.chrome, seconds, poll_frequency=0.05).until(lambda _: condition())

    def all(self, selector):
        return self.chrome.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        found = self.all(selector)
        assert found, f"nothing on the page is {selector}"
        return found[0]

    def text(self, selector):
        return self.one(selector).text

    def texts(self, selector):
        return self.js(
            "return [...document.querySelectorAll(arguments[0])].map((each) => each.textContent)", selector
        )

    def click(self, selector):
        node = self.one(selector)
        self.js("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", node)
        node.click()

    def press(self, *keys):
        for key in keys:
            ActionChains(self.chrome).send_keys(key).perform()
            time.sleep(0.03)

    def hover(self, node):
        ActionChains(self.chrome).move_to_element(node).perform()

    def choose(self, selector, value):
        self.js(
            "const field = document.querySelector(arguments[0]); field.value = arguments[1];"
            "field.dispatchEvent(new Event('change', { bubbles: true }))",
            selector,
            value,
        )

    def lit(self):
        """The words of the text that are shown as a source."""
        return "".join(self.texts("#text .lit"))

    def focused(self):
        return self.js("return document.activeElement.getAttribute('aria-label')")

    def errors(self):
        """What the browser has complained about since the page was opened."""
        self.messages += [entry["message"] for entry in self.chrome.get_log("browser")]
        return self.messages

    def saved(self):
        """Save the corrections and read the file."""
        path = self.folder / "corrections.jsonl"
        path.unlink(missing_ok=True)
        self.click("#save")
        self.wait(path.exists)
        return path


@pytest.fixture
def page(chromium, tmp_path):
    """A page of this test's own, in a browser that remembers nothing."""
    chromium.get("about:blank")
    yield Page(chromium, tmp_path)
    chromium.execute_script("if (location.protocol === 'file:') localStorage.clear()")
    chromium.get("about:blank")
