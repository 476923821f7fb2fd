"""The charts' library: what is committed is what the pinned packages make, and its licences travel with it."""

import json
import re
from pathlib import Path

from kdebate.widgets import _static
from tools.node import evaluate

ROOT = Path(__file__).parents[2]
CHARTS = _static.STATIC / "charts"
BUNDLE = CHARTS / "plot.min.js"


def named() -> dict[str, str]:
    """Package and version, as the bundle's first line tells them."""
    first = BUNDLE.read_text("utf-8").partition("\n")[0]
    return dict(re.findall(r"(@?[a-z][\w/-]+) (\d+\.\d+\.\d+)", first))


def test_the_bundle_is_what_the_pinned_packages_make():
    tool = (ROOT / "tools" / "plot.mjs").as_uri()
    made = evaluate(
        f'import {{ bundle }} from "{tool}"; console.log(JSON.stringify(await bundle()));'
    )
    assert set(made) == {"plot.min.js", "plot.min.d.ts", "plot.LICENSE"}
    stale = [name for name, text in made.items() if (CHARTS / name).read_text("utf-8") != text]
    assert not stale, "package-lock.json or tools/plot.mjs changed; run `make plot`"


def test_its_versions_are_those_of_the_lock():
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    locked = {name: packages[f"node_modules/{name}"]["version"] for name in named()}
    assert named() == locked
    assert {"@observablehq/plot", "d3-scale", "d3-shape"} <= set(locked)


def test_the_licence_of_each_package_travels_with_it():
    text = (CHARTS / "plot.LICENSE").read_text("utf-8")
    parts = re.split(r"^(@?[a-z][\w/-]+ \d+\.\d+\.\d+)$", text, flags=re.MULTILINE)[1:]
    licences = dict(zip(parts[::2], parts[1::2], strict=True))
    assert list(licences) == [f"{name} {version}" for name, version in named().items()]
    assert all("Permission to use, copy, modify" in terms for terms in licences.values())


def test_the_linker_finds_nothing_to_import_in_it():
    """page/load.js rewrites relative imports by pattern; text of the bundle must not look like one."""
    assert not re.search(r'\b(from|import)\s*"\.', BUNDLE.read_text("utf-8"))
