"""What an import says is short, sorted, and safe for a terminal."""

from onair.importing.notes import Note, lines, quoted, safe


def test_lines() -> None:
    """Notes stand in the order of the file; the same note is said once with all its numbers."""
    said = [Note("no date", "line", n, left_out=True) for n in (9, 3, 5, 4)]
    said += [Note("unknown", "column", 2), Note("read as UTF-16"), Note("odd", "line", 1)]
    assert list(lines(said)) == [
        "read as UTF-16",
        "column 2: unknown",
        "line 1: odd",
        "lines 3 to 5, 9 left out: no date",
    ]


def test_quoted() -> None:
    """What a file says is quoted in one short line, without signs that steer a terminal."""
    assert quoted("a\n b\x1b[31m") == r"'a b\x1b[31m'"
    assert quoted("x" * 61) == f"'{'x' * 57}...'"


def test_safe() -> None:
    """A message is one line of bounded length, without signs that steer a terminal."""
    assert safe("Größe\x1b[31m\nred") == r"Größe\x1b[31m\nred"
    assert safe("x" * 2001) == "x" * 2000 + "..."
    assert list(lines([Note("\x1b", "line", 1), Note("\x1b")])) == [r"\x1b", r"line 1: \x1b"]
