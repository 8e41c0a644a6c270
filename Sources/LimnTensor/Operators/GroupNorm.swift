extension Tensor {
  /// Root-mean-square normalization: `y = x / √(mean(x²) + epsilon) · scale`, along the last axis.
  ///
  /// Source: Zhang, Sennrich, "Root mean square layer normalization" (2019).
  ///
  /// - Parameter scale: as long as the last axis.
  /// - Throws: `shape-mismatch` when the scale does not fit.
  public func rootMeanSquareNormalized(scale: Tensor, epsilon: Double = 1e-6) throws -> Tensor {
    let x = try inFloats()
    try x.requireChannels("rms_norm", scale, scale)
    let root = try x.square().mean(axes: [-1], keepsAxes: true).adding(.float(epsilon)).sqrt()
    return try x.divided(by: root).multiplied(by: scale.promoted(to: x.dtype))
  }

  /// Group normalization: in each example the channels of a group, over all positions, get mean 0 and variance 1; then
  /// each channel is scaled and moved.
  ///
  ///     y = (x - mean) / √(variance + epsilon) · scale + offset
  ///
  /// With as many groups as channels it is instance normalization. Sources: Wu, He, "Group normalization" (2018);
  /// Ulyanov, Vedaldi, Lempitsky, "Instance normalization" (2016).
  ///
  /// - Parameters:
  ///   - self: `[batch, ..., channels]`.
  ///   - groups: divides the number of channels.
  ///   - scale: as long as the last axis; the offset likewise.
  /// - Throws: `shape-mismatch`; `bad-argument` for groups that do not divide the channels.
  public func groupNormalized(groups: Int, scale: Tensor, offset: Tensor, epsilon: Double = 1e-5) throws -> Tensor {
    let x = try inFloats()
    try x.requireChannels("group_norm", scale, offset)
    let channels = x.shape[x.rank - 1]
    guard x.rank >= 2, groups > 0, channels % groups == 0 else {
      throw TensorError(
        .badArgument, "\(channels) channels cannot be shared out among \(groups) groups",
        operands: [.init(.named("groups"), "groups is \(groups)"), .init(.index(0), "input is \(x.shape)")])
    }
    let positions = x.shape.dropFirst().dropLast().reduce(1, *)
    let grouped = try x.reshaped([x.shape[0], positions, groups, channels / groups])
    let centered = try grouped.subtracting(try grouped.mean(axes: [1, 3], keepsAxes: true))
    let variance = try centered.square().mean(axes: [1, 3], keepsAxes: true)
    let normal = try centered.divided(by: try variance.adding(.float(epsilon)).sqrt()).reshaped(x.shape)
    return try normal.multiplied(by: scale.promoted(to: x.dtype)).adding(offset.promoted(to: x.dtype))
  }
}
