// Drives the extension with a mocked editor against the real binary: LIMN=path/to/limn node test/drive.js
"use strict";

const assert = require("assert");
const Module = require("module");
const mock = require("./mock-vscode");

const load = Module._load;
Module._load = (name, ...rest) => (name === "vscode" ? mock.vscode : load(name, ...rest));
const extension = require("../extension");

const { Position, Range, Uri } = mock.vscode;

class Document {
  constructor(uri, languageId, text) {
    Object.assign(this, { uri: Uri.parse(uri), languageId, text, version: 1 });
  }
  getText() { return this.text; }
  /** Replaces the first occurrence of a text on a line, as typing would. */
  edit(line, old, text) {
    const lines = this.text.split("\n");
    const start = lines[line].indexOf(old);
    const range = new Range(new Position(line, start), new Position(line, start + old.length));
    lines[line] = lines[line].replace(old, text);
    this.text = lines.join("\n");
    this.version += 1;
    mock.listeners.change({ document: this, contentChanges: [{ range, text }] });
  }
}

/** Waits until a condition holds; fails after ten seconds. */
async function until(what, condition) {
  for (let turn = 0; turn < 1000; turn++) {
    const value = condition();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail(`${what} did not happen`);
}

async function main() {
  const script = new Document(
    "file:///nowhere/a.limn", "limn",
    '## Adds.\nfn add(a, b = 2) { a+b }\nlet s = "😀"; let n = add(1)\nprint(n, s, totl)\n');
  const prose = new Document("file:///nowhere/b.md", "markdown", "# no cells\n");
  const notebook = new Document("file:///nowhere/c.md", "markdown", "# t\n\n```limn\nlet x = [1]\nx.len()\n```\n");
  mock.textDocuments.push(script, prose, notebook);
  extension.activate({ subscriptions: [] });

  const found = await until("a diagnostic", () => mock.diagnostics.get(script.uri.toString()));
  assert.deepStrictEqual(
    found.map((item) => [item.code, item.severity, item.range.start.line]), [["unknown-name", 0, 3]]);
  await until("the notebook's", () => mock.diagnostics.has(notebook.uri.toString()));
  assert.ok(!mock.diagnostics.has(prose.uri.toString()), "Markdown without cells is left alone");

  script.edit(3, "totl", "n");
  await until("no diagnostic", () => mock.diagnostics.get(script.uri.toString()).length === 0);

  const { providers } = mock;
  const hover = await providers.hover.provideHover(script, new Position(1, 4));
  assert.ok(hover.contents.value.includes("fn add(a, b = 2)") && hover.contents.value.includes("Adds."));

  // The emoji is two UTF-16 units.
  const definition = await providers.definition.provideDefinition(script, new Position(2, 24));
  assert.deepStrictEqual({ ...definition.range.start }, { line: 1, character: 3 });

  const references = await providers.references.provideReferences(
    script, new Position(2, 19), { includeDeclaration: true });
  assert.deepStrictEqual(references.map((item) => item.range.start.line), [2, 3, 3]);

  const edit = await providers.rename.provideRenameEdits(script, new Position(2, 19), "count");
  assert.deepStrictEqual(edit.edits.map((item) => item.text), ["count", "count", "count"]);
  await assert.rejects(providers.rename.prepareRename(script, new Position(3, 1)), /built in/);
  await assert.rejects(providers.rename.provideRenameEdits(script, new Position(2, 19), "while"), /keyword/);

  const items = await providers.completion.provideCompletionItems(notebook, new Position(4, 2));
  assert.ok(items.some((item) => item.label === "append"), "members of a list");
  const symbols = await providers.symbols.provideDocumentSymbols(script);
  assert.deepStrictEqual(symbols.map((symbol) => symbol.name), ["add", "s", "n"]);
  const edits = await providers.formatting.provideDocumentFormattingEdits(script, {});
  assert.strictEqual(edits.length, 1);
  assert.ok(edits[0].newText.includes("{ a + b }"));

  script.edit(3, "print(n, s, n)", "add(");
  const help = await providers.signature.provideSignatureHelp(script, new Position(3, 4));
  assert.strictEqual(help.signatures[0].label, "add(a, b = 2)");

  mock.listeners.close(script);
  await until("the diagnostics' end", () => mock.diagnostics.get(script.uri.toString()).length === 0);
  await extension.deactivate();
  assert.deepStrictEqual(mock.messages, []);
  console.log("the extension works");
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
