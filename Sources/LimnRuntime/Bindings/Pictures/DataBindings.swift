import LimnLanguage
import LimnModels
import LimnTensor

/// The module `data`: data sets, made ones, and batches.
enum DataBindings {
  static func all(in session: SessionReference) -> [Binding] {
    [
      Binding(
        "fashion_mnist", module: "data",
        [.optional("split", .string, "train"), .optional("folder", .optional(.string), .nil, namedOnly: true)],
        """
        Fashion-MNIST's `"train"` (60,000) or `"test"` (10,000) pictures of clothes: a list of images float32 `[n, 28, 28, 1]` in
        [0, 1] and labels int64 `[n]`.

        Read from `folder`, the folder that `LIMN_DATA` names, or where Debian's package dataset-fashion-mnist puts it.
        """, example: "let images, labels = data.fashion_mnist(\"test\")\nimages.shape   # [10000, 28, 28, 1]"
      ) { call in
        let folder = try call.optionalString(1).map { session.session.resolve($0) }
        let (images, labels) = try FashionMNIST.load(split: call.string(0), folder: folder)
        return .list([.tensor(images), .tensor(labels)])
      },
      Binding(
        "fashion_mnist_classes", module: "data", [],
        "The names of Fashion-MNIST's ten classes, in the order of labels.",
        example: "data.fashion_mnist_classes()[1]   # Trouser"
      ) { _ in .list(FashionMNIST.classes.map { .string($0) }) },
      Binding(
        "batches", module: "data",
        [
          .required("x", .either([.tensor, .list])), .required("size", .int),
          .optional("shuffle", .bool, true, namedOnly: true), .optional("drop_last", .bool, false, namedOnly: true),
        ],
        """
        Goes through a tensor in batches along its first axis, or through a list of tensors side by side, giving a list for each batch.

        A permutation is drawn each time that a loop begins, unless `shuffle` is false. The last batch may be smaller, and is left
        out with `drop_last`.
        """, example: "len(data.batches(arange(10), size: 4))   # 3"
      ) { call in
        .object(
          BatchesObject(
            try Batches(
              call[0].asTensor.map { [$0] } ?? call.tensors(0), size: call.int(1), shuffle: call.bool(2),
              dropLast: call.bool(3), random: session.random),
            isSingle: call[0].asTensor != nil))
      },
    ] + made(session)
  }

  /// Sets that are computed from the session's random numbers.
  private static func made(_ session: SessionReference) -> [Binding] {
    [
      Binding(
        "two_moons", module: "data", [.required("n", .int), .optional("noise", .float, 0.1)],
        "Points `[n, 2]` on two interleaved half circles, with normal noise, and which one, int64 `[n]`.",
        example: "data.two_moons(10)[0].shape   # [10, 2]"
      ) { call in
        let (points, labels) = try MadeData.twoMoons(count: call.int(0), noise: call.float(1), random: session.random)
        return .list([.tensor(points), .tensor(labels)])
      },
      Binding(
        "eight_gaussians", module: "data", [.required("n", .int), .optional("noise", .float, 0.1)],
        "Points `[n, 2]` around eight places on a circle of radius 2, and which place, int64 `[n]`.",
        example: "data.eight_gaussians(10)[0].shape   # [10, 2]"
      ) { call in
        let (points, labels) = try MadeData.eightGaussians(
          count: call.int(0), deviation: call.float(1), random: session.random)
        return .list([.tensor(points), .tensor(labels)])
      },
      Binding(
        "swiss_roll", module: "data", [.required("n", .int), .optional("noise", .float, 0.0)],
        "Points `[n, 3]` on a rolled sheet, and how far along the roll each is, float32 `[n]`.",
        example: "data.swiss_roll(10)[0].shape   # [10, 3]"
      ) { call in
        let (points, position) = try MadeData.swissRoll(
          count: call.int(0), noise: call.float(1), random: session.random)
        return .list([.tensor(points), .tensor(position)])
      },
      Binding(
        "moving_shapes", module: "data",
        [
          .required("n", .int), .optional("frames", .int, 16, namedOnly: true),
          .optional("size", .int, 32, namedOnly: true),
        ],
        "Clips float32 `[n, frames, size, size, 1]` of a shape that moves, and which shape, int64 `[n]`.",
        example: "data.moving_shapes(2)[0].shape   # [2, 16, 32, 32, 1]"
      ) { call in
        let (clips, labels) = try MadeData.movingShapes(
          count: call.int(0), frames: call.int(1), size: call.int(2), random: session.random)
        return .list([.tensor(clips), .tensor(labels)])
      },
      Binding(
        "tones", module: "data",
        [
          .required("n", .int), .optional("samples", .int, 1024, namedOnly: true),
          .optional("rate", .int, 8000, namedOnly: true), .optional("noise", .float, 0.0, namedOnly: true),
        ],
        "Sounds float32 `[n, samples]` of one tone each, at `rate` samples a second, and which tone, int64 `[n]`.",
        example: "data.tones(2)[0].shape   # [2, 1024]"
      ) { call in
        let (sounds, labels) = try MadeData.tones(
          count: call.int(0), samples: call.int(1), rate: call.int(2), noise: call.float(3), random: session.random)
        return .list([.tensor(sounds), .tensor(labels)])
      },
    ]
  }
}
