/**
 * The formatter, for templates alone. The server would register it for all YAML and JSON; then VS Code would ask, at the
 * next save of any package.json, which of two formatters it should take.
 */

import * as vscode from "vscode";
import {
  DocumentFormattingRequest,
  type ClientCapabilities,
  type FeatureState,
  type LanguageClient,
  type ServerCapabilities,
  type StaticFeature,
} from "vscode-languageclient/node";
import { isTemplate } from "./template";

/** Keeps the client from registering the formatter by itself. */
export class NoFormatter implements StaticFeature {
  fillClientCapabilities(_: ClientCapabilities): void {}
  preInitialize(capabilities: ServerCapabilities): void {
    capabilities.documentFormattingProvider = false;
  }
  initialize(): void {}
  getState(): FeatureState {
    return { kind: "static" };
  }
  clear(): void {}
}

/** Registers the formatter for each open document as soon as it is a template, until it is closed. */
export class TemplateFormatter implements vscode.DocumentFormattingEditProvider, vscode.Disposable {
  private readonly registered = new Map<string, vscode.Disposable>();
  private readonly listening: vscode.Disposable;

  constructor(
    private readonly client: () => LanguageClient | undefined,
    private readonly selector: vscode.DocumentSelector,
  ) {
    this.listening = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => this.look(document)),
      vscode.workspace.onDidChangeTextDocument((event) => this.look(event.document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
    );
    vscode.workspace.textDocuments.forEach((document) => this.look(document));
  }

  async provideDocumentFormattingEdits(
    document: vscode.TextDocument,
    options: vscode.FormattingOptions,
    token: vscode.CancellationToken,
  ): Promise<vscode.TextEdit[] | undefined> {
    const client = this.client();
    if (!client?.isRunning()) {
      return undefined;
    }
    const textDocument = client.code2ProtocolConverter.asTextDocumentIdentifier(document);
    const edits = await client.sendRequest(
      DocumentFormattingRequest.type,
      { textDocument, options: client.code2ProtocolConverter.asFormattingOptions(options, {}) },
      token,
    );
    return client.protocol2CodeConverter.asTextEdits(edits, token);
  }

  dispose(): void {
    this.listening.dispose();
    this.registered.forEach((one) => one.dispose());
    this.registered.clear();
  }

  private look(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    if (this.registered.has(key) || !vscode.languages.match(this.selector, document) || !isTemplate(document.getText())) {
      return;
    }
    const { language, scheme, pattern } = { language: document.languageId, scheme: document.uri.scheme, pattern: document.uri.fsPath };
    this.registered.set(key, vscode.languages.registerDocumentFormattingEditProvider({ language, scheme, pattern }, this));
  }

  private forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    this.registered.get(key)?.dispose();
    this.registered.delete(key);
  }
}
