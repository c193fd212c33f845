"""The page on lint shows the file whose mistakes it prints."""

from tests.docs.pages import DOCS, blocks


def test_the_file_is_shown() -> None:
    """The block above the output is the file itself."""
    assert blocks(DOCS / "lint.md", "text") == [(DOCS / "mistakes.yaml").read_text()]
