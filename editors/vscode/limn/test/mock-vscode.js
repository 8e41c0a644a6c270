// As much of the editor's interface as the extension uses, kept so that a test can look at it.
"use strict";

class Position {
  constructor(line, character) { Object.assign(this, { line, character }); }
}
class Range {
  constructor(start, end) { Object.assign(this, { start, end }); }
}
class Uri {
  constructor(text) {
    this.text = text;
    this.scheme = text.slice(0, text.indexOf(":"));
  }
  static parse(text) { return new Uri(text); }
  toString() { return this.text; }
}
class Plain {
  constructor(...values) { this.values = values; }
}
class WorkspaceEdit {
  constructor() { this.edits = []; }
  replace(uri, range, text) { this.edits.push({ uri: uri.toString(), range, text }); }
}

const listeners = {};
const event = (name) => (listener) => {
  listeners[name] = listener;
  return { dispose() {} };
};
const providers = {};
const register = (name) => (_selector, provider) => {
  providers[name] = provider;
  return { dispose() {} };
};
const diagnostics = new Map();
const messages = [];
const textDocuments = [];

class CompletionItem {
  constructor(label, kind) { Object.assign(this, { label, kind }); }
}
class Diagnostic {
  constructor(range, message, severity) { Object.assign(this, { range, message, severity }); }
}
class DocumentSymbol {
  constructor(name, detail, kind, range, selectionRange) {
    Object.assign(this, { name, detail, kind, range, selectionRange });
  }
}
class Hover {
  constructor(contents, range) { Object.assign(this, { contents, range }); }
}
class Location {
  constructor(uri, range) { Object.assign(this, { uri, range }); }
}
class MarkdownString {
  constructor(value) { this.value = value; }
}
class SignatureInformation {
  constructor(label, documentation) { Object.assign(this, { label, documentation }); }
}

const vscode = {
  Position, Range, Uri, WorkspaceEdit, CompletionItem, Diagnostic, DocumentSymbol, Hover, Location, MarkdownString,
  SignatureInformation, SignatureHelp: Plain, ParameterInformation: Plain, DocumentHighlight: Plain,
  DiagnosticRelatedInformation: Plain,
  DiagnosticSeverity: { Error: 0, Warning: 1 },
  TextEdit: { replace: (range, newText) => ({ range, newText }) },
  languages: {
    createDiagnosticCollection: () => ({
      set: (uri, found) => diagnostics.set(uri.toString(), found), clear: () => diagnostics.clear(), dispose() {},
    }),
    registerHoverProvider: register("hover"),
    registerCompletionItemProvider: register("completion"),
    registerSignatureHelpProvider: register("signature"),
    registerDefinitionProvider: register("definition"),
    registerReferenceProvider: register("references"),
    registerDocumentHighlightProvider: register("highlights"),
    registerRenameProvider: register("rename"),
    registerDocumentFormattingEditProvider: register("formatting"),
    registerDocumentSymbolProvider: register("symbols"),
  },
  workspace: {
    textDocuments,
    getConfiguration: () => ({ get: () => process.env.LIMN }),
    onDidOpenTextDocument: event("open"),
    onDidChangeTextDocument: event("change"),
    onDidCloseTextDocument: event("close"),
    onDidSaveTextDocument: event("save"),
  },
  window: { showErrorMessage: (text) => messages.push(text), terminals: [] },
  commands: { registerCommand: (name, run) => ((providers[name] = run), { dispose() {} }) },
};

module.exports = { vscode, listeners, providers, diagnostics, messages, textDocuments };
