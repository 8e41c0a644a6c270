import LimnLanguage
import LimnModels
import LimnTensor

extension Parameter {
  /// How a layer's kernel gets its first value: an initializer's name, or a function of a shape.
  static func initializer(_ name: String) -> Parameter {
    .optional("initializer", .either([.string, .callable]), .string(name), namedOnly: true)
  }
}

extension Call {
  /// An initializer by its name, or a function that gives a tensor of the shape that it is called with, a list of ints.
  ///
  /// Random numbers that the function draws come from the layer's own key, as those of a named initializer do: a layer's
  /// weights do not depend on when it is first called.
  func initializer(_ index: Int, in session: SessionReference) throws -> Initializer {
    if let name = self[index].asString { return try Initializer(named: name) }
    let (function, interpreter) = (self[index], interpreter)
    guard function.asObject?.isCallable == true else {
      throw Fault.wrongArgument(index, function, expected: .callable)
    }
    return Initializer(function.functionName ?? "fn") { shape, _, _, random in
      let outer = session.random
      session.random = random
      defer { session.random = outer }
      let value = try interpreter.call(function, [.list(shape.map { .int($0) })])
      guard let tensor = value.asTensor else {
        throw Fault("type-mismatch", "an initializer gives a tensor, and this one gave \(value.typeName)")
      }
      return tensor
    }
  }
}
