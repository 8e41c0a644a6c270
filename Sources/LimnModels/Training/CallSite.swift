/// Where in the user's text the present call stands.
///
/// A layer that takes its shape from its first call remembers the place (``Layer/shapeOrigin``), so that a later error
/// can name it. Whoever runs user text says how to find it:
///
/// ```swift
/// try CallSite.$describe.withValue({ "cell 2, line 5" }) { try run() }
/// ```
public enum CallSite {
  /// Gives the place; it is called when a layer takes its shape.
  @TaskLocal public static var describe: (@Sendable () -> String?)?

  /// `on the first call, cell 2, line 5`, or without a place.
  static var firstCall: String { (describe?()).map { "on the first call, \($0)" } ?? "on the first call" }
}
