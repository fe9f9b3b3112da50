"""Where the book is: the pages that a verdict names become links where its address is known."""

import os
import re

PAGE = re.compile(r"chapters/[\w/-]+\.html")


def with_links(text: str) -> str:
    """The HTML text with each page of the book as a link, if the environment says where the book is.

    CONVOLUTION_BOOK holds its address, such as http://localhost:8000/; `make serve` sets it.

    >>> os.environ["CONVOLUTION_BOOK"] = "http://localhost:8000"
    >>> with_links("Read chapters/conv/stride.html.")
    'Read <a href="http://localhost:8000/chapters/conv/stride.html">chapters/conv/stride.html</a>.'
    >>> del os.environ["CONVOLUTION_BOOK"]
    >>> with_links("Read chapters/conv/stride.html.")
    'Read chapters/conv/stride.html.'
    """
    home = os.environ.get("CONVOLUTION_BOOK", "").rstrip("/")
    if not re.fullmatch(r"(https?|file)://[^\s\"'<>]+", home):
        return text
    return PAGE.sub(lambda page: f'<a href="{home}/{page[0]}">{page[0]}</a>', text)
