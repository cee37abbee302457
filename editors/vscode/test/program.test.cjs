// What needs no editor: which program is started, what is said if it does not start, what a template is.

const assert = require("node:assert");
const { tmpdir } = require("node:os");
const { test } = require("node:test");
const { problem, program } = require("../dist/program.js");
const { isTemplate } = require("../dist/template.js");

const places = { folder: "/work", home: "/home/me", env: { TOOLS: "/tools" } };
const settings = { path: "cfnfix", interpreter: "", args: ["lsp"] };

test("the program, or a Python that has it", () => {
  assert.deepEqual(program(settings, places), { command: "cfnfix", args: ["lsp"] });
  assert.deepEqual(program({ ...settings, path: " " }, places, ["--version"]), { command: "cfnfix", args: ["--version"] });
  const interpreter = "${workspaceFolder}/.venv/bin/python";
  const found = program({ ...settings, interpreter }, places);
  assert.deepEqual(found, { command: "/work/.venv/bin/python", args: ["-m", "fixer", "lsp"] });
});

test("places are filled in", () => {
  const filled = (path) => program({ ...settings, path }, places).command;
  assert.equal(filled("~/bin/cfnfix"), "/home/me/bin/cfnfix");
  assert.equal(filled("${env:TOOLS}/cfnfix"), "/tools/cfnfix");
  assert.equal(filled("a~b"), "a~b");
});

test("what is wrong is said in words", async () => {
  const failing = (code) => problem({ command: process.execPath, args: ["-e", code] }, tmpdir());
  assert.equal(await failing(""), undefined);
  assert.match(await failing("console.error('No module named fixer'); process.exit(1)"), /not installed for .*node/);
  assert.match(await failing("console.error('one\\ntwo'); process.exit(3)"), /does not start: two$/);
  assert.match(await problem({ command: "/nowhere/cfnfix", args: [] }, tmpdir()), /is not found\. Install cfnfix/);
});

test("templates, and what is none", () => {
  for (const text of [
    "AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n",
    "Resources:\n  A:\n    Type: AWS::S3::Bucket\n",
    '{"Resources": {"A": {"Type": "Custom::Thing"}}}',
  ]) {
    assert.ok(isTemplate(text), text);
  }
  for (const text of ["", "services: {}\n", '{"Type": "AWS::S3::Bucket"}', "Resources: [cpu, memory]\n"]) {
    assert.ok(!isTemplate(text), text);
  }
});
