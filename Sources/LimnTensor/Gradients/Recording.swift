/// A stretch of work from which gradients are wanted for one or more groups of targets.
///
/// Everything inside the body of ``run(groups:adoptsNewWeights:_:)`` that depends on a target is recorded; when the
/// body returns, all of it is forgotten, and tensors that leave it are plain values. ``minimize`` and
/// ``gradient(at:of:)`` are made of this.
///
/// A recording belongs to its thread. Recordings nest: see ``Tape``.
public final class Recording {
  let tape: Tape
  /// The first entry that belongs to this recording.
  let start: Int
  /// One bit for each group.
  let bits: [UInt64]
  /// The groups whose gradients are still to be taken.
  private var pending: UInt64

  private init(tape: Tape, bits: [UInt64]) {
    self.tape = tape
    self.start = tape.entries.count
    self.bits = bits
    pending = bits.reduce(0, |)
  }

  /// Runs `body` under a recording whose targets are weights.
  ///
  /// - Parameters:
  ///   - groups: the weights of each group. A weight may be in several.
  ///   - adoptsNewWeights: whether a weight that is made in `body` becomes a target of every group. An optimizer wants
  ///     it: a layer may make its weights on its first call.
  /// - Throws: what `body` throws, and `bad-argument` for more than 64 groups in all active recordings.
  public static func run<Result>(
    groups: [[Weight]], adoptsNewWeights: Bool = false, _ body: (Recording) throws -> Result
  ) throws -> Result {
    let isOutermost = Tape.current == nil
    let tape = Tape.current ?? Tape.begin()
    let outer = (live: tape.liveBits, recorded: tape.recordedBits, adopting: tape.adoptingBits)
    var bits: [UInt64] = []
    defer { if isOutermost { tape.end() } }
    for _ in groups {
      let taken = bits.reduce(tape.liveBits, |)
      guard taken != .max else { throw TensorError(.badArgument, "more than 64 groups of gradients at a time") }
      bits.append(1 << UInt64((~taken).trailingZeroBitCount))
    }
    let recording = Recording(tape: tape, bits: bits)
    let own = bits.reduce(0, |)
    tape.liveBits |= own
    tape.recordedBits |= own
    if adoptsNewWeights { tape.adoptingBits |= own }
    let adopted = tape.adopted.count
    var bound: [(Weight, Node)] = []
    for (group, bit) in zip(groups, bits) {
      for weight in group {
        let old = weight.node
        if old.tape == tape.identity, old.entry >= recording.start {
          tape.entries[old.entry].bits |= bit
        } else {
          bound.append((weight, old))
          weight.bind(to: tape.addLeaf(bits: bit, over: old))
        }
      }
    }
    defer {
      for (weight, node) in bound.reversed() { weight.bind(to: node) }
      if adoptsNewWeights, outer.adopting == 0 { tape.releaseAdopted(from: adopted) }
      (tape.liveBits, tape.recordedBits, tape.adoptingBits) = outer
      if !isOutermost { tape.forget(own, from: recording.start) }
    }
    return try body(recording)
  }

  /// A new target: a tensor with `tensor`'s value, for the computation to use in its place.
  public func target(_ tensor: Tensor, group: Int = 0) -> Tensor {
    let leaf = tensor.alias()
    leaf.node = tape.addLeaf(bits: bits[group], over: tensor.node)
    return leaf
  }

  /// The gradients of `loss` for one group's targets.
  ///
  /// What no other group waits for is freed on the way, so a group's gradients can be taken once, unless
  /// `keepsRecord`.
  ///
  /// - Parameters:
  ///   - loss: a tensor of one element, unless `seed` is given.
  ///   - targets: nodes of tensors from ``target(_:group:)`` or of weights.
  ///   - seed: the gradient of `loss` itself, of its shape. One if it is not given.
  /// - Returns: a gradient for each target, of its shape; nil where `loss` does not depend on it.
  /// - Throws: `no-gradient` when `loss` is not one float.
  func gradients(
    of loss: Tensor, at targets: [Node], group: Int, seed: Tensor? = nil, keepsRecord: Bool = false
  ) throws -> [Tensor?] {
    let bit = bits[group]
    guard loss.dtype.isFloat else {
      throw TensorError(.noGradient, "a gradient is taken of a float, and this is \(loss.dtype)")
    }
    guard seed != nil || loss.count == 1 else {
      throw TensorError(
        .noGradient, "a gradient is taken of one number, and this is \(loss.shape)",
        help: "reduce it to a number, with mean() or sum()")
    }
    guard tape.bits(of: loss) & bit != 0, loss.node.entry >= start else { return targets.map { _ in nil } }
    let recorded = tape.recordedBits
    tape.recordedBits = recorded & ~bits.reduce(0, |)
    defer { tape.recordedBits = recorded }
    let first = try seed ?? Tensor.full(loss.shape, 1, loss.dtype)
    let waiting = keepsRecord ? tape.liveBits : tape.liveBits & ~(bits.reduce(0, |) & ~pending) & ~bit
    let gradients = try tape.backward(from: loss.node.entry, gradient: first, bit: bit, start: start, waiting: waiting)
    if !keepsRecord { pending &= ~bit }
    return targets.map { node in
      guard node.tape == tape.identity, node.entry >= start else { return nil }
      let index = node.entry - start
      return index < gradients.count ? gradients[index] : nil
    }
  }

  /// The gradients of `loss` for weights of one group; nil where `loss` does not depend on one.
  ///
  /// - Throws: `no-gradient` when `loss` is not one float.
  public func gradients(of loss: Tensor, for weights: [Weight], group: Int = 0) throws -> [Tensor?] {
    try gradients(of: loss, at: weights.map(\.node), group: group)
  }

  /// The gradients of `loss` for tensors from ``target(_:group:)``; nil where `loss` does not depend on one.
  ///
  /// - Throws: `no-gradient` when `loss` is not one float.
  public func gradients(
    of loss: Tensor, at targets: [Tensor], group: Int = 0, keepsRecord: Bool = false
  ) throws -> [Tensor?] {
    try gradients(of: loss, at: targets.map(\.node), group: group, keepsRecord: keepsRecord)
  }
}
