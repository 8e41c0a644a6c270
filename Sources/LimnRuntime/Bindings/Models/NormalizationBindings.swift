import LimnLanguage
import LimnModels
import LimnTensor

/// Normalizations beside batch and layer norm, and layers that regularize.
enum NormalizationBindings {
  static func all(in session: SessionReference) -> [Binding] {
    [
      Binding(
        "rms_norm", [epsilon(1e-6)],
        "Root-mean-square normalization: x / √(mean(x²) + ε) · gain over the last axis (Zhang, Sennrich, arXiv:1910.07467).",
        example: "rms_norm()(tensor([[2.0, 2.0]])).shape   # [1, 2]"
      ) { call in .object(LayerObject(try RMSNorm(epsilon: call.float(0)))) },
      Binding(
        "group_norm", [.required("groups", .int), epsilon(1e-5)],
        """
        Group normalization: in each example the channels of a group, over all positions, get mean 0 and variance 1; then each
        channel is scaled and moved (Wu and He, arXiv:1803.08494).
        """, example: "group_norm(2)(ones(1, 3, 3, 4)).shape   # [1, 3, 3, 4]"
      ) { call in .object(LayerObject(try GroupNorm(call.int(0), epsilon: call.float(1)))) },
      Binding(
        "instance_norm", [epsilon(1e-5)],
        "Instance normalization: `group_norm` with each channel by itself (Ulyanov et al., arXiv:1607.08022).",
        example: "instance_norm()(ones(1, 3, 3, 4)).shape   # [1, 3, 3, 4]"
      ) { call in .object(LayerObject(try GroupNorm(nil, epsilon: call.float(0)))) },
      Binding(
        "spectral_norm", [.required("layer", .layer)],
        """
        A dense or convolution layer whose kernel is divided by its largest singular value, followed by one round of power
        iteration for each call in training (Miyato et al., arXiv:1802.05957).
        """, example: "spectral_norm(dense(3))(ones(2, 4)).shape   # [2, 3]"
      ) { call in
        guard let layer = call.layer(0) else {
          throw Fault.wrongLayer(0, "spectral_norm takes a layer with a kernel", call[0])
        }
        return .object(LayerObject(try SpectralNorm(layer, random: session.random)))
      },
      Binding(
        "gaussian_noise", [.required("std", .float)],
        "In training adds normal numbers of deviation `std` to each element; otherwise gives its input (Bishop, 1995).",
        example: "gaussian_noise(0.1)(ones(2)).list()   # [1.0, 1.0]"
      ) { call in .object(LayerObject(try GaussianNoise(call.float(0), random: session.random))) },
      WindowBindings.padding(2), WindowBindings.cropping(2),
    ]
  }

  private static func epsilon(_ value: Double) -> Parameter {
    .optional("epsilon", .float, .float(value), namedOnly: true)
  }
}
