import LimnImage
import LimnLanguage
import LimnTensor

/// Pictures made of tensors, shown, written, and read.
enum PictureBindings {
  static func all(in session: SessionReference) -> [Binding] {
    [
      Binding(
        "show", [.required("x", .either([.image, .tensor])), .optional("id", .optional(.string), .nil), range],
        """
        Shows a picture: an image, or a tensor `[height, width, channels]` whose numbers `range` maps to black and white. Any
        other tensor is shown as text. With an `id` it takes the place of what was last shown under that id.
        """, example: "show(zeros(8, 8, 1))"
      ) { call in
        let id = try call.optionalString(1)
        if let tensor = call[0].asTensor, !isPicture(tensor) {
          try call.interpreter.display(call[0], id)
        } else {
          try call.interpreter.display(.object(ImageObject(picture(call, range: 2))), id)
        }
        return .nil
      },
      Binding(
        "grid",
        [
          .required("images", .either([.tensor, .list])), .optional("columns", .optional(.int), .nil),
          .optional("padding", .int, 2, namedOnly: true), range,
        ],
        """
        One picture of many: `[n, height, width, channels]` in rows of `columns`, or as square as can be. Numbers are mapped by
        `range` and clamped; a NaN is an error.
        """, example: "grid(zeros(6, 8, 8, 1), columns: 3).width   # 28"
      ) { call in
        let columns = try call.optionalInt(1)
        let padding = try call.int(2)
        let range = try valueRange(call, 3)
        guard call[0].asList != nil else {
          return image(try Image.grid(call.tensor(0), columns: columns, padding: padding, range: range))
        }
        let images = try call.list(0).map { element in
          if let object = element.asHost as? ImageObject { return object.image }
          guard let tensor = element.asTensor else {
            throw Fault(
              "type-mismatch", "a grid is made of pictures, and this list has \(element.described)",
              labels: [.init(.argument(0), "not all of these are pictures")])
          }
          return try Image(tensor, range: range)
        }
        return image(try Image.grid(images, columns: columns, padding: padding))
      },
      Binding(
        "heatmap", receivers: [.tensor],
        [
          .required("x", .tensor), .optional("map", .string, "viridis"),
          .optional("range", .optional(.list), .nil, namedOnly: true),
        ],
        """
        A matrix as a picture, one pixel an element, in the colors of a map: viridis, magma, inferno, plasma, coolwarm, or gray.
        Without a range, from the least element to the greatest.
        """, example: "heatmap(eye(4)).width   # 4"
      ) { call in
        let range = call.isGiven(2) ? try valueRange(call, 2) : nil
        return image(try Image.heatMap(call.tensor(0), map: ColorMap.named(call.string(1)), range: range))
      },
      Binding(
        "save_png",
        [
          .required("path", .string), .required("image", .either([.image, .tensor])), range,
          .optional("bits", .int, 8, namedOnly: true),
        ],
        "Writes a picture as a PNG of 8 or 16 bits, whole or not at all. A tensor's numbers are mapped by `range`.",
        example: "save_png(\"gray.png\", full([8, 8, 1], 0.5))"
      ) { call in
        let bits = try call.int(3)
        guard let depth = Image.Depth(rawValue: bits) else {
          throw Fault(
            "bad-argument", "a PNG has 8 or 16 bits, not \(bits)", labels: [.init(.argument(3), "bits is \(bits)")])
        }
        try PNG.write(
          picture(call, at: 1, range: 2, depth: depth), text: session.session.recipe?.chunks ?? [],
          to: session.session.resolve(call.string(0)))
        return .nil
      },
      Binding(
        "read_png", [.required("path", .string)], "A PNG as float32 `[height, width, channels]` from 0 to 1.",
        example: "save_png(\"one.png\", ones(2, 2, 1))\nread_png(\"one.png\").shape   # [2, 2, 1]"
      ) { call in .tensor(try PNG.read(session.session.resolve(call.string(0))).image.tensor()) },
      Binding(
        "read_images",
        [
          .required("folder", .string), .required("size", .either([.int, .list])),
          .optional("channels", .int, 3, namedOnly: true), .optional("recursive", .bool, true, namedOnly: true),
        ],
        """
        The PNG files of a folder, and of those inside it, as float32 `[n, height, width, channels]` from 0 to 1, in the order of
        their paths. All are resized to `size`, an int or `[height, width]`; what is transparent becomes white.
        """, example: "save_png(\"a.png\", ones(4, 4, 1))\nread_images(\".\", size: 2).shape[1:]   # [2, 2, 3]"
      ) { call in
        let size = try call.axes(1) ?? []
        guard let height = size.first, let width = size.last, size.count <= 2 else {
          throw Fault(
            "bad-argument", "a size is an int or [height, width]",
            labels: [.init(.argument(1), "this has \(size.count)")])
        }
        let count = try call.int(2)
        guard let channels = Image.Channels(rawValue: count) else {
          throw Fault(
            "bad-argument", "a picture has 1 to 4 channels, not \(count)",
            labels: [.init(.argument(2), "channels is \(count)")])
        }
        return .tensor(
          try ImageFolder.read(
            session.session.resolve(call.string(0)), height: height, width: width, channels: channels,
            recursive: call.bool(3)
          ).images)
      },
    ]
  }

  private static var range: Parameter { Parameter.optional("range", .list, describedAs: "[0, 1]", namedOnly: true) }

  private static func image(_ image: Image) -> Value { .object(ImageObject(image)) }

  /// Whether `show` draws a tensor: three axes, of which the last has as many entries as pictures have channels.
  private static func isPicture(_ tensor: Tensor) -> Bool {
    tensor.rank == 3 && (1...4).contains(tensor.shape[2]) && tensor.dtype != .bool && tensor.count > 0
  }

  private static func picture(
    _ call: Call, at index: Int = 0, range: Int, depth: Image.Depth = .eight
  ) throws -> Image {
    if let image = call[index].asHost as? ImageObject { return image.image }
    return try Image(call.tensor(index), range: valueRange(call, range), depth: depth)
  }

  private static func valueRange(_ call: Call, _ index: Int) throws -> ValueRange {
    guard let list = try call.optionalList(index) else { return .unit }
    guard list.count == 2, let low = list[0].asFloat, let high = list[1].asFloat else {
      throw Fault(
        "bad-argument", "a range has two numbers, such as [-1, 1]",
        labels: [.init(.argument(index), "not a range of numbers")])
    }
    return try ValueRange(low, high)
  }
}
