import LimnRuntime
import Testing

/// LANGUAGE, "Learning".
@Suite struct LearningTests {
  @Test func minimizeGivesLossesAsFloatsThenTheRest() throws {
    let session = try TestSession()
    try session.run(
      """
      let a, b = dense(1), dense(1)
      let x = ones(2, 3)
      let first, second, extra = minimize([sgd(a), sgd(b)]) { return mse(a(x), 0), mse(b(x), 0), a(x) }
      """)
    #expect(try session.run("type_of(first)") == "float")
    #expect(try session.run("type_of(second)") == "float")
    #expect(try session.run("extra.shape") == "[2, 1]")
  }

  /// The generator's loss runs through the discriminator and changes the generator alone.
  @Test func eachLossChangesItsOwnOptimizersWeights() throws {
    let session = try TestSession()
    try session.run(
      """
      let g, d = dense(2, bias: false), dense(1, bias: false)
      let z = ones(4, 3)
      d(g(z))
      let g_before, d_before = g.kernel.value, d.kernel.value
      minimize(sgd(g)) { mse(d(g(z)), 1) }
      """)
    #expect(try session.run("equal(g.kernel, g_before)") == "false")
    #expect(try session.run("equal(d.kernel, d_before)") == "true")
  }

  @Test func aFailedStepChangesNothing() throws {
    let session = try TestSession()
    try session.run("let m = dense(1)\nm(ones(1, 2))\nlet opt = adam(m)\nlet before = m.kernel.value")
    #expect(session.failure(of: "minimize(opt) { m(full([1, 2], nan)).sum() }")?.code == "not-finite")
    #expect(session.failure(of: "minimize(opt) { m(ones(1, 2)) + m(ones(2, 2)) }")?.code == "no-gradient")
    #expect(session.failure(of: "minimize(opt) { ones(1).sum() }")?.code == "no-gradient")
    #expect(session.failure(of: "minimize(opt) { \"text\" }")?.code == "type-mismatch")
    #expect(try session.run("equal(m.kernel, before)") == "true")
    #expect(try session.run("opt.step") == "0")
  }

  @Test func aSharedWeightIsAnError() throws {
    let session = try TestSession()
    try session.run("let m = dense(1)\nm(ones(1, 2))")
    let text = "minimize([sgd(m), sgd(m)]) { return m(ones(1, 2)).sum(), m(ones(1, 2)).sum() }"
    #expect(session.failure(of: text)?.code == "bad-argument")
  }

  /// d/dx x³ = 3x², and again 6x, in the form of x.
  @Test func gradientsNestAndKeepTheFormOfTheirPlace() throws {
    let session = try TestSession()
    try session.run("let cube = x => x ** 3\nlet slope = x => grad(cube, x)")
    #expect(try session.run("grad(cube, 2.0)") == "12.0")
    #expect(try session.run("grad(slope, tensor(2.0)).item()") == "12.0")
    #expect(
      try session.run("grad(xs => sum(xs[0] * xs[1]), [tensor([2.0]), tensor([3.0])]).map(t => t.item())")
        == "[3.0, 2.0]")
    #expect(try session.run("let w = weight(tensor([2.0]))\ngrad(v => sum(v * v), w).item()") == "4.0")
    try session.run("let m = dense(1)\nlet g = grad(model => sum(model(ones(1, 2))), m)")
    #expect(try session.run("g.keys()") == "[\"kernel\", \"bias\"]")
    #expect(try session.run("g.kernel.list()") == "[[1.0], [1.0]]")
  }

  @Test func aCustomLayersWeightIsFoundInItsField() throws {
    let session = try TestSession()
    try session.run(
      """
      type Scale(units) {
        var gain = nil
        fn call(x) {
          if gain == nil { gain = weight(ones(units)) }
          x * gain
        }
      }
      type Net() {
        let blocks = [Scale(2), Scale(2)]
        let head = dense(1)
        fn call(x) { x |> blocks[0] |> blocks[1] |> head }
      }
      let net = Net()
      let loss = minimize(sgd(net, lr: 0.1)) { mse(net(ones(3, 2)), 5) }
      """)
    #expect(
      try session.run("weights(net).keys()") == "[\"blocks.0.gain\", \"blocks.1.gain\", \"head.kernel\", \"head.bias\"]"
    )
    #expect(try session.run("equal(net.blocks[0].gain, ones(2))") == "false")
  }

  @Test func trainingModeHoldsInMinimizeAndNowhereElse() throws {
    let session = try TestSession()
    try session.run("let drop = dropout(0.5)\nlet m = dense(1)\nm(ones(1, 1))")
    #expect(try session.run("equal(drop(ones(100)), ones(100))") == "true")
    try session.run("var inside = nil\nminimize(sgd(m)) { inside = drop(ones(100)); m(ones(1, 1)).sum() }")
    #expect(try session.run("equal(inside, ones(100))") == "false")
    #expect(try session.run("training(true) { equal(drop(ones(100)), ones(100)) }") == "false")
  }

  @Test func aCheckpointGoesOnBitForBit() throws {
    let session = try TestSession(seed: 3)
    let step = "minimize(opt) { mse(m(randn(4, 3)), 1) }"
    try session.run(
      """
      let m = dense(8, activation: relu) >> dropout(0.2) >> dense(1)
      let opt = adam(m)
      for i in 1...3 { \(step) }
      save("point.safetensors", {m: m, opt: opt})
      let expected = [\(step), \(step)]
      """)
    let later = try TestSession(seed: 99)
    let path = session.folder + "/point.safetensors"
    try later.run(
      """
      let m = dense(8, activation: relu) >> dropout(0.2) >> dense(1)
      let opt = adam(m)
      load("\(path)", into: {m: m, opt: opt})
      """)
    let expected = try session.run("expected")
    #expect(try later.run("[\(step), \(step)]") == expected)
  }

  @Test func theSameSeedGivesTheSameNumbers() throws {
    let text = "let m = dense(3)\nstr(m(randn(2, 4))) + str(permutation(9))"
    let first = try TestSession(seed: 5).run(text)
    #expect(try TestSession(seed: 5).run(text) == first)
    #expect(try TestSession(seed: 6).run(text) != first)
  }
}
