/// Stands in for LimnTensor's error type until that lands.
public struct TensorError: Error, Equatable, Sendable {
  public var code: String
  public var message: String
  public var notes: [String]
  public var help: String?

  public init(code: String, message: String, notes: [String] = [], help: String? = nil) {
    self.code = code
    self.message = message
    self.notes = notes
    self.help = help
  }
}
