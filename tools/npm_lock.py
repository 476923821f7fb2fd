"""Takes out of package-lock.json what names an address: npm writes where to give money into it."""

import json
from pathlib import Path

LOCK = Path("package-lock.json")


def main() -> None:
    """Rewrite the lock in place."""
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)
    LOCK.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
