import LimnLanguage

/// Names that nothing uses, and tests of one name.
struct NameRules {
  private(set) var diagnostics: [Diagnostic] = []
  private let analysis: DocumentAnalysis
  /// What is read somewhere, and what is only written to.
  private var read: Set<Symbol> = []
  private var written: Set<Symbol> = []
  /// What each declaration declares.
  private var symbols: [Place: Symbol] = [:]
  /// A misspelt name is reported where it stands; that the right one is unused is the same fault.
  private let namesAreKnown: Bool

  init(_ analysis: DocumentAnalysis) {
    self.analysis = analysis
    namesAreKnown = analysis.units.allSatisfy(\.nameFaults.isEmpty)
    for occurrence in analysis.occurrences {
      switch occurrence.role {
      case .read: read.insert(occurrence.symbol)
      case .write: written.insert(occurrence.symbol)
      case .declaration: symbols[Place(occurrence.source, occurrence.span.start)] = occurrence.symbol
      }
    }
    for declaration in analysis.ownDeclarations { check(declaration) }
    checkTests()
  }

  private mutating func check(_ declaration: Declaration) {
    guard !declaration.name.text.hasPrefix("_"),
      let symbol = symbols[declaration.place], !read.contains(symbol)
    else { return }
    let name = declaration.name
    switch declaration.kind {
    case .module, .importedName:
      diagnostics.append(
        LintCode.unusedImport.warning(
          "`\(name.text)` is imported, but nothing uses it", declaration.source, name.span, help: "delete the import"))
    case .constant, .variable, .function, .type:
      // Top-level names may be used by whoever imports the file, or looks at them after a run.
      guard namesAreKnown, !declaration.isTopLevel else { return }
      let isWritten = written.contains(symbol)
      diagnostics.append(
        LintCode.unusedName.warning(
          isWritten ? "`\(name.text)` is assigned to, but never read" : "`\(name.text)` is never used",
          declaration.source, name.span,
          help: declaration.kind == .function || declaration.kind == .type
            ? "delete it" : "delete it, or call it `_` where a value must be taken"))
    case .parameter, .field, .method, .loopName, .caughtError: break
    }
  }

  private mutating func checkTests() {
    var first: [String: Diagnostic.Mark] = [:]
    for unit in analysis.units {
      for statement in unit.unit.statements {
        guard case .test(let name, let body) = statement.kind else { continue }
        let span = Span(statement.span.start, body.span.start).trimmed(in: unit.source)
        if let earlier = first[name] {
          diagnostics.append(
            LintCode.duplicateTest.warning(
              "two tests are called \"\(name)\"", unit.source, span, secondary: [earlier],
              help: "give each test a name of its own, so that --filter and reports tell them apart"))
        } else {
          first[name] = Diagnostic.Mark(source: unit.source, span: span, label: "the first")
        }
      }
    }
  }
}

extension Span {
  /// The span without the blanks at its end.
  func trimmed(in source: Source) -> Span {
    var end = end
    while end > start, source.bytes[end - 1] <= UInt8(ascii: " ") { end -= 1 }
    return Span(start, end)
  }
}
