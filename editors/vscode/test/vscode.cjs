// As much of VS Code as the extension and its language client need, without a window: documents, settings, and what the
// extension registers. Everything else is an empty event or class, made on demand.

const Module = require("node:module");
const path = require("node:path");
const { fileURLToPath, pathToFileURL } = require("node:url");

class Disposable {
  constructor(end = () => {}) {
    this.dispose = end;
  }
  static from(...all) {
    return new Disposable(() => all.forEach((one) => one.dispose()));
  }
}

class EventEmitter {
  listeners = new Set();
  event = (listener, self) => {
    const bound = self ? listener.bind(self) : listener;
    this.listeners.add(bound);
    return new Disposable(() => this.listeners.delete(bound));
  };
  fire(data) {
    return Promise.all([...this.listeners].map((listener) => listener(data)));
  }
  dispose() {
    this.listeners.clear();
  }
}

class Uri {
  constructor(text) {
    this.text = text;
    this.scheme = text.split(":")[0];
    this.fsPath = this.scheme === "file" ? fileURLToPath(text) : text.slice(this.scheme.length + 1);
    this.path = this.fsPath;
  }
  static parse = (text) => new Uri(text);
  static file = (name) => new Uri(pathToFileURL(name).href);
  toString = () => this.text;
}

class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}

class Range {
  constructor(start, end, ...rest) {
    [this.start, this.end] = rest.length ? [new Position(start, end), new Position(...rest)] : [start, end];
  }
}

class TextEdit {
  constructor(range, newText) {
    Object.assign(this, { range, newText });
  }
}

class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}

class CodeActionKind {
  constructor(value) {
    this.value = value;
  }
  append = (part) => new CodeActionKind(this.value ? `${this.value}.${part}` : part);
  static Empty = new CodeActionKind("");
  static QuickFix = new CodeActionKind("quickfix");
}

class CodeAction {
  constructor(title, kind) {
    Object.assign(this, { title, kind });
  }
}

class WorkspaceEdit {
  entries = [];
  set(uri, edits) {
    this.entries.push([uri, edits]);
  }
}

class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: new EventEmitter().event };
  cancel() {}
  dispose() {}
}

class Document {
  version = 1;
  constructor(uri, languageId, text) {
    Object.assign(this, { uri, languageId, text });
  }
  getText = () => this.text;
}

/** What happened: formatters, code action providers, diagnostics, messages, commands. */
const seen = { formatters: new Map(), actions: [], willSave: 0, diagnostics: new Map(), messages: [], commands: new Map(), log: [] };
const settings = {};
const events = { open: new EventEmitter(), change: new EventEmitter(), close: new EventEmitter(), configuration: new EventEmitter(), willSave: new EventEmitter() };

function matches(selector, document) {
  return [selector].flat().some(
    ({ language, scheme, pattern }) =>
      (!language || language === document.languageId) &&
      (!scheme || scheme === document.uri.scheme) &&
      (!pattern || pattern === document.uri.fsPath),
  );
}

function registrar(list) {
  return (selector, provider) => {
    const entry = { selector, provider };
    list.push(entry);
    return new Disposable(() => list.splice(list.indexOf(entry), 1));
  };
}

function configuration(section) {
  const under = (name) => {
    const prefix = `${name}.`;
    const inner = Object.entries(settings).filter(([key]) => key.startsWith(prefix));
    if (name in settings || !inner.length) {
      return settings[name];
    }
    const result = {};
    for (const [key, value] of inner) {
      const parts = key.slice(prefix.length).split(".");
      const last = parts.pop();
      parts.reduce((at, part) => (at[part] ??= {}), result)[last] = value;
    }
    return result;
  };
  const get = (name, otherwise) => under(section ? `${section}.${name}` : name) ?? otherwise;
  return { get, has: (name) => get(name) !== undefined, inspect: () => undefined };
}

const formatters = [];
const fake = {
  version: "1.91.0",
  Disposable, EventEmitter, Uri, Position, Range, TextEdit, Diagnostic, CodeActionKind, CodeAction, WorkspaceEdit, CancellationTokenSource,
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  DiagnosticTag: { Unnecessary: 1, Deprecated: 2 },
  TextDocumentSaveReason: { Manual: 1, AfterDelay: 2, FocusOut: 3 },
  TextDocumentChangeReason: { Undo: 1, Redo: 2 },
  CodeActionTriggerKind: { Invoke: 1, Automatic: 2 },
  LogLevel: { Off: 0, Trace: 1, Debug: 2, Info: 3, Warning: 4, Error: 5 },
  env: { appName: "stub", language: "en", isTrusted: true, logLevel: 3, onDidChangeLogLevel: new EventEmitter().event },
  workspace: {
    textDocuments: [],
    workspaceFolders: undefined,
    notebookDocuments: [],
    isTrusted: true,
    getConfiguration: configuration,
    getWorkspaceFolder: () => undefined,
    onDidOpenTextDocument: events.open.event,
    onDidChangeTextDocument: events.change.event,
    onDidCloseTextDocument: events.close.event,
    onDidChangeConfiguration: events.configuration.event,
    onWillSaveTextDocument: events.willSave.event,
    createFileSystemWatcher: () => ({ onDidCreate: new EventEmitter().event, onDidChange: new EventEmitter().event, onDidDelete: new EventEmitter().event, dispose() {} }),
  },
  languages: {
    match: (selector, document) => (matches(selector, document) ? 10 : 0),
    createDiagnosticCollection: () => ({
      set: (uri, found) => seen.diagnostics.set(uri.toString(), found),
      delete: (uri) => seen.diagnostics.delete(uri.toString()),
      clear: () => seen.diagnostics.clear(),
      dispose: () => seen.diagnostics.clear(),
      has: (uri) => seen.diagnostics.has(uri.toString()),
    }),
    registerDocumentFormattingEditProvider: registrar(formatters),
    registerCodeActionsProvider: registrar(seen.actions),
  },
  window: {
    activeTextEditor: undefined,
    visibleTextEditors: [],
    tabGroups: { all: [], onDidChangeTabs: new EventEmitter().event, onDidChangeTabGroups: new EventEmitter().event },
    createOutputChannel: () => {
      const say = (text) => seen.log.push(String(text));
      return { trace: say, debug: say, info: say, warn: say, error: say, append: say, appendLine: say, show() {}, dispose() {}, clear() {}, logLevel: 3, onDidChangeLogLevel: new EventEmitter().event };
    },
    showWarningMessage: async (text) => void seen.messages.push(text),
    showErrorMessage: async (text) => void seen.messages.push(text),
    showInformationMessage: async (text) => void seen.messages.push(text),
  },
  commands: {
    registerCommand: (name, run) => {
      seen.commands.set(name, run);
      return new Disposable(() => seen.commands.delete(name));
    },
    executeCommand: async (name, ...rest) => seen.commands.get(name)?.(...rest),
  },
};

/** Classes and enumerations that the language client names, and nobody here makes or reads. */
const NAMED = `CallHierarchyItem CancellationError CodeLens Color ColorInformation ColorPresentation CompletionItem
  CompletionItemKind CompletionItemTag CompletionList CompletionTriggerKind DiagnosticRelatedInformation DocumentHighlight
  DocumentHighlightKind DocumentLink DocumentSymbol FileType FoldingRange FoldingRangeKind Hover InlayHint
  InlayHintLabelPart InlineCompletionItem InlineCompletionList InlineCompletionTriggerKind InlineValueText Location
  LinkedEditingRanges MarkdownString NotebookCellKind ParameterInformation ProgressLocation RelativePattern
  SelectionRange SemanticTokens SignatureHelp SignatureHelpTriggerKind SignatureInformation SnippetString
  SnippetTextEdit SymbolInformation SymbolKind SymbolTag TabInputCustom TabInputNotebook TabInputText
  TabInputTextDiff TypeHierarchyItem`;
for (const name of NAMED.split(/\s+/)) {
  fake[name] = class {};
}

/** With events that never happen, and registrations that nobody asks for. */
function open(object) {
  const get = (target, name) => {
    if (name in target || typeof name === "symbol") {
      return target[name];
    }
    if (/^on[A-Z]/.test(name)) {
      return () => new Disposable();
    }
    return /^register/.test(name) ? () => new Disposable() : undefined;
  };
  return new Proxy(object, { get });
}

for (const room of ["workspace", "languages", "window", "commands"]) {
  fake[room] = open(fake[room]);
}
const vscode = fake;
const load = Module._load;
Module._load = (name, ...rest) => (name === "vscode" ? vscode : load(name, ...rest));

exports.seen = seen;
exports.settings = settings;
exports.vscode = vscode;
exports.load = () => require(path.join(__dirname, "..", "dist", "extension.js"));

/** Open a document, as the editor does. */
exports.open = async (name, text, languageId = "yaml") => {
  const document = new Document(Uri.file(name), languageId, text);
  fake.workspace.textDocuments.push(document);
  await events.open.fire(document);
  return document;
};

/** Put a text before all others of a document. */
exports.type = async (document, text) => {
  const start = new Position(0, 0);
  document.text = text + document.text;
  document.version += 1;
  const change = { range: new Range(start, start), rangeOffset: 0, rangeLength: 0, text };
  await events.change.fire({ document, contentChanges: [change], reason: undefined });
};

exports.close = async (document) => {
  fake.workspace.textDocuments.splice(fake.workspace.textDocuments.indexOf(document), 1);
  await events.close.fire(document);
};

exports.set = async (changed) => {
  Object.assign(settings, changed);
  await events.configuration.fire({ affectsConfiguration: (name) => Object.keys(changed).some((key) => key.startsWith(name)) });
};

/** What an ordinary save would be given to wait for. */
exports.willSave = async (document) => {
  const waiting = [];
  await events.willSave.fire({ document, reason: 1, waitUntil: (one) => waiting.push(one) });
  return (await Promise.all(waiting)).flat();
};

exports.formatters = (document) => formatters.filter(({ selector }) => matches(selector, document)).map(({ provider }) => provider);

/** The text of a document after edits, which are counted in UTF-16 as strings are here. */
exports.applied = (document, edits) => {
  const starts = [0, ...[...document.text.matchAll(/\r\n|\n|\r/g)].map((found) => found.index + found[0].length)];
  const at = ({ line, character }) => starts[line] + character;
  return edits
    .map(({ range, newText }) => [at(range.start), at(range.end), newText])
    .sort((one, other) => other[0] - one[0])
    .reduce((text, [start, end, newText]) => text.slice(0, start) + newText + text.slice(end), document.text);
};

exports.until = async (wanted, what) => {
  for (const end = Date.now() + 60_000; ; await new Promise((resolve) => setTimeout(resolve, 10))) {
    const found = wanted();
    if (found) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error(`it never came: ${what}\n${seen.log.join("\n")}`);
    }
  }
};
