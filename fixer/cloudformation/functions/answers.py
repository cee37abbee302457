"""What is to stand inline for the functions of a template: their source, a placeholder, or the reason why nothing.

Nothing here goes to the network: who wants sources from S3 hands in what reads them.
"""

from __future__ import annotations

from fixer.cloudformation.functions.callers import takes_events
from fixer.cloudformation.functions.functions import PackagedFunction
from fixer.cloudformation.functions.languages import Handler, Language, language_of, parse_handler
from fixer.cloudformation.functions.objects import S3Object, s3_object
from fixer.cloudformation.functions.placeholders import Called, placeholder
from fixer.cloudformation.functions.source_tree import Tree, walk_tree
from fixer.cloudformation.functions.sources import Source, Unusable, Wanted, find_source, package_names, source_in
from fixer.cloudformation.intrinsics import intrinsic
from fixer.cloudformation.template import Template
from fixer.model import Fetch, Unfetched


def answers(
    template: Template, functions: list[PackagedFunction], root: str | None, fetch: Fetch | None = None
) -> dict[str, Source | str]:
    """By logical id, the code to inline or the reason why there is none.

    ``root``: the folder with sources, if any; ``fetch``: reads packages that are in S3, where no source is at hand.
    """
    tree = walk_tree(root) if root is not None else None
    found = {function.id: _answer(template, function, tree, fetch) for function in functions}
    return {function.id: _unrivalled(template, function, functions, found) for function in functions}


def _answer(template: Template, function: PackagedFunction, tree: Tree | None, fetch: Fetch | None) -> Source | str:
    """The code to inline, or the reason why there is none."""
    language = language_of(function.get("Runtime"))
    if language is None:
        runtime = function.get("Runtime")
        known = runtime if isinstance(runtime, str) else "not literal" if runtime else "missing"
        return f"only nodejs and python runtimes take inline code, and its Runtime is {known}"
    if function.get("CodeSigningConfigArn") is not None:
        return "its code signing configuration asks for a signed package, and inline code is not signed"
    if intrinsic(function.code) == "Fn::If":
        return "a condition chooses where its code comes from"
    handler = parse_handler(function.get("Handler"), language)
    if handler is None:
        return "its Handler is missing, or not a literal module and function"
    names = () if function.local is not None else package_names(function.key, template)
    wanted = Wanted(names, handler, language, function.local, function.get("Layers") is not None)
    found = find_source(tree, wanted) if tree is not None else None
    if isinstance(found, Unusable):
        return found.reason
    if function.local is None and found is None:
        place = s3_object(template, function) if fetch else None
        if fetch and place:
            return _fetched(place, wanted, fetch)
        return _placeholder(template, function, language, handler, bool(fetch))
    if function.local is None and found is not None:
        return found
    if found is None:
        return "its source is not at hand; aws cloudformation package would upload it"
    return Source(found.text, found.file, found.doubt or "aws cloudformation package would upload it")


def _fetched(place: S3Object, wanted: Wanted, fetch: Fetch) -> Source | str:
    """The code in an object in S3. It is the function's own, but where parameters may name another object."""
    try:
        content = fetch(place.bucket, place.key, place.version)
    except Unfetched as reason:
        return f"{place.address} cannot be fetched: {reason}"
    found = source_in(place.address, content, wanted)
    if isinstance(found, Unusable):
        return found.reason
    if not place.parameters:
        return found
    names = " and ".join(place.parameters)
    doubt = f"it is {place.address} by default, and a stack may set {names} otherwise"
    return Source(found.text, found.file, "; ".join(filter(None, (doubt, found.doubt))))


def _placeholder(
    template: Template, function: PackagedFunction, language: Language, handler: Handler, unknown: bool
) -> Source:
    """``unknown``: whether the package would have been fetched, had the template said where it is."""
    references = template.references_to(function.id)
    called = Called.FOR_AN_ANSWER
    if any(reference.path[2:4] == ("Properties", "ServiceToken") for reference in references):
        called = Called.BY_A_CUSTOM_RESOURCE
    elif takes_events(template, function.resource):
        called = Called.WITH_EVENTS
    text = placeholder(language, handler.function, function.where, called)
    why = ", and its place in S3 is known only when a stack is made" if unknown else ""
    return Source(text, "", f"its source is not at hand{why}: a placeholder would stand in for it")


def _unrivalled(
    template: Template, function: PackagedFunction, functions: list[PackagedFunction], answers: dict[str, Source | str]
) -> Source | str:
    """The answer for a function, unless the same file would be the code of another object as well."""
    answer = answers[function.id]
    if isinstance(answer, str) or not answer.file:
        return answer
    for other in functions:
        rival = answers[other.id]
        if not isinstance(rival, Source) or rival.file != answer.file or other.package == function.package:
            continue
        if answer.doubt or not rival.doubt:
            return f"{answer.file} may be the code of {other.id} as well, which is another object"
    if answer.doubt and function.local is None:
        for resource in template.resources.values():
            if answer.text in (resource.get("Code", "ZipFile"), resource.get("InlineCode")):
                return f"{answer.file} is the code of {resource.id} already"
    return answer
