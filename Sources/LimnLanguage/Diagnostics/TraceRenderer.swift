/// The calls that led to an error, one line each, innermost first.
enum TraceRenderer {
  /// More lines than this say nothing more; the middle is left out.
  static let maximumLines = 12

  /// The lines of a trace: empty when there is nothing to tell beyond the place of the error itself.
  static func lines(_ trace: [TraceFrame]) -> [String] {
    guard trace.count > 1 else { return [] }
    let entries = foldCycles(foldLibrary(trace))
    let nameWidth = entries.map { DisplayWidth.of($0.name) }.max() ?? 0
    let lines = entries.map { entry in
      let padding = String(repeating: " ", count: max(0, nameWidth - DisplayWidth.of(entry.name)))
      return entry.place.isEmpty ? entry.name : "\(entry.name)\(padding)  \(entry.place)"
    }
    guard lines.count > maximumLines else { return lines }
    let head = maximumLines / 2
    return lines.prefix(head) + ["... \(lines.count - maximumLines + 1) more calls"]
      + lines.suffix(maximumLines - head - 1)
  }

  private struct Entry: Equatable {
    var name: String
    var place: String
  }

  /// Runs of library frames become one line.
  private static func foldLibrary(_ trace: [TraceFrame]) -> [Entry] {
    var entries: [Entry] = []
    var folded = 0
    func flush() {
      if folded > 0 {
        entries.append(Entry(name: folded == 1 ? "(1 library call)" : "(\(folded) library calls)", place: ""))
      }
      folded = 0
    }
    for frame in trace {
      if frame.source.isLibrary {
        folded += 1
        continue
      }
      flush()
      let line = frame.source.line(at: min(frame.span.start, frame.source.bytes.count))
      entries.append(Entry(name: frame.function ?? "top level", place: frame.source.place(line: line)))
    }
    flush()
    return entries
  }

  /// A call that repeats, or a few that take turns, are told once with their number.
  private static func foldCycles(_ entries: [Entry]) -> [Entry] {
    var result: [Entry] = []
    var index = 0
    while index < entries.count {
      guard let (period, turns) = repetition(entries, at: index) else {
        result.append(entries[index])
        index += 1
        continue
      }
      result += entries[index..<(index + period)]
      result.append(
        Entry(
          name: period == 1 ? "... \(turns - 1) more of these" : "... \(turns - 1) more turns of these \(period)",
          place: ""))
      index += period * turns
    }
    return result
  }

  /// The shortest sequence that stands at an index at least three times in a row.
  private static func repetition(_ entries: [Entry], at start: Int) -> (period: Int, turns: Int)? {
    for period in 1...4 {
      var turns = 1
      while start + (turns + 1) * period <= entries.count,
        (0..<period).allSatisfy({ entries[start + $0] == entries[start + turns * period + $0] })
      { turns += 1 }
      if turns >= 3 { return (period, turns) }
    }
    return nil
  }
}
