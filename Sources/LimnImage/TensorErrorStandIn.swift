/// Stands in for LimnTensor's error type until that lands.
public struct TensorError: Error, Equatable, Sendable {
  public struct Code: Hashable, Sendable {
    public let rawValue: String
    public init(_ rawValue: String) { self.rawValue = rawValue }
  }
  public var code: Code
  public var message: String
  public var notes: [String]
  public var help: String?

  public init(_ code: Code, _ message: String, notes: [String] = [], help: String? = nil) {
    self.code = code
    self.message = message
    self.notes = notes
    self.help = help
  }
}
