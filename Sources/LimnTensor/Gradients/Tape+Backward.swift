extension Tape {
  /// Adds a target, on top of what `node` already is to outer recordings.
  func addLeaf(bits: UInt64, over node: Node) -> Node {
    var inputs = Inputs()
    var bits = bits
    var rule = Rule.leaf
    if node.tape == identity, entries[node.entry].bits & recordedBits & ~bits != 0 {
      inputs.first = node.entry
      bits |= entries[node.entry].bits & recordedBits
      rule = .alias
    }
    entries.append(Entry(name: "target", bits: bits, inputs: inputs, rule: rule, output: nil))
    return Node(tape: identity, entry: entries.count - 1)
  }

  /// Makes a weight that has just been made a target of the recordings that adopt such.
  func adopt(_ weight: Weight) {
    weight.bind(to: addLeaf(bits: adoptingBits & recordedBits, over: .none))
    adopted.append(weight)
  }

  func releaseAdopted(from start: Int) {
    for weight in adopted[start...] { weight.bind(to: .none) }
    adopted.removeSubrange(start...)
  }

  /// Ends the life of some bits: entries of the recording that had them and that nobody else waits for are freed.
  func forget(_ bits: UInt64, from start: Int) {
    for index in start..<entries.count {
      entries[index].bits &= ~bits
      if entries[index].bits == 0 { free(index) }
    }
  }

  @inline(__always)
  private func free(_ index: Int) {
    entries[index].rule = nil
    entries[index].output = nil
  }

  /// Walks from entry `end` back to `start` through the entries with `bit`.
  ///
  /// - Parameters:
  ///   - gradient: the gradient of entry `end`.
  ///   - waiting: bits for which an entry must be kept.
  /// - Returns: gradients by entry, from `start`; those of targets are left in it.
  func backward(
    from end: Int, gradient: Tensor, bit: UInt64, start: Int, waiting: UInt64
  ) throws -> ContiguousArray<Tensor?> {
    var sums = GradientSums(start: start, count: end - start + 1)
    sums.gradients[end - start] = gradient
    var index = end
    while index >= start {
      defer { index -= 1 }
      guard entries[index].bits & bit != 0 else { continue }
      let inputs = entries[index].inputs
      let rule = entries[index].rule
      if case .leaf? = rule { continue }
      let isAlias = if case .alias? = rule { true } else { false }
      // A target keeps its gradient; of all others it is taken out, so that a rule may reuse its memory.
      let gradient = isAlias ? sums.gradients[index - start] : sums.gradients[index - start].take()
      if entries[index].bits & waiting == 0, !isAlias { free(index) }
      guard let gradient else { continue }
      guard let rule else {
        throw TensorError(.noGradient, "this gradient has been taken already, and its record is gone")
      }
      try apply(rule, gradient, inputs, bit, &sums)
    }
    return sums.gradients
  }

  private func apply(
    _ rule: Rule, _ gradient: consuming Tensor, _ inputs: Inputs, _ bit: UInt64, _ sums: inout GradientSums
  ) throws {
    switch rule {
    case .leaf: break
    case .alias:
      if wants(inputs.first, bit, sums.start) { try sums.add(gradient, at: inputs.first) }
    case .part(let region, let whole):
      try sums.add(gradient, to: region, of: whole, at: inputs.first)
    case .one(let rule):
      try sums.add(try rule(gradient), at: inputs.first)
    case .two(let rule):
      let first = wants(inputs.first, bit, sums.start)
      let second = wants(inputs.second, bit, sums.start)
      let results = try rule(gradient, Needs(bits: (first ? 1 : 0) | (second ? 2 : 0)))
      if first, let result = results.0 { try sums.add(result, at: inputs.first) }
      if second, let result = results.1 { try sums.add(result, at: inputs.second) }
    case .many(let rule):
      var needs: UInt64 = 0
      for (position, input) in inputs.all.enumerated() {
        if position >= 63 || wants(input, bit, sums.start) { needs |= 1 << UInt64(min(position, 63)) }
      }
      let results = try rule(gradient, Needs(bits: needs))
      for (input, result) in zip(inputs.all, results) where wants(input, bit, sums.start) {
        if let result { try sums.add(result, at: input) }
      }
    }
  }

  @inline(__always)
  private func wants(_ input: Int, _ bit: UInt64, _ start: Int) -> Bool {
    input >= start && entries[input].bits & bit != 0
  }
}

/// The gradients gathered so far, by entry.
private struct GradientSums {
  let start: Int
  var gradients: ContiguousArray<Tensor?>

  init(start: Int, count: Int) {
    self.start = start
    gradients = ContiguousArray(repeating: nil, count: count)
  }

  mutating func add(_ gradient: Tensor, at entry: Int) throws {
    let index = entry - start
    guard var sum = gradients[index].take() else {
      gradients[index] = gradient
      return
    }
    if gradient.node == .none, isOurs(&sum), gradient.shape == sum.shape, gradient.dtype == sum.dtype {
      try sum.accumulate(gradient)
    } else {
      sum = try sum.adding(gradient)
    }
    gradients[index] = sum
  }

  /// Adds the gradient of a part of an entry's value: in place, if nobody else holds the sum, so that reading a
  /// sequence step by step does not cost a whole sequence of zeros for each step.
  mutating func add(_ gradient: Tensor, to region: Region, of whole: Shape, at entry: Int) throws {
    let index = entry - start
    guard gradient.node == .none, !Tape.isRecording, var sum = gradients[index].take() else {
      return try add(try gradient.placed(region, in: whole), at: entry)
    }
    if isOurs(&sum), gradient.dtype == sum.dtype {
      try sum.region(region).accumulate(gradient)
    } else {
      sum = try sum.adding(try gradient.placed(region, in: whole))
    }
    gradients[index] = sum
  }

  /// Whether a sum may be changed in place: nobody else sees it or its memory, and it is constant.
  private func isOurs(_ sum: inout Tensor) -> Bool {
    isKnownUniquelyReferenced(&sum) && isKnownUniquelyReferenced(&sum.storage) && sum.storage.isWritable
      && sum.isContiguous && sum.node == .none
  }
}
