import CPNG
import LimnTensor

extension PNG {
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  /// The signature and the IHDR chunk: length, name, 13 bytes, checksum.
  private static let headerLength = 8 + 4 + 4 + 13 + 4

  /// Decodes a PNG in memory; `name` is what errors call it.
  ///
  /// - Throws: `corrupt-file` for bytes that are not a PNG, are cut short, or are damaged.
  public static func decode(_ bytes: [UInt8], name: String) throws(TensorError) -> Contents {
    try checkHeader(bytes, name: name)
    // A typed throw does not pass through a closure that the standard library calls, hence a result.
    let result: Result<Contents, TensorError> = bytes.withUnsafeBufferPointer { buffer in
      var reader = limn_png_reader()
      reader.bytes = buffer.baseAddress
      reader.length = buffer.count
      defer { limn_png_close(&reader) }
      do throws(TensorError) {
        return .success(try decode(&reader, name: name))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private static func decode(_ reader: inout limn_png_reader, name: String) throws(TensorError) -> Contents {
    guard limn_png_open(&reader) == 0 else { throw failure(reader, name: name) }
    let width = Int(png_get_image_width(reader.png, reader.info))
    let height = Int(png_get_image_height(reader.png, reader.info))
    let rowBytes = Int(png_get_rowbytes(reader.png, reader.info))
    let depth = Int(png_get_bit_depth(reader.png, reader.info))
    guard let channels = Image.Channels(rawValue: Int(png_get_channels(reader.png, reader.info))),
      depth == 8 || depth == 16, rowBytes == width * channels.count * (depth / 8)
    else { throw corrupt(name, "its pixels have a form that PNG does not define") }

    let count = rowBytes * height / (depth / 8)
    let samples: Image.Samples
    if depth == 8 {
      samples = .eight(try decodeRows(&reader, count: count, zero: UInt8(0), name: name))
    } else {
      samples = .sixteen(try decodeRows(&reader, count: count, zero: UInt16(0), name: name))
    }
    let image = try Image(width: width, height: height, channels: channels, samples: samples)
    return Contents(image: image, text: texts(reader))
  }

  private static func decodeRows<Sample: FixedWidthInteger>(
    _ reader: inout limn_png_reader, count: Int, zero: Sample, name: String
  ) throws(TensorError) -> [Sample] {
    var samples = [Sample](repeating: zero, count: count)
    let status = samples.withUnsafeMutableBytes { buffer in
      limn_png_decode(&reader, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self))
    }
    guard status == 0 else { throw failure(reader, name: name) }
    return samples
  }

  /// The text chunks that libpng has collected, those after the pixels included.
  private static func texts(_ reader: limn_png_reader) -> [PNGText] {
    var chunks: png_textp?
    var count: Int32 = 0
    png_get_text(reader.png, reader.info, &chunks, &count)
    return UnsafeBufferPointer(start: chunks, count: Int(count)).map { chunk in
      let international = [PNG_ITXT_COMPRESSION_NONE, PNG_ITXT_COMPRESSION_zTXt].contains(chunk.compression)
      let length = international ? chunk.itxt_length : chunk.text_length
      let keyword = UnsafeRawBufferPointer(start: chunk.key, count: chunk.key.map { strlen($0) } ?? 0)
      let body = UnsafeRawBufferPointer(start: chunk.text, count: chunk.text == nil ? 0 : length)
      return PNGText(
        keyword: PNGText.latin1(keyword),
        text: international ? String(decoding: body, as: UTF8.self) : PNGText.latin1(body))
    }
  }

  /// Rejects what is not a PNG, and sizes that no honest file of this length can hold, before libpng sees them.
  private static func checkHeader(_ bytes: [UInt8], name: String) throws(TensorError) {
    guard !bytes.isEmpty else { throw corrupt(name, "it is empty") }
    guard bytes.prefix(8).elementsEqual(signature.prefix(bytes.count)) else {
      throw TensorError(
        .corruptFile, "\(name) is not a PNG file" + (otherFormat(bytes).map { ", but \($0)" } ?? ""),
        help: "convert it to PNG first")
    }
    guard bytes.count >= headerLength else { throw corrupt(name, "it is cut short") }
    func number(at offset: Int) -> Int { bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) } }
    let width = number(at: 16)
    let height = number(at: 20)
    guard number(at: 8) == 13, bytes[12..<16].elementsEqual("IHDR".utf8), width > 0, height > 0 else {
      throw corrupt(name, "its header is not a PNG's")
    }
    let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, pixels <= Image.pixelLimit, width <= 1_000_000, height <= 1_000_000 else {
      throw corrupt(
        name, "it claims \(width) x \(height) pixels; the limits are \(Image.pixelLimit) pixels and 1000000 a side")
    }
    // Deflate's best is 258 bytes in two bits.
    let samplesPerPixel = [2: 3, 4: 2, 6: 4][bytes[25]] ?? 1
    guard pixels * Int(bytes[24]) * samplesPerPixel / 8 <= bytes.count * 1032 else {
      throw corrupt(name, "it claims \(width) x \(height) pixels, more than its \(bytes.count) bytes can hold")
    }
  }

  private static func otherFormat(_ bytes: [UInt8]) -> String? {
    let formats: [([UInt8], String)] = [
      ([0xFF, 0xD8, 0xFF], "a JPEG"), (Array("GIF8".utf8), "a GIF"), (Array("BM".utf8), "a BMP"),
      (Array("RIFF".utf8), "a WebP or another RIFF file"), (Array("<svg".utf8), "an SVG"),
    ]
    return formats.first { bytes.starts(with: $0.0) }?.1
  }

  private static func failure(_ reader: limn_png_reader, name: String) -> TensorError {
    if reader.truncated != 0 { return corrupt(name, "it is cut short") }
    let message = withUnsafeBytes(of: reader.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return corrupt(name, message.isEmpty ? "there is not enough memory to read it" : message)
  }

  private static func corrupt(_ name: String, _ reason: String) -> TensorError {
    TensorError(.corruptFile, "\(name) cannot be read as a PNG: \(reason)")
  }
}
