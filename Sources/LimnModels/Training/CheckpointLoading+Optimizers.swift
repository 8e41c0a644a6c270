import LimnTensor

extension CheckpointLoading {
  mutating func plan(_ optimizer: Optimizer, as name: String) throws {
    guard let step = count(CheckpointName.step(name)) else {
      mismatch.missing.append("the state of optimizer \(name)")
      return
    }
    if let rule = file.metadata[CheckpointName.rule(name)], rule != optimizer.rule.name {
      mismatch.other.append("\(name) is \(rule) in the file, and \(optimizer.rule.name) here")
      return
    }
    let contents = try optimizer.contents()
    var memories: [ObjectIdentifier: WeightMemory] = [:]
    for (path, weight) in contents.weights {
      let value = planned[ObjectIdentifier(weight)] ?? weight.value
      guard let (moments, step) = try memory(of: path, value, optimizer, name) else { continue }
      memories[ObjectIdentifier(weight)] = noGradient {
        WeightMemory(weight, moments: moments.map { Weight($0) }, step: step)
      }
    }
    // A field that is empty here may have been a weight when the file was written, and may become one again.
    var awaited: [String: (moments: [Tensor], step: Int)] = [:]
    for (path, field) in contents.fields where field.read() == nil {
      awaited[path] = try memory(of: path, nil, optimizer, name)
    }
    let rate = file.metadata[CheckpointName.learningRate(name)].flatMap { Double($0) }
    let (found, kept) = (memories, awaited)
    actions.append {
      optimizer.memories = found
      optimizer.awaited = kept
      optimizer.step = step
      if let rate, case .constant = optimizer.learningRate { optimizer.learningRate = .constant(rate) }
    }
    let prefix = CheckpointName.moments(name)
    mismatch.unexpected += entries.keys.filter { $0.hasPrefix(prefix) && !used.contains($0) }.sorted()
  }

  /// What the file remembers of one weight; nil when it had never been updated, or does not fit.
  ///
  /// - Parameter value: what the weight will hold, if that is known.
  private mutating func memory(
    of path: String, _ value: Tensor?, _ optimizer: Optimizer, _ name: String
  ) throws -> (moments: [Tensor], step: Int)? {
    guard let updates = count(CheckpointName.updates(name, path)) else { return nil }
    var moments: [Tensor] = []
    for moment in optimizer.rule.moments {
      let name = CheckpointName.moment(name, path, moment)
      guard let entry = entries[name] else {
        mismatch.missing.append(name)
        continue
      }
      used.insert(name)
      if let value, entry.shape != Array(value.shape) || entry.type.dtype != value.dtype {
        mismatch.misshapen.append(
          "\(name) is \(entry.type.dtype) \(entry.shape) in the file, and its weight is \(value.dtype) \(value.shape)")
        continue
      }
      moments.append(try read(name))
    }
    return moments.count == optimizer.rule.moments.count ? (moments, updates) : nil
  }

  /// A count in the file's notes; nil for what cannot be one.
  private func count(_ note: String) -> Int? {
    file.metadata[note].flatMap { Int($0) }.flatMap { (0..<1 << 53).contains($0) ? $0 : nil }
  }
}
