"""Every class that a picture uses has its rule in style.css."""

import re

import pytest

from convviz.picture import style

from .reading import tree
from .samples import PICTURES


def without_rule(picture, css):
    """The classes of a picture that the style sheet does not know."""
    known = set(re.findall(r"\.(cv[\w-]*)", css)) | set(re.findall(r'\[class\*="(cv-value)"\]', css))
    used = {name for element in tree(picture).iter() for name in element.get("class", "").split()}
    return used - known


@pytest.mark.parametrize("name", PICTURES)
def test_every_class_has_its_rule(name):
    assert without_rule(PICTURES[name](), style()) == set()


def test_a_class_without_a_rule_would_be_seen():
    assert without_rule(PICTURES["curves"](), style().replace(".cv-series-2", "")) == {"cv-series-2"}


def test_with_forced_colours_fill_and_text_stay_together():
    assert re.search(r"\.cv,\.cv-svg\{forced-color-adjust:\s*none;?\}", style())
