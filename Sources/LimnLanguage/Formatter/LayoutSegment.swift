/// A part of a sequence without a break that stays, and how it is put on lines.
///
/// Nothing here depends on where the author broke a line behind an operator. A stretch that fits goes on one line. Of
/// one that does not, the first block is opened; else the widest brackets, where they take more than half of it; else the
/// line is broken behind its operators, and brackets are opened only where that is not enough. What has been opened is
/// open the next time from the start, and all that stands before or behind it is decided as it was the first time.
struct LayoutSegment {
  let sequence: LayoutSequence
  let range: Range<Int>
  /// The columns that must stay free behind its end.
  let reserve: Int
  /// Where a line goes on behind an operator; nil where no line can be broken there.
  let breakIndent: Int?
  /// Where the sequence's value begins, behind a `=` or a loop's `in`.
  let headEnd: Int
  /// The column of what follows a `=`.
  var operandColumn: Int?
  /// Elements that could stand on one line and are opened.
  private var opened: Set<Int> = []

  init(sequence: LayoutSequence, range: Range<Int>, reserve: Int, breakIndent: Int?) {
    self.sequence = sequence
    self.range = range
    self.reserve = reserve
    self.breakIndent = breakIndent
    headEnd = sequence.headEnd()
    // The blocks of an `if` or a `try` stand on one line, or take several each.
    opened = Set(range.filter { sequence.elements[$0].isBlock && !sequence.branches($0).allSatisfy(range.contains) })
  }

  /// Elements that are written next. Only the last may take several lines.
  struct Stretch {
    var end: Int
    /// The indentations of the lines that begin with an element.
    var breaks: [Int: Int] = [:]
  }

  /// An element's text on one line; nil when it takes several.
  func flat(_ index: Int) -> String? { opened.contains(index) ? nil : sequence.elements[index].flat }

  /// Whether brackets that take several lines can stay with what is in them.
  func hugs(_ index: Int) -> Bool {
    guard case .group(let group) = sequence.elements[index].content else { return false }
    return sequence.elements[index].flat == nil && !group.mustOpen && !opened.contains(index)
  }

  /// The columns of elements that follow another on its line, up to the first that takes several lines, with what must
  /// stay free behind them.
  func columns(_ indices: Range<Int>) -> Int {
    var columns = 0
    for index in indices {
      let element = sequence.elements[index]
      if element.hasSpace, index > range.lowerBound { columns += 1 }
      if opened.contains(index) { return columns + 1 }
      columns += element.width
      if element.flat == nil { return columns }
    }
    return columns + (indices.upperBound == range.upperBound ? reserve : 0)
  }

  func fits(_ indices: Range<Int>, at column: Int) -> Bool { column + columns(indices) <= LayoutPrinter.limit }

  /// Decides about what comes next, and opens brackets or blocks where that must be.
  ///
  /// - Parameter column: The columns of the line so far.
  mutating func nextStretch(from start: Int, at column: Int) -> Stretch {
    let end = (start..<range.upperBound).first { flat($0) == nil }.map { $0 + 1 } ?? range.upperBound
    let isSpread = { [self] in canOpenBlock($0) && !sequence.branches($0).allSatisfy((start..<end).contains) }
    if let block = (start..<end).first(where: isSpread) {
      opened.formUnion(sequence.branches(block))
      return nextStretch(from: start, at: column)
    }
    if fits(start..<end, at: column) { return Stretch(end: end) }
    guard let block = (start..<end).first(where: canOpenBlock) else { return broken(start..<end, at: column) }
    var withBlock = self
    withBlock.opened.formUnion(sequence.branches(block))
    if withBlock.fits(start..<block + 1, at: column) {
      self = withBlock
      return Stretch(end: block + 1)
    }
    let stretch = withBlock.broken(start..<block + 1, at: column)
    // Where brackets before the block are opened, it may still stand on the line of the closing one.
    if stretch.end <= block { withBlock.opened.subtract(sequence.branches(block)) }
    self = withBlock
    return stretch
  }

  /// Breaks a stretch that is too long, in which no block can be opened.
  private mutating func broken(_ indices: Range<Int>, at column: Int) -> Stretch {
    let end = indices.upperBound
    var breaks = OperatorBreaks()
    if let breakIndent {
      // A condition stands further to the right than the block below it.
      let indent = sequence.hasHead(ofBlock: end - 1) ? breakIndent + LayoutPrinter.step : breakIndent
      find(&breaks, in: indices, at: column, indent: indent)
    }
    let failing = breaks.failing.flatMap { $0 }
    if let group = widestGroup(indices, at: column) {
      let isMostOfIt = sequence.elements[group].width * 2 > columns(indices)
      let helps = failing.isEmpty ? isMostOfIt || breaks.takesLooseEnd : failing.contains { canOpenGroup($0) || hugs($0) }
      guard breaks.indents.isEmpty || helps else { return Stretch(end: end, breaks: breaks.indents) }
      opened.insert(group)
      return Stretch(end: group + 1)
    }
    // What stands behind brackets to be opened is decided about when they have been closed.
    if let group = failing.first(where: { canOpenGroup($0) || hugs($0) }) {
      opened.insert(group)
      return nextStretch(from: indices.lowerBound, at: column)
    }
    return Stretch(end: end, breaks: breaks.indents)
  }

  /// The widest brackets to be opened whose opening one is still on the line.
  private func widestGroup(_ indices: Range<Int>, at startColumn: Int) -> Int? {
    var best: Int?
    for index in indices where canOpenGroup(index) {
      var withGroup = self
      withGroup.opened.insert(index)
      guard withGroup.fits(indices.lowerBound..<index + 1, at: startColumn) else { break }
      if best.map({ sequence.elements[$0].width <= sequence.elements[index].width }) ?? true { best = index }
    }
    return best
  }

  private func canOpenGroup(_ index: Int) -> Bool {
    flat(index) != nil && sequence.elements[index].canOpen && !sequence.elements[index].isBlock
  }

  /// Whether a block can be opened, or another of the same `if` or `try`.
  private func canOpenBlock(_ index: Int) -> Bool {
    guard flat(index) != nil, sequence.elements[index].isBlock else { return false }
    return sequence.branches(index).contains { sequence.elements[$0].canOpen }
  }
}
