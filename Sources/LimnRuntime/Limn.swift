/// The product.
public enum Limn {
  /// As `limn --version`, `run.json`, and the pictures of a run say it.
  public static let version = "0.1.0"
}
