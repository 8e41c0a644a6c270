import LimnLanguage

/// `progress(sequence)`: gives what the sequence gives, and reports each turn.
final class ProgressObject: HostObject {
  private let sequence: Value
  private let label: String?
  private unowned let session: Session

  init(_ sequence: Value, label: String?, session: Session) {
    self.sequence = sequence
    self.label = label
    self.session = session
    super.init()
  }

  override var type: HostType { Types.progress }

  override func visitReferences(_ visit: (Value) -> Void) { visit(sequence) }

  override func length(in interpreter: Interpreter) throws -> Int? { try interpreter.length(of: sequence) }

  override func makeIterator(in interpreter: Interpreter) throws -> HostIterator? {
    let inner = try interpreter.makeIterator(sequence)
    session.progressCount += 1
    let id = session.progressCount
    session.progress(.began(id: id, label: label, total: try? interpreter.length(of: sequence)))
    return Iterator(inner, id: id, session: session)
  }

  private final class Iterator: HostIterator {
    private let inner: HostIterator
    private let id: Int
    private unowned let session: Session
    private var count = 0
    private var isInside = false

    init(_ inner: HostIterator, id: Int, session: Session) {
      self.inner = inner
      self.id = id
      self.session = session
    }

    func next(in interpreter: Interpreter) throws -> Value? {
      if isInside {
        count += 1
        session.progress(.advanced(id: id, count: count, message: nil))
      }
      guard let value = try inner.next(in: interpreter) else {
        isInside = false
        return nil
      }
      isInside = true
      return value
    }

    func finish(in interpreter: Interpreter) {
      inner.finish(in: interpreter)
      session.progress(.ended(id: id, count: count))
    }
  }
}
