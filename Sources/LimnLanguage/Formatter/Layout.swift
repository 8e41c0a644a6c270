// What the formatter arranges: a tree of brackets, items, and statements over the lexemes of a source. Each part knows
// its text on one line, where it can stand on one, and how wide it is up to its first line break where it cannot.

/// A stretch of code without a comma or a statement's end in it: a statement, or one item between brackets.
struct LayoutSequence {
  private(set) var elements: [LayoutElement]

  init(_ elements: [LayoutElement]) {
    self.elements = elements
    openBranches()
  }

  /// The lexeme that it begins with.
  var lead: Lexeme? { elements.first?.lead }

  /// The text on one line; nil when something within breaks the line.
  var flat: String? {
    guard !elements.dropFirst().contains(where: { !$0.lead.comments.isEmpty }) else { return nil }
    var text = ""
    for (index, element) in elements.enumerated() {
      guard let part = element.flat else { return nil }
      if index > 0, element.hasSpace { text += " " }
      text += part
    }
    return text
  }

  /// Whether the author began a line within it with `|>`, `>>`, or `.`: such lines stay.
  var hasChainBreak: Bool { elements.indices.contains(where: isChainBreak) }

  func isChainBreak(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    let lead = elements[index].lead
    return lead.breaks > 0 && (lead.isChainOperator || lead.is(.dot))
  }

  /// Whether a comment directly within breaks the line.
  var hasComment: Bool { elements.contains { !$0.lead.comments.isEmpty } }

  /// The columns from an element up to an index, or to the first line break before that; `isFlat` when there is none.
  func width(_ range: Range<Int>) -> (columns: Int, isFlat: Bool) {
    var columns = 0
    for index in range {
      let element = elements[index]
      if index > 0, !element.lead.comments.isEmpty, index > range.lowerBound { return (columns, false) }
      if index > 0, element.hasSpace { columns += 1 }
      columns += element.width
      if element.flat == nil { return (columns, false) }
    }
    return (columns, true)
  }

  /// The blocks of the `if` or `try` to which a block belongs.
  func branches(_ index: Int) -> [Int] {
    var first = index
    while first >= 2, isBranch(first) { first = previousBlock(before: first) ?? 0 }
    var result = [first]
    var last = first
    while let next = nextBlock(after: last), isBranch(next) {
      result.append(next)
      last = next
    }
    return result
  }

  /// Whether a block comes after the `else` or `catch` that follows another block.
  private func isBranch(_ index: Int) -> Bool {
    guard let previous = previousBlock(before: index), previous + 1 < elements.count else { return false }
    switch elements[previous + 1].lead.kind {
    case .keyword(.else), .keyword(.catch): return true
    default: return false
    }
  }

  private func previousBlock(before index: Int) -> Int? { elements[..<index].lastIndex(where: \.isBlock) }
  private func nextBlock(after index: Int) -> Int? { elements[(index + 1)...].firstIndex(where: \.isBlock) }

  /// Where one block of an `if` or `try` takes several lines, all do.
  private mutating func openBranches() {
    let broken = elements.indices.filter { elements[$0].isBlock && elements[$0].flat == nil }
    for index in broken {
      for branch in branches(index) where elements[branch].flat != nil { elements[branch].open() }
    }
  }
}

/// A lexeme, or brackets with what stands between them.
struct LayoutElement {
  enum Content {
    case lexeme(Lexeme)
    case group(LayoutGroup)
    case block(LayoutBlock)
  }

  let content: Content
  /// Whether a blank comes before it, when it is not the first on its line.
  var hasSpace = false
  /// Its text on one line; nil when it breaks the line.
  private(set) var flat: String?
  /// Its columns on one line, or up to its first line break.
  private(set) var width: Int

  init(_ lexeme: Lexeme) {
    content = .lexeme(lexeme)
    flat = lexeme.isMultiline ? nil : lexeme.text
    width = DisplayWidth.of(lexeme.text.prefix { $0 != "\n" })
  }

  init(_ group: LayoutGroup) {
    content = .group(group)
    flat = group.flat
    width = flat.map(DisplayWidth.of) ?? group.headWidth
  }

  init(_ block: LayoutBlock) {
    content = .block(block)
    flat = block.flat
    width = flat.map(DisplayWidth.of) ?? 1
  }

  /// Makes it take several lines.
  mutating func open() {
    flat = nil
    width = 1
  }

  var isBlock: Bool { if case .block = content { true } else { false } }

  /// Whether it has something in it that can go on lines of its own.
  var canOpen: Bool {
    switch content {
    case .lexeme: false
    case .group(let group): !group.items.isEmpty
    case .block(let block): !block.statements.isEmpty
    }
  }

  var lead: Lexeme {
    switch content {
    case .lexeme(let lexeme): lexeme
    case .group(let group): group.open
    case .block(let block): block.open
    }
  }

  var last: Lexeme {
    switch content {
    case .lexeme(let lexeme): lexeme
    case .group(let group): group.close
    case .block(let block): block.close
    }
  }
}

/// Parentheses, brackets, or a map's braces, and the items between.
struct LayoutGroup {
  struct Item {
    var sequence: LayoutSequence
    var comma: Lexeme?
  }

  var open: Lexeme
  var items: [Item]
  var close: Lexeme
  /// False for an expression in parentheses, which is one and no list of one.
  var takesFinalComma: Bool

  /// Whether the author broke the line behind the opening bracket.
  var isOpenedByAuthor: Bool { (items.first?.sequence.lead?.breaks ?? 0) > 0 }

  /// Whether a comment stands directly within.
  var hasComment: Bool {
    !close.comments.isEmpty || items.contains { $0.sequence.hasComment || !($0.comma?.comments.isEmpty ?? true) }
  }

  var mustOpen: Bool { isOpenedByAuthor || hasComment }

  var flat: String? {
    guard !mustOpen else { return nil }
    var parts: [String] = []
    for item in items {
      guard let part = item.sequence.flat else { return nil }
      parts.append(part)
    }
    return open.text + parts.joined(separator: ", ") + close.text
  }

  /// The columns up to the first line break, where the brackets themselves stay with their contents.
  var headWidth: Int {
    var columns = 1
    guard !mustOpen else { return columns }
    for (index, item) in items.enumerated() {
      if index > 0 { columns += 2 }
      let (width, isFlat) = item.sequence.width(0..<item.sequence.elements.count)
      columns += width
      if !isFlat { break }
    }
    return columns
  }
}

/// A block, or a type's body.
struct LayoutBlock {
  var open: Lexeme
  var statements: [LayoutStatement]
  var close: Lexeme

  var flat: String? {
    guard close.comments.isEmpty else { return nil }
    if statements.isEmpty { return "{ }" }
    var parts: [String] = []
    for statement in statements {
      let sequence = statement.sequence
      guard let lead = sequence.lead, lead.comments.isEmpty, lead.breaks == 0, !sequence.hasChainBreak,
        let part = sequence.flat
      else { return nil }
      parts.append(part)
    }
    return "{ " + parts.joined(separator: "; ") + " }"
  }
}

struct LayoutStatement {
  var sequence: LayoutSequence
  /// The `;` at the end of the unit, which keeps its result quiet.
  var semicolon: Lexeme?
}
