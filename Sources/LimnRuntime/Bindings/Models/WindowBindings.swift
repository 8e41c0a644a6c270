import LimnLanguage
import LimnModels
import LimnTensor

/// Layers without weights that go over the axes between the batch and the channels: of sequences, pictures and volumes.
enum WindowBindings {
  static var pictures: [Binding] { [pooling(.largest, 2), pooling(.mean, 2), upSampling(2)] }

  static var sequencesAndVolumes: [Binding] {
    [1, 3].flatMap { [pooling(.largest, $0), pooling(.mean, $0), upSampling($0), padding($0), cropping($0)] }
  }

  /// What a tensor with so many axes between batch and channels is, and how its lengths are called.
  private static func subject(_ axes: Int) -> (one: String, element: String, layout: String, lengths: String) {
    switch axes {
    case 1: ("sequence", "element", "[batch, time, channels]", "time")
    case 2: ("image", "pixel", "[batch, height, width, channels]", "both axes")
    default: ("volume", "element", "[batch, depth, height, width, channels]", "all three axes")
    }
  }

  /// The text of an example's shape, all lengths but the channels' being `length`.
  private static func shape(_ axes: Int, _ length: Int, channels: Int) -> String {
    "1, " + [String](repeating: "\(length)", count: axes).joined(separator: ", ") + ", \(channels)"
  }

  private static func pooling(_ pooling: FunctionLayer.Pooling, _ axes: Int) -> Binding {
    let subject = subject(axes)
    let what =
      pooling == .largest
      ? "The largest element of each window" : "The mean of each window, of what lies inside the \(subject.one)"
    let name = "\(pooling.rawValue)_pool\(axes)d"
    return Binding(
      name,
      [
        .required("size", .either([.int, .list])), .optional("stride", .either([.int, .list, .nil]), .nil),
        .optional("padding", .either([.string, .int, .list]), "valid"),
      ],
      """
      \(what), channel by channel, as a layer: `\(subject.layout)` stays but for its lengths. Windows are `stride` \
      apart, as far as they are long unless it is given.
      """, example: "\(name)(2)(ones(\(shape(axes, 4, channels: 3)))).shape   # [\(shape(axes, 2, channels: 3))]"
    ) { call in
      layer(
        try .pool(
          pooling, call.numbers(0, axes), stride: call.isGiven(1) ? call.numbers(1, axes) : nil, padding: call.padding(2)))
    }
  }

  private static func upSampling(_ axes: Int) -> Binding {
    let subject = subject(axes)
    let name = "up_sample\(axes)d"
    return Binding(
      name,
      [.required("factor", .either([.int, .list])), .optional("mode", .string, "nearest", namedOnly: true)],
      """
      A layer that enlarges each \(subject.one): `\(subject.layout)` grows by `factor` along \(subject.lengths). With \
      `mode` "nearest" each \(subject.element) is repeated; with "linear" what lies between two is on a straight line from \
      one to the other.
      """, example: "\(name)(2)(ones(\(shape(axes, 2, channels: 1)))).shape   # [\(shape(axes, 4, channels: 1))]"
    ) { call in
      layer(try .upSample(call.numbers(0, axes), call.choice(1, "mode", UpSampling.self)))
    }
  }

  static func padding(_ axes: Int) -> Binding {
    edges(
      "pad", axes, [.optional("mode", .string, "constant", namedOnly: true)],
      """
      More elements around each \(subject(axes).one), as a layer: `widths` is \(widths(axes)). They are zeros, or with `mode` \
      "reflect", "replicate" or "circular" what `pad` makes of the edges.
      """, 6
    ) { try .pad($0, mode: $1.choice(1, "mode", PaddingMode.self)) }
  }

  static func cropping(_ axes: Int) -> Binding {
    edges(
      "crop", axes, [], "Each \(subject(axes).one) without its edges, as a layer: `widths` is \(widths(axes)).", 2
    ) { pairs, _ in try .crop(pairs) }
  }

  private static func widths(_ axes: Int) -> String {
    switch axes {
    case 1: "`[[before, after]]`"
    case 2: "`[[top, bottom], [left, right]]`, in pixels"
    default: "a pair `[before, after]` for depth, height and width each"
    }
  }

  private static func edges(
    _ verb: String, _ axes: Int, _ options: [Parameter], _ documentation: String, _ length: Int,
    _ make: @escaping ([(before: Int, after: Int)], Call) throws -> FunctionLayer
  ) -> Binding {
    let name = "\(verb)\(axes)d"
    let pairs = [String](repeating: "[1, 1]", count: axes).joined(separator: ", ")
    return Binding(
      name, [.required("widths", .list)] + options, documentation,
      example: "\(name)([\(pairs)])(ones(\(shape(axes, 4, channels: 1)))).shape   # [\(shape(axes, length, channels: 1))]"
    ) { call in
      let pairs = try call.pairs(0)
      guard pairs.count == axes else {
        let wanted = ["one pair, for time", "two pairs, for rows and columns", "three pairs, for depth, rows and columns"]
        throw Fault(
          "bad-argument", "\(name) takes \(wanted[axes - 1])", labels: [.init(.argument(0), "a list of \(pairs.count)")])
      }
      return layer(try make(pairs, call))
    }
  }

  private static func layer(_ layer: FunctionLayer) -> Value { .object(LayerObject(layer)) }
}

extension Call {
  /// An int for every axis, or a list with one for each.
  fileprivate func numbers(_ index: Int, _ count: Int) throws -> [Int] {
    let numbers = try axes(index) ?? []
    if numbers.count == 1 { return [Int](repeating: numbers[0], count: count) }
    guard numbers.count == count else {
      let lists = ["", ", or a list of two for height and width", ", or a list of three for depth, height and width"]
      throw Fault("bad-argument", "this is one int" + lists[count - 1], labels: [.init(.argument(index), "a list of \(numbers.count)")])
    }
    return numbers
  }
}
