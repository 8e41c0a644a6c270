import LimnLanguage
import LimnNotebook

/// What stands around a place in a document where somebody is typing.
///
/// A name is put there, and the text closed behind it where that is needed, so that it can be read; then that name is
/// looked for in the tree.
struct Probe {
  static let name = "limn_probe_name"

  let analysis: DocumentAnalysis
  let unit: UnitAnalysis
  /// The word that is being typed.
  let word: Span
  /// The member's owner when the word follows a point.
  fileprivate(set) var owner: Expression?
  /// The type in whose body the place is.
  fileprivate(set) var type: TypeDeclaration?
  /// The innermost call in whose parentheses the place is.
  fileprivate(set) var call: Call?

  struct Call {
    var callee: Expression
    /// How many arguments stand before the place.
    var index: Int
    /// The name that the argument at the place has.
    var argumentName: String?
    /// Names that are given already.
    var usedNames: [String]
    var type: TypeDeclaration?
  }

  /// Looks at a byte of a cell; nil within comments and texts, or where nothing can be read.
  init?(_ document: OpenDocument, folder: ImportFolder, _ cell: Cell, _ offset: Int) {
    let source = cell.source
    guard !CodePlace.isInText(source, offset) else { return nil }
    let bytes = source.bytes
    var start = offset
    while start > 0, bytes[start - 1].isNameByte { start -= 1 }
    var end = offset
    while end < bytes.count, bytes[end].isNameByte { end += 1 }
    word = Span(start, end)
    let head = Array(bytes[..<start]) + Array(Self.name.utf8)
    let closers = CodePlace.closers(of: bytes[..<start])
    // As it is; with all brackets closed; as the head of a block.
    let candidates = [head + bytes[end...], head + closers, head + Array(" { }".utf8) + closers]
    for text in candidates {
      let patched = Source(name: source.name, text: String(decoding: text, as: UTF8.self), cell: source.cell)
      let analysis = DocumentAnalysis(document, folder: folder, replacing: (cell, patched, Self.name))
      guard let unit = analysis.unit(patched), let site = ProbeFinder.find(in: unit.unit) else { continue }
      self.analysis = analysis
      self.unit = unit
      owner = site.owner
      type = site.type
      call = site.call
      return
    }
    return nil
  }
}

/// Finds the probe's name in a tree.
private struct ProbeFinder: SyntaxVisitor {
  struct Site {
    var owner: Expression?
    var type: TypeDeclaration?
    var call: Probe.Call?
  }

  private var site: Site?
  private var types: [TypeDeclaration] = []
  private var calls: [Probe.Call] = []

  static func find(in unit: SyntaxUnit) -> Site? {
    var finder = ProbeFinder()
    finder.walk(unit.statements)
    return finder.site
  }

  private mutating func found(owner: Expression? = nil) {
    site = Site(owner: owner, type: types.last, call: calls.last)
  }

  mutating func visit(_ type: TypeDeclaration) {
    types.append(type)
    walk(type)
    types.removeLast()
  }

  mutating func visit(_ block: Block) {
    // In a block within a call one does not type the call's arguments.
    let outer = calls
    calls = []
    walk(block)
    calls = outer
  }

  mutating func visit(_ statement: Statement) {
    if case .assignment(let targets, _) = statement.kind {
      for target in targets {
        switch target {
        case .name(let name): if name.text == Probe.name { found() }
        case .member(let object, let name): if name.text == Probe.name { found(owner: object) }
        default: break
        }
      }
    }
    walk(statement)
  }

  mutating func visit(_ expression: Expression) {
    switch expression.kind {
    case .name(Probe.name): found()
    case .member(let object, let name) where name.text == Probe.name:
      found(owner: object)
    case .call(let callee, let arguments):
      visit(callee)
      for (index, argument) in arguments.enumerated() {
        calls.append(
          Probe.Call(
            callee: callee, index: index, argumentName: argument.name?.text,
            usedNames: arguments.compactMap(\.name?.text), type: types.last))
        visit(argument.value)
        calls.removeLast()
      }
      return
    default: break
    }
    walk(expression)
  }
}

extension UInt8 {
  /// Whether the byte can stand in a name; those beyond ASCII are taken for letters.
  var isNameByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
