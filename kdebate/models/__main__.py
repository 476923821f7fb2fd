"""Bring the settings in `model.js` up to date: `python -m kdebate.models`."""

from .twin import TWIN, write_twin

write_twin()
print(f"{TWIN.name} is up to date with levers.toml.")
