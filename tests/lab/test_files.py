"""Files in a folder that others may write to, and names of folders on network drives."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from kdebate.lab import files


@pytest.mark.parametrize(
    ("given", "resolved", "used"),
    [
        (r"H:\me", r"\\server\share\me", r"H:\me"),
        (r"C:\me", r"C:\me", r"C:\me"),
        (r"C:\link", r"D:\me", r"D:\me"),
        (r"\\server\share\me", r"\\server\share\me", r"\\server\share\me"),
    ],
    ids=["mapped drive", "disk", "link to another disk", "network address as given"],
)
def test_a_mapped_drive_keeps_its_letter(given, resolved, used):
    assert files.stable(PureWindowsPath(given), PureWindowsPath(resolved)) == PureWindowsPath(used)


def test_elsewhere_links_are_resolved():
    assert files.stable(PurePosixPath("/tmp/a"), PurePosixPath("/private/tmp/a")) == PurePosixPath(
        "/private/tmp/a"
    )


def test_folder_given_in_part_becomes_a_full_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert files.absolute(files.Path("mine")) == tmp_path.resolve() / "mine"


def test_a_link_is_not_read_and_is_replaced_when_written(tmp_path):
    victim, link = tmp_path / "victim", tmp_path / "link"
    victim.write_text("precious")
    link.symlink_to(victim)
    with pytest.raises(files.NotPlain):
        files.read_plain(link)
    files.write_plain(link, b"ours")
    assert (victim.read_text(), link.read_bytes(), link.is_symlink()) == (
        "precious",
        b"ours",
        False,
    )


def test_a_failed_write_leaves_nothing_behind(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        files.write_plain(tmp_path / "folder", b"ours")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_network_address_is_a_network_drive():
    assert files.network(PureWindowsPath(r"\\server\share\me")) == r"\\server\share"


def test_this_folder_is_not(tmp_path):
    assert files.network(tmp_path) == ""
