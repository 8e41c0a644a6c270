/// Writes the formatter's tree as lines of at most `limit` columns, where that can be.
///
/// What the author broke stays broken behind an opening bracket, behind a block's `{`, and before `|>`, `>>`, and `.`.
/// All else goes on one line where it fits. A line that is too long is broken before its `|>` and `>>`; then at the
/// commas of its widest brackets.
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

  /// A block that takes several lines.
  private mutating func open(_ block: LayoutBlock) {
    let outer = indent
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
      let chain = (start + 1..<max(end, start + 1)).filter { elements[$0].lead.isChainOperator }
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
      var segment = Segment(
        sequence: sequence, range: start..<end, reserve: end == elements.count ? reserve : 0,
        breakIndent: keepsBreaks ? base + Self.step : nil)
      print(&segment)
      // Operands of a chain that begins behind a `=` stand below one another.
      if let column = segment.operandColumn { chainIndent = max(base + Self.step, column - 3) }
      start = end
    }
    if elements.count > 1, breaks.isEmpty == false { indent = base }
  }

  /// A part of a sequence without a break that stays.
  private struct Segment {
    let sequence: LayoutSequence
    let range: Range<Int>
    let reserve: Int
    /// Where a line goes on that the author broke behind an operator; nil where such breaks mean nothing.
    let breakIndent: Int?
    /// The column of what follows a `=`.
    var operandColumn: Int?
    /// Blocks of an `if` or `try` that take several lines because one of them does not fit.
    var opened: Set<Int> = []

    /// The end of the part that shares a line with an element, before the next break of the author's.
    func lineEnd(after index: Int) -> Int {
      (index + 1..<max(range.upperBound, index + 1)).first(where: isSoftBreak) ?? range.upperBound
    }

    func isSoftBreak(_ index: Int) -> Bool {
      breakIndent != nil && index > range.lowerBound && sequence.elements[index].lead.breaks > 0
    }

    /// The columns from an index to the end of its line, with what must stay free there.
    func columns(from index: Int, to end: Int) -> Int {
      let (columns, isFlat) = sequence.width(index..<max(index, end))
      return columns + (isFlat && end == range.upperBound ? reserve : 0)
    }
  }

  private mutating func print(_ segment: inout Segment) {
    let elements = segment.sequence.elements
    for index in segment.range {
      let element = elements[index]
      if index > segment.range.lowerBound {
        if let indent = segment.breakIndent, segment.isSoftBreak(index), staysBroken(index, indent, segment) {
          startLine(indent)
        } else if element.hasSpace {
          lines.append(" ")
        }
      }
      if index > 0, elements[index - 1].lead.is(.assign), segment.operandColumn == nil {
        segment.operandColumn = lines.column
      }
      print(element, index, &segment)
    }
  }

  /// Whether a line stays broken behind an operator: where what follows does not fit on the line, but does below, or
  /// has no brackets that could be opened on the line.
  private func staysBroken(_ index: Int, _ indent: Int, _ segment: Segment) -> Bool {
    let end = segment.lineEnd(after: index)
    let columns = segment.columns(from: index, to: end)
    guard lines.column + columns > Self.limit else { return false }
    if segment.sequence.width(index..<end).isFlat, indent + columns <= Self.limit { return true }
    let space = segment.sequence.elements[index].hasSpace ? 1 : 0
    return choice(from: index, to: end, at: lines.column + space, in: segment) == nil
  }

  private mutating func print(_ element: LayoutElement, _ index: Int, _ segment: inout Segment) {
    let end = segment.lineEnd(after: index)
    let after = segment.columns(from: index + 1, to: end)
    if let flat = element.flat, !segment.opened.contains(index) {
      if lines.column + element.width + after <= Self.limit { return lines.append(flat) }
      let branches = element.isBlock ? segment.sequence.branches(index) : []
      if branches.contains(where: { segment.sequence.elements[$0].canOpen }) {
        segment.opened.formUnion(branches)
      } else if !element.canOpen || (choice(from: index, to: end, at: lines.column, in: segment) ?? index) != index {
        return lines.append(flat)
      }
    }
    switch element.content {
    case .lexeme(let lexeme): append(lexeme)
    case .block(let block): open(block)
    case .group(let group):
      let staysOnLine =
        element.flat == nil && !group.mustOpen && lines.column + group.headWidth <= Self.limit
      if staysOnLine { hug(group, after: after) } else { open(group) }
    }
  }

  /// The brackets to open on a line that is too long, from an element on: a block, or else the widest whose opening
  /// bracket is still on the line; nil when there are none.
  private func choice(from start: Int, to end: Int, at startColumn: Int, in segment: Segment) -> Int? {
    let elements = segment.sequence.elements
    var best: Int?
    var column = startColumn
    for index in start..<end {
      let element = elements[index]
      if element.hasSpace, index > start { column += 1 }
      guard element.flat != nil, column + 1 <= Self.limit else { break }
      if element.canOpen {
        if element.isBlock { return index }
        if best.map({ elements[$0].width <= element.width }) ?? true { best = index }
      }
      column += element.width
    }
    return best
  }

  private mutating func append(_ lexeme: Lexeme) {
    guard lexeme.isMultiline else { return lines.append(lexeme.text) }
    lines.append(lexeme.indentation.map { MultilineText.moved(lexeme.text, by: indent - $0) } ?? lexeme.text)
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
