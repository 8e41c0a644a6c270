import LimnTensor

/// One text chunk of a PNG: a keyword and what it says.
///
/// Text that Latin-1 can spell is written as `tEXt`, any other as `iTXt` (UTF-8).
public struct PNGText: Equatable, Sendable {
  /// 1 to 79 printable Latin-1 characters, without spaces at the ends or in a row.
  public var keyword: String
  /// Any text without a null character.
  public var text: String

  public init(keyword: String, text: String) {
    self.keyword = keyword
    self.text = text
  }

  /// Whether each character is printable Latin-1 or a line feed: what the PNG specification allows in `tEXt`.
  var isLatin1: Bool {
    text.unicodeScalars.allSatisfy { scalar in
      (0x20...0x7E).contains(scalar.value) || (0xA0...0xFF).contains(scalar.value) || scalar == "\n"
    }
  }

  /// The keyword's and the text's bytes as they stand in the file, each ended by a null.
  ///
  /// - Throws: `bad-text` when the keyword or the text cannot be stored.
  func encoded() throws(TensorError) -> (keyword: [CChar], text: [CChar]) {
    let scalars = Array(keyword.unicodeScalars)
    let printable = scalars.allSatisfy { (0x20...0x7E).contains($0.value) || (0xA1...0xFF).contains($0.value) }
    let spaced =
      scalars.first == " " || scalars.last == " "
      || zip(scalars, scalars.dropFirst()).contains { $0 == " " && $1 == " " }
    guard (1...79).contains(scalars.count), printable, !spaced else {
      throw TensorError(
        .badText,
        "\"\(keyword)\" cannot be the name of a PNG's text",
        help: "use 1 to 79 Latin-1 characters, with single spaces between words")
    }
    guard !text.unicodeScalars.contains("\0") else {
      throw TensorError(
        .badText, "the PNG text \"\(keyword)\" holds a null character, which no PNG can store")
    }
    let body = isLatin1 ? text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } : Array(text.utf8)
    let name = scalars.map { UInt8(truncatingIfNeeded: $0.value) }
    return ((name + [0]).map(CChar.init(bitPattern:)), (body + [0]).map(CChar.init(bitPattern:)))
  }

  /// Latin-1 bytes as text.
  static func latin1(_ bytes: UnsafeRawBufferPointer) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Unicode.Scalar(byte)) }
    return String(text)
  }
}
