import LimnTensor
import Testing

@testable import LimnModels

@Suite("A training step")
struct MinimizeTests {
  private let random = RandomSource(seed: 9)

  @Test("gives losses as numbers and the rest as constants, and runs the block once in training mode")
  func results() throws {
    let model = try Dense(1, random: random)
    let optimizer = try Optimizer.sgd(model)
    var runs = 0
    let step = try minimize([optimizer]) {
      runs += 1
      #expect(TrainingMode.current)
      let y = try model(Tensor.ones([2, 3]))
      return [try y.square().mean(), y]
    }
    #expect(runs == 1)
    #expect(!TrainingMode.current)
    #expect(step.losses.count == 1)
    #expect(step.rest.count == 1)
    #expect(optimizer.step == 1)
    #expect(try abs(step.rest[0].square().mean().item().double - step.losses[0]) < 1e-6)
  }

  @Test("can leave training mode inside, and enter it outside")
  func mode() throws {
    let model = try Dense(1, random: random)
    _ = try minimize([try Optimizer.sgd(model)]) {
      TrainingMode.with(false) { #expect(!TrainingMode.current) }
      #expect(TrainingMode.current)
      return [try model(Tensor.ones([1, 1])).sum()]
    }
    TrainingMode.with(true) { #expect(TrainingMode.current) }
  }

  @Test("differentiates each loss for its own optimizer's weights alone, before any changes")
  func twoOptimizers() throws {
    let (a, b) = (Weight(try Tensor(2.0)), Weight(try Tensor(3.0)))
    func optimizer(_ weight: Weight) throws -> Optimizer {
      Optimizer(try SGD(), learningRate: 0.5) {
        var contents = ModelContents()
        contents.add(weight, at: "w")
        return contents
      }
    }
    // d(ab)/da = b and d(−ab)/db = −a, both at the values before the step.
    let step = try minimize([try optimizer(a), try optimizer(b)]) {
      let product = try a.tensor * b.tensor
      return [product, try product.negated()]
    }
    #expect(step.losses == [6, -6])
    try expectEqual(a.value, try Tensor(0.5))
    try expectEqual(b.value, try Tensor(4.0))
  }

  @Test("trains what its optimizer was given and freezes the rest")
  func freezing() throws {
    let (frozen, trained) = (try Dense(4, random: random), try Dense(1, random: random))
    let model = frozen >>> trained
    let x = try Tensor.ones([2, 3])
    _ = try model(x)
    let (before, other) = (frozen.kernel.value, trained.kernel.value)
    let optimizer = try Optimizer.adam(trained)
    _ = try minimize([optimizer]) { [try model(x).square().mean()] }
    try expectEqual(frozen.kernel.value, before)
    #expect(try !trained.kernel.value.isEqual(to: other))
  }

  @Test("counts a layer that is used twice once, with the sum of its gradients")
  func sharing() throws {
    let layer = try Dense(2, bias: false, random: random)
    layer.kernel.value = try Tensor([1.0, 0, 0, 1], [2, 2])
    let model = layer >>> layer
    #expect(model.contents.weights.map(\.path) == ["0.kernel"])
    let optimizer = try Optimizer.sgd(model, learningRate: 0.25)
    // The sum of x K K for K = 1 and x = (1, 1): its gradient is 2 in every element.
    _ = try minimize([optimizer]) { [try model(Tensor([1.0, 1], [1, 2])).sum()] }
    try expectEqual(layer.kernel.value, try Tensor([0.5, -0.5, -0.5, 0.5], [2, 2]))
  }

  /// What can go wrong in a step, after everything in the model has moved.
  enum Failure: CaseIterable { case thrown, notFinite, notANumber, unreached, tooFewLosses, learningRate }

  @Test("that fails changes nothing: weights, shapes, statistics, counts", arguments: Failure.allCases)
  func failedStep(_ kind: Failure) throws {
    struct Stop: Error {}
    let random = random
    let model = try Dense(3, random: random) >>> BatchNorm() >>> Dropout(0.5, random: random)
    let late = try Dense(1, random: random)
    let x = try random.normal([4, 2])
    let optimizer = try Optimizer.adam(model)
    _ = try minimize([optimizer]) { [try model(x).square().mean()] }
    let before = Snapshot(model, optimizer)
    if kind == .learningRate { optimizer.learningRate = .constant(.nan) }
    #expect(throws: (any Error).self) {
      try minimize([optimizer]) {
        let y = try late(model(x))
        switch kind {
        case .thrown: throw Stop()
        case .notFinite: return [try (y * 0).log().sum()]
        case .notANumber: return [y]
        case .unreached: return [try Tensor(1.0)]
        case .tooFewLosses: return []
        case .learningRate: return [try y.square().mean()]
        }
      }
    }
    try before.expectUnchanged(model, optimizer)
    #expect(!late.kernel.isShaped)
    #expect(late.shapeOrigin == nil)
    // A layer that gave its shape back takes another.
    _ = try late(Tensor.ones([1, 7]))
    #expect(late.kernel.value.shape == [7, 1])
  }

  @Test("that fails in the second optimizer leaves the first alone")
  func failedSecondOptimizer() throws {
    let (a, b) = (try Dense(1, random: random), try Dense(1, random: random))
    let (first, second) = (try Optimizer.adam(a), try Optimizer.adam(b, learningRate: .constant(-1)))
    let x = try Tensor.ones([1, 2])
    _ = try (a(x), b(x))
    let kernel = a.kernel.value
    #expect(throws: TensorError.self) { try minimize([first, second]) { [try a(x).sum(), try b(x).sum()] } }
    try expectEqual(a.kernel.value, kernel)
    #expect(first.step == 0)
  }

  @Test("refuses no optimizers, and a weight in two of them")
  func misuse() throws {
    #expect(failure { try minimize([]) { [] } }?.code == .badArgument)
    let model = try Dense(1, random: random)
    let x = try Tensor.ones([1, 2])
    _ = try model(x)
    let optimizers = [try Optimizer.adam(model), try Optimizer.sgd(model)]
    let error = failure { try minimize(optimizers) { [try model(x).sum(), try model(x).sum()] } }
    #expect(error?.message == "optimizers 1 and 2 share a weight")
    #expect(failure { try minimize([optimizers[0], optimizers[0]]) { [] } }?.code == .badArgument)
  }

  @Test("moves batch norm's statistics once a call, whatever its outcome is used for")
  func batchNormMoves() throws {
    let norm = try BatchNorm(momentum: 0.5)
    let optimizer = try Optimizer.sgd(norm, learningRate: 0.0)
    _ = try minimize([optimizer]) {
      let first = try norm(Tensor([Float(0), 2], [2, 1]))
      _ = try norm(Tensor([Float(4), 4], [2, 1]))
      return [try first.sum()]
    }
    // Means 1 and 4: 0 → 0.5 → 2.25. Variances 1 and 0: 1 → 1 → 0.5.
    try expectEqual(norm.runningMean.value, try Tensor([Float(2.25)]))
    try expectEqual(norm.runningVariance.value, try Tensor([Float(0.5)]))
  }

  @Test("gives the same bits on one thread and on two")
  func threads() throws {
    func train(threads: Int) throws -> [Tensor] {
      let before = ThreadPool.shared.threads
      defer { ThreadPool.shared.threads = before }
      ThreadPool.shared.threads = threads
      let random = RandomSource(seed: 2)
      let model = try Conv2D(8, kernel: 5, stride: 2, random: random) >>> BatchNorm()
        >>> Activation.leakyRelu(0.2).layer >>> Dropout(0.3, random: random) >>> ConvTranspose2D(16, kernel: 5, stride: 2, random: random)
        >>> FunctionLayer.flatten() >>> Dense(10, random: random)
      let optimizer = try Optimizer.adam(model)
      for _ in 0..<3 {
        let x = try random.normal([8, 12, 12, 3])
        _ = try minimize([optimizer]) { [try model(x).square().mean()] }
      }
      return model.contents.weights.map(\.weight.value)
    }
    for (one, two) in zip(try train(threads: 1), try train(threads: 2)) { try expectEqual(one, two) }
  }
}

/// What a model and its optimizer are, to compare with later.
private struct Snapshot {
  let weights: [Tensor]
  let statistics: [Tensor?]
  let streams: [RandomSource.State?]
  let moments: [[Tensor]]
  let step: Int

  init(_ model: any Layer, _ optimizer: Optimizer) {
    let contents = model.contents
    weights = contents.weights.map(\.weight.value)
    statistics = contents.statistics.map(\.statistic.value)
    streams = contents.layers.map { $0.layer.stream?.state }
    moments = contents.weights.map { path, weight in
      optimizer.memory(of: weight, at: path)?.moments.map(\.value) ?? []
    }
    step = optimizer.step
  }

  func expectUnchanged(_ model: any Layer, _ optimizer: Optimizer) throws {
    let now = Snapshot(model, optimizer)
    for (a, b) in zip(weights, now.weights) { try expectEqual(a, b) }
    for (a, b) in zip(statistics, now.statistics) { try expectEqual(a, b) }
    for (a, b) in zip(moments.joined(), now.moments.joined()) { try expectEqual(a, b) }
    #expect(streams == now.streams)
    #expect(step == now.step)
  }
}
