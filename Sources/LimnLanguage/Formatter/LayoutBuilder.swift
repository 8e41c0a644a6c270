/// Builds the formatter's tree of a source's lexemes.
struct LayoutBuilder {
  private var lexemes: [Lexeme]
  private let landmarks: SyntaxLandmarks
  private var position = 0

  init(_ lexemes: [Lexeme], _ landmarks: SyntaxLandmarks) {
    self.lexemes = lexemes
    self.landmarks = landmarks
  }

  /// The unit's statements, and the lexeme that stands for its end.
  static func build(_ lexemes: [Lexeme], _ landmarks: SyntaxLandmarks) -> (statements: [LayoutStatement], end: Lexeme) {
    var builder = LayoutBuilder(lexemes, landmarks)
    let statements = builder.takeStatements()
    return (statements, builder.lexeme)
  }

  private var lexeme: Lexeme { lexemes[position] }

  private mutating func take() -> Lexeme {
    defer { if position < lexemes.count - 1 { position += 1 } }
    return lexemes[position]
  }

  private mutating func takeStatements() -> [LayoutStatement] {
    var statements: [LayoutStatement] = []
    // Comments before a `;` go to what comes next.
    var pending: [Lexeme.Comment] = []
    var breaks = 0
    while lexeme.kind != .end, !lexeme.is(.rightBrace) {
      if lexeme.is(.semicolon) {
        let semicolon = take()
        pending += semicolon.comments
        breaks = max(breaks, semicolon.breaks)
        if lexeme.kind == .end, !statements.isEmpty { statements[statements.count - 1].semicolon = semicolon }
        continue
      }
      let start = position
      var elements = takeElements(inSubscript: false) { [landmarks] next, position in
        next.is(.semicolon) || next.is(.rightBrace) || position > start && landmarks.statements.contains(next.offset)
      }
      if !pending.isEmpty || breaks > 0 {
        elements[0] = elements[0].preceded(by: pending, breaks: breaks)
        (pending, breaks) = ([], 0)
      }
      statements.append(LayoutStatement(sequence: LayoutSequence(elements)))
    }
    lexemes[position].comments = pending + lexemes[position].comments
    return statements
  }

  /// Reads elements up to a lexeme that ends them. At least one is read.
  private mutating func takeElements(
    inSubscript: Bool, until isEnd: (Lexeme, Int) -> Bool
  ) -> [LayoutElement] {
    var elements: [LayoutElement] = []
    while lexeme.kind != .end, elements.isEmpty || !isEnd(lexeme, position) {
      var element = takeElement()
      if let previous = elements.last {
        element.hasSpace = needsSpace(previous.last, element.lead, inSubscript: inSubscript)
      }
      elements.append(element)
    }
    return elements
  }

  private mutating func takeElement() -> LayoutElement {
    guard case .symbol(let symbol) = lexeme.kind, symbol.isOpening else { return LayoutElement(take()) }
    if landmarks.blocks.contains(lexeme.offset) {
      let open = take()
      let statements = takeStatements()
      return LayoutElement(LayoutBlock(open: open, statements: statements, close: take()))
    }
    let open = take()
    let isSubscript = open.is(.leftBracket) && !landmarks.lists.contains(open.offset)
    var items: [LayoutGroup.Item] = []
    while lexeme.kind != .end, !Self.isClosing(lexeme) {
      let elements = takeElements(inSubscript: isSubscript) { next, _ in next.is(.comma) || Self.isClosing(next) }
      var item = LayoutGroup.Item(sequence: LayoutSequence(elements))
      if lexeme.is(.comma) { item.comma = take() }
      items.append(item)
    }
    return LayoutElement(
      LayoutGroup(
        open: open, items: items, close: take(), takesFinalComma: !landmarks.parentheses.contains(open.offset)))
  }

  private static func isClosing(_ lexeme: Lexeme) -> Bool {
    if case .symbol(let symbol) = lexeme.kind { symbol.isClosing } else { false }
  }

  // MARK: Spaces

  /// Whether a blank stands between two lexemes of one line.
  private func needsSpace(_ previous: Lexeme, _ next: Lexeme, inSubscript: Bool) -> Bool {
    switch next.kind {
    case .symbol(.comma), .symbol(.dot), .symbol(.colon): return false
    case .symbol(.leftParenthesis) where !isOperand(next): return false
    case .symbol(.leftBracket) where !landmarks.lists.contains(next.offset): return false
    default: break
    }
    switch previous.kind {
    case .symbol(.dot): return false
    case .symbol(.colon): return !inSubscript
    case .symbol(.halfOpenRange), .symbol(.ellipsis): return false
    case .symbol(.minus) where landmarks.unaries.contains(previous.offset): return false
    case .symbol(.tilde) where landmarks.unaries.contains(previous.offset): return false
    default: return !next.is(.halfOpenRange) && !next.is(.ellipsis)
    }
  }

  /// Whether a `(` begins an operand rather than a call's arguments or a function's parameters.
  private func isOperand(_ lexeme: Lexeme) -> Bool {
    landmarks.parentheses.contains(lexeme.offset) || landmarks.arrows.contains(lexeme.offset)
  }
}

extension LayoutElement {
  /// The element with more comments and line breaks before it.
  fileprivate func preceded(by comments: [Lexeme.Comment], breaks: Int) -> LayoutElement {
    func changed(_ lexeme: Lexeme) -> Lexeme {
      var lexeme = lexeme
      lexeme.comments = comments + lexeme.comments
      lexeme.breaks = max(lexeme.breaks, breaks)
      return lexeme
    }
    switch content {
    case .lexeme(let lexeme): return LayoutElement(changed(lexeme))
    case .group(var group):
      group.open = changed(group.open)
      return LayoutElement(group)
    case .block(var block):
      block.open = changed(block.open)
      return LayoutElement(block)
    }
  }
}
