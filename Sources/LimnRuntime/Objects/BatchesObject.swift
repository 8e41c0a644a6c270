import LimnLanguage
import LimnModels
import LimnTensor

/// What `data.batches` gives: slices of tensors to loop over.
final class BatchesObject: HostObject {
  private let batches: Batches
  /// Whether each batch is a tensor, and not a list of one for each of several.
  private let isSingle: Bool

  init(_ batches: Batches, isSingle: Bool) {
    self.batches = batches
    self.isSingle = isSingle
    super.init()
  }

  override var type: HostType { Types.batches }

  override func describe(nested: Bool, in interpreter: Interpreter) throws -> String {
    "\(batches.count) batches of \(batches.size)"
  }

  override func length(in interpreter: Interpreter) throws -> Int? { batches.count }

  override func makeIterator(in interpreter: Interpreter) throws -> HostIterator? {
    Iterator(try batches.begin(), isSingle: isSingle)
  }

  private final class Iterator: HostIterator {
    private let loop: Batches.Loop
    private let isSingle: Bool

    init(_ loop: Batches.Loop, isSingle: Bool) {
      self.loop = loop
      self.isSingle = isSingle
    }

    func next(in interpreter: Interpreter) throws -> Value? {
      guard let batch = try loop.next() else { return nil }
      return isSingle ? .tensor(batch[0]) : .list(batch.map { .tensor($0) })
    }
  }
}
