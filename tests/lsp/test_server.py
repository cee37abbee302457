"""The server as a process, driven as an editor does."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from lsprotocol import types

from fixer.report import DOCS
from tests import warm
from tests.lsp.editor import COMMAND, PROGRAM, ROOT, Editor, applied, capabilities, offset_of

ROLE = """\
# the 😀 of orders
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: 'orders-😀'  # asked for by nobody
      AssumeRolePolicyDocument: {}
Outputs:
  RoleArn:
    Value: !GetAtt Role.Arn
  RoleName:
    Value: !Ref Role
"""
REPAIRED = ROLE.replace("      RoleName: 'orders-😀'  # asked", "      # asked")
UNSAFE = ROLE.replace(
    "Outputs:\n", "Outputs:\n  Pattern:\n    Value: !Sub 'arn:aws:iam::${AWS::AccountId}:role/orders-*'\n"
)
JSON = """\
{
  "Resources": {
    "Role": {
      "Type": "AWS::IAM::Role",
      "Properties": {"RoleName": "orders", "AssumeRolePolicyDocument": {}}
    }
  }
}
"""
ONLY = ".cfnfix.toml", 'select = ["explicit-iam-name"]\nvalidate = "none"\n'

Play = Callable[[Editor, str], Awaitable[None]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ONLY[0]).write_text(ONLY[1])
    return tmp_path


def play(scene: Callable[[Editor], Awaitable[None]]) -> None:
    """Run a scene with an editor, which is ended in any case."""

    async def run() -> None:
        editor = Editor(warm.command(PROGRAM))
        try:
            await asyncio.wait_for(scene(editor), 120)
            await editor.end()
        finally:
            server = editor._server
            if server is not None and server.returncode is None:
                server.kill()

    asyncio.run(run())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_formatting(folder: Path, encoding: str, end: str) -> None:
    async def scene(editor: Editor) -> None:
        await editor.begin(folder, can=capabilities([types.PositionEncodingKind(encoding)]))
        assert editor.encoding == encoding
        uri = (folder / "t.yaml").as_uri()
        editor.open(uri, ROLE.replace("\n", end))
        _, edits = await editor.format(uri)
        assert applied(editor.texts[uri], edits, encoding) == REPAIRED.replace("\n", end)
        touched = sum(edit.range.end.line - edit.range.start.line + 1 for edit in edits)
        assert touched <= 2, "only the line of the name"
        params = types.WillSaveTextDocumentParams(
            types.TextDocumentIdentifier(uri), types.TextDocumentSaveReason.Manual
        )
        assert await editor.text_document_will_save_wait_until_async(params) == tuple(edits)
        params.reason = types.TextDocumentSaveReason.AfterDelay
        assert not await editor.text_document_will_save_wait_until_async(params), "never while somebody types"

    play(scene)


def test_without_a_final_newline_and_with_strange_line_breaks(folder: Path) -> None:
    """Python, and pygls, also break lines at U+2028; editors do not."""
    text = 'Description: "a\u2028b\u0085c"\n' + ROLE[:-1]

    async def scene(editor: Editor) -> None:
        await editor.begin(folder)
        uri = (folder / "t.yaml").as_uri()
        editor.open(uri, text)
        editor.put(uri, "'orders", "'my-orders")
        _, edits = await editor.format(uri)
        assert applied(editor.texts[uri], edits) == text.replace(ROLE[:-1], REPAIRED[:-1])

    play(scene)


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: v1\nkind: Service\n",
        "Resources: [a, b]\n",
        "Resources:\n  A: {Type: AWS::S3::Bucket\n",
        "\tResources:\n  Type: AWS::S3::Bucket",
        "Resources: \ud83d\n",
        "",
    ],
)
def test_broken_and_foreign_files_are_left_in_peace(folder: Path, text: str) -> None:
    async def scene(editor: Editor) -> None:
        await editor.begin(folder)
        uri = (folder / "t.yaml").as_uri()
        editor.open(uri, text)
        assert (await editor.format(uri))[1] == []
        assert await editor.hover(uri, "") == ""
        assert await editor.actions(uri, "") == []
        published = await editor.until(lambda: editor.latest(uri))
        broken = [one.code for one in published.diagnostics]
        assert broken == (["invalid-template"] if "AWS::" in text else []), "only what means to be a template is told"
        assert editor.messages == []

    play(scene)


def test_diagnostics_as_one_types(folder: Path) -> None:
    async def scene(editor: Editor) -> None:
        await editor.begin(folder)
        uri = (folder / "t.yaml").as_uri()
        editor.open(uri, UNSAFE)
        (found,) = await editor.diagnostics(uri)
        assert (found.code, found.severity) == ("explicit-iam-name", types.DiagnosticSeverity.Information)
        assert found.code_description is not None
        assert found.code_description.href == DOCS.format(name="explicit-iam-name")
        assert "Outputs.Pattern.Value" in found.message
        text = editor.texts[uri]
        marked = text[offset_of(text, found.range.start, "utf-16") : offset_of(text, found.range.end, "utf-16")]
        assert marked == "RoleName: 'orders-😀'"
        before = len(editor.published)
        for letter in "abcdefgh":
            editor.put(uri, "role/", f"role/{letter}")
        (found,) = await editor.diagnostics(uri)
        assert found.severity is types.DiagnosticSeverity.Warning, "safe now"
        assert len(editor.published) - before <= 3, "not for every letter"
        editor.put(uri, "      RoleName: 'orders-😀'", "     ")
        await editor.until(lambda: editor.latest(uri).version == editor.versions[uri])  # type: ignore[union-attr]
        assert not editor.latest(uri).diagnostics  # type: ignore[union-attr]
        editor.close(uri)
        await editor.until(lambda: editor.latest(uri).version is None)  # type: ignore[union-attr]

    play(scene)


def test_an_outdated_format_is_dropped(folder: Path) -> None:
    async def scene(editor: Editor) -> None:
        await editor.begin(folder)
        uri = (folder / "t.yaml").as_uri()
        editor.open(uri, ROLE)
        request = asyncio.ensure_future(editor.format(uri))
        await asyncio.sleep(0)
        editor.put(uri, "# the", "# not the")
        _, edits = await request
        assert applied(ROLE, edits) in (ROLE, REPAIRED), "nothing, or what was asked for"
        _, edits = await editor.format(uri)
        assert applied(editor.texts[uri], edits) == REPAIRED.replace("# the", "# not the")

    play(scene)


@pytest.mark.parametrize("resolve", [True, False])
def test_code_actions(folder: Path, resolve: bool) -> None:
    async def scene(editor: Editor) -> None:
        result = await editor.begin(folder, can=capabilities(resolve=resolve))
        provider = result.capabilities.code_action_provider
        assert isinstance(provider, types.CodeActionOptions)
        assert list(provider.code_action_kinds or []) == ["quickfix", "source.fixAll.cfnfix"]
        uri = (folder / "t.yaml").as_uri()
        editor.open(uri, ROLE)
        found = {action.title: action for action in await editor.actions(uri, "orders-")}
        assert list(found) == [
            "Remove RoleName (replaces the resource)",
            "Ignore explicit-iam-name here",
            "Fix all safely fixable problems of cfnfix (1)",
        ]
        fix, ignore, every = found.values()
        assert all((action.edit is None) == resolve for action in found.values())
        assert fix.diagnostics
        assert fix.diagnostics[0].code == "explicit-iam-name"
        assert await editor.taken(uri, fix) == await editor.taken(uri, every) == REPAIRED
        said = "# cfnfix: ignore[explicit-iam-name] asked for by nobody"
        assert await editor.taken(uri, ignore) == ROLE.replace("# asked for by nobody", said)
        assert [action.kind for action in await editor.actions(uri, "Outputs")] == ["source.fixAll.cfnfix"]
        (only,) = await editor.actions(uri, "orders-", ["source.fixAll"])
        assert only.kind == "source.fixAll.cfnfix"
        assert len(await editor.actions(uri, "orders-", ["quickfix"])) == 2
        assert await editor.actions(uri, "orders-", ["refactor"]) == []

    play(scene)


def test_unsafe_fixes_are_offered_one_by_one_and_never_made_on_save(folder: Path) -> None:
    (folder / ".cfnfix.toml").write_text(ONLY[1] + "unsafe-fixes = true\n")

    async def scene(editor: Editor) -> None:
        await editor.begin(folder)
        uri = (folder / "t.yaml").as_uri()
        editor.open(uri, UNSAFE)
        assert (await editor.format(uri))[1] == []
        fix, ignore = await editor.actions(uri, "orders-")
        assert fix.title == "Remove RoleName (unsafe, replaces the resource)"
        assert fix.is_preferred is None
        assert "RoleName:" not in (await editor.taken(uri, fix)).partition("Outputs:")[0]
        assert "ignore[explicit-iam-name]" in await editor.taken(uri, ignore)

    play(scene)


def test_one_fix_alone_and_all_of_a_kind(folder: Path) -> None:
    two = ROLE.replace(
        "Outputs:", "  Other:\n    Type: AWS::IAM::Group\n    Properties:\n      GroupName: g\n      Path: /\nOutputs:"
    )

    async def scene(editor: Editor) -> None:
        await editor.begin(folder)
        uri = (folder / "t.yaml").as_uri()
        editor.open(uri, two)
        found = {action.title: action for action in await editor.actions(uri, "GroupName")}
        alone = await editor.taken(uri, found["Remove GroupName (replaces the resource)"])
        assert alone == two.replace("      GroupName: g\n", "")
        kind = await editor.taken(uri, found["Fix all explicit-iam-name (2)"])
        assert kind == alone.replace("      RoleName: 'orders-😀'  # asked", "      # asked")

    play(scene)


def test_ignore_in_json(folder: Path) -> None:
    async def scene(editor: Editor) -> None:
        await editor.begin(folder)
        uri = (folder / "t.json").as_uri()
        editor.open(uri, JSON, "json")
        found = {action.title: action for action in await editor.actions(uri, '"RoleName"')}
        after = await editor.taken(uri, found["Ignore explicit-iam-name here"])
        assert json.loads(after)["Resources"]["Role"]["Metadata"] == {"cfnfix": {"ignore": ["explicit-iam-name"]}}
        editor.replace(uri, 0, len(JSON), after)
        assert (await editor.format(uri))[1] == []

    play(scene)


def test_ignores_where_a_comment_is_there_or_cannot_be(folder: Path) -> None:
    async def ignored(editor: Editor, number: int, text: str) -> str:
        uri = (folder / f"{number}.yaml").as_uri()
        editor.open(uri, text)
        found = {action.title: action for action in await editor.actions(uri, "RoleName:")}
        return await editor.taken(uri, found["Ignore explicit-iam-name here"])

    async def scene(editor: Editor) -> None:
        await editor.begin(folder)
        bare = ROLE.replace("  # asked for by nobody", "")
        said = "'orders-😀'  # cfnfix: ignore[explicit-iam-name]\n"
        assert await ignored(editor, 1, bare) == bare.replace("'orders-😀'\n", said)
        other = bare.replace("'orders-😀'\n", "'orders-😀'  # cfnfix: ignore[a] b\n")
        assert await ignored(editor, 2, other) == other.replace("[a]", "[explicit-iam-name, a]")
        long = bare.replace("'orders-😀'\n", "'orders\n        name'\n")
        assert "ignore:\n" in await ignored(editor, 3, long), "metadata, as a comment would become part of the name"

    play(scene)


def test_hover(folder: Path) -> None:
    async def scene(editor: Editor) -> None:
        await editor.begin(folder)
        uri = (folder / "t.yaml").as_uri()
        editor.open(uri, ROLE)
        told = await editor.hover(uri, "orders-")
        assert told.startswith(f"**[explicit-iam-name]({DOCS.format(name='explicit-iam-name')})**")
        assert "Fix: Remove RoleName (safe, replaces the resource)" in told
        assert [part in told for part in ("**Why**", "**Safety**", "**Impact**", "**Repair**")] == [
            True,
            True,
            True,
            False,
        ]
        assert "CAPABILITY_NAMED_IAM" in told
        assert await editor.hover(uri, "Outputs") == ""

    play(scene)


def test_each_workspace_folder_has_its_settings(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    override = "[[overrides]]\npaths = ['legacy/**']\nignore = ['all']\n"
    for each, content in ((one, ONLY[1] + override), (other, 'ignore = ["all"]\n')):
        each.mkdir()
        (each / ".cfnfix.toml").write_text(content)

    async def scene(editor: Editor) -> None:
        await editor.begin(one, other)
        for each in (one, other, one / "legacy"):
            editor.open((each / "t.yaml").as_uri(), ROLE)
        assert not (await editor.format((one / "legacy" / "t.yaml").as_uri()))[1]
        assert (await editor.format((one / "t.yaml").as_uri()))[1]
        assert not (await editor.format((other / "t.yaml").as_uri()))[1]
        (other / ".cfnfix.toml").write_text(ONLY[1] + "# new\n")
        if types.WORKSPACE_DID_CHANGE_WATCHED_FILES in await editor.until(lambda: editor.registered):
            event = types.FileEvent((other / ".cfnfix.toml").as_uri(), types.FileChangeType.Changed)
            editor.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        assert await editor.diagnostics((other / "t.yaml").as_uri())
        assert (await editor.format((other / "t.yaml").as_uri()))[1]

    play(scene)


def test_the_settings_of_the_editor(folder: Path) -> None:
    (folder / ".cfnfix.toml").write_text('select = ["all"]\nvalidate = "none"\n')

    async def scene(editor: Editor) -> None:
        await editor.begin(folder, options={"select": ["missing-parameter-outputs"]})
        uri = (folder / "t.yaml").as_uri()
        editor.open(uri, ROLE)
        assert (await editor.format(uri))[1] == []
        told = {"cfnfix": {"select": ["explicit-iam-name"], "trace": {"server": "off"}}}
        editor.workspace_did_change_configuration(types.DidChangeConfigurationParams(told))
        assert await editor.diagnostics(uri)
        assert (await editor.format(uri))[1]
        told = {"cfnfix": {"select": ["explicit-iam-name"], "maxImpact": "no-interruption"}}
        editor.workspace_did_change_configuration(types.DidChangeConfigurationParams(told))
        assert (await editor.format(uri))[1] == [], "the name's removal replaces the role"
        told = {"cfnfix": {"select": ["explicit-iam-names"]}}
        editor.workspace_did_change_configuration(types.DidChangeConfigurationParams(told))
        assert (await editor.format(uri))[1] == [], "with wrong settings nothing is repaired"
        (message,) = await editor.until(lambda: editor.messages)
        assert "did you mean explicit-iam-name?" in message

    play(scene)


def test_the_editor_is_asked_for_its_settings(folder: Path) -> None:
    (folder / ".cfnfix.toml").unlink()

    async def scene(editor: Editor) -> None:
        editor.settings = {
            folder.as_uri(): {"select": ["explicit-iam-name"]},
            None: {"select": ["missing-parameter-outputs"]},
        }
        await editor.begin(folder, can=capabilities(ask=True))
        uri = (folder / "t.yaml").as_uri()
        editor.open(uri, ROLE)
        await editor.until(lambda: editor.latest(uri))
        await editor.until(lambda: [one.code for one in editor.latest(uri).diagnostics] == ["explicit-iam-name"])  # type: ignore[union-attr]
        editor.settings = {None: {"ignore": ["all"]}}
        editor.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await editor.until(lambda: not editor.latest(uri).diagnostics)  # type: ignore[union-attr]

    play(scene)


def test_a_first_save_waits_for_the_settings_of_the_editor(folder: Path) -> None:
    async def scene(editor: Editor) -> None:
        editor.settings, editor.thinks = {None: {"ignore": ["all"]}}, 0.5
        await editor.begin(folder, can=capabilities(ask=True))
        uri = (folder / "t.yaml").as_uri()
        editor.open(uri, ROLE)
        assert (await editor.format(uri))[1] == []
        assert await editor.actions(uri, "orders-") == []

    play(scene)


def test_wrong_settings_file(folder: Path) -> None:
    (folder / ".cfnfix.toml").write_text("selct = []\n")

    async def scene(editor: Editor) -> None:
        await editor.begin(folder)
        uri = (folder / "t.yaml").as_uri()
        editor.open(uri, ROLE)
        for _ in range(3):
            assert (await editor.format(uri))[1] == []
        (message,) = await editor.until(lambda: editor.messages)
        assert "selct" in message
        assert ".cfnfix.toml" in message

    play(scene)


def test_what_the_settings_exclude_is_left_in_peace(folder: Path) -> None:
    (folder / ".cfnfix.toml").write_text('exclude = ["old/"]\n')

    async def scene(editor: Editor) -> None:
        await editor.begin(folder)
        broken, excluded, other = ((folder / name).as_uri() for name in ("old/b.yaml", "old/a.yaml", "a.yaml"))
        editor.open(broken, ROLE + "\t- x\n")
        editor.open(excluded, ROLE)
        editor.open(other, ROLE)
        assert (await editor.format(excluded))[1] == []
        assert (await editor.format(other))[1]
        await editor.diagnostics(other)
        assert not [one.uri for one in editor.published if one.uri in (broken, excluded) and one.diagnostics]

    play(scene)


def test_unsaved_documents(tmp_path: Path) -> None:
    async def scene(editor: Editor) -> None:
        await editor.begin()
        editor.open("untitled:Untitled-1", ROLE)
        _, edits = await editor.format("untitled:Untitled-1")
        assert "RoleName: 'orders" not in applied(ROLE, edits)

    play(scene)


def test_it_ends(folder: Path) -> None:
    """By shutdown and exit while work goes on, and when the editor is gone without a word."""

    async def scene(editor: Editor) -> None:
        await editor.begin(folder)
        editor.open((folder / "t.yaml").as_uri(), ROLE)

    play(scene)
    server = subprocess.run(COMMAND, input=b"", capture_output=True, timeout=60, cwd=ROOT, check=False)
    assert server.stdout == b""


def test_the_subcommand() -> None:
    done = subprocess.run([sys.executable, "-m", "fixer", "lsp", "--help"], capture_output=True, text=True, cwd=ROOT)
    assert "standard input and output" in done.stdout


def test_a_new_settings_file_counts_even_if_the_editor_does_not_tell(folder: Path) -> None:
    (folder / ".cfnfix.toml").write_text('ignore = ["all"]\n')

    async def scene(editor: Editor) -> None:
        await editor.begin(folder)
        uri = (folder / "t.yaml").as_uri()
        editor.open(uri, ROLE)
        await editor.until(lambda: editor.latest(uri))
        assert (await editor.format(uri))[1] == []
        (folder / ".cfnfix.toml").write_text(ONLY[1])
        assert (await editor.format(uri))[1]

    play(scene)
