/// How to take back what a training step has changed besides weights, if the step fails.
///
/// Within a step, layers take their shape, batch norm moves its running statistics and dropout counts its calls.
/// Each records here how to undo that. ``minimize(_:_:)`` throws the log away when the step succeeds.
final class UndoLog {
  /// The log of the step that this thread is in. Nil outside of one, where a change is final.
  static var current: UndoLog? { ThreadContext.current.undoLog }

  private var actions: [() -> Void] = []

  func record(_ action: @escaping () -> Void) { actions.append(action) }

  /// Runs `body`; if it throws, everything recorded meanwhile is undone, last change first.
  static func undoingOnFailure<Result>(_ body: () throws -> Result) throws -> Result {
    let log = UndoLog()
    do {
      let result = try collecting(into: log, body)
      if let outer = current { outer.actions += log.actions }
      return result
    } catch {
      for action in log.actions.reversed() { action() }
      throw error
    }
  }

  private static func collecting<Result>(into log: UndoLog, _ body: () throws -> Result) throws -> Result {
    let context = ThreadContext.current
    let outer = context.undoLog
    context.undoLog = log
    defer { context.undoLog = outer }
    return try body()
  }
}
