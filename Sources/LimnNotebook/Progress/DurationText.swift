/// Seconds as people write them: `0.4 s`, `12 s`, `3:05`, `1:02:03`.
enum DurationText {
  static func text(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "?" }
    if seconds < 9.95 { return "\(decimal(seconds)) s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    return hours == 0 ? "\(minutes):\(padded(rest))" : "\(hours):\(padded(minutes)):\(padded(rest))"
  }

  /// Turns in a second: `36/s`, `2.5/s`, or, when they are slow, `4.0 s each`.
  static func rate(_ rate: Double) -> String {
    guard rate.isFinite, rate > 0, rate < 1e15 else { return "?/s" }
    if rate < 1 { return "\(text(1 / rate)) each" }
    return rate < 9.95 ? "\(decimal(rate))/s" : "\(Int(rate.rounded()))/s"
  }

  /// One digit behind the point.
  private static func decimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
