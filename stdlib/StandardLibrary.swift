/// The standard library's modules that are written in Limn, embedded in the binary.
public enum StandardLibrary {
  /// Texts by module name, as `import` wants it.
  public static let modules: [String: String] = [
    "gan": text(PackageResources.gan_limn),
    "lists": text(PackageResources.lists_limn),
    "strings": text(PackageResources.strings_limn),
  ]

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
