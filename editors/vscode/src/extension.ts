/** cfnfix in VS Code: starts `cfnfix lsp` and lets the language client do the rest. */

import { homedir } from "node:os";
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions } from "vscode-languageclient/node";
import { NoFormatter, TemplateFormatter } from "./formatting";
import { problem, program, type Settings } from "./program";

const SELECTOR = ["yaml", "json", "cloudformation"].flatMap((language) =>
  ["file", "untitled"].map((scheme) => ({ language, scheme })),
);
/** Settings that say how the server is started. */
const STARTING = ["cfnfix.path", "cfnfix.interpreter", "cfnfix.args"];

let client: LanguageClient | undefined;
/** Starts and stops, one after the other. */
let queue: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("cfnfix", { log: true });
  const restart = () => (queue = queue.then(stop).then(() => start(context, output)));
  context.subscriptions.push(
    output,
    new TemplateFormatter(() => client, SELECTOR),
    vscode.commands.registerCommand("cfnfix.restart", restart),
    vscode.commands.registerCommand("cfnfix.showOutput", () => output.show()),
    vscode.commands.registerCommand("cfnfix.fixAll", () =>
      vscode.commands.executeCommand("editor.action.codeAction", { kind: "source.fixAll.cfnfix", apply: "first" }),
    ),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (STARTING.some((name) => event.affectsConfiguration(name))) {
        void restart();
      }
    }),
  );
  await restart();
}

export function deactivate(): Promise<void> {
  return (queue = queue.then(stop));
}

async function start(context: vscode.ExtensionContext, output: vscode.LogOutputChannel): Promise<void> {
  const told = vscode.workspace.getConfiguration("cfnfix");
  const settings: Settings = {
    path: told.get("path", "cfnfix"),
    interpreter: told.get("interpreter", ""),
    args: told.get("args", ["lsp"]),
  };
  const places = {
    folder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
    home: homedir(),
    env: process.env,
  };
  const cwd = context.extensionPath;
  const wrong = await problem(program(settings, places, ["--version"]), cwd);
  if (wrong !== undefined) {
    output.warn(wrong);
    void advise(wrong);
    return;
  }
  const server = { ...program(settings, places), options: { cwd } };
  output.info(`Starting ${[server.command, ...server.args].join(" ")}`);
  const options: LanguageClientOptions = {
    documentSelector: SELECTOR,
    outputChannel: output,
    diagnosticCollectionName: "cfnfix",
    middleware: {
      // editor.formatOnSave and editor.codeActionsOnSave say what a save does here
      willSaveWaitUntil: () => Promise.resolve([]),
    },
  };
  const next = new LanguageClient("cfnfix", "cfnfix", server, options);
  next.registerFeature(new NoFormatter());
  try {
    await next.start();
    client = next;
  } catch (error) {
    const text = `the language server does not start: ${error instanceof Error ? error.message : error}`;
    output.warn(text);
    void advise(text);
  }
}

async function stop(): Promise<void> {
  const last = client;
  client = undefined;
  await last?.dispose().catch(() => undefined);
}

/** Say what is wrong, once and with a way out. */
async function advise(text: string): Promise<void> {
  const [settings, output] = ["Open Settings", "Show Output"];
  const chosen = await vscode.window.showWarningMessage(`cfnfix: ${text}`, settings, output);
  if (chosen === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "cfnfix.path");
  } else if (chosen === output) {
    await vscode.commands.executeCommand("cfnfix.showOutput");
  }
}
