"""The page reads codes as Python does: the stored ones of each release, and those that are refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from kdebate.widgets import ConcessionExplorer, WavesExplorer, codes
from tests import stored_codes

pytestmark = pytest.mark.browser
WRONG = [
    "N=٣",
    "N=３",
    "N=²",
    "N=2=3",
    "N=\u20033",
    "N=\x853",
    "N=",
    "N",
    "=3",
    "speed=3",
    "first=me",
]


@pytest.fixture(scope="module")
def twin(browser: Browser, static_url: str) -> Iterator[Page]:
    """A page that has imported `codes.js`, and nothing else."""
    page = browser.new_page()
    page.goto(f"{static_url}/frame/codes.js")
    page.evaluate("url => import(url).then(codes => { globalThis.codes = codes })", page.url)
    yield page
    page.close()


def read(twin: Page, spec: dict[str, Any], texts: list[str]) -> list[Any]:
    """What the page makes of codes: preset, values, notes and the code written anew, or its refusal."""
    return twin.evaluate(
        """([spec, texts]) => texts.map(text => {
             try {
               const { state, notes } = codes.decode(spec, spec.words.code, text);
               return [state.preset, state.values, notes, codes.encode(spec, state)];
             } catch (error) { return error.message }
           })""",
        [spec, texts],
    )


@pytest.mark.parametrize("name", stored_codes.explorers())
def test_stored_codes_mean_the_same_in_page_and_python(twin: Page, name: str) -> None:
    spec = stored_codes.explorers()[name]
    cases = [case for _, one, case in stored_codes.stored() if one == name]
    told = read(twin, spec, [case["code"] for case in cases])
    for case, (preset, values, notes, again) in zip(cases, told, strict=True):
        assert values.items() >= case["values"].items(), case["code"]
        assert [preset, values, notes] == [*codes.decode(spec, case["code"])]
        assert again == codes.encode(spec, preset, values)


def test_codes_survive_new_defaults_new_names_and_new_levers(twin: Page) -> None:
    spec = stored_codes.later(ConcessionExplorer.full_spec())
    cases = [case for _, name, case in stored_codes.stored() if name == "ConcessionExplorer"]
    texts = [*(case["code"] for case in cases), "patient-inspectors,N=2", "in-haste"]
    told = read(twin, spec, texts)
    for text, (preset, values, notes, again) in zip(texts, told, strict=True):
        assert [preset, values, notes] == [*codes.decode(spec, text)], text
        assert again == codes.encode(spec, preset, values)
    for case, (_, values, *_) in zip(cases, told[: len(cases)], strict=True):
        assert values.items() >= case["values"].items(), case["code"]


def test_what_is_refused_is_refused_alike(twin: Page) -> None:
    spec = ConcessionExplorer.full_spec()
    texts = [f"class-default,{part}" for part in WRONG] + ["constructor", "__proto__,N=2", "٣"]
    for text, told in zip(texts, read(twin, spec, texts), strict=True):
        with pytest.raises(ValueError, match=r"\w") as refusal:
            codes.decode(spec, text)
        assert told == str(refusal.value), text


def test_a_retired_name_is_strange_where_it_was_never_known(twin: Page) -> None:
    past = stored_codes.later(ConcessionExplorer.full_spec())["codes"]
    (told,) = read(twin, WavesExplorer.full_spec() | {"codes": past}, ["patient-inspectors"])
    assert told.startswith("“patient-inspectors” is not a starting point.")


def test_what_a_paste_brings_along_is_left_away(twin: Page) -> None:
    said = "\ufeff class-default ,\n N\u00a0=\t2 ,, "
    ((_, values, _, _),) = read(twin, ConcessionExplorer.full_spec(), [said])
    assert values["N"] == 2
