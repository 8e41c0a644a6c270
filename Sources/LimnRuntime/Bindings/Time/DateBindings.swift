import Glibc
import LimnLanguage

/// Dates in the module `time`: the Gregorian calendar in UTC, or at an offset from it.
enum DateBindings {
  static var all: [Binding] { texts + parts }

  private static var moment: Parameter { .required("moment", .float) }
  private static var offset: Parameter { .optional("offset", .float, 0, namedOnly: true) }

  private static var texts: [Binding] {
    [
      Binding(
        "iso", module: "time", [moment, offset, .optional("digits", .int, 0, namedOnly: true)],
        """
        A moment as ISO 8601 writes it, in UTC or at an offset of so many seconds from it. `digits` says how many stand \
        behind the second's point, up to 9; the rest is cut off. An error beyond the years 1 to 9999.
        """,
        example: """
          time.iso(0)   # "1970-01-01T00:00:00Z"
          time.iso(1717243200.25, offset: 2 * time.hour, digits: 2)   # "2024-06-01T14:00:00.25+02:00"
          """
      ) { call in
        let digits = try call.int(2)
        guard (0...9).contains(digits) else { throw Fault.unsuitable(2, "digits are from 0 to 9") }
        let fields = try DateFields(call.float(0), offset: offset(call, 1), argument: 0)
        return .string(fields.iso(digits: digits))
      },
      Binding(
        "parse", module: "time", [.required("text", .string)],
        """
        The moment of a date or a date and time as ISO 8601 and RFC 3339 write them. Without an offset it is in UTC. \
        An error for any other text, and for a day that the calendar lacks.
        """,
        example: """
          time.parse("1970-01-02")   # 86400.0
          time.parse("2024-06-01T14:00:00.25+02:00")   # 1717243200.25
          time.parse("2024-06-01 12:00")   # 1717243200.0
          """
      ) { call in .float(try DateFields(iso: call.string(0)).seconds) },
      Binding(
        "format", module: "time", [moment, .required("pattern", .string), offset],
        """
        A moment in a form of one's own: `%Y` year, `%m` month, `%d` day, `%H` hour, `%M` minute, `%S` second, `%b` \
        `%B` the month's name, `%a` `%A` the weekday's, `%j` day of the year, `%V` week, `%I` `%p` hour of twelve, \
        `%y` year of the century, `%z` offset, `%F` the date, `%T` the time, `%%` a percent sign. An error for any \
        other.
        """, example: "time.format(0, \"%A, %d %B %Y, %H:%M\")   # \"Thursday, 01 January 1970, 00:00\""
      ) { call in
        let fields = try DateFields(call.float(0), offset: offset(call, 2), argument: 0)
        return .string(try fields.formatted(call.string(1)))
      },
    ]
  }

  private static var parts: [Binding] {
    [
      Binding(
        "parts", module: "time", [moment, offset],
        """
        The parts of a moment's date, in UTC or at an offset, as a map: `year`, `month`, `day`, `hour`, `minute`, \
        `second` with its fraction, `weekday` from 1 for Monday to 7, `day_of_year`, and `offset`.
        """, example: "let p = time.parts(0)\n[p.year, p.month, p.day, p.weekday]   # [1970, 1, 1, 4]"
      ) { call in
        let fields = try DateFields(call.float(0), offset: offset(call, 1), argument: 0)
        return .map([
          ("year", .int(fields.year)), ("month", .int(fields.month)), ("day", .int(fields.day)),
          ("hour", .int(fields.hour)), ("minute", .int(fields.minute)),
          ("second", .float(Double(fields.second) + fields.fraction)), ("weekday", .int(fields.weekday)),
          ("day_of_year", .int(fields.dayOfYear)), ("offset", .int(fields.offset)),
        ])
      },
      Binding(
        "from_parts", module: "time",
        [
          .required("year", .int), .optional("month", .int, 1), .optional("day", .int, 1), .optional("hour", .int, 0),
          .optional("minute", .int, 0), .optional("second", .float, .float(0)), offset,
        ], "The moment of a date and time, in UTC or at an offset. An error for a day or hour that there is not.",
        example: "time.from_parts(2024, 2, 29)   # 1709164800.0"
      ) { call in
        let second = try call.float(5)
        guard second >= 0, second < 60 else { throw Fault.unsuitable(5, "seconds are from 0 to below 60") }
        var fields = DateFields()
        (fields.year, fields.month, fields.day) = (try call.int(0), try call.int(1), try call.int(2))
        (fields.hour, fields.minute) = (try call.int(3), try call.int(4))
        (fields.second, fields.fraction) = (Int(second), second - second.rounded(.down))
        fields.offset = try offset(call, 6)
        if let wrong = fields.impossible { throw Fault("bad-date", wrong, labels: [.init(.whole, "")]) }
        return .float(fields.seconds)
      },
      Binding(
        "local_offset", module: "time", [.optional("moment", .float, describedAs: "now")],
        "How many seconds this machine's clock on the wall is ahead of UTC at a moment.",
        example: "time.local_offset() % 60   # 0"
      ) { call in
        var moment = time_t(try call.optionalFloat(0).map { Int(max(-1e15, min(1e15, $0.rounded(.down)))) } ?? time(nil))
        var fields = tm()
        localtime_r(&moment, &fields)
        return .int(fields.tm_gmtoff)
      },
    ]
  }

  private static func offset(_ call: Call, _ index: Int) throws -> Int {
    let offset = try call.float(index)
    guard offset.magnitude < 86400, offset == offset.rounded() else {
      throw Fault.unsuitable(
        index, "an offset is a whole number of seconds, less than a day", label: "this is \(offset)")
    }
    return Int(offset)
  }
}
