import LimnLanguage
import LimnModels

/// A running mean of a model's weights as a value of the language: it holds a copy of the model.
final class AverageObject: HostObject {
  let average: WeightAverage
  private let source: Value
  private let copy: Value

  init(of source: Value, copy: Value, decay: Double, warm: Bool) throws {
    self.source = source
    self.copy = copy
    average = try WeightAverage(
      decay: decay, warm: warm, source: { try ModelWalk.contents(of: source) },
      target: { try ModelWalk.contents(of: copy) })
    super.init()
  }

  override var type: HostType { Types.average }

  override func describe(nested: Bool, in interpreter: Interpreter) throws -> String {
    "average(decay: \(average.decay)) of \(average.updates) updates"
  }

  override func visitReferences(_ visit: (Value) -> Void) {
    visit(source)
    visit(copy)
  }

  override var memberNames: [String] { ["model", "updates"] }

  override func member(_ name: String, in interpreter: Interpreter) throws -> Value? {
    switch name {
    case "model": copy
    case "updates": .int(average.updates)
    default: nil
    }
  }
}
