import Foundation
import LimnLanguage
import LimnRuntime
import Testing

/// Moments are CPython 3.11's, `datetime`.
@Suite struct TimeModuleTests {
  @Test(arguments: [
    ProgramCase("time.parse(\"2000-02-29T23:59:59Z\")", "951868799.0"),
    ProgramCase("time.parse(\"0001-01-01\")", "-62135596800.0"),
    ProgramCase("time.parse(\"9999-12-31T23:59:59.5Z\")", "253402300799.5"),
    ProgramCase("time.parse(\"1969-12-31T23:59:59.25-01:30\")", "5399.25"),
    ProgramCase("time.parse(\"2024-06-01t10:00:00z\")", "1717236000.0"),
    ProgramCase("time.parse(\"2016-12-31T23:59:60Z\")", "1483228800.0"),
    ProgramCase("time.parse(\"1900-02-29\")", "bad-date"), ProgramCase("time.parse(\"2024-13-01\")", "bad-date"),
    ProgramCase("time.parse(\"2024-6-1\")", "bad-date"), ProgramCase("time.parse(\"2024-06-01T24:00\")", "bad-date"),
    ProgramCase("time.parse(\"2024-06-01T10:00+25:00\")", "bad-date"), ProgramCase("time.parse(\"\")", "bad-date"),
    ProgramCase("time.iso(-0.5, digits: 1)", "\"1969-12-31T23:59:59.5Z\""),
    ProgramCase("time.iso(0.999, digits: 2)", "\"1970-01-01T00:00:00.99Z\""),
    ProgramCase("time.iso(0, offset: -5400)", "\"1969-12-31T22:30:00-01:30\""),
    ProgramCase("time.iso(1e18)", "bad-date"), ProgramCase("time.iso(0, digits: 10)", "invalid-argument"),
    ProgramCase("time.iso(0, offset: 90000)", "invalid-argument"), ProgramCase("time.iso(nan)", "bad-date"),
    ProgramCase(
      "time.format(951868799, \"%a %d %b %y %I:%M:%S %p %j %V %F %T %z %%\", offset: 3600)",
      "\"Wed 01 Mar 00 12:59:59 AM 061 09 2000-03-01 00:59:59 +0100 %\""),
    ProgramCase("time.format(0, \"%q\")", "bad-date"), ProgramCase("time.format(0, \"50%\")", "bad-date"),
    ProgramCase("time.parts(1609459199.5).day_of_year", "366"), ProgramCase("time.parts(1609459199.5).second", "59.5"),
    ProgramCase("time.parts(0, offset: 86399).hour", "23"), ProgramCase("time.from_parts(2023, 2, 29)", "bad-date"),
    ProgramCase("time.from_parts(1970, 1, 1, 1, offset: 3600)", "0.0"),
    ProgramCase("time.from_parts(1970, 1, 1, 0, 0, 60)", "invalid-argument"),
    ProgramCase("time.sleep(-1)", "invalid-argument"), ProgramCase("time.sleep(inf)", "invalid-argument"),
    ProgramCase("time.describe(59.96)", "\"1 min\""), ProgramCase("time.describe(-90)", "\"-1 min 30 s\""),
    ProgramCase("time.describe(0)", "\"0 s\""), ProgramCase("time.describe(0.0000021)", "\"2.1 µs\""),
    ProgramCase("time.describe(1.25)", "\"1.2 s\""), ProgramCase("time.describe(inf)", "invalid-argument"),
    ProgramCase("time.week / time.day", "7.0"),
  ])
  func datesAreThoseOfTheCalendar(_ program: ProgramCase) throws { try program.check(importing: "time") }

  /// Moments of three thousand years, each as text and as parts and back.
  @Test func datesComeBack() throws {
    let session = try TestSession(seed: 4)
    try session.run("import time\nimport random")
    #expect(
      try session.run(
        """
        list(0..<500).all(fn(i) {
          let t = float(random.int(-40000000000, 40000000000))
          let offset = random.int(-1439, 1440) * 60
          let p = time.parts(t, offset: offset)
          let again = time.from_parts(p.year, p.month, p.day, p.hour, p.minute, p.second, offset: offset)
          time.parse(time.iso(t, offset: offset)) == t and again == t
        })
        """) == "true")
  }

  @Test func aSleepIsAsLongAsAsked() throws {
    let session = try TestSession()
    let seconds = try session.run("import time\nlet seconds, _ = time.measure { time.sleep(0.12) }\nseconds")
    #expect(try #require(Double(seconds)) >= 0.12)
  }

  @Test func aSleepEndsWithAnInterrupt() throws {
    let session = try TestSession()
    session.session.interpreter.setDeadline(after: .milliseconds(100))
    #expect(session.failure(of: "import time\ntime.sleep(60)")?.code == "deadline-exceeded")
  }
}
