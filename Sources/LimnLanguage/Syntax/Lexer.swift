/// Turns a source into tokens, reporting what cannot be one.
///
/// The lexer never recurses: strings and the interpolations in them stand on an explicit stack of frames. A fault in
/// the text leaves a token that the parser can go on with, so that one fault gives one error.
struct Lexer {
  let source: Source
  let bytes: [UInt8]
  var position = 0
  var tokens: [Token] = []
  /// Decoded texts of strings, to which `stringText` tokens point.
  var texts: [String] = []
  var diagnostics: [Diagnostic] = []
  /// Every comment, in order, for a formatter.
  var comments: [Span] = []
  /// `##` lines directly above a token, by that token's index.
  var documentation: [Int: String] = [:]
  /// Whether the text ends inside a string that more lines could close.
  var endsInsideString = false
  /// Whether the text ends inside an interpolation.
  var endsInInterpolation = false

  var frames: [StringFrame] = []
  /// Where to return to when an interpolation that runs over a line of a one-line string turns out never to end.
  var checkpoint: Checkpoint?
  /// The last line with a character that is not part of the language.
  var lastStrangeLine = 0
  private var pendingDocumentation: [(line: Int, text: String)] = []
  private(set) var followsLineBreak = true

  /// A state of the lexer at the first line break inside a one-line string's interpolation.
  struct Checkpoint {
    var position: Int
    var diagnosticCount: Int
    var commentCount: Int
    var frame: Int
  }

  /// Strings within interpolations within strings deeper than this are an error.
  static let maximumStringDepth = 32

  init(_ source: Source) {
    self.source = source
    bytes = source.bytes
    tokens.reserveCapacity(bytes.count / 4 + 1)
  }

  /// Reads the whole source. The last token is `end`.
  mutating func run() {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    while true {
      if let frame = frames.last, frame.isInText {
        readStringText()
        continue
      }
      skipBlanks()
      if position < bytes.count {
        readToken()
      } else if frames.isEmpty {
        break
      } else {
        endsInsideString = true
        endsInInterpolation = true
        abandonString()
      }
    }
    append(.end, from: bytes.count)
  }

  // MARK: Bytes

  /// The byte at an offset from the position, or 0 beyond the end.
  func byte(_ offset: Int = 0) -> UInt8 {
    let index = position + offset
    return index < bytes.count ? bytes[index] : 0
  }

  /// Whether the text at the position begins with some ASCII text.
  func looking(at text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= bytes.count else { return false }
    for index in 0..<count where bytes[position + index] != text.utf8Start[index] { return false }
    return true
  }

  mutating func append(_ kind: Token.Kind, from start: Int) {
    if !pendingDocumentation.isEmpty { attachDocumentation(before: start) }
    tokens.append(Token(kind: kind, span: Span(start, position), followsLineBreak: followsLineBreak))
    followsLineBreak = false
  }

  /// Gives the next token the line break of a token that it replaces.
  mutating func setFollowsLineBreak(_ value: Bool) { followsLineBreak = value }

  mutating func report(
    _ error: SyntaxError, _ message: String, at span: Span, label: String = "", help: String? = nil
  ) {
    diagnostics.append(
      Diagnostic(
        code: error.rawValue, message: message, primary: .init(source: source, span: span, label: label), help: help))
  }

  // MARK: Between tokens

  private mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        position += 1
      case UInt8(ascii: "\r") where byte(1) == UInt8(ascii: "\n"):
        position += 1
      case UInt8(ascii: "\n"):
        setCheckpoint()
        followsLineBreak = true
        position += 1
      case UInt8(ascii: "#"):
        readComment()
      default:
        return
      }
    }
  }

  private mutating func setCheckpoint() {
    guard checkpoint == nil, let frame = frames.firstIndex(where: { !$0.isMultiline }) else { return }
    checkpoint = Checkpoint(
      position: position, diagnosticCount: diagnostics.count, commentCount: comments.count, frame: frame)
  }

  private mutating func readComment() {
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    var end = position
    if bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    comments.append(Span(start, end))
    if end > start + 1, bytes[start + 1] == UInt8(ascii: "#"), followsLineBreak {
      var text = bytes[(start + 2)..<end]
      if text.first == UInt8(ascii: " ") { text = text.dropFirst() }
      pendingDocumentation.append((source.line(at: start), String(decoding: text, as: UTF8.self)))
    }
  }

  /// Gives the `##` lines directly above to the token that begins at an offset.
  private mutating func attachDocumentation(before start: Int) {
    var line = source.line(at: min(start, bytes.count))
    var lines: [String] = []
    for entry in pendingDocumentation.reversed() {
      guard entry.line == line - 1 else { break }
      lines.append(entry.text)
      line -= 1
    }
    pendingDocumentation.removeAll()
    if !lines.isEmpty { documentation[tokens.count] = lines.reversed().joined(separator: "\n") }
  }

  // MARK: Tokens

  private mutating func readToken() {
    let first = bytes[position]
    switch first {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
      readWord()
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      readNumber()
    case UInt8(ascii: "\""):
      openString()
    case UInt8(ascii: "'"):
      readQuotedText()
    case 0x80...:
      readUnicode()
    default:
      readSymbol()
    }
  }

  private mutating func readWord() {
    let start = position
    skipWord()
    if let keyword = Keyword(word: bytes[start..<position]) {
      append(.keyword(keyword), from: start)
    } else {
      append(.name, from: start)
    }
  }

  mutating func skipWord() {
    while position < bytes.count {
      let next = bytes[position]
      if next.isWordByte {
        position += 1
      } else if next >= 0x80, let scalar = scalar(at: position), scalar.properties.isXIDContinue {
        position += scalar.utf8.count
      } else {
        return
      }
    }
  }

  private mutating func readUnicode() {
    guard let scalar = scalar(at: position) else {
      position += 1
      return
    }
    if scalar.properties.isXIDStart { return readWord() }
    let start = position
    position += scalar.utf8.count
    reportCharacter(scalar, at: Span(start, position))
    if !scalar.isInvisible { append(.strangeCharacter, from: start) }
  }

  /// The scalar that begins at an offset. A source's bytes are valid UTF-8, so it is nil only past the end.
  func scalar(at offset: Int) -> Unicode.Scalar? {
    guard offset < bytes.count else { return nil }
    return String(decoding: bytes[offset..<min(offset + 4, bytes.count)], as: UTF8.self).unicodeScalars.first
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  var isHexDigit: Bool {
    isDigit || (self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "f"))
  }

  /// Whether the byte can stand in a word, ASCII alone.
  var isWordByte: Bool {
    isDigit || self == UInt8(ascii: "_") || (self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z"))
  }
}
