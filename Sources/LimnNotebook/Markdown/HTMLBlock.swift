/// A raw HTML block, by the seven kinds of beginning that CommonMark gives it
/// (https://spec.commonmark.org/0.31.2/#html-blocks).
enum HTMLBlock {
  /// `<script>`, `<pre>`, `<style>`, `<textarea>`: ends with any of their closing tags.
  case verbatim
  case comment
  case instruction
  case declaration
  case characterData
  /// A tag of a block-level element, or any complete tag alone on its line.
  case element

  private static let verbatimNames = ["script", "pre", "style", "textarea"]
  private static let elementNames: Set<String> = [
    "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center", "col", "colgroup",
    "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "iframe", "legend",
    "li", "link", "main", "menu", "menuitem", "nav", "noframes", "ol", "optgroup", "option", "p", "param", "search",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul",
  ]

  /// - Parameter interruptsParagraph: A paragraph is open, which a lone tag of an inline element continues.
  init?(startingWith text: ArraySlice<UInt8>, interruptsParagraph: Bool) {
    guard text.first == UInt8(ascii: "<") else { return nil }
    let rest = text.dropFirst()
    if rest.starts(with: "!--".utf8) {
      self = .comment
    } else if rest.first == UInt8(ascii: "?") {
      self = .instruction
    } else if rest.starts(with: "![CDATA[".utf8) {
      self = .characterData
    } else if rest.first == UInt8(ascii: "!"), rest.dropFirst().first?.isASCIILetter == true {
      self = .declaration
    } else if let kind = HTMLBlock.named(rest) {
      self = kind
    } else if !interruptsParagraph, HTMLBlock.isLoneTag(rest) {
      self = .element
    } else {
      return nil
    }
  }

  var endsAtBlankLine: Bool { if case .element = self { true } else { false } }

  /// Whether a line, which may be the first, holds the end of the block.
  func isEnded(by text: ArraySlice<UInt8>) -> Bool {
    let line = String(decoding: text, as: UTF8.self)
    switch self {
    case .verbatim:
      let lowered = line.lowercased()
      return HTMLBlock.verbatimNames.contains { lowered.contains("</\($0)>") }
    case .comment: return line.contains("-->")
    case .instruction: return line.contains("?>")
    case .declaration: return line.contains(">")
    case .characterData: return line.contains("]]>")
    case .element: return false
    }
  }

  private static func named(_ rest: ArraySlice<UInt8>) -> HTMLBlock? {
    let isClosing = rest.first == UInt8(ascii: "/")
    let body = isClosing ? rest.dropFirst() : rest
    let word = body.prefix { $0.isASCIILetter || $0.isASCIIDigit }
    let name = String(decoding: word, as: UTF8.self).lowercased()
    let next = body.dropFirst(word.count)
    let isEnd = next.isEmpty || next.first?.isSpaceOrTab == true || next.first == UInt8(ascii: ">")
    if !isClosing, verbatimNames.contains(name) { return isEnd ? .verbatim : nil }
    guard elementNames.contains(name) else { return nil }
    return isEnd || next.starts(with: "/>".utf8) ? .element : nil
  }

  /// One complete opening or closing tag, then nothing but spaces. `rest` follows the `<`.
  private static func isLoneTag(_ rest: ArraySlice<UInt8>) -> Bool {
    var tag = HTMLTagReader(rest)
    return tag.readTag() && tag.isAtEnd
  }
}

/// Reads one HTML tag, as CommonMark defines it (section 6.6, "Raw HTML"), within one line.
private struct HTMLTagReader {
  private var rest: ArraySlice<UInt8>

  init(_ rest: ArraySlice<UInt8>) { self.rest = rest }

  var isAtEnd: Bool { rest.allSatisfy(\.isSpaceOrTab) }

  mutating func readTag() -> Bool {
    let isClosing = take("/")
    guard rest.first?.isASCIILetter == true else { return false }
    takeWhile { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
    if isClosing {
      takeSpaces()
      return take(">")
    }
    while readAttribute() {}
    takeSpaces()
    _ = take("/")
    return take(">")
  }

  private mutating func readAttribute() -> Bool {
    let start = rest
    guard takeSpaces(), let first = rest.first,
      first.isASCIILetter || first == UInt8(ascii: "_") || first == UInt8(ascii: ":")
    else {
      rest = start
      return false
    }
    takeWhile { $0.isASCIILetter || $0.isASCIIDigit || "_.:-".utf8.contains($0) }
    let afterName = rest
    takeSpaces()
    guard take("=") else {
      rest = afterName
      return true
    }
    takeSpaces()
    guard readAttributeValue() else {
      rest = start
      return false
    }
    return true
  }

  private mutating func readAttributeValue() -> Bool {
    if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      rest = rest.dropFirst()
      takeWhile { $0 != quote }
      guard !rest.isEmpty else { return false }
      rest = rest.dropFirst()
      return true
    }
    return takeWhile { !$0.isSpaceOrTab && !"\"'=<>`".utf8.contains($0) }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }

  @discardableResult
  private mutating func takeSpaces() -> Bool { takeWhile(\.isSpaceOrTab) }

  @discardableResult
  private mutating func takeWhile(_ isIncluded: (UInt8) -> Bool) -> Bool {
    let tail = rest.drop(while: isIncluded)
    defer { rest = tail }
    return tail.startIndex > rest.startIndex
  }
}
