"""Names in Python source, changed token by token: comments, strings and layout stay as they are."""

import io
import tokenize


def renamed(source: str, names: dict[str, str]) -> str:
    """The source with these names changed wherever they are names: not attributes, not keywords of a call.

    >>> renamed("def pad(x):\\n    return np.pad(x, pad=1) + pad(x)  # pad", {"pad": "pad_ps05"})
    'def pad_ps05(x):\\n    return np.pad(x, pad=1) + pad_ps05(x)  # pad'
    """
    if not names:
        return source
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    lines = source.split("\n")
    for place in reversed(range(len(tokens))):
        token = tokens[place]
        if token.type == tokenize.NAME and token.string in names and _is_name(tokens, place):
            row, start = token.start
            line = lines[row - 1]
            lines[row - 1] = line[:start] + names[token.string] + line[token.end[1] :]
    return "\n".join(lines)


def _is_name(tokens: list[tokenize.TokenInfo], place: int) -> bool:
    before, after = tokens[place - 1].string if place else "", tokens[place + 1].string
    return before != "." and not (after == "=" and before in ("(", ","))
