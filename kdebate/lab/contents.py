"""Reads notebooks without what could act in them, and shows the page the published chapters."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado.web import HTTPError

from kdebate.lab.chapters import SHELF, original
from kdebate.lab.content import KERNEL, digest, unlock


class ChapterContents(AsyncLargeFileManager):
    """
    The usual file manager, with five differences.

    Stored widget state is not read: it carries JavaScript that JupyterLab runs without asking for
    trust. Our widgets are made anew by the kernel, so nothing of ours is lost.

    Outputs of a chapter are read only where it is as published and this very server has saved
    them: what somebody else stored there is never shown.

    A chapter set to a kernel that is not here is set to the published one, else JupyterLab asks
    which to take before the page can say a word.

    Cells of a chapter that is as published are locked and unfolded, as they were laid out; those of
    a page of one's own are not locked.

    The published chapters can be read under `SHELF`, whatever lies in the reader's folder.
    """

    # Paths of the working copies; the server extension fills them in.
    chapters: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._saved: dict[str, str] = {}  # outputs that this server has written, by path
        # A chapter that is reloaded while it is being saved must not be read half written, nor
        # before its outputs are known to be ours: the page would run once more.
        self._turn = asyncio.Lock()

    async def get(
        self, path: str, content: bool = True, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Read a file or folder as the base class does, then leave out what could act."""
        name = path.strip("/")
        if name.startswith(f"{SHELF}/"):
            return _shelved(name)
        if not content or name not in self.chapters:  # saving itself asks without content
            return self._tidied(await super().get(path, content, *args, **kwargs), name)
        async with self._turn:
            return self._tidied(await super().get(path, content, *args, **kwargs), name)

    async def save(self, model: dict[str, Any], path: str = "") -> dict[str, Any]:
        """Save as the base class does, and remember the outputs that a chapter has from us."""
        name = path.strip("/")
        if name not in self.chapters:
            told: dict[str, Any] = await super().save(model, path)
            return told
        async with self._turn:
            told = await super().save(model, path)
            stored = await super().get(path)
            self._saved[name] = _outputs(stored["content"])
            return told

    def _tidied(self, model: dict[str, Any], path: str) -> dict[str, Any]:
        if model["type"] == "notebook" and model["content"] is not None:
            self._tidy(model["content"], path)
        return model

    def _tidy(self, notebook: dict[str, Any], path: str) -> None:
        notebook["metadata"].pop("widgets", None)
        if path in self.chapters:
            self._tidy_chapter(notebook, path)
        elif "kdebate" in notebook["metadata"]:
            unlock(notebook)

    def _tidy_chapter(self, notebook: dict[str, Any], path: str) -> None:
        published = original(path.split("/")[-1])
        differs = published is None or digest(notebook) != digest(published)
        if differs or self._saved.get(path) != _outputs(notebook):
            _drop_outputs(notebook)
        if published is not None and not differs:
            _dress(notebook, published)
        spec = notebook["metadata"].get("kernelspec")
        if not isinstance(spec, dict) or spec.get("name") not in self._kernels():
            notebook["metadata"]["kernelspec"] = dict(KERNEL)

    def _kernels(self) -> set[str]:
        """Names of the kernels that this server can start."""
        specs = getattr(self.parent, "kernel_spec_manager", None)
        return set(specs.find_kernel_specs()) if specs else {KERNEL["name"]}


def _shelved(path: str) -> dict[str, Any]:
    """A published chapter, in the shape of a file that cannot be written."""
    name = path.removeprefix(f"{SHELF}/")
    notebook = original(name)
    if notebook is None:
        raise HTTPError(404, f"no chapter {name!r} is published")
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    now = datetime.now(UTC)
    facts = {"name": name, "path": path, "type": "notebook", "format": "json", "content": notebook}
    dates = {"created": now, "last_modified": now, "mimetype": None, "size": None}
    return facts | dates | {"writable": False, "hash": None, "hash_algorithm": None}


def _dress(notebook: dict[str, Any], published: dict[str, Any]) -> None:
    """
    Give the cells the marks of the published ones, locks among them.

    A slip of the mouse folds a part of the page away or makes a small window of it, and JupyterLab
    stores that; and other programs save copies without locks.
    """
    for cell, theirs in zip(notebook["cells"], published["cells"], strict=True):
        trusted = {key: cell["metadata"][key] for key in ["trusted"] if key in cell["metadata"]}
        cell["metadata"] = theirs["metadata"] | trusted


def _outputs(notebook: dict[str, Any]) -> str:
    """The outputs of a notebook as one text, to compare."""
    return json.dumps([cell.get("outputs") for cell in notebook["cells"]], sort_keys=True)


def _drop_outputs(notebook: dict[str, Any]) -> None:
    for cell in notebook["cells"]:
        if cell.get("cell_type") == "code":
            cell["outputs"], cell["execution_count"] = [], None
