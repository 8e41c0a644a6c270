import LimnTensor

extension Image {
  /// Pictures side by side, in rows from the top left.
  ///
  /// ```swift
  /// let sheet = try Image.grid(samples, columns: 8, range: ValueRange(-1, 1))
  /// ```
  ///
  /// The result is a picture and no longer a tensor: `range` has been applied, and gaps have a color.
  ///
  /// - Parameters:
  ///   - images: `[n, height, width, channels]`, or `[n, height, width]` for gray.
  ///   - columns: Pictures in a row; without it the grid is as square as can be.
  ///   - padding: Pixels between neighbors.
  ///   - range: The numbers that are black and white.
  ///   - background: The color of gaps and of cells that stay empty.
  /// - Throws: `shape-mismatch` for another shape, `bad-argument` for no pictures, a column count below one or a
  ///   negative padding, `not-finite` for a NaN, with its place in `images`.
  public static func grid(
    _ images: Tensor, columns: Int? = nil, padding: Int = 2, range: ValueRange = .unit, background: Color = .white
  ) throws -> Image {
    guard images.rank == 3 || images.rank == 4,
      let channels = Channels(rawValue: images.rank == 3 ? 1 : images.shape[3])
    else {
      throw TensorError(
        .shapeMismatch, "a tensor of shape \(images.shape) is not a batch of pictures",
        operands: [.init(.index(0), "this is \(images.shape)")],
        notes: ["a batch is [n, height, width, channels] with 1 to 4 channels, or [n, height, width]"],
        help: images.rank == 2 ? "show one picture with show(image)" : nil)
    }
    let (count, height, width) = (images.shape[0], images.shape[1], images.shape[2])
    guard count > 0 else { throw TensorError(.badArgument, "a grid needs at least one picture") }
    try checkSize(width: width, height: height)
    let fractions = try Self.fractions(of: images, range: range)
    let size = height * width * channels.count
    return try grid(
      (0..<count).map {
        Image(
          width: width, height: height, channels: channels,
          unitSamples: Array(fractions[($0 * size)..<(($0 + 1) * size)]),
          depth: .eight)
      }, columns: columns, padding: padding, background: background)
  }

  /// Pictures side by side, in rows from the top left; each cell is as large as the largest picture, which smaller
  /// ones stand in the middle of.
  ///
  /// - Throws: `bad-argument` for no pictures, a column count below one or a negative padding; `bad-image` when the
  ///   result would be too large.
  public static func grid(
    _ images: [Image], columns: Int? = nil, padding: Int = 2, background: Color = .white
  ) throws(TensorError) -> Image {
    guard !images.isEmpty else { throw TensorError(.badArgument, "a grid needs at least one picture") }
    guard columns ?? 1 > 0 else {
      throw TensorError(
        .badArgument, "a grid has at least one column",
        operands: [.init(.named("columns"), "columns is \(columns ?? 0)")])
    }
    guard (0...4096).contains(padding) else {
      throw TensorError(
        .badArgument, "padding is 0 to 4096 pixels", operands: [.init(.named("padding"), "padding is \(padding)")])
    }
    let columns = min(columns ?? Int(Double(images.count).squareRoot().rounded(.up)), images.count)
    let rows = (images.count + columns - 1) / columns
    let cellWidth = images.map(\.width).max() ?? 1
    let cellHeight = images.map(\.height).max() ?? 1
    let width = columns * (cellWidth + padding) - padding
    let height = rows * (cellHeight + padding) - padding
    try checkSize(width: width, height: height)

    let isGray = background.isGray && !images.contains { $0.channels.isColor }
    var canvas = Canvas(width: width, height: height, channels: isGray ? .gray : .rgb, background: background)
    for (index, image) in images.enumerated() {
      canvas.draw(
        image, x: index % columns * (cellWidth + padding) + (cellWidth - image.width) / 2,
        y: index / columns * (cellHeight + padding) + (cellHeight - image.height) / 2)
    }
    return try Image(width: width, height: height, channels: canvas.channels, samples: .eight(canvas.samples))
  }
}

extension Image.Color {
  /// Whether it has no hue.
  var isGray: Bool { red == green && green == blue }
}

/// An opaque picture that others are put on.
private struct Canvas {
  let width: Int
  let channels: Image.Channels
  let background: Image.Color
  var samples: [UInt8]

  init(width: Int, height: Int, channels: Image.Channels, background: Image.Color) {
    self.width = width
    self.channels = channels
    self.background = background
    if channels == .gray {
      samples = [UInt8](repeating: background.red, count: width * height)
    } else {
      samples = []
      samples.reserveCapacity(width * height * 3)
      for _ in 0..<(width * height) { samples += [background.red, background.green, background.blue] }
    }
  }

  /// Puts a picture that fits at a place; transparent parts show the background.
  mutating func draw(_ image: Image, x: Int, y: Int) {
    guard case .eight(let source) = image.converted(to: channels, over: background).converted(to: .eight).samples
    else { return }
    let length = image.width * channels.count
    for row in 0..<image.height {
      let target = ((y + row) * width + x) * channels.count
      samples.replaceSubrange(target..<(target + length), with: source[(row * length)..<((row + 1) * length)])
    }
  }
}
