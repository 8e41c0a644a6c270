import LimnTensor
import Testing

@testable import LimnModels

@Suite("Schedules")
struct ScheduleTests {
  /// Rates come from torch.optim.lr_scheduler in PyTorch 2.13: see ``Peer``.
  @Test("give PyTorch's rates", arguments: ["cosine", "one_cycle", "exponential", "step"])
  func peer(_ name: String) throws {
    let schedule =
      switch name {
      case "cosine": try Schedule.cosine(from: 0.1, to: 0.01, steps: 20)
      case "one_cycle": try Schedule.oneCycle(peak: 0.1, steps: 20)
      case "exponential": try Schedule.exponential(from: 0.1, factor: 0.9)
      default: try Schedule.step(from: 0.1, factor: 0.5, every: 6)
      }
    let rates = try Peer.tensor("schedule.\(name)").doubles()
    for (step, rate) in rates.enumerated() { #expect(abs(try schedule(step) - rate) < 1e-12, "step \(step)") }
  }

  @Test("stay at their end after the last step")
  func end() throws {
    #expect(try Schedule.cosine(from: 1, to: 0.25, steps: 4)(100) == 0.25)
    #expect(try Schedule.oneCycle(peak: 1, steps: 10)(1000) == 1 / 25e4)
  }

  @Test("warm up in equal parts")
  func warmUp() throws {
    let schedule = try Schedule.constant(0.4).warmedUp(steps: 4)
    #expect(try (0..<6).map { try schedule($0) } == [0.1, 0.2, 0.4 * 3 / 4, 0.4, 0.4, 0.4])
  }

  @Test("refuse counts that are not positive")
  func counts() {
    #expect(failure { try Schedule.cosine(from: 1, steps: 0) }?.code == .badArgument)
    #expect(failure { try Schedule.step(from: 1, every: 0) }?.message == "every is at least 1, and 0 is not")
    #expect(failure { try Schedule.exponential(from: 1, factor: 0.5, every: -1) }?.code == .badArgument)
    #expect(failure { try Schedule.constant(1).warmedUp(steps: 0) }?.code == .badArgument)
    #expect(failure { try Schedule.oneCycle(peak: 1, steps: 10, rising: 1) }?.code == .badArgument)
  }

  @Test("print as one would write them")
  func printing() throws {
    #expect(
      try Schedule.cosine(from: 1e-3, steps: 100).warmedUp(steps: 10).description
        == "warm_up(cosine(0.001, to: 0.0, steps: 100), steps: 10)")
  }
}
