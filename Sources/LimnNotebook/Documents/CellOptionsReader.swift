import LimnLanguage

/// Reads the options in the leading `#|` lines of one cell.
struct CellOptionsReader {
  private static let names = ["id", "skip", "expect-error", "timeout", "hide", "caption"]
  private static let code = "invalid-option"

  private let yaml: YAMLText

  init(source: Source, fence: MarkdownFence) {
    var lines: [Range<Int>] = []
    for range in fence.contentLines {
      let text = fence.unindented(source.bytes[range]).rest
      guard text.starts(with: "#|".utf8) else { break }
      let behind = text.dropFirst(2)
      let value = behind.first == UInt8(ascii: " ") ? behind.dropFirst() : behind
      lines.append(value.startIndex..<value.endIndex)
    }
    yaml = YAMLText(source: source, lines: lines)
  }

  /// The options, and where the id is given; what is wrong with them is added to the diagnostics.
  func read(reporting diagnostics: inout [Diagnostic]) -> (options: CellOptions, idSpan: Span?) {
    var options = CellOptions()
    var idSpan: Span?
    guard !yaml.lines.isEmpty else { return (options, nil) }
    do {
      let map = try YAMLMap(yaml, code: Self.code, subject: "a cell's options")
      for entry in map.entries {
        do {
          try read(entry, of: map, into: &options)
          if entry.key == "id" { idSpan = entry.valueSpan }
        } catch let error as DiagnosticError {
          diagnostics += error.diagnostics
        }
      }
    } catch let error as DiagnosticError {
      diagnostics += error.diagnostics
    } catch {
      diagnostics.append(Diagnostic(code: Self.code, message: "\(error)", primary: yaml.mark(yaml.span(ofLine: 1))))
    }
    return (options, idSpan)
  }

  private func read(_ entry: YAMLMap.Entry, of map: YAMLMap, into options: inout CellOptions) throws {
    switch entry.key {
    case "id":
      let id = try text(of: entry, in: map)
      guard !id.isEmpty, id.utf8.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x5F || $0 == 0x2D }) else {
        throw failure(entry, "a cell's id is made of letters, digits, `_` and `-`", help: "write `id: train`, say")
      }
      options.id = id
    case "skip":
      guard case .bool(let skip) = try map.value(of: entry, code: Self.code) else {
        throw try mistyped(entry, of: map, expected: "true or false")
      }
      options.skip = skip
    case "expect-error":
      let expected = try text(of: entry, in: map)
      guard !expected.isEmpty else {
        throw failure(
          entry, "`expect-error` needs an error's code, or text of its message",
          help: "write `expect-error: shape-mismatch`, say")
      }
      options.expectedError = expected
    case "timeout":
      switch try map.value(of: entry, code: Self.code) {
      case .int(let seconds) where seconds > 0: options.timeout = Double(seconds)
      case .float(let seconds) where seconds > 0 && seconds.isFinite: options.timeout = seconds
      default: throw try mistyped(entry, of: map, expected: "a number of seconds above 0")
      }
    case "hide":
      guard let text = map.scalarText(of: entry), let hide = CellOptions.Hidden(rawValue: text) else {
        throw try mistyped(entry, of: map, expected: "`code`, `output` or `all`")
      }
      options.hide = hide
    case "caption":
      options.caption = try text(of: entry, in: map)
    default:
      throw unknown(entry)
    }
  }

  private func text(of entry: YAMLMap.Entry, in map: YAMLMap) throws -> String {
    guard let text = map.scalarText(of: entry) else { throw try mistyped(entry, of: map, expected: "text") }
    return text
  }

  private func unknown(_ entry: YAMLMap.Entry) -> DiagnosticError {
    let similar = Suggestion.closest(to: entry.key, among: Self.names)
    let known = Self.names.map { "`\($0)`" }.joined(separator: ", ")
    return DiagnosticError([
      Diagnostic(
        code: "unknown-option", message: "a cell has no option `\(entry.key)`", primary: yaml.mark(entry.keySpan),
        help: similar.map { "did you mean `\($0)`?" } ?? "its options are \(known)")
    ])
  }

  private func mistyped(_ entry: YAMLMap.Entry, of map: YAMLMap, expected: String) throws -> DiagnosticError {
    failure(entry, "`\(entry.key)` must be \(expected), not \(try map.value(of: entry, code: Self.code).description)")
  }

  private func failure(_ entry: YAMLMap.Entry, _ message: String, help: String? = nil) -> DiagnosticError {
    DiagnosticError([
      Diagnostic(
        code: Self.code, message: message,
        primary: yaml.mark(entry.valueSpan.isEmpty ? entry.keySpan : entry.valueSpan), help: help)
    ])
  }
}
