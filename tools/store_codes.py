"""
Stores what this version's codes mean: ``python -m tools.store_codes``, once, before a release.

`tests/cases/codes_<version>.json` holds codes of every explorer and starting point with every lever's value. Both
twins must read them for ever (`tests/widgets/test_codes.py`), so a stored file is never written again.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kdebate import __version__, widgets
from kdebate.widgets import codes

CASES = Path(__file__).resolve().parents[1] / "tests" / "cases"
EXPLORERS = (
    "BasketExplorer",
    "ConcessionExplorer",
    "EnforcementExplorer",
    "LadderExplorer",
    "WavesExplorer",
)


def _end(lever: dict[str, Any]) -> Any:
    """A value far from the default: the last choice, or the upper end of the range."""
    return lever["choices"][-1] if "choices" in lever else lever["max"]


def _cases(name: str) -> Iterator[dict[str, Any]]:
    """Each starting point as it is, with its first two levers moved, and with all of them moved."""
    spec = getattr(widgets, name).full_spec()
    shown = getattr(widgets, name).levers
    ends = {lever: _end(known) for lever, known in spec["levers"].items()}
    for preset in spec["presets"]:
        for moved in ([], shown[:2], ends):
            values = codes.preset_values(spec, preset) | {lever: ends[lever] for lever in moved}
            yield {"code": codes.encode(spec, preset, values), "preset": preset, "values": values}


def main() -> int:
    target = CASES / f"codes_{__version__.replace('.', '_')}.json"
    if target.exists():
        print(f"{target.name} is stored already; what a released code means never changes.")
        return 1
    found = {name: list(_cases(name)) for name in EXPLORERS}
    target.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"stored {sum(map(len, found.values()))} codes in {target.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
