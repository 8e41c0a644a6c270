import LimnLanguage

/// The parameters of one run: the notebook's own, with what the command replaced.
///
///     var parameters = Parameters(document)
///     try parameters.replace(argument: "epochs=20")
public struct Parameters: Sendable, Hashable {
  /// In the order of the front matter.
  public private(set) var entries: [YAMLValue.Entry]
  /// The file that declares them, for messages.
  private let documentName: String
  private let form: NotebookDocument.Form

  public init(_ document: NotebookDocument) {
    entries = document.frontMatter.parameters
    documentName = document.name
    form = document.form
  }

  /// The map that cells know as `params`.
  public var value: Value { .map(entries.map { ($0.key, Value($0.value)) }) }

  public subscript(name: String) -> YAMLValue? { entries.first { $0.key == name }?.value }

  /// Replaces one parameter by an argument of the command, `name=value`, whose value is YAML.
  ///
  /// - Throws: `UsageError` when there is no `=`, the value is not YAML or of another type, or the notebook has no such
  ///   parameter.
  public mutating func replace(argument: String) throws {
    let source = Source(name: "-p", text: argument)
    guard let equals = source.bytes.firstIndex(of: UInt8(ascii: "=")), equals > 0 else {
      throw UsageError(
        "invalid-parameter", "a parameter is given as name=value",
        mark: Diagnostic.Mark(source: source, span: Span(0, source.bytes.count)), help: "write -p epochs=20, say")
    }
    let name = String(decoding: source.bytes[..<equals], as: UTF8.self)
    let nameMark = Diagnostic.Mark(source: source, span: Span(0, equals))
    let yaml = YAMLText(source: source, lines: [equals + 1..<source.bytes.count])
    try checkName(name, mark: nameMark)
    try asUsage {
      let value = try YAMLScalarOrTree(yaml, code: "invalid-parameter", subject: "the value of `\(name)`")
      try replace(name, by: value, mark: yaml.mark(Span(equals + 1, source.bytes.count)), nameMark: nameMark)
    }
  }

  /// Replaces parameters by those of a YAML file, a map of names and values.
  ///
  /// - Parameters:
  ///   - text: The file's contents.
  ///   - name: The file's name, for messages.
  /// - Throws: `UsageError`, as `replace(argument:)` does.
  public mutating func replace(file text: [UInt8], name: String) throws {
    let source = Source(name: name, text: try NotebookText.validated(text, name: name, allowingEmpty: true))
    let yaml = YAMLText(source: source, lines: Array(TextLines(source.bytes, from: NotebookText.startOfText(text))))
    try asUsage {
      let map = try YAMLMap(yaml, code: "invalid-parameter", subject: "a file of parameters")
      for entry in map.entries {
        let nameMark = yaml.mark(entry.keySpan)
        try checkName(entry.key, mark: nameMark)
        let value = YAMLScalarOrTree(
          value: try map.value(of: entry, code: "invalid-parameter"), scalarText: map.scalarText(of: entry))
        let valueMark = entry.valueSpan.isEmpty ? nameMark : yaml.mark(entry.valueSpan)
        try replace(entry.key, by: value, mark: valueMark, nameMark: nameMark)
      }
    }
  }

  private func checkName(_ name: String, mark: Diagnostic.Mark) throws {
    guard self[name] == nil else { return }
    let names = entries.map(\.key)
    let similar = Suggestion.closest(to: name, among: names)
    let known =
      if form == .script {
        "only a notebook has parameters, in its front matter"
      } else if names.isEmpty {
        "its front matter has no params"
      } else {
        "its parameters are \(names.map { "`\($0)`" }.joined(separator: ", "))"
      }
    throw UsageError(
      "unknown-parameter", "`\(documentName)` has no parameter `\(name)`", mark: mark,
      help: similar.map { "did you mean `\($0)`?" } ?? known)
  }

  private mutating func replace(
    _ name: String, by value: YAMLScalarOrTree, mark: Diagnostic.Mark, nameMark: Diagnostic.Mark
  ) throws {
    guard let index = entries.firstIndex(where: { $0.key == name }) else { return }
    let present = entries[index].value
    guard let converted = Parameters.convert(value, toTypeOf: present) else {
      throw UsageError(
        "parameter-type", "parameter `\(name)` is \(present.kind), but it is given \(value.value.kind)",
        mark: mark.span.isEmpty ? nameMark : mark, help: "its value in `\(documentName)` is \(present)")
    }
    entries[index].value = converted
  }

  /// The value as one of the present value's type; nil when it is of another.
  ///
  /// An int may become a float, whichever of the two is the int. Any unquoted word, a number too, serves as a string. A
  /// parameter that is nil says nothing of its type.
  private static func convert(_ given: YAMLScalarOrTree, toTypeOf present: YAMLValue) -> YAMLValue? {
    switch (present, given.value) {
    case (.null, _), (.bool, .bool), (.int, .int), (.int, .float), (.float, .float), (.string, .string), (.list, .list),
      (.map, .map):
      given.value
    case (.float, .int(let value)): .float(Double(value))
    case (.string, _): given.scalarText.map(YAMLValue.string)
    default: nil
    }
  }

  /// Runs the body; what is wrong with text that the command was given is wrong usage.
  private func asUsage<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DiagnosticError { throw UsageError(error.diagnostics) }
  }
}
