import Glibc
import LimnTensor

/// A learning rate that depends on the step: a function from the number of steps made so far, from 0, to a rate.
///
/// ```swift
/// let schedule = try Schedule.cosine(from: 1e-3, steps: 10_000).warmedUp(steps: 500)
/// let optimizer = Optimizer.adam(model, learningRate: .schedule(schedule))
/// ```
public struct Schedule {
  public let name: String
  public let arguments: [Argument]
  private let rate: (Int) throws -> Double

  /// A schedule of one's own.
  public init(_ name: String, _ arguments: [Argument] = [], _ rate: @escaping (Int) throws -> Double) {
    self.name = name
    self.arguments = arguments
    self.rate = rate
  }

  /// The rate for the step that comes after `step` others.
  public func callAsFunction(_ step: Int) throws -> Double { try rate(step) }
}

extension Schedule: CustomStringConvertible {
  public var description: String { Argument.call(name, arguments) }
}

extension Schedule {
  /// Always the same rate.
  public static func constant(_ rate: Double) -> Schedule {
    Schedule("constant", [Argument(nil, rate)]) { _ in rate }
  }

  /// `start` · `factor`^⌊step / `every`⌋: the rate drops at once after each `every` steps.
  ///
  /// - Throws: `bad-argument` when `every` is not positive.
  public static func step(from start: Double, factor: Double = 0.1, every: Int) throws -> Schedule {
    try requirePositive("every", every)
    return Schedule("step_decay", [Argument(nil, start), Argument("factor", factor), Argument("every", every)]) {
      start * pow(factor, Double($0 / every))
    }
  }

  /// `start` · `factor`^(step / `every`): the same decay, smoothly.
  ///
  /// - Throws: `bad-argument` when `every` is not positive.
  public static func exponential(from start: Double, factor: Double, every: Int = 1) throws -> Schedule {
    try requirePositive("every", every)
    return Schedule("exponential", [Argument(nil, start), Argument("factor", factor), Argument("every", every)]) {
      start * pow(factor, Double($0) / Double(every))
    }
  }

  /// `end` + (`start` − `end`) · (1 + cos(π step / `steps`)) / 2, and `end` after `steps` (Loshchilov and Hutter,
  /// arXiv:1608.03983, equation 5).
  ///
  /// - Throws: `bad-argument` when `steps` is not positive.
  public static func cosine(from start: Double, to end: Double = 0, steps: Int) throws -> Schedule {
    try requirePositive("steps", steps)
    return Schedule("cosine", [Argument(nil, start), Argument("to", end), Argument("steps", steps)]) { step in
      guard step < steps else { return end }
      return end + (start - end) * (1 + cos(.pi * Double(step) / Double(steps))) / 2
    }
  }

  /// Up from `peak` / 25 to `peak` during the first 30 % of `steps`, then down to `peak` / 250 000, both along half a
  /// cosine (Smith and Topin, arXiv:1708.07120, with the fractions of fastai and PyTorch).
  ///
  /// - Throws: `bad-argument` when `steps` is not positive or `rising` is not between 0 and 1.
  public static func oneCycle(peak: Double, steps: Int, rising: Double = 0.3) throws -> Schedule {
    try requirePositive("steps", steps)
    guard rising > 0, rising < 1 else {
      throw TensorError(.badArgument, "the rising part of one_cycle is between 0 and 1, and \(rising) is not",
        operands: [.init(.named("rising"), "rising is \(rising)")])
    }
    let first = peak / 25
    let last = first / 1e4
    let top = max(1, rising * Double(steps) - 1)
    let end = max(top + 1, Double(steps) - 1)
    func arc(_ a: Double, _ b: Double, _ part: Double) -> Double { b + (a - b) * (1 + cos(.pi * part)) / 2 }
    return Schedule("one_cycle", [Argument(nil, peak), Argument("steps", steps), Argument("rising", rising)]) { step in
      let step = Double(step)
      if step <= top { return arc(first, peak, step / top) }
      return step >= end ? last : arc(peak, last, (step - top) / (end - top))
    }
  }

  /// This schedule after a linear start: during the first `steps` steps the rate is this schedule's times (step + 1) /
  /// `steps`.
  ///
  /// - Throws: `bad-argument` when `steps` is not positive.
  public func warmedUp(steps: Int) throws -> Schedule {
    try Self.requirePositive("steps", steps)
    return Schedule("warm_up", [Argument(nil, description), Argument("steps", steps)]) { step in
      let rate = try self(step)
      return step < steps ? rate * Double(step + 1) / Double(steps) : rate
    }
  }

  private static func requirePositive(_ name: String, _ value: Int) throws {
    guard value > 0 else {
      throw TensorError(.badArgument, "\(name) is at least 1, and \(value) is not",
        operands: [.init(.named(name), "\(name) is \(value)")])
    }
  }
}

/// An optimizer's learning rate: a number, or a function of the step.
public enum LearningRate {
  case constant(Double)
  case schedule(Schedule)

  /// The rate for the step that comes after `step` others.
  ///
  /// - Throws: `bad-argument` for a rate that is negative or not finite, and what a schedule throws.
  public func rate(at step: Int) throws -> Double {
    let rate: Double
    switch self {
    case .constant(let number): rate = number
    case .schedule(let schedule): rate = try schedule(step)
    }
    guard rate.isFinite, rate >= 0 else {
      throw TensorError(.badArgument, "a learning rate is a number from 0, and at step \(step) it is \(rate)",
        operands: [.init(.named("lr"), "lr is \(self)")])
    }
    return rate
  }
}

extension LearningRate: ExpressibleByFloatLiteral, CustomStringConvertible {
  public init(floatLiteral value: Double) { self = .constant(value) }

  public var description: String {
    switch self {
    case .constant(let rate): "\(rate)"
    case .schedule(let schedule): "\(schedule)"
    }
  }
}
