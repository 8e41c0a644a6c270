import Glibc
import LimnTensor

/// Data sets that are made, from a source of random numbers, and so need no files: the small problems on which a
/// model is understood before it is trained on anything large.
///
/// ```swift
/// let (points, labels) = try MadeData.twoMoons(count: 1000, random: random)
/// points.shape   // [1000, 2]
/// ```
///
/// The same source in the same state makes the same set.
public enum MadeData {
  /// Two half circles that reach into each other.
  ///
  /// The upper is (cos θ, sin θ), the lower (1 − cos θ, 1/2 − sin θ), for θ uniform from 0 to π.
  ///
  /// - Parameters:
  ///   - count: The number of points; the classes take turns.
  ///   - noise: The standard deviation of what is added to each coordinate.
  /// - Returns: Points float32 `[count, 2]`, and labels int64 `[count]`: 0 for the upper, 1 for the lower moon.
  /// - Throws: `bad-argument` for a count below one or a noise that is negative or not finite; `out-of-memory`.
  public static func twoMoons(
    count: Int, noise: Double = 0.1, random: RandomSource
  ) throws -> (points: Tensor, labels: Tensor) {
    try check(count: count, noise: noise)
    let angles = try random.uniformNumbers([count])
    return try points(count, axes: 2, classes: 2, noise: noise, random) { index, point in
      let angle = Double.pi * angles[index]
      point[0] = index % 2 == 0 ? cos(angle) : 1 - cos(angle)
      point[1] = index % 2 == 0 ? sin(angle) : 0.5 - sin(angle)
    }
  }

  /// Eight round clouds on a circle: the classic test of whether a GAN finds every mode.
  ///
  /// - Parameters:
  ///   - count: The number of points; the clouds take turns.
  ///   - radius: The circle's radius.
  ///   - deviation: Each cloud's standard deviation.
  /// - Returns: Points float32 `[count, 2]`, and labels int64 `[count]` from 0 to 7, counterclockwise from the right.
  /// - Throws: `bad-argument`, `out-of-memory`.
  public static func eightGaussians(
    count: Int, radius: Double = 2, deviation: Double = 0.1, random: RandomSource
  ) throws -> (points: Tensor, labels: Tensor) {
    try check(count: count, noise: deviation)
    guard radius.isFinite else { throw TensorError(.badArgument, "radius is a number, not \(radius)") }
    return try points(count, axes: 2, classes: 8, noise: deviation, random) { index, point in
      let angle = Double(index % 8) * .pi / 4
      point[0] = radius * cos(angle)
      point[1] = radius * sin(angle)
    }
  }

  /// A sheet that is rolled up in space: (t cos t, h, t sin t), for t uniform from 1.5 π to 4.5 π and h from 0 to 21
  /// (Marsland, "Machine Learning: An Algorithmic Perspective", 2009).
  ///
  /// - Parameters:
  ///   - count: The number of points.
  ///   - noise: The standard deviation of what is added to each coordinate.
  /// - Returns: Points float32 `[count, 3]`, and each one's place along the roll, t, float32 `[count]`.
  /// - Throws: `bad-argument`, `out-of-memory`.
  public static func swissRoll(
    count: Int, noise: Double = 0, random: RandomSource
  ) throws -> (points: Tensor, places: Tensor) {
    try check(count: count, noise: noise)
    let numbers = try random.uniformNumbers([2, count])
    let places = (0..<count).map { 1.5 * Double.pi * (1 + 2 * numbers[$0]) }
    let (points, _) = try points(count, axes: 3, classes: 1, noise: noise, random) { index, point in
      point[0] = places[index] * cos(places[index])
      point[1] = 21 * numbers[count + index]
      point[2] = places[index] * sin(places[index])
    }
    return (points, try Tensor(places.map { Float($0) }))
  }

  // MARK: - Parts

  /// Points that a body places and noise moves, and labels that take turns.
  private static func points(
    _ count: Int, axes: Int, classes: Int, noise: Double, _ random: RandomSource,
    place: (Int, inout [Double]) -> Void
  ) throws -> (points: Tensor, labels: Tensor) {
    let shifts = noise > 0 ? try random.normalNumbers([count, axes]) : []
    var values: [Float] = []
    values.reserveCapacity(count * axes)
    var point = [Double](repeating: 0, count: axes)
    for index in 0..<count {
      place(index, &point)
      for axis in 0..<axes {
        values.append(Float(point[axis] + (noise > 0 ? noise * shifts[index * axes + axis] : 0)))
      }
    }
    return (try Tensor(values, Shape([count, axes])), try Tensor((0..<count).map { Int64($0 % classes) }))
  }

  /// Checks the arguments that all sets have.
  static func check(count: Int, noise: Double = 0) throws(TensorError) {
    guard count > 0 else {
      throw TensorError(
        .badArgument, "a data set has at least one example", operands: [.init(.named("count"), "count is \(count)")])
    }
    guard noise >= 0, noise.isFinite else {
      throw TensorError(
        .badArgument, "noise is a standard deviation, zero or greater",
        operands: [.init(.named("noise"), "noise is \(noise)")])
    }
  }
}

extension RandomSource {
  /// Numbers from 0 to 1, without 1, as many as a tensor of these lengths has.
  func uniformNumbers(_ lengths: [Int]) throws -> [Double] { try uniform(Shape(lengths), dtype: .float64).elements() }

  /// Standard normal numbers, as many as a tensor of these lengths has.
  func normalNumbers(_ lengths: [Int]) throws -> [Double] { try normal(Shape(lengths), dtype: .float64).elements() }
}
