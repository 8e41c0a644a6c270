/// An error as a value: what `catch` binds, and what `error(...)` makes.
public final class ErrorObject: Object {
  public let fault: Fault

  public init(_ fault: Fault) {
    self.fault = fault
    super.init(kind: .error)
  }

  /// The members that every error has.
  public static let memberNames = ["message", "kind", "trace"]
}
