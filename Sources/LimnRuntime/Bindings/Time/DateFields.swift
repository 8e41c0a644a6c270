import FoundationEssentials
import Glibc
import LimnLanguage

/// A date and time of the Gregorian calendar, also of years before it began, at an offset from UTC.
///
/// The system's `gmtime_r` and `timegm` count the days: Foundation's calendars turn Julian before 1582.
struct DateFields {
  var (year, month, day) = (1970, 1, 1)
  var (hour, minute, second) = (0, 0, 0)
  /// Of the second.
  var fraction = 0.0
  /// Seconds ahead of UTC.
  var offset = 0
  var weekday = 4
  var dayOfYear = 1

  init() {}

  /// The fields of a moment. Throws `bad-date` beyond the years 1 to 9999.
  init(_ moment: Double, offset: Int, argument: Int) throws {
    let whole = moment.rounded(.down)
    guard whole >= -62_135_596_800, whole < 253_402_300_800 else {
      throw Fault(
        "bad-date", "\(moment) seconds are not in the years 1 to 9999",
        labels: [.init(.argument(argument), "this is \(moment)")])
    }
    self.offset = offset
    fraction = moment - whole
    let fields = Self.fields(Int(whole) + offset)
    (year, month, day) = (Int(fields.tm_year) + 1900, Int(fields.tm_mon) + 1, Int(fields.tm_mday))
    (hour, minute, second) = (Int(fields.tm_hour), Int(fields.tm_min), Int(fields.tm_sec))
    weekday = (Int(fields.tm_wday) + 6) % 7 + 1
    dayOfYear = Int(fields.tm_yday) + 1
  }

  private static func fields(_ seconds: Int) -> tm {
    var fields = tm()
    var time = time_t(seconds)
    gmtime_r(&time, &fields)
    return fields
  }

  /// Unix seconds.
  var seconds: Double {
    var fields = tm()
    (fields.tm_year, fields.tm_mon, fields.tm_mday) = (Int32(year - 1900), Int32(month - 1), Int32(day))
    (fields.tm_hour, fields.tm_min, fields.tm_sec) = (Int32(hour), Int32(minute), Int32(second))
    return Double(timegm(&fields) - offset) + fraction
  }

  /// What there is not in the calendar, in words; nil for a date that is.
  var impossible: String? {
    guard (1...9999).contains(year) else { return "years are from 1 to 9999, and this is \(year)" }
    guard (1...12).contains(month) else { return "months are from 1 to 12, and this is \(month)" }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let last = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    guard (1...last).contains(day) else {
      return "\(Self.monthNames[month - 1]) \(year) has \(last) days, and this is day \(day)"
    }
    guard (0...23).contains(hour) else { return "hours are from 0 to 23, and this is \(hour)" }
    guard (0...59).contains(minute) else { return "minutes are from 0 to 59, and this is \(minute)" }
    return nil
  }

  // MARK: ISO 8601

  /// Reads `2024-06-01`, `2024-06-01T14:00`, `2024-06-01 14:00:00.25+02:00`. Throws `bad-date`.
  init(iso text: String) throws {
    let form =
      /(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9})\d*)?)?(Z|z|[+-]\d{2}(?::?\d{2})?)?)?/
    guard let match = text.wholeMatch(of: form) else {
      throw Fault(
        "bad-date", "this is not a date as ISO 8601 writes it", labels: [.init(.argument(0), "")],
        help: "such as \"2024-06-01\" or \"2024-06-01T14:00:00Z\"")
    }
    func int(_ digits: Substring?) -> Int { digits.flatMap { Int($0) } ?? 0 }
    (year, month, day) = (int(match.1), int(match.2), int(match.3))
    (hour, minute, second) = (int(match.4), int(match.5), int(match.6))
    fraction = match.7.flatMap { Double("0." + $0) } ?? 0
    if let zone = match.8, zone.count > 1 {
      let digits = zone.filter(\.isNumber)
      let (hours, minutes) = (int(digits.prefix(2)), int(digits.dropFirst(2)))
      offset = (hours * 3600 + minutes * 60) * (zone.first == "-" ? -1 : 1)
      if hours > 23 || minutes > 59 { throw Self.fault("the offset \(zone) is a day or more") }
    }
    if let impossible { throw Self.fault(impossible) }
    // A leap second is told as the second that follows it.
    guard second <= 60 else { throw Self.fault("seconds are from 0 to 59, and this is \(second)") }
  }

  private static func fault(_ message: String) -> Fault {
    Fault("bad-date", message, labels: [.init(.argument(0), "")])
  }

  /// With a number of digits behind the second's point.
  func iso(digits: Int) -> String {
    func padded(_ number: Int, _ width: Int = 2) -> String { NumberText.padded(number, to: width) }
    let date = "\(padded(year, 4))-\(padded(month))-\(padded(day))"
    var text = "\(date)T\(padded(hour)):\(padded(minute)):\(padded(second))"
    if digits > 0 {
      let scale = (0..<digits).reduce(1) { total, _ in total * 10 }
      text += "." + padded(min(scale - 1, Int(fraction * Double(scale) + 1e-6)), digits)
    }
    return text + (offset == 0 ? "Z" : offsetText(separator: ":"))
  }

  private func offsetText(separator: String) -> String {
    let minutes = abs(offset) / 60
    return (offset < 0 ? "-" : "+") + NumberText.padded(minutes / 60, to: 2) + separator
      + NumberText.padded(minutes % 60, to: 2)
  }

  // MARK: Patterns

  private static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  private static let weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

  /// The date in a form of `strftime`'s directives, in English. Throws `bad-date` for one that is not known.
  func formatted(_ pattern: String) throws -> String {
    var result = ""
    var rest = pattern[...]
    while let percent = rest.firstIndex(of: "%") {
      result += rest[..<percent]
      rest = rest[percent...].dropFirst()
      let directive = rest.first
      guard let directive, let text = text(of: directive) else {
        throw Fault(
          "bad-date", "a date has no part `%\(directive.map(String.init) ?? "")`", labels: [.init(.argument(1), "")],
          help: "a percent sign by itself is written `%%`")
      }
      result += text
      rest = rest.dropFirst()
    }
    return result + rest
  }

  private func text(of directive: Character) -> String? {
    func padded(_ number: Int, _ width: Int = 2) -> String { NumberText.padded(number, to: width) }
    return switch directive {
    case "Y": padded(year, 4)
    case "y": padded(year % 100)
    case "m": padded(month)
    case "d": padded(day)
    case "H": padded(hour)
    case "I": padded((hour + 11) % 12 + 1)
    case "M": padded(minute)
    case "S": padded(second)
    case "p": hour < 12 ? "AM" : "PM"
    case "B": Self.monthNames[month - 1]
    case "b": String(Self.monthNames[month - 1].prefix(3))
    case "A": Self.weekdayNames[weekday - 1]
    case "a": String(Self.weekdayNames[weekday - 1].prefix(3))
    case "j": padded(dayOfYear, 3)
    case "V": padded(week)
    case "F": "\(padded(year, 4))-\(padded(month))-\(padded(day))"
    case "T": "\(padded(hour)):\(padded(minute)):\(padded(second))"
    case "z": offsetText(separator: "")
    case "%": "%"
    default: nil
    }
  }

  /// The week by ISO 8601, in which the first of a year is the one with its first Thursday.
  private var week: Int {
    // The Thursday of this week decides to which year it belongs.
    let thursday = Self.fields(Int((seconds - fraction).rounded()) + offset + (4 - weekday) * 86400)
    return Int(thursday.tm_yday) / 7 + 1
  }
}
