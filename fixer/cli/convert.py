"""YAML to JSON and back, through cfn-flip; and the proof that nothing but the spelling changed."""

from __future__ import annotations

from pathlib import Path

from fixer.engine.size import check_size, size_note
from fixer.model import CfnfixError
from fixer.syntax.parse import parse

_FORMATS = {".json": "json", ".yaml": "yaml", ".yml": "yaml"}


def convert(text: str, target: Path) -> tuple[str, str]:
    """``text`` in the format that the extension of ``target`` says, and a note on what was lost by it, or ``""``.

    An extension that says neither YAML nor JSON leaves the text as it is.
    Raises CfnfixError where cfn-flip would change the meaning.
    """
    wanted = _FORMATS.get(target.suffix.lower())
    braces = text.lstrip("\ufeff \t\r\n").startswith("{")
    if wanted is None or (wanted == "yaml" and not braces):
        return text, ""
    document = parse(text)
    if document.format == wanted:
        return text, ""
    import cfn_flip  # late: only this needs it

    plain = text.lstrip("\ufeff")
    try:
        flipped = cfn_flip.flip(plain, in_format=document.format, out_format=wanted)
        flipped += "" if flipped.endswith("\n") else "\n"
        flipped.encode("utf-8")
        same = parse(flipped).data == document.data
    except Exception as error:  # cfn-flip raises whatever its parsers raise
        raise CfnfixError(f"cfn-flip cannot convert this template to {wanted.upper()}: {error}") from error
    if not same:
        raise CfnfixError(
            f"cfn-flip's conversion to {wanted.upper()} would change what the template means; nothing was written"
        )
    check_size(text, flipped, ())
    lost = "; its comments are lost, as JSON has none" if document.comments else ""
    large = size_note("", flipped) if size_note("", text) == "" else ""
    return flipped, f"converted to {wanted.upper()} by cfn-flip{lost}" + (f". {large}" if large else "")
