"""Text of others on a terminal."""


def one_line(text: str) -> str:
    """Return text in which nothing moves the cursor, colours, breaks a line or turns it around.

    What Python does not call printable is replaced: control characters, line separators and the
    marks of bidirectional text. https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
    """
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)
