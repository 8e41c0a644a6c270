extension Recording {
  /// Makes sure that a loss is a number.
  ///
  /// - Parameter position: which of several losses it is, counted from zero.
  /// - Throws: `not-finite`, naming the first recorded operator whose result had a NaN (or an infinity, when that is
  ///   what the loss is).
  func requireFinite(_ loss: Tensor, position: Int) throws {
    guard loss.dtype.isFloat, loss.count == 1 else { return }
    let value = try loss.item().double
    guard !value.isFinite else { return }
    var notes: [String] = []
    if let maker = try firstMaker(of: value.isNaN ? .nan : .infinity) {
      notes.append("the first operator that gave \(value.isNaN ? "nan" : "inf") is \(maker)")
    }
    if value.isNaN, let maker = try firstMaker(of: .infinity) {
      notes.append("the first operator that gave inf is \(maker)")
    }
    throw TensorError(
      .notFinite, "the loss is \(value.isNaN ? "nan" : value < 0 ? "-inf" : "inf")",
      operands: [.init(.index(position), "this loss is not a finite number")], notes: notes,
      help: "lower the learning rate, or clip gradients")
  }

  enum Fault { case nan, infinity }

  /// The name and result shape of the first recorded operator whose result has such a fault.
  private func firstMaker(of fault: Fault) throws -> String? {
    for entry in tape.entries[start...] {
      guard let output = entry.output, output.dtype.isFloat else { continue }
      if try output.contains(fault) { return "\(entry.name), whose result is \(output.shape)" }
    }
    return nil
  }
}

extension Tensor {
  fileprivate func contains(_ fault: Recording.Fault) throws -> Bool {
    let found =
      switch fault {
      case .nan: try isNaN()
      case .infinity: try isInfinite()
      }
    return try found.any().item().double != 0
  }
}
