// What the protocol says, as the editor's own objects.
"use strict";

const vscode = require("vscode");

const fromPosition = (position) => ({ line: position.line, character: position.character });
const fromRange = (range) => ({ start: fromPosition(range.start), end: fromPosition(range.end) });
const toPosition = (position) => new vscode.Position(position.line, position.character);
const toRange = (range) => new vscode.Range(toPosition(range.start), toPosition(range.end));
const markdown = (content) => (content ? new vscode.MarkdownString(content.value) : undefined);
const location = (found) =>
  found ? new vscode.Location(vscode.Uri.parse(found.uri), toRange(found.range)) : undefined;

function diagnostic(item) {
  const result = new vscode.Diagnostic(
    toRange(item.range), item.message,
    item.severity === 1 ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning);
  result.code = item.code;
  result.source = item.source;
  result.tags = item.tags;
  result.relatedInformation = (item.relatedInformation || []).map(
    (related) => new vscode.DiagnosticRelatedInformation(location(related.location), related.message));
  return result;
}

function hover(found) {
  return found ? new vscode.Hover(markdown(found.contents), found.range && toRange(found.range)) : undefined;
}

function completionItem(item) {
  // The editor counts kinds from 0, the protocol from 1.
  const result = new vscode.CompletionItem(item.label, item.kind - 1);
  result.detail = item.detail;
  result.documentation = markdown(item.documentation);
  result.sortText = item.sortText;
  result.filterText = item.label;
  result.insertText = item.textEdit.newText;
  result.range = toRange(item.textEdit.range);
  return result;
}

function signatureHelp(found) {
  if (!found) return undefined;
  const result = new vscode.SignatureHelp();
  result.activeSignature = found.activeSignature;
  result.activeParameter = found.activeParameter;
  result.signatures = found.signatures.map((signature) => {
    const information = new vscode.SignatureInformation(signature.label, markdown(signature.documentation));
    information.parameters = signature.parameters.map((parameter) => new vscode.ParameterInformation(parameter.label));
    return information;
  });
  return result;
}

function workspaceEdit(found) {
  const result = new vscode.WorkspaceEdit();
  for (const [uri, edits] of Object.entries((found && found.changes) || {})) {
    for (const edit of edits) result.replace(vscode.Uri.parse(uri), toRange(edit.range), edit.newText);
  }
  return result;
}

function documentSymbol(symbol) {
  const result = new vscode.DocumentSymbol(
    symbol.name, symbol.detail || "", symbol.kind - 1, toRange(symbol.range), toRange(symbol.selectionRange));
  result.children = symbol.children.map(documentSymbol);
  return result;
}

module.exports = {
  fromPosition, fromRange, toRange, location, diagnostic, hover, completionItem, signatureHelp, workspaceEdit,
  documentSymbol,
};
