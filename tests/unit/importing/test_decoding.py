"""Files in the encodings that spreadsheets write become text."""

import codecs

import pytest

from onair.importing.decoding import MAX_BYTES, decode, unfolded
from onair.importing.notes import UnreadableError


@pytest.mark.parametrize(
    ("data", "want"),
    [
        pytest.param("Größe".encode(), "UTF-8", id="UTF-8"),
        pytest.param("Größe".encode("utf-8-sig"), "UTF-8", id="UTF-8 with a mark"),
        pytest.param("Größe".encode("cp1252"), "Windows-1252", id="Windows"),
        pytest.param("Größe".encode("utf-16"), "UTF-16", id="UTF-16"),
        pytest.param(
            codecs.BOM_UTF16_BE + "Größe".encode("utf-16-be"), "UTF-16", id="UTF-16, big end first"
        ),
    ],
)
def test_decode(data: bytes, want: str) -> None:
    """The text is the same in every encoding, and the encoding is told."""
    assert decode(data) == ("Größe", want)


@pytest.mark.parametrize(
    ("data", "want"),
    [
        pytest.param(b"x" * (MAX_BYTES + 1), "more than 4 MiB", id="long"),
        pytest.param(b"PK\x03\x04\0\0", "is not text; save it as CSV", id="a spreadsheet"),
        pytest.param(b"\xff\xfe\x00", "is not text in utf-16", id="half a letter"),
        pytest.param(b"\x81\xe9", "byte 1 of the file is not text", id="no letter of Windows"),
    ],
)
def test_no_text(data: bytes, want: str) -> None:
    """What is no text is refused, with what would be right."""
    with pytest.raises(UnreadableError, match=want):
        decode(data)


@pytest.mark.parametrize("encoding", [pytest.param(each, id=each) for each in ("utf-8", "utf-16")])
def test_unfolded(encoding: str) -> None:
    """A fold of a calendar goes before letters are read, also within one."""
    assert decode(unfolded("Größe".encode(encoding)))[0] == "Größe"
    folded = "Größe".encode()[:3] + b"\r\n " + "Größe".encode()[3:]
    assert decode(unfolded(folded)) == ("Größe", "UTF-8")
