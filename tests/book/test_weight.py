"""What a page costs: `make weigh` shows the same figures."""

import pytest

from tools.weigh import Weight, heaviest, weigh

# Kilobytes of the first visit and of the next page, milliseconds to the first paint on a slow processor.
FIRST, FOLLOWING, PAINT = 600, 100, 1000


def too_heavy(weight: Weight) -> list[str]:
    limits = {"first": FIRST, "following": FOLLOWING, "paint": PAINT}
    return [name for name, limit in limits.items() if getattr(weight, name) > limit]


@pytest.mark.alone
@pytest.mark.parametrize("order", [1, -1], ids=["the heaviest first", "the heaviest second"])
def test_the_heaviest_pages_are_light_and_quick(order, book, serve, browser):
    first, following = heaviest(book)[:2][::order]
    weight = weigh(browser, book, serve(book), first, following)
    print(f"{first}, then {following}: {weight}")
    assert too_heavy(weight) == [], weight


def test_a_heavy_page_would_be_caught(tmp_path, serve, browser):
    noise = "".join(chr(33 + (position * position * 7919) % 90) for position in range(2000))
    (tmp_path / "heavy.css").write_text("/*" + noise * 500 + "*/")
    (tmp_path / "font.woff2").write_bytes(b"x" * 700_000)
    face = "<style>@font-face { font-family: f; src: url(font.woff2) } p { font-family: f }</style>"
    (tmp_path / "heavy.html").write_text(
        f"<title>t</title><link rel=stylesheet href=heavy.css>{face}<p>words"
    )
    weight = weigh(browser, tmp_path, serve(tmp_path), "heavy", "heavy")
    assert "first" in too_heavy(weight)
    assert weight.requests >= 3
    assert too_heavy(Weight(1, FOLLOWING + 1, 1, PAINT + 1)) == ["following", "paint"]
