import LimnLanguage

/// A bar as a line of text, in its two forms.
enum ProgressLine {
  /// For a log: `train 450/1000 (45%), 12 s, 15 s left, 36/s, loss 0.35`.
  static func plain(_ bar: ProgressBar, now: Double) -> String {
    let counted = bar.total.map { "\(bar.count)/\($0)" } ?? "\(bar.count)"
    let percent = percent(bar).map { " (\($0))" } ?? ""
    let head = [bar.label, counted + percent].compactMap { $0 }.joined(separator: " ")
    let times = times(bar, now: now)
    return ([head] + times + [bar.message].compactMap { $0 }).joined(separator: ", ")
  }

  /// For a terminal, exactly as wide as there is room for: `train  45% ━━━━━────── 450/1000  12 s, 15 s left, 36/s
  /// loss 0.35`.
  ///
  /// In a narrow terminal first the rate goes, then the times, then the bar; last the text is cut.
  ///
  /// - Parameters:
  ///   - width: Columns of the terminal; the last one stays free.
  ///   - unicode: False for a terminal that can only do ASCII.
  static func terminal(_ bar: ProgressBar, width: Int, unicode: Bool, now: Double) -> String {
    let room = max(1, width - 1)
    let label = bar.label.map { "\($0) " } ?? ""
    let counted = bar.total.map { "\(bar.count)/\($0)" } ?? "\(bar.count)"
    let percent = percent(bar).map { String(repeating: " ", count: max(0, 4 - $0.count)) + $0 + " " } ?? ""
    let message = bar.message.map { "  \($0)" } ?? ""
    let times = times(bar, now: now)

    for count in stride(from: times.count, through: 0, by: -1) {
      let tail = counted + (count == 0 ? "" : "  " + times.prefix(count).joined(separator: ", ")) + message
      let used = DisplayWidth.of(label + percent + tail) + 1
      guard let fraction = bar.fraction else {
        if used <= room || count == 0 { return DisplayWidth.cut(label + tail, to: room) }
        continue
      }
      let space = min(40, room - used)
      if space >= 8 { return label + percent + track(fraction, width: space, unicode: unicode) + " " + tail }
    }
    return DisplayWidth.cut(label + percent + counted + message, to: room)
  }

  private static func percent(_ bar: ProgressBar) -> String? {
    bar.fraction.map { "\(Int(($0 * 100).rounded(.down)))%" }
  }

  /// Time gone, time left, and rate.
  private static func times(_ bar: ProgressBar, now: Double) -> [String] {
    var parts = [DurationText.text(now - bar.began)]
    if let remaining = bar.remaining, remaining > 0 { parts.append("\(DurationText.text(remaining)) left") }
    if let rate = bar.rate { parts.append(DurationText.rate(rate)) }
    return parts
  }

  private static func track(_ fraction: Double, width: Int, unicode: Bool) -> String {
    let filled = Int((fraction * Double(width)).rounded(.down))
    let (done, left) = unicode ? ("━", "─") : ("#", "-")
    return String(repeating: done, count: filled) + String(repeating: left, count: width - filled)
  }
}
