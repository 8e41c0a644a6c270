import Testing

@testable import LimnTensor

@Suite struct GradientCheckingTests {
  @Test("the checker notices a wrong gradient, a wrong fused path and a wrong second gradient")
  func wrongRules() throws {
    let x = try numbers([3])
    func square(_ x: Tensor, _ rule: @escaping (Tensor) throws -> Tensor) throws -> Tensor {
      record("square", try x.detached().square(), from: x, rule)
    }
    #expect(try gradientFaults([x]) { x in try square(x[0]) { try $0 * x[0] * 2 } }.isEmpty)
    let wrong = try gradientFaults([x]) { x in try square(x[0]) { try $0 * x[0] * 3 } }
    #expect(wrong.contains { $0.hasPrefix("gradient 0") })
    let fused = try gradientFaults([x]) { x in
      try square(x[0]) { try $0 * x[0] * (Tape.isRecording ? 2.001 : 2) }
    }
    #expect(fused.contains { $0.hasPrefix("gradient under a record") })
    let constant = try gradientFaults([x]) { x in try square(x[0]) { try $0 * x[0].detached() * 2 } }
    #expect(!constant.isEmpty && constant.allSatisfy { $0.hasPrefix("second gradient") })
  }
}
