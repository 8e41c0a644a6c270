import LimnTensor

/// PNG files: pictures in and out, by libpng.
///
/// ```swift
/// let (image, text) = try PNG.read("samples.png")
/// try PNG.write(image.resized(width: 64, height: 64), text: text, to: "small.png")
/// ```
///
/// Reading takes every color type and bit depth, palettes, transparent colors and interlacing; what it gives
/// has 8 or 16 bits a sample. Equal pictures with equal text become equal bytes.
public enum PNG {
  /// A decoded PNG: its picture, and its text chunks in the file's order.
  public struct Contents: Equatable, Sendable {
    public var image: Image
    public var text: [PNGText]
  }

  /// Reads a PNG file.
  ///
  /// - Throws: `missing-file`, `permission-denied` or `cannot-read` for a file that cannot be read;
  ///   `corrupt-file` for one that is not a PNG, is cut short, or is damaged.
  public static func read(_ path: String) throws(TensorError) -> Contents {
    try decode(Files.read(path), name: path)
  }

  /// Writes a PNG file, whole or not at all: it is written aside, then renamed.
  ///
  /// - Throws: `missing-folder`, `permission-denied` or `cannot-write`; `bad-text` for a text chunk that no PNG
  ///   can store.
  public static func write(_ image: Image, text: [PNGText] = [], to path: String) throws(TensorError) {
    try Files.write(encode(image, text: text), to: path)
  }
}
