"""A lecturer's own copy of the article is shown in place; without one, a link."""

from kdebate.widgets import LocalCopy


def test_without_a_copy_there_is_a_link(tmp_path):
    shown = LocalCopy(tmp_path / "notebooks")
    assert "<details" not in shown._repr_html_()
    assert 'href="https://' in shown._repr_html_()
    assert "https://" in repr(shown)


def test_a_copy_is_found_beside_or_above_and_escaped(tmp_path):
    (tmp_path / "local").mkdir()
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "local" / "article.txt").write_text("One <b>bold</b> line.\n\nTwo.", "utf-8")
    for start in (tmp_path, tmp_path / "notebooks"):
        shown = LocalCopy(start)._repr_html_()
        assert "<p>One &lt;b&gt;bold&lt;/b&gt; line.</p><p>Two.</p>" in shown


def test_git_ignores_the_copy(root):
    assert "local/" in (root / ".gitignore").read_text("utf-8").splitlines()
