/// What went wrong in a tensor operation, in the user's words.
///
/// Messages name shapes whole and say which axis is at odds; `help` says what to type, in Limn's own terms. The
/// language turns an error of this type into a diagnostic: ``operands`` become the labels under the carets.
public struct TensorError: Error, Sendable, Equatable {
  /// A stable name for a kind of fault, in kebab case, such as `shape-mismatch`.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    public let rawValue: String

    public init(_ rawValue: String) { self.rawValue = rawValue }

    public var description: String { rawValue }

    /// Two shapes, or a shape and what an operation wants, do not go together.
    public static let shapeMismatch = Code("shape-mismatch")
    /// A shape that no tensor can have: negative, over eight axes, or with too many elements to count.
    public static let badShape = Code("bad-shape")
    /// An element type that an operation cannot work with.
    public static let dtypeMismatch = Code("dtype-mismatch")
    /// A position outside an axis, or an index into a table outside the table.
    public static let indexOutOfRange = Code("index-out-of-range")
    /// An axis that the tensor does not have, or the same axis twice.
    public static let badAxis = Code("bad-axis")
    /// An argument outside of what the operation can take.
    public static let badArgument = Code("bad-argument")
    /// A number that the element type cannot hold.
    public static let outOfRange = Code("out-of-range")
    /// More memory than the machine has or gives.
    public static let outOfMemory = Code("out-of-memory")
    /// An integer divided by zero.
    public static let divisionByZero = Code("division-by-zero")
    /// An integer that arithmetic made and its type cannot hold.
    public static let integerOverflow = Code("integer-overflow")
    /// A NaN or an infinity where training needs a number.
    public static let notFinite = Code("not-finite")
    /// A gradient that cannot be taken: of something that is not one number, or that does not depend on the target.
    public static let noGradient = Code("no-gradient")
  }

  /// Something that the operation was given, and what to say about it.
  public struct Operand: Sendable, Equatable {
    /// Which one: by position, counted from zero, or by parameter name.
    public enum Place: Sendable, Hashable {
      case index(Int)
      case named(String)
    }

    public let place: Place
    /// Such as `input is [64, 28, 28, 3]`.
    public let label: String

    public init(_ place: Place, _ label: String) {
      self.place = place
      self.label = label
    }
  }

  public var code: Code
  public var message: String
  public var operands: [Operand]
  public var notes: [String]
  public var help: String?

  public init(
    _ code: Code, _ message: String, operands: [Operand] = [], notes: [String] = [], help: String? = nil
  ) {
    self.code = code
    self.message = message
    self.operands = operands
    self.notes = notes
    self.help = help
  }
}

extension TensorError: CustomStringConvertible {
  /// The whole error as a few lines of text.
  public var description: String {
    var lines = ["error[\(code)]: \(message)"]
    lines += operands.map { "  \($0.label)" }
    lines += notes.map { "  = \($0)" }
    if let help { lines.append("help: \(help)") }
    return lines.joined(separator: "\n")
  }
}
