/// One argument that a layer, optimizer or schedule was made with, as one would write it.
public struct Argument: Sendable, Equatable, CustomStringConvertible {
  /// Nil for an argument that is given by position.
  public let label: String?
  public let text: String

  public init(_ label: String? = nil, _ text: String) {
    self.label = label
    self.text = text
  }

  public init(_ label: String? = nil, _ number: Int) { self.init(label, "\(number)") }

  /// A float is the shortest text that reads back: `0.1`, `1.0`, `1e-05`.
  public init(_ label: String? = nil, _ number: Double) { self.init(label, "\(number)") }

  public init(_ label: String? = nil, _ flag: Bool) { self.init(label, "\(flag)") }

  /// `text`, or `label: text`.
  public var description: String { label.map { "\($0): \(text)" } ?? text }

  /// `name(a, label: b)`, or `name()` without arguments.
  public static func call(_ name: String, _ arguments: [Argument]) -> String {
    "\(name)(\(arguments.map(\.description).joined(separator: ", ")))"
  }
}
