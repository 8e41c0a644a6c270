/// Where in the user's text the present call stands.
///
/// A layer that takes its shape from its first call remembers the place (``Layer/shapeOrigin``), so that a later error
/// can name it. Whoever runs user text says how to find it:
///
/// ```swift
/// try CallSite.with({ "cell 2, line 5" }) { try run() }
/// ```
public enum CallSite {
  /// Runs `body`; `describe` gives the place, and is called when a layer takes its shape.
  public static func with<Result>(
    _ describe: @escaping () -> String?, _ body: () throws -> Result
  ) rethrows -> Result {
    let context = ThreadContext.current
    let outer = context.describeCall
    context.describeCall = describe
    defer { context.describeCall = outer }
    return try body()
  }

  /// `on the first call, cell 2, line 5`, or without a place.
  static var firstCall: String {
    (ThreadContext.current.describeCall?()).map { "on the first call, \($0)" } ?? "on the first call"
  }
}
