extension LayoutSegment {
  /// Lines that begin behind operators.
  struct OperatorBreaks {
    /// The indentations of lines by the elements that they begin with.
    var indents: [Int: Int] = [:]
    /// Whether one of them begins behind a `=` or a `=>`.
    var takesLooseEnd = false
    /// Parts that are too long for a line, and have no operator to be broken behind.
    var failing: [Range<Int>] = []
  }

  /// Breaks behind all of the loosest operators where a part is too long; then in the same way, further to the right,
  /// what is still too long, and last behind a `=` or a `=>`.
  ///
  /// - Parameters:
  ///   - column: The columns of the line before the part.
  ///   - indent: Where lines go on.
  ///   - isOwnLine: Whether the part begins a line.
  func find(
    _ breaks: inout OperatorBreaks, in indices: Range<Int>, at column: Int, indent: Int, isOwnLine: Bool = false
  ) {
    let blank = isOwnLine && sequence.elements[indices.lowerBound].hasSpace ? 1 : 0
    if fits(indices, at: column - blank) { return }
    let places = indices.dropFirst().compactMap { index in
      looseness(before: index).map { (index: index, looseness: $0) }
    }
    guard let loosest = places.map(\.looseness).min() else {
      breaks.failing.append(indices)
      return
    }
    let isLast = loosest >= .arrow
    if isLast { breaks.takesLooseEnd = true }
    var start = indices.lowerBound
    for end in places.filter({ $0.looseness == loosest }).map(\.index) + [indices.upperBound] {
      let isFirst = start == indices.lowerBound
      if !isFirst { breaks.indents[start] = indent }
      // What can only be broken behind its `=` stands below it as far to the right as the others.
      let inner = isLast || !hasOperators(start..<end) ? indent : indent + LayoutPrinter.step
      find(
        &breaks, in: start..<end, at: isFirst ? column : indent, indent: inner, isOwnLine: isFirst ? isOwnLine : true)
      start = end
    }
  }

  private func hasOperators(_ indices: Range<Int>) -> Bool {
    indices.dropFirst().contains { looseness(before: $0).map { $0 < .arrow } ?? false }
  }

  private enum Looseness: Comparable {
    case comma
    case infix(Precedence)
    case power
    case arrow
    case assignment
  }

  /// How loosely the operator binds behind which a line would end before an element; nil where there is none.
  private func looseness(before index: Int) -> Looseness? {
    let elements = sequence.elements
    // What follows a minus of one operand is close to it; a word behind a point is a name.
    guard index >= 2, elements[index].hasSpace, case .lexeme(let lexeme) = elements[index - 1].content,
      !elements[index - 2].last.is(.dot)
    else { return nil }
    switch lexeme.kind {
    case .symbol(.comma): return index > headEnd ? .comma : nil
    case .symbol(.arrow): return .arrow
    case .symbol(.assign): return .assignment
    case .symbol(.power): return .power
    case .symbol(.compose): return nil
    default: return index > headEnd ? lexeme.kind.infix.map { .infix($0.1) } : nil
    }
  }
}

extension LayoutSequence {
  /// The end of what a statement's names and keywords take up before its value: behind a `=`, or a loop's `in`.
  func headEnd() -> Int {
    let isLoop = elements.first?.lead.kind == .keyword(.for)
    let last = elements.firstIndex { isLoop ? $0.lead.kind == .keyword(.in) : $0.lead.is(.assign) }
    return last.map { $0 + 1 } ?? 0
  }

  /// Whether an element begins an `if`, a `try` or a loop.
  func isHead(_ index: Int) -> Bool {
    guard index == 0 || !elements[index - 1].last.is(.dot) else { return false }
    switch elements[index].lead.kind {
    case .keyword(.if), .keyword(.try), .keyword(.for), .keyword(.while): return true
    default: return false
    }
  }

  /// Whether a block belongs to an `if`, a `try` or a loop before it.
  func hasHead(ofBlock index: Int) -> Bool {
    guard elements[index].isBlock, (0..<index).contains(where: isHead) else { return false }
    return index < 2 || elements[index - 2].lead.kind != .keyword(.fn)
  }
}
