import LimnTensor

/// A picture: rows of pixels from the top left, each pixel one to four samples of 8 or 16 bits.
///
/// ```swift
/// let dot = try Image(width: 2, height: 1, channels: .rgb, samples: .eight([255, 0, 0, 0, 0, 255]))
/// try PNG.write(dot, to: "dot.png")
/// ```
///
/// Samples are stored as a PNG stores them: channels innermost, colors not multiplied by alpha. No gamma is
/// applied anywhere; a value is what a screen is given.
public struct Image: Equatable, Sendable {
  /// What the samples of one pixel mean, in order.
  public enum Channels: Int, Sendable, CaseIterable {
    case gray = 1
    case grayAlpha
    case rgb
    case rgba

    /// The number of samples in a pixel, 1 to 4.
    public var count: Int { rawValue }
    /// Whether the last sample is an opacity.
    public var hasAlpha: Bool { self == .grayAlpha || self == .rgba }
    /// Whether a pixel has red, green and blue rather than one lightness.
    public var isColor: Bool { self == .rgb || self == .rgba }
  }

  /// Bits in a sample: 8 for values 0 to 255, 16 for values 0 to 65535.
  public enum Depth: Int, Sendable {
    case eight = 8
    case sixteen = 16

    /// The largest value of a sample, which stands for white or fully opaque.
    public var maximum: Float { self == .eight ? 255 : 65535 }
  }

  /// All samples of an image, row after row.
  public enum Samples: Equatable, Sendable {
    case eight([UInt8])
    case sixteen([UInt16])

    /// The number of samples.
    public var count: Int {
      switch self {
      case .eight(let values): values.count
      case .sixteen(let values): values.count
      }
    }
  }

  /// An opaque color of 8 bits a channel: a background, or a grid's lines.
  public struct Color: Equatable, Sendable {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8

    public init(red: UInt8, green: UInt8, blue: UInt8) {
      self.red = red
      self.green = green
      self.blue = blue
    }

    public static let white = Color(red: 255, green: 255, blue: 255)
    public static let black = Color(red: 0, green: 0, blue: 0)
  }

  /// The largest number of pixels that an image may have (2²⁷: more than a square of 11,000).
  public static let pixelLimit = 1 << 27

  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  public let channels: Channels
  public let samples: Samples

  /// Bits in a sample.
  public var depth: Depth {
    switch samples {
    case .eight: .eight
    case .sixteen: .sixteen
    }
  }

  /// An image of the given samples.
  ///
  /// - Throws: `bad-image` when a side is not positive, the image has more than `pixelLimit` pixels, or
  ///   there are not exactly `height · width · channels` samples.
  public init(width: Int, height: Int, channels: Channels, samples: Samples) throws(TensorError) {
    try Self.checkSize(width: width, height: height)
    let expected = width * height * channels.count
    guard samples.count == expected else {
      throw TensorError(
        .badImage,
        "a picture of \(width) x \(height) pixels with \(channels.count) channels has \(expected) "
          + "samples, but \(samples.count) were given")
    }
    self.width = width
    self.height = height
    self.channels = channels
    self.samples = samples
  }

  /// The color of one pixel, in 8 bits a channel, composited over `background`; coordinates from the top left,
  /// and nil outside the image.
  public func color(x: Int, y: Int, over background: Color = .white) -> Color? {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return nil }
    let start = (y * width + x) * channels.count
    let alpha = channels.hasAlpha ? unitSample(start + channels.count - 1) : 1
    func composite(_ channel: Int, _ behind: UInt8) -> UInt8 {
      let front = unitSample(start + (channels.isColor ? channel : 0))
      return UInt8((front * alpha * 255 + Float(behind) * (1 - alpha)).rounded())
    }
    return Color(
      red: composite(0, background.red), green: composite(1, background.green), blue: composite(2, background.blue))
  }

  static func checkSize(width: Int, height: Int) throws(TensorError) {
    guard width > 0, height > 0 else {
      throw TensorError(.badImage, "a picture has at least one pixel, not \(width) x \(height)")
    }
    let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, pixels <= pixelLimit else {
      throw TensorError(
        .badImage,
        "a picture of \(width) x \(height) pixels is too large: the limit is \(pixelLimit) pixels")
    }
  }
}

// MARK: - Samples as fractions

extension Image {
  /// All samples as fractions of their maximum, 0 to 1.
  var unitSamples: [Float] {
    switch samples {
    case .eight(let values): values.map { Float($0) / 255 }
    case .sixteen(let values): values.map { Float($0) / 65535 }
    }
  }

  private func unitSample(_ index: Int) -> Float {
    switch samples {
    case .eight(let values): Float(values[index]) / 255
    case .sixteen(let values): Float(values[index]) / 65535
    }
  }

  /// An image of fractions in 0 to 1, rounded to the nearest sample; what lies outside is clamped.
  /// The caller has checked that the size is allowed and agrees with the count, and that no value is NaN.
  init(width: Int, height: Int, channels: Channels, unitSamples: [Float], depth: Depth) {
    self.width = width
    self.height = height
    self.channels = channels
    switch depth {
    case .eight: samples = .eight(unitSamples.map { UInt8((min(max($0, 0), 1) * 255).rounded()) })
    case .sixteen: samples = .sixteen(unitSamples.map { UInt16((min(max($0, 0), 1) * 65535).rounded()) })
    }
  }
}
