import LimnImage
import LimnTensor

/// Sound files of the WAV format, not compressed.
public enum WAV {
  /// What the `fmt ` chunk says.
  private struct Format {
    var isFloat: Bool
    var channels: Int
    var rate: Int
    var bits: Int
  }

  /// Reads a file: PCM of 8, 16, 24 or 32 bits, or floats of 32 or 64.
  ///
  /// - Returns: Samples float32 `[samples, channels]`, PCM from −1 to 1; and the rate in samples a second.
  /// - Throws: `missing-file`, `permission-denied`, `cannot-read`; `corrupt-file` for a file that is not of the format,
  ///   is cut short, or is compressed.
  public static func read(_ path: String) throws -> (samples: Tensor, rate: Int) {
    try decode(Files.read(path), name: path)
  }

  /// Reads a sound from memory; `name` is what errors call it.
  static func decode(_ bytes: [UInt8], name: String) throws -> (samples: Tensor, rate: Int) {
    var reader = ByteReader(bytes[...])
    guard reader.take(4)?.elementsEqual("RIFF".utf8) == true, reader.number(UInt32.self) != nil,
      reader.take(4)?.elementsEqual("WAVE".utf8) == true
    else { throw corrupt(name, "it does not begin as such a file does") }
    var format: Format?
    while let id = reader.take(4), let length = reader.number(UInt32.self) {
      guard let body = reader.take(Int(length)) else { throw corrupt(name, "it is cut short") }
      if id.elementsEqual("fmt ".utf8) { format = try parseFormat(body, name: name) }
      if id.elementsEqual("data".utf8) {
        guard let format else { throw corrupt(name, "its samples come before their format") }
        return (try samples(body, format, name: name), format.rate)
      }
      // Chunks begin at even places.
      if length % 2 == 1 { _ = reader.take(1) }
    }
    throw corrupt(name, "it has no samples")
  }

  private static func parseFormat(_ body: ArraySlice<UInt8>, name: String) throws(TensorError) -> Format {
    var reader = ByteReader(body)
    guard var tag = reader.number(UInt16.self), let channels = reader.number(UInt16.self),
      let rate = reader.number(UInt32.self), reader.take(6) != nil, let bits = reader.number(UInt16.self)
    else { throw corrupt(name, "its format is cut short") }
    // WAVE_FORMAT_EXTENSIBLE: the real tag begins an identifier behind ten more bytes.
    if tag == 0xFFFE {
      guard reader.take(8) != nil, let inner = reader.number(UInt16.self) else {
        throw corrupt(name, "its format is cut short")
      }
      tag = inner
    }
    let known = [1: [8, 16, 24, 32], 3: [32, 64]]
    guard known[Int(tag)]?.contains(Int(bits)) == true else {
      throw corrupt(name, "its samples are coded as number \(tag) with \(bits) bits, which Limn does not read")
    }
    guard channels > 0, rate > 0 else { throw corrupt(name, "it has \(channels) channels at \(rate) samples a second") }
    return Format(isFloat: tag == 3, channels: Int(channels), rate: Int(rate), bits: Int(bits))
  }

  private static func samples(_ body: ArraySlice<UInt8>, _ format: Format, name: String) throws -> Tensor {
    let width = format.bits / 8
    guard body.count.isMultiple(of: width * format.channels) else {
      throw corrupt(name, "its last sample is cut short")
    }
    let shape = try Shape([body.count / (width * format.channels), format.channels])
    let values = stride(from: body.startIndex, to: body.endIndex, by: width).map { start in
      value(body[start..<(start + width)], format)
    }
    return try Tensor(values, shape)
  }

  /// One sample. PCM of 8 bits is unsigned about 128, of more bits signed; the least value is −1.
  private static func value(_ bytes: ArraySlice<UInt8>, _ format: Format) -> Float {
    let pattern = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    switch (format.isFloat, format.bits) {
    case (true, 32): return Float(bitPattern: UInt32(truncatingIfNeeded: pattern))
    case (true, _): return Float(Double(bitPattern: pattern))
    case (false, 8): return (Float(pattern) - 128) / 128
    case (false, let bits):
      let unused = UInt64(64 - bits)
      let signed = Int64(bitPattern: pattern << unused) >> Int64(unused)
      return Float(Double(signed) / Double(UInt64(1) << UInt64(bits - 1)))
    }
  }

  private static func corrupt(_ name: String, _ reason: String) -> TensorError {
    TensorError(.corruptFile, "\(name) cannot be read as WAV: \(reason)")
  }
}
