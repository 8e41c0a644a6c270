import LimnTensor
import Testing

@testable import LimnModels

@Suite("A checkpoint")
struct CheckpointTests {
  /// A model with everything that a checkpoint has to keep: lazily shaped layers, running statistics, dropout.
  private struct Trainer {
    let session: RandomSource
    let model: Sequential
    let optimizer: Optimizer

    init(seed: UInt64, rule: any UpdateRule, learningRate: LearningRate = 0.01) throws {
      let random = RandomSource(seed: seed)
      let model = try Dense(8, random: random) >>> BatchNorm() >>> Activation.relu.layer
        >>> Dropout(0.25, random: random) >>> Dense(2, random: random)
      session = random
      self.model = model
      optimizer = Optimizer(rule, learningRate: learningRate) { model.contents }
    }

    var state: ModelState {
      var state = ModelState()
      state.add(model.contents, as: "m")
      state.add(optimizer, as: "opt")
      state.random = session
      return state
    }

    /// Some steps, each on a batch from the session.
    func train(_ steps: Int) throws -> [Double] {
      try (0..<steps).map { _ in
        let x = try session.normal([16, 4])
        return try minimize([optimizer]) { [try model(x).square().mean()] }.losses[0]
      }
    }

    func expectEqualTo(_ other: Trainer) throws {
      let (mine, theirs) = (model.contents, other.model.contents)
      #expect(mine.weights.map(\.path) == theirs.weights.map(\.path))
      for (a, b) in zip(mine.weights, theirs.weights) {
        try expectEqual(a.weight.value, b.weight.value)
        let kept = optimizer.memory(of: a.weight, at: a.path)
        let found = other.optimizer.memory(of: b.weight, at: b.path)
        #expect(kept?.step == found?.step)
        #expect(kept?.moments.count == found?.moments.count)
        for (a, b) in zip(kept?.moments ?? [], found?.moments ?? []) { try expectEqual(a.value, b.value) }
      }
      for (a, b) in zip(mine.statistics, theirs.statistics) { try expectEqual(a.statistic.value, b.statistic.value) }
      #expect(mine.layers.map { $0.layer.stream?.state } == theirs.layers.map { $0.layer.stream?.state })
      #expect(optimizer.step == other.optimizer.step)
      #expect(session.state == other.session.state)
    }
  }

  @Test(
    "lets training go on bit for bit as if it had never stopped",
    arguments: [
      { try Adam() }, { try Adam(beta1: 0.5, weightDecay: 0.1, decoupled: true) }, { try SGD(momentum: 0.9) },
      { try SGD() }, { try RMSProp(momentum: 0.5) },
    ] as [@Sendable () throws -> any UpdateRule])
  func resuming(_ rule: @Sendable () throws -> any UpdateRule) throws {
    try withFolder { folder in
      let path = folder + "/state.safetensors"
      let trainer = try Trainer(seed: 1, rule: try rule())
      _ = try trainer.train(3)
      try trainer.state.save(to: path)
      let losses = try trainer.train(4)

      // Made from another seed, and never called.
      let resumed = try Trainer(seed: 2, rule: try rule())
      var state = resumed.state
      try state.load(from: path)
      #expect(try resumed.train(4) == losses)
      try resumed.expectEqualTo(trainer)
    }
  }

  @Test("of a model that has not been called keeps its keys")
  func unshaped() throws {
    try withFolder { folder in
      let path = folder + "/state.safetensors"
      let trainer = try Trainer(seed: 1, rule: try Adam())
      try trainer.state.save(to: path)
      let resumed = try Trainer(seed: 2, rule: try Adam())
      var state = resumed.state
      try state.load(from: path)
      #expect(try resumed.train(3) == trainer.train(3))
      try resumed.expectEqualTo(trainer)
    }
  }

  @Test("gives back extra tensors and notes, and a learning rate that was set by hand")
  func extras() throws {
    try withFolder { folder in
      let path = folder + "/state.safetensors"
      let trainer = try Trainer(seed: 1, rule: try SGD())
      trainer.optimizer.learningRate = .constant(0.1 / 3)
      var state = trainer.state
      state.tensors["history"] = try Tensor([1, 2, 3])
      state.metadata["title"] = "A \"model\""
      try state.save(to: path)
      let resumed = try Trainer(seed: 2, rule: try SGD())
      var loaded = resumed.state
      try loaded.load(from: path)
      try expectEqual(loaded.tensors["history"], try Tensor([1, 2, 3]))
      #expect(loaded.tensors.count == 1)
      #expect(loaded.metadata == ["title": "A \"model\""])
      guard case .constant(let rate) = resumed.optimizer.learningRate else { return #expect(Bool(false)) }
      #expect(rate == 0.1 / 3)
    }
  }

  @Test("keeps where a loop over batches stands, and goes on with the same rows")
  func loops() throws {
    try withFolder { folder in
      let path = folder + "/state.safetensors"
      let session = RandomSource(seed: 7)
      let batches = try Batches([Tensor.arange(0, 10)], size: 3, random: session)
      let loop = try batches.begin()
      _ = try loop.next()
      var state = ModelState()
      state.loops = ["train": loop.state, "plain": Batches.State(permutation: nil, batch: 4)]
      try state.save(to: path)
      var loaded = ModelState()
      try loaded.load(from: path)
      #expect(loaded.loops == state.loops)
      let resumed = try batches.begin(at: try #require(loaded.loops["train"]))
      while let batch = try loop.next() { try expectEqual(try resumed.next()?[0], batch[0]) }
      #expect(try resumed.next() == nil)
      #expect(Batches.State(text: "3 4") == nil)
      #expect(Batches.State(text: "-1") == nil)
      #expect(Batches.State(text: "") == nil)
    }
  }

  @Test("leaves a schedule as it is: it only counts the steps")
  func schedule() throws {
    try withFolder { folder in
      let path = folder + "/state.safetensors"
      let rate = LearningRate.schedule(Schedule("falling") { 0.1 / Double($0 + 1) })
      let trainer = try Trainer(seed: 1, rule: try SGD(), learningRate: rate)
      _ = try trainer.train(2)
      try trainer.state.save(to: path)
      let resumed = try Trainer(seed: 2, rule: try SGD(), learningRate: rate)
      var state = resumed.state
      try state.load(from: path)
      #expect(try resumed.train(2) == trainer.train(2))
    }
  }

  @Test("of several models can be loaded in part")
  func part() throws {
    try withFolder { folder in
      let path = folder + "/state.safetensors"
      let trainer = try Trainer(seed: 1, rule: try Adam())
      _ = try trainer.train(1)
      try trainer.state.save(to: path)
      let other = try Trainer(seed: 2, rule: try Adam())
      var state = ModelState()
      state.add(other.model.contents, as: "m")
      try state.load(from: path)
      try expectEqual(other.model.contents.weights[0].weight.value, trainer.model.contents.weights[0].weight.value)
      #expect(other.optimizer.step == 0)
      #expect(other.session.state != trainer.session.state)
    }
  }

  @Test("holds weights under plain paths, which other programs can read and write")
  func plainFile() throws {
    try withFolder { folder in
      let path = folder + "/plain.safetensors"
      let kernel = try Tensor([Float(1), 2, 3, 4, 5, 6], [3, 2])
      try Safetensors.write([("kernel", kernel), ("bias", try Tensor([Float(7), 8]))], to: path)
      let layer = try Dense(2, random: RandomSource(seed: 0))
      var state = ModelState()
      state.add(layer.contents, as: "")
      try state.load(from: path)
      try expectEqual(try layer(Tensor([Float(1), 0, 0], [1, 3])), try Tensor([Float(8), 10], [1, 2]))
      #expect(failure { try layer(Tensor.ones([1, 4])) }?.notes == ["the kernel took its shape from \(path): [3, 2]"])

      let copy = folder + "/copy.safetensors"
      try state.save(to: copy)
      #expect(Set(try Safetensors(copy).entries.map(\.name)) == ["kernel", "bias"])
    }
  }

  @Test("that does not fit says all that is wrong at once, and changes nothing")
  func mismatch() throws {
    try withFolder { folder in
      let path = folder + "/plain.safetensors"
      try Safetensors.write(
        [
          ("m.0.kernal", try Tensor.ones([4, 8])), ("m.0.bias", try Tensor.ones([9])),
          ("m.1.gain", try Tensor.ones([8])), ("m.1.bias", try Tensor.ones([8])), ("m.1.running_mean", try Tensor.ones([8])),
          ("m.1.running_variance", try Tensor.ones([7])), ("m.4.kernel", try Tensor.ones([8, 2])),
          ("m.4.bias", try Tensor.ones([2])), ("other.thing", try Tensor.ones([1])),
        ], to: path)
      let trainer = try Trainer(seed: 1, rule: try Adam())
      var state = ModelState()
      state.add(trainer.model.contents, as: "m")
      let error = try #require(failure { try state.load(from: path) })
      #expect(
        error.description == """
          error[checkpoint-mismatch]: \(path) does not fit the model: 1 missing, 1 unexpected, 2 of another shape
            = missing in the file: m.0.kernel
            = unexpected in the file: m.0.kernal
            = m.0.bias is [9] in the file, and dense(8) wants [8]
            = m.1.running_variance is [7] in the file, and batch_norm() wants [8]
          help: did you mean "m.0.kernal" in the file by "m.0.kernel" in the model?
          """)
      #expect(trainer.model.contents.weights.allSatisfy { !$0.weight.isShaped })
      #expect(trainer.model.contents.statistics.allSatisfy { $0.statistic.value == nil })
    }
  }

  @Test("refuses to change the shape or type of a weight that has one")
  func shapedModel() throws {
    try withFolder { folder in
      let path = folder + "/plain.safetensors"
      let layer = try Dense(2, bias: false, random: RandomSource(seed: 0))
      _ = try layer(Tensor.ones([1, 3]))
      let before = layer.kernel.value
      var state = ModelState()
      state.add(layer.contents, as: "")
      try Safetensors.write([("kernel", try Tensor.ones([5, 2]))], to: path)
      let shape = failure { try state.load(from: path) }
      #expect(shape?.notes == ["kernel is [5, 2] in the file, and [3, 2] in the model"])
      try Safetensors.write([("kernel", try Tensor.ones([3, 2], .float64))], to: path)
      let type = failure { try state.load(from: path) }
      #expect(type?.notes == ["kernel is float64 in the file, and float32 in the model"])
      try expectEqual(layer.kernel.value, before)
    }
  }

  @Test("of another optimizer does not fit")
  func otherOptimizer() throws {
    try withFolder { folder in
      let path = folder + "/state.safetensors"
      let trainer = try Trainer(seed: 1, rule: try Adam())
      _ = try trainer.train(1)
      try trainer.state.save(to: path)
      var state = try Trainer(seed: 2, rule: try SGD()).state
      #expect(failure { try state.load(from: path) }?.notes == ["opt is adam in the file, and sgd here"])
      var withoutOptimizer = ModelState()
      withoutOptimizer.add(trainer.model.contents, as: "m")
      try withoutOptimizer.save(to: path)
      let error = failure { try state.load(from: path) }
      #expect(error?.code == .checkpointMismatch)
      #expect(
        error?.notes == ["missing in the file: the state of optimizer opt, the session's random numbers"])
    }
  }

  @Test("with absurd notes is refused or taken, and never crashes", arguments: ["-1", "9223372036854775807", "x", ""])
  func spoiledNotes(_ count: String) throws {
    try withFolder { folder in
      let path = folder + "/state.safetensors"
      let trainer = try Trainer(seed: 1, rule: try Adam())
      _ = try trainer.train(1)
      try trainer.state.save(to: path)
      let file = try Safetensors(path)
      var notes = file.metadata
      for (key, _) in notes where key.hasPrefix("limn.") && key != "limn.format" { notes[key] = count }
      let spoiled = folder + "/spoiled.safetensors"
      try Safetensors.write(try file.entries.map { ($0.name, try file.tensor($0.name)) }, metadata: notes, to: spoiled)
      var state = try Trainer(seed: 2, rule: try Adam()).state
      #expect(failure { try state.load(from: spoiled) }?.code == .checkpointMismatch)
    }
  }

  @Test("keeps fields that hold tensors, and fills those that are still empty")
  func fields() throws {
    try withFolder { folder in
      let path = folder + "/fields.safetensors"
      // As in a type of the user's: a weight in a field that is nil until the first call, and a plain tensor.
      final class Holder {
        var gain: Weight?
        var average: Tensor?

        var contents: ModelContents {
          var contents = ModelContents()
          if let gain {
            contents.add(gain, at: "gain")
          } else {
            contents.add(field { value, isWeight in self.gain = isWeight ? Weight(value) : nil }, at: "gain")
          }
          contents.add(
            ModelContents.Field(read: { self.average }, write: { value, _ in self.average = value }), at: "average")
          return contents
        }

        private func field(_ write: @escaping (Tensor, Bool) -> Void) -> ModelContents.Field {
          ModelContents.Field(read: { nil }, write: write)
        }
      }
      func trained(_ holder: Holder) throws -> Optimizer {
        Optimizer(try Adam(), learningRate: 0.1) { holder.contents }
      }
      let holder = Holder()
      holder.gain = Weight(try Tensor([1.0, 2.0]))
      holder.average = try Tensor([5.0])
      let optimizer = try trained(holder)
      try optimizer.apply(["gain": try Tensor([1.0, -2.0])])
      var state = ModelState()
      state.add(holder.contents, as: "m")
      state.add(optimizer, as: "opt")
      try state.save(to: path)

      let empty = Holder()
      let resumed = try trained(empty)
      var loaded = ModelState()
      loaded.add(empty.contents, as: "m")
      loaded.add(resumed, as: "opt")
      try loaded.load(from: path)
      try expectEqual(empty.gain?.value, holder.gain?.value)
      try expectEqual(empty.average, holder.average)
      // What the optimizer remembers finds the weight that did not exist yet.
      for optimizer in [optimizer, resumed] { try optimizer.apply(["gain": try Tensor([0.5, 0.5])]) }
      try expectEqual(empty.gain?.value, holder.gain?.value)
    }
  }

  @Test("has room for notes, but not under its own names")
  func reservedNames() throws {
    try withFolder { folder in
      var state = ModelState()
      state.metadata["limn.step.x"] = "1"
      #expect(failure { try state.save(to: folder + "/x.safetensors") }?.code == .badArgument)
      state.metadata = [:]
      state.tensors["limn.optimizer.x"] = try Tensor(1.0)
      #expect(failure { try state.save(to: folder + "/x.safetensors") }?.code == .badArgument)
    }
  }
}
