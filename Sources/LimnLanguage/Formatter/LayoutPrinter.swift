/// Writes the formatter's tree as lines of at most `limit` columns, where that can be.
///
/// What the author broke stays broken behind an opening bracket, behind a block's `{`, and before `|>`, `>>`, and `.`.
/// All else goes on one line where it fits. A line that is too long is broken before its `|>` and `>>`; then at the
/// commas of its widest brackets where these take most of it, or else behind its loosest operators (`LayoutSegment`).
struct LayoutPrinter {
  static let limit = 100
  static let step = 2

  private(set) var lines = PrintedLines()
  /// The indentation of the present line, which brackets on it go on from.
  private var indent = 0

  static func print(_ statements: [LayoutStatement], _ end: Lexeme) -> [String] {
    var printer = LayoutPrinter()
    printer.print(statements, indent: 0)
    printer.print(end.comments, indent: 0, isFirst: statements.isEmpty)
    return printer.lines.finished()
  }

  // MARK: Lines

  private mutating func startLine(_ indent: Int, afterBlank: Bool = false) {
    if afterBlank { lines.addBlank() }
    lines.start(indent: indent)
    self.indent = indent
  }

  /// Writes comments: one behind code on its line, the others on lines of their own.
  private mutating func print(_ comments: [Lexeme.Comment], indent: Int, isFirst: Bool = true) {
    var isFirst = isFirst
    for comment in comments {
      if comment.isTrailing, lines.takesComment {
        lines.attach(comment)
      } else {
        startLine(indent, afterBlank: comment.breaks > 1 && !isFirst)
        lines.append(comment.text)
        lines.closeLine()
        isFirst = false
      }
    }
  }

  // MARK: Statements

  private mutating func print(_ statements: [LayoutStatement], indent: Int) {
    for (index, statement) in statements.enumerated() {
      guard let lead = statement.sequence.lead else { continue }
      let isFirst = index == 0
      print(lead.comments, indent: indent, isFirst: isFirst)
      let writtenComment = lead.comments.contains { !$0.isTrailing }
      let reserve = statement.semicolon == nil ? 0 : 1
      if !isFirst, lead.comments.isEmpty, lead.breaks == 0, let flat = statement.sequence.flat,
        lines.column + 2 + DisplayWidth.of(flat) + reserve <= Self.limit
      {
        lines.append("; ")
      } else {
        startLine(indent, afterBlank: lead.breaks > 1 && (!isFirst || writtenComment))
      }
      print(statement.sequence, keepsBreaks: true, reserve: reserve)
      if statement.semicolon != nil { lines.append(";") }
    }
  }

  /// A block that takes several lines, on from an indentation.
  private mutating func open(_ block: LayoutBlock, from outer: Int) {
    lines.append(block.open.text)
    print(block.statements, indent: outer + Self.step)
    print(block.close.comments, indent: outer + Self.step, isFirst: block.statements.isEmpty)
    startLine(outer)
    lines.append(block.close.text)
  }

  // MARK: Sequences

  /// Writes a statement or an item. `reserve` columns must stay free behind it; `keepsBreaks` is false within brackets
  /// that stay on the line, where the author's breaks before operators mean nothing.
  private mutating func print(_ sequence: LayoutSequence, keepsBreaks: Bool, reserve: Int) {
    let elements = sequence.elements
    let base = indent
    var chainIndent = base + Self.step
    var breaks = Set(elements.indices.dropFirst().filter { !elements[$0].lead.comments.isEmpty })
    if keepsBreaks { breaks.formUnion(elements.indices.filter(sequence.isChainBreak)) }

    var start = 0
    while start < elements.count {
      var end = elements.indices.first { $0 > start && breaks.contains($0) } ?? elements.count
      let (columns, isFlat) = sequence.width(start..<end)
      let rest = end == elements.count && isFlat ? reserve : 0
      // Within brackets that stay on the line such a break would be lost the next time.
      let chain = keepsBreaks ? (start + 1..<max(end, start + 1)).filter { elements[$0].lead.isChainOperator } : []
      let startColumn =
        start == 0 ? lines.column : elements[start].lead.isChainOperator ? chainIndent : base + Self.step
      if !chain.isEmpty, startColumn + columns + rest > Self.limit {
        breaks.formUnion(chain)
        end = chain[0]
      }
      if start > 0 {
        let lead = elements[start].lead
        let indent = lead.isChainOperator ? chainIndent : base + Self.step
        print(lead.comments, indent: indent)
        startLine(indent)
      }
      let isChained = start > 0 && elements[start].lead.isChainOperator
      var segment = LayoutSegment(
        sequence: sequence, range: start..<end, reserve: end == elements.count ? reserve : 0,
        breakIndent: keepsBreaks ? (isChained ? chainIndent : base) + Self.step : nil)
      print(&segment)
      // Operands of a chain that begins behind a `=` stand below one another.
      if let column = segment.operandColumn { chainIndent = max(base + Self.step, column - 3) }
      start = end
    }
    if elements.count > 1, breaks.isEmpty == false { indent = base }
  }

  private mutating func print(_ segment: inout LayoutSegment) {
    let elements = segment.sequence.elements
    // Where the line begins on which an `if`, `try` or loop does, whose blocks go on from there.
    var headIndent: Int?
    var start = segment.range.lowerBound
    while start < segment.range.upperBound {
      let stretch = segment.nextStretch(from: start, at: lines.column)
      for index in start..<stretch.end {
        if let indent = stretch.breaks[index] {
          startLine(indent)
        } else if elements[index].hasSpace, index > segment.range.lowerBound {
          lines.append(" ")
        }
        if index > 0, elements[index - 1].lead.is(.assign), segment.operandColumn == nil {
          segment.operandColumn = lines.column
        }
        if segment.sequence.isHead(index) { headIndent = indent }
        let blockIndent = segment.sequence.hasHead(ofBlock: index) ? headIndent ?? indent : indent
        print(elements[index], index, segment, blockIndent)
      }
      start = stretch.end
    }
  }

  private mutating func print(_ element: LayoutElement, _ index: Int, _ segment: LayoutSegment, _ blockIndent: Int) {
    if let flat = segment.flat(index) { return lines.append(flat) }
    switch element.content {
    case .lexeme(let lexeme): append(lexeme)
    case .block(let block): open(block, from: blockIndent)
    case .group(let group):
      if segment.hugs(index), lines.column + group.headWidth <= Self.limit {
        hug(group, after: segment.columns(index + 1..<segment.range.upperBound))
      } else {
        open(group)
      }
    }
  }

  private mutating func append(_ lexeme: Lexeme) {
    guard lexeme.isMultiline else { return lines.append(lexeme.text) }
    lines.append(lexeme.indentation.map { MultilineText.moved(lexeme.text, by: lines.indentation - $0) } ?? lexeme.text)
  }

  // MARK: Brackets

  /// Brackets that stay on the line although something in them takes several lines.
  private mutating func hug(_ group: LayoutGroup, after: Int) {
    let outer = indent
    lines.append(group.open.text)
    for (index, item) in group.items.enumerated() {
      if index > 0 { lines.append(", ") }
      let isLast = index == group.items.count - 1
      print(item.sequence, keepsBreaks: false, reserve: isLast ? 1 + after : 1)
    }
    lines.append(group.close.text)
    indent = outer
  }

  /// Brackets whose items stand on lines of their own. Items that the author put on one line stay together; so do
  /// numbers and names where the line was too long.
  private mutating func open(_ group: LayoutGroup) {
    let outer = indent
    let inner = outer + Self.step
    lines.append(group.open.text)
    let fills = !group.mustOpen && group.items.count > 4 && group.items.allSatisfy { isShort($0.sequence) }
    for (index, item) in group.items.enumerated() {
      guard let lead = item.sequence.lead else { continue }
      let isFirst = index == 0
      print(lead.comments, indent: inner, isFirst: isFirst)
      let comma = index < group.items.count - 1 || group.takesFinalComma ? 1 : 0
      let fits = item.sequence.flat.map { lines.column + 1 + DisplayWidth.of($0) + comma <= Self.limit } ?? false
      if !isFirst, lead.comments.isEmpty, fits, fills || group.mustOpen && lead.breaks == 0, lines.takesCode {
        lines.append(" ")
      } else {
        startLine(inner, afterBlank: lead.breaks > 1 && !isFirst)
      }
      indent = inner
      print(item.sequence, keepsBreaks: true, reserve: comma)
      if comma > 0 { lines.append(",") }
      if let comments = item.comma?.comments { print(comments, indent: inner) }
    }
    print(group.close.comments, indent: inner, isFirst: group.items.isEmpty)
    startLine(outer)
    lines.append(group.close.text)
  }

  /// A number, a name, or a short text.
  private func isShort(_ sequence: LayoutSequence) -> Bool {
    sequence.elements.count <= 2 && !sequence.elements.contains { $0.canOpen || $0.width > 24 }
  }
}
