import LimnLanguage
import Yams

/// The top level of YAML text that is a map, with the place of each key and value.
///
/// Values are converted only when they are asked for: what a tool other than Limn wrote in a key of its own is no
/// concern of ours.
struct YAMLMap {
  struct Entry {
    let key: String
    let keySpan: Span
    let valueSpan: Span
    fileprivate let node: Node
  }

  let text: YAMLText
  let entries: [Entry]
  /// `{a: 1}` rather than a line for each key.
  let isFlow: Bool
  /// The column, from 1, of the first key.
  let column: Int

  subscript(key: String) -> Entry? { entries.first { $0.key == key } }

  /// Reads the text; an empty text is an empty map.
  ///
  /// - Parameters:
  ///   - code: The code of the errors.
  ///   - subject: What the text is, as a message begins: `front matter`.
  /// - Throws: `DiagnosticError` when the text is not YAML, or not one map whose keys are words.
  init(_ text: YAMLText, code: String, subject: String) throws {
    self.text = text
    guard let root = try Self.compose(text, code: code, subject: subject) else {
      (entries, isFlow, column) = ([], false, 1)
      return
    }
    guard case .mapping(let mapping) = root else {
      if case .scalar(let scalar) = root, scalar.style == .plain, YAMLValue(plain: scalar.string) == .null {
        (entries, isFlow, column) = ([], false, 1)
        return
      }
      throw DiagnosticError([
        Diagnostic(
          code: code, message: "\(subject) must be a map of names and values",
          primary: text.mark(text.span(ofLine: root.mark?.line ?? 1)), help: "write `name: value`, one to a line")
      ])
    }
    let start = root.mark.map { text.offset(line: $0.line, column: $0.column) } ?? 0
    isFlow = start < text.source.bytes.count && text.source.bytes[start] == UInt8(ascii: "{")
    column = mapping.first?.key.mark?.column ?? 1
    entries = try mapping.map { key, value in
      let keySpan = Self.span(of: key, in: text)
      guard case .scalar(let scalar) = key else {
        throw DiagnosticError([
          Diagnostic(code: code, message: "a name in \(subject) must be a word", primary: text.mark(keySpan))
        ])
      }
      return Entry(key: scalar.string, keySpan: keySpan, valueSpan: Self.span(of: value, in: text), node: value)
    }
  }

  /// The converted value of an entry.
  ///
  /// - Throws: `DiagnosticError` with `code` for a number that does not fit, a key that is no word, or a value that
  ///   aliases have blown up beyond a hundred thousand parts.
  func value(of entry: Entry, code: String) throws -> YAMLValue {
    var conversion = YAMLConversion(text: text, code: code)
    return try conversion.value(of: entry.node)
  }

  /// The text of a scalar just as it stands, without quotes; nil for a list or a map.
  func scalarText(of entry: Entry) -> String? {
    if case .scalar(let scalar) = entry.node { return scalar.string }
    return nil
  }

  /// Where the items of a list stand; nothing for another value.
  func itemSpans(of entry: Entry) -> [Span] {
    guard case .sequence(let items) = entry.node else { return [] }
    return items.map { Self.span(of: $0, in: text) }
  }

  static func span(of node: Node, in text: YAMLText) -> Span {
    guard let mark = node.mark else { return text.span(ofLine: 1) }
    let start = text.offset(line: mark.line, column: mark.column)
    if case .scalar(let scalar) = node, scalar.style == .plain {
      let rest = text.restOfLine(from: start)
      let length = scalar.string.utf8.count
      if length <= rest.end - rest.start { return Span(start, start + length) }
    }
    return text.restOfLine(from: start)
  }
}

extension YAMLMap {
  /// The root node of the text; nil when it holds none.
  static func compose(_ text: YAMLText, code: String, subject: String) throws -> Node? {
    do {
      return try Parser(yaml: text.text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw DiagnosticError([diagnostic(for: error, in: text, code: code, subject: subject)])
    }
  }

  private static func diagnostic(
    for error: YamlError, in text: YAMLText, code: String, subject: String
  ) -> Diagnostic {
    func make(_ message: String, _ mark: Yams.Mark?, help: String? = nil) -> Diagnostic {
      let line = mark?.line ?? 1
      var span = text.restOfLine(from: text.offset(line: line, column: mark?.column ?? 1))
      if span.start == span.end { span = text.span(ofLine: min(line, text.lines.count)) }
      return Diagnostic(code: code, message: message, primary: text.mark(span), help: help)
    }
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let during = context.map { " \($0.text)" } ?? ""
      return make("\(subject) is not YAML: \(problem)\(during)", mark)
    case .reader(let problem, _, _, _):
      return make("\(subject) is not YAML: \(problem)", nil)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map { "`\($0)`" }.joined(separator: ", ")
      return make("\(subject) gives \(names) twice", context.mark, help: "remove one of them")
    default:
      return make("\(subject) cannot be read as YAML", nil)
    }
  }
}

/// Turns composed YAML into values, with a limit on how far aliases can multiply it.
struct YAMLConversion {
  let text: YAMLText
  let code: String
  private var remaining = 100_000

  init(text: YAMLText, code: String) {
    self.text = text
    self.code = code
  }

  mutating func value(of node: Node) throws -> YAMLValue {
    remaining -= 1
    guard remaining > 0 else { throw failure("the value has more than 100,000 parts", node) }
    switch node {
    case .scalar(let scalar):
      return try value(of: scalar, node)
    case .sequence(let sequence):
      return .list(try sequence.map { try value(of: $0) })
    case .mapping(let mapping):
      return .map(
        try mapping.map { key, value in
          guard case .scalar(let scalar) = key else { throw failure("a key must be a word", key) }
          return YAMLValue.Entry(key: scalar.string, value: try self.value(of: value))
        })
    case .alias:
      throw failure("an alias cannot be used here", node)
    }
  }

  private func value(of scalar: Node.Scalar, _ node: Node) throws -> YAMLValue {
    let isString = scalar.style != .plain || scalar.tag.rawValue == Tag.Name.str.rawValue
    if isString { return .string(scalar.string) }
    guard let value = YAMLValue(plain: scalar.string) else {
      throw failure("\(scalar.string) does not fit in 64 bits", node)
    }
    return value
  }

  private func failure(_ message: String, _ node: Node) -> DiagnosticError {
    DiagnosticError([Diagnostic(code: code, message: message, primary: text.mark(YAMLMap.span(of: node, in: text)))])
  }
}
