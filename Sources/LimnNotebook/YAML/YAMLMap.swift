import LimnLanguage

/// The top level of YAML text that is a map, with the place of each key and value.
///
/// Values are converted only when they are asked for: what a tool other than Limn wrote in a key of its own is no
/// concern of ours.
struct YAMLMap {
  struct Entry {
    let key: String
    let keySpan: Span
    let valueSpan: Span
    fileprivate let node: YAMLNode
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
    guard case .map(let pairs) = root.content else {
      if let scalar = root.scalar, scalar.isPlain, YAMLValue(plain: scalar.text) == .null {
        (entries, isFlow, column) = ([], false, 1)
        return
      }
      throw DiagnosticError([
        Diagnostic(
          code: code, message: "\(subject) must be a map of names and values",
          primary: text.mark(text.span(ofLine: root.place.line)), help: "write `name: value`, one to a line")
      ])
    }
    let start = text.offset(line: root.place.line, column: root.place.column)
    isFlow = start < text.source.bytes.count && text.source.bytes[start] == UInt8(ascii: "{")
    column = pairs.first?.key.place.column ?? 1
    entries = try pairs.map { key, value in
      let keySpan = Self.span(of: key, in: text)
      guard let scalar = key.scalar else {
        throw DiagnosticError([
          Diagnostic(code: code, message: "a name in \(subject) must be a word", primary: text.mark(keySpan))
        ])
      }
      return Entry(key: scalar.text, keySpan: keySpan, valueSpan: Self.span(of: value, in: text), node: value)
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
  func scalarText(of entry: Entry) -> String? { entry.node.scalar?.text }

  /// Where the items of a list stand; nothing for another value.
  func itemSpans(of entry: Entry) -> [Span] {
    guard case .list(let items) = entry.node.content else { return [] }
    return items.map { Self.span(of: $0, in: text) }
  }

  static func span(of node: YAMLNode, in text: YAMLText) -> Span {
    let start = text.offset(line: node.place.line, column: node.place.column)
    if let scalar = node.scalar, scalar.isPlain {
      let rest = text.restOfLine(from: start)
      let length = scalar.text.utf8.count
      if length <= rest.end - rest.start { return Span(start, start + length) }
    }
    return text.restOfLine(from: start)
  }
}

extension YAMLMap {
  /// The root node of the text; nil when it holds none.
  static func compose(_ text: YAMLText, code: String, subject: String) throws -> YAMLNode? {
    do {
      return try YAMLComposer.root(of: text.text)
    } catch let failure as YAMLComposer.Failure {
      let place = failure.place ?? YAMLNode.Place(line: 1, column: 1)
      var span = text.restOfLine(from: text.offset(line: place.line, column: place.column))
      if span.start == span.end { span = text.span(ofLine: min(place.line, text.lines.count)) }
      throw DiagnosticError([
        Diagnostic(
          code: code, message: "\(subject) \(failure.message)", primary: text.mark(span), help: failure.help)
      ])
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

  mutating func value(of node: YAMLNode) throws -> YAMLValue {
    remaining -= 1
    guard remaining > 0 else { throw failure("the value has more than 100,000 parts", node) }
    switch node.content {
    case .scalar(let scalar):
      return try value(of: scalar, node)
    case .list(let parts):
      return .list(try parts.map { try value(of: $0) })
    case .map(let pairs):
      return .map(
        try pairs.map { key, value in
          guard let scalar = key.scalar else { throw failure("a key must be a word", key) }
          return YAMLValue.Entry(key: scalar.text, value: try self.value(of: value))
        })
    }
  }

  private func value(of scalar: YAMLNode.Scalar, _ node: YAMLNode) throws -> YAMLValue {
    if scalar.isString { return .string(scalar.text) }
    guard let value = YAMLValue(plain: scalar.text) else {
      throw failure("\(scalar.text) does not fit in 64 bits", node)
    }
    return value
  }

  private func failure(_ message: String, _ node: YAMLNode) -> DiagnosticError {
    DiagnosticError([Diagnostic(code: code, message: message, primary: text.mark(YAMLMap.span(of: node, in: text)))])
  }
}
