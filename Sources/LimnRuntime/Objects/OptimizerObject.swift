import LimnLanguage
import LimnModels
import LimnTensor

/// An optimizer as a value of the language. It holds its model and finds the model's weights when a step begins.
final class OptimizerObject: HostObject {
  let optimizer: Optimizer
  private let model: Value

  /// - Parameter make: makes the optimizer, given what finds its model's contents.
  init(_ model: Value, _ make: (@escaping () throws -> ModelContents) throws -> Optimizer) rethrows {
    self.model = model
    optimizer = try make { try ModelWalk.contents(of: model) }
    super.init()
  }

  override var type: HostType { Types.optimizer }

  override func describe(nested: Bool, in interpreter: Interpreter) throws -> String { optimizer.description }

  override func visitReferences(_ visit: (Value) -> Void) { visit(model) }

  override var memberNames: [String] { ["lr", "step", "model"] }

  override func member(_ name: String, in interpreter: Interpreter) throws -> Value? {
    switch name {
    case "lr": .float(try optimizer.learningRate.rate(at: optimizer.step))
    case "step": .int(optimizer.step)
    case "model": model
    default: nil
    }
  }

  override func setMember(_ name: String, to value: Value, in interpreter: Interpreter) throws -> Bool {
    guard name == "lr" else { return false }
    optimizer.learningRate = try LearningRate(value, interpreter)
    return true
  }
}

extension LearningRate {
  /// A number, or a function of the step's number.
  init(_ value: Value, _ interpreter: Interpreter) throws {
    if let number = value.asFloat {
      self = .constant(number)
      return
    }
    if let object = value.asHost as? ScheduleObject {
      self = .schedule(object.schedule)
      return
    }
    self = .schedule(
      Schedule(value.functionName ?? "function") { step in
        let rate = try interpreter.call(value, [.int(step)])
        guard let rate = try rate.asFloat ?? rate.asHost?.asFloat() else {
          throw Fault("type-mismatch", "a learning rate is a number, and this function gave \(rate.described)")
        }
        return rate
      })
  }
}
