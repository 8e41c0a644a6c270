import CPNG
import Glibc
import LimnTensor

extension PNG {
  /// A picture as the bytes of a PNG file, in the picture's own channels and depth.
  ///
  /// - Throws: `bad-text` for a text chunk that no PNG can store, `bad-image` for a side beyond the format's
  ///   practical limit of a million pixels.
  public static func encode(_ image: Image, text: [PNGText] = []) throws(TensorError) -> [UInt8] {
    guard image.width <= 1_000_000, image.height <= 1_000_000 else {
      throw TensorError(
        .badImage,
        "a picture of \(image.width) x \(image.height) pixels cannot be a PNG: the limit is 1000000 a side")
    }
    let chunks = try TextChunks(text)
    defer { chunks.free() }
    var writer = limn_png_writer()
    defer { free(writer.bytes) }
    let status: Int32
    switch image.samples {
    case .eight(let samples): status = samples.withUnsafeBytes { encode(image, $0, chunks, &writer) }
    case .sixteen(let samples): status = samples.withUnsafeBytes { encode(image, $0, chunks, &writer) }
    }
    guard status == 0 else {
      let message = withUnsafeBytes(of: writer.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      throw TensorError(.cannotWrite, "the picture could not be made a PNG: \(message)")
    }
    return Array(UnsafeBufferPointer(start: writer.bytes, count: writer.length))
  }

  private static func encode(
    _ image: Image, _ samples: UnsafeRawBufferPointer, _ chunks: TextChunks, _ writer: inout limn_png_writer
  ) -> Int32 {
    let colorType =
      switch image.channels {
      case .gray: PNG_COLOR_TYPE_GRAY
      case .grayAlpha: PNG_COLOR_TYPE_GRAY_ALPHA
      case .rgb: PNG_COLOR_TYPE_RGB
      case .rgba: PNG_COLOR_TYPE_RGB_ALPHA
      }
    return limn_png_encode(
      &writer, UInt32(image.width), UInt32(image.height), Int32(image.depth.rawValue), Int32(colorType),
      samples.baseAddress?.assumingMemoryBound(to: UInt8.self), samples.count / image.height,
      chunks.entries.baseAddress, Int32(chunks.entries.count))
  }
}

/// Text chunks in libpng's form; the memory is freed by `free()`.
private struct TextChunks {
  let entries: UnsafeMutableBufferPointer<png_text>
  private let strings: [UnsafeMutableBufferPointer<CChar>]
  /// The empty language tag and translated keyword that `iTXt` asks for.
  private let empty: UnsafeMutablePointer<CChar>

  init(_ texts: [PNGText]) throws(TensorError) {
    var encoded: [(keyword: [CChar], text: [CChar], isLatin1: Bool)] = []
    for text in texts {
      let (keyword, body) = try text.encoded()
      encoded.append((keyword, body, text.isLatin1))
    }
    empty = .allocate(capacity: 1)
    empty.initialize(to: 0)
    entries = .allocate(capacity: encoded.count)
    var strings: [UnsafeMutableBufferPointer<CChar>] = []
    func keep(_ characters: [CChar]) -> UnsafeMutablePointer<CChar>? {
      let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: characters.count)
      _ = copy.initialize(from: characters)
      strings.append(copy)
      return copy.baseAddress
    }
    for (index, (keyword, body, isLatin1)) in encoded.enumerated() {
      var entry = png_text()
      entry.compression = isLatin1 ? PNG_TEXT_COMPRESSION_NONE : PNG_ITXT_COMPRESSION_NONE
      entry.key = keep(keyword)
      entry.text = keep(body)
      entry.text_length = isLatin1 ? body.count - 1 : 0
      entry.itxt_length = isLatin1 ? 0 : body.count - 1
      entry.lang = empty
      entry.lang_key = empty
      entries.initializeElement(at: index, to: entry)
    }
    self.strings = strings
  }

  func free() {
    strings.forEach { $0.deallocate() }
    entries.deallocate()
    empty.deallocate()
  }
}
