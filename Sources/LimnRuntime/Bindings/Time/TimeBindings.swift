import FoundationEssentials
import Glibc
import LimnLanguage

/// The module `time`. A moment is a float of Unix seconds, a duration a number of seconds: both are plain numbers, so
/// that arithmetic needs no functions.
enum TimeBindings {
  static var all: [Binding] { clocks + DateBindings.all }

  static var constants: [ConstantBinding] {
    [
      ConstantBinding("minute", module: "time", 60, "Seconds in a minute."),
      ConstantBinding("hour", module: "time", 3600, "Seconds in an hour."),
      ConstantBinding("day", module: "time", 86400, "Seconds in a day."),
      ConstantBinding("week", module: "time", 604800, "Seconds in a week."),
    ]
  }

  private static var clocks: [Binding] {
    [
      Binding(
        "now", module: "time", [],
        "The present moment in Unix seconds: since the beginning of 1970 in UTC, without leap seconds.",
        example: "time.now() > 1.7e9   # true"
      ) { _ in .float(Date().timeIntervalSince1970) },
      Binding(
        "monotonic", module: "time", [],
        "Seconds of a clock that nobody sets: only the difference of two such times means something.",
        example: "let start = time.monotonic()\ntime.monotonic() - start >= 0   # true"
      ) { _ in .float(monotonic()) },
      Binding(
        "sleep", module: "time", [.required("seconds", .float)],
        "Waits so long. Control-C and a cell's time limit end the wait. An error for a negative or infinite time.",
        example: "time.sleep(0.01)"
      ) { call in
        let seconds = try call.float(0)
        guard seconds >= 0, seconds.isFinite else {
          throw Fault.unsuitable(0, "a wait is finite and not negative", label: "this is \(seconds)")
        }
        let end = monotonic() + seconds
        while case let left = end - monotonic(), left > 0 {
          try call.interpreter.checkInterrupt()
          usleep(UInt32(min(left, 0.05) * 1e6))
        }
        return .nil
      },
      Binding(
        "measure", module: "time", [.required("f", .callable)],
        "Calls a function, or runs a block, and gives a list of the seconds that it took and of its result.",
        example: "let seconds, result = time.measure { sum(0...1000) }\nresult   # 500500"
      ) { call in
        let start = monotonic()
        let result = try call.interpreter.call(call[0])
        return .list([.float(monotonic() - start), result])
      },
      Binding(
        "describe", module: "time", [.required("seconds", .float)],
        "A duration as people read it, in its two or three greatest units. An error for one that is not finite.",
        example: """
          time.describe(7384)   # "2 h 3 min 4 s"
          time.describe(0.0421)   # "42.1 ms"
          time.describe(3 * time.day + 5 * time.hour)   # "3 d 5 h"
          """
      ) { call in
        let seconds = try call.float(0)
        guard seconds.isFinite, seconds.magnitude < 1e15 else { throw Fault.unsuitable(0, "a duration is finite") }
        return .string((seconds < 0 ? "-" : "") + DurationWords.text(seconds.magnitude))
      },
    ]
  }

  private static func monotonic() -> Double {
    let (seconds, attoseconds) = ContinuousClock().now.duration(to: origin).components
    return -(Double(seconds) + Double(attoseconds) * 1e-18)
  }

  private static let origin = ContinuousClock().now
}
