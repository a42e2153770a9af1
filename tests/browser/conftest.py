"""A real Chromium, and both editions of the real project served to it over http and from the disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, sync_playwright

from browser.forms import build_forms
from browser.watch import FLAGS, Open, Reader, Site, find_chromium, serve
from portal.build import load_words, open_site
from portal.checked import load_checked
from portal.rendering.site import Site as Rendering
from projects import PROJECT, REAL_TODAY, build_real


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's browser, one for all tests of a process."""
    path = find_chromium()
    if path is None:
        pytest.skip("没有 chromium，浏览器测试没有运行：先运行 sh scripts/browser.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[dict[str, Site]]:
    """Both editions, built once for all test processes and served by each."""
    base = tmp_path_factory.getbasetemp()
    folders = build_real((base if worker_id == "master" else base.parent) / "real-site")
    with ExitStack() as stack:
        yield {name: Site(folder.resolve(), stack.enter_context(serve(folder))) for name, folder in folders.items()}


@pytest.fixture(scope="session")
def forms_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Site]:
    """The smallest site with a form of every kind of field and a letter, built once for all test processes."""
    base = tmp_path_factory.getbasetemp()
    folder = build_forms((base if worker_id == "master" else base.parent) / "forms-site")
    with serve(folder) as address:
        yield Site(folder, address)


@pytest.fixture(scope="session")
def renderings() -> dict[str, Rendering]:
    """What the core says about the same two editions: library and addresses."""
    library = load_checked(PROJECT, REAL_TODAY).library
    return {edition: open_site(library, edition, load_words()) for edition in ("staff", "public")}


@pytest.fixture
def reader(chromium: Browser, sites: dict[str, Site]) -> Iterator[Open]:
    """Opens readers, each with a page of its own; at the end none of them may have met anything bad."""
    readers: list[Reader] = []

    def open_reader(edition: str = "staff", door: str = "http", **settings: object) -> Reader:
        readers.append(Reader(chromium, sites[edition], door, **settings))  # type: ignore[arg-type]
        return readers[-1]

    yield open_reader
    for one in readers:
        one.close()
    assert [bad for one in readers for bad in one.bad] == []
