import LimnTensor

/// A layer that is a function without weights: an activation, a reshape, pooling.
public final class FunctionLayer: Layer {
  public let name: String
  public let arguments: [Argument]
  private let function: (Tensor) throws -> Tensor

  /// - Parameters:
  ///   - name: how the function is called in the language.
  ///   - arguments: what it was made with; without any it prints as the bare name, as one would write it in a chain.
  public init(_ name: String, _ arguments: [Argument] = [], _ function: @escaping (Tensor) throws -> Tensor) {
    self.name = name
    self.arguments = arguments
    self.function = function
  }

  public var description: String { arguments.isEmpty ? name : Argument.call(name, arguments) }

  public func callAsFunction(_ x: Tensor) throws -> Tensor { try function(x) }

  public func copied(by copier: Copier) -> FunctionLayer { self }
}
