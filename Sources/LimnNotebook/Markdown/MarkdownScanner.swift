/// Finds the fenced code blocks at the top level of a Markdown text.
///
/// Which blocks are at the top level depends on every other kind of block: a fence three spaces in belongs to the list
/// item above it, unless a line before closed that item, and a comment hides what is in it. So this is the block
/// structure phase of CommonMark in full (https://spec.commonmark.org/0.31.2/#appendix-a-parsing-strategy), of which
/// only the fences are kept. Inline structure is never looked at, and so link reference definitions count as the
/// paragraphs that they look like.
///
/// Complexity: linear in the text, times the depth of its containers.
struct MarkdownScanner {
  /// A block that holds blocks.
  private enum Container {
    case blockQuote
    /// - `contentIndentation`: the columns that later lines must be indented by.
    case listItem(contentIndentation: Int, isEmpty: Bool)
  }

  /// A block that holds text. It belongs to the innermost container.
  private enum Leaf {
    case none
    case paragraph
    case indentedCode
    case fence(MarkdownFence)
    case html(HTMLBlock)
  }

  private let bytes: [UInt8]
  private var containers: [Container] = []
  private var leaf = Leaf.none
  private var found: [MarkdownFence] = []

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The top-level fences of a text, in order. Only the last can be unclosed.
  static func fences(in bytes: [UInt8], from start: Int = 0) -> [MarkdownFence] {
    var scanner = MarkdownScanner(bytes)
    for range in TextLines(bytes, from: start) { scanner.scan(range) }
    scanner.closeLeaf()
    return scanner.found
  }

  private mutating func scan(_ range: Range<Int>) {
    var line = MarkdownLine(bytes, range)
    let matched = matchContainers(&line)
    let isMatched = matched == containers.count
    if isMatched, continueLiteral(&line, range) { return }
    openBlocks(&line, range, matched: matched)
  }

  /// Walks through the open containers that the line continues, and returns how many these are.
  private func matchContainers(_ line: inout MarkdownLine) -> Int {
    for (index, container) in containers.enumerated() {
      switch container {
      case .blockQuote:
        guard !line.isIndented, line.peek() == UInt8(ascii: ">") else { return index }
        enterBlockQuote(&line)
      case .listItem(let contentIndentation, let isEmpty):
        if line.isBlank {
          if isEmpty { return index }
          line.skipSpaces()
        } else if line.indentation >= contentIndentation {
          line.advance(columns: contentIndentation)
        } else {
          return index
        }
      }
    }
    return containers.count
  }

  private func enterBlockQuote(_ line: inout MarkdownLine) {
    line.skipSpaces()
    line.advance(characters: 1)
    if line.current?.isSpaceOrTab == true { line.advance(columns: 1) }
  }

  /// Takes a line that is the literal text of an open fence or HTML block, or closes it; false when there is neither.
  private mutating func continueLiteral(_ line: inout MarkdownLine, _ range: Range<Int>) -> Bool {
    switch leaf {
    case .fence(var fence):
      if !line.isIndented, MarkdownScanner.closes(line.text, fence) {
        fence.closingLine = range
        record(fence)
      } else {
        fence.contentLines.append(range)
        leaf = .fence(fence)
      }
      return true
    case .html(let block):
      if line.isBlank && block.endsAtBlankLine {
        leaf = .none
        return false
      }
      if block.isEnded(by: line.text) { leaf = .none }
      return true
    case .none, .paragraph, .indentedCode:
      return false
    }
  }

  private static func closes(_ text: ArraySlice<UInt8>, _ fence: MarkdownFence) -> Bool {
    let markers = text.prefix { $0 == fence.marker }.count
    return markers >= fence.length && text.dropFirst(markers).allSatisfy(\.isSpaceOrTab)
  }

  /// Opens the blocks that the rest of the line begins, having closed those that it does not continue; else adds its
  /// text.
  private mutating func openBlocks(_ line: inout MarkdownLine, _ range: Range<Int>, matched: Int) {
    var matched = matched
    /// The paragraph under the cursor may be an unmatched one that this line continues lazily.
    var isOpenParagraph: Bool { if case .paragraph = leaf { true } else { false } }
    func isParagraph() -> Bool { matched == containers.count && isOpenParagraph }

    while !line.isBlank {
      let text = line.text
      if line.isIndented {
        if isOpenParagraph { break }
        closeUnmatched(matched)
        open(.indentedCode)
        return
      }
      if text.first == UInt8(ascii: ">") {
        closeUnmatched(matched)
        addContainer(.blockQuote)
        enterBlockQuote(&line)
      } else if MarkdownScanner.isHeading(text) {
        closeUnmatched(matched)
        open(.none)
        return
      } else if let fence = openingFence(line, range) {
        closeUnmatched(matched)
        open(.fence(fence))
        return
      } else if let block = HTMLBlock(startingWith: text, interruptsParagraph: isOpenParagraph) {
        closeUnmatched(matched)
        open(block.isEnded(by: text) ? .none : .html(block))
        return
      } else if isParagraph(), MarkdownScanner.isSetextUnderline(text) {
        leaf = .none
        return
      } else if MarkdownScanner.isThematicBreak(text) {
        closeUnmatched(matched)
        open(.none)
        return
      } else if let item = listItem(&line, interruptsParagraph: isParagraph()) {
        closeUnmatched(matched)
        addContainer(item)
      } else {
        break
      }
      matched = containers.count
    }

    if line.isBlank {
      closeUnmatched(matched)
      if case .indentedCode = leaf { return }
      closeLeaf()
    } else if !isOpenParagraph {
      closeUnmatched(matched)
      open(.paragraph)
    }
  }

  private mutating func closeUnmatched(_ matched: Int) {
    guard matched < containers.count else { return }
    closeLeaf()
    containers.removeSubrange(matched...)
  }

  private mutating func closeLeaf() {
    if case .fence(let fence) = leaf { record(fence) }
    leaf = .none
  }

  private mutating func record(_ fence: MarkdownFence) {
    if containers.isEmpty { found.append(fence) }
    leaf = .none
  }

  private mutating func open(_ new: Leaf) {
    markNonempty()
    leaf = new
  }

  private mutating func addContainer(_ container: Container) {
    markNonempty()
    leaf = .none
    containers.append(container)
  }

  private mutating func markNonempty() {
    if case .listItem(let indentation, true) = containers.last {
      containers[containers.count - 1] = .listItem(contentIndentation: indentation, isEmpty: false)
    }
  }
}

// MARK: - The beginnings of blocks

extension MarkdownScanner {
  private func openingFence(_ line: MarkdownLine, _ range: Range<Int>) -> MarkdownFence? {
    let text = line.text
    guard let marker = text.first, marker == UInt8(ascii: "`") || marker == UInt8(ascii: "~") else { return nil }
    let length = text.prefix { $0 == marker }.count
    guard length >= 3 else { return nil }
    var info = text.dropFirst(length)
    if marker == UInt8(ascii: "`"), info.contains(marker) { return nil }
    info = info.drop(while: \.isSpaceOrTab)
    while info.last?.isSpaceOrTab == true { info = info.dropLast() }
    return MarkdownFence(
      marker: marker, length: length, indentation: line.indentation, info: info.startIndex..<info.endIndex,
      openingLine: range)
  }

  private static func isHeading(_ text: ArraySlice<UInt8>) -> Bool {
    let level = text.prefix { $0 == UInt8(ascii: "#") }.count
    guard (1...6).contains(level) else { return false }
    return text.dropFirst(level).first?.isSpaceOrTab ?? true
  }

  private static func isSetextUnderline(_ text: ArraySlice<UInt8>) -> Bool {
    guard let marker = text.first, marker == UInt8(ascii: "=") || marker == UInt8(ascii: "-") else { return false }
    return text.drop { $0 == marker }.allSatisfy(\.isSpaceOrTab)
  }

  private static func isThematicBreak(_ text: ArraySlice<UInt8>) -> Bool {
    guard let marker = text.first, [UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "_")].contains(marker) else {
      return false
    }
    return text.allSatisfy { $0 == marker || $0.isSpaceOrTab } && text.count { $0 == marker } >= 3
  }

  /// Consumes a list marker and the spaces behind it.
  private func listItem(_ line: inout MarkdownLine, interruptsParagraph: Bool) -> Container? {
    let text = line.text
    guard let first = text.first else { return nil }
    var width = 1
    if first.isASCIIDigit {
      let digits = text.prefix(while: \.isASCIIDigit)
      let delimiter = text.dropFirst(digits.count).first
      guard digits.count <= 9, delimiter == UInt8(ascii: ".") || delimiter == UInt8(ascii: ")") else { return nil }
      let isOne = digits.last == UInt8(ascii: "1") && digits.dropLast().allSatisfy { $0 == UInt8(ascii: "0") }
      guard isOne || !interruptsParagraph else { return nil }
      width = digits.count + 1
    } else {
      guard [UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "+")].contains(first) else { return nil }
    }
    let rest = text.dropFirst(width)
    guard rest.first?.isSpaceOrTab ?? true else { return nil }
    if interruptsParagraph, rest.allSatisfy(\.isSpaceOrTab) { return nil }

    let indentation = line.indentation
    line.skipSpaces()
    line.advance(characters: width)
    let spaces = line.indentation
    if line.isBlank || spaces >= 5 || spaces < 1 {
      if line.current?.isSpaceOrTab == true { line.advance(columns: 1) }
      return .listItem(contentIndentation: indentation + width + 1, isEmpty: true)
    }
    line.advance(columns: spaces)
    return .listItem(contentIndentation: indentation + width + spaces, isEmpty: true)
  }
}
