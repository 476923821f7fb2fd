"""Reads notebooks without the widget state that may be stored in them."""

from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager


class ChapterContents(AsyncLargeFileManager):
    """
    The usual file manager, minus ``metadata.widgets``.

    Stored widget state carries JavaScript that JupyterLab runs without asking for trust. Our
    widgets are made anew by the kernel, so nothing of ours is lost.
    """

    async def get(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Read a file or folder as the base class does, then drop stored widget state."""
        model: dict[str, Any] = await super().get(*args, **kwargs)
        if model["type"] == "notebook" and model["content"] is not None:
            model["content"]["metadata"].pop("widgets", None)
        return model
