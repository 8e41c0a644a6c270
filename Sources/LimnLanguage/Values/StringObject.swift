/// A string: Unicode text whose characters are grapheme clusters.
public final class StringObject: Object {
  public let text: String
  /// Whether every character is one ASCII byte, which makes counting and indexing constant-time.
  let isSimple: Bool
  private var cachedHash = 0
  private var cachedCount = -1

  public init(_ text: String) {
    var text = text
    text.makeContiguousUTF8()
    isSimple = text.withUTF8 { bytes in bytes.allSatisfy { $0 < 0x80 && $0 != 0x0D } }
    self.text = text
    super.init(kind: .string)
    if text.utf8.count >= 256 { Heap.current?.noteAllocation(text.utf8.count) }
  }

  /// A string of ASCII characters without a carriage return.
  init(simple text: String) {
    isSimple = true
    self.text = text
    super.init(kind: .string)
  }

  /// The number of characters.
  ///
  /// - Complexity: O(1) for ASCII; else O(n) the first time.
  public var count: Int {
    if isSimple { return text.utf8.count }
    if cachedCount < 0 { cachedCount = text.count }
    return cachedCount
  }

  /// The character at a position that is in range.
  func character(at position: Int) -> String {
    if isSimple {
      let utf8 = text.utf8
      return String(text[utf8.index(utf8.startIndex, offsetBy: position)])
    }
    return String(text[text.index(text.startIndex, offsetBy: position)])
  }

  /// The characters `start..<end`, a range that is within bounds.
  func characters(_ start: Int, _ end: Int) -> String {
    if start >= end { return "" }
    if isSimple {
      let utf8 = text.utf8
      let lower = utf8.index(utf8.startIndex, offsetBy: start)
      return String(text[lower..<utf8.index(lower, offsetBy: end - start)])
    }
    let lower = text.index(text.startIndex, offsetBy: start)
    return String(text[lower..<text.index(lower, offsetBy: end - start)])
  }

  /// A hash that agrees for canonically equivalent strings, as `==` does. Never 0.
  var hash: Int {
    if cachedHash != 0 { return cachedHash }
    cachedHash = StringObject.hash(of: text)
    return cachedHash
  }

  static func hash(of text: String) -> Int {
    var text = text
    if let hash = text.withUTF8({ asciiHash($0) }) { return hash }
    // Three characters are canonically equivalent to an ASCII one; with them replaced, a string that is equivalent to
    // an ASCII string is that string.
    if text.unicodeScalars.contains(where: { asciiEquivalents[$0] != nil }) {
      var folded = String(String.UnicodeScalarView(text.unicodeScalars.map { asciiEquivalents[$0] ?? $0 }))
      if let hash = folded.withUTF8({ asciiHash($0) }) { return hash }
    }
    let hash = text.hashValue
    return hash == 0 ? 1 : hash
  }

  private static let asciiEquivalents: [Unicode.Scalar: Unicode.Scalar] = [
    "\u{37E}": ";", "\u{1FEF}": "`", "\u{212A}": "K",
  ]

  /// A multiplicative hash of eight bytes at a time, or nil when a byte is not ASCII.
  private static func asciiHash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count)
    var seen: UInt64 = 0
    let raw = UnsafeRawBufferPointer(bytes)
    var offset = 0
    while offset + 8 <= raw.count {
      let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      seen |= word
      hash = mix(hash ^ word)
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < raw.count {
      rest = rest << 8 | UInt64(raw[offset])
      offset += 1
    }
    seen |= rest
    if seen & 0x8080_8080_8080_8080 != 0 { return nil }
    hash = mix(hash ^ rest)
    return Int(bitPattern: UInt(hash)) | 1
  }

  @inline(__always)
  private static func mix(_ word: UInt64) -> UInt64 {
    let product = word.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.low ^ product.high
  }
}
