import LimnTensor

extension Initializer {
  /// Normal numbers.
  ///
  /// - Parameter deviation: their standard deviation.
  public static func normal(mean: Double = 0, deviation: Double = 0.05) -> Initializer {
    Initializer("normal", [Argument("mean", mean), Argument("std", deviation)]) { shape, _, dtype, random in
      try random.normal(shape, mean: mean, deviation: deviation, dtype: dtype)
    }
  }

  /// Normal numbers, of which those further than two deviations from the mean are drawn again: no weight begins far off.
  /// Their deviation is 0.88 of `deviation`.
  public static func truncatedNormal(mean: Double = 0, deviation: Double = 0.05) -> Initializer {
    Initializer("truncated_normal", [Argument("mean", mean), Argument("std", deviation)]) { shape, _, dtype, random in
      var numbers = try random.normal(shape, dtype: .float64).doubles()
      var outside = numbers.indices.filter { abs(numbers[$0]) > 2 }
      while !outside.isEmpty {
        for (place, draw) in zip(outside, try random.normal([outside.count], dtype: .float64).doubles()) {
          numbers[place] = draw
        }
        outside.removeAll { abs(numbers[$0]) <= 2 }
      }
      return try Tensor(numbers, shape).multiplied(by: .float(deviation)).adding(.float(mean)).converted(to: dtype)
    }
  }

  /// Numbers evenly spread over [low, high).
  public static func uniform(_ low: Double = -0.05, _ high: Double = 0.05) -> Initializer {
    Initializer("uniform", [Argument(nil, low), Argument(nil, high)]) { shape, _, dtype, random in
      try random.uniform(shape, from: low, to: high, dtype: dtype)
    }
  }

  /// Uniform over ±√(6 / (fan in + fan out)): variance 2 / (fan in + fan out), which keeps that of activations and of
  /// gradients about the same through tanh layers (Glorot and Bengio, "Understanding the difficulty of
  /// training deep feedforward neural networks", 2010, equation 16). The default of dense and convolution layers.
  public static var glorotUniform: Initializer {
    scaledUniform("glorot_uniform") { 2 / Double($0.input + $0.output) }
  }

  /// Normal with variance 2 / (fan in + fan out) (Glorot and Bengio, equation 12).
  public static var glorotNormal: Initializer {
    scaledNormal("glorot_normal") { 2 / Double($0.input + $0.output) }
  }

  /// Uniform over ±√(6 / fan in): variance 2 / fan in, which keeps that of activations through relu layers (He, Zhang,
  /// Ren and Sun, arXiv:1502.01852, equation 10).
  public static var heUniform: Initializer { scaledUniform("he_uniform") { 2 / Double($0.input) } }

  /// Normal with variance 2 / fan in (He, Zhang, Ren and Sun, equation 10).
  public static var heNormal: Initializer { scaledNormal("he_normal") { 2 / Double($0.input) } }

  /// Uniform over ±√(3 / fan in): variance 1 / fan in, which keeps that of activations through selu layers (LeCun, Bottou,
  /// Orr and Müller, "Efficient BackProp", 1998; Klambauer et al., arXiv:1706.02515).
  public static var lecunUniform: Initializer { scaledUniform("lecun_uniform") { 1 / Double($0.input) } }

  /// Normal with variance 1 / fan in (LeCun, Bottou, Orr and Müller).
  public static var lecunNormal: Initializer { scaledNormal("lecun_normal") { 1 / Double($0.input) } }

  /// A uniform distribution of the variance that the fans call for. That of ±a is a² / 3.
  private static func scaledUniform(_ name: String, _ variance: @escaping (Fans) -> Double) -> Initializer {
    Initializer(name) { shape, fans, dtype, random in
      let bound = (3 * variance(fans)).squareRoot()
      return try random.uniform(shape, from: -bound, to: bound, dtype: dtype)
    }
  }

  private static func scaledNormal(_ name: String, _ variance: @escaping (Fans) -> Double) -> Initializer {
    Initializer(name) { shape, fans, dtype, random in
      try random.normal(shape, deviation: variance(fans).squareRoot(), dtype: dtype)
    }
  }
}
