import LimnTensor

extension ModelState {
  /// Writes everything to a file, whole or not at all.
  ///
  /// - Throws: `bad-argument` for a name that begins with `limn.` or for two things of one name; what
  ///   ``Safetensors/write(_:metadata:to:)`` throws.
  public func save(to path: String) throws {
    if let reserved = (Array(metadata.keys) + tensors.keys).filter({ $0.hasPrefix(CheckpointName.reserved) }).min() {
      throw TensorError(
        .badArgument, "nothing can be called \"\(reserved)\": names with \"limn.\" are the checkpoint's own")
    }
    var file = Contents(metadata: metadata)
    file.metadata[CheckpointName.format] = "1"
    for (name, contents) in models { file.add(contents, as: name) }
    for (name, optimizer) in optimizers { try file.add(optimizer, as: name) }
    if let random { file.metadata[CheckpointName.session] = random.state.text }
    for (name, loop) in loops { file.metadata[CheckpointName.loops + name] = loop.text }
    for (name, tensor) in tensors {
      file.tensors.append((name, tensor))
      file.metadata[CheckpointName.extra(name)] = ""
    }
    try Safetensors.write(file.tensors, metadata: file.metadata, to: path)
  }

  /// What goes into the file.
  private struct Contents {
    var tensors: [(name: String, tensor: Tensor)] = []
    var metadata: [String: String]

    mutating func add(_ contents: ModelContents, as name: String) {
      for (path, weight) in contents.weights {
        add(weight.isShaped ? weight.value : nil, at: ModelContents.join(name, path))
      }
      for (path, statistic) in contents.statistics { add(statistic.value, at: ModelContents.join(name, path)) }
      for (path, field) in contents.fields {
        guard let tensor = field.read() else { continue }
        let path = ModelContents.join(name, path)
        tensors.append((path, tensor))
        metadata[CheckpointName.field(path)] = ""
      }
      for (path, layer) in contents.layers {
        guard let stream = layer.stream else { continue }
        metadata[CheckpointName.stream(ModelContents.join(name, path))] = stream.state.text
      }
    }

    mutating func add(_ tensor: Tensor?, at path: String) {
      if let tensor {
        tensors.append((path, tensor))
      } else {
        metadata[CheckpointName.empty(path)] = ""
      }
    }

    mutating func add(_ optimizer: Optimizer, as name: String) throws {
      metadata[CheckpointName.rule(name)] = optimizer.rule.name
      metadata[CheckpointName.step(name)] = "\(optimizer.step)"
      if case .constant(let rate) = optimizer.learningRate {
        metadata[CheckpointName.learningRate(name)] = "\(rate)"
      }
      for (path, weight) in try optimizer.weights() {
        guard let memory = optimizer.memory(of: weight, at: path) else { continue }
        metadata[CheckpointName.updates(name, path)] = "\(memory.step)"
        for (moment, box) in zip(optimizer.rule.moments, memory.moments) {
          tensors.append((CheckpointName.moment(name, path, moment), box.value))
        }
      }
    }
  }
}
