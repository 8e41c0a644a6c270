import LimnRuntime

/// Bars that live on the last lines of a terminal, redrawn in place ten times a second at most.
///
/// The cursor rests at the start of the first bar's line, so that clearing them is one escape sequence, and whatever is
/// printed after `clear()` stands where the bars were.
struct TerminalProgress {
  private static let interval = 0.1
  /// Loops deeper than this are not drawn.
  private static let depthLimit = 4

  private let unicode: Bool
  private let width: () -> Int
  private let write: (String) -> Void
  private var stack = ProgressStack()
  private var lastDrawn = -Double.infinity
  private var isDrawn = false
  /// Text that does not end its line stands before the cursor: bars wait, lest they write over it.
  private var isLineOpen = false

  /// - Parameters:
  ///   - unicode: False for a terminal that can only do ASCII.
  ///   - width: Reads the terminal's columns, which change when its window does.
  ///   - write: Writes to the terminal.
  init(unicode: Bool, width: @escaping () -> Int, write: @escaping (String) -> Void) {
    self.unicode = unicode
    self.width = width
    self.write = write
  }

  mutating func follow(_ event: ProgressEvent, now: Double) {
    guard let change = stack.follow(event, now: now) else { return }
    if case .ended = change {
      if stack.bars.isEmpty { clear() }
    } else if now - lastDrawn >= Self.interval {
      draw(now: now)
    }
  }

  /// Takes the bars off the screen, until they are next drawn.
  mutating func clear() {
    guard isDrawn else { return }
    write("\r\u{1B}[J")
    isDrawn = false
    lastDrawn = -Double.infinity
  }

  /// To be told of all other text on the terminal, having cleared before.
  mutating func wrote(_ text: String) {
    if let last = text.last { isLineOpen = !last.isNewline }
  }

  /// Forgets all bars, at the end of a cell.
  mutating func reset() {
    clear()
    stack.removeAll()
  }

  private mutating func draw(now: Double) {
    guard !isLineOpen else { return }
    stack.measure(now: now)
    let columns = width()
    let lines = stack.bars.prefix(Self.depthLimit).map {
      ProgressLine.terminal($0, width: columns, unicode: unicode, now: now)
    }
    let body = lines.map { "\r\u{1B}[K" + $0 }.joined(separator: "\n")
    write(body + (lines.count > 1 ? "\u{1B}[\(lines.count - 1)A" : "") + "\r")
    isDrawn = true
    lastDrawn = now
  }
}
