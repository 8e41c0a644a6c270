import LimnLanguage

/// The YAML at the head of a notebook.
public struct FrontMatter: Sendable, Hashable {
  public var title: String?
  /// The seed of the run unless the command gives another.
  public var seed: UInt64?
  /// The notebook's parameters with their default values, in the order of the text.
  public var parameters: [YAMLValue.Entry] = []
  /// Data sets that the notebook needs.
  public var requires: [String] = []
  /// The notebook is a run's output, and is not run again.
  public var isExecuted = false
  /// The names of keys that mean nothing to Limn; they stay in the text.
  public var otherKeys: [String] = []

  public init() {}
}

extension FrontMatter {
  private static let code = "invalid-front-matter"

  /// Reads the keys that Limn knows, and remembers the names of the others.
  ///
  /// - Throws: `DiagnosticError` with a diagnostic for each value of the wrong type.
  init(parsing yaml: YAMLText) throws {
    let map = try YAMLMap(yaml, code: Self.code, subject: "front matter")
    var diagnostics: [Diagnostic] = []
    for entry in map.entries {
      do {
        try read(entry, of: map)
      } catch let error as DiagnosticError {
        diagnostics += error.diagnostics
      }
    }
    guard diagnostics.isEmpty else { throw DiagnosticError(diagnostics) }
  }

  private mutating func read(_ entry: YAMLMap.Entry, of map: YAMLMap) throws {
    switch entry.key {
    case "title":
      guard let title = map.scalarText(of: entry) else { throw try Self.mistyped(entry, of: map, expected: "text") }
      self.title = title
    case "seed":
      guard let text = map.scalarText(of: entry), let seed = UInt64(text) else {
        throw try Self.mistyped(entry, of: map, expected: "a whole number from 0 to \(UInt64.max)")
      }
      self.seed = seed
    case "params":
      switch try map.value(of: entry, code: Self.code) {
      case .map(let parameters): self.parameters = parameters
      case .null: parameters = []
      default: throw try Self.mistyped(entry, of: map, expected: "a map of names and values")
      }
    case "requires":
      guard case .list(let names) = try map.value(of: entry, code: Self.code) else {
        throw try Self.mistyped(entry, of: map, expected: "a list of names, as in `[fashion-mnist]`")
      }
      requires = try names.map { name in
        guard case .string(let text) = name else {
          throw try Self.mistyped(entry, of: map, expected: "a list of names, as in `[fashion-mnist]`")
        }
        return text
      }
    case "executed":
      guard case .bool(let isExecuted) = try map.value(of: entry, code: Self.code) else {
        throw try Self.mistyped(entry, of: map, expected: "true or false")
      }
      self.isExecuted = isExecuted
    default:
      otherKeys.append(entry.key)
    }
  }

  private static func mistyped(_ entry: YAMLMap.Entry, of map: YAMLMap, expected: String) throws -> DiagnosticError {
    let value = try map.value(of: entry, code: code).description
    return DiagnosticError([
      Diagnostic(
        code: code, message: "`\(entry.key)` must be \(expected), not \(value)",
        primary: map.text.mark(entry.valueSpan.isEmpty ? entry.keySpan : entry.valueSpan))
    ])
  }
}
