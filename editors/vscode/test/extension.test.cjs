// The built extension against the real server; only the editor is a stand-in. CFNFIX_PYTHON: a Python that has cfnfix.

const assert = require("node:assert");
const { mkdtempSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { test, after, before } = require("node:test");
const editor = require("./vscode.cjs");

const python = process.env.CFNFIX_PYTHON;
const folder = mkdtempSync(join(tmpdir(), "cfnfix-"));
const TEMPLATE = `# 😀
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: '😀-orders'  # asked for by nobody
      AssumeRolePolicyDocument: {}
`;
const REPAIRED = TEMPLATE.replace("      RoleName: '😀-orders'  # asked", "      # asked");
const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };
const context = { extensionPath: join(__dirname, ".."), subscriptions: [] };
const { seen } = editor;
let extension;

before(async () => {
  writeFileSync(join(folder, ".cfnfix.toml"), 'select = ["explicit-iam-name"]\nvalidate = "none"\n');
  Object.assign(editor.settings, { "cfnfix.path": join(folder, "nowhere"), "cfnfix.args": ["lsp"] });
  extension = editor.load();
  await extension.activate(context);
});

after(() => extension.deactivate());

test("without cfnfix it says so, once, and what to do", () => {
  assert.equal(seen.messages.length, 1);
  assert.match(seen.messages[0], /nowhere is not found\. Install cfnfix, or say in the settings where it is/);
});

test("with the real server", { skip: python ? false : "CFNFIX_PYTHON is not set" }, async (t) => {
  await editor.set({ "cfnfix.interpreter": python });
  const template = await editor.open(join(folder, "template.yaml"), TEMPLATE);
  const found = () => seen.diagnostics.get(template.uri.toString());

  await t.test("findings are shown", async () => {
    const [finding] = await editor.until(() => found()?.length && found(), "diagnostics");
    assert.equal(finding.code.value ?? finding.code, "explicit-iam-name");
    assert.deepEqual({ ...finding.range.start }, { line: 5, character: 6 });
  });

  await t.test("it formats templates, and only them", async () => {
    const other = await editor.open(join(folder, "compose.yaml"), "services: {}\n");
    const settings = await editor.open(join(folder, "package.json"), "{}\n", "json");
    assert.equal(editor.formatters(other).length + editor.formatters(settings).length, 0);
    const [formatter] = editor.formatters(template);
    const edits = await formatter.provideDocumentFormattingEdits(template, { tabSize: 2, insertSpaces: true }, token);
    assert.equal(editor.applied(template, edits), REPAIRED);
    await editor.type(other, TEMPLATE);
    assert.equal(editor.formatters(other).length, 1, "it has become a template");
    await editor.close(other);
    assert.equal(editor.formatters(other).length, 0);
  });

  await t.test("it is there for codeActionsOnSave", async () => {
    const [{ provider }] = seen.actions;
    const start = new editor.vscode.Position(0, 0);
    const only = new editor.vscode.CodeActionKind("source.fixAll.cfnfix");
    const actions = await provider.provideCodeActions(template, new editor.vscode.Range(start, start), { diagnostics: [], only, triggerKind: 1 }, token);
    assert.deepEqual(actions.map((one) => one.kind.value), ["source.fixAll.cfnfix"]);
    const { edit } = await provider.resolveCodeAction(actions[0], token);
    const [[uri, edits]] = edit.entries;
    assert.equal(uri.toString(), template.uri.toString());
    assert.equal(editor.applied(template, edits.map((one) => (Array.isArray(one) ? one[0] : one))), REPAIRED);
  });

  await t.test("a save by itself changes nothing: that is for the user's settings", async () => {
    assert.deepEqual(await editor.willSave(template), []);
  });

  await t.test("settings of the editor count", async () => {
    await editor.set({ "cfnfix.ignore": ["explicit-iam-name"] });
    await editor.until(() => !found()?.length, "no findings any more");
    await editor.set({ "cfnfix.ignore": null });
    await editor.until(() => found()?.length, "findings again");
  });

  await t.test("it starts anew", async () => {
    seen.diagnostics.clear();
    await seen.commands.get("cfnfix.restart")();
    await editor.until(() => found()?.length, "diagnostics of the new server");
    assert.equal(seen.messages.length, 1, "nothing popped up");
  });
});
