// Statements of the top level alone: tests and imports.

extension Parser {
  mutating func parseTest() throws(Abandon) -> Statement.Kind {
    let start = position
    advance()
    let name = try parseString()
    let text: String
    switch name.kind {
    case .string(let parts) where parts.isEmpty: text = ""
    case .string(let parts):
      guard parts.count == 1, case .text(let only) = parts[0] else {
        throw fault(
          .misplacedStatement, "a test's name is a plain string", at: name.span, help: "name it without `\\(...)`")
      }
      text = only
    default: text = ""
    }
    checkTopLevel(start, "a test")
    return .test(name: text, body: try parseBody(after: "test"))
  }

  mutating func parseImport() throws(Abandon) -> Statement.Kind {
    checkTopLevel(position, "an import")
    advance()
    if at(.leftBrace) || kind == .stringStart {
      throw fault(
        .foreignSyntax, "an import names a module", at: token.span, help: "`import gan`, or `from gan import train`")
    }
    let name = try parseIdentifier("a module's name", help: "`import gan`")
    if at(.dot) || at(.comma) {
      throw fault(
        .unexpectedToken, "an import names one module", at: token.span,
        help: at(.comma) ? "write one `import` for each module" : "a module's name is one word")
    }
    guard at(word: "as") else { return .importModule(name: name, alias: nil) }
    advance()
    return .importModule(name: name, alias: try parseIdentifier("a name for the module", help: "`import gan as g`"))
  }

  mutating func parseFromImport() throws(Abandon) -> Statement.Kind {
    checkTopLevel(position, "an import")
    advance()
    let module = Identifier(text: text(of: token), span: token.span)
    advance()
    advance()
    if at(.star) {
      throw fault(
        .foreignSyntax, "an import names what it takes", at: token.span,
        help: "`import \(module.text)`, then `\(module.text).name`")
    }
    var names: [Identifier] = []
    repeat {
      names.append(try parseIdentifier("a name to import", help: "`from \(module.text) import a, b`"))
    } while take(.comma)
    return .importNames(module: module, names: names)
  }

  private mutating func checkTopLevel(_ start: Int, _ what: String) {
    guard !isTopLevel else { return }
    report(
      .misplacedStatement, "\(what) stands at the top level only", at: tokens[start].span,
      help: "move it out of the block")
  }
}
