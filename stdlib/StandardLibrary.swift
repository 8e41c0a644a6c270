/// The standard library's modules, embedded in the binary.
public enum StandardLibrary {
  public static var gan: [UInt8] { PackageResources.gan_limn }
}
