extension Parser {
  /// Goes on after a fault: to the next statement of the block that the parser is in, or to that block's end.
  ///
  /// Text that opens brackets is skipped to their ends. The bodies of a statement whose head is at fault are still
  /// read, for the faults in them.
  mutating func recover(_ abandon: Abandon, outerBrackets: Int) {
    openBrackets.removeLast(max(0, openBrackets.count - outerBrackets))
    if abandon.resumesHere || isAborted { return }
    let invalid = lastInvalid
    var depth: [Symbol] = []
    if let invalid, tokens[invalid].kind == .invalid {
      // A broken string took its line's end along, and the brackets there.
      for token in tokens[statementStart..<invalid] { track(token.kind, in: &depth) }
      lostBrackets += depth + unclosedBrackets(in: tokens[invalid].span)
      position = invalid
      repeat { advance() } while token.kind != .end && !token.followsLineBreak
      return
    }

    for token in tokens[statementStart..<position] { track(token.kind, in: &depth) }
    while token.kind != .end {
      let hasMoved = position > statementStart
      if hasMoved, token.followsLineBreak, depth.isEmpty || mayAbandonBrackets(depth) { return }
      if depth.isEmpty, token.kind == .symbol(.rightBrace) { return }
      if !depth.contains(.leftBrace), hasMoved, opensBody { return readAbandonedBody() }
      track(token.kind, in: &depth)
      advance()
    }
  }

  /// The brackets that a stretch of raw text opens and does not close.
  private func unclosedBrackets(in span: Span) -> [Symbol] {
    var depth: [Symbol] = []
    for byte in source.bytes[span.start..<span.end] {
      if let symbol = Symbol(rawValue: String(Unicode.Scalar(byte))) { track(.symbol(symbol), in: &depth) }
    }
    return depth
  }

  /// Follows brackets; a closing one that fits none is skipped.
  private func track(_ kind: Token.Kind, in depth: inout [Symbol]) {
    guard case .symbol(let symbol) = kind else { return }
    if symbol.isOpening {
      depth.append(symbol)
    } else if symbol.isClosing, let index = depth.lastIndex(where: { $0.closing == symbol }) {
      depth.removeSubrange(index...)
    }
  }

  /// Whether a word at a line's start shows that parentheses before it were never closed.
  private func mayAbandonBrackets(_ depth: [Symbol]) -> Bool {
    guard case .keyword(let keyword) = token.kind, keyword.onlyBeginsStatement else { return false }
    return !depth.contains(.leftBrace)
  }

  /// Whether the present `{` begins the body of the statement at fault.
  private var opensBody: Bool {
    guard token.kind == .symbol(.leftBrace), position + 1 < tokens.count, tokens[position + 1].followsLineBreak else {
      return false
    }
    if misspeltStart == statementStart { return true }
    switch tokens[statementStart].kind {
    case .keyword(.if), .keyword(.for), .keyword(.while), .keyword(.fn), .keyword(.try): return true
    default: return false
    }
  }

  private mutating func readAbandonedBody() {
    let start = statementStart
    _ = try? parseBlock()
    statementStart = start
    if case .keyword(let keyword) = token.kind, keyword == .else || keyword == .catch, !token.followsLineBreak {
      while token.kind != .end, token.kind != .symbol(.leftBrace), !token.followsLineBreak { advance() }
      if token.kind == .symbol(.leftBrace) { _ = try? parseBlock() }
    }
  }
}
