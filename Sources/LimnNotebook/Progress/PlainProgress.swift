import LimnRuntime

/// Progress for a pipe or a file: a whole line now and then, never a carriage return.
struct PlainProgress {
  /// Seconds between lines.
  private static let interval = 10.0
  /// A loop that is over sooner leaves no line of its own.
  private static let shortest = 1.0

  private let write: (String) -> Void
  private var stack = ProgressStack()
  private var lastWritten: Double?

  init(write: @escaping (String) -> Void) { self.write = write }

  mutating func follow(_ event: ProgressEvent, now: Double) {
    guard let change = stack.follow(event, now: now) else { return }
    switch change {
    case .began(_, let depth):
      if depth == 0 { lastWritten = now }
    case .advanced:
      // The rate is read here, where it is cheap, rather than at each turn.
      guard let lastWritten, now - lastWritten >= Self.interval else { return }
      stack.measure(now: now)
      self.lastWritten = now
      write(stack.bars.map { ProgressLine.plain($0, now: now) }.joined(separator: "; ") + "\n")
    case .ended(var bar, let depth):
      guard depth == 0, now - bar.began >= Self.shortest else { return }
      bar.measure(now: now)
      write(ProgressLine.plain(bar, now: now) + "\n")
    }
  }

  /// Forgets all bars, at the end of a cell.
  mutating func reset() { stack.removeAll() }
}
