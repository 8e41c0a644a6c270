import LimnRuntime
import Testing

@Suite("Arguments of layers and losses")
struct LayerArgumentTests {
  @Test(arguments: [
    ProgramCase("cross_entropy(zeros(3, 2), tensor([0, -1, 1]), ignore: -1, reduction: \"none\").list()[1]", "0.0"),
    ProgramCase("cross_entropy(zeros(1, 2), ones(1, 2), ignore: 0)", "bad-argument"),
    ProgramCase("cross_entropy(zeros(1, 2), tensor([2]))", "index-out-of-range"),
    ProgramCase("mse(ones(2), 0, reduction: \"men\")", "bad-argument"),
    ProgramCase("pad(tensor([1, 2]), [[1, 1]], mode: \"circular\").list()", "[2, 1, 2, 1]"),
    ProgramCase("pad(tensor([1, 2]), [[1, 1]], mode: \"mirror\")", "bad-argument"),
    ProgramCase("pad(zeros(0), [[1, 1]], mode: \"reflect\")", "shape-mismatch"),
    ProgramCase("pad1d([[1, 0]])(ones(1, 2, 1)).shape", "[1, 3, 1]"),
    ProgramCase("pad2d([[1, 0]])", "bad-argument"), ProgramCase("crop3d([[1, 0], [0, 0], [0, -1]])", "bad-argument"),
    ProgramCase("up_sample1d(2, mode: \"linear\")(tensor([[[0.0], [4.0]]])).reshape(-1).list()", "[0.0, 1.0, 3.0, 4.0]"),
    ProgramCase("up_sample2d([2, 3, 4])", "bad-argument"), ProgramCase("max_pool3d([2, 1, 2], stride: 0)", "bad-argument"),
    ProgramCase("max_pool1d(3)(ones(1, 2, 1))", "shape-mismatch"),
    ProgramCase("dense(2, initializer: \"orthagonal\")", "unknown-name"),
    ProgramCase("let d = dense(2, initializer: shape => full(shape, 0.5)); d(ones(1, 3)); d.kernel.list()", "[[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]"),
    ProgramCase("dense(2, initializer: shape => ones(1))(ones(1, 3))", "shape-mismatch"),
    ProgramCase("dense(2, initializer: shape => 1)(ones(1, 3))", "type-mismatch"),
    ProgramCase("embedding(4, 2, initializer: \"zeros\")(tensor([3])).list()", "[[0.0, 0.0]]"),
  ])
  func areReadAndRefused(_ program: ProgramCase) throws { try program.check() }

  /// A layer's weights come from its key, by a function too: not from when it is first called.
  @Test func anInitializerDrawsFromTheLayersKey() throws {
    func kernel(drawingBetween: Bool) throws -> String {
      let session = try TestSession(seed: 5)
      try session.run("let d = conv2d(2, 3, initializer: shape => 0.02 * randn(shape))")
      if drawingBetween { try session.run("randn(7)") }
      try session.run("d(ones(1, 4, 4, 1))")
      return try session.run("d.kernel.list()")
    }
    #expect(try kernel(drawingBetween: false) == kernel(drawingBetween: true))
    let session = try TestSession(seed: 5)
    try session.run("let a, b = dense(40, initializer: s => 0.02 * randn(s)), dense(40, initializer: s => 0.02 * randn(s))")
    try session.run("let y = a(ones(1, 50)) + b(ones(1, 50))")
    #expect(try session.run("equal(a.kernel, b.kernel)") == "false")
    #expect(try session.run("abs(std(a.kernel).item() - 0.02) < 0.001") == "true")
  }

  /// A critic that is pulled to slopes of length 1 gets there.
  @Test func aGradientPenaltyTrains() throws {
    let session = try TestSession(seed: 2)
    try session.run(
      """
      import gan
      let critic = conv2d(4, 3, stride: 2) >> leaky_relu(0.2) >> flatten() >> dense(1)
      let real, fake = rand(8, 6, 6, 1), rand(8, 6, 6, 1)
      let opt = adam(critic, lr: 0.01)
      let before = gan.gradient_penalty(critic, real, fake).item()
      for i in 1...150 { minimize(opt) { gan.gradient_penalty(critic, real, fake) } }
      let after = gan.gradient_penalty(critic, real, fake).item()
      """)
    #expect(try session.run("after < before / 20 and after < 0.1") == "true")
  }
}
