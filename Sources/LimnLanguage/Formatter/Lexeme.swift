/// A token as the formatter moves it about: its text, and the comments and line breaks before it. A whole string with
/// all its interpolations is one lexeme, whose text stays as it is.
struct Lexeme {
  var kind: Token.Kind
  /// Lines are separated by line feeds, whatever the source has.
  var text: String
  var offset: Int
  /// Comments between the lexeme before and this one.
  var comments: [Comment] = []
  /// Line breaks between the lexeme or comment before and this one.
  var breaks: Int
  /// Of a string in `"""`: how far its first line is indented; nil where its lines cannot be moved.
  var indentation: Int?

  struct Comment {
    /// From `#` to the line's end.
    var text: String
    /// Line breaks before it; without one it stands behind code.
    var breaks: Int
    /// The column of its `#` in the source, from 0.
    var column: Int

    var isTrailing: Bool { breaks == 0 }
  }

  var isMultiline: Bool { text.utf8.contains(UInt8(ascii: "\n")) }

  func `is`(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }

  /// `|>` and `>>`, before which a long expression is broken.
  var isChainOperator: Bool { self.is(.pipe) || self.is(.compose) }
}

/// Reads the lexemes of a source that can be parsed.
struct LexemeReader {
  private let source: Source
  private let tokens: [Token]
  private var comments: ArraySlice<Span>
  private var position = 0

  /// The lexemes in order; the last stands for the end.
  static func read(_ lexer: Lexer) -> [Lexeme] {
    var reader = LexemeReader(lexer)
    return reader.readAll()
  }

  private init(_ lexer: Lexer) {
    source = lexer.source
    tokens = lexer.tokens
    comments = lexer.comments[...]
  }

  private mutating func readAll() -> [Lexeme] {
    var lexemes: [Lexeme] = []
    var end = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while position < tokens.count {
      let token = tokens[position]
      let (found, last) = takeComments(from: end, to: token.span.start)
      let (span, isRigid) = takeToken()
      // What is within a string belongs to its text.
      while let first = comments.first, first.start < span.end { comments.removeFirst() }
      var lexeme = Lexeme(
        kind: token.kind, text: text(of: span), offset: span.start, comments: found,
        breaks: breaks(from: last, to: span.start))
      if lexeme.isMultiline, !isRigid { lexeme.indentation = indentation(ofLineAt: span.start) }
      lexemes.append(lexeme)
      end = span.end
    }
    return lexemes
  }

  /// Passes one token, or a whole string; `isRigid` when an interpolation in it runs over lines.
  private mutating func takeToken() -> (span: Span, isRigid: Bool) {
    let first = tokens[position]
    position += 1
    guard first.kind == .stringStart else { return (first.span, false) }
    var depth = 1
    var isRigid = false
    var end = first.span.end
    while depth > 0, position < tokens.count {
      let token = tokens[position]
      if token.kind == .stringStart { depth += 1 }
      if token.kind == .stringEnd { depth -= 1 }
      isRigid = isRigid || token.followsLineBreak || depth > 1 && token.kind == .stringStart && isMultilineStart(token)
      end = token.span.end
      position += 1
    }
    return (Span(first.span.start, end), isRigid)
  }

  private func isMultilineStart(_ token: Token) -> Bool { token.span.end - token.span.start == 3 }

  private mutating func takeComments(from start: Int, to end: Int) -> (comments: [Lexeme.Comment], end: Int) {
    var result: [Lexeme.Comment] = []
    var last = start
    while let span = comments.first, span.end <= end {
      comments.removeFirst()
      var text = text(of: span)
      // A cell's options are YAML, in which blanks may count.
      if !text.hasPrefix("#|") { while text.last?.isWhitespace == true { text.removeLast() } }
      let isFirst = last == 0 || (last == 3 && source.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
      result.append(
        Lexeme.Comment(
          text: text, breaks: max(breaks(from: last, to: span.start), isFirst ? 1 : 0), column: column(of: span.start)))
      last = span.end
    }
    return (result, last)
  }

  private func breaks(from start: Int, to end: Int) -> Int {
    start < end ? source.bytes[start..<end].count { $0 == UInt8(ascii: "\n") } : 0
  }

  private func text(of span: Span) -> String {
    let text = source.text(of: span)
    // Searching is slow where there is one word after another to be searched.
    return text.utf8.contains(UInt8(ascii: "\r")) ? text.replacing("\r\n", with: "\n") : text
  }

  private func column(of offset: Int) -> Int {
    let line = source.lineBytes(source.line(at: offset))
    return DisplayWidth.of(String(decoding: source.bytes[line.startIndex..<offset], as: UTF8.self))
  }

  /// The spaces that a line begins with; nil when there are tabs among them.
  private func indentation(ofLineAt offset: Int) -> Int? {
    let line = source.lineBytes(source.line(at: offset))
    let blanks = line.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return blanks.contains(UInt8(ascii: "\t")) ? nil : blanks.count
  }
}
