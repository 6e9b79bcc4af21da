"""The one way XML is parsed in intake: nothing is fetched, expanded or guessed, and attacks are refused (INT-03).

Any document type or entity declaration is refused before parsing, in whatever encoding it is written, because every
known attack by XML entities needs one.
"""

import re

from lxml import etree

from craffu.intake.refused import Unfit, safe_to_show

_DECLARED = re.compile(rb"""\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]*\?>")
_DOCUMENT_TYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_READ = frozenset({"utf-8", "us-ascii", "iso-8859-1", "windows-1252"})
_LONGEST_NAME = 60
_RESOURCE_LIMIT = 114  # XML_ERR_RESOURCE_LIMIT of libxml2: text, depth or names beyond its bounds
_UTF_32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")


def parse_xml(data: bytes) -> etree._Element:
    """The root element, or `Unfit` with the line where reading stopped.

    Comments and processing instructions are dropped, so they never split a value in two.
    """
    return parse_xml_text(decode_xml(data))


def parse_xml_text(text: str) -> etree._Element:
    """As `parse_xml`, for text already decoded; what it declares about its own encoding is ignored."""
    if declared := _DOCUMENT_TYPE.search(text):
        raise Unfit("document_type_declared", line=_line_at(text, declared.start()))
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise _syntax(error, text) from None
    refuse_document_type(root)
    return root


def refuse_document_type(root: etree._Element) -> None:
    """The second lock: what the parser itself says about the document."""
    about = root.getroottree().docinfo
    if about.internalDTD is not None or about.externalDTD is not None:
        raise Unfit("document_type_declared", line=1)


def decode_xml(data: bytes) -> str:
    """The text of an XML document by its byte order mark, or else by its declaration, or else UTF-8."""
    encoding = _encoding(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Unfit("text_damaged", line=line, found=encoding.removesuffix("-sig").upper()) from None


def without_declaration(text: str) -> str:
    """Decoded text without its XML declaration, so that it reads as UTF-8 again; no line moves."""
    return _DECLARATION.sub("", text, count=1)


def _encoding(data: bytes) -> str:
    if data.startswith(_UTF_32):
        raise Unfit("encoding_not_supported", found="UTF-32")
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data.startswith(b"<\x00"):
        return "utf-16-le"
    if data.startswith(b"\x00<"):
        return "utf-16-be"
    declared = _DECLARED.match(data)
    encoding = declared.group(1).decode("ascii").lower() if declared else "utf-8"
    if encoding not in _READ:
        raise Unfit("encoding_not_supported", found=safe_to_show(encoding.upper(), _LONGEST_NAME))
    return encoding


def _syntax(error: etree.XMLSyntaxError, text: str) -> Unfit:
    line = max(error.lineno or 1, 1)
    code = getattr(error, "code", None)
    if code == _RESOURCE_LIMIT:
        return Unfit("parser_limit", line=line)
    unfinished = code == etree.ErrorTypes.ERR_TAG_NOT_FINISHED or not text.rstrip().endswith(">")
    return Unfit("cut_short" if unfinished else "not_well_formed", line=line)


def _line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
