import LimnLanguage
import LimnTensor

/// Losses: one number that says how far predictions are from targets.
///
/// They refuse shapes that do not match exactly, save for a plain number as target: silent broadcasting in a loss is a
/// classic bug.
enum LossBindings {
  static var all: [Binding] {
    [
      loss(
        "bce", "logits", [],
        """
        Binary cross-entropy of logits: -y log σ(x) - (1 - y) log(1 - σ(x)), computed without overflow. Targets are in [0, 1].
        """, "bce(tensor([0.0]), 1).item()   # 0.6931471824645996"
      ) { x, target, _, reduction in try Loss.binaryCrossEntropy(x, target, reduction: reduction) },
      loss(
        "mse", "predictions", [], "The squared difference, (x - t)².", "mse(tensor([1.0, 3.0]), 1).item()   # 2.0"
      ) { x, target, _, reduction in try Loss.squaredError(x, target, reduction: reduction) },
      loss(
        "mae", "predictions", [], "The absolute difference, |x - t|.", "mae(tensor([1.0, 3.0]), 1).item()   # 1.0"
      ) { x, target, _, reduction in try Loss.absoluteError(x, target, reduction: reduction) },
      loss(
        "huber", "predictions", [.optional("delta", .float, 1.0, namedOnly: true)],
        "d² / 2 where the difference |d| ≤ `delta`, and `delta` · (|d| - `delta` / 2) beyond (Huber, 1964).",
        "huber(tensor([3.0]), 0).item()   # 2.5"
      ) { x, target, call, reduction in try Loss.huber(x, target, delta: call.float(3), reduction: reduction) },
      Binding(
        "gaussian_nll",
        [.required("mean", .tensor), .required("targets", .operand), .required("variance", .tensor), reduction],
        "The negative log likelihood of targets under normal distributions: (log v + (t - m)² / v) / 2 (Nix, Weigend, 1994)."
          + reduced,
        example: "gaussian_nll(tensor([1.0]), 3, ones(1)).item()   # 2.0"
      ) { call in
        .tensor(
          try Loss.gaussianNegativeLogLikelihood(
            call.tensor(0), target(call), variance: call.tensor(2), reduction: reduction(call, 3)))
      },
      loss(
        "hinge", "scores", [.optional("margin", .float, 1.0, namedOnly: true)],
        "max(0, `margin` - t x), for targets of 1 and -1 (Vapnik, 1995).", "hinge(tensor([0.25]), 1).item()   # 0.75"
      ) { x, target, call, reduction in try Loss.hinge(x, target, margin: call.float(3), reduction: reduction) },
      loss(
        "wasserstein", "scores", [],
        "A Wasserstein critic's loss, -t x, for targets of 1 (real) and -1 (made) (Arjovsky et al., arXiv:1701.07875).",
        "wasserstein(tensor([2.0]), 1).item()   # -2.0"
      ) { x, target, _, reduction in try Loss.wasserstein(x, target, reduction: reduction) },
      Binding(
        "normal_kl", [.required("mean", .tensor), .required("log_variance", .tensor), reduction],
        """
        The divergence of normal distributions from the standard one, -½ Σ (1 + log v - m² - v) over the last axis: the second
        part of a variational autoencoder's loss (Kingma and Welling, arXiv:1312.6114).
        """ + reduced, example: "normal_kl(ones(1, 2), zeros(1, 2)).item()   # 1.0"
      ) { call in
        .tensor(try Loss.normalDivergence(call.tensor(0), logVariance: call.tensor(1), reduction: reduction(call, 2)))
      },
      Binding(
        "kl", [.required("log_probabilities", .tensor), .required("targets", .tensor), reduction],
        """
        The Kullback-Leibler divergence of target probabilities from predicted ones, which are given as logarithms: Σ t (log t - log p)
        over the last axis.
        """ + reduced,
        example: "kl(log(tensor([0.5, 0.5])), tensor([0.5, 0.5])).item()   # 0.0"
      ) { call in
        .tensor(try Loss.divergence(call.tensor(0), call.tensor(1), reduction: reduction(call, 2)))
      },
      Binding(
        "cross_entropy",
        [
          .required("logits", .tensor), .required("targets", .tensor), reduction,
          .optional("label_smoothing", .float, 0.0, namedOnly: true),
          .optional("ignore", .either([.int, .nil]), .nil, namedOnly: true),
        ],
        """
        -log softmax(logits) at the targets: logits `[..., classes]` with ints `[...]`, or with probabilities of the logits' shape.
        `label_smoothing` takes so much of each target and gives it to all classes alike (Szegedy et al., arXiv:1512.00567). A
        target that is `ignore`, such as padding, costs nothing and has no part in the mean.
        """ + reduced, example: "cross_entropy(zeros(2, 2), tensor([0, -1]), ignore: -1).item()   # 0.6931471824645996"
      ) { call in
        let (logits, targets) = (try call.tensor(0), try call.tensor(1))
        let (smoothing, reduction) = (try call.float(3), try reduction(call, 2))
        let ignored = call.isGiven(4) ? try call.int(4) : nil
        if targets.dtype.isFloat {
          guard ignored == nil else {
            throw Fault(
              "bad-argument", "only targets that are numbers of classes can be ignored, and these are probabilities",
              labels: [.init(.argument(4), "for targets that are ints")])
          }
          return .tensor(
            try Loss.crossEntropy(logits, probabilities: targets, smoothing: smoothing, reduction: reduction))
        }
        return .tensor(
          try Loss.crossEntropy(
            logits, labels: targets, smoothing: smoothing, ignored: ignored, reduction: reduction))
      },
    ]
  }

  private static var reduction: Parameter { .optional("reduction", .string, "mean", namedOnly: true) }
  private static let reduced = " `reduction` is `\"mean\"`, `\"sum\"`, or `\"none\"`."

  private static func loss(
    _ name: String, _ input: String, _ options: [Parameter], _ documentation: String, _ example: String,
    _ function: @escaping (Tensor, Loss.Target, Call, Loss.Reduction) throws -> Tensor
  ) -> Binding {
    Binding(
      name, [.required(input, .tensor), .required("targets", .operand), reduction] + options,
      documentation + " Targets have the shape of the \(input), or are one number: nothing is stretched." + reduced,
      example: example
    ) { call in
      .tensor(try function(call.tensor(0), target(call), call, reduction(call, 2)))
    }
  }

  /// The targets: a tensor, or a number for all.
  private static func target(_ call: Call) throws -> Loss.Target {
    if let tensor = call[1].asTensor { return .tensor(tensor) }
    guard let number = call[1].scalar else { throw Fault.wrongArgument(1, call[1], expected: .operand) }
    return .number(number.double)
  }

  private static func reduction(_ call: Call, _ index: Int) throws -> Loss.Reduction {
    try call.choice(index, "reduction", Loss.Reduction.self)
  }
}
