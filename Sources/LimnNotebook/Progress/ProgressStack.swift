import LimnRuntime

/// The loops under `progress` that are running, the outermost first.
struct ProgressStack: Sendable {
  private(set) var bars: [ProgressBar] = []

  /// What an event did.
  enum Change: Sendable {
    case began(ProgressBar, depth: Int)
    case advanced(ProgressBar, depth: Int)
    case ended(ProgressBar, depth: Int)
  }

  /// Follows an event; nil for one about a bar that is not there. Ending a bar ends those inside it.
  mutating func follow(_ event: ProgressEvent, now: Double) -> Change? {
    switch event {
    case .began(let id, let label, let total):
      let bar = ProgressBar(id: id, label: label, total: total, now: now)
      bars.append(bar)
      return .began(bar, depth: bars.count - 1)
    case .advanced(let id, let count, let message):
      guard let depth = bars.lastIndex(where: { $0.id == id }) else { return nil }
      bars[depth].advance(to: count, message: message)
      return .advanced(bars[depth], depth: depth)
    case .ended(let id, let count):
      guard let depth = bars.lastIndex(where: { $0.id == id }) else { return nil }
      bars[depth].advance(to: count, message: nil)
      let bar = bars[depth]
      bars.removeSubrange(depth...)
      return .ended(bar, depth: depth)
    }
  }

  mutating func measure(now: Double) {
    for index in bars.indices { bars[index].measure(now: now) }
  }

  mutating func removeAll() { bars.removeAll() }
}
