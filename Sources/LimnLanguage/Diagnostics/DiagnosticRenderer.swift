/// Turns diagnostics into the one form that every front end prints.
///
/// ```
/// error[shape-mismatch]: conv2d got 3 channels, but its kernel was made for 1
///   --> dcgan.md, cell 4 "discriminator", line 12
///    |
/// 12 |   let score = d(batch)
///    |               ^^^^^^^^ input is [64, 28, 28, 3]
///    |
///    = the kernel took its shape on the first call, cell 2, line 5: [5, 5, 1, 64]
/// help: convert with to_gray(batch), or make d anew for color images
/// ```
///
/// With the default options the text is the same everywhere; a terminal sets its width and asks for color.
public struct DiagnosticRenderer: Sendable {
  /// The columns that a line may take. A longer source line is cut to a window around its marks; prose is wrapped.
  public var width: Int
  /// Whether to color with ANSI escapes. Whoever sets it respects `NO_COLOR`.
  public var usesColor: Bool
  /// Whether the output can show ASCII alone: other characters appear as `\u{...}`.
  public var isASCII: Bool

  public init(width: Int = 100, usesColor: Bool = false, isASCII: Bool = false) {
    self.width = max(40, width)
    self.usesColor = usesColor
    self.isASCII = isASCII
  }

  /// Several diagnostics, a blank line between them, without a line break at the end.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { render($0) }.joined(separator: "\n\n")
  }

  /// One diagnostic, without a line break at its end.
  public func render(_ diagnostic: Diagnostic) -> String {
    let marks = (diagnostic.primary.map { [$0] } ?? []) + diagnostic.secondary
    let snippets = Snippet.group(marks)
    let gutter = String(snippets.map(\.lastLine).max() ?? 0).count
    var lines: [String] = []

    let severity = diagnostic.severity.rawValue
    let head = "\(severity)[\(diagnostic.code)]"
    let style: Style = diagnostic.severity == .error ? .error : .warning
    let message = wrap(printable(diagnostic.message), first: width - head.count - 2, rest: width - 2)
    lines.append(paint(head, style) + paint(message[0].isEmpty ? ":" : ": \(message[0])", .strong))
    lines += message.dropFirst().map { paint("  \($0)", .strong) }
    for (index, snippet) in snippets.enumerated() {
      if index > 0 { lines.append(edge(gutter)) }
      let arrow = index == 0 ? "-->" : ":::"
      let place = printable(snippet.source.place(line: snippet.firstMarkedLine))
      lines.append(String(repeating: " ", count: gutter) + paint(arrow, .gutter) + " " + place)
      lines.append(edge(gutter))
      lines += SnippetRenderer(renderer: self, gutter: gutter, style: style).render(snippet)
    }
    if !diagnostic.notes.isEmpty, !snippets.isEmpty { lines.append(edge(gutter)) }
    let indent = snippets.isEmpty ? 2 : gutter + 1
    for note in diagnostic.notes {
      lines += hanging(String(repeating: " ", count: indent) + "=", style: .gutter, note)
    }
    lines += TraceRenderer.lines(diagnostic.trace).enumerated().flatMap { index, line in
      hanging(index == 0 ? "trace:" : "      ", style: .gutter, line)
    }
    if let help = diagnostic.help { lines += hanging("help:", style: .help, help) }
    return lines.joined(separator: "\n")
  }

  // MARK: Prose

  /// A prefix and text after it, wrapped so that following lines begin below the text.
  private func hanging(_ prefix: String, style: Style, _ text: String) -> [String] {
    let space = String(repeating: " ", count: prefix.count + 1)
    return printable(text).split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph in
      wrap(String(paragraph), first: max(20, width - prefix.count - 1), rest: max(20, width - prefix.count - 1))
    }.enumerated().map { index, line in (index == 0 ? paint(prefix, style) + " " : space) + line }
  }

  /// Breaks text at blanks into lines of some columns; the first line may have fewer, even none for a word.
  private func wrap(_ text: String, first: Int, rest: Int) -> [String] {
    guard DisplayWidth.of(text) > first else { return [text] }
    var lines: [String] = []
    var line: String?
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let room = lines.isEmpty ? first : rest
      if let present = line, DisplayWidth.of(present) + 1 + DisplayWidth.of(word) <= room {
        line = present + " " + word
        continue
      }
      // A word that is too long for the first line alone goes to the second.
      if let present = line {
        lines.append(present)
      } else if DisplayWidth.of(word) > room, room < rest {
        lines.append("")
      }
      line = String(word)
    }
    return lines + [line ?? ""]
  }

  /// Text as the output can show it.
  func printable(_ text: String) -> String {
    guard isASCII || text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" }) else { return text }
    return text.unicodeScalars.map { scalar in
      if scalar == "\n" || (scalar.value >= 0x20 && (scalar.isASCII || !isASCII)) { return String(scalar) }
      return scalar == "\t" ? "    " : "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }.joined()
  }

  /// The gutter of a line without a number.
  func edge(_ gutter: Int) -> String { paint(String(repeating: " ", count: gutter) + " |", .gutter) }

  // MARK: Color

  enum Style: String {
    case error = "1;31"
    case warning = "1;33"
    case strong = "1"
    case gutter = "34"
    case secondary = "36"
    case help = "1;36"
  }

  func paint(_ text: String, _ style: Style) -> String {
    usesColor && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}

extension Source {
  /// How a place is named above a snippet: `dcgan.md, cell 4 "discriminator", line 12`.
  func place(line: Int) -> String {
    guard let cell else { return "\(name), line \(line)" }
    return "\(name), cell \(cell.number)\(cell.id.map { " \"\($0)\"" } ?? ""), line \(line)"
  }
}
