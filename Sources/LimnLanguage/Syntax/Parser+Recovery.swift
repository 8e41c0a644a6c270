extension Parser {
  /// Goes on after a fault: to the next statement of the block that the parser is in, or to that block's end.
  ///
  /// Text that opens brackets is skipped to their ends. The bodies of a statement whose head is at fault are still read, for the
  /// faults in them.
  mutating func recover(_ abandon: Abandon, outerBrackets: Int) {
    let invalid = lastInvalid
    openBrackets.removeLast(max(0, openBrackets.count - outerBrackets))
    if abandon.resumesHere || isAborted { return }
    if let invalid {
      // Nothing after unreadable text can be trusted to its line's end.
      position = invalid
      repeat { advance() } while token.kind != .end && !token.followsLineBreak
      if token.kind == .end || tokens[statementStart].kind != .symbol(.rightBrace) { return }
    }

    var depth: [Symbol] = []
    var index = statementStart
    while index < position { track(tokens[index].kind, in: &depth); index += 1 }
    while token.kind != .end {
      let hasMoved = position > statementStart
      if hasMoved, token.followsLineBreak, depth.isEmpty || mayAbandonBrackets(depth) { return }
      if depth.isEmpty, token.kind == .symbol(.rightBrace) { return }
      if depth.isEmpty, hasMoved, opensBody { return readAbandonedBody() }
      track(token.kind, in: &depth)
      advance()
    }
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
