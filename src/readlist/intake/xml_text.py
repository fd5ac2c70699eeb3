"""XML from outside, read so that it can do no harm: no entities, no external files, bounded in size and depth."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST = 200_000_000
"""Characters; the tree takes about ten times as much memory."""

_DEEPEST = 200


class XmlError(ValueError):
    """The text is no XML that can be read; the message says why, `line` where."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def parse_xml(text: str) -> "Element":
    """The root of the document.

    Raises:
        XmlError: it is broken, too large or too deep, or defines entities.
    """
    from xml.etree.ElementTree import ParseError, TreeBuilder  # noqa: PLC0415 - what defusedxml raises and fills

    from defusedxml.common import DefusedXmlException  # noqa: PLC0415 - for XML alone
    from defusedxml.ElementTree import DefusedXMLParser  # noqa: PLC0415 - likewise

    class Bounded(TreeBuilder):
        depth = 0

        def start(self, tag: str, attributes: "dict[str, str]", /) -> "Element":
            self.depth += 1
            if self.depth > _DEEPEST:
                raise XmlError(f"Elements lie more than {_DEEPEST} deep in each other.")
            return super().start(tag, attributes)

        def end(self, tag: str, /) -> "Element":
            self.depth -= 1
            return super().end(tag)

    if len(text) > LARGEST:
        raise XmlError(f"This XML has more than {LARGEST // 10**6} million characters.")
    parser = DefusedXMLParser(target=Bounded(), forbid_dtd=False, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(text)
        root: Element = parser.close()
    except ParseError as error:
        raise XmlError(f"The XML is broken: {str(error).partition(':')[0]}.", error.position[0]) from None
    except DefusedXmlException:
        raise XmlError("This XML defines entities, which can blow up; it was not read.") from None
    return root
