/// One step of Adam, or of AdamW, for many weights: they and their moments change in a single pass over memory.
///
///     m = β₁ m + (1 - β₁) g          v = β₂ v + (1 - β₂) g²
///     w = w (1 - rate · decay) - rate · (m / (1 - β₁ᵗ)) / (√(v / (1 - β₂ᵗ)) + ε)
///
/// ε stands outside the corrected root, as in PyTorch. Sources: Kingma and Ba, "Adam" (2015); Loshchilov and Hutter,
/// "Decoupled weight decay regularization" (2019).
public struct AdamUpdate: Sendable {
  public var learningRate: Double
  public var beta1: Double
  public var beta2: Double
  public var epsilon: Double
  /// Decoupled weight decay; 0 is plain Adam.
  public var weightDecay: Double

  public init(
    learningRate: Double, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  /// A weight, and what changes it.
  public struct Change {
    let weight: Weight
    let gradient: Tensor
    let firstMoment: Weight
    let secondMoment: Weight
    let step: Int

    /// - Parameters:
    ///   - weight: float32 or float64.
    ///   - gradient: of the weight's shape and type.
    ///   - firstMoment: m, of the same shape and type; zeros at first.
    ///   - secondMoment: v, the same.
    ///   - step: t, counted from one.
    public init(_ weight: Weight, gradient: Tensor, firstMoment: Weight, secondMoment: Weight, step: Int) {
      self.weight = weight
      self.gradient = gradient
      self.firstMoment = firstMoment
      self.secondMoment = secondMoment
      self.step = step
    }
  }

  /// Changes weights and their moments in place. No weight stands in the list twice.
  ///
  /// - Throws: `shape-mismatch`, `dtype-mismatch`, `out-of-memory`; then nothing has changed.
  public func callAsFunction(_ changes: [Change]) throws {
    for change in changes { try change.check() }
    try update(Float.self, changes.filter { $0.weight.value.dtype == .float32 }, Self.run)
    try update(Double.self, changes.filter { $0.weight.value.dtype == .float64 }, Self.run)
  }

  /// The numbers of a step, as one multiplies and adds them.
  private struct Factors {
    var beta1: Double
    var beta2: Double
    var epsilon: Double
    var keep: Double
    /// Rate over the first moment's correction.
    var rate: Double
    /// One over the second moment's correction.
    var correction: Double
  }

  private func factors(_ step: Int) -> Factors {
    let step = Double(max(step, 1))
    return Factors(
      beta1: beta1, beta2: beta2, epsilon: epsilon, keep: 1 - learningRate * weightDecay,
      rate: learningRate / (1 - Mathematics.pow(beta1, step)), correction: 1 / (1 - Mathematics.pow(beta2, step)))
  }

  /// A change in memory, and the place of its first element among those of all.
  private struct Part<Element> {
    var start: Int
    var factors: Factors
    var weight: UnsafeMutablePointer<Element>
    var gradient: UnsafePointer<Element>
    var firstMoment: UnsafeMutablePointer<Element>
    var secondMoment: UnsafeMutablePointer<Element>
  }

  private typealias Loop<Element> = (Part<Element>, Range<Int>) -> Void

  /// All weights as if they were one: a network has many that are too small to be cut, and none waits for another.
  private func update<Element: TensorElement>(
    _ type: Element.Type, _ changes: [Change], _ loop: Loop<Element>
  ) throws {
    var tensors: [Tensor] = []
    var parts: [Part<Element>] = []
    var count = 0
    for change in changes {
      let weight = try change.weight.unshared()
      let (first, second) = (try change.firstMoment.unshared(), try change.secondMoment.unshared())
      let gradient = try change.gradient.contiguous()
      tensors += [weight, gradient, first, second]
      parts.append(
        Part(
          start: count, factors: factors(change.step), weight: weight.pointer(type),
          gradient: UnsafePointer(gradient.pointer(type)), firstMoment: first.pointer(type),
          secondMoment: second.pointer(type)))
      count += weight.count
    }
    withExtendedLifetime(tensors) {
      parts.withUnsafeBufferPointer { parts in
        ThreadPool.shared.run(elements: count, grain: 1 << 12) { range in
          var index = Self.index(of: range.lowerBound, in: parts)
          while index < parts.count, parts[index].start < range.upperBound {
            let (start, end) = (parts[index].start, index + 1 < parts.count ? parts[index + 1].start : count)
            loop(parts[index], max(range.lowerBound, start) - start..<min(range.upperBound, end) - start)
            index += 1
          }
        }
      }
    }
  }

  /// The part that holds the element at `place`, by halving.
  private static func index<Element>(of place: Int, in parts: UnsafeBufferPointer<Part<Element>>) -> Int {
    var (low, high) = (0, parts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if parts[middle].start <= place { low = middle } else { high = middle }
    }
    return low
  }

  private static func run(_ part: Part<Float>, _ range: Range<Int>) {
    let factors = part.factors
    let keep1 = Vector(repeating: Float(factors.beta1))
    let take1 = Vector(repeating: Float(1 - factors.beta1))
    let keep2 = Vector(repeating: Float(factors.beta2))
    let take2 = Vector(repeating: Float(1 - factors.beta2))
    let epsilon = Vector(repeating: Float(factors.epsilon))
    let keep = Vector(repeating: Float(factors.keep))
    let rate = Vector(repeating: Float(factors.rate))
    let correction = Vector(repeating: Float(factors.correction))
    let (w, g) = (part.weight + range.lowerBound, part.gradient + range.lowerBound)
    let (m, v) = (part.firstMoment + range.lowerBound, part.secondMoment + range.lowerBound)
    forEachVector(range.count) { place, width in
      let gradient = g.vector(place, width)
      let first = (m.vector(place, width) * keep1).adding(gradient, times: take1)
      let second = (v.vector(place, width) * keep2).adding(gradient * gradient, times: take2)
      let step = rate * first / ((second * correction).squareRoot() + epsilon)
      m.put(first, place, width)
      v.put(second, place, width)
      w.put(w.vector(place, width) * keep - step, place, width)
    }
  }

  private static func run(_ part: Part<Double>, _ range: Range<Int>) {
    let (factors, w, g, m, v) = (part.factors, part.weight, part.gradient, part.firstMoment, part.secondMoment)
    for place in range {
      m[place] = factors.beta1 * m[place] + (1 - factors.beta1) * g[place]
      v[place] = factors.beta2 * v[place] + (1 - factors.beta2) * g[place] * g[place]
      let step = factors.rate * m[place] / ((v[place] * factors.correction).squareRoot() + factors.epsilon)
      w[place] = w[place] * factors.keep - step
    }
  }
}

extension AdamUpdate.Change {
  fileprivate func check() throws {
    for other in [gradient, firstMoment.value, secondMoment.value] {
      guard other.shape == weight.value.shape else {
        throw TensorError(
          .shapeMismatch, "adam: a weight of shape \(weight.value.shape) cannot be changed by \(other.shape)")
      }
      guard other.dtype == weight.value.dtype else {
        throw TensorError(
          .dtypeMismatch, "adam: a weight of type \(weight.value.dtype) cannot be changed by \(other.dtype)")
      }
    }
    guard weight.value.dtype.isFloat else {
      throw TensorError(.dtypeMismatch, "adam: a weight of type \(weight.value.dtype) has no gradient")
    }
  }
}
