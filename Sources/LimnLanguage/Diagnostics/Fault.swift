/// An error at run time, on its way from the built-in that noticed it to a `catch` or to the user.
///
/// The one who throws does not know where in the source it stands: it marks its own operands, by position or name,
/// and the interpreter finds their spans.
public final class Fault: Error, @unchecked Sendable {
  /// The stable code: an error's `kind` in the language.
  public let code: String
  public let message: String
  public let labels: [Label]
  public let notes: [String]
  public let help: String?
  /// Filled in by the interpreter as the fault leaves each frame; innermost first.
  public internal(set) var trace: [TraceFrame] = []
  public internal(set) var primary: Diagnostic.Mark?
  public internal(set) var secondary: [Diagnostic.Mark] = []
  /// Whether `catch` lets it pass: an interrupt, a time that is up.
  var isUncatchable = false
  /// Whether a `throw` of the program raised it, rather than the machine or a built-in.
  var isDeliberate = false
  /// Whether it was caught and is thrown again, so that its trace holds the present frame already.
  var isRethrown = false
  /// Whether it was thrown before: the first of `secondary` shows where.
  var isRepeated = false

  /// What a label stands beside.
  public enum Place: Sendable, Hashable {
    /// The whole call, operation, or subscript.
    case whole
    /// What is called, before its parentheses.
    case callee
    /// An operand or an argument by its position, from 0. In a method call 0 is the receiver.
    case argument(Int)
    /// An argument by its parameter's name: the value that was given.
    case named(String)
    /// The name itself that an argument was given by.
    case nameOfArgument(String)
  }

  public struct Label: Sendable {
    public var place: Place
    public var text: String

    public init(_ place: Place, _ text: String) {
      self.place = place
      self.text = text
    }
  }

  /// The first label marks what is wrong; without one the whole expression is marked.
  public init(
    _ code: String, _ message: String, labels: [Label] = [], notes: [String] = [], help: String? = nil
  ) {
    self.code = code
    self.message = message
    self.labels = labels
    self.notes = notes
    self.help = help
  }
}

/// An error of another module that can be told as a fault; a module above both conforms its errors.
public protocol FaultConvertible: Error {
  var fault: Fault { get }
}
