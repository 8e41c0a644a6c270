/// One step of Adam, or of AdamW, for one weight: moments and weight change in a single pass over memory.
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

  /// Changes a weight and its two moments in place.
  ///
  /// - Parameters:
  ///   - gradient: of the weight's shape and type.
  ///   - firstMoment: m, of the same shape and type; zeros at first.
  ///   - secondMoment: v, the same.
  ///   - step: t, counted from one.
  /// - Throws: `shape-mismatch`, `dtype-mismatch`; then nothing has changed.
  public func callAsFunction(
    _ weight: Weight, gradient: Tensor, firstMoment: Weight, secondMoment: Weight, step: Int
  ) throws {
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
    if weight.value.dtype == .float32 {
      try update(Float.self, weight, gradient, firstMoment, secondMoment, step, Self.run)
    } else {
      try update(Double.self, weight, gradient, firstMoment, secondMoment, step, Self.run)
    }
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

  private typealias Loop<Element> = (
    Factors, UnsafeMutablePointer<Element>, UnsafePointer<Element>, UnsafeMutablePointer<Element>,
    UnsafeMutablePointer<Element>, Range<Int>
  ) -> Void

  private func update<Element: TensorElement>(
    _ type: Element.Type, _ weight: Weight, _ gradient: Tensor, _ firstMoment: Weight, _ secondMoment: Weight,
    _ step: Int, _ loop: Loop<Element>
  ) throws {
    let step = Double(max(step, 1))
    let factors = Factors(
      beta1: beta1, beta2: beta2, epsilon: epsilon, keep: 1 - learningRate * weightDecay,
      rate: learningRate / (1 - Mathematics.pow(beta1, step)), correction: 1 / (1 - Mathematics.pow(beta2, step)))
    let gradient = try gradient.contiguous()
    try firstMoment.update(type) { first in
      try secondMoment.update(type) { second in
        try weight.update(type) { weight in
          guard let w = weight.baseAddress, let m = first.baseAddress, let v = second.baseAddress else { return }
          withExtendedLifetime(gradient) {
            let g = UnsafePointer(gradient.pointer(type))
            ThreadPool.shared.run(elements: weight.count, grain: 1 << 12) { loop(factors, w, g, m, v, $0) }
          }
        }
      }
    }
  }

  private static func run(
    _ factors: Factors, _ w: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>, _ m: UnsafeMutablePointer<Float>,
    _ v: UnsafeMutablePointer<Float>, _ range: Range<Int>
  ) {
    let keep1 = Vector(repeating: Float(factors.beta1))
    let take1 = Vector(repeating: Float(1 - factors.beta1))
    let keep2 = Vector(repeating: Float(factors.beta2))
    let take2 = Vector(repeating: Float(1 - factors.beta2))
    let epsilon = Vector(repeating: Float(factors.epsilon))
    let keep = Vector(repeating: Float(factors.keep))
    let rate = Vector(repeating: Float(factors.rate))
    let correction = Vector(repeating: Float(factors.correction))
    let (w, g, m, v) = (
      w + range.lowerBound, g + range.lowerBound, m + range.lowerBound, v + range.lowerBound
    )
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

  private static func run(
    _ factors: Factors, _ w: UnsafeMutablePointer<Double>, _ g: UnsafePointer<Double>,
    _ m: UnsafeMutablePointer<Double>, _ v: UnsafeMutablePointer<Double>, _ range: Range<Int>
  ) {
    for place in range {
      m[place] = factors.beta1 * m[place] + (1 - factors.beta1) * g[place]
      v[place] = factors.beta2 * v[place] + (1 - factors.beta2) * g[place] * g[place]
      let step = factors.rate * m[place] / ((v[place] * factors.correction).squareRoot() + factors.epsilon)
      w[place] = w[place] * factors.keep - step
    }
  }
}
