// Limn for VS Code: starts `limn lsp` and gives its answers to the editor. It needs no other package.
"use strict";

const vscode = require("vscode");
const { Client } = require("./client");
const convert = require("./convert");

const selector = [
  { language: "limn" },
  { language: "markdown", scheme: "file" },
];
/** A server that ends again and again is not started more often than this. */
const maximumRestarts = 3;

let client = null;
let ready = Promise.resolve();
let restarts = 0;
let diagnostics;
const opened = new Set();

/** Scripts, and Markdown that has cells. */
function isServed(document) {
  if (document.languageId === "limn") return true;
  return (
    document.languageId === "markdown" && document.uri.scheme === "file" &&
    /^ {0,3}(`{3,}|~{3,})\s*limn(\s|$)/m.test(document.getText())
  );
}

function start() {
  const command = vscode.workspace.getConfiguration("limn").get("path") || "limn";
  opened.clear();
  client = new Client(command, ["lsp"], onNotification, (reason) => {
    client = null;
    diagnostics.clear();
    if (reason) {
      vscode.window.showErrorMessage(`Limn: ${command} cannot be started (${reason.message}). Set limn.path.`);
    } else if (restarts++ < maximumRestarts) {
      start();
    } else {
      vscode.window.showErrorMessage(
        "Limn: the language server has ended. The command Limn: Restart the Language Server starts it.");
    }
  });
  const mine = client;
  ready = mine
    .request("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: { general: { positionEncodings: ["utf-16"] } },
    })
    .then(() => {
      mine.notify("initialized", {});
      for (const document of vscode.workspace.textDocuments) open(document);
    })
    .catch(() => {});
}

function onNotification(method, params) {
  if (method !== "textDocument/publishDiagnostics") return;
  const uri = vscode.Uri.parse(params.uri);
  diagnostics.set(uri, params.diagnostics.map((item) => convert.diagnostic(item)));
}

function open(document) {
  const uri = document.uri.toString();
  if (!client || opened.has(uri) || !isServed(document)) return;
  opened.add(uri);
  client.notify("textDocument/didOpen", {
    textDocument: { uri, languageId: document.languageId, version: document.version, text: document.getText() },
  });
}

function change(event) {
  const uri = event.document.uri.toString();
  if (!client || event.contentChanges.length === 0) return;
  if (!opened.has(uri)) return open(event.document);
  client.notify("textDocument/didChange", {
    textDocument: { uri, version: event.document.version },
    contentChanges: event.contentChanges.map((item) => ({ range: convert.fromRange(item.range), text: item.text })),
  });
}

function close(document) {
  const uri = document.uri.toString();
  if (client && opened.delete(uri)) client.notify("textDocument/didClose", { textDocument: { uri } });
}

function save(document) {
  const uri = document.uri.toString();
  if (client && opened.has(uri)) client.notify("textDocument/didSave", { textDocument: { uri } });
}

/** Asks about a document; null where it is not served or the server has no answer. */
async function ask(method, document, params, token) {
  await ready;
  const uri = document.uri.toString();
  if (!client || !opened.has(uri)) return null;
  return client.request(method, { textDocument: { uri }, ...params }, token);
}

/** As `ask`, for what shows nothing when it fails. */
async function askQuietly(method, document, params, token) {
  try {
    return await ask(method, document, params, token);
  } catch {
    return null;
  }
}

const at = (position) => ({ position: convert.fromPosition(position) });

const providers = {
  hover: {
    async provideHover(document, position, token) {
      return convert.hover(await askQuietly("textDocument/hover", document, at(position), token));
    },
  },
  completion: {
    async provideCompletionItems(document, position, token) {
      const items = await askQuietly("textDocument/completion", document, at(position), token);
      return (items || []).map(convert.completionItem);
    },
  },
  signature: {
    async provideSignatureHelp(document, position, token) {
      return convert.signatureHelp(await askQuietly("textDocument/signatureHelp", document, at(position), token));
    },
  },
  definition: {
    async provideDefinition(document, position, token) {
      return convert.location(await askQuietly("textDocument/definition", document, at(position), token));
    },
  },
  references: {
    async provideReferences(document, position, context, token) {
      const params = { ...at(position), context };
      return ((await askQuietly("textDocument/references", document, params, token)) || []).map(convert.location);
    },
  },
  highlights: {
    async provideDocumentHighlights(document, position, token) {
      const found = await askQuietly("textDocument/documentHighlight", document, at(position), token);
      return (found || []).map((item) => new vscode.DocumentHighlight(convert.toRange(item.range), item.kind - 1));
    },
  },
  rename: {
    // An error's message is what VS Code shows for a name that cannot be renamed.
    async prepareRename(document, position, token) {
      const found = await ask("textDocument/prepareRename", document, at(position), token);
      if (!found) throw new Error("there is no name here that can be renamed");
      return { range: convert.toRange(found.range), placeholder: found.placeholder };
    },
    async provideRenameEdits(document, position, newName, token) {
      return convert.workspaceEdit(await ask("textDocument/rename", document, { ...at(position), newName }, token));
    },
  },
  formatting: {
    async provideDocumentFormattingEdits(document, options, token) {
      const edits = await askQuietly("textDocument/formatting", document, { options }, token);
      return (edits || []).map((item) => vscode.TextEdit.replace(convert.toRange(item.range), item.newText));
    },
  },
  symbols: {
    async provideDocumentSymbols(document, token) {
      const found = await askQuietly("textDocument/documentSymbol", document, {}, token);
      return (found || []).map(convert.documentSymbol);
    },
  },
};

function runInTerminal(subcommand) {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const command = vscode.workspace.getConfiguration("limn").get("path") || "limn";
  const quote = (text) => `"${text.replace(/(["\\$`])/g, "\\$1")}"`;
  editor.document.save().then(() => {
    const { terminals } = vscode.window;
    const terminal = terminals.find((other) => other.name === "Limn") || vscode.window.createTerminal("Limn");
    terminal.show(true);
    terminal.sendText(`${quote(command)} ${subcommand} ${quote(editor.document.fileName)}`);
  });
}

function activate(context) {
  diagnostics = vscode.languages.createDiagnosticCollection("limn");
  const { languages, workspace, commands } = vscode;
  context.subscriptions.push(
    diagnostics,
    workspace.onDidOpenTextDocument(open),
    workspace.onDidChangeTextDocument(change),
    workspace.onDidCloseTextDocument(close),
    workspace.onDidSaveTextDocument(save),
    languages.registerHoverProvider(selector, providers.hover),
    languages.registerCompletionItemProvider(selector, providers.completion, "."),
    languages.registerSignatureHelpProvider(selector, providers.signature, "(", ","),
    languages.registerDefinitionProvider(selector, providers.definition),
    languages.registerReferenceProvider(selector, providers.references),
    languages.registerDocumentHighlightProvider(selector, providers.highlights),
    languages.registerRenameProvider(selector, providers.rename),
    languages.registerDocumentFormattingEditProvider(selector, providers.formatting),
    languages.registerDocumentSymbolProvider(selector, providers.symbols),
    commands.registerCommand("limn.run", () => runInTerminal("run")),
    commands.registerCommand("limn.test", () => runInTerminal("test")),
    commands.registerCommand("limn.restart", async () => {
      restarts = 0;
      if (client) await client.stop();
      start();
    })
  );
  start();
}

function deactivate() {
  return client ? client.stop() : undefined;
}

module.exports = { activate, deactivate };
