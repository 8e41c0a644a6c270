/// Whether layers behave as in training: dropout drops, and batch norm uses the batch and moves its running statistics.
///
/// It is true within ``minimize(_:_:)`` and false elsewhere, unless ``with(_:_:)`` says otherwise. It belongs to the
/// thread.
public enum TrainingMode {
  public static var current: Bool { ThreadContext.current.isTraining }

  /// Runs `body` in training mode, or out of it.
  public static func with<Result>(_ isTraining: Bool, _ body: () throws -> Result) rethrows -> Result {
    let context = ThreadContext.current
    let outer = context.isTraining
    context.isTraining = isTraining
    defer { context.isTraining = outer }
    return try body()
  }
}
