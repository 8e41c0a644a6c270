/// How far one loop under `progress` has come.
///
/// Times are seconds on any clock that only goes forward; the caller reads it, so that what is shown can be tested.
struct ProgressBar: Sendable {
  let id: Int
  let label: String?
  /// Nil when the loop's length is not known.
  let total: Int?
  let began: Double
  private(set) var count = 0
  /// What the loop last said of itself, on one line.
  private(set) var message: String?
  /// Turns in a second, smoothed; nil until two readings were taken.
  private(set) var rate: Double?
  private var lastReading: (count: Int, time: Double)

  init(id: Int, label: String?, total: Int?, now: Double) {
    self.id = id
    self.label = label.map(ProgressBar.singleLine)
    self.total = total.map { max(0, $0) }
    began = now
    lastReading = (0, now)
  }

  mutating func advance(to count: Int, message: String?) {
    self.count = max(0, count)
    if let message { self.message = ProgressBar.singleLine(message) }
  }

  /// Takes a reading of the rate: the newest stretch counts for 0.3 of it, so that the time left follows a loop that
  /// slows down without jumping about.
  mutating func measure(now: Double) {
    let elapsed = now - lastReading.time
    guard elapsed > 0.01, count > lastReading.count else { return }
    let newest = Double(count - lastReading.count) / elapsed
    rate = rate.map { 0.3 * newest + 0.7 * $0 } ?? newest
    lastReading = (count, now)
  }

  /// The part that is done, in 0...1; nil without a total.
  var fraction: Double? {
    guard let total else { return nil }
    return total == 0 ? 1 : min(1, Double(count) / Double(total))
  }

  /// Seconds until the end at the present rate; nil when there is no telling.
  var remaining: Double? {
    guard let total, let rate, rate > 0, count <= total else { return nil }
    return Double(total - count) / rate
  }

  /// What is saved of a bar: its last count and message, which are the same in every run. `train 450/1000, loss 0.35`.
  var summary: String {
    let counted = total.map { "\(count)/\($0)" } ?? "\(count)"
    let head = [label, counted].compactMap { $0 }.joined(separator: " ")
    return [head, message].compactMap { $0 }.joined(separator: ", ")
  }

  private static func singleLine(_ text: String) -> String {
    let words = text.split { $0.isNewline || $0.isWhitespace }
    return words.joined(separator: " ")
  }
}
